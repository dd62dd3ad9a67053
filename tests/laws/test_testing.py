"""The assertions for other people's suites: they pass where they should, and each way of failing
says what it is.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from verify import Verdict, assert_conserved, assert_verdict
from verify.exact.errors import BadInput
from verify.library.registry import named
from verify.models.losses import family
from verify.models.losses.base import Loss
from verify.models.losses.data import simple
from verify.models.losses.grammar import parse_loss
from verify.models.point import Point
from verify.terms.expr import L, num, q, total, u, w
from verify.testing import Undecided, assert_slope_zero

F = Fraction
Q = total("i", q["i"])
GAP = u["l", "i"] ** 2 - u["m", "i"] ** 2


def point(*rows: tuple[int, ...], loss: str = "ratio", **constants: Fraction) -> Point:
    start = tuple(tuple(F(x) for x in row) for row in rows)
    return Point(start, family(loss).build(len(start[0]), simple()), constants)


BALANCED = point((1, 2), (1, -2))
UNBALANCED = point((1, 1), (2, 1))
DECAYING = point((1, 2), (1, -2), kappa=F(1, 2))
RESTING = Point(((F(1), F(1)), (F(1), F(1))), Loss("constant", "1", parse_loss("1")))
NEAR_MISS = total("i", q["i"] ** (1 + L / 20))


def test_a_chain_with_a_link_that_is_not_proved_is_no_verdict() -> None:
    """The claim itself is proved."""
    chain = replace(named("quasi-norm").claim, id="my-chain", links=("lda-layer-norm",), breaks=())
    assert assert_verdict(chain, numeric=False).links[0].verdict is Verdict.PROVED
    chain = replace(chain, links=("lda-layer-norm", "quasi-norm-any-loss"))
    with pytest.raises(AssertionError, match=r"my-chain was(.*\n)+.*link quasi-norm-any-loss"):
        assert_verdict(chain, numeric=False)


def test_a_conserved_quantity_passes_and_says_what_was_measured():
    found = assert_conserved(Q, BALANCED, digits=20, near_miss=NEAR_MISS)
    assert found.status == "agrees" and float(found.numbers["moved"]) > 1e-3
    assert float(found.numbers["deviation"]) <= float(found.numbers["limit"]) == 1e-20
    assert float(found.numbers["near_miss"]) > 1e-6


def test_free_indices_are_all_measured():
    """Depth 4, width 3: the difference between the last two layers at the last coordinate is among
    48 values.
    """
    start = point((1, 2, 3), (1, 1, 1), (2, 1, 1), (1, 1, 2), loss="squared")
    assert_conserved(GAP, start, digits=15, horizon=1)
    with pytest.raises(AssertionError, match="not conserved"):
        assert_conserved(u["l", "i"] ** 2 - u["m", "i"] ** 2 * u[4, 3], start, digits=15, horizon=1)


@pytest.mark.parametrize(
    ("quantity", "start", "decay"),
    [
        (NEAR_MISS, BALANCED, None),
        (Q, UNBALANCED, None),
        (Q, DECAYING, "kappa"),
        (w["i"], BALANCED, None),
    ],
    ids=["another exponent", "not balanced", "weight decay", "weights"],
)
def test_a_drift_fails_and_shows_the_start(quantity, start, decay):
    with pytest.raises(AssertionError, match="not conserved") as caught:
        assert_conserved(quantity, start, digits=20, decay=decay)
    assert not isinstance(caught.value, Undecided)
    text = str(caught.value)
    assert all(
        word in text for word in ("largest deviation", "limit", "w moved", "u_1 = (", "S_B = ")
    )
    with pytest.raises(AssertionError, match="slope not zero"):
        assert_slope_zero(quantity, start, decay=decay)


def test_the_decay_of_a_difference_is_seen():
    assert_conserved(GAP, point((1, 2), (2, 1), kappa=F(1, 2)), digits=20)
    with pytest.raises(AssertionError, match="not conserved"):
        assert_conserved(
            GAP, point((1, 2), (2, 1), kappa=F(1, 2)), digits=20, decay="kappa", horizon=1
        )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"quantity": Q, "point": RESTING}, "nothing moved"),
        ({"quantity": u[1, 1] - u[1, 1], "point": BALANCED}, "does not react"),
        ({"quantity": Q, "point": BALANCED, "near_miss": 2 * Q}, "near miss .* NOT rejected"),
        (
            {"quantity": GAP, "point": point((1, -2), (1, 2), loss="fraction")},
            "no digits are left at .* earlier horizon",
        ),
    ],
    ids=["at rest", "insensitive", "near miss", "flow ends"],
)
def test_what_could_not_have_failed_is_undecided(arguments, reason):
    with pytest.raises(Undecided, match=f"^UNDECIDED: (.|\n)*{reason}"):
        assert_conserved(**arguments, digits=15)


@pytest.mark.parametrize(
    "start", [BALANCED, point((0, 2, 1), (0, 2, -1)), point((1, 2), (1, 2), loss="log-ratio")]
)
def test_slopes_that_are_exactly_zero(start):
    assert_slope_zero(Q, start)


def test_a_slope_that_is_not_rational_is_enclosed():
    third = total("i", abs(w["i"]) ** F(1, 3))
    with pytest.raises(AssertionError, match=r"slope not zero: .* \(enclosed\)"):
        assert_slope_zero(third, BALANCED)
    with pytest.raises(Undecided, match="ball that contains 0"):
        assert_slope_zero(third - third, BALANCED)
    tiny = (
        third - third + num(F(1, 10**30)) * w[1]
    )  # beyond doubles: the balls have their own precision
    with pytest.raises(AssertionError, match=r"slope not zero: .* \(enclosed\)"):
        assert_slope_zero(tiny, BALANCED)
    with pytest.raises(Undecided, match="at rest"):
        assert_slope_zero(Q, RESTING)


@pytest.mark.parametrize("check", [assert_conserved, assert_slope_zero])
@pytest.mark.parametrize(
    ("quantity", "options", "complaint"),
    [
        (3, {}, "quantity is 3, expected an expression"),
        (num(3), {}, "a constant is always conserved"),
        (u[3, 1], {}, "does not fit the point"),
        (Q, {"decay": "kappa"}, "decay='kappa' is no constant of the point; it has: none"),
    ],
)
def test_bad_input_is_named(check, quantity, options, complaint):
    with pytest.raises(BadInput, match=complaint):
        check(quantity, BALANCED, **options)


@pytest.mark.parametrize(
    ("options", "complaint"), [({"digits": 0}, "digits is 0"), ({"horizon": 0.1}, "horizon is 0.1")]
)
def test_bad_options_are_named(options, complaint):
    with pytest.raises(BadInput, match=complaint):
        assert_conserved(Q, BALANCED, **options)


def test_global_precision_is_left_as_it_was():
    from flint import ctx

    before, ctx.prec = ctx.prec, 71
    try:
        assert_slope_zero(Q, BALANCED)
        assert ctx.prec == 71
    finally:
        ctx.prec = before


@pytest.mark.parametrize("wanted", [None, "proved", "Supported", Verdict.ENCLOSED])
def test_a_verdict_or_a_weaker_one_may_be_asked_for(wanted):
    assert assert_verdict("quasi-norm", wanted, numeric=False).verdict is Verdict.PROVED


def test_another_verdict_fails_with_statement_and_witness():
    with pytest.raises(
        AssertionError, match=r"^REFUTED: quasi-norm-any-loss was expected to be PROVED"
    ) as caught:
        assert_verdict("quasi-norm-any-loss", "proved")
    assert "|w_i|^(2/L) is constant" in str(caught.value) and "witness: J = |w|^2" in str(
        caught.value
    )
    with pytest.raises(AssertionError, match=r"^PROVED: quasi-norm was expected to be REFUTED"):
        assert_verdict("quasi-norm", "refuted", numeric=False)


@pytest.mark.parametrize(
    ("claim", "wanted", "options", "complaint"),
    [
        ("quasi-nrm", None, {}, "did you mean quasi-norm"),
        ("quasi-norm", "undecided", {}, "'undecided' cannot be asserted"),
        ("quasi-norm", "true", {}, "'true' cannot be asserted; expected one of PROVED"),
        ("quasi-norm", None, {"sead": 1}, "option 'sead'; the options are: .*seed"),
    ],
)
def test_bad_claims_verdicts_and_options_are_named(claim, wanted, options, complaint):
    with pytest.raises(BadInput, match=complaint):
        assert_verdict(claim, wanted, **options)
