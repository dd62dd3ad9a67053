"""Fields of small models whose gradients are written by hand, modulo the prime."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from verify.discover.laws.modular import PRIME, Residues, matmul

P = np.uint64(PRIME)
Fields = Callable[[int], tuple[Residues, Residues]]


class Source:
    """Draws, and products of batches of matrices."""

    def __init__(self, seed: int = 0) -> None:
        self.bits = np.random.Generator(np.random.PCG64(seed))

    def draw(self, *shape: int) -> Residues:
        return self.bits.integers(1, PRIME, shape, dtype=np.uint64)


def mul(*factors: Residues) -> Residues:
    product = factors[0]
    for factor in factors[1:]:
        product = matmul(product, factor)
    return product


def t(a: Residues) -> Residues:
    return np.swapaxes(a, -1, -2)


def flat(*tensors: Residues) -> Residues:
    return np.concatenate([x.reshape(len(x), -1) for x in tensors], axis=1)


def linear(*widths: int) -> tuple[dict[str, tuple[int, ...]], Fields]:
    """W_q ... W_1, W_i of size n_i x n_(i-1): dW_i = (W_q .. W_(i+1))' G (W_(i-1) .. W_1)'."""
    shapes = {f"W{i}": (b, a) for i, (a, b) in enumerate(pairwise(widths), 1)}
    source = Source()

    def fields(count: int) -> tuple[Residues, Residues]:
        w = [source.draw(count, *shape) for shape in shapes.values()]
        g = source.draw(count, widths[-1], widths[0])
        slopes = []
        for i in range(len(w)):
            left, right = g, None
            for later in reversed(w[i + 1 :]):
                left = mul(t(later), left)
            for earlier in w[:i]:
                right = earlier if right is None else mul(earlier, right)
            slopes.append(left if right is None else mul(left, t(right)))
        return flat(*w), flat(*slopes)

    return shapes, fields


def relu(*widths: int) -> tuple[dict[str, tuple[int, ...]], Fields]:
    """Two layers, each unit on or off at random: dW2 = g (m W1 x)', dW1 = m (W2' g) x'."""
    (a, n, b), source = widths, Source()

    def fields(count: int) -> tuple[Residues, Residues]:
        w1, w2 = source.draw(count, n, a), source.draw(count, b, n)
        x, g = source.draw(count, a, 1), source.draw(count, b, 1)
        on = source.bits.integers(0, 2, (count, n, 1)).astype(np.uint64)
        back = mul(t(w2), g) * on
        return flat(w1, w2), flat(mul(back, t(x)), mul(g, t(mul(w1, x) * on)))

    return {"A": (n, a), "B": (b, n)}, fields


def symmetric(n: int, r: int) -> tuple[dict[str, tuple[int, ...]], Fields]:
    """U U', U of size n x r: dU = (G + G') U."""
    source = Source()

    def fields(count: int) -> tuple[Residues, Residues]:
        u, g = source.draw(count, n, r), source.draw(count, n, n)
        return flat(u), flat(mul((g + t(g)) % P, u))

    return {"U": (n, r)}, fields


def residual(n: int) -> tuple[dict[str, tuple[int, ...]], Fields]:
    """U1 + U2 + U2 U1: dU1 = G + U2' G, dU2 = G + G U1'."""
    source = Source()

    def fields(count: int) -> tuple[Residues, Residues]:
        u1, u2, g = (source.draw(count, n, n) for _ in range(3))
        return flat(u1, u2), flat((g + mul(t(u2), g)) % P, (g + mul(g, t(u1))) % P)

    return {"U1": (n, n), "U2": (n, n)}, fields


def tied(n: int) -> tuple[dict[str, tuple[int, ...]], Fields]:
    """W W: dW = G W' + W' G."""
    source = Source()

    def fields(count: int) -> tuple[Residues, Residues]:
        w, g = source.draw(count, n, n), source.draw(count, n, n)
        return flat(w), flat((mul(g, t(w)) + mul(t(w), g)) % P)

    return {"W": (n, n)}, fields


def signed_power(n: int, exponent: int) -> tuple[dict[str, tuple[int, ...]], Fields]:
    """u^e - v^e, entry by entry: du = e u^(e-1) g, dv = -e v^(e-1) g."""
    source = Source()

    def fields(count: int) -> tuple[Residues, Residues]:
        u, v, g = (source.draw(count, n) for _ in range(3))
        du, dv = g * np.uint64(exponent) % P, (P - g) * np.uint64(exponent) % P
        for _ in range(exponent - 1):
            du, dv = du * u % P, dv * v % P
        return flat(u, v), flat(du, dv)

    return {"u": (n,), "v": (n,)}, fields
