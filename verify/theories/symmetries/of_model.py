"""A model of the catalogue at given sizes as polynomials: what symmetries and laws are solved
from.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction

from verify.exact.errors import NoValue
from verify.exact.limits import LIMITS, up_to
from verify.models.catalogue.base import Model, entry_names
from verify.models.derived import coordinates, phi_at, shown
from verify.terms.array_values import Sizes
from verify.theories.symmetries.actions import Block, Case, Matrix
from verify.theories.symmetries.counts import symmetric_places, unit
from verify.theories.symmetries.linear import kernel
from verify.theories.symmetries.polynomials import RING, Polynomial, coordinate
from verify.theories.symmetries.stabiliser import along

MOST = 24  #: coordinates: all matrices that leave phi unchanged have up to 576 entries


def case_of(model: Model, sizes: Sizes) -> Case:
    """Raises NoValue where it is larger than what is solved here."""
    names = coordinates(model, sizes)
    if len(names) > MOST:
        raise NoValue(
            f"{len(names)} coordinates at {shown(sizes)}; symmetries are solved for up to {MOST}:"
            " choose smaller sizes"
        )
    values = phi_at(model, sizes, [Polynomial(coordinate(i)) for i in range(len(names))], RING)
    phi = []
    for x in values:  # an entry that is there twice, as of a symmetric matrix, once
        if x.terms and x.terms not in phi:
            phi.append(x.terms)
    size = sum(map(len, phi))
    if size > LIMITS["terms"]:
        raise NoValue(
            f"phi has {size} terms at {shown(sizes)}; symmetries are solved for {up_to('terms')}:"
            " choose smaller sizes"
        )
    return Case(
        f"{model.name} at {shown(sizes)}", tuple(names), tuple(phi), (), _blocks(model, sizes)
    )


def _blocks(model: Model, sizes: Sizes) -> dict[tuple[str, tuple[int, ...]], Block]:
    """The coordinates of every matrix of the model, by letter and index."""
    found: dict[tuple[str, tuple[int, ...]], Block] = {}
    at = 0
    for letter, i in model.members(sizes):
        rows = []
        for row in entry_names(letter, i, sizes):
            rows.append(tuple(range(at, at + len(row))))
            at += len(row)
        found[letter.name, () if i is None else (i,)] = tuple(rows)
    return found


def degree(case: Case) -> int | None:
    """Of phi, where all its terms have one."""
    degrees = {len(m) for p in case.phi for m in p}
    return degrees.pop() if len(degrees) == 1 else None


def scaled_law(case: Case) -> Matrix | None:
    """A symmetric S with dphi_r(theta) S theta = phi_r(theta) for all r, or None where there is
    none; every other one is this one plus a law.

    Along the flow <theta, S theta>' = -2 <phi, g>, which is 0 where J(c z) = J(z) for all c > 0. A
    factor other than a number could not stand before phi_r: the degrees would not match.
    """
    places = symmetric_places(case.size)
    last = len(places)
    equations: dict[Hashable, dict[int, Fraction]] = {}
    for n, s in enumerate(map(unit, places)):
        for r, p in enumerate(case.phi):
            for monomial, x in along(p, s).items():
                equations.setdefault((r, monomial), {})[n] = x
    for r, p in enumerate(case.phi):
        for monomial, x in p.items():
            equations.setdefault((r, monomial), {})[last] = -x
    row = kernel(list(equations.values()), last + 1)[-1:]
    if not row or not row[0][last]:
        return None
    return {
        place: x for at, x in zip(places, row[0][:last], strict=True) if x for place in unit(at)
    }
