"""The equations of a model entry by entry at given sizes: run once on symbols, as every engine runs
them, and written from that record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.exact.errors import NoValue
from verify.integrate.equations import slopes as latex_slopes
from verify.integrate.system import Moment, System
from verify.integrate.written import slopes_of
from verify.models.catalogue.base import entry_names, indices, shape
from verify.models.derived import (
    ETA,
    KAPPA,
    Given,
    Motion,
    arranged,
    coordinates,
    outputs,
    phi_at,
    slopes_at,
)
from verify.models.objectives import Objective
from verify.spelling.notation import name
from verify.terms.array_values import Arithmetic, Sizes, Values
from verify.terms.arrays import ZERO, Letter

MOST = 400  #: coordinates that are written out
Member = tuple[Letter, int | None]


@dataclass(frozen=True)
class Entries:
    """``names`` are the coordinates, ``others`` the letters that the equations take as given (the
    entries of g, or of the loss's data, kappa, eta).
    """

    names: tuple[str, ...]
    others: tuple[str, ...]
    system: System
    descent: bool

    def heads(self, plain: bool = False) -> list[str]:
        mark = "^+" if self.descent else "'"
        return [f"{identifier(n) if plain else n + mark}" for n in self.names]

    def text(self) -> list[str]:
        found = slopes_of(self.system, [*self.heads(), *self.others])
        return [*found.equations[: len(self.names)], *_with(found.parts)]

    def latex(self) -> list[str]:
        heads = [f"{name(n)}^{{+}}" if self.descent else f"\\dot{{{name(n)}}}" for n in self.names]
        found = latex_slopes(self.system, [*heads, *self.others])
        return [*found[: len(self.names)], *found[len(self.names) + len(self.others) :]]

    def source(self) -> tuple[list[str], list[str]]:
        """(shared parts, right-hand sides) as Python, in identifiers."""
        written = slopes_of(_renamed(self.system), [*self.heads(plain=True), *self.others])
        sides = [e.partition(" = ")[2] for e in written.equations[: len(self.names)]]
        return [_python(p) for p in written.parts], [_python(e) for e in sides]


def entries(of: Motion, sizes: Sizes, loss: Objective | None = None) -> Entries:
    """Raises NoValue beyond ``MOST`` coordinates."""
    names = coordinates(of.model, sizes)
    if len(names) > MOST:
        raise NoValue(
            f"{len(names)} coordinates; at most {MOST} are written out: choose smaller sizes, or"
            " leave --sizes out for the equations of every size"
        )
    members = _given(of, sizes, loss)
    others = given_names(members, sizes)

    def field(x: Sequence[Any], moment: Moment) -> list[Any]:
        theta, rest = x[: len(names)], x[len(names) :]
        ring = Arithmetic(lift=moment.number)
        given = given_values(members, sizes, rest, ring)
        if loss is None:
            g = [y for m in outputs(of.model, sizes) for row in given[m[0].name, m[1]] for y in row]
        else:
            g = gradient_at(loss, sizes, phi_at(of.model, sizes, theta, ring), given, ring)
        slopes = slopes_at(of, sizes, theta, g, ring, given)
        return [*slopes, *(moment.number(Fraction(0)) for _ in rest)]

    start = tuple(Fraction(1) for _ in (*names, *others))
    system = System(of.model.title, (*names, *others), start, field)
    return Entries(tuple(names), tuple(others), system, of.descent)


def gradient_at(
    loss: Objective, sizes: Sizes, z: list[Any], given: Given, ring: Arithmetic
) -> list[Any]:
    """grad J at the output, a row of scalars."""
    places = [(loss.z, i) for i in indices(loss.z, sizes)]
    values = Values({**given, **arranged(places, sizes, z)}, sizes, ring)
    slope, found = loss.gradient(), []
    if slope == ZERO:  # of a constant, which has no size of its own
        return [ring.lift(Fraction(0)) for _ in z]
    for letter, i in places:
        rows = values.rows(slope, **({} if i is None else {letter.index: i}))
        found += [x for row in rows for x in row]
    return found


def _given(of: Motion, sizes: Sizes, loss: Objective | None) -> list[Member]:
    found: list[Member] = list(outputs(of.model, sizes)) if loss is None else []
    for letter in loss.data if loss is not None else ():
        found += [(letter, i) for i in indices(letter, sizes)]
    found += [(KAPPA, None)] if of.decay else []
    return [*found, *([(ETA, None)] if of.descent else [])]


def given_names(members: Sequence[Member], sizes: Sizes) -> list[str]:
    """Of what is given: symmetric matrices by their upper half, unit vectors not at all."""
    found: dict[str, None] = {}
    for letter, i in members:
        if not _unit(letter):
            rows = entry_names(letter, i, sizes)
            for r, row in enumerate(rows):
                found |= dict.fromkeys(row[r:] if letter.symmetric else row)
    return list(found)


def _unit(letter: Letter) -> int:
    """i of a unit vector e_i of a loss's coordinates, else 0."""
    head = re.fullmatch(r"e_(\d+)", letter.name)
    return int(head[1]) if head else 0


def given_values(
    members: Sequence[Member], sizes: Sizes, rest: Sequence[Any], ring: Arithmetic
) -> Given:
    """The rows of each member, from the numbers of ``given_names``."""
    at = dict(zip(given_names(members, sizes), rest, strict=True))
    found: Given = {}
    for letter, i in members:
        if place := _unit(letter):
            count, _ = shape(letter, i, sizes)
            rows = [[ring.lift(Fraction(int(j == place)))] for j in range(1, count + 1)]
        else:
            names = entry_names(letter, i, sizes)
            if letter.symmetric:
                size = range(len(names))
                names = [[names[min(r, c)][max(r, c)] for c in size] for r in size]
            rows = [[at[n] for n in row] for row in names]
        found[letter.name, i] = rows
    return found


def identifier(name: str) -> str:
    """u_1,2 is u_1_2, W_1[2,1] is W_1_2_1."""
    return re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_") + ("_" if name == "lambda" else "")


def _renamed(system: System) -> System:
    names = tuple(map(identifier, system.names))
    return System(system.title, names, system.start, system.field)


def _python(text: str) -> str:
    """Fractions stay exact: 1/2 is Fraction(1, 2)."""
    text = text.replace("^", "**")
    return re.sub(r"(?<![\w.)\]])(\d+)/(\d+)(?![\w.])", r"Fraction(\1, \2)", text)


def _with(parts: tuple[str, ...]) -> list[str]:
    return [("with " if not k else "     ") + part for k, part in enumerate(parts)]
