"""The judge asks the kernel for what has steps: where it refuses, or states another sentence than
the claim's, nothing is proved.

The kind: a certificate that is accepted, and says less (or something else) than what is printed.
Belonging to it: a conclusion of another claim, a greater least depth, a sign, a hypothesis or an
objective that the claim does not have, another rate, an index that runs through less; and whatever
the kernel does not accept. Each is planted in the writer, whose word is not to count.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from attack import languages
from attack.claims import FALSE, TRUE
from attack.examine import built
from proofs import CLAIMS
from tests.kernel.read import answer
from tests.reports import judged
from tests.runner import cli
from verify import Claim, Source
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Square
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput, NotGeneric
from verify.judge.decide import judge
from verify.judge.parts import steps_of
from verify.kernel.limits import Work
from verify.kernel.sentence import said
from verify.kernel.setting import setting as read
from verify.kernel.terms import term_of
from verify.models.formulas import Formulas, Letter, Power
from verify.models.matrices import Matrices
from verify.models.motions import Still
from verify.terms.affine import N
from verify.terms.expr import const
from verify.terms.letters import Letter as MatrixLetter
from verify.terms.matrices import Mat, W, letter
from verify.theories.steps import asked
from verify.theories.steps.matrices import wordings
from verify.theories.steps.stated import Stated
from verify.theories.steps.writer import Writer

BY_ID = {c.id: c for c in CLAIMS}
U = ["at", "u", "l", "i"]
SQUARE = ["^", U, "2"]
ONE = {"one": {"time": "always", "eq": [["at", "c"], "1"]}}


@cache
def honest(claim: str) -> dict[str, Any]:
    (found,) = judge(BY_ID[claim], Request(numeric=False)).outcomes.values()
    assert found.steps is not None
    return found.steps.body


def planted(claim: str, forged: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Report:
    """The judge's report where the writer hands out this."""
    rest = {x: y for x, y in forged.items() if x != "instance"}
    monkeypatch.setattr(Writer, "written", lambda self: rest)
    found = asked.proved

    def at_its_point(stated: Any, write: Callable[[], Any], instances: object) -> Any:
        return found(stated, write, [asked.Here(forged["instance"], lambda at: [])])

    monkeypatch.setattr(asked, "proved", at_its_point)
    return judge(BY_ID[claim], Request(numeric=False))


def other(claim: str) -> dict[str, Any]:
    return deepcopy(honest(claim))


def deeper() -> dict[str, Any]:
    found = other("quasi-norm")
    found["setting"]["integers"]["L"] = 2
    return found


def signed() -> dict[str, Any]:
    found = other("quasi-norm")
    found["setting"]["letters"]["u"]["sign"] = ">"
    return found


def more_degrees() -> dict[str, Any]:
    """No longer any loss: one of degree 0, which the claim does not assume."""
    found = other("diag-balance")
    found["setting"]["letters"]["J"]["degree"] = "0"
    found["instance"]["values"] |= {"u": [["1", "2"], ["1", "1"]], "g": ["2", "-1"], "J": "0"}
    found["instance"]["integers"]["L"] = 2
    return found


def assumed() -> dict[str, Any]:
    found = other("quasi-norm")
    letters = found["setting"]["letters"]
    found["setting"]["letters"] = {"c": {"role": "constant"}, **letters}
    found["instance"]["values"]["c"] = "1"
    return {**found, "assume": {**found["assume"], **ONE}}


def fewer() -> dict[str, Any]:
    found = other("diag-balance")
    found["conclude"]["difference"]["for"]["m"] = {"from": 1, "to": 1}
    return found


def called() -> dict[str, Any]:
    """Another law under the claim's name."""
    found = other("lda-layer-norm")
    return {**found, "conclude": {"conserved": found["conclude"]["layer"]}}


ANOTHER = {
    "a greater least depth": ("quasi-norm", deeper),
    "a sign": ("quasi-norm", signed),
    "a hypothesis": ("quasi-norm", assumed),
    "a degree of the loss": ("diag-balance", more_degrees),
    "an index that runs through less": ("diag-balance", fewer),
    "another conclusion": ("quasi-norm", called),
    "another claim": ("quasi-norm", lambda: other("lda-layer-norm")),
}


@pytest.mark.parametrize("kind", ANOTHER)
def test_what_is_accepted_and_says_something_else(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, forged = ANOTHER[kind]
    made = forged()
    code, said = answer(made)
    assert code == 0, said
    report = planted(claim, made, monkeypatch)
    (found,) = report.outcomes.values()
    assert found.verdict is report.verdict is Verdict.UNDECIDED and report.exit == 4
    assert found.reason.endswith("the certificate: it states another sentence than the claim")
    assert report.certificate is None and found.steps is None


def changed(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Each use left out, each cofactor twice as large, each step left out."""
    found = []
    (name,) = data["conclude"]
    for k in range(len(data["conclude"][name]["by"])):
        less, more = deepcopy(data), deepcopy(data)
        del less["conclude"][name]["by"][k]
        use = more["conclude"][name]["by"][k]
        use["left"] = ["*", "2", use.get("left", "1")]
        found += [less, more]
    for k in range(len(data["steps"])):
        found.append(deepcopy(data))
        del found[-1]["steps"][k]
    return found


@pytest.mark.parametrize("claim", ["quasi-norm", "lda-layer-norm-degree-k", "dln-weight-decay"])
def test_what_the_kernel_refuses_is_not_proved(claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for forged in changed(honest(claim))[:4]:
        code, why = answer(forged)
        assert code == 1
        report = planted(claim, forged, monkeypatch)
        (found,) = report.outcomes.values()
        assert report.verdict is Verdict.UNDECIDED and report.certificate is None
        assert found.reason == f"PROVED, but the kernel does not accept the certificate: {why}"
        monkeypatch.undo()


def test_of_several_conclusions_the_others_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no certificate is handed out that says that all are proved."""
    own = Writer.written

    def forged(self: Writer) -> dict[str, Any]:
        found = own(self)
        return found | {"steps": []} if self.stated.name == "potential" else found

    monkeypatch.setattr(Writer, "written", forged)
    report = judge(BY_ID["lda-mirror"], Request(numeric=False))
    assert {n: o.verdict.name for n, o in report.outcomes.items()} == {
        "metric": "PROVED",
        "potential": "UNDECIDED",
    }
    assert report.certificate is None and report.verdict is Verdict.UNDECIDED


def test_the_screen_the_json_and_the_files(tmp_path: Path) -> None:
    said = cli(tmp_path, "claim", "quasi-norm", "--no-numeric", "--certificate", "true.json")
    assert "certificate accepted by check.py and by the kernel, 6 steps" in said.flat
    assert "Steps true.steps.conserved.json" in said.flat and said.code == 0
    for file, code in (("true.json", 0), ("true.steps.conserved.json", 0)):
        assert cli(tmp_path, "replay", file).code == code
    said = cli(tmp_path, "replay", "true.steps.conserved.json")
    assert "Sum_(i in coord) q_(i) is conserved" in said.out
    data = json.loads((tmp_path / "true.steps.conserved.json").read_text())
    for forged, code in (
        ({**data, "assume": {}}, 1),
        ({**data, "version": 3}, 2),
        ({**data, "version": "2"}, 2),
        ({**data, "format": "flowlaw-matrices"}, 2),
        ([data], 2),
    ):
        (tmp_path / "forged.json").write_text(json.dumps(forged))
        said = cli(tmp_path, "replay", "forged.json")
        assert said.code == code and "Traceback" not in said.err + said.out
    said = cli(tmp_path, "claim", "lda-mirror", "--no-numeric", "--format", "json")
    found = json.loads(said.out)["conclusions"]
    assert {n: (c["steps"]["reader"], c["steps"]["count"]) for n, c in found.items()} == {
        "metric": ("kernel", 7),
        "potential": ("kernel", 8),
    }
    assert all(Path(c["steps"]["path"]).is_file() for c in found.values())
    said = cli(tmp_path, "claim", "amb-solvable", "--no-numeric", "--format", "json")
    assert json.loads(said.out)["conclusions"]["family"]["steps"] is None


#: what was lost or broke before: (Q)' = 0, which is 0 = 0 at every state; P, which a point has only
#: where a sentence mentions it
SEEN = [("sums", 19), ("sums", 65), ("words", 26), ("words", 87), ("words", 186)]


def test_what_is_drawn_is_not_lost_and_nothing_false_has_steps(tail: Fraction) -> None:
    """Statements of the campaign: true ones stay proved, whether steps are found or not."""
    every = round(1 / tail)
    more = [(x, n) for x in ("sums", "words", "towers") for n in range(0, 200, every)]
    with_steps = 0
    for language, index in (*SEEN, *more):
        draw = languages.of(language).draw(languages.seeded(language, 5, index))
        try:
            report = judge(built(draw.source), Request(numeric=False))
        except BadInput:
            continue
        (found,) = report.outcomes.values()
        assert "the kernel does not accept" not in found.reason, (language, index, found.reason)
        if found.steps is not None:
            held = report.verdict is Verdict.PROVED
            assert draw.truth != FALSE if held else draw.truth != TRUE, (language, index)
            assert ("instance" if held else "witness") in found.steps.body
            with_steps += 1
    assert with_steps > 0


@pytest.mark.parametrize("name", ["Linv", "Linv2", "d1", "balance", "w"])
def test_letters_of_the_translation_are_no_letters_of_the_author(name: str) -> None:
    """1/L and divisors get names of their own: with an author's letter of such a name the kernel's
    sentence still is the claim's. Seen: the author's Linv was taken for 1/L.
    """
    own = const(name)
    law = RateLaw(const("p"), -1 / const("L"))
    same = Equals((const("x") ** 2 - 4) * own / (const("x") - 2), (const("x") + 2) * own)
    given = tuple(Letter(x, ">") for x in ("x", "L", name))
    power = (Power("p", const("x") ** 1, 1 / const("L")),)
    for setting, conclusion in (
        (Formulas("drawn", given, power, {"x": -const("x")}), law),
        (Formulas("drawn", given), same),
    ):
        claim = Claim("drawn", "drawn", setting, (), {"c": conclusion}, Source.own("draft"))
        (found,) = judge(claim, Request(numeric=False)).outcomes.values()
        assert found.verdict is Verdict.PROVED and found.steps is not None
        body = found.steps.body
        if conclusion is law:
            (named,) = (x for x, h in body["assume"].items() if h["eq"][1][0] == "^")
            inverse = body["assume"][named]["eq"][0][1]
            assert inverse != name and inverse in str(body["conclude"])
        assert body["setting"]["letters"][name] == {
            "role": "constant" if conclusion is law else "parameter",
            "sign": ">",
        }


def test_an_inverse_is_no_letter_of_the_author() -> None:
    """Of matrices: with g^(-1) and a letter ginv there are no steps yet; nothing is mixed up."""
    g, other = letter("g"), letter("ginv")
    letters = (MatrixLetter("g", "n", "n", form="invertible"), MatrixLetter("ginv", "n", "n"))
    setting = Matrices(Still(), letters, layers=False)
    conclusion = Identity(g * other * g**-1 * g, g * other, 0, 0)
    claim = Claim("drawn", "drawn", setting, (), {"c": conclusion}, Source.own("draft"))
    (found,) = judge(claim, Request(numeric=False)).outcomes.values()
    assert found.verdict is Verdict.PROVED and found.steps is None


#: of each theory a claim with an equation or a law, and one that is refuted
TRANSLATED = [
    "quasi-norm", "diag-balance", "dln-weight-decay", "dln-learning-flow", "ou-density",
    "quasi-norm-ray", "lda-blocked", "amb-norm", "lda-mirror", "dln-regflow-d1-rate-four",
    "diag-balance-one-layer-kept", "lda-two-layers", "quasi-norm-degree-k",
]  # fmt: skip


def doubled(stated: dict[str, Any]) -> dict[str, Any]:
    """As true or false as the claim, and another sentence."""
    for x in ("eq", "gt", "ge", "ne"):
        if x in stated:
            sides = [s if s == "0" else ["*", "2", s] for s in stated[x]]
            return {**stated, x: sides}
    return {**stated, "what": ["*", "2", stated["what"]]}


def places(
    t: Any, wanted: Callable[[Any], bool], at: tuple[int, ...] = ()
) -> list[tuple[int, ...]]:
    """Where such terms stand inside a term."""
    if not isinstance(t, list):
        return []
    found = [at] if wanted(t) else []
    for k, x in enumerate(t):
        found += places(x, wanted, (*at, k))
    return found


def put(t: Any, at: tuple[int, ...], change: Callable[[Any], Any]) -> Any:
    """The term with one part changed."""
    if not at:
        return change(t)
    return [put(x, at[1:], change) if k == at[0] else x for k, x in enumerate(t)]


#: one slip of a translation: which terms it befalls, and what becomes of one
SLIPS: dict[str, tuple[Callable[[Any], bool], Callable[[Any], Any]]] = {
    "a sign": (lambda t: t[0] == "*" and len(t) > 2, lambda t: ["*", "-1", *t[1:]]),
    "a summand dropped": (lambda t: t[0] == "+" and len(t) > 2, lambda t: t[-1]),
    "an adjoint lost": (lambda t: t[0] == "H", lambda t: t[1]),
    "an exponent": (
        lambda t: t[0] == "^" and t[2] in ("2", "3"),
        lambda t: ["^", t[1], str(int(t[2]) - 1)],
    ),
    "an index shifted": (
        lambda t: t[0] == "at" and len(t) == 3 and t[1] in "WU" and t[2] == "k",
        lambda t: [*t[:2], {"k": 1, "": -1}],
    ),
    "a factor dropped": (lambda t: t[0] == "*" and len(t) > 2, lambda t: ["*", *t[2:]]),
}


def slipped(kind: str, stated: dict[str, Any]) -> list[dict[str, Any]]:
    """The conclusion with one such slip, at each of the first places."""
    wanted, change = SLIPS[kind]
    found = []
    for x in ("eq", "gt", "ge", "ne", "what"):
        for at in places(stated.get(x), wanted)[:2]:
            found.append({**stated, x: put(stated[x], at, change)})
    return found


@pytest.mark.parametrize("claim", TRANSLATED)
def test_a_wrong_translation_is_found_by_its_values(
    claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stated is twice what the claim says: as true or false as that, accepted, formed by
    the translation itself, and another sentence. So would be a letter that stands for another one,
    a lost adjoint or sign, another motion: whatever has another value at the states that are seen.
    """
    made = Stated.__init__

    def planted_in(self: Stated, setting: Any, assume: Any, name: str, *of: Any) -> None:
        made(self, setting, assume, name, doubled(of[0]), *of[1:])

    before = judge(BY_ID[claim], Request(numeric=False)).outcomes
    assert any(o.steps for o in before.values())
    monkeypatch.setattr(Stated, "__init__", planted_in)
    for name, o in judge(BY_ID[claim], Request(numeric=False)).outcomes.items():
        if before[name].steps is not None and o.reason == before[name].reason:
            assert o.steps is None  # no steps are found for it
        elif before[name].steps is not None:
            assert o.verdict is Verdict.UNDECIDED
            assert o.reason.endswith(asked.OTHER_VALUES) or (
                "no steps are found" in o.reason and BY_ID[claim].setting.kind == "formulas"
            )


#: claims whose conclusions are planted with slips
SLIPPED = [
    "dln-alignment-printed", "ls-norm-balance", "mf-drift", "dln-fiber-metric", "lda-mirror",
    "dln-h-spectrum-misread", "quasi-norm", "diag-balance-one-layer-kept", "quasi-norm-ray",
    "amb-norm", "lasso-path", "dln-kirwan-ness", "dln-regflow", "dln-weight-decay-each",
    "dln-balanced-roots", "open-p1", "quasi-norm-output-space", "lda-euler-output-space",
    "lda-zero-invariance", "lda-ratio-trace-constant", "lyu-li-rises", "soudry-bias-longer",
    "dln-volume-any-depth", "lda-two-layers", "diag-balance-descent", "quasi-norm-degree-k",
]  # fmt: skip
#: claims whose moments, or motion, are planted with slips
OTHERWISE = [
    "dln-kirwan-ness", "dln-kn-dissipation", "dln-kn-dissipation-printed", "dln-kn-norm",
    "dln-regflow", "dln-regflow-hermitian", "dln-weight-decay-each", "dln-weight-decay-uneven",
]  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
@pytest.mark.parametrize("claim", SLIPPED)
def test_one_slip_of_a_translation_is_found(
    kind: str, claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each sentence that has steps, with a slip of this kind in its conclusion, at each of the
    first places: nothing that the kernel then accepts is handed out beside the claim. Seen: a lost
    adjoint of a matrix that is 1 at the witness.
    """
    write, made = steps_of(BY_ID[claim]), Stated.__init__
    assert write is not None
    for name, o in judged(claim).outcomes.items():
        if o.steps is None:
            continue
        ((_, stated),) = o.steps.body["conclude"].items()
        for other in slipped(kind, {x: y for x, y in stated.items() if x != "by"}):

            def planted_in(self: Stated, *given: Any, other: Any = other) -> None:
                made(self, *given[:3], other)

            monkeypatch.setattr(Stated, "__init__", planted_in)
            try:
                found = write(name, o)
            except NotGeneric:
                continue
            finally:
                monkeypatch.undo()
            assert found.refusal == asked.OTHER_VALUES, (name, other)


@pytest.mark.parametrize("kind", SLIPS)
@pytest.mark.parametrize("claim", OTHERWISE)
def test_one_slip_in_a_setting_is_found(
    kind: str, claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In what the moments are, or in the objective, and without the ends of what vanishes: the
    motion is compared, too. What is Hermitian may lose its adjoint.
    """
    (wanted, change), write, made = SLIPS[kind], steps_of(BY_ID[claim]), Stated.__init__
    assert write is not None
    for name, o in judged(claim).outcomes.items():
        assert o.steps is not None
        for other in otherwise(o.steps.body["setting"], wanted, change):

            def planted_in(self: Stated, *given: Any, other: Any = other) -> None:
                made(self, other, *given[1:])

            monkeypatch.setattr(Stated, "__init__", planted_in)
            try:
                found = write(name, o)
            except NotGeneric:
                continue
            finally:
                monkeypatch.undo()
            same = motion(other) == motion(o.steps.body["setting"])
            assert same or found.refusal == asked.OTHER_VALUES, (name, other)


@pytest.mark.parametrize("square", [W[1], W[1].H, W[N].H, 2 * W[N]])
def test_a_root_is_the_square_that_its_name_stands_for(square: Mat) -> None:
    """M = W_N W_N* is >= 0 by that; of another square it would say M^N = X X* alone."""
    sentence = judged("dln-balanced-roots").outcomes["left"].sentence
    other = Aid(squares=(Square(Fraction(1), square),))
    assert next(wordings("left", sentence, False)).conclusion["kind"] == "equation"  # type: ignore[arg-type]
    with pytest.raises(NotGeneric, match="named as a square"):
        next(wordings("left", replace(sentence, aid=other), False))  # type: ignore[arg-type,type-var]


def motion(data: Any) -> list[str]:
    """As the kernel says it."""
    Work.begin()
    return [said(term_of(p)) for p in read(data).rates.values()]


def otherwise(stated: Any, wanted: Any, change: Any) -> Iterator[Any]:
    """With a slip at each of the first places; without the ends of a family."""
    letters, moves = stated["letters"], stated["motion"]
    for at in places(letters.get("G", {}).get("is"), wanted)[:3]:
        moments = {**letters["G"], "is": put(letters["G"]["is"], at, change)}
        yield {**stated, "letters": {**letters, "G": moments}}
    for at in places(moves["of"], wanted)[:3]:
        yield {**stated, "motion": {**moves, "of": put(moves["of"], at, change)}}
    for x, declared in letters.items():
        if "ends" in declared:
            less = {y: z for y, z in declared.items() if y != "ends"}
            yield {**stated, "letters": {**letters, x: less}}
