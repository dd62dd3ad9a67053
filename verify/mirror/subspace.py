"""The smallest linear subspace of the parameters that contains the start and to which all fields
are tangent: parameters that are 0 and stay 0, ties such as u = v, factors of rank 1.

The leaf lies in it. The flow there is the gradient flow of the restricted outputs in the induced
metric; in coordinates s along orthogonal vectors b it is s' = -(1/|b|^2) dL/ds.

Linear forms l with l(start) = 0 are taken, and those are kept for which X_i l vanishes on the
subspace where all of them do, until none is lost. This is read off at points, and then verified.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import fmpq, fmpq_mat

from verify.exact.errors import NoValue
from verify.mirror.field import Element, Field
from verify.mirror.geometry import Geometry
from verify.mirror.given import Given

Vector = list[fmpq]


@dataclass(frozen=True)
class Within:
    """``basis``: the old parameters along each new one; ``names`` of the old ones."""

    names: tuple[str, ...]
    basis: tuple[tuple[Fraction, ...], ...]
    whole: list

    def data(self) -> dict[str, list]:
        """For JSON; the outputs in the old parameters are ``whole``."""
        return {
            "parameters": list(self.names),
            "basis": [[str(x) for x in b] for b in self.basis],
            "whole": self.whole,
        }

    def lines(self, new: Sequence[str]) -> list[str]:
        """What the old ones are, those that are not kept as they are."""
        found = []
        for k, name in enumerate(self.names):
            parts = [(b[k], n) for b, n in zip(self.basis, new, strict=False) if b[k]]
            if parts != [(1, name)]:
                total = " + ".join(n if c == 1 else f"{c} {n}" for c, n in parts)
                found.append(f"{name} = {total.replace('+ -', '- ') or '0'}")
        return found


def within(given: Given) -> Given:
    """In coordinates of the subspace; the same object where it is everything."""
    forms = _forms(given)
    if not forms:
        return given
    basis = _orthogonal(forms, given.field.parameters)
    found = _restricted(given, basis)
    g = Geometry(given.field, given.outputs)
    inside = [[_put(f, found.field, basis) for f in _forms_along(g, i, forms)]
              for i in range(g.count)]  # fmt: skip
    return found if all(f.nothing for row in inside for f in row) else given


def _forms(given: Given) -> list[Vector]:
    """Linear forms that are 0 at the start and stay 0, by points; they use no parameter of which an
    adjoined letter is a function.
    """
    g, own = Geometry(given.field, given.outputs), given.field
    used = {k for i in own.made for k in own.rates[i]}
    free = [k for k in range(own.parameters) if k not in used]
    start = list(given.values[: own.parameters])
    forms = _kernel([[start[k] for k in free]], len(free))
    draw = random.Random(0)
    while forms:
        kept = _kept(g, forms, free, given, draw)
        if len(kept) == len(forms):
            return [_spread(f, free, own.parameters) for f in forms]
        forms = kept
    return []


def _kept(g: Geometry, forms: list[Vector], free: list[int], given: Given,
          draw: random.Random) -> list[Vector]:  # fmt: skip
    """Those whose derivatives along all fields vanish where all of them do."""
    directions = _kernel(forms, len(free))
    rows: list[Vector] = []
    for _ in range(len(free) // g.count + 3):
        values = list(given.values)
        mix = [fmpq(draw.randint(1, 99)) for _ in directions]
        for j, k in enumerate(free):
            values[k] = sum((c * d[j] for c, d in zip(mix, directions, strict=True)), fmpq(0))
        try:
            slopes = [[f.at(values) if (f := row.get(k)) is not None else fmpq(0) for k in free]
                      for row in g.fields]  # fmt: skip
        except NoValue:
            continue
        if all(isinstance(x, fmpq) for row in slopes for x in row):
            rows += [[_dot(f, row) for f in forms] for row in slopes]
    if not rows:
        return []
    mixes = _kernel(rows, len(forms))
    return [[sum((c * f[j] for c, f in zip(mix, forms, strict=True)), fmpq(0))
             for j in range(len(free))] for mix in mixes]  # fmt: skip


def _dot(a: Vector, b: Vector) -> fmpq:
    return sum((x * y for x, y in zip(a, b, strict=True)), fmpq(0))


def _spread(f: Vector, free: list[int], count: int) -> Vector:
    found = [fmpq(0)] * count
    for k, x in zip(free, f, strict=True):
        found[k] = x
    return found


def _kernel(rows: list[Vector], columns: int) -> list[Vector]:
    """A basis of what all rows annihilate."""
    reduced, rank = fmpq_mat(len(rows), columns, [x for r in rows for x in r]).rref()
    pivots = [next(j for j in range(columns) if reduced[i, j] != 0) for i in range(rank)]
    found = []
    for free in (j for j in range(columns) if j not in pivots):
        x = [fmpq(0)] * columns
        x[free] = fmpq(1)
        for i, p in enumerate(pivots):
            x[p] = -reduced[i, free]
        found.append(x)
    return found


def _orthogonal(forms: list[Vector], count: int) -> list[Vector]:
    """Orthogonal vectors that span where all forms are 0, each with its first entry 1."""
    found: list[Vector] = []
    for v in _kernel(forms, count):
        for b in found:
            c = _dot(v, b) / _dot(b, b)
            v = [x - c * y for x, y in zip(v, b, strict=True)]
        first = next(x for x in v if x != 0)
        found.append([x / first for x in v])
    return found


def _restricted(given: Given, basis: list[Vector]) -> Given:
    """Outputs in the new coordinates, with the metric and the start in them."""
    own, names = given.field, []
    for n, b in enumerate(basis, 1):
        places = [k for k, x in enumerate(b) if x != 0]
        names.append(own.names[places[0]] if len(places) == 1 else f"s{n}")
    adjoined = range(own.parameters, len(own.names))
    new = Field(names, len(adjoined))
    new.weights = [1 / _dot(b, b) for b in basis]
    place = {next(k for k, x in enumerate(b) if x != 0): n for n, b in enumerate(basis)}
    for i in adjoined:
        new.adjoin(own.names[i])
    for i in adjoined:
        at = len(basis) + i - own.parameters
        new.rates[at] = {place[k]: _put(f, new, basis) for k, f in own.rates[i].items()}
        if i in own.made:
            new.made[at] = own.made[i][0], _put(own.made[i][1], new, basis)
    outputs = tuple(_put(f, new, basis) for f in given.outputs)
    start = given.values[: own.parameters]
    at_start = [_dot(list(start), b) / _dot(b, b) for b in basis]
    exact = tuple(Fraction(int(x.p), int(x.q)) for x in at_start)
    rows = tuple(tuple(Fraction(int(x.p), int(x.q)) for x in b) for b in basis)
    whole = [[[str(c), [int(e) for e in es[: own.parameters]]] for es, c in f.top.terms()]
             for f in given.outputs if f.bottom.is_one()]  # fmt: skip
    known = Within(tuple(own.names[: own.parameters]), rows, whole)
    return replace(
        given, field=new, outputs=outputs, start=exact, within=known,
        values=(*at_start, *given.values[own.parameters :]),
    )  # fmt: skip


def _put(f: Element, new: Field, basis: list[Vector]) -> Element:
    """An element with the new coordinates for the old ones."""
    count = f.field.parameters
    letters = []
    for k in range(count):
        x = new.number(0)
        for n, b in enumerate(basis):
            if b[k] != 0:
                x = x + new.number(b[k]) * new.letter(n)
        letters.append(x)
    letters += [new.letter(len(basis) + i) for i in range(len(f.field.names) - count)]
    top, bottom = (_composed(p, letters, new) for p in (f.top, f.bottom))
    return top / bottom


def _composed(p: object, letters: list[Element], new: Field) -> Element:
    found = new.number(0)
    for exponents, c in p.terms():  # type: ignore[attr-defined]
        term = new.number(c)
        for x, e in zip(letters, exponents, strict=False):
            if e:
                term = term * x ** int(e)
        found = found + term
    return found


def _forms_along(g: Geometry, i: int, forms: list[Vector]) -> list[Element]:
    """X_i of each form."""
    found = []
    for form in forms:
        x = g.field.number(0)
        for k, f in g.fields[i].items():
            if form[k] != 0:
                x = x + g.field.number(form[k]) * f
        found.append(x)
    return found
