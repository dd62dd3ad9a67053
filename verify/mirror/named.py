"""Potentials that have a name, where an identity says that it is one of these.

    beta = u^2 - v^2     Q_alpha/4, alpha^2 = u v: h - (1/4) log(u/v) is a law
    beta = u^D - v^D     kappa q_D(beta/kappa)/(D (D - 2) alpha^(D-2)), 2 alpha^(2-D) = u^(2-D) +
                         v^(2-D): h - (v^(2-D) - u^(2-D))/(2 D (D - 2)) is a law
    beta = u_1 u_2 - v_1 v_2 with |u_1^2 - u_2^2| = |v_1^2 - v_2^2|: (1/2) arcsinh(beta/s)
    beta = a w, a^2 = |w|^2 at the start: (2/3) |beta|^(3/2), after a change of time

With D a letter from the start 1 as well. Source of the first two: arXiv:2002.09277v3, Theorems 1
and 3; of untied pairs: Azulay et al., 2021. Up to a linear function of beta.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from verify.mirror.atoms import Atom
from verify.mirror.formula import Formula
from verify.mirror.geometry import Geometry
from verify.mirror.solve import Combination

Q_2 = "q(z) = 2 - sqrt(4 + z^2) + z arcsinh(z/2)"


@dataclass(frozen=True)
class Named:
    """``name`` and ``numbers`` for data, ``lines`` for people."""

    name: str
    numbers: dict[str, str]
    lines: tuple[str, ...]


def named(g: Geometry, out: str, values: Sequence[Any]) -> Named | None:
    """Of one output, u^D - v^D from positive u and v; None for all else."""
    if any(x != 1 for x in g.field.weights):
        return None
    pair = _powers(g)
    if pair is None:
        return _every_degree(g, out) or _untied(g, out, values)
    u, v, degree = pair
    at = [Fraction(str(values[i])) for i in (u, v)]
    if min(at) <= 0:
        return None
    if degree == 2:
        wanted = (
            (Fraction(1, 4), Atom("log", (u,), (1,))),
            (Fraction(-1, 4), Atom("log", (v,), (1,))),
        )
    else:
        c = Fraction(1, 2 * degree * (degree - 2))
        power = lambda i: Atom("power", (i,), (2 - degree,))
        wanted = ((c, power(v)), (-c, power(u)))
    if not Combination(wanted).along(g, 0).same(g.field.number(1)):
        return None
    if degree == 2:
        square = at[0] * at[1]
        said = f"Q_alpha({out})/4 with alpha^2 = {square}, up to a linear function of {out}:"
        more = f"Q_alpha(b) = alpha^2 q(b/alpha^2), {Q_2}"
        return Named("Q_alpha", {"alpha^2": str(square)}, (said, more))
    return _deep(out, degree, sum(x ** (2 - degree) for x in at))


def _every_degree(g: Geometry, out: str) -> Named | None:
    """u^D - v^D with D a letter, from 1."""
    own = g.field
    pair = _signed(g, lambda i: i in own.made and own.made[i][0] == "power", 1)
    if pair is None:
        return None
    (u,), (v,) = pair
    degree = next(own.letter(i) for i in range(own.parameters, u) if i not in own.made)
    factor = own.number(1) / (degree * (degree - own.number(2)))
    power = lambda i: Atom("power", (next(iter(own.rates[i])), i), (2, -1), factor)
    wanted = ((Fraction(1, 2), power(v)), (Fraction(-1, 2), power(u)))
    if not Combination(wanted).along(g, 0).same(own.number(1)):
        return None
    lines = (
        f"q_D({out})/(D (D - 2)), up to a linear function of {out} (from alpha for 1: kappa"
        f" q_D({out}/kappa)/(D (D - 2) alpha^(D - 2)), kappa = alpha^D):",
        "q_D(x) = x z - ((1 - z)^(1 - p) + (1 + z)^(1 - p) - 2)/(p - 1), p = D/(D - 2),",
        "x = (1 - z)^(-p) - (1 + z)^(-p), -1 < z < 1; its limit as D -> oo, where p -> 1:",
        "q(x) = sqrt(1 + x^2) - 1 - log((1 + sqrt(1 + x^2))/2)",
    )
    return Named("q_D", {"D": "D", "alpha": "1"}, lines)


def _untied(g: Geometry, out: str, values: Sequence[Any]) -> Named | None:
    """u_1 u_2 - v_1 v_2 with |u_1^2 - u_2^2| = |v_1^2 - v_2^2| = c at the start.

    With P = u_1 + u_2 and R = v_1 + v_2 there is the law P R = m, and h = (1/2) log(P/R), and
    4 beta = P^2 - R^2 - c^2/P^2 + c^2/R^2 = (m + c^2/m) (P/R - R/P).
    """
    pair = _signed(g, lambda i: i < g.field.parameters, 2)
    if pair is None or not all(isinstance(x, fmpq) for x in values):
        return None
    (a, b), (c, d) = (tuple(Fraction(str(values[i])) for i in side) for side in pair)
    terms = ((Fraction(1, 2), Atom("log", pair[0], (1, 1))),
             (Fraction(-1, 2), Atom("log", pair[1], (1, 1))))  # fmt: skip
    m, square = (a + b) * (c + d), (a * a - b * b) ** 2
    law = Combination(tuple((abs(2 * x), atom) for x, atom in terms)).along(g, 0)
    exact = Combination(terms).along(g, 0).same(g.field.number(1)) and law.nothing
    if not exact or square != (c * c - d * d) ** 2 or min(a, b, c, d) <= 0:
        return None
    scale = (m + square / m) / 2
    line = f"dQ/d{out} = (1/2) arcsinh({out}/s) up to a constant, s = {scale}"
    return Named("untied", {"s": str(scale)}, (line,))


def _signed(
    g: Geometry, fits: Callable[[int], bool], count: int
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The letters of the two monomials of a difference of products of ``count`` letters."""
    f = g.outputs[0]
    if g.count != 1 or not f.bottom.is_one() or len(f.top) != 2:
        return None
    sides: dict[int, tuple[int, ...]] = {}
    for exponents, c in f.top.terms():
        used = tuple(i for i, e in enumerate(exponents) if e)
        if c not in (1, -1) or len(used) != count or not all(map(fits, used)):
            return None
        if any(exponents[i] != 1 for i in used):
            return None
        sides[int(c)] = used
    return (sides[1], sides[-1]) if len(sides) == 2 else None


def _deep(out: str, degree: int, both: Fraction | int) -> Named:
    p, scale = Fraction(degree, degree - 2), 2 / Fraction(both)
    front = 1 / (degree * (degree - 2) * scale)
    said = (
        f"{front} kappa q_{degree}({out}/kappa) with {_power(degree - 2)} = {scale}, kappa ="
        f" alpha^{degree}, up to a linear function of {out}:"
    )
    less = p - 1
    over = "" if less == 1 else f"/({less})" if less.denominator > 1 else f"/{less}"
    more = (
        f"q_{degree}(x) = x z - ((1 - z)^(-{less}) + (1 + z)^(-{less}) - 2){over},",
        f"x = (1 - z)^(-{p}) - (1 + z)^(-{p}), -1 < z < 1",
    )
    numbers = {"D": str(degree), _power(degree - 2): str(scale), "p": str(p)}
    return Named("q_D", numbers, (said, *more))


def _power(e: int) -> str:
    return "alpha" if e == 1 else f"alpha^{e}"


def _powers(g: Geometry) -> tuple[int, int, int] | None:
    """(u, v, D) of u^D - v^D."""
    f = g.outputs[0]
    if g.count != 1 or not f.bottom.is_one():
        return None
    terms = {int(c): [(i, int(e)) for i, e in enumerate(es) if e] for es, c in f.top.terms()
             if c in (1, -1)}  # fmt: skip
    if len(f.top) != 2 or set(terms) != {1, -1} or any(len(x) != 1 for x in terms.values()):
        return None
    (u, d), (v, e) = terms[1][0], terms[-1][0]
    both = all(i < g.field.parameters for i in (u, v))
    return (u, v, d) if d == e >= 2 and both else None


def three_halves(g: Geometry, formula: Formula | None, names: Sequence[str]) -> Named | None:
    """dQ/dbeta_j = beta_j S^(-1/2) and the dual S^(3/2)/3 with S = sqrt(|beta|^2)."""
    if formula is None or formula.dual is None or len(formula.dual) != 1:
        return None
    last = formula.dual[0]
    square = formula.field.number(0)
    for j in range(g.count):
        square = square + formula.field.letter(j) ** 2
    s = last.surd
    fits = (
        s is not None
        and s.inside is not None
        and s.rational.nothing
        and s.factor.same(formula.field.number(1))
        and s.inside.same(square)
        and (last.coefficient, last.exponent) == (Fraction(1, 3), Fraction(3, 2))
    )
    rows = [(t.coefficient, t.exponent, t.beta, t.surd) for r in formula.gradient for t in r]
    if not fits or rows != [(1, Fraction(-1, 2), j, s) for j in range(g.count)]:
        return None
    size = f"({' + '.join(f'{n}^2' for n in names)})"
    return Named("three-halves", {}, (f"(2/3) |beta|^(3/2), |beta|^2 = {size[1:-1]}",))
