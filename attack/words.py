"""The language of matrices: terms as nested tuples, their Python source, and their value at exact
matrices along a motion.

An index is (base, offset), base "k", "p", "N" or "". Heads: num const seq letter + - neg * ^ H T D
next tr sum loss G Hc w.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from attack.matrices import (
    Mat,
    add,
    divided,
    identity,
    s_add,
    s_times,
    times,
    trace,
    transposed,
    zero,
)
from attack.series import Undefined
from attack.trees import Tree, number

Index = tuple[str, int]
_TERMS = 3
RUNS = {"layers": (1, 0), "ends": (0, 0), "inner": (1, 1), "inputs": (1, -1), "joints": (2, 0)}
K, P_ = ("k", 0), ("p", 0)


def letter(x: str, at: Index | None = None) -> Tree:
    return ("letter", x, at)


def k(offset: int = 0) -> Index:
    return ("k", offset)


def source_index(i: Index) -> str:
    base, offset = i
    if not base:
        return str(offset)
    return base + (f" + {offset}" if offset > 0 else f" - {-offset}" if offset < 0 else "")


def source(e: Tree) -> str:
    match e:
        case ("num", q):
            return number(q)
        case ("const", x):
            return f"const({x!r})"
        case ("seq", x, i):
            return f"Sequence({x!r})[{source_index(i)}]"
        case ("letter", x, i):
            return f"letter({x!r})" if i is None else f"Family({x!r})[{source_index(i)}]"
        case ("neg", a):
            return f"(-{source(a)})"
        case ("^", a, n):
            return f"({source(a)} ** {n if isinstance(n, int) else '(' + source_index(n) + ')'})"
        case ("H" | "T" as mark, a):
            return (
                f"{source(a)}.{mark}" if a[0] in ("letter", "H", "T") else f"({source(a)}).{mark}"
            )
        case ("D", a):
            return f"dot({source(a)})"
        case ("next", a):
            return f"after({source(a)})"
        case ("tr", a):
            return f"tr({source(a)})"
        case ("sum", over, first, less, a):
            last = "N" if not less else f"N - {less}" if less > 0 else f"N + {-less}"
            return f"total({source(a)}, {first}, {last}, {over!r})"
        case ("loss",):
            return "LOSS"
        case ("G", i):
            return f"G({source_index(i)})"
        case ("Hc" | "w", c, i):
            return f"{'H' if e[0] == 'Hc' else 'w'}({c!r}, {source_index(i)})"
    return f"({source(e[1])} {e[0]} {source(e[2])})"


def walk(e: Tree) -> Iterator[Tree]:
    yield e
    for x in e[1:]:
        if isinstance(x, tuple) and x and isinstance(x[0], str) and not _is_index(x):
            yield from walk(x)


def _is_index(x: tuple) -> bool:
    return len(x) == 2 and isinstance(x[1], int)


def uses(e: Tree, base: str) -> bool:
    """Does this index occur?"""
    return any(
        _is_index(x) and x[0] == base for node in walk(e) for x in node[1:] if isinstance(x, tuple)
    )


Spec = tuple[str, str, str, str, str]  # name, rows, columns, run of its index, form
LAYERS: tuple[Spec, ...] = (
    ("W", "k", "k-1", "layers", "free"),
    ("A", "N", "k", "ends", "free"),
    ("B", "k-1", "0", "inputs", "free"),
    ("X", "N", "0", "", "free"),
    ("P", "N", "0", "", "free"),
)
Relation = tuple[Tree, Tree, int, int]


@dataclass(frozen=True)
class Setting:
    """``rates`` as trees in k, for whatever motion; ``motion`` is its Python source; ``steps`` what
    W_k becomes after a step.
    """

    letters: tuple[Spec, ...] = ()
    rates: Mapping[str, Tree] = field(default_factory=dict)
    motion: str = "Still()"
    steps: Tree | None = None
    definitions: Mapping[str, tuple[Relation, ...]] = field(default_factory=dict)
    sequences: tuple[str, ...] = ()
    square: bool = False
    layers: bool = True
    least: int = 1

    def spec(self, x: str) -> Spec:
        for s in (*self.letters, *(LAYERS if self.layers else ())):
            if s[0] == x:
                return s
        raise Undefined(f"no letter {x}")


@dataclass
class Place:
    """Exact matrices: ``start`` values of letters by (name, index), numbers by name, sequences as
    lists from 0 to N.

    E(X) = Re Tr(C* X) + a/2 |X|^2, so P = C + a X.
    """

    setting: Setting
    depth: int
    dims: tuple[int, ...]
    sizes: Mapping[str, int]
    start: dict[tuple[str, int | None], Any]
    numbers: dict[str, Fraction]
    sequences: dict[str, list[Fraction]]
    loss: tuple[Any, Fraction | int]

    def __post_init__(self) -> None:
        self.series = {key: [v] for key, v in self.start.items()}
        for n in range(1, _TERMS):
            fresh = {}
            for (x, i), s in self.series.items():
                rate = self.setting.rates.get(x)
                if rate is None:
                    fresh[x, i] = times(0, s[0])
                    continue
                known = self.value(rate, {} if i is None else {"k": i})[n - 1]
                fresh[x, i] = divided(add(times(0, s[0]), known), n)
            for key, v in fresh.items():
                self.series[key].append(v)

    def dim(self, text: str, at: int | None) -> int:
        if self.setting.square:
            return self.dims[0]
        if text in ("k", "k-1"):
            assert at is not None
            j = at - (text == "k-1")
            if not 0 <= j <= self.depth:
                raise Undefined(f"d_{j}")
            return self.dims[j]
        return (
            self.dims[0]
            if text == "0"
            else self.dims[self.depth]
            if text == "N"
            else self.sizes[text]
        )

    def at(self, i: Any, env: Mapping[str, int]) -> int:
        base, offset = i
        return offset + (self.depth if base == "N" else env[base] if base else 0)

    def value(self, e: Tree, env: Mapping[str, int]) -> list:
        """As a series; a letter beyond its run is undefined, an inner family is zero at 0 and N.
        Raises Undefined.
        """
        still = [0] * (_TERMS - 1)
        match e:
            case ("num", q):
                return [q if q.denominator > 1 else int(q), *still]
            case ("const", x):
                return [self.depth if x == "N" else self.numbers[x], *still]
            case ("seq", x, i):
                j = self.at(i, env)
                if not 0 <= j <= self.depth:
                    raise Undefined(f"{x}_{j}")
                return [self.sequences[x][j], *still]
            case ("letter", x, i):
                return self._letter(x, None if i is None else self.at(i, env))
            case ("neg", a):
                return [times(-1, v) for v in self.value(a, env)]
            case ("+" | "-", a, b):
                return s_add(self.value(a, env), self.value(b, env), 1 if e[0] == "+" else -1)
            case ("*", a, b):
                return s_times(self.value(a, env), self.value(b, env))
            case ("^", a, n):
                return self._power(a, n if isinstance(n, int) else self.at(n, env), env)
            case ("H" | "T", a):
                return [transposed(v, e[0] == "H") for v in self.value(a, env)]
            case ("C", a):
                return [transposed(transposed(v, True), False) for v in self.value(a, env)]
            case ("tr", a):
                return [trace(v) for v in self.value(a, env)]
            case ("D", a):
                found = [times(n, v) for n, v in enumerate(self.value(a, env))][1:]
                if not found:
                    raise Undefined("more derivatives than terms")
                return found
        return self._named(e, env)

    def _named(self, e: Tree, env: Mapping[str, int]) -> list:
        match e:
            case ("sum", over, first, less, a):
                found: list = [0] * _TERMS
                for j in range(first, self.depth - less + 1):
                    found = s_add(found, self.value(a, {**env, over: j}))
                return found
            case ("loss",):
                x, (c, a) = self._letter("X", None), self.loss
                inner = [trace(v) for v in s_times([transposed(c, True)], x[:1])] + [
                    trace(times(transposed(c, True), v)) for v in x[1:]
                ]
                square = [trace(v) for v in s_times([transposed(v, True) for v in x], x)]
                return [
                    add(v, times(Fraction(a, 2), w)) for v, w in zip(inner, square, strict=True)
                ]
            case ("G", i):
                j = self.at(i, env)
                if j in (0, self.depth):
                    return [zero(self.dims[j], self.dims[j])] * _TERMS
                w, v = self._letter("W", j), self._letter("W", j + 1)
                return s_add(s_times(w, _star(w)), s_times(_star(v), v), -1)
            case ("w", c, i):
                j = self.at(i, env)
                w = self._letter("W", j)
                return s_add(
                    s_times(self._direction(c, j), w), s_times(w, self._direction(c, j - 1)), -1
                )
            case ("Hc", c, i):
                return self._hessian(c, self.at(i, env))
            case ("next", a):
                return self._stepped().value(a, env)[:1]
        raise ValueError(e[0])

    def _hessian(self, c: str, j: int) -> list:
        if not 1 <= j <= self.depth - 1:
            if j in (0, self.depth):
                return [zero(self.dims[j], self.dims[j])] * _TERMS
            raise Undefined(f"H_{j}")
        w, v = self._letter("W", j), self._letter("W", j + 1)
        here, before, behind = (
            self._direction(c, j),
            self._direction(c, j - 1),
            self._direction(c, j + 1),
        )
        found = s_add(
            s_times(here, s_times(w, _star(w))), s_times(w, s_times(before, _star(w))), -1
        )
        found = s_add(found, s_times(s_times(_star(v), v), here))
        return s_add(found, s_times(_star(v), s_times(behind, v)), -1)

    def _direction(self, c: str, j: int) -> list:
        return self.value(("G", ("", j)), {}) if c == "G" else self._letter(c, j)

    def _letter(self, x: str, at: int | None) -> list:
        if (x, at) in self.series:
            return self.series[x, at]
        _, rows, cols, run, _ = self.setting.spec(x)
        if run and at is not None:
            first, less = RUNS[run]
            if run == "inner" and at in (0, self.depth):
                return [zero(self.dim(rows, at), self.dim(cols, at))] * _TERMS
            if not first <= at <= self.depth - less:
                raise Undefined(f"{x}_{at}")
        if not self.setting.layers:
            raise Undefined(x)
        if x == "P":
            c, a = self.loss
            return [
                add(times(a, v), c) if n == 0 else times(a, v)
                for n, v in enumerate(self._letter("X", None))
            ]
        low, high = {
            "X": (1, self.depth),
            "A": ((at or 0) + 1, self.depth),
            "B": (1, (at or 0) - 1),
        }[x]
        size = self.dims[self.depth] if x != "B" else self.dims[0]
        if low > high:
            return [identity(size)] + [zero(size, size)] * (_TERMS - 1)
        found = self._letter("W", high)
        for j in range(high - 1, low - 1, -1):
            found = s_times(found, self._letter("W", j))
        return found

    def _power(self, a: Tree, n: int, env: Mapping[str, int]) -> list:
        base = self.value(a, env)
        if n < 0:
            if isinstance(base[0], Mat) or not base[0]:
                raise Undefined("a negative power")
            raise Undefined("a negative power of a number")
        if n == 0:
            one: Any = identity(base[0].rows) if isinstance(base[0], Mat) else 1
            return [one, *(times(0, v) for v in base[1:])]
        found = base
        for _ in range(n - 1):
            found = s_times(found, base)
        return found

    def _stepped(self) -> Place:
        if self.setting.steps is None:
            raise Undefined("no step")
        start = dict(self.start)
        for x, i in self.start:
            if x == "W":
                start[x, i] = self.value(self.setting.steps, {"k": i or 0})[0]
        return Place(
            self.setting,
            self.depth,
            self.dims,
            self.sizes,
            start,
            self.numbers,
            self.sequences,
            self.loss,
        )


def _star(x: list) -> list:
    return [transposed(v, True) for v in x]
