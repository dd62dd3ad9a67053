"""An enclosure of a flow: polynomials on its steps, and radii around them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.base import VALIDATED, FlowStopped, State

if TYPE_CHECKING:
    from verify.integrate.system import System


class Unenclosed(FlowStopped):
    """No enclosure to the horizon within the stated precision: the time that was reached, and
    why.
    """


class NotEnclosed(Exception):
    """A bound that does not exist at this step length or precision; the argument says which."""


@dataclass(frozen=True, slots=True)
class Link:
    """One step: |y(t) - p(t)| <= ``before`` 2^-bits at ``begin`` and <= ``within`` 2^-bits up to
    ``end`` (Euclidean).

    ``mu`` bounds the logarithmic norm on equally long parts of the step, ``defect`` the size of h
    f(p) - dp/dtau, in units. A stiff engine adds the same polynomials as Chebyshev series in 2 tau
    - 1, ``chebyshev``, and log2 of about h |J|, ``stiffness``; ``each`` holds a distance for each
    state at ``end``, in units, where these were followed as well.
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
    chebyshev: tuple[tuple[int, ...], ...] = ()
    stiffness: float = 0.0
    each: tuple[int, ...] = ()


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
