"""Limits of M = U U^T from alpha I, one measurement A = R diag(1, 1/2, 1/4) R^T, R orthogonal, with
tr A M = y > 0: log M is in span{A} + log alpha^2, so M = alpha^2 exp(nu A).

Among M >= 0 with tr A M = y the least trace is y, at y times the projector onto the first axis: as
I - A >= 0, tr M >= tr A M, with equality only there. With alpha^2 = N^(-12) the second eigenvalue
is of order N^(-6), the third of order N^(-9).

Reference: derived for arXiv:1705.09280v1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from proofs.samples.drawing import fraction, orthogonal, shown
from proofs.samples.monotone import zero
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

TRACE = Quantity("tr M", "alpha^2 exp(nu A)", r"\operatorname{tr} M")
LEAST = Quantity("the least trace", "y, exact", r"\min \operatorname{tr}")
ENTRY = Quantity("M_11", "alpha^2 exp(nu A)", "M_{11}")
AT_LEAST = Quantity("its entry there", "y R_11^2, exact", r"y R_{11}^{2}")
OVER = Quantity("N^6 (tr M - the least trace)", "the same", r"N^{6}(\operatorname{tr} M - \min)")
HALF_ROOT = Quantity("sqrt(y)/2", "as written", r"\sqrt{y}/2")


def draw(size: tuple, source: Random) -> Instance:
    """R and y rational."""
    r = orthogonal(source, 3)
    spectrum = (Fraction(1), Fraction(1, 2), Fraction(1, 4))
    y = Fraction(source.randint(10, 60), 20)

    def eigenvalues(n: int) -> list[Any]:
        alpha2 = ball(Fraction(1, n**12))

        def at(z: Any) -> list[Any]:  # z = log M_1 of the first axis, nu = z - log alpha^2
            return [alpha2 * ((z - alpha2.log()) * ball(a)).exp() for a in spectrum]

        def seen(z: Any) -> Any:
            return sum(ball(a) * m for a, m in zip(spectrum, at(z), strict=True)) - ball(y)

        return at(zero(seen))

    def entry(n: int) -> Any:
        return sum(ball(fraction(r[0, k]) ** 2) * m for k, m in enumerate(eigenvalues(n)))

    values: dict[Quantity, Callable[..., Any]] = {
        TRACE: lambda n: sum(eigenvalues(n)),
        LEAST: lambda n: y,
        ENTRY: entry,
        AT_LEAST: lambda n: y * fraction(r[0, 0]) ** 2,
        OVER: lambda n: (sum(eigenvalues(n)) - ball(y)) * n**6,
        HALF_ROOT: lambda n: ball(y).sqrt() / 2,
    }
    text = f"R = {shown(r)}, y = {y}, alpha^2 = N^(-12)"
    return Instance(text, values)


LIMITS = Family(
    "one-measurement",
    "M = U U^T from alpha I, A = R diag(1, 1/2, 1/4) R^T, R orthogonal, tr A M = y, alpha = N^(-6)",
    r"\(M = U U^{T}\) from \(\alpha I\), \(A = R\, \mathrm{diag}(1, 1/2, 1/4) R^{T}\), \(R\)"
    r" orthogonal, \(\operatorname{tr} A M = y\), \(\alpha = N^{-6}\)",
    (),
    (TRACE, LEAST, ENTRY, AT_LEAST, OVER, HALF_ROOT),
    draw,
)
