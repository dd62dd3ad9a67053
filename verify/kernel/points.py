"""A point: sizes, integers, exact values; what letters and terms are there.

Terms are evaluated, not normal forms, so that the point checks the normal form as well.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce

from verify.kernel.affine import Family, Index, Integer, Interval, Kind, Set, Size, Symbol, single
from verify.kernel.exact import (
    Value,
    added,
    adjoint,
    identity,
    inverse,
    power,
    times,
    trace,
    transcendental,
    true,
    zeros,
)
from verify.kernel.facts import Setting
from verify.kernel.letters import Letter, Shape
from verify.kernel.limits import LIMITS, Any, At, Work, need
from verify.kernel.load import Data, fields, items, objects, of_type, rational, whole
from verify.kernel.terms import Term, term_of

Env = dict[Symbol, Fraction]
MEMBER = re.compile(r"0|-?[1-9][0-9]{0,2}")
GIVEN = ("parameter", "constant", "free", "root", "gradient", "loss")


class Point:
    """Values of what is given; the rest is computed from the setting."""

    def __init__(self, data: Data, setting: Setting) -> None:
        given = fields(data, "integers sets families values")
        self.setting, self.env = setting, Env()
        self.shown: list[str] = []  # what the certificate gives, as it is written
        self.sizes: dict[tuple[Symbol, int], int] = {}
        self.values: dict[tuple[Letter, tuple[int, ...]], Value] = {}
        for x, n in self._same(given["integers"], Integer):
            self.env[x] = Fraction(self._size(x.name, n, x.least))
        for x, n in self._same(given["sets"], Set):
            self.sizes[x, 0] = self._size(f"|{x.name}|", n)
        for x, members in self._same(given["families"], Family):
            for k, n in _members(members):
                self.sizes[x, k] = self._size(f"|{x.name}_({k})|", n)
        for x, v in self._same(given["values"], Letter, GIVEN):
            with At(x.name):
                self._given(x, x.indices, v, self.env, ())
            self.shown.append(f"{x.name} = {_shown(v)}")

    def _same(
        self, data: Data, kind: type[Symbol], roles: Sequence[str] = ("",)
    ) -> list[tuple[Any, Data]]:
        """One entry for each name of this kind, a letter of these roles, and no other."""
        found, names = objects(data), self.setting.names.values()
        known = [x for x in names if isinstance(x, kind) and x.role in roles]
        same = {*found} == {x.name for x in known}
        need(same, f"expected values of {', '.join(x.name for x in known) or 'nothing'}")
        return [(x, found[x.name]) for x in known]

    def _size(self, what: str, n: Data, least: int = 1) -> int:
        self.shown.append(f"{what} = {n}")
        return whole(n, least, LIMITS["size"])

    def _given(
        self, x: Letter, left: Sequence[Index], data: Data, env: Env, at: tuple[int, ...]
    ) -> None:
        if left:
            run = self.range(left[0].kind, env)
            run = run[1:-1] if x.ends else run
            for n, part in zip(run, items(data, len(run)), strict=True):
                self._given(x, left[1:], part, {**env, left[0]: Fraction(n)}, (*at, n))
        elif not x.size:
            self.values[x, at] = number = _signed(x, rational(data))
            if not x.indices:
                self.env[x] = number  # constants stand in exponents
        else:
            n, m = (self.count(y, env) for y in x.size)
            with At(f"{n} x {m}"):
                found = tuple(tuple(map(rational, items(row, m))) for row in items(data, n))
            need(not x.hermitian or found == adjoint(found), "not Hermitian at the point")
            self.values[x, at] = _signed(x, found)

    def count(self, size: Size, env: Env) -> int:
        key = size.of, int(size.member.value(env))
        need(key in self.sizes, f"the point gives no size {size.of.name} at {key[1]}")
        return self.sizes[key]

    def range(self, kind: Kind, env: Env) -> range:
        if isinstance(kind, Interval):
            return range(int(kind.low.value(env)), int(kind.high.value(env)) + 1)
        return range(1, self.count(kind, env) + 1)

    def places(self, indices: Sequence[Index], env: Env | None = None) -> Iterator[Env]:
        """All values of the indices of a statement."""
        env = self.env if env is None else env
        if not indices:
            yield env
            return
        for n in self.range(indices[0].kind, env):
            yield from self.places(indices[1:], {**env, indices[0]: Fraction(n)})

    def letter(self, x: Letter, at: tuple[int, ...]) -> Any:
        """The value of a letter at its indices, computed where it is not given."""
        x = (x.role == "start" and x.twin) or x
        key = x, at
        if key not in self.values:
            Work.spend("values")
            env = self.env | {i: Fraction(n) for i, n in zip(x.indices, at, strict=True)}
            self.values[key] = self._computed(x, at, env)
        return self.values[key]

    def _computed(self, x: Letter, at: tuple[int, ...], env: Env) -> Value:
        if any(a.value(self.env) == at[0] for a in x.ends):
            return self.nothing(x.size, env)
        if x.layers:
            return self._product(x, at, env)
        need(x.role in ("let", "name", "gate", "exp", "log"), f"{x.name} has no value")
        inner = self.value(x.term, env)
        if x.role == "gate":
            need(inner, "its term is 0 at the point")
            return Fraction(true(inner, ">"))
        return transcendental(x.role, inner) if x.role in ("exp", "log") else _signed(x, inner)

    def _product(self, x: Letter, at: tuple[int, ...], env: Env) -> Value:
        """Of all layers; but for one or two, or of those above or below one."""
        (w, kind), found = x.layers, identity(self.count(x.size[1], env)) if x.size else Fraction(1)
        layers, n = self.range(kind, env), {"product": 0, "chain": 0, "pairs": 2}.get(x.role, 1)
        if x.role in ("left", "right"):
            layers = layers[at[0] :] if x.role == "left" else layers[: at[0] - 1]
        for l in layers:
            if l not in at[:n]:
                found = times(self.letter(w, (l, *at[n:])), found)
        return found

    def value(self, t: Term, env: Env) -> Any:
        Work.spend("values")
        if t.op in ("D", "dd", "next"):
            return self.value(term_of(t.poly), env)
        if t.op == "sum":
            every = (self.value(t.parts[0], inner) for inner in self.places([t.head], env))
            return reduce(added, every, self.nothing(t.poly.shape, env))
        if t.op == "number":
            return self.nothing(t.poly.shape, env) if t.poly.shape else t.head
        if t.op == "at":
            if isinstance(t.head, Letter):
                return self.letter(t.head, tuple(int(a.value(env)) for a in t.at))
            return single(t.head).value(env)
        if t.op in ("I", "size"):
            n = self.count(t.head, env)
            return identity(n) if t.op == "I" else Fraction(n)
        if t.op == "is":
            return Fraction(t.at[0].value(env) == t.at[1].value(env))
        parts = [self.value(x, env) for x in t.parts]
        if t.op == "^":
            return power(parts[0], t.at[0].value({**self.env, **env}))
        if t.op in ("+", "*"):
            return reduce(added if t.op == "+" else times, parts)
        if t.op == "H":
            return adjoint(parts[0])
        return trace(parts[0]) if t.op == "tr" else parts[0]

    def nothing(self, shape: Shape, env: Env) -> Value:
        """0 of a type."""
        return zeros(*(self.count(x, env) for x in shape)) if shape else Fraction(0)


def _shown(data: Data) -> str:
    return "[" + ", ".join(map(_shown, data)) + "]" if isinstance(data, list) else str(data)


def _members(data: Data) -> list[tuple[int, Data]]:
    """Of numbers in quotes, of at most three digits, in one spelling only."""
    given = of_type(data, dict, "the members of a family")
    need(all(MEMBER.fullmatch(x) for x in given), "members are whole numbers")
    return [(int(x), y) for x, y in given.items()]


def _signed(x: Letter, v: Any) -> Any:
    good = not x.sign or (inverse(v) if x.size else true(v, x.sign))
    need(good, f"{v} at the point, where the setting says {x.sign} 0")
    return v
