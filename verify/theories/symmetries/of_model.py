"""A model of the catalogue at given sizes as polynomials: what symmetries and laws are solved
from.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction

from verify.exact.errors import NoValue
from verify.exact.limits import LIMITS, up_to
from verify.models.catalogue.base import Model, entry_names
from verify.models.derived import coordinates, phi_at, shown
from verify.terms.array_values import Sizes
from verify.terms.polynomials import RING, Poly, Polynomial, coordinate
from verify.theories.symmetries.actions import Block, Case, Matrix
from verify.theories.symmetries.counts import symmetric_places, unit
from verify.theories.symmetries.linear import kernel
from verify.theories.symmetries.stabiliser import along

Blocks = dict[tuple[str, tuple[int, ...]], Block]
MOST = 24  #: coordinates: all matrices that leave phi unchanged have up to 576 entries


def case_of(model: Model, sizes: Sizes) -> Case:
    """Raises NoValue where it is larger than what is solved here."""
    names = coordinates(model, sizes)
    refuse_many(len(names), f"at {shown(sizes)}")
    values = phi_at(model, sizes, [Polynomial(coordinate(i)) for i in range(len(names))], RING)
    return case(f"{model.name} at {shown(sizes)}", names, values, _blocks(model, sizes))


def refuse_many(coordinates: int, where: str, most: int = MOST) -> None:
    """Raises NoValue."""
    if coordinates > most:
        raise NoValue(
            f"{coordinates} coordinates {where}; symmetries are solved for up to {most}:"
            " choose smaller sizes"
        )


def case(
    title: str,
    names: Sequence[str],
    values: Iterable[Polynomial],
    blocks: Blocks | None = None,
    most: int = LIMITS["terms"],
) -> Case:
    """An entry that is there twice, as of a symmetric matrix, is there once. Raises NoValue beyond
    ``most`` terms.
    """
    phi: list[Poly] = []
    for x in values:
        if x.terms and x.terms not in phi:
            phi.append(x.terms)
    size = sum(map(len, phi))
    if size > most:
        known = up_to("terms") if most == LIMITS["terms"] else f"up to {most}"
        raise NoValue(
            f"phi has {size} terms at {title.rpartition(' at ')[2]}; symmetries are solved for"
            f" {known}: choose smaller sizes"
        )
    return Case(title, tuple(names), tuple(phi), (), blocks or {})


def _blocks(model: Model, sizes: Sizes) -> Blocks:
    """The coordinates of every matrix of the model, by letter and index."""
    found: Blocks = {}
    at = 0
    for letter, i in model.members(sizes):
        rows = []
        for row in entry_names(letter, i, sizes):
            rows.append(tuple(range(at, at + len(row))))
            at += len(row)
        found[letter.name, () if i is None else (i,)] = tuple(rows)
    return found


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
