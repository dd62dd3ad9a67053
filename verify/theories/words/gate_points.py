"""Random matrices modulo the prime 2^61 - 1, drawn once from a seed and shared by all sentences.

W_k and its star are drawn independently of each other, which is the complex case: an identity
between polynomials in entries and their conjugates holds at every complex point only if it holds
for independent values of the two. Letters with x* = c x keep that relation.
Balanced points: W_k = g_k D g_(k-1)^-1, W_k* = g_(k-1) D' g_k^-1, D and D' diagonal and the same in
every layer.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from random import Random

from flint import nmod_mat

from verify.theories.words.sizes import Sizes

PRIME = 2**61 - 1
HALF = (PRIME + 1) // 2


class Drawn:
    """``d`` = d_0, .., d_N; ``own``: sizes that letters name themselves. Deterministic in ``seed``,
    whatever the order of the calls.
    """

    def __init__(
        self, d: tuple[int, ...], own: Mapping[str, int] | None = None, seed: int = 0
    ) -> None:
        self.sizes, self.seed = Sizes(d, own or {}), seed
        self.shared: dict = {}  # values that more than one sentence asks for

    def pair(
        self, name: str, at: int | None, rows: int, cols: int, sign: int | None, balance: bool
    ) -> tuple[nmod_mat, nmod_mat]:
        """A letter and its star."""
        key = ("drawn", name, at, rows, cols, sign, balance)
        if key not in self.shared:
            if name == "W" and balance:
                assert at is not None
                self.shared[key] = self._balanced(at)
            else:
                x = self.matrix(f"{name} {at}", rows, cols)
                self.shared[key] = (
                    x,
                    self.matrix(f"{name} {at} star", cols, rows)
                    if sign is None
                    else x * (sign % PRIME),
                )
        return self.shared[key]

    def matrix(self, name: str, rows: int, cols: int) -> nmod_mat:
        random = Random(f"{self.seed} {name}")
        return nmod_mat(rows, cols, [random.randrange(1, PRIME) for _ in range(rows * cols)], PRIME)

    def number(self, name: str) -> int:
        """A real number other than 0."""
        return Random(f"{self.seed} {name}").randrange(1, PRIME)

    @cached_property
    def square(self) -> Drawn:
        """The same with all sizes equal to d_0, for settings that ask for it."""
        n = self.sizes.d[0]
        return (
            self
            if set(self.sizes.d) == {n} and not self.sizes.own
            else Drawn((n,) * len(self.sizes.d), _Same(n), self.seed)
        )

    def _balanced(self, k: int) -> tuple[nmod_mat, nmod_mat]:
        d = self.sizes.d
        left, right = self._frame(k), self._frame(k - 1)
        return left[0] * self._diagonal("ahead", d[k], d[k - 1]) * right[1], right[
            0
        ] * self._diagonal("back", d[k - 1], d[k]) * left[1]

    def _frame(self, k: int) -> tuple[nmod_mat, nmod_mat]:
        """g_k and its inverse; a random matrix is singular with probability at most d_k / 2^61, and
        then inv raises.
        """
        if ("frame", k) not in self.shared:
            g = self.matrix(f"frame {k}", self.sizes.d[k], self.sizes.d[k])
            self.shared["frame", k] = (g, g.inv())
        return self.shared["frame", k]

    def _diagonal(self, name: str, rows: int, cols: int) -> nmod_mat:
        rank = min(self.sizes.d)
        numbers = [self.number(f"{name} {i}") for i in range(rank)]
        entries = [
            numbers[i] if i == j and i < rank else 0 for i in range(rows) for j in range(cols)
        ]
        return nmod_mat(rows, cols, entries, PRIME)


class _Same(dict):
    """Every named size is n."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n

    def get(self, key: str, default: object = None) -> int:  # type: ignore[override]
        return self.n
