"""What follows from a model's phi: its gradient, motions, systems for every engine, and values at
any sizes. Nothing here knows a model.

    from verify.models.catalogue import model
    from verify.models.derived import motion
    motion(model("layers")).text()       # W_p' = -A_p^T P B_p^T
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from verify.exact.errors import BadInput
from verify.integrate.system import PLAIN, Clock, Layout, Moment, Scalar, System
from verify.models.catalogue.base import Model, entry_names, indices, shape
from verify.terms.array_gradients import gradients
from verify.terms.array_values import EXACT, Arithmetic, Rows, Sizes, Values
from verify.terms.array_words import TEXT, Style, meanings, words
from verify.terms.arrays import Array, Letter, plus

Given = dict[tuple[str, int | None], Rows]
ETA, KAPPA = Letter("eta"), Letter("kappa")


@dataclass(frozen=True)
class Motion:
    """x' = ``rates``, or with ``descent`` x^+ = ``rates``, for each letter at its own index."""

    model: Model
    rates: dict[Letter, Array]
    descent: bool = False
    decay: bool = False

    def head(self, letter: Letter, style: Style = TEXT) -> str:
        return style.moving(letter.name, letter.here.args[1], self.descent)

    def equations(self, style: Style = TEXT) -> list[str]:
        """One for each letter, for every size."""
        names = self.model.names
        return [f"{self.head(x, style)} = {words(e, names, style)}" for x, e in self.rates.items()]

    def meanings(self, style: Style = TEXT) -> list[str]:
        """What the products in the equations are called."""
        return meanings(list(self.rates.values()), self.model.names, style)


@cache
def motion(model: Model, descent: bool = False, decay: bool = False) -> Motion:
    """Gradient flow of a loss J(phi), with ``decay`` minus kappa times each letter; or one descent
    step of length eta of the same. The gradient is d<g, phi> for g = grad J, free.
    """
    found = {}
    for letter, slope in gradients(model.phi, model.gradient.here, model.letters).items():
        down = [(-1, slope), *([(-1, KAPPA.whole * letter.here)] if decay else [])]
        if descent:
            steps = [(c, ETA.whole * x) for c, x in down]
            found[letter] = plus([(1, letter.here), *steps])
        else:
            found[letter] = plus(down)
    return Motion(model, found, descent, decay)


def coordinates(model: Model, sizes: Sizes) -> list[str]:
    """Names of all entries of all letters, in their order."""
    return [
        name
        for letter, at in model.members(sizes)
        for row in entry_names(letter, at, sizes)
        for name in row
    ]


def outputs(model: Model, sizes: Sizes) -> list[tuple[Letter, int | None]]:
    """The gradient's members: one, or one for each member of a stack."""
    return [(model.gradient, i) for i in indices(model.gradient, sizes)]


def arranged(members: Sequence[tuple[Letter, int | None]], sizes: Sizes, x: Sequence) -> Given:
    """Entries in a row as matrices. Raises BadInput for too few or too many."""
    found, at = Given(), 0
    for letter, i in members:
        rows, columns = shape(letter, i, sizes)
        block = list(x[at : at + rows * columns])
        found[letter.name, i] = [block[r * columns : (r + 1) * columns] for r in range(rows)]
        at += rows * columns
    if at != len(x):
        raise BadInput(f"{len(x)} numbers; these sizes have {at}")
    return found


def phi_at(model: Model, sizes: Sizes, theta: Sequence[Any], ring: Arithmetic = EXACT) -> list[Any]:
    """phi as a row of scalars, over whatever ``theta`` is made of."""
    values = Values(arranged(model.members(sizes), sizes, theta), sizes, ring)
    return [x for rows in values.stack(model.phi) for row in rows for x in row]


def slopes_at(
    of: Motion,
    sizes: Sizes,
    theta: Sequence[Any],
    g: Sequence[Any],
    ring: Arithmetic = EXACT,
    given: Given | None = None,
) -> list[Any]:
    """The rates (after a descent step: the new values), entry by entry; ``given`` holds kappa and
    eta where the motion has them.
    """
    model = of.model
    known = {
        **arranged(model.members(sizes), sizes, theta),
        **arranged(outputs(model, sizes), sizes, g),
        **(given or {}),
    }
    return slopes_in(of, sizes, Values(known, sizes, ring))


def slopes_in(of: Motion, sizes: Sizes, values: Values) -> list[Any]:
    """The same from values of all letters."""
    found = []
    for letter, at in of.model.members(sizes):
        here = {} if at is None else {letter.index: at}
        found += [x for row in values.rows(of.rates[letter], **here) for x in row]
    return found


def system(
    model: Model,
    sizes: Sizes,
    start: Sequence[Fraction],
    gradient: Any,
    decay: Fraction = Fraction(0),
    clock: Clock = PLAIN,
) -> System:
    """The gradient flow from an exact start, for every engine. ``gradient(z, moment)`` is grad J at
    the output z, a row of scalars, times ``moment.rate``.
    """
    of = motion(model, decay=bool(decay))

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        ring = Arithmetic(lift=moment.number)
        g = gradient(phi_at(model, sizes, x, ring), moment)
        kappa: Given = {("kappa", None): [[moment.rate * decay]]} if decay else {}
        return slopes_at(of, sizes, x, g, ring, kappa)

    names = coordinates(model, sizes)
    return System(
        f"{model.title}; {shown(sizes)}",
        tuple(names),
        tuple(start),
        field,
        layout=_layout(model, sizes),
        clock=clock,
    )


def shown(sizes: Sizes) -> str:
    """L = 2, n = 3; of a run the run alone."""
    runs = {len(s) - 1 for s in sizes.values() if isinstance(s, tuple)}
    text = [
        f"{n} = {s}" if isinstance(s, int) else f"{n} = ({', '.join(map(str, s))})"
        for n, s in sizes.items()
        if not (isinstance(s, int) and runs and n == "N")
    ]
    return ", ".join(text)


def _layout(model: Model, sizes: Sizes) -> Layout:
    """One row for each row of each matrix; a vector in one row."""
    rows, at = [], 0
    for letter, i in model.members(sizes):
        count, width = shape(letter, i, sizes)
        count, width = (1, count) if letter.columns == 1 else (count, width)
        for _ in range(count):
            rows.append(tuple((at + j, 1) for j in range(width)))
            at += width
    return tuple(rows)
