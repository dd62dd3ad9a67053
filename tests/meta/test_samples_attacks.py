"""Attacks on claims about samples: what is false, unseen, or compared with itself must never come
out SUPPORTED.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction as F

import pytest
from flint import arb

from proofs.bah_integral import BAH_INTEGRAL
from proofs.entropy import DLN_ENTROPY
from proofs.infinite_depth import DLN_INFINITE_DEPTH, DLN_INFINITE_DEPTH_RECIPROCAL
from proofs.least_sum_samples import DLN_KN_VALUE_SAMPLES
from proofs.samples import depth, entropy, fibre, integral, schatten
from proofs.schatten import LM_SCHATTEN
from proofs.schatten_infinity import LM_SCHATTEN_VALUE_INFINITY
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim
from verify.claims.conclusions import Agrees, Conserved, NeverBelow, TendsAtOrder, Throughout
from verify.claims.experiments import Compare, Late
from verify.claims.hypotheses import Balanced
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.flow import Flow
from verify.models.samples import Family, Instance, Quantity, Samples

A, B, WRONG = (Quantity(name, "planted") for name in ("a", "b", "wrong"))


def family(draw=None, letters=("N",), quantities=(A, B, WRONG)) -> Family:
    """Of planted instances. Its numbers may be balls."""
    return Family("planted", "what is planted", "what is planted", letters, quantities, draw)


SETTING = Samples(family(), sizes=((2,),), each=5)
NO_SUCH = Quantity("no such", "of no family")


def claim(conclusion, *experiments, setting=SETTING, **options) -> Claim:
    return Claim(
        "a-claim",
        "a title",
        setting,
        options.pop("assuming", ()),
        {"c": conclusion},
        LINDSEY_MENON,
        experiments=experiments,
    )


def planted(values, each: int, count: int | None = None) -> Samples:
    """Instances, as many as ``count`` different ones: a function of the number of the instance for
    each quantity.
    """
    turn = [0]

    def draw(size, source):
        turn[0] += 1
        k = turn[0] if count is None else 1 + turn[0] % count
        made = {name: (lambda *n, f=f: f(k, *n)) for name, f in values.items()}
        return Instance(f"instance {k}", made)

    return Samples(family(draw, (), tuple(values)), sizes=((),), each=each)


def verdict_of(values, conclusion=None, miss: object = WRONG, **request):
    """Of a family whose instances are planted."""
    experiments = () if miss is None else (Compare("c", near_miss=miss),)
    setting = planted(values, each=5)
    report = judge(
        claim(conclusion or Agrees(A, B), *experiments, setting=setting),
        Request(**{"digits": 20} | request),
    )
    return report.verdict, report.outcomes["c"]


def tripled(first, second, wrong):
    return {A: first, B: second, WRONG: wrong}


def wide(x: F, r: float) -> arb:
    return arb(x.numerator, 0) / x.denominator + arb(0, r)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            tripled(lambda k: F(k), lambda k: F(2 * k, 2), lambda k: F(21 * k, 20)),
            Verdict.SUPPORTED,
        ),
        (
            tripled(
                lambda k: F(k), lambda k: F(k) + (k == 3) * F(1, 10**40), lambda k: F(21 * k, 20)
            ),
            Verdict.REFUTED,
        ),
        (
            tripled(lambda k: F(7), lambda k: F(7), lambda k: F(2)),
            Verdict.UNDECIDED,
        ),  # nothing varies
        (
            tripled(
                lambda k: F(k), lambda k: F(2 * k, 2), lambda k: F(21 * k, 20) if k < 3 else F(3)
            ),
            Verdict.UNDECIDED,
        ),  # not told once
        (
            tripled(lambda k: arb(k), lambda k: wide(F(k), 1e-3), lambda k: F(21 * k, 20)),
            Verdict.UNDECIDED,
        ),  # too wide
        (
            tripled(lambda k: arb(k), lambda k: wide(F(k), 1e-25), lambda k: F(21 * k, 20)),
            Verdict.SUPPORTED,
        ),
        (
            tripled(
                lambda k: arb(k), lambda k: wide(k + F(1, 10**24), 1e-25), lambda k: F(21 * k, 20)
            ),
            Verdict.REFUTED,
        ),
        (
            tripled(lambda k: arb(k), lambda k: arb("nan"), lambda k: F(21 * k, 20)),
            Verdict.UNDECIDED,
        ),
        (
            tripled(lambda k: arb(k), lambda k: arb(k) * 0 + arb(k), lambda k: arb("nan")),
            Verdict.UNDECIDED,
        ),
        (
            tripled(lambda k: F(k), lambda k: F(-k), lambda k: F(21 * k, 20)),
            Verdict.REFUTED,
        ),  # the same size, another sign
    ],
)
def test_equality(values, expected: Verdict) -> None:
    assert verdict_of(values)[0] is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            tripled(lambda k: F(101 + k), lambda k: F(100 + k), lambda k: F(102 + k)),
            Verdict.SUPPORTED,
        ),
        (
            tripled(lambda k: F(100 + k), lambda k: F(k + 99) + 1, lambda k: F(102 + k)),
            Verdict.SUPPORTED,
        ),  # equality is allowed
        (
            tripled(
                lambda k: F(100 + k),
                lambda k: F(100 + k) + (k == 2) * F(1, 10**40),
                lambda k: F(102 + k),
            ),
            Verdict.REFUTED,
        ),
        (
            tripled(lambda k: F(101 + k), lambda k: F(100 + k), lambda k: F(101 + k)),
            Verdict.UNDECIDED,
        ),  # a weak near miss is never undercut
        (
            tripled(lambda k: F(100 + k), lambda k: F(101 + k), lambda k: F(102 + k)),
            Verdict.REFUTED,
        ),  # the wrong way round
        (
            tripled(lambda k: arb(100 + k), lambda k: wide(F(100 + k), 1e-2), lambda k: F(102 + k)),
            Verdict.UNDECIDED,
        ),
    ],
)
def test_lower_bounds(values, expected: Verdict) -> None:
    assert verdict_of(values, NeverBelow(A, B))[0] is expected


def ordered(error):
    return {A: lambda k, n: arb(k) + error(k, arb(n)), B: lambda k, n: arb(k)}


@pytest.mark.parametrize(
    ("error", "degree", "miss", "expected"),
    [
        (lambda k, n: k / n + 3 / n**2, 1, F(11, 10), Verdict.SUPPORTED),
        (lambda k, n: -k / n + 3 / n**2, 1, F(11, 10), Verdict.SUPPORTED),
        (lambda k, n: k / n**2 + 5 / n**3, 2, F(19, 10), Verdict.SUPPORTED),
        (lambda k, n: k / n**2, 1, F(11, 10), Verdict.UNDECIDED),
        (lambda k, n: k / n, 2, F(19, 10), Verdict.UNDECIDED),
        (
            lambda k, n: 1 / n if k < 3 else 1 / n**2,
            1,
            F(11, 10),
            Verdict.UNDECIDED,
        ),  # one instance has another order
        (lambda k, n: n / n, 1, F(11, 10), Verdict.UNDECIDED),  # another limit
        (lambda k, n: n - n, 1, F(11, 10), Verdict.UNDECIDED),  # no error at all
        (lambda k, n: (-n).exp(), 1, F(11, 10), Verdict.UNDECIDED),
        (lambda k, n: k / n.sqrt(), 1, F(11, 10), Verdict.UNDECIDED),
    ],
)
def test_orders(error, degree: int, miss: F, expected: Verdict) -> None:
    found = verdict_of(ordered(error), TendsAtOrder(A, B, degree), miss)[0]
    assert found is expected


def test_without_a_near_miss_nothing_is_supported() -> None:
    values = tripled(lambda k: F(k), lambda k: F(2 * k, 2), lambda k: F(21 * k, 20))
    for conclusion in (Agrees(A, B), NeverBelow(A, B)):
        verdict, outcome = verdict_of(values, conclusion, None)
        assert verdict is Verdict.UNDECIDED and "near miss" in outcome.reason
    order = TendsAtOrder(A, B, 1)
    assert verdict_of(ordered(lambda k, n: k / n), order, None)[0] is Verdict.UNDECIDED


NEAR_MISSES = [
    (F(101, 100), True),
    (F(11, 10), True),
    (F(9, 10), True),
    (F(6, 5), False),
    (F(2), False),
    (F(100), False),
    (F(-1), False),
]


@pytest.mark.parametrize(("factor", "near"), NEAR_MISSES)
@pytest.mark.parametrize("conclusion", [Agrees(A, B), NeverBelow(A, B)], ids=lambda c: c.kind)
def test_a_near_miss_is_near(conclusion, factor: F, near: bool) -> None:
    """By name: within a tenth of the size at every instance. As a factor: refused where it is
    written.
    """
    values = tripled(lambda k: F(k), lambda k: F(2 * k, 2), lambda k: factor * k)
    verdict, outcome = verdict_of(values, conclusion)
    supported = near and (conclusion.kind == "agrees" or factor > 1)
    assert (
        verdict is (Verdict.SUPPORTED if supported else Verdict.UNDECIDED)
        and ("is not near" in outcome.reason) is not near
    )
    if not near:
        with pytest.raises(BadInput, match="within 1/10 of 1"):
            claim(conclusion, Compare("c", near_miss=factor))


@pytest.mark.parametrize("miss", [F(11, 10), F(9, 10), F(6, 5), F(2)])
def test_an_order_next_to_it_is_near(miss: F) -> None:
    verdict, outcome = verdict_of(ordered(lambda k, n: k / n), TendsAtOrder(A, B, 1), miss)
    near = abs(miss - 1) <= F(1, 10)
    assert (
        verdict is (Verdict.SUPPORTED if near else Verdict.UNDECIDED)
        and ("is not near" in outcome.reason) is not near
    )


@pytest.mark.parametrize("count", range(2, 7))
@pytest.mark.parametrize("kind", ["agrees", "order"])
def test_few_samples_support_nothing(kind: str, count: int) -> None:
    """Instances that are drawn twice count once."""
    values = (
        tripled(lambda k: F(k), lambda k: F(2 * k, 2), lambda k: F(21 * k, 20))
        if kind == "agrees"
        else ordered(lambda k, n: k / n)
    )
    conclusion = Agrees(A, B) if kind == "agrees" else TendsAtOrder(A, B, 1)
    miss = F(101, 100) if kind == "agrees" else F(11, 10)
    setting = planted(values, each=12, count=count)
    outcome = judge(
        claim(conclusion, Compare("c", near_miss=miss), setting=setting), Request(digits=20)
    ).outcomes["c"]
    assert outcome.verdict is (Verdict.SUPPORTED if count >= 5 else Verdict.UNDECIDED)
    assert (f"{count} different instances" in outcome.reason) is (count < 5)


def test_without_numbers_nothing_is_said() -> None:
    values = tripled(lambda k: F(k), lambda k: F(2 * k), lambda k: F(3 * k))
    assert verdict_of(values, numeric=False, digits=None)[0] is Verdict.UNDECIDED


WRONG_FORMULAS = [
    (BAH_INTEGRAL, lambda c: Agrees(c.quantity, integral.SLIP)),
    (
        DLN_ENTROPY,
        lambda c: Agrees(c.quantity, entropy.SLIP),
    ),
    (LM_SCHATTEN, lambda c: NeverBelow(c.quantity, schatten.LARGER)),
    (LM_SCHATTEN_VALUE_INFINITY, lambda c: Agrees(c.quantity, schatten.SMALLEST)),
    (DLN_KN_VALUE_SAMPLES, lambda c: NeverBelow(c.quantity, fibre.LARGER)),
    (DLN_KN_VALUE_SAMPLES, lambda c: NeverBelow(c.other, c.quantity)),
    (DLN_KN_VALUE_SAMPLES, lambda c: Agrees(c.quantity, c.other)),
    (DLN_INFINITE_DEPTH, lambda c: TendsAtOrder(c.quantity, c.other, 2)),
    (
        DLN_INFINITE_DEPTH,
        lambda c: TendsAtOrder(depth.ERROR, depth.HALVED, 1),
    ),
    (DLN_INFINITE_DEPTH_RECIPROCAL, lambda c: TendsAtOrder(c.quantity, c.other, 1)),
]


@pytest.mark.parametrize(("truth", "wrong"), WRONG_FORMULAS, ids=lambda x: getattr(x, "id", None))
def test_wrong_formulas_of_the_shipped_families(truth: Claim, wrong) -> None:
    """Every comparison of the shipped claims, with a wrong side: REFUTED where numbers are
    compared, never SUPPORTED.
    """
    name, conclusion = next(iter(truth.concluding.items()))
    false = wrong(conclusion)
    experiments = (
        (Compare(name, near_miss=3 - false.degree),) if isinstance(false, TendsAtOrder) else ()
    )
    report = judge(replace(truth, concluding={name: false}, experiments=experiments))
    order = isinstance(false, TendsAtOrder)
    assert report.verdict is (Verdict.UNDECIDED if order else Verdict.REFUTED) and report.exit != 0
    assert order or (
        "instance" in report.outcomes[name].reason and report.outcomes[name].witness.text()
    )


@dataclass(frozen=True, slots=True)
class Flattering(Agrees):
    """Prints another sentence than it compares."""

    def render(self) -> str:
        return "P = NP"


@pytest.mark.parametrize(
    ("build", "word"),
    [
        (lambda: claim(Agrees(A, NO_SUCH)), "no such"),
        (lambda: claim(Agrees(A, A)), "with itself"),
        (lambda: claim(Agrees(A, B), Compare("c", near_miss=B)), "compared itself"),
        (lambda: claim(Agrees(A, B), Compare("c", near_miss=NO_SUCH)), "no such"),
        (lambda: claim(Agrees(A, B), Compare("d", near_miss=WRONG)), "compare names 'd'"),
        (lambda: claim(TendsAtOrder(A, B, 1), Compare("c", near_miss=1)), "next to it"),
        (lambda: claim(TendsAtOrder(A, B, 1), Compare("c", near_miss=F(0))), "next to it"),
        (lambda: claim(TendsAtOrder(A, B, 1), Compare("c", near_miss=3)), "next to it"),
        (lambda: claim(TendsAtOrder(A, B, 1), Compare("c", near_miss=WRONG)), "next to it"),
        (lambda: claim(Agrees(A, B), Late("c", F(1), "x")), "Late"),
        (lambda: claim(Throughout(A, ">")), "Throughout"),
        (lambda: claim(Flattering(A, B)), "Flattering"),
        (lambda: claim(Agrees(A, B), assuming=(Balanced(),)), "assumes"),
        (lambda: claim(Agrees(A, B), setting=Flow()), "Agrees"),
        (lambda: TendsAtOrder(A, B, 0), "degree"),
        (lambda: TendsAtOrder(A, B, True), "degree"),
        (lambda: Samples("no such", ((2,),), 3), "expected a Family"),
        (lambda: Samples(family(), (), 3), "expected a size"),
        (lambda: Samples(family(), ((2,),), 1), "at least 2"),
        (lambda: Compare("c", near_miss=1.01), "exact number"),  # type: ignore[arg-type]
        (lambda: Compare("c", near_miss=None), "exact number"),  # type: ignore[arg-type]
        (lambda: Compare(3, near_miss=F(101, 100)), "name of a conclusion"),  # type: ignore[arg-type]
    ],
)
def test_claims_that_are_none_are_refused(build, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        build()


def test_only_kinds_for_samples() -> None:
    from verify.terms.expr import q, total

    with pytest.raises(BadInput, match="Conserved"):
        claim(Conserved(total("i", q["i"])))


@pytest.mark.parametrize(
    "option",
    [{"depth": 3}, {"width": 2}, {"loss": "ratio"}, {"horizon": F(3)}, {"without": ("balance",)}],
)
def test_options_that_do_not_apply_are_named(option: dict) -> None:
    with pytest.raises(BadInput, match=f"--{next(iter(option))} does not apply to bah-integral"):
        judge(BAH_INTEGRAL, Request(**option))


def test_a_report_is_the_same_twice() -> None:
    first, second = (judge(LM_SCHATTEN, Request(seed=4)) for _ in range(2))
    assert [o.reason for o in first.outcomes.values()] == [
        o.reason for o in second.outcomes.values()
    ]
    assert [m.text for m in first.measured] == [m.text for m in second.measured]


@pytest.mark.parametrize(
    "made", [None, "text", Instance("i", {}), Instance("i", {A: lambda: F(1)})]
)
def test_an_instance_has_the_quantities_of_its_family(made) -> None:
    """A family is its author's program: what it draws is looked at before anything is compared."""
    setting = Samples(family(lambda size, source: made), sizes=((2,),), each=5)
    with pytest.raises(BadInput, match="planted: draw gave"):
        judge(claim(Agrees(A, B), setting=setting), Request(digits=20))
