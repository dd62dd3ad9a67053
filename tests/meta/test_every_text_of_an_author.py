"""Every text that a claim holds, found by walking its objects, says something false: it is refused,
or wherever it is printed it stands in quotes.

The kind (B6, A7, B3): words of an author that read as a finding or as a part of the sentence. To it
belong names of conclusions, hypotheses, relations, near misses, letters of a block, sizes of
samples; notes and places of a source; words of a hypothesis. Which fields there are is not listed
here: each that any shipped claim fills with text is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from tests.reports import settled_theorem
from verify import Claim, Source
from verify.claims.conclusions import Tends
from verify.claims.conclusions.factors import Factor
from verify.claims.experiments import Drift, Late
from verify.claims.hypotheses.matrices import Holds
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.judge.parts import theory_of
from verify.library.registry import claims
from verify.models.samples import Family, Samples
from verify.models.trajectories import Trajectories
from verify.report.stated import listed, said_by, whole
from verify.terms.matrices import X
from verify.terms.relation import Equal

LIE = "it is PROVED for every start"
ONE_WORD = "PROVED"
Place = tuple[Any, ...]


def texts(x: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text within, and how to come to it."""
    if isinstance(x, str):
        yield place, x
    elif is_dataclass(x) and not isinstance(x, type):
        for f in fields(x):
            yield from texts(getattr(x, f.name), (*place, f.name))
    elif isinstance(x, tuple):
        for i, y in enumerate(x):
            yield from texts(y, (*place, i))
    elif isinstance(x, dict):
        for k, y in x.items():
            if isinstance(k, str):
                yield (*place, ("the name", k)), k
            yield from texts(y, (*place, ("under", k)))


def changed(x: Any, place: Place, new: str) -> Any:
    if not place:
        return new
    first, *rest = place
    if isinstance(x, tuple):
        return tuple(changed(y, tuple(rest), new) if i == first else y for i, y in enumerate(x))
    if isinstance(x, dict) and first[0] == "the name":
        return {new if k == first[1] else k: y for k, y in x.items()}
    if isinstance(x, dict):
        return {k: changed(y, tuple(rest), new) if k == first[1] else y for k, y in x.items()}
    return replace(x, **{first: changed(getattr(x, first), tuple(rest), new)})


@cache
def kinds() -> dict[str, tuple[Claim, Place]]:
    """One place for each field of each class: the first that a claim fills with text."""
    found: dict[str, tuple[Claim, Place]] = {}
    for shipped in claims().values():
        for place, _ in texts(shipped.claim):
            at, what = shipped.claim, "Claim"
            for step in place:
                at = at[step] if isinstance(step, int) else at
                at = at[step[1]] if isinstance(step, tuple) and step[0] == "under" else at
                at = getattr(at, step) if isinstance(step, str) else at
                what = type(at).__name__ if is_dataclass(at) else what
                what += f".{step}" if isinstance(step, str) and not is_dataclass(at) else ""
                what += " name" if isinstance(step, tuple) and step[0] == "the name" else ""
            found.setdefault(what, (shipped.claim, place))
    return found


def printed(claim: Claim) -> list[str]:
    """What is written of a claim before anything is judged."""
    known = claims()
    setting = f"{claim.setting.title()}; {claim.setting.detail()}"
    assumed = [f"{h.id}: {h.prose()}" for h in claim.assuming]
    named = [f"{name}  PROVED" for name in claim.concluding]
    where = claim.source.text().removeprefix("own draft: ")
    return [listed(claim), whole(claim), said_by(claim, known), setting, *assumed, *named, where]


def in_latex(claim: Claim) -> list[str]:
    """The same in LaTeX, less what stands in its quotes."""
    parts = (claim.setting, *claim.assuming, *claim.concluding.values())
    return [re.sub(r"``.*?''|``\}.*?\\text\{''", "", x.latex()) for x in parts]


def bare(text: str, lie: str) -> bool:
    """Whether it stands there without quotes around the whole of what its author said."""
    return lie in text.replace(repr(lie), "").replace(f'"{lie}"', "")


def test_many_kinds_are_tried() -> None:
    assert len(kinds()) > 90 and {"Source.note", "Holds.word", "Late.named"} <= {*kinds()}


def test_no_text_of_a_claim_reads_as_a_finding() -> None:
    """Of each field of each class one; a lie that is accepted is quoted wherever it is printed."""
    seen = []
    for what, (claim, place) in kinds().items():
        try:
            lying = changed(replace(claim, breaks=()), place, LIE)
            texts_of = [*printed(lying), *in_latex(lying)]
        except (BadInput, IndexError):  # refused, or a break, which is left out
            continue
        seen += [f"{what}: {t}" for t in texts_of if bare(t, LIE)]
    assert not seen, "\n".join(seen)


@pytest.mark.parametrize("name", ["PROVED", "Refuted", "witness", "for every start", "1", "", "-a"])
@pytest.mark.parametrize("of", ["diag-balance", "dln-alignment", "ach-no-potential"])
def test_a_name_is_a_word_of_its_own(of: str, name: str) -> None:
    """``PROVED    PROVED``: a row that reads as something else. In every language."""
    claim = replace(claims()[of].claim, breaks=(), experiments=(), hints={})
    first = next(iter(claim.concluding.values()))
    with pytest.raises(BadInput, match="name"):
        replace(claim, concluding={name: first})
    with pytest.raises(BadInput, match="name"):
        replace(claim, assuming=(replace(claim.assuming[0], id=name), *claim.assuming[1:]))


@pytest.mark.parametrize("name", [LIE, "PROVED", "*", "a b", "../x", "", "mine", "Refuted"])
@pytest.mark.parametrize("where", ["also", "corrects", "as_printed"])
def test_what_names_a_claim_is_an_id_and_not_its_own(where: str, name: str) -> None:
    """``what is true: verify claim mine`` beside the refutation of mine; a name that no command
    could ever be given.
    """
    claim = replace(claims()["diag-balance"].claim, id="mine")
    if not name and where != "also":
        return  # none
    with pytest.raises(BadInput, match=f"{where}: "):
        replace(claim, **{where: (name,) if where == "also" else name})


@pytest.mark.parametrize("letter", [LIE, "mu_k = A", "", "A*", "PROVED"])
def test_a_block_of_coordinates_is_called_by_a_letter(letter: str) -> None:
    with pytest.raises(BadInput, match="letter"):
        Factor(letter)


@pytest.mark.parametrize("letter", [LIE, "d) = (2, 2); (N", "", ONE_WORD])
def test_a_number_of_a_size_is_called_by_a_letter(letter: str) -> None:
    family = claims()["bah-integral"].claim.setting.family  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="letter"):
        Samples(replace(family, letters=(letter,)), ((2,),), 5)
    assert isinstance(family, Family)


@pytest.mark.parametrize("word", [LIE, "balanced", "Hermitian", "PROVED"])
def test_only_what_is_balance_is_called_so_without_quotes(word: str) -> None:
    """``X = X`` called "balanced" read as the hypothesis of that name."""
    h = Holds("h", word, (Equal(X, X),))
    assert h.prose().startswith(f"{word!r}: ")
    assert word not in re.sub(r"``.*?''", "", h.latex())


@pytest.mark.parametrize("where", [LIE, "Theorem 2, PROVED", "refuted there", "sec 2 is wrong"])
def test_a_place_in_a_paper_is_a_place_or_in_quotes(where: str) -> None:
    assert Source("2603.02622v1", where).text() == f"arXiv:2603.02622v1 ({where!r})"


@pytest.mark.parametrize(
    "where",
    ["abstract", "Theorem 2", "sec 5.3", "Theorem reg-flow", "eq:def-grad12a", "Fig 1, sec 5.1",
     "Lemmas 2 and 3", "Appendix A.1", "p. 12", "section 1.3.1"],
)  # fmt: skip
def test_a_place_is_printed_as_it_is(where: str) -> None:
    assert Source("2603.02622v1", where).text() == f"arXiv:2603.02622v1 ({where})"


def test_the_name_of_a_near_miss_is_quoted_where_it_was_rejected() -> None:
    """A name says nothing; what was rejected is the object beside it."""
    claim = claims()["diag-balance"].claim
    (drift,) = (e for e in claim.experiments if isinstance(e, Drift))
    lying = replace(claim, experiments=(replace(drift, named=LIE),))
    (found,) = judge(lying, Request(digits=10)).measured
    assert f"near miss, {LIE!r}: " in found.text


def test_late_rates_quote_what_their_author_calls_things() -> None:
    decaying = lambda: System(
        "d", ("x",), (Fraction(1),), lambda x, m: [-x[0]], quantities={LIE: lambda x, m: x[0]}
    )
    setting = Trajectories("d", {"a": decaying}, Fraction(40), {})
    late = Late("c", Fraction(1, 64), named=LIE)
    source, tends = Source("2603.02622v1"), Tends(LIE, Fraction(0))
    claim = Claim("mine", "t", setting, (), {"c": tends}, source, Verdict.SUPPORTED,
                  experiments=(late,))  # fmt: skip
    (found,) = judge(claim, Request()).measured
    assert LIE in found.text and not bare(found.text, LIE), found.text


def test_a_title_is_a_name_in_quotes() -> None:
    """In a list it always was; a paper would print it as the name of the theorem."""
    lying = replace(claims()["amb-norm"].claim, title=LIE)
    assert f"\\begin{{theorem}}[{{{{``}}{LIE}{{''}}}}]" in settled_theorem(lying)


def test_a_note_is_its_authors() -> None:
    claim = claims()["quasi-norm"].claim
    noted = replace(claim, source=replace(claim.source, note=LIE))
    assert said_by(noted, {}) == f"author's words: {LIE!r}"


@pytest.mark.parametrize("what", ["values", "sizes", "sequences"])
@pytest.mark.parametrize("how", ["another name", "one more", "one less"])
def test_an_example_that_names_what_is_not_there(what: str, how: str) -> None:
    """A size without a number was a KeyError; a name that nothing has was passed over."""
    claim = next(
        f.claim
        for f in claims().values()
        if f.claim.setting.kind == "matrices"
        and any(getattr(e, what) for e in f.claim.setting.examples)  # type: ignore[attr-defined]
    )
    setting: Any = claim.setting
    example = next(e for e in setting.examples if getattr(e, what))
    held = dict(getattr(example, what))
    first = next(iter(held))
    if how != "one more":
        value = held.pop(first)
    if how != "one less":
        held["strange"] = held[first] if how == "one more" else value
    lying = replace(example, **{what: held})
    asked = replace(claim, setting=replace(setting, examples=(lying,)))
    try:
        theory_of(asked)(asked, Request(numeric=False), None)
    except BadInput as problem:
        assert "example 1 of the setting" in str(problem)
        assert "strange" in str(problem) or first in str(problem)
        return
    assert (what, how) == ("values", "one less")  # a letter that a definition names is found
