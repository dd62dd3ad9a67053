"""What linear symmetries of polynomials give: all matrices that leave phi unchanged, the quadratic
laws among them, and sums of powers and logarithms. One place: ``verify candidates`` shows it for
the models of the catalogue, ``verify discover`` begins with it for every traced model that is
polynomial.

Every law is found by linear algebra over Q; every count comes with a bound from above.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from random import Random

from verify.exact.errors import EnginesDisagree
from verify.models.catalogue.base import LARGEST
from verify.terms.polynomials import Poly, derivative, value
from verify.theories.symmetries.actions import Case, Matrix
from verify.theories.symmetries.counts import (
    LawsFound,
    count_laws,
    enough_points,
    gradients,
    matrix_rows,
)
from verify.theories.symmetries.families import Span
from verify.theories.symmetries.linear import kernel, rank, with_sign
from verify.theories.symmetries.stabiliser import stabiliser

#: exponents of laws that are sums of functions of one coordinate each; 0: log |theta_i|
EXPONENTS = (2, 1, 0, *range(-1, 1 - LARGEST, -1))
Powers = tuple[tuple[int, int, Fraction], ...]  #: a coordinate, its exponent, its coefficient


@dataclass(frozen=True)
class Solved:
    """``powers`` are laws sum c theta_i^e, with a logarithm for e = 0, where no theta_i with e <= 0
    is 0.
    """

    symmetries: tuple[Matrix, ...]
    at_most: int
    counted: LawsFound
    powers: tuple[Powers, ...]

    @property
    def symmetric(self) -> int:
        return len(with_sign(self.symmetries, 1))


def solve(case: Case, seed: int = 0) -> Solved:
    """Raises EnginesDisagree where two routes to one number differ."""
    algebra, size = stabiliser(case), case.size
    _, most = enough_points(case, Random(seed + 2), matrix_rows, size * size, len(algebra))
    counted = count_laws(case, seed)
    if len(algebra) > most or len(with_sign(algebra, 1)) != len(counted.laws):
        raise EnginesDisagree(
            f"{case.title}: {len(algebra)} symmetries, at most {most}; {len(counted.laws)} laws"
        )
    return Solved(tuple(algebra), most, counted, tuple(_powers(case, counted, seed)))


def _powers(case: Case, counted: LawsFound, seed: int) -> Iterator[Powers]:
    """Laws sum_i f_i(theta_i) that are no sums of squares: of one exponent, then of several. Those
    with logarithms or several exponents only where they are independent of what is known.
    """
    draw = Random(seed + 3)
    point = tuple(Fraction(draw.randint(1, 9), draw.randint(1, 5)) for _ in case.names)
    rows = gradients(counted.laws, point)
    reach, given = rank(rows, case.size), Span()
    slopes = [[derivative(p, i) for i in range(case.size)] for p in case.phi]
    fields = [[value(x, point) for x in row] for row in slopes]
    for exponents in (*((e,) for e in EXPONENTS), EXPONENTS):
        for law in _separable(slopes, exponents):
            new = given.rest(law)
            given.add(law)
            if not new or exponents == (2,):
                continue
            found = _powered(new, len(exponents) > 1)
            rows.append(gradient_of_powers(found, point))
            if any(sum(x * values[i] for i, x in rows[-1].items()) for values in fields):
                raise EnginesDisagree(f"{case.title}: a sum of powers is no law")
            before, reach = reach, rank(rows, case.size)
            if reach > before or exponents[0] in (1, *EXPONENTS[3:]):
                yield found


def _separable(slopes: list[list[Poly]], exponents: tuple[int, ...]) -> list[Matrix]:
    """By (i, e) the factor d of theta_i^(e-1) in the gradient of a law: sum d theta_i^(e-1) d_i phi
    = 0, an identity of polynomials once it is multiplied by powers of all theta.
    """
    size = len(slopes[0]) if slopes else 0  # an output that is 0 has no field
    places = [(i, e) for i in range(size) if any(row[i] for row in slopes) for e in exponents]
    equations: dict[Hashable, dict[int, Fraction]] = {}
    for n, (i, e) in enumerate(places):
        for r, row in enumerate(slopes):
            for powers, x in _exponents(row[i], size).items():
                lowered = list(powers)
                lowered[i] += e - 1
                equations.setdefault((r, tuple(lowered)), {})[n] = x
    solved = kernel(list(equations.values()), len(places))
    return [{at: x for at, x in zip(places, d, strict=True) if x} for d in solved]


def _powered(law: Matrix, several: bool) -> Powers:
    """By the coefficients of theta_i^e; of several exponents without a common factor, the first one
    positive.
    """
    if not several:
        return tuple((i, e, x) for (i, e), x in sorted(law.items()))
    found = [(i, e, x / e if e else x) for (i, e), x in sorted(law.items())]
    lead = found[0][2]
    scale = lcm(*((x / lead).denominator for _, _, x in found))
    whole = [int(x / lead * scale) for _, _, x in found]
    return tuple(
        (i, e, Fraction(x, gcd(*whole))) for (i, e, _), x in zip(found, whole, strict=True)
    )


def gradient_of_powers(law: Powers, point: Sequence[Fraction]) -> dict[int, Fraction]:
    """At a point without zeros."""
    found: dict[int, Fraction] = {}
    for i, e, c in law:
        found[i] = found.get(i, Fraction(0)) + (c * e if e else c) * point[i] ** (e - 1)
    return found


def _exponents(p: Poly, size: int) -> dict[tuple[int, ...], Fraction]:
    return {tuple(m.count(i) for i in range(size)): x for m, x in p.items()}
