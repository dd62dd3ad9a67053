"""A screen fits a page: at most 40 lines of 118 columns, whatever the claim, and nothing that
soundness needs is cut.

The kind: a wall of text that nobody reads (what the reader states, a formula for each size, the
same experiment six times), or a cut that takes a condition of the scope, a hypothesis, a rule or a
witness along. Belonging to it: claims of one's own with many conclusions, long formulas, many
starts and notes; narrow and wide terminals; the whole screen of ``--verbose``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from proofs import CLAIMS
from tests.reports import BY_ID, judged
from tests.runner import cli
from verify import Claim, Source
from verify.claims.conclusions.equals import Equals
from verify.claims.evidence import Measured, Outcome, Report
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.library.registry import claims
from verify.models.action import DeepLinear, LinearSystem, Units
from verify.models.formulas import Formulas, Let, Letter
from verify.report.brief import COLUMNS, CUT, LINES, NARROW, PAGE, cut, merged
from verify.report.screen import plain_text, screen
from verify.report.stated import remarks, said_by
from verify.report.verdict_rows import witness_text
from verify.terms.expr import const

IDS = [c.id for c in CLAIMS]
#: conditions of scopes alone, which are never cut, take a page of 80 columns
LONG_SCOPES = {"dln-volume-n3", "dln-volume-n5"}
#: 1 of what stands in the plural; not of a sum that ends in 1, and no verb
PLURAL = re.compile(
    r"(?<![-+*/=^] )(?<![\w.,/^-])1"
    r" (?!(?:of|in|at|as|on|by|to|or|and|over|from|is|lies|leaves|times|agrees)\b)"
    r"(?:[a-z]+ )?[a-z]+(?:[^siu\W]s|ies|ices)\b(?<!times)(?<!lies)(?<!leaves)"
)


def page(name: str, verbose: bool = False, columns: int = COLUMNS) -> str:
    claim, known = BY_ID[name], claims()
    beside, path = (
        remarks(claim, known, brief=not verbose),
        Path("proofs/certificates") / f"{name}.json",
    )
    report = judged(name)
    kept = {n: _kept(name, n, o) for n, o in report.outcomes.items()}
    more = {"said": said_by(claim, known), "verbose": verbose, "columns": columns}
    drawn = screen(replace(report, outcomes=kept), beside, path, **more)
    return plain_text(drawn, columns=columns)


def _kept(claim: str, name: str, o: Outcome) -> Outcome:
    """With a file for its steps."""
    path = f"proofs/steps/{claim}.{name}.json"
    return replace(o, steps=o.steps and replace(o.steps, path=path))


def flat(text: str) -> str:
    return " ".join(text.split())


def kept(report: Report) -> list[str]:
    """What stays on every screen."""
    found = [p for h, p, _ in report.hypotheses if h not in {name for name, _ in report.dropped}]
    found += [f"{name} {o.verdict.name}" for name, o in report.outcomes.items()]
    found += [x for o in report.outcomes.values() for x in (o.scope, *o.given, *o.rules) if x]
    found += [witness_text(o.witness) for o in report.outcomes.values() if o.witness is not None]
    found += [m.text for m in report.measured if m.status != "agrees"]
    return [*found, f"exit {report.exit}", report.verdict.name]


@pytest.mark.parametrize("name", IDS)
def test_a_page_with_all_that_counts(name: str) -> None:
    text, report = page(name), judged(name)
    assert len(text.splitlines()) <= PAGE and max(map(len, text.splitlines())) <= COLUMNS
    assert [x for x in kept(report) if flat(x) not in flat(text)] == []
    narrow = page(name, columns=NARROW)
    fits = len(narrow.splitlines()) <= PAGE or name in LONG_SCOPES
    assert fits and max(map(len, narrow.splitlines())) <= NARROW
    together = {f"{n} {o.verdict.name}" for n, o in report.outcomes.items()}
    together = {x for x in together if " alike " in narrow and x.split()[0] in flat(narrow)}
    assert [x for x in kept(report) if flat(x) not in flat(narrow) and x not in together] == []
    whole = page(name, verbose=True)
    assert [x for x in kept(report) if flat(x) not in flat(whole)] == [] and CUT.strip() not in {
        w for w in whole.split() if w == "!"
    }
    assert all(flat(o.stated) in flat(whole) for o in report.outcomes.values())
    products_out = re.sub(r"\.\.\.(?=\s+[A-Z]_)", "", text)  # W_N ... W_1, at the end of a line
    assert ("Shortened" in text) == (
        any(CUT + end in products_out for end in "\n;")
        or CUT + "    verify" in flat_keeping(products_out)
    )
    assert [m[0] for m in PLURAL.finditer(flat(whole))] == []


def flat_keeping(text: str) -> str:
    """Wrapped lines joined with what stood between them."""
    return re.sub(r"\n +", "    ", text)


def test_whose_sentence_is_refuted() -> None:
    text = flat(page("dln-kn-dissipation-printed"))
    assert (
        "as printed in arXiv:2511.01137v2 (eq:ness-flow7); what is true: verify claim"
        " dln-kn-dissipation" in text
    )
    assert "as expected, an exact witness violates it" in text
    for name in ("quasi-norm-unbalanced", "lda-gd-conserves", "dln-weight-decay-uneven"):
        text, claim = flat(page(name)), BY_ID[name]
        assert (
            f"a misreading, not in {claim.source.text()}; what is true: verify claim"
            f" {claim.corrects}" in text
        )
    assert "as expected" not in page("quasi-norm") and "misreading" not in page("quasi-norm")
    unexpected = plain_text(
        screen(replace(judged("quasi-norm-unbalanced"), expected=Verdict.PROVED), [], None)
    )
    assert "as expected" not in unexpected and "expected PROVED" in unexpected


@pytest.mark.parametrize("name", [c.id for c in CLAIMS if c.source.note][::7])
def test_the_note_of_the_source_is_shown(name: str) -> None:
    assert flat(BY_ID[name].source.note) in flat(page(name))


#: a letter without a sign right before one that has it: whose sign is it?
WHOSE = re.compile(
    r"(?:^|for |, |parameters? |constants? )[\w(),]+, [\w(),]+ (?:>=?|!=) 0(?=[,;:]|$)"
)


def whose(text: str) -> list[str]:
    """What is said of letters, up to what is said of them together."""
    return [m[0] for part in re.split("; |: |{|}", text) for m in WHOSE.finditer(part)]


@pytest.mark.parametrize(
    "name", [c.id for c in CLAIMS if c.setting.kind in ("formulas", "declared")]
)
def test_a_sign_is_said_of_one_letter(name: str) -> None:
    """The kind: "x, kappa > 0" of a real x and a positive kappa, on the screen and by readers."""
    report = judged(name)
    assert whose(report.setting) == []
    if report.certificate is not None and BY_ID[name].setting.kind == "formulas":
        assert whose(report.certificate.statement.split(" = ")[0]) == []


def test_whose_sign_it_is() -> None:
    assert whose("x, kappa > 0; p = x") and whose("constants X_(n,i), c > 0, E")
    assert not whose("c > 0, b != 0, X_(n,i), E") and not whose("u = x, y; c > 0")


def test_every_letter_of_a_setting_is_explained() -> None:
    assert "P_l = product of the other layers" in flat(page("quasi-norm"))
    assert "R_(l,m) = product of the layers other than l and m" in flat(
        page("diag-balance-descent")
    )
    assert "R_(l,m)" not in page("quasi-norm")


def test_singular_and_plural() -> None:
    assert "1 input, 1 output" in LinearSystem(2).title() and "2 states" in LinearSystem(2).title()
    assert (
        "1 unit with 2 inputs" in Units(1, 2).title()
        and "(2, 2, 2)" in DeepLinear((2, 2, 2)).title()
    )
    assert "1 is functionally independent" in page("moment-map-shear-count")


def test_what_is_said_of_many_sizes_is_said_once() -> None:
    assert merged(["rank 3 of 4", "rank 5 of 4"]) == "rank 3, 5 of 4"
    assert (
        merged(["alike"]) == "alike"
        and merged(["a 1", "b 1"]) == "a 1 | b 1"
        and merged(["a 1", "a 1"]) == "a 1"
    )
    text = flat(page("moment-map-layers"))
    assert (
        text.count("entries of mu that agree with the action as polynomials") <= 2
        and "16, 24, 40, 32" in text
    )
    assert (
        "phi = W_N ... W_1, hidden GL, layer sizes (2, 2, 2), (3, 2, 2), (2, 3, 1, 2), (2, 2, 2, 2)"
        in text
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_cut_is_a_beginning(seed: int) -> None:
    rng = Random(seed)
    text = " ".join("x" * rng.randint(1, 30) for _ in range(rng.randint(1, 60)))
    lines, wide = rng.randint(1, 4), rng.randint(40, 100)
    short = cut(text, lines, wide)
    assert short == text or (
        text.startswith(short.removesuffix(CUT))
        and short.endswith(CUT)
        and len(short) <= lines * wide
    )


def own(conclusions: int, length: int, hypotheses: int) -> Report:
    """Many long equations that are true, and hypotheses: one is judged, and stands for all."""
    x, y = const("x"), const("y")
    long = sum((x ** (k + 1) * (k + 3) for k in range(length)), y)
    setting = Formulas("many", (Letter("x", ">"), Letter("y", ">")), (Let("z", long),))
    report = judge(
        Claim("mine", "many", setting, (), {"c": Equals(const("z"), long)}, Source.own("draft"))
    )
    outcomes = {
        f"c{k}": replace(report.outcomes["c"], scope=f"every x, y, k = {k % 3}")
        for k in range(conclusions)
    }
    assumed = tuple((f"h{k}", f"x + {k} > 0", "always") for k in range(hypotheses))
    return replace(report, outcomes=outcomes, hypotheses=assumed)


@pytest.mark.parametrize(
    ("conclusions", "length", "hypotheses"),
    [(1, 60, 0), (6, 20, 3), (14, 8, 6), (40, 12, 1), (3, 3, 12)],
)
def test_claims_of_ones_own_fit(conclusions: int, length: int, hypotheses: int) -> None:
    report = own(conclusions, length, hypotheses)
    text = plain_text(screen(report, [], None), columns=COLUMNS)
    assert len(text.splitlines()) <= PAGE, text
    assert all(p in flat(text) for _, p, _ in report.hypotheses) and all(
        re.search(rf"\b{n}\b", text) for n in report.outcomes
    )
    assert all(o.scope in flat(text) for o in report.outcomes.values())


def test_many_experiments_and_notes_fit_and_what_disagrees_stays() -> None:
    some = tuple(
        Measured("drift", "conserved", "agrees", f"run {k} " + "word " * 60) for k in range(30)
    )
    odd = Measured(
        "drift", "conserved", "inconclusive", "this run decided nothing " + "at all " * 20
    )
    report = replace(
        judged("quasi-norm"), measured=(*some, odd), notes=tuple("a note " * 40 for _ in range(3))
    )
    text = plain_text(screen(report, [], None), columns=COLUMNS)
    assert (
        len(text.splitlines()) <= PAGE
        and flat(odd.text) in flat(text)
        and "more experiments" in flat(text)
    )
    whole = flat(plain_text(screen(report, [], None, verbose=True), columns=COLUMNS))
    assert all(flat(m.text) in whole for m in report.measured)


def test_a_page_fits_its_width(tmp_path: Path) -> None:
    """A pipe follows COLUMNS: narrower lines say less, so that 40 of them are enough; wider ones
    say what a page without COLUMNS says, broken elsewhere.
    """
    texts = {
        c: cli(tmp_path, "claim", "moment-map-layers", COLUMNS=c) for c in ("80", "118", "200")
    }
    said = {c: re.sub(r"[\d.]+ s$", "", t.flat) for c, t in texts.items()}
    assert said["118"] == said["200"] != said["80"] and len(said["80"]) < len(said["118"])
    assert all(max(map(len, t.out.split("\n"))) <= int(c) for c, t in texts.items())
    assert all(len(t.out.splitlines()) <= PAGE for t in texts.values())
    whole = cli(tmp_path, "claim", "moment-map-layers", "--verbose", COLUMNS="118")
    assert len(whole.out.splitlines()) > PAGE and "Shortened" not in whole.out and whole.code == 0


@pytest.mark.parametrize("columns", ["60", "80", "118"])
@pytest.mark.parametrize(
    "command",
    [
        ("list", "quasi*"),
        ("show", "quasi-norm"),
        ("explain", "ach-motion"),
        ("replay", str(Path("proofs/certificates/quasi-norm.json").resolve())),
    ],
)
def test_other_screens_keep_to_their_width(tmp_path: Path, columns: str, command: tuple) -> None:
    """A pipe follows COLUMNS also where columns stand before the text."""
    lines = cli(tmp_path, *command, COLUMNS=columns).out.splitlines()
    assert lines and max(map(len, lines)) <= int(columns), lines


def test_the_levels_only_take_away() -> None:
    for before, after in pairwise(LINES):
        assert before.keys() <= after.keys() and all(after[k] <= n for k, n in before.items())
