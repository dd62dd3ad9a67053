"""What linear symmetries of polynomials give: all matrices that leave phi unchanged, the quadratic
laws among them, and sums of powers. One place: ``verify candidates`` shows it for the models of the
catalogue, ``verify discover`` begins with it for every traced model that is polynomial.

Every law is found by linear algebra over Q; every count comes with a bound from above.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from verify.exact.errors import EnginesDisagree
from verify.models.catalogue.base import LARGEST
from verify.theories.symmetries.actions import Case, Matrix
from verify.theories.symmetries.counts import LawsFound, count_laws, enough_points, matrix_rows
from verify.theories.symmetries.linear import kernel, with_sign
from verify.theories.symmetries.polynomials import Poly, derivative
from verify.theories.symmetries.stabiliser import stabiliser

POWERS = (1, *range(-1, 1 - LARGEST, -1))  #: exponents e of laws sum_i c_i theta_i^e


@dataclass(frozen=True)
class Solved:
    """``powers`` are laws (e, c) with sum c_i theta_i^e constant, for e < 0 where no theta_i with
    c_i != 0 is 0.
    """

    symmetries: tuple[Matrix, ...]
    at_most: int
    counted: LawsFound
    powers: tuple[tuple[int, tuple[Fraction, ...]], ...]

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
    return Solved(tuple(algebra), most, counted, tuple(_powers(case)))


def _powers(case: Case) -> list[tuple[int, tuple[Fraction, ...]]]:
    """sum_i c_i theta_i^e with derivative -e g . (sum_i c_i theta_i^(e-1) d_i phi) = 0, one e at a
    time; multiplied by the product of all theta^(1-e), so that it is one of polynomials.
    """
    found = []
    slopes = [[derivative(p, i) for i in range(case.size)] for p in case.phi]
    for e in POWERS:
        equations: dict[Hashable, dict[int, Fraction]] = {}
        for r, row in enumerate(slopes):
            for i, slope in enumerate(row):
                for exponents, x in _exponents(slope, case.size).items():
                    lowered = list(exponents)
                    lowered[i] += e - 1
                    equations.setdefault((r, tuple(lowered)), {})[i] = x
        solved = kernel(list(equations.values()), case.size)
        still = {i for i in range(case.size) if not any(row[i] for row in slopes)}
        found += [(e, tuple(c)) for c in solved if not {i for i, x in enumerate(c) if x} <= still]
    return found


def _exponents(p: Poly, size: int) -> dict[tuple[int, ...], Fraction]:
    return {tuple(m.count(i) for i in range(size)): x for m, x in p.items()}
