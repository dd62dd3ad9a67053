"""Enclosures: a Taylor polynomial and, around it, a radius within which the true solution stays.

Let e = y - p be the distance of the true solution from the polynomial of a step. Then e' = f(p + e)
- f(p) + (f(p) - p'), so as long as |e| stays within the tube on which mu bounds the logarithmic
  norm,

    |e|' <= mu |e| + |p' - f(p)|,        |e(t + dt)| <= exp(mu dt) |e(t)| + D dt max(1, exp(mu dt))

in the Euclidean norm (Gronwall). The defect D comes from ``defect``, mu from ``logarithmic_norm``;
both are rigorous and neither believes the engine that made the polynomial. If the bound stays
inside the tube, the solution has not left it, and it exists on the whole step. Radii are whole
numbers of units 2^-bits, always rounded up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor, isqrt
from typing import TYPE_CHECKING, Any

from verify.exact.precision import precision
from verify.integrate.base import VALIDATED, FlowStopped, Piece, Progress, State, check_request
from verify.integrate.defect import NotEnclosed, defect
from verify.integrate.logarithmic_norm import growth
from verify.integrate.taylor import Taylor, arranged
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.system import System

FINE = 1 << 40  # growth factors are rounded up to multiples of 1/FINE
SPARE = 3
PILOT = 24
WIDENINGS = 6


class Unenclosed(FlowStopped):
    """No enclosure to the horizon within the stated precision: the time that was reached, and
    why.
    """


@dataclass(frozen=True, slots=True)
class Link:
    """One step: |y(t) - p(t)| <= ``before`` 2^-bits at ``begin`` and <= ``within`` 2^-bits up to
    ``end`` (Euclidean).

    ``mu`` bounds the logarithmic norm on equally long parts of the step, ``defect`` the size of h
    f(p) - dp/dtau, in units.
    """

    begin: Fraction
    end: Fraction
    h: Fraction
    bits: int
    states: tuple[tuple[int, ...], ...]
    before: int
    within: int
    after: int
    defect: int
    mu: tuple[Fraction, ...]


@dataclass(frozen=True)
class Enclosure:
    """The true solution lies within ``radii[k]`` of ``states[k]`` (Euclidean) at every sample, and
    within the links' radii between.

    ``worked`` are the digits that were used to get ``digits``: the largest radius is at most
    10^-digits max(1, max |x|).
    """

    system: System
    times: tuple[Fraction, ...]
    states: tuple[State, ...]
    radii: tuple[Fraction, ...]
    links: tuple[Link, ...]
    digits: int
    worked: int
    engine: str = "validated"
    kind: str = VALIDATED

    @property
    def radius(self) -> Fraction:
        """Over the whole interval."""
        return max(Fraction(link.within, 1 << link.bits) for link in self.links)


@dataclass(frozen=True, slots=True)
class Validated:
    """Encloses a flow. ``engine`` supplies the polynomials and is not believed.

    ``run`` returns an enclosure to the horizon with radius at most 10^-digits max(1, max |x|) or
    raises Unenclosed with the time reached. Precision is raised by itself, to at most 4 * digits +
    200 digits: a cheap run first measures what the way costs. Raises BadInput as every engine does.
    """

    engine: Any = Taylor()
    name: str = "validated"
    kind: str = VALIDATED

    def run(
        self,
        system: System,
        horizon: Fraction,
        digits: int,
        *,
        samples: int,
        progress: Progress | None = None,
    ) -> Enclosure:
        check_request(horizon, digits, samples)
        most = 4 * digits + 200
        working = (
            digits
            + SPARE
            + (self._lost(system, horizon, PILOT, progress) if digits > 2 * PILOT else 0)
        )
        tries = 0
        while working <= most:
            walk = _Walk(system, Fraction(horizon), digits, working, samples)
            try:
                reached = walk.go(self.engine, progress)
            # a ball grew too wide to be bounded: with fewer digits than are allowed that says
            # nothing yet
            except Unenclosed:
                if 2 * working > most:
                    raise
                working *= 2
                continue
            if reached >= digits:
                return Enclosure(
                    system,
                    walk.times,
                    tuple(walk.found),
                    tuple(walk.radii),
                    tuple(walk.links),
                    digits,
                    working,
                )
            working += (
                digits - reached + 1
            ) << tries  # where more digits do not help, this is soon known
            tries += 1
        raise Unenclosed(
            walk.time,
            f"the enclosure is wider than 10^-{digits} with {walk.working} digits; the limit is"
            f" {most}",
        )

    def _lost(
        self, system: System, horizon: Fraction, digits: int, progress: Progress | None
    ) -> int:
        """How many digits the way to the horizon costs, from a cheap run; 0 where that run does not
        get there.
        """
        walk = _Walk(system, Fraction(horizon), digits // 2, digits, 1)
        try:
            return max(0, digits - walk.go(self.engine, progress))
        except FlowStopped:
            return 0


class _Walk:
    def __init__(
        self, system: System, horizon: Fraction, digits: int, working: int, samples: int
    ) -> None:
        self.system, self.horizon, self.digits, self.working = system, horizon, digits, working
        self.program = program(system)
        self.times = tuple(horizon * j / samples for j in range(samples + 1))
        self.found: list[State] = []
        self.radii: list[Fraction] = []
        self.links: list[Link] = []
        self.time, self.radius, self.bits = Fraction(0), 0, 0
        self.point: list[Fraction] = list(self.program.start)

    def go(self, engine: Any, progress: Progress | None) -> int:
        """Correct digits of the widest enclosure; it ends early where they are too few to come
        back.
        """
        worst = self.working
        for piece in engine.pieces(self.system, self.horizon, self.working):
            link = self._link(piece)
            size = max(1, *(abs(c[0]) >> piece.bits for c in link.states))
            worst = min(worst, decimals((size << piece.bits) // max(1, link.within)))
            if worst < self.digits // 2:
                break
            self._record(piece, link)
            if progress is not None:
                progress(link.end)
        else:
            if self.time != self.horizon:
                raise Unenclosed(self.time, "the engine supplies no more polynomials")
        return worst

    def _record(self, piece: Piece, link: Link) -> None:
        while len(self.found) < len(self.times) and self.times[len(self.found)] <= link.end:
            time = self.times[len(self.found)]
            values = [floor(exact_value(c, piece, time) * (1 << piece.bits)) for c in link.states]
            self.found.append(arranged(self.system, values, piece.bits))
            rounding = isqrt(self.program.states) + 1  # each state is off by less than a unit
            self.radii.append(Fraction(link.within + rounding, 1 << piece.bits))
        self.links.append(link)
        self.time, self.radius, self.bits = link.end, link.after, link.bits
        self.point = [exact_value(c, piece, link.end) for c in link.states]

    def _link(self, piece: Piece) -> Link:
        try:
            return self._enclosed(piece)
        except NotEnclosed as error:
            raise Unenclosed(self.time, f"{error} (at {self.working} digits)") from None
        except OverflowError:
            raise Unenclosed(
                self.time,
                "numbers of the step are beyond the range of doubles, in which norms are found",
            ) from None

    def _enclosed(self, piece: Piece) -> Link:
        """The link of a piece: the tube is widened until the bound stays inside."""
        if (
            piece.begin != self.time
            or piece.end > self.horizon
            or len(piece.nodes) != len(self.program.nodes)
        ):
            raise NotEnclosed(
                "the engine's polynomials do not continue where the last ones ended, or are not"
                " those of the program"
            )
        found = defect(self.program, piece)
        before = self._before(piece)
        states = tuple(tuple(map(int, c)) for c in piece.nodes[: self.program.states])
        size = max(abs(c[0]) for c in states) + 1
        tube = max(4 * (before + found.slope), size >> 60)
        for _ in range(WIDENINGS):
            mu = growth(self.program, piece, _double(tube, piece.bits))
            exact = tuple(Fraction(m) for m in mu)
            within, after = gronwall(before, found.slope, piece, exact)
            if within < tube:
                return Link(
                    piece.begin,
                    piece.end,
                    piece.h,
                    piece.bits,
                    states,
                    before,
                    within,
                    after,
                    found.slope,
                    exact,
                )
            tube = 4 * within
        raise NotEnclosed("the enclosure grows faster than its own tube")

    def _before(self, piece: Piece) -> int:
        """The radius at the beginning: what was carried, plus the distance from where the last
        polynomial ended.
        """
        shift = piece.bits - self.bits
        carried = self.radius << shift if shift >= 0 else -(-self.radius >> -shift)
        jump = sum(
            (
                (x - Fraction(int(c[0]), 1 << piece.bits)) ** 2
                for x, c in zip(self.point, piece.nodes, strict=False)
            ),
            Fraction(0),
        )
        return carried + root_up(jump, piece.bits)


def decimals(x: int) -> int:
    """d with 10^d <= x, the largest or one less."""
    return max(0, (x.bit_length() - 1) * 30102 // 100_000)


def gronwall(before: int, slope: int, piece: Any, mu: tuple[Fraction, ...]) -> tuple[int, int]:
    """The largest radius on the step and the last one, part by part, in units."""
    length = (piece.end - piece.begin) / piece.h / len(mu)
    pushed = -(-slope * length.numerator // length.denominator)
    time = (piece.end - piece.begin) / len(mu)
    radius = within = before
    for m in mu:
        factor = exp_up(m * time)
        grown = max(factor, FINE)
        within = max(within, -(-(radius + pushed) * grown // FINE))
        radius = -(-(radius * factor + pushed * grown) // FINE)
    return within, radius


def exp_up(x: Fraction) -> int:
    """e^x in units of 1/FINE, rounded up."""
    from flint import arb, fmpq

    with precision(64):
        value = arb(fmpq(x.numerator, x.denominator)).exp() * FINE
        if not value.is_finite() or not value < 1 << 4096:
            raise NotEnclosed("distances grow without bound on the step")
        return int(value.upper().ceil().unique_fmpz())  # type: ignore[arg-type]


def exact_value(c: tuple[int, ...], piece: Any, time: Fraction) -> Fraction:
    """The polynomial at a time, nothing rounded."""
    top, below = ((time - piece.begin) / piece.h).as_integer_ratio()
    total, scale = 0, 1
    for x in reversed(c):
        total, scale = total * top + x * scale, scale * below
    return Fraction(total * below, scale << piece.bits)


def root_up(x: Fraction, bits: int) -> int:
    """The square root in units of 2^-bits, rounded up."""
    whole = -(-(x.numerator << 2 * bits) // x.denominator)
    root = isqrt(whole)
    return root if root * root == whole else root + 1


def _double(units: int, bits: int) -> float:
    """An upper bound. Raises NotEnclosed beyond the range of doubles."""
    excess = max(0, units.bit_length() - 50)
    if excess - bits > 900:
        raise NotEnclosed("the enclosure is wider than doubles reach")
    return float((units >> excess) + 1) * 2.0 ** max(excess - bits, -1000)
