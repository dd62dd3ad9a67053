"""The gradient flow of a diagonal network from an exact point, with or without weight decay: the
motion of ``verify.models.catalogue.diagonal`` at its depth and width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.integrate.system import PLAIN, Clock, Layout, Moment, Quantity, Scalar, System
from verify.models.catalogue.diagonal import MODEL
from verify.models.compiled import Here, compiled
from verify.models.losses.calculus import loss_gradient, loss_value
from verify.models.point import Point


def diagonal_flow(
    point: Point, decay: Fraction = Fraction(0), share: bool = True, clock: Clock = PLAIN
) -> System:
    """The flow of a point, in one of the clocks.

    With ``share``, entries of one column that start equal or opposite are one variable:
    ``distinct_entries`` says why they may be. Then u_l,i^2 - u_m,i^2 = 0 is built in: an experiment
    about balance itself starts unbalanced. Raises BadInput where the start is ragged, or it or the
    decay is not exact.
    """
    _check(point.start, decay)
    start, layout = (distinct_entries if share else all_entries)(point.start)

    line = compiled(MODEL, {"L": point.depth, "n": point.width}, decay=bool(decay))
    signed = [place for row in layout for place in row]
    first = _first_places(layout, len(start))

    def here(x: Sequence[Scalar], moment: Moment) -> Here:
        return line.at([x[j] * sign for j, sign in signed], moment.number)

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        at = here(x, moment)
        g = loss_gradient(point.loss, at.phi, moment.number, moment.rate)
        slopes = at.slopes(g, moment.rate * decay if decay else None)
        return [slopes[l * point.width + i] * layout[l][i][1] for l, i in first]

    def output(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        return here(x, moment).phi

    quantities: dict[str, Quantity] = {
        "J": lambda x, m: loss_value(point.loss, output(x, m), m.number)
    }
    quantities |= {f"w_{i + 1}": coordinate(output, i) for i in range(point.width)}
    names = tuple(f"u_{l + 1},{i + 1}" for l, i in first)
    title = f"diagonal network, depth {point.depth}, width {point.width}, J = {point.loss.text}"
    return System(title, names, start, field, layout=layout, clock=clock, quantities=quantities)


def coordinate(output: Callable[[Sequence[Scalar], Moment], list[Scalar]], i: int) -> Quantity:
    """Coordinate i, counted from 0, of an output of vectors, as a quantity of its own."""
    return lambda x, moment: output(x, moment)[i]


def _check(start: Sequence[Sequence[Fraction]], decay: Fraction) -> None:
    if len({len(row) for row in start}) != 1 or not start[0]:
        raise BadInput(
            f"start is {start!r}, expected L >= 1 rows of one length n >= 1: mend the rows"
        )
    for name, x in [("decay", decay), *(("an entry of start", x) for row in start for x in row)]:
        if not isinstance(x, (int, Fraction)) or isinstance(x, bool):
            raise BadInput(
                f"{name} is {x!r}, expected an exact number, int or Fraction: write Fraction(1, 10)"
                " for 0.1"
            )


def _first_places(layout: Layout, count: int) -> list[tuple[int, int]]:
    places = {j: (l, i) for l in reversed(range(len(layout))) for i, (j, _) in enumerate(layout[l])}
    return [places[j] for j in range(count)]


def distinct_entries(start: Sequence[Sequence[Fraction]]) -> tuple[tuple[Fraction, ...], Layout]:
    """Entries of one column that are equal or opposite stay so, hence share a state.

    Swapping u_l,i and u_m,i, with or without both signs, maps solutions to solutions (w does not
    change), and a solution that starts in a fixed point of the swap stays there, by uniqueness. A
    balanced start costs one state per coordinate.
    """
    found: dict[tuple[int, Fraction], int] = {}
    layout = []
    for row in start:
        places = [
            (found.setdefault((i, abs(x)), len(found)), -1 if x < 0 else 1)
            for i, x in enumerate(row)
        ]
        layout.append(tuple(places))
    return tuple(Fraction(size) for _, size in found), tuple(layout)


def all_entries(start: Sequence[Sequence[Fraction]]) -> tuple[tuple[Fraction, ...], Layout]:
    """One state for every entry."""
    width = len(start[0])
    layout = tuple(tuple((k * width + i, 1) for i in range(width)) for k in range(len(start)))
    return tuple(Fraction(x) for row in start for x in row), layout
