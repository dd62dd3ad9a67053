"""A sentence that says nothing is VACUOUS, by one rule for sums, towers and words; and no reader
accepts it as proved.

The kind: both sides are the same as they stand (X = X 1, Y - Y = Z - Z, 0 = 0, orders, brackets,
numbers that add up), before any hypothesis or definition is used; or the quantity does not move,
whatever the motion (a letter without a rate, a number, 0). In each
language the sentences are generated: an expression, and the same written otherwise. What is
mathematics stays proved: products of sums multiplied out, stars of products, traces turned round,
definitions; and what is false stays refuted, constant or not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Equation, Inequality, LinearLaw, Throughout
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.matrix_kinds import Decays, Identity, NonNegative, Unchanged
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.evidence import Outcome
from verify.claims.hypotheses import Homogeneous
from verify.claims.verdict import Verdict
from verify.exact import alike
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.models.flow import Flow
from verify.models.formulas import Formulas, Let, Letter, Power, Root, letters, partial
from verify.models.matrices import Matrices
from verify.models.motions import Prescribed
from verify.models.trajectories import Trajectories
from verify.terms import expr as sums
from verify.terms import matrices as star
from verify.terms.letters import Letter as Matrix

X, Y, R, S = letters("x y r s")
U, W, KAPPA = sums.u["l", "i"], sums.w["i"], sums.const("kappa")
A, B, C = (star.letter(n) for n in "YZC")
FLOW = Flow()
TOWER = Formulas("x", (Letter("x"), Letter("y")), (Root("r", X**2), Root("s", Y**2)), {"x": Y})
MADE = (Matrix("Y", "n", "n", form="invertible"), Matrix("Z", "n", "n"), Matrix("C", "n", "n"))
WORDS = Matrices(Prescribed({"Y": A * B, "C": C}), letters=MADE, square=True)
Says = Callable[[Any, Any], Any]
LANGUAGES: dict[str, tuple[Any, Says, list[Any]]] = {
    "sums": (
        FLOW,
        Equation,
        [U, W, KAPPA * U**2, sums.total("j", sums.w["j"] ** 2), sums.dot(U), U * W + KAPPA],
    ),
    "towers": (TOWER, Equals, [X, R, X * Y, sums.dot(X) + R, X**2, (X + Y) * R]),
    "words": (
        WORDS,
        Identity,
        [A, A * B, star.X, star.X.H * star.X, star.dot(A), A**-1 * (B + C), star.num(2)],
    ),
}


def outcome(setting: Any, conclusion: Any) -> Outcome:
    return judge(
        Claim("nothing", "nothing", setting, (), {"c": conclusion}, Source("2511.01137v2"))
    ).outcomes["c"]


def again(e: Any, r: Random, depth: int = 3) -> Any:
    """The same, written otherwise."""
    if not depth:
        return e
    x = again(e, r, depth - 1)
    other = x * x if r.random() < 0.3 else x
    ways = [
        lambda: x * 1,
        lambda: 1 * x,
        lambda: x + x - x,
        lambda: 2 * x - x,
        lambda: other - other + x,
        lambda: (x + 3) - 3,
    ]
    ways += [
        lambda: x + (other - other),
        lambda: -1 * (-x),
        lambda: x / 2 + x / 2,
        lambda: x**1,
        lambda: 0 * other + x,
    ]
    return (
        r.choice(ways)() if e.args[:1] != (2,) else r.choice([lambda: 1 + e - 1, lambda: 1 * e])()
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_written_otherwise(language: str, seed: int) -> None:
    setting, says, pool = LANGUAGES[language]
    r = Random(f"{language} {seed}")
    x, y = r.choice(pool), r.choice(pool)
    shaped = x - x, y - y
    for left, right in (
        (again(x, r), again(x, r)),
        (x, x * 1),
        (x + x, 2 * x),
        (shaped[0], shaped[0] * 2),
    ):
        found = outcome(setting, says(left, right))
        assert found.verdict is Verdict.VACUOUS and found.reason == alike.SAME, (
            f"{found.stated}: {found.verdict.name}, {found.reason}"
        )


IDLE: dict[str, tuple[Any, Any]] = {
    "a number of sums": (FLOW, Conserved(sums.num(3))),
    "a constant of sums": (FLOW, Conserved(KAPPA + U - U)),
    "nothing decays": (FLOW, LinearLaw(U - U, sums.num(2))),
    "a bound by itself": (FLOW, Inequality(U, U * 1)),
    "0 = 0 in sums": (FLOW, Equation(sums.num(0), sums.num(0))),
    "the derivative of a constant of sums": (FLOW, Equation(sums.dot(KAPPA), sums.num(0))),
    "a letter without a rate": (TOWER, Constant(Y)),
    "a root of one": (TOWER, Constant(S + Y**2)),
    "its rate": (TOWER, RateLaw(S, sums.num(0))),
    "a sign of a number": (TOWER, Sign(sums.num(3), ">")),
    "0 = 0 in towers": (TOWER, Equals(X - X, Y - Y)),
    "a matrix without a rate": (WORDS, Unchanged(B)),
    "a trace of one": (WORDS, Unchanged(star.tr(B * B.H))),
    "an inverse undone": (WORDS, Unchanged(A * A**-1)),
    "a matrix that is 0": (WORDS, Decays(A - A, star.num(2))),
    "no decay": (WORDS, Decays(B, star.num(0))),
    "the derivative of a constant matrix": (WORDS, Identity(star.dot(B), star.num(0))),
    "a number that is positive": (WORDS, NonNegative(star.num(3))),
    "0 = 0 in words": (WORDS, Identity(A - A, C - C)),
}


@pytest.mark.parametrize("case", IDLE)
def test_what_does_not_move(case: str) -> None:
    found = outcome(*IDLE[case])
    assert found.verdict is Verdict.VACUOUS and found.reason in (alike.SAME, alike.STILL), (
        f"{found.verdict.name}: {found.reason}"
    )


SOMETHING: dict[str, tuple[Any, Any, Verdict]] = {
    "a square multiplied out, of sums": (
        FLOW,
        Equation((U + W) ** 2, U**2 + 2 * U * W + W**2),
        Verdict.PROVED,
    ),
    "a square multiplied out, of towers": (
        TOWER,
        Equals((X + 1) ** 2, X**2 + 2 * X + 1),
        Verdict.PROVED,
    ),
    "a square multiplied out, of words": (
        WORDS,
        Identity((A + B) * (A + B), A * A + A * B + B * A + B * B),
        Verdict.PROVED,
    ),
    "a root": (TOWER, Equals(R**2, X**2), Verdict.PROVED),
    "a star of a product": (WORDS, Identity((A * B).H, B.H * A.H), Verdict.PROVED),
    "a trace turned round": (WORDS, Identity(star.tr(A * B), star.tr(B * A)), Verdict.PROVED),
    "a rate": (WORDS, Identity(star.dot(A), A * B), Verdict.PROVED),
    "products that do not commute": (WORDS, Identity(A * B, B * A), Verdict.REFUTED),
    "a constant that decays": (WORDS, Decays(B, star.num(2)), Verdict.REFUTED),
    "a constant that decays, of towers": (TOWER, RateLaw(Y, sums.num(2)), Verdict.REFUTED),
    "a constant that decays, of sums": (FLOW, LinearLaw(KAPPA, sums.num(2)), Verdict.REFUTED),
    "numbers that differ": (FLOW, Equation(sums.num(2), sums.num(3)), Verdict.REFUTED),
    "a number that is not positive": (WORDS, NonNegative(star.num(-3)), Verdict.REFUTED),
}


@pytest.mark.parametrize("case", SOMETHING)
def test_what_says_something(case: str) -> None:
    setting, conclusion, verdict = SOMETHING[case]
    found = outcome(setting, conclusion)
    assert found.verdict is verdict, found.reason


@pytest.mark.parametrize("case", sorted(IDLE.keys() - {"a bound by itself"}))
def test_the_reader_refuses_by_itself(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the rule taken out of the prover: what it proves then, no reader accepts."""
    for where in (
        "verify.theories.sums.prove.says_nothing",
        "verify.theories.words.theory.says_nothing",
    ):
        monkeypatch.setattr(where, lambda sentence: None)
    monkeypatch.setattr(
        "verify.theories.towers.decide.plain", lambda e, **more: {("something",): 1}
    )
    found = outcome(*IDLE[case])
    assert found.verdict is not Verdict.PROVED, found.reason


POWERS: dict[str, tuple[Any, list[Any]]] = {
    "sums": (FLOW, [U + W, U * W, 2 * U, sums.total("i", U**2), KAPPA + 1]),
    "towers": (TOWER, [X + 1, X * 2, R + X, sums.num(3)]),
    "words": (WORDS, [A + B, A * B, A * 3, A - B * C]),
}


@pytest.mark.parametrize("n", [0, 1, 2, 3, 8, 9])
@pytest.mark.parametrize("language", POWERS)
def test_prover_and_reader_write_powers_out_alike(language: str, n: int) -> None:
    """x^n x = x x^n and x^n = x ... x: where the prover sees a sentence, the reader does not see
    the same on both sides.
    """
    setting, bases = POWERS[language]
    kind: Any = {"sums": Equation, "towers": Equals, "words": Identity}[language]
    for x in bases:
        product = x
        for _ in range(n - 1):
            product = product * x
        for left, right in ((x**n * x, x * x**n), *([(x**n, product)] if n else [])):
            found = outcome(setting, kind(left, right))
            assert found.verdict in (Verdict.VACUOUS, Verdict.PROVED), (
                f"{left} = {right}: {found.reason}"
            )


def test_the_readers_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the rule on either side these are proved: so it is the reader's that refuses
    above.
    """
    monkeypatch.setattr("verify.theories.words.theory.says_nothing", lambda sentence: None)
    found = outcome(WORDS, Identity(star.X, star.X * star.num(1)))
    assert found.verdict is Verdict.UNDECIDED and "the same as they stand" in found.reason
    monkeypatch.setattr(
        sys.modules["verify.check_matrices"], "plain", lambda *args: {("something",): 1}
    )
    assert outcome(WORDS, Identity(star.X, star.X * star.num(1))).verdict is Verdict.PROVED


NORM = sums.total("i", U**2)


@pytest.mark.parametrize(
    "same",
    [NORM / 3, 1 - NORM / 3, sums.num(3) ** -1 * NORM, (1 + NORM) / 7, NORM * sums.num(5) / 5],
    ids=str,
)
def test_what_is_divided_by_a_number_is_a_multiple(same: Any) -> None:
    """NORM/3 is NORM 3^(-1): a power of a number is a number, for the prover and the reader of
    sums.
    """
    made = Claim(
        "thirds", "t", FLOW, (Homogeneous(),), {"c": Conserved(same)}, Source("2511.01137v2")
    )
    assert judge(made).verdict is Verdict.PROVED


def test_a_derivative_by_a_letter_is_none_along_the_flow() -> None:
    """d/dx p says something where nothing moves."""
    still = Formulas("x", (Letter("x", ">"), Letter("y")), (Root("r", X),), {})
    for sentence in (
        Equals(partial("x", X**3), 3 * X**2),
        Equals(partial("x", R) * 2 * R, sums.num(1)),
    ):
        assert outcome(still, sentence).verdict is Verdict.PROVED
    assert (
        outcome(still, Equals(partial("x", X**3), partial("x", X**3) * 1)).verdict
        is Verdict.VACUOUS
    )


@pytest.mark.parametrize("exponent", [Y, -Y, Y + 1, Y * 2], ids=str)
@pytest.mark.parametrize("says", [Constant, lambda e: Equals(sums.dot(e), sums.num(0))])
def test_a_power_moves_with_its_exponent(exponent: Any, says: Any) -> None:
    """x^y where y moves does not rest, though x does; also under an abbreviation of it."""
    for name in ("f", "g"):
        atoms = (Power("f", X, exponent), Let("g", sums.const("f") + X))
        moving = Formulas("x", (Letter("x", ">"), Letter("y")), atoms, {"y": sums.num(1)})
        with pytest.raises(BadInput, match="its exponent moves"):
            outcome(moving, says(sums.const(name)))


RESTING: dict[str, Callable[[Any, Any], Any]] = {
    "a number": lambda x, m: Fraction(1),
    "a number of the moment": lambda x, m: m.number(Fraction(3, 2)),
    "what cancels": lambda x, m: x[0] - x[0] + 1,
    "no time": lambda x, m: m.time * 0 + 2,
    "an exponential of a number": lambda x, m: m.number(Fraction(2)).exp(),
}
MOVING: dict[str, Callable[[Any, Any], Any]] = {
    "a state": lambda x, m: x[0] + 1,
    "the time": lambda x, m: 1 + m.time,
    "a conserved product": lambda x, m: x[0] * x[1],
    "an exponential": lambda x, m: (-x[0]).exp(),
}


@pytest.mark.parametrize("name", [*RESTING, *MOVING])
def test_a_bound_of_a_number_says_nothing_along_a_trajectory(name: str) -> None:
    """1 > 0 was ENCLOSED, from the listed starts; what is conserved may well be stated."""

    def start() -> System:
        names, at = ("x", "y"), (Fraction(1), Fraction(1))
        quantity = {"q": (RESTING | MOVING)[name]}
        return System("a flow", names, at, lambda x, m: [-x[0], x[1]], quantities=quantity)

    about = Trajectories("a flow", {"one": start}, Fraction(1))
    found = outcome(about, Throughout("q", ">", Fraction(0)))
    assert found.verdict is (Verdict.VACUOUS if name in RESTING else Verdict.ENCLOSED)
    assert found.reason == alike.STILL or name in MOVING
    assert outcome(about, Throughout("q", "<", Fraction(0))).verdict is Verdict.REFUTED
