"""Short trajectories in high precision from drawn states, of claims about formulas, matrices and
actions: what stays is the same at the end, what decays is what it says, and something moves.

No proof is looked at, and quantities are evaluated along the states by numbers of mpmath alone. A
fixed fraction of the claims is followed by mpmath's odefun, too. What else belongs to the kind:
claims in declared letters (``test_drawn_declared``), networks (their experiments follow them,
``test_integrate_odefun``), claims about trajectories (their own starts), flows on a fibre, whose
field is solved for (``test_every_flow`` has them).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction as F
from functools import cache
from random import Random
from typing import Any

import mpmath
import pytest
from mpmath import mpf, workdps

from proofs import CLAIMS
from tests.entrywise.gap import entries
from tests.entrywise.motion import rates
from verify.claims.claim import Claim
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.of_matrices import Decays, Obligation, Unchanged
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.precision import precision
from verify.integrate.base import FlowStopped, Trajectory
from verify.integrate.odefun import Odefun
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.judge.parts import theory_of
from verify.models.formulas import Exp, Formulas, Power, Root
from verify.terms.expr import Expr
from verify.terms.matrices import num
from verify.theories.symmetries.linear import with_sign
from verify.theories.words.sizes import Sizes
from verify.values.trajectory import formula_system

DIGITS, TRIES = 20, 40
STEPS = 25  # of an engine: draws from which a flow takes more are passed over
SMALL = mpf(10) ** -15
HOLDS = [c for c in CLAIMS if c.expected is not Verdict.REFUTED]
FRACTION = 6  #: one of so many claims is followed by odefun, too


def followed(system: System) -> tuple[F, Trajectory] | None:
    """As far as 1/8, or nearer; None where the flow is not defined from here."""
    for horizon in (F(1, 8), F(1, 64), F(1, 1024)):
        try:
            return horizon, Taylor().run(system, horizon, DIGITS, samples=1)
        except FlowStopped:
            continue
    return None


def ends(run: Trajectory) -> tuple[list[mpf], list[mpf]]:
    first, last = ([x for row in s.mpf() for x in row] for s in run.states)
    return first, last


def second_opinion(system: System, horizon: F, run: Trajectory, name: str) -> None:
    """Of a fixed fraction, chosen by the claim's name."""
    if sum(name.encode()) % FRACTION == 0:
        slow = Odefun().run(system, horizon, 14, samples=1)
        for x, y in zip(ends(run)[1], ends(slow)[1], strict=True):
            assert abs(x - y) < mpf(10) ** -13 * (1 + abs(x))


# formulas


def number(x: F) -> mpf:
    return mpf(x.numerator) / x.denominator


def value(e: Expr, at: dict[str, mpf], atoms: Mapping[str, Any]) -> mpf:
    match e.head, e.args:
        case "num", (c,):
            return number(F(c))
        case "const", (name,):
            if name not in at:
                atom = atoms[name]
                inside = value(atom.of, at, atoms)
                if isinstance(atom, Root):
                    inside = inside ** (mpf(1) / atom.degree)
                elif isinstance(atom, Power):
                    inside = inside ** value(atom.exponent, at, atoms)
                elif isinstance(atom, Exp):
                    inside = mpmath.exp(inside)
                at[name] = inside
            return at[name]
        case "^", (base, power):
            return value(base, at, atoms) ** value(power, at, atoms)
    found = [value(x, at, atoms) for x in e.args]
    return mpmath.fprod(found) if e.head == "*" else mpmath.fsum(found)


FORMULAS = [
    c
    for c in HOLDS
    if isinstance(c.setting, Formulas)
    and any(isinstance(x, Constant | RateLaw) for x in c.concluding.values())
]


@pytest.mark.parametrize("claim", FORMULAS, ids=lambda c: c.id)
def test_formulas(claim: Claim) -> None:
    setting, theory = claim.setting, theory_of(claim)(claim, Request(), lambda text: None)
    atoms, source, moved = {a.name: a for a in setting.atoms}, Random(claim.id), False
    for _ in range(TRIES):
        with precision():
            spot = theory.state(source, "")
        letters = dict(spot.letters) if spot is not None else {}
        try:
            system = formula_system(setting, letters) if letters else None
        except BadInput:  # an exponent that is not rational there
            continue
        found = followed(system) if system is not None else None
        if found is None:
            continue
        with workdps(DIGITS + 10):
            horizon, run = found
            if run.steps > STEPS:
                continue
            states = [
                {n: number(x) for n, x in letters.items()}
                | dict(zip(system.names, row, strict=True))
                for row in ends(run)
            ]
            moved |= any(abs(a - b) > 1e-6 for a, b in zip(*ends(run), strict=True))
            second_opinion(system, horizon, run, claim.id)
            for conclusion in claim.concluding.values():
                if isinstance(conclusion, Constant | RateLaw):
                    first, last = (value(conclusion.quantity, dict(s), atoms) for s in states)
                    if isinstance(conclusion, RateLaw):
                        rate = value(conclusion.rate, dict(states[0]), atoms)
                        first *= mpmath.exp(rate * number(horizon))
                    assert abs(first - last) < SMALL * (1 + abs(first)), (letters, first, last)
        if moved:
            return
    raise AssertionError("no drawn state moved")


# actions

LARGEST = 16  # coordinates, and terms of phi, where another case of the claim is smaller
ACTIONS = [c for c in HOLDS if c.setting.kind == "action"]


@pytest.mark.parametrize("claim", ACTIONS, ids=lambda c: c.id)
def test_actions(claim: Claim) -> None:
    """<theta, xi theta> for every symmetric xi of the algebra, along the flow of <g, phi>."""
    theory, source = theory_of(claim)(claim, Request(), lambda text: None), Random(claim.id)
    for _ in range(TRIES):
        with precision():
            placed = theory.state(source, "")
        case = placed.subject.case
        symmetric = with_sign(placed.subject.algebra, 1)
        large = case.size > LARGEST or sum(map(len, case.phi)) > LARGEST
        if large or not any(placed.slope()) or not symmetric:
            continue
        system = of_polynomials(case.phi, placed.g, placed.theta, case.names)
        found = followed(system)
        if found is None:
            continue
        with workdps(DIGITS + 10):
            first, last = ends(found[1])
            second_opinion(system, *found, claim.id)
            pairing = lambda xi, x: mpmath.fsum(number(k) * x[i] * x[j] for (i, j), k in xi.items())
            for xi in symmetric:
                a, b = pairing(xi, first), pairing(xi, last)
                assert abs(a - b) < SMALL * (1 + abs(a)), (placed, xi)
            assert any(abs(x - y) > 1e-6 for x, y in zip(first, last, strict=True))
        return
    raise AssertionError("no drawn state of moderate size moved")


def of_polynomials(phi: Sequence[Mapping], g: Sequence[F], start: Sequence[F], names) -> System:
    """theta' = -sum_r g_r dphi_r, monomial by monomial."""

    def field(x: Sequence[Any], moment: Any) -> list[Any]:
        found = [moment.number(F(0)) for _ in x]
        for weight, p in zip(g, phi, strict=True):
            for monomial, c in p.items() if weight else ():
                for k, i in enumerate(monomial):
                    term = moment.number(-weight * c)
                    for j in (*monomial[:k], *monomial[k + 1 :]):
                        term = term * x[j]
                    found[i] = found[i] + term
        return found

    plain = tuple(f"x_{k}" for k, _ in enumerate(names))
    return System("a linear loss of phi", plain, tuple(start), field)


# matrices

SIZES = ((1, 2, 1), (2, 1, 2), (2, 2))
LASTING = [
    (c, name)
    for c in HOLDS
    if c.setting.kind == "matrices"
    for name, x in c.concluding.items()
    if isinstance(x, Unchanged | Decays)
]
#: sentences whose field is solved for at each state: ``test_every_flow`` compares it
NOT_FOLLOWED = {
    ("dln-regflow", "moment"),
    ("dln-regflow", "product"),
    ("dln-regflow-unhalved", "moment"),
}


@cache
def moving(claim_id: str, d: tuple[int, ...]) -> tuple[Any, dict[int, Any]]:
    claim = next(c for c in HOLDS if c.id == claim_id)
    more = {n: 2 for n in ("n", "m", "inputs", "outputs", "u")}
    here, _ = entries(claim.setting, Obligation("", num(0)), Sizes(d, more), "real")
    return here, rates(here)


@pytest.mark.parametrize(("claim", "name"), LASTING, ids=[f"{c.id}-{n}" for c, n in LASTING])
def test_matrices(claim: Claim, name: str) -> None:
    """At sizes of two kinds, from drawn entries, P = E'(X) constant: the loss is linear."""
    if (claim.id, name) in NOT_FOLLOWED:
        assert claim.setting.motion.kind == "fibre-flow"
        return
    assert not claim.assuming, "drawn entries satisfy no hypothesis"
    conclusion: Any = claim.concluding[name]
    moved = False
    for d in SIZES:
        here, field = moving(claim.id, d)
        source = Random(f"{claim.id}{d}")
        start = [F(source.choice([-1, 1]) * source.randint(1, 3), 2) for _ in here.symbols.gens]
        system = of_rates(field, start)
        found = followed(system)
        assert found is not None
        with workdps(DIGITS + 10):
            first, last = ends(found[1])
            second_opinion(system, *found, claim.id)
            moved |= any(abs(x - y) > 1e-6 for x, y in zip(first, last, strict=True))
            for at in range(1, len(d) - 1) or [0]:
                if conclusion.quantity.letters() & {"G", "W"} and len(d) < 3:
                    continue
                before, after = (entry(here, conclusion.quantity, at, x) for x in (first, last))
                factor = mpf(1)
                if isinstance(conclusion, Decays):
                    (rate,) = entry(here, conclusion.factor, at, first)
                    factor = mpmath.exp(rate * number(found[0]))
                for x, y in zip(before, after, strict=True):
                    assert abs(x * factor - y) < SMALL * (1 + abs(x)), (d, at)
    assert moved


def entry(here: Any, e: Any, at: int, x: Sequence[mpf]) -> list[mpf]:
    found = here.value(e, {"k": at} if at else {})
    rows = found if isinstance(found, tuple) else ((found,),)
    return [mpmath.fsum(terms(p, x, number)) for row in rows for p in row]


def terms(p: Any, x: Sequence[Any], lift: Callable[[F], Any]) -> list[Any]:
    """Each monomial at x."""
    found = []
    for exponents, c in p.terms():
        term = lift(F(int(c.p), int(c.q)))
        for i, e in enumerate(exponents):
            for _ in range(int(e)):
                term = term * x[i]
        found.append(term)
    return found


def of_rates(field: Mapping[int, Any], start: Sequence[F]) -> System:
    def slopes(x: Sequence[Any], moment: Any) -> list[Any]:
        zero = moment.number(F(0))
        return [
            sum(terms(field[i], x, moment.number), zero) if i in field else zero
            for i, _ in enumerate(x)
        ]

    names = tuple(f"x_{i}" for i, _ in enumerate(start))
    return System("entries of a claim about matrices", names, tuple(start), slopes)
