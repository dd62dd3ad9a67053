"""Whether two expressions are one, at free matrices: every letter moves as it likes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

from attack.matrices import Gauss, is_zero, of
from attack.series import Undefined
from attack.trees import Tree, num
from attack.words import Place, Setting


class Free(Place):
    """Every letter at every index is a matrix of its own that moves as it likes: two terms with one
    value are one term.
    """

    def __init__(self, own: Setting, rng: Random) -> None:
        self.setting, self.rng, self.depth, self.dims, self.sizes = own, rng, 4, (2,) * 12, {}
        self.series, self.numbers, self.sequences, self.start = (
            {},
            _Lazy(rng),
            {x: [Fraction(rng.randint(2, 9)) for _ in range(12)] for x in own.sequences},
            {},
        )

    def dim(self, text: str, at: int | None) -> int:
        return 2

    def _letter(self, x: str, at: int | None) -> list:
        if (x, at) not in self.series:
            self.series[x, at] = [self._matrix() for _ in range(4)]
        return self.series[x, at]

    def _matrix(self) -> Any:
        return of(
            [
                [Gauss(self.rng.randint(-4, 4), self.rng.randint(1, 4)) for _ in range(2)]
                for _ in range(2)
            ]
        )

    def _named(self, e: Tree, env: Mapping[str, int]) -> list:
        match e:
            case ("loss",):
                return self._letter("E(X)", None)
            case ("G", i):
                return self._letter("G", self.at(i, env))
            case ("w" | "Hc", c, i):
                return self._letter(f"{e[0]} {c}", self.at(i, env))
            case ("next", a):
                return [*self.value(("*", a, ("*", ("letter", "after", None), a)), env)][:4]
            case ("sum", over, first, less, a):  # which ends it has must show, whatever is summed
                ends = ("*", num(1000 + 10 * first + less), ("letter", "ends", None))
                found = self.value(ends, env)
                for j in range(first, self.depth - less + 1):
                    found = self.value(
                        ("+", ("known", found), ("known", self.value(a, {**env, over: j}))), env
                    )
                return found
            case ("known", v):
                return v
        return super()._named(e, env)

    def _power(self, a: Tree, n: int, env: Mapping[str, int]) -> list:
        if n < 0:
            return self.value(("*", ("^", a, -n), ("letter", f"power {n}", None)), env)
        return super()._power(a, n, env)


class _Lazy(dict):
    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def __missing__(self, x: str) -> Fraction:
        self[x] = Fraction(self.rng.randint(2, 60), self.rng.choice([1, 7]))
        return self[x]


def same(a: Tree, b: Tree, own: Setting, rng: Random) -> bool:
    at = Free(own, rng)
    env = {"k": 3, "p": 2}
    try:
        x, y = at.value(a, env), at.value(b, env)
        gap = at.value(("-", ("known", x[:1]), ("known", y[:1])), env)
    except Undefined:
        return False
    return is_zero(gap[0])
