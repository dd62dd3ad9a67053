"""Where gradient flow of signed powers ends, enclosed: the one nu with X (kappa h_D(X^T nu)) = y.

beta = kappa h_D(X^T nu) is feasible and its gradient of Q lies in the row space of X, so it is the
minimiser of Q = kappa sum q_D(b_i/kappa) over X b = y, Q being strictly convex; nu maximises the
concave dual y.nu - kappa sum H(X^T nu), strictly as X has full row rank. Newton's method finds it,
damped as far as the third derivative asks and led from large scales to small ones; Krawczyk's
operator shows that the box around what was found holds a zero of the dual's gradient, and nothing
that Newton did has to be believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, log2
from typing import Any

from flint import arb, arb_mat, ctx

from verify.bias.data import Data, exact
from verify.bias.potential import Potential
from verify.exact.errors import BadInput, NoValue
from verify.exact.precision import precision
from verify.exact.rings import ball

SPARE, DOUBLINGS, STEPS = 64, 4, 400
STRIDE = Fraction(1, 10**4)  # from one scale of the path to the next
SMALLEST, LARGEST = Fraction(1, 10**400), Fraction(10) ** 400
MOST_DIGITS = 1000


@dataclass(frozen=True)
class LimitPoint:
    """Balls that hold beta, its multipliers nu and z = X^T nu = h_D^(-1)(beta/kappa)."""

    beta: tuple[Any, ...]
    nu: tuple[Any, ...]
    z: tuple[Any, ...]
    bits: int

    def digits(self, i: int, n: int) -> str:
        """beta_i as text, its first n digits right to one unit of the last."""
        return str(self.beta[i].str(n, radius=False))


@precision()
def limit_point(
    data: Data, depth: int | Fraction, kappa: Fraction | int, digits: int = 30
) -> LimitPoint:
    """The limit, each coordinate to ``digits`` relative to itself (where |beta_i| is less than
    10^-digits kappa, to that). Raises BadInput for a scale or a depth out of range; NoValue where
    no precision that is tried encloses it.
    """
    q, kappa = Potential(depth), exact(kappa, "kappa")
    if not SMALLEST <= kappa <= LARGEST:
        raise BadInput(f"kappa = {kappa!s:.40}; expected a scale from 10^-400 to 10^400")
    if type(digits) is not int or not 1 <= digits <= MOST_DIGITS:
        raise BadInput(f"digits = {digits!r:.40}; expected a whole number from 1 to {MOST_DIGITS}")
    bits = ceil(3.33 * digits + 1.4 * abs(_log2(kappa))) + SPARE
    for _ in range(DOUBLINGS):
        found = _Solver(data, q, bits).enclosed(kappa)
        if found is not None and _narrow(found, kappa, digits):
            return found
        bits *= 2
    raise NoValue(f"the limit at kappa = {kappa!s:.40} is not enclosed with {bits // 2} bits")


def _narrow(found: LimitPoint, kappa: Fraction, digits: int) -> bool:
    tiny = ball(Fraction(1, 10**digits))
    return all(b.rad() <= tiny * max(abs(b).mid(), (tiny * ball(kappa)).mid()) for b in found.beta)


def _log2(x: Fraction) -> float:
    return log2(x.numerator) - log2(x.denominator)


class _Solver:
    """Newton and Krawczyk at one precision."""

    def __init__(self, data: Data, q: Potential, bits: int) -> None:
        ctx.prec = bits
        self.q, self.bits = q, bits
        self.x, self.y = arb_mat(data.matrix), arb_mat(data.target)
        self.xt = self.x.transpose()

    def enclosed(self, kappa: Fraction) -> LimitPoint | None:
        """Newton along the path, then Krawczyk."""
        nu, at = arb_mat(self.x.nrows(), 1), max(kappa, Fraction(1))
        try:
            nu = self._newton(nu, ball(at))
            while at > kappa:
                after = max(at * STRIDE, kappa)
                nu, at = self._newton(self._ahead(nu, at, after), ball(after)), after
            return self._krawczyk(nu, ball(kappa))
        except (ZeroDivisionError, NoValue):  # singular at this precision
            return None

    def _ahead(self, nu: Any, at: Fraction, after: Fraction) -> Any:
        """d nu/d log kappa = -J^(-1) y, which is nearly constant at D = 2."""
        if self.q.depth != 2:
            return nu
        j = self._slopes(self.xt * nu, ball(at))[1]
        return (nu - j.solve(self.y) * ball(after / at).log()).mid()

    def _slopes(self, z: Any, kappa: Any) -> tuple[Any, Any]:
        """beta and the matrix J = X diag(kappa h') X^T."""
        both = [self.q.slope(v) for v in z.entries()]
        beta = arb_mat(len(both), 1, [kappa * h for h, _ in both])
        rows = zip(both, self.xt.tolist(), strict=True)
        scaled = arb_mat([[kappa * s * v for v in row] for (_, s), row in rows])
        return beta, self.x * scaled

    def _newton(self, nu: Any, kappa: Any) -> Any:
        """Raises NoValue where it does not settle."""
        enough = arb(2) ** (-self.bits // 3)
        for _ in range(STEPS):
            z = (self.xt * nu).mid()
            beta, j = self._slopes(z, kappa)
            step = j.mid().solve((self.y - self.x * beta).mid()).mid()
            far = self._far(z, (self.xt * step).mid())
            if not far.is_finite():
                raise NoValue("Newton left the domain")
            nu = (nu + step * self._damping(far, enough)).mid()
            if far < enough:
                return nu
        raise NoValue("Newton does not settle")

    def _damping(self, far: Any, enough: Any) -> Any:
        """The factor of a step; at most half of the way to the edge where there is one."""
        if far < enough:
            return 1
        factor = ((1 + far).log() / far).mid()
        return factor if self.q.depth == 2 else min(factor, (ball((self.q.p + 1) / 2) / far).mid())

    def _far(self, z: Any, dz: Any) -> Any:
        """max |h''/h'| |dz|, roughly: how far a step goes where the slope changes."""
        if self.q.depth == 2:
            sizes = [abs(v) for v in dz.entries()]
        else:
            c = ball(self.q.p + 1)
            pairs = zip(z.entries(), dz.entries(), strict=True)
            sizes = [c * abs(v) / (1 - abs(u)) for u, v in pairs]
        return max((s.mid() for s in sizes), default=arb(0))

    def _krawczyk(self, nu: Any, kappa: Any) -> LimitPoint | None:
        """K = nu - C F(nu) + (1 - C J(box))(box - nu), inside the box: a zero is in K."""
        n = nu.nrows()
        beta, j = self._slopes(self.xt * nu, kappa)
        c = j.mid().inv().mid()
        moved = c * (self.y - self.x * beta)
        radii = [(abs(m) * 4).upper() + arb(2) ** (-2 * self.bits) for m in moved.entries()]
        off = arb_mat(n, 1, [arb(0, r) for r in radii])
        wide = self.xt * (nu + off)
        if self.q.depth != 2 and not all(abs(v) < 1 for v in wide.entries()):
            return None  # where p is whole, h is a rational function with zeros beyond its domain
        _, over = self._slopes(wide, kappa)
        one = arb_mat([[arb(int(i == k)) for k in range(n)] for i in range(n)])
        reach = moved + (one - c * over) * off
        inside = [abs(k).upper() < r for k, r in zip(reach.entries(), radii, strict=True)]
        if not all(inside):
            return None
        found = nu + reach
        z = self.xt * found
        values = [kappa * self.q.slope(v)[0] for v in z.entries()]
        if not all(v.is_finite() for v in values):
            return None
        return LimitPoint(tuple(values), tuple(found.entries()), tuple(z.entries()), self.bits)
