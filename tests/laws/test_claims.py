"""Laws over all claims, losses and conclusions: expected verdicts, shown needs, gradients, degrees,
and sentences without raw code.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction

import mpmath
import pytest
from mpmath import mpf

from proofs import CLAIMS
from tests.laws import recorded
from tests.laws.faithful import EXPECTED, ROWS
from tests.laws.table import CONSTANT, DEGREES
from tests.reports import BY_ID, judged
from verify.claims.conclusions import ALONG, KINDS
from verify.claims.conclusions.matrix_kinds import MATRIX
from verify.claims.evidence import Outcome
from verify.claims.rules import CITED, KERNEL
from verify.claims.verdict import Verdict, exit_code, stronger
from verify.exact.jets import Jet
from verify.exact.rings import Ball
from verify.judge.parts import settled_by
from verify.models.losses import FAMILIES, Loss, family
from verify.models.losses.calculus import loss_gradient, loss_value
from verify.models.losses.data import seeded
from verify.models.losses.degree import degree_of, refute_degree
from verify.models.losses.matrices import DiagonalPlus
from verify.report.screen import witness_text
from verify.report.stated import whole
from verify.terms.expr import Expr
from verify.terms.words import latex, words
from verify.theories.states.sampler import READABLE
from verify.theories.words.points import admitted

IDS = [c.id for c in CLAIMS]
NETWORKS = (
    "flow",
    "step",
    # settings whose witnesses are points; other parts of the judge have exhibits and laws of their
    # own
)

#: (claim, hypothesis) whose need no witness and no contrast shows, with the reason why that is
# accepted
NOT_SHOWN = {
    # an unbalanced start converges as well in every start that was tried: nobody knows whether
    # balance is needed for the limit
    ("lda-direction", "balance"),
    # what the sentence without it would speak of is not defined: that is said in the author's
    # words, and shown by nothing
    ("lda-direction", "ratio"),
    ("lda-mirror", "nonzero"),
    ("lda-ratio-trace-constant", "nonzero"),
}


@pytest.mark.parametrize("name", IDS)
def test_expected_verdict(name: str) -> None:
    report, claim = judged(name), BY_ID[name]
    assert report.verdict is claim.expected and report.exit == 0
    assert not stronger(report.verdict, claim.expected), "raise the expectation"
    for conclusion, outcome in report.outcomes.items():
        assert outcome.verdict is not Verdict.UNDECIDED or claim.expected is Verdict.REFUTED, (
            conclusion
        )
        assert set(outcome.rules) <= KERNEL.keys() | CITED.keys(), (
            "rules come from the two closed lists"
        )
        assert set(outcome.given) <= CITED.keys() and set(outcome.rules) & CITED.keys() == set(
            outcome.given
        )


@pytest.mark.parametrize("name", IDS)
def test_verdicts_and_witnesses_are_as_recorded(name: str) -> None:
    """A change of layout changes none of them. See ``recorded``."""
    assert recorded.row(judged(name)) == json.loads(recorded.FILE.read_text(encoding="utf-8"))[name]


@pytest.mark.parametrize("name", IDS)
def test_what_comes_with_each_verdict(name: str) -> None:
    """PROVED: steps, scope and an exact instance. REFUTED: a witness of the claim's own sentence.
    SUPPORTED: a near miss rejected.
    """
    for outcome in judged(name).outcomes.values():
        if outcome.verdict is Verdict.PROVED:
            by_steps = BY_ID[name].setting.kind == "formulas"  # one for each conclusion
            found = outcome.steps if by_steps else judged(name).certificate
            assert outcome.instance is not None and found is not None and not found.refusal
            _is_shown(BY_ID[name].setting.kind, outcome)
        if outcome.verdict is Verdict.REFUTED:
            assert outcome.witness is not None
            if BY_ID[name].setting.kind == "declared":  # the kernel's: it states the whole sentence
                found = judged(name).certificate
                assert found is not None and settled_by(found.body, BY_ID[name]) is outcome.verdict
            elif BY_ID[name].setting.kind != "action":  # no hypotheses there
                assert outcome.witness.sentence.assuming == BY_ID[name].assuming
            if BY_ID[name].setting.kind in NETWORKS:
                assert outcome.sentence.violated(outcome.witness.point) is None
        if outcome.verdict is Verdict.SUPPORTED:
            assert re.search(r"near miss.*: [^:]*(?<!NOT )rejected", outcome.reason)


def _is_shown(kind: str, outcome: Outcome) -> None:
    """What is proved for every size has steps, and its instance satisfies every hypothesis; other
    parts have laws of their own.
    """
    if kind in (*NETWORKS, "matrices"):
        assert outcome.proof is not None and outcome.proof.steps and "every" in outcome.scope
    if kind in NETWORKS:
        assert outcome.sentence.violated(outcome.instance) is None
    if kind == "matrices":
        assert admitted(outcome.instance, outcome.sentence.frame(), {})


@pytest.mark.parametrize("name", IDS)
def test_needs(name: str) -> None:
    """Every hypothesis of a claim that holds is needed, or has a reason in words why not; the rest
    is the list above.
    """
    open_now = set()
    report = judged(name)
    if BY_ID[name].expected is not Verdict.REFUTED:
        assert [n.hypothesis for n in report.needed] == [h.id for h in BY_ID[name].assuming]
        for n in report.needed:
            if n.verdict == "not shown":
                open_now.add((name, n.hypothesis))
            elif n.verdict == "not needed":
                assert len(n.text.split()) >= 4, f"{name}, {n.hypothesis}: a reason, not {n.text!r}"
            elif n.verdict == "needed":
                assert n.witness is not None
            else:
                assert n.verdict == "needed (sampled only)" and n.text
    assert open_now == {(claim, hypothesis) for claim, hypothesis in NOT_SHOWN if claim == name}


def test_what_is_not_shown_is_a_hypothesis_of_a_claim() -> None:
    """An entry that speaks of nothing would pass unseen."""
    for claim, hypothesis in NOT_SHOWN:
        assert hypothesis in [h.id for h in BY_ID[claim].assuming]
        assert BY_ID[claim].expected is not Verdict.REFUTED


@pytest.mark.parametrize("name", IDS)
def test_a_witness_of_need_keeps_all_other_hypotheses(name: str) -> None:
    for n in judged(name).needed:
        if n.witness is not None and BY_ID[name].setting.kind in NETWORKS:
            others = [h for h in BY_ID[name].assuming if h.id != n.hypothesis]
            assert [h.id for h in n.witness.sentence.assuming] == [h.id for h in others]
            assert all(h.violated(n.witness.point) is None for h in others)
            assert n.witness.sentence.violated(n.witness.point) is None


RAW = re.compile(
    r"Expr\(|Fraction\(|Bound\(|<[a-z_.]+ object|\bNone\b|\bTrue\b|\bFalse\b|\{\}|[{}]"
)


@pytest.mark.parametrize("name", IDS)
def test_sentences_are_for_people(name: str) -> None:
    claim, report = BY_ID[name], judged(name)
    texts = [
        claim.title,
        claim.source.text(),
        claim.setting.title(),
        *(h.prose() for h in claim.assuming),
        report.statement,
    ]
    texts += [c.render() for c in claim.concluding.values()] + [
        o.reason for o in report.outcomes.values()
    ]
    texts += [witness_text(o.witness) for o in report.outcomes.values() if o.witness] + [
        n.text for n in report.needed
    ]
    if claim.setting.kind in NETWORKS:
        texts += [
            words(s.obligation) for o in report.outcomes.values() if o.proof for s in o.proof.steps
        ]
    for text in texts:
        assert text.isprintable() and not RAW.search(text), text
    for c in claim.concluding.values():
        assert not re.search(r"Expr\(|Fraction\(", c.latex()) and c.latex().count(
            "{"
        ) == c.latex().count("}")
        assert all(latex(e) and words(e) for e in c.expressions())


OWNERS = {name: c.id for c in CLAIMS for name in (c.id, *c.also)}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_name_of_the_catalogues_is_judged_with_its_scope(name: str) -> None:
    """Every conclusion: a scope that is narrower than the catalogue's stands on the screen as it is
    here. To the kind belong a theorem that is cited and not expected, and the other way round.
    """
    verdict, given, scope = EXPECTED[name]
    report = judged(OWNERS.get(name) or OWNERS[name.casefold()])
    assert (report.verdict.name, tuple(report.given_all)) == (verdict, given)
    assert [o.scope for o in report.outcomes.values() if not o.scope.startswith(scope)] == []


@pytest.mark.parametrize("row", ROWS)
def test_what_a_claim_once_did_not_say_is_judged(row: str) -> None:
    for name, *texts in ROWS[row]:
        told = _told(name)
        assert [text for text in texts if text not in told] == [], told


def _told(name: str) -> str:
    """What was judged: verdict, sentence and, of each conclusion, scope, reason and witness."""
    report = judged(name)
    cited = f"given {', '.join(report.given_all)}" if report.given_all else ""
    parts = [report.verdict.name, whole(BY_ID[name]), BY_ID[name].setting.detail(), cited]
    for o in (*report.outcomes.values(), *report.needed):
        parts += [witness_text(o.witness) if o.witness else ""]
    return " | ".join([*parts, *(x for o in report.outcomes.values() for x in (o.scope, o.reason))])


#: papers of which the catalogues name no version: none is invented; the list only shrinks
NO_VERSION = {
    "2502.20531", "2606.17816",
}  # fmt: skip


def test_ids_sources_and_corrections() -> None:
    assert len(set(IDS)) == len(IDS)
    for claim in CLAIMS:
        versioned = re.fullmatch(r"[0-9]{4}\.[0-9]{5}v[0-9]+", claim.source.arxiv)
        assert versioned or claim.source.arxiv in NO_VERSION, "an arXiv id with its version"
        assert (claim.expected is Verdict.REFUTED) <= bool(claim.corrects), (
            "a misreading names the claim that corrects it"
        )
        if claim.corrects:
            assert BY_ID[claim.corrects].expected is not Verdict.REFUTED
        assert {r.claim for r in claim.remarks} <= set(IDS)
        assert {b.hypothesis for b in claim.breaks} >= {
            h.id for h in claim.assuming
        } or claim.expected is Verdict.REFUTED


def test_every_kind_of_conclusion_is_used() -> None:
    used = {type(c) for claim in CLAIMS for c in claim.concluding.values()}
    unused = [k.__name__ for k in (*KINDS, *ALONG, *MATRIX) if k not in used]
    assert unused == [], "a kind without a claim is a kind without a test"


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("expected", Verdict)
def test_exit_codes_follow_the_table(verdict: Verdict, expected: Verdict) -> None:
    """0 expected or stronger; 1 refuted against a claim that should hold, or proved against an
    expected refutation; else 4.
    """
    order = ["SUPPORTED", "ENCLOSED", "PROVED"]
    v, e = verdict.name, expected.name
    if v == "UNDECIDED":
        wanted = 4
    elif v == e or (v in order and e in order and order.index(v) > order.index(e)):
        wanted = 0
    elif (v == "REFUTED" and e in order) or (e == "REFUTED" and v in ("PROVED", "ENCLOSED")):
        wanted = 1
    else:
        wanted = 4
    assert exit_code(verdict, expected) == wanted


def test_the_table_of_degrees_is_complete() -> None:
    assert {f.name for f in FAMILIES} == set(DEGREES), (
        "a new loss needs its degree in tests/laws/table.py, by hand"
    )
    assert set(READABLE) <= set(DEGREES)


def width_of(name: str) -> int:
    low, high = family(name).widths
    return min(max(low, 3), high)


def built(name: str, seed: int = 1) -> Loss:
    return family(name).build(width_of(name), seeded(seed, name))


@pytest.mark.parametrize("name", DEGREES)
def test_degree(name: str) -> None:
    loss, wanted = built(name), DEGREES[name]
    assert degree_of(loss.expr) == wanted
    for k in (0, 1, 2):
        if wanted is None:
            assert refute_degree(loss, Fraction(k)) is not None, (
                f"an exact point where it is not of degree {k}"
            )
        elif k == wanted:
            assert refute_degree(loss, Fraction(k)) is None


POINTS = (
    (mpf(3) / 2, mpf(1) / 3, mpf(2)),
    (mpf(1), mpf(5) / 4, mpf(1) / 7),
    (-mpf(1) / 2, -mpf(2), -mpf(1) / 5),
)
DIGITS = 40


def number(x: object) -> mpf:
    return mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else mpf(x)


def J(node: Expr, loss: Loss, w: list[mpf]) -> mpf:
    """The value of a loss in mpmath, read from the tree and the printed data."""
    match node:
        case Expr("num", (x,)):
            return number(x)
        case Expr("const", (name,)):
            return number(loss.data[name])
        case Expr("at", ("w", i)):
            return w[i - 1]
        case Expr("form", ("lin", name)):
            return mpmath.fsum(number(a) * x for a, x in zip(loss.data[name], w, strict=True))
        case Expr("form", ("quad", name)):
            data = loss.data[name]
            rows = data.dense() if isinstance(data, DiagonalPlus) else data
            return mpmath.fsum(
                number(rows[i][j]) * w[i] * w[j] for i in range(len(w)) for j in range(len(w))
            )
        case Expr("+", args):
            return mpmath.fsum(J(a, loss, w) for a in args)
        case Expr("*", args):
            return mpmath.fprod(J(a, loss, w) for a in args)
        case Expr("^", (base, Expr("num", (e,)))):
            return mpmath.power(J(base, loss, w), number(e))
        case Expr("log" | "exp" as head, (body,)):
            return getattr(mpmath, head)(J(body, loss, w))
    raise AssertionError(node.head)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", DEGREES)
def test_gradient(name: str, seed: int) -> None:
    """Against a central difference: with step h = 10^-12 its error is h^2 J'''/6, far below 10^-18
    (|J'''| + 1), at 40 digits.
    """
    loss, ring, width, moved = built(name, seed), Ball(200), width_of(name), False
    with mpmath.workdps(DIGITS):
        h = mpf(10) ** -12
        for point in POINTS:
            w = [mpf(x) for x in point[:width]]
            exact = [_fraction(x) for x in w]
            lift = lambda x: Jet.constant(ring, x, 1)
            try:
                ours = [
                    mpf(x.c[0].mid().str(35, radius=False))
                    for x in loss_gradient(loss, [lift(x) for x in exact], lift)
                ]
                value = mpf(
                    loss_value(loss, [lift(x) for x in exact], lift)
                    .c[0]
                    .mid()
                    .str(35, radius=False)
                )
            except ZeroDivisionError:
                continue
            assert abs(value - J(loss.expr, loss, w)) <= mpf(10) ** -30 * (1 + abs(value))
            for i in range(width):
                there, back = ([*w[:i], w[i] + s * h, *w[i + 1 :]] for s in (1, -1))
                central = (J(loss.expr, loss, there) - J(loss.expr, loss, back)) / (2 * h)
                assert abs(central - ours[i]) <= mpf(10) ** -18 * (1 + abs(central)), (
                    i,
                    central,
                    ours[i],
                )
                moved = moved or abs(central) > mpf(10) ** -6
    assert moved != (name in CONSTANT), "a gradient that is zero everywhere compares nothing"


def _fraction(x: mpf) -> Fraction:
    sign, mantissa, exponent, _ = x._mpf_
    return Fraction((-1) ** sign * int(mantissa)) * Fraction(2) ** exponent
