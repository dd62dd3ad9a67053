"""The potential of w_+^D - w_-^D from an unbiased start, and its slope: h_D, its derivative, its
inverse, q_D.

With p = D/(D-2): h_2(z) = 2 sinh z, h_D(z) = (1-z)^(-p) - (1+z)^(-p) on (-1, 1) for D > 2; p = 1 is
infinite depth. q_D' = h_D^(-1), q_D(0) = 0, and no quadrature is needed: where x = h_D(z),

    q_2 = x z - (2 cosh z - 2),
    q_D = x z - ((1-z)^(1-p) + (1+z)^(1-p) - 2)/(p-1),    q_oo = x z + log(1-z^2).

Numbers are balls at the precision that is set; whoever wants doubles takes ``central``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from verify.exact.errors import BadInput, NoValue
from verify.exact.rings import ball

INFINITE = 0  #: stands for infinite depth, where p = 1
STEPS = 400  # of Newton's method for an inverse


@dataclass(frozen=True)
class Potential:
    """Of depth D >= 2, whole or not; ``INFINITE`` for its limit. Raises BadInput for another."""

    depth: int | Fraction

    def __post_init__(self) -> None:
        fits = type(self.depth) in (int, Fraction) and (self.depth == INFINITE or self.depth >= 2)
        if not fits:
            raise BadInput(
                f"depth {self.depth!r:.40}; expected an exact number >= 2, or 0 for infinite depth"
            )

    @property
    def p(self) -> Fraction:
        """D/(D-2); 1 for infinite depth. Raises BadInput at D = 2, where there is none."""
        if self.depth == 2:
            raise BadInput("depth 2 has no p = D/(D-2); its slope is 2 sinh z")
        return Fraction(1) if self.depth == INFINITE else Fraction(self.depth, self.depth - 2)

    def slope(self, z: Any) -> tuple[Any, Any]:
        """h(z) and h'(z). Not finite where z is not inside (-1, 1) for D > 2."""
        if self.depth == 2:
            up, down = z.exp(), (-z).exp()
            return up - down, up + down
        p = self.p
        up, down = _power(1 - z, -p), _power(1 + z, -p)
        return up - down, ball(p) * (up / (1 - z) + down / (1 + z))

    def dual(self, z: Any) -> Any:
        """H with H' = h and H(0) = 0."""
        if self.depth == 2:
            return z.exp() + (-z).exp() - 2
        p = self.p
        if p == 1:
            return -((1 - z) * (1 + z)).log()
        return (_power(1 - z, 1 - p) + _power(1 + z, 1 - p) - 2) / ball(p - 1)

    def inverse(self, x: Any) -> Any:
        """The z with h(z) = x, enclosed. Raises NoValue where more bits are needed."""
        if self.depth == 2:
            return (x / 2).asinh()
        if self.p == 1:
            return x / (1 + (1 + x * x).sqrt())
        return _inverse(self, x)

    def value(self, x: Any) -> Any:
        """q(x)."""
        z = self.inverse(x)
        return x * z - self.dual(z)


def _power(base: Any, e: Fraction) -> Any:
    return base ** int(e) if e.denominator == 1 else (base.log() * ball(e)).exp()


def _inverse(q: Potential, x: Any) -> Any:
    """Newton from above, where h is convex; then an enclosure by the mean value."""
    if not x.is_finite():
        raise NoValue(f"h^(-1) of {x}: not enclosed; more digits")
    if x.mid() == 0:
        z = arb(0)
    else:
        size = abs(x.mid()).mid()
        z = (1 - _power(1 + size, -1 / q.p)).mid()  # h(z) >= size, so z >= root
        for _ in range(STEPS):
            h, slope = q.slope(z)
            step = ((size - h) / slope).mid()
            z = (z + step).mid()
            if abs(step) <= abs(z) * arb(2) ** (8 - ctx.prec):
                break
        z = z if x.mid() > 0 else -z
    h, slope = q.slope(z)
    error = abs(x - h)  # h' >= h'(0) = 2p everywhere: |z - root| <= error/(2p), and better near z
    first = z + arb(0, (error / ball(2 * q.p)).upper())
    if not abs(first) < 1:
        raise NoValue(f"h^(-1) of {x.str(5)}: 1 - z is not told from 0; more digits")
    _, near = q.slope(first)
    if not near > 0:
        return first
    return z + (x - h) / near
