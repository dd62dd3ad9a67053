"""What an engine in doubles does not see inside its steps: that a base of the field reaches 0.

Such an engine knows a base at a few places of a step. Where these values do not look like those of
a function that keeps away from 0, the Taylor engine walks the step, which looks at whole
polynomials. A dip that is narrower than the places are apart leaves no trace and is not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from verify.integrate.bases import bases
from verify.integrate.rows import field
from verify.integrate.taylor_steps import Walk
from verify.integrate.trace import Program

DIGITS = 9  # of the walk
PLACES = tuple(k / 8 for k in range(9))
FACTOR, BENT = 8, 0.5  # of the sizes of a base on a step; of its logarithm, from a straight line


def suspicious(places: Any, values: Any) -> Any:
    """Whether a base may reach 0 between the places, from 0 to 1: it changes its sign, or its size
    changes by more than FACTOR, and not as an exponential does.

    Shapes: places (p,) or (p, columns), values (p, bases, columns); the answer is one for each
    column.
    """
    import numpy as np

    with np.errstate(all="ignore"):
        size = np.log(np.where(values * values[:1] > 0, np.abs(values), np.nan))
        order = np.argsort(places.reshape(len(places), -1), axis=0)
        at = places.reshape(len(places), 1, -1)
        first = np.take_along_axis(size, order[:1, None], axis=0)
        last = np.take_along_axis(size, order[-1:, None], axis=0)
        apart = np.abs(size - (first + (last - first) * at)).max(axis=0)
        spread = size.max(axis=0) - size.min(axis=0)
        return ~((spread <= np.log(FACTOR)) | (apart <= BENT)).all(axis=0)


class Sight:
    """The bases of a field, for an engine that gives its states at PLACES of a step; false where
    there are none.
    """

    def __init__(self, title: str, program: Program) -> None:
        self.title, self.program, self.watched = title, program, list(bases(program))
        self.field = field(program, self.watched) if self.watched else None
        self.times: Any = 0.0  # of the columns, as the engine keeps them

    def __bool__(self) -> bool:
        return bool(self.watched)

    def is_suspicious(self, begin: Any, h: Any, rows: Sequence[Any]) -> Any:
        """One answer for each column of the states at the PLACES."""
        import numpy as np

        seen = np.empty((len(rows), len(self.watched), len(rows[0][0])))
        with np.errstate(all="ignore"):
            for place, x, values in zip(PLACES, rows, seen, strict=True):
                self.field(begin + place * h, np.array(x), seen=values)  # type: ignore[misc]
        return suspicious(np.array(PLACES), seen)

    def look(self, begin: Fraction, end: Fraction, x: Iterable[Any], who: str = "") -> None:
        look(who + self.title, self.program, begin, end, x)


def look(
    title: str,
    program: Program,
    begin: Fraction,
    end: Fraction,
    x: Iterable[Any],
) -> None:
    """Walks the step of another engine. Raises FlowStopped where a base is not told from 0 on it,
    or the walk does not get through.
    """
    walk = _From(title, replace(program, start=tuple(map(Fraction, x))), begin, end, DIGITS)
    while walk.time < end:
        walk.advance()


class _From(Walk):
    def __init__(
        self, title: str, program: Program, begin: Fraction, end: Fraction, digits: int
    ) -> None:
        self.begin = begin
        super().__init__(title, program, end, digits)
