"""Logarithmic norms of a few polynomials at once: arrays of a few numbers cost as much as those of
many, and where the tube is finer than doubles tell apart it does not matter how fine.

What is foreseen holds for the polynomials that were looked at, number by number, and for the tube
that was assumed; for others it is found anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction

from verify.integrate.base import FlowStopped, Piece
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.gronwall import double_up
from verify.integrate.logarithmic_norm import growth, growths
from verify.integrate.trace import Program

AT_ONCE = 4
MUCH = 64  # times the radius must be in the least tube
TELLS = 60  # bits that doubles tell apart, and a few more


def batches(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    """AT_ONCE pieces each; those before an engine stops come before its FlowStopped."""
    stop: FlowStopped | None = None
    while stop is None:
        batch: list[Piece] = []
        try:
            for piece in pieces:
                batch.append(piece)
                if len(batch) == AT_ONCE:
                    break
        except FlowStopped as error:
            stop = error
        if batch:
            yield batch
        elif stop is None:
            return
    raise stop


class Ahead:
    """Norms for the pieces of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.foreseen: dict[tuple, list[float] | None] = {}

    def look(self, batch: Sequence[Piece], radius: Fraction) -> None:
        """At all of them, where the least tube is likely to do."""
        self.foreseen = {}
        if not all(self._is_whole(piece) for piece in batch):
            return
        least = [least_tube(states_of(piece)) for piece in batch]
        if not all(radius * (MUCH << p.bits) < t for p, t in zip(batch, least, strict=True)):
            return
        with suppress(NotEnclosed, OverflowError):  # then they are looked at one by one
            radii = [double_up(t, p.bits) for p, t in zip(batch, least, strict=True)]
            found = growths(self.program, batch, radii)
            self.foreseen = dict(zip(map(_told, batch), found, strict=True))

    def growth(self, piece: Piece, tube: int) -> list[float]:
        """``growth`` within so many units, as it was foreseen or anew. Raises NotEnclosed."""
        states = states_of(piece)
        seen = self.foreseen.get(_told(piece)) if tube == least_tube(states) else None
        return growth(self.program, piece, double_up(tube, piece.bits)) if seen is None else seen

    def _is_whole(self, piece: Piece) -> bool:
        """What else may be wrong with it is found where it is enclosed."""
        same = len(piece.nodes) == len(self.program.nodes) and piece.states == self.program.states
        return same and all(map(len, piece.nodes)) and 0 < piece.end - piece.begin <= piece.h


def states_of(piece: Piece) -> tuple[tuple[int, ...], ...]:
    """Its polynomials, as numbers that no engine changes any more."""
    return tuple(tuple(map(int, c)) for c in piece.nodes[: piece.states])


def least_tube(states: Sequence[Sequence[int]]) -> int:
    """In units."""
    return (max(abs(c[0]) for c in states) + 1) >> TELLS


def _told(piece: Piece) -> tuple:
    """All that a norm depends on."""
    return piece.begin, piece.end, piece.h, piece.bits, states_of(piece)
