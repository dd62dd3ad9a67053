"""The metric operator at infinite depth, in the frames of X: A_N/N tends to (s_k^2 - s_l^2)/(log
s_k^2 - log s_l^2).

Reference: Cohen, Menon, Veraszto, arXiv:2210.12497. The relative error is -log(s_k s_l)/N +
O(1/N^2): derived.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from proofs.samples.balls import power
from proofs.samples.drawing import distinct
from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

WRITTEN = "as written"
KERNEL = Quantity("A_N/N", "N terms added up", r"\frac{A_N}{N}")
LIMIT = Quantity(
    "(sigma_k^2 - sigma_l^2)/(log sigma_k^2 - log sigma_l^2)",
    WRITTEN,
    r"\frac{\sigma_k^{2} - \sigma_l^{2}}{\log \sigma_k^{2} - \log \sigma_l^{2}}",
)
ERROR = Quantity(
    "N (A_N/N - limit)/limit", "from the two", r"N\,\frac{A_N/N - \lim A_N/N}{\lim A_N/N}"
)
LEADING = Quantity("-log(sigma_k sigma_l)", WRITTEN, r"-\log(\sigma_k \sigma_l)")
HALVED = Quantity("-log(sigma_k sigma_l)/2", WRITTEN, r"-\tfrac{1}{2} \log(\sigma_k \sigma_l)")
COMMON = Quantity("sigma_k^2", WRITTEN)
ROOT = Quantity("sigma_k", "as written; a wrong limit")


def draw(size: tuple, source: Random) -> Instance:
    """sigma_k > sigma_l with a product other than 1. Raises BadInput for a size: there is none."""
    _no_size(size)
    while True:
        big, small = distinct(source, 2)
        if big * small != 1:
            return _instance(big, small)


def draw_reciprocal(size: tuple, source: Random) -> Instance:
    """sigma_k > 1 and sigma_l = 1/sigma_k. Raises BadInput for a size: there is none."""
    _no_size(size)
    big = 1 + Fraction(source.randint(1, 12), source.randint(3, 7))
    return _instance(big, 1 / big)


def draw_equal(size: tuple, source: Random) -> Instance:
    """sigma_k = sigma_l, not 1: the limit is sigma_k^2. Raises BadInput for a size."""
    _no_size(size)
    both = 1 + Fraction(source.randint(1, 12), source.randint(3, 7))
    values: dict[Quantity, Callable[..., Any]] = {
        KERNEL: lambda n: added(both, both, n),
        COMMON: lambda n: ball(both**2),
        ROOT: lambda n: ball(both),
    }
    return Instance(f"sigma_k = sigma_l = {both}", values)


def _instance(big: Fraction, small: Fraction) -> Instance:
    logs: Callable[[], Any] = lambda: ball(big * small).log()
    values: dict[Quantity, Callable[..., Any]] = {
        KERNEL: lambda n: added(big, small, n),
        LIMIT: lambda n: limit(big, small),
        ERROR: lambda n: n * (added(big, small, n) / limit(big, small) - 1),
        LEADING: lambda n: -logs(),
        HALVED: lambda n: -logs() / 2,
    }
    return Instance(f"sigma_k = {big}, sigma_l = {small}", values)


def limit(big: Fraction, small: Fraction) -> Any:
    return ball(big**2 - small**2) / ball(big**2 / small**2).log()


def added(big: Fraction, small: Fraction, n: int) -> Any:
    """The n terms of the definition, added up: no closed form is used."""
    step, term = power(small / big, Fraction(2, n)), power(big, Fraction(2 * (n - 1), n))
    total = ball(Fraction(0))
    for _ in range(n):
        total, term = total + term, term * step
    return total / n


def _no_size(size: tuple) -> None:
    if size:
        raise BadInput(
            f"depth: size {size}; expected (): the depth N runs through a sequence, and pairs need"
            " no size"
        )


_ENTRY = (
    "A_N = sum over p = 1..N of sigma_k^(2(N-p)/N) sigma_l^(2(p-1)/N), A_(N,X) in the frames of X"
)
_ENTRY_TEX = (
    r"\(A_N = \sum_{p=1}^{N} \sigma_k^{2(N-p)/N} \sigma_l^{2(p-1)/N}\), an eigenvalue of"
    r" \(A_{N,X}\) in the frames of \(X\)"
)
_OF_PAIRS = (KERNEL, LIMIT, ERROR, LEADING, HALVED)
DEPTH = Family(
    "depth",
    f"{_ENTRY}; sigma_k and sigma_l rational, sigma_k sigma_l /= 1",
    _ENTRY_TEX + r"; \(\sigma_k\) and \(\sigma_l\) rational, \(\sigma_k \sigma_l \ne 1\)",
    (),
    _OF_PAIRS,
    draw,
)
RECIPROCAL = Family(
    "reciprocal",
    f"{_ENTRY}; sigma_k rational, sigma_l = 1/sigma_k",
    _ENTRY_TEX + r"; \(\sigma_k\) rational, \(\sigma_l = 1/\sigma_k\)",
    (),
    _OF_PAIRS,
    draw_reciprocal,
)
EQUAL = Family(
    "equal",
    f"{_ENTRY}; sigma_k = sigma_l rational, not 1",
    _ENTRY_TEX + r"; \(\sigma_k = \sigma_l\) rational, not 1",
    (),
    (KERNEL, COMMON, ROOT),
    draw_equal,
)
