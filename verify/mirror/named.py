"""Potentials that have a name, where an identity says that it is one of these.

    beta = u^2 - v^2     Q_alpha/4, alpha^2 = u v: h - (1/4) log(u/v) is a law
    beta = u^D - v^D     kappa q_D(beta/kappa)/(D (D - 2) alpha^(D-2)), 2 alpha^(2-D) = u^(2-D) +
                         v^(2-D): h - (v^(2-D) - u^(2-D))/(2 D (D - 2)) is a law
    beta = a w, a^2 = |w|^2 at the start: (2/3) |beta|^(3/2), after a change of time

Source of the first two: arXiv:2002.09277, Theorems 1 and 3. Up to a linear function of beta.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

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
    pair = _powers(g)
    if pair is None:
        return None
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
