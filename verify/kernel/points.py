"""A point: sizes, integers, exact values; what letters and terms are there.

Terms are evaluated, not normal forms, so that the point checks the normal form as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from verify.kernel.affine import (
    Affine,
    Family,
    Index,
    Integer,
    Interval,
    Kind,
    Set,
    Size,
    Symbol,
    single,
)
from verify.kernel.declared import Setting
from verify.kernel.exact import Value, added, adjoint, identity, power, times, trace, zeros
from verify.kernel.letters import Letter
from verify.kernel.limits import LIMITS, At, Refused, Work, need
from verify.kernel.load import Data, fields, items, objects, rational, whole
from verify.kernel.scope import numeric
from verify.kernel.terms import Term, term_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    S = TypeVar("S", bound=Symbol)
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
            self.env[x] = Fraction(_size(n, x.least))
            self.shown.append(f"{x.name} = {n}")
        for y, n in self._same(given["sets"], Set):
            self.sizes[y, 0] = _size(n)
            self.shown.append(f"|{y.name}| = {n}")
        for z, members in self._same(given["families"], Family):
            for k, n in _members(members):
                self.sizes[z, k] = _size(n)
                self.shown.append(f"|{z.name}_({k})| = {n}")
        for u, v in self._same(given["values"], Letter, *GIVEN):
            with At(u.name):
                self._given(u, u.indices, v, self.env, ())
            self.shown.append(f"{u.name} = {_shown(v)}")

    def _same(self, data: Data, kind: type[S], *roles: str) -> list[tuple[S, Data]]:
        """One entry for each name of this kind, a letter of these roles, and no other."""
        found = objects(data)
        known = [x for x in self.setting.names.values() if isinstance(x, kind)]
        known = [x for x in known if not isinstance(x, Letter) or x.role in roles]
        same = {*found} == {x.name for x in known}
        need(same, f"expected values of {', '.join(x.name for x in known) or 'nothing'}")
        return [(x, found[x.name]) for x in known]

    def _given(
        self, x: Letter, left: Sequence[Index], data: Data, env: Env, at: tuple[int, ...]
    ) -> None:
        if left:
            run = self.range(left[0].kind, env)
            run = run[1:-1] if x.ends else run
            for n, part in zip(run, items(data, len(run)), strict=True):
                self._given(x, left[1:], part, {**env, left[0]: Fraction(n)}, (*at, n))
        elif x.rows is None or x.cols is None:
            self.values[x, at] = _signed(x, rational(data))
        else:
            n, m = self.count(x.rows, env), self.count(x.cols, env)
            with At(f"{n} x {m}"):
                found = tuple(tuple(map(rational, items(row, m))) for row in items(data, n))
            need(not x.hermitian or found == adjoint(found), "not Hermitian at the point")
            self.values[x, at] = found

    def count(self, size: Size, env: Env) -> int:
        """How many elements a set has."""
        key = size.of, int(numeric(size.member, env))
        need(key in self.sizes, f"the point gives no size {size.of.name} at {key[1]}")
        return self.sizes[key]

    def range(self, kind: Kind, env: Env) -> range:
        """What an index runs through."""
        if isinstance(kind, Interval):
            return range(int(numeric(kind.low, env)), int(numeric(kind.high, env)) + 1)
        return range(1, self.count(kind, env) + 1)

    def places(self, indices: Sequence[Index], env: Env | None = None) -> Iterator[Env]:
        """All values of the indices of a statement."""
        env = self.env if env is None else env
        if not indices:
            yield env
            return
        for n in self.range(indices[0].kind, env):
            yield from self.places(indices[1:], {**env, indices[0]: Fraction(n)})

    def letter(self, x: Letter, at: tuple[int, ...]) -> Value:
        """The value of a letter at its indices, computed where it is not given."""
        if x.role == "start" and x.twin is not None:
            x = x.twin
        key = x, at
        if key not in self.values:
            Work.evaluate()
            env = self.env | {i: Fraction(n) for i, n in zip(x.indices, at, strict=True)}
            self.values[key] = self._computed(x, at, env)
        return self.values[key]

    def _computed(self, x: Letter, at: tuple[int, ...], env: Env) -> Value:
        if any(numeric(a, self.env) == at[0] for a in x.ends):
            shape = [self.count(n, env) for n in (x.rows, x.cols) if n]
            return zeros(*shape) if shape else Fraction(0)
        if x.role in ("let", "name"):
            found = self.value(self.setting.terms[x], env)
            return _signed(x, found) if isinstance(found, Fraction) else found
        if x.role in ("exp", "log"):
            inner = self.value(self.setting.terms[x], env)
            if inner != (0 if x.role == "exp" else 1):
                raise Refused(f"{x.name} is not rational there: the point is not evaluated exactly")
            return Fraction(x.role == "exp")
        if x.role == "gate":
            inner = self.value(self.setting.terms[x], env)
            need(inner, "its term is 0 at the point")
            return Fraction(inner > 0)  # type: ignore[operator]
        w, skip, low, high = self._layers(x, at)
        kind = w.indices[0].kind
        assert isinstance(kind, Interval)
        depth = int(numeric(kind.high, self.env))
        if x.cols is not None:
            found = identity(self.count(x.cols, env))
            for k in range(low, min(high, depth) + 1):
                found = times(self.letter(w, (k,)), found)
            return found
        found = Fraction(1)
        rest = at[len(skip) :]
        for k in range(1, depth + 1):
            found = times(found, self.letter(w, (k, *rest))) if k not in skip else found
        return found

    def _layers(self, x: Letter, at: tuple[int, ...]) -> tuple[Letter, tuple[int, ...], int, int]:
        """(source, layers left out, first, last layer) of a product, chain or part of one."""
        for made in self.setting.made.values():
            if x in made.parts[1:] and x.role not in ("product", "chain"):
                first, last = (at[0] + 1, LIMITS["size"]) if x.role == "left" else (1, at[0] - 1)
                return made.parts[0], at[: 1 + (x.role == "pairs")], first, last
        need(x in self.setting.made and self.setting.made[x].parts, f"{x.name} has no value")
        return self.setting.made[x].parts[0], (), 1, LIMITS["size"]

    def value(self, t: Term, env: Env) -> Value:
        """The value of a term."""
        Work.evaluate()
        if t.op in ("D", "dd", "next"):
            return self.value(term_of(t.poly), env)
        if t.op == "sum":
            assert t.index is not None and t.kind is not None
            found = self.nothing(t, env)
            for n in self.range(t.kind, env):
                found = added(found, self.value(t.parts[0], {**env, t.index: Fraction(n)}))
            return found
        if t.op == "number":
            return self.nothing(t, env) if t.poly.shape else t.number
        if t.op == "at":
            return self._at(t, env)
        if t.op in ("I", "size"):
            n = self.count(t.size(), env)
            return identity(n) if t.op == "I" else Fraction(n)
        if t.op == "is":
            return Fraction(numeric(t.at[0], env) == numeric(t.at[1], env))
        return self._operation(t, [self.value(x, env) for x in t.parts], env)

    def _operation(self, t: Term, parts: list[Value], env: Env) -> Value:
        first = parts[0]
        if t.op == "^":
            return power(first, numeric(t.at[0], {**env, **self._constants(t.at[0])}))
        for x in parts[1:]:
            first = added(first, x) if t.op == "+" else times(first, x)
        if t.op == "H":
            return adjoint(first)
        return trace(first) if t.op == "tr" else first

    def _constants(self, a: Affine) -> Env:
        found = Env()
        for x in a.symbols():
            if isinstance(x, Letter):
                value = self.letter(x, ())
                assert isinstance(value, Fraction)
                found[x] = value
        return found

    def _at(self, t: Term, env: Env) -> Value:
        if isinstance(t.head, Letter):
            return self.letter(t.head, tuple(int(numeric(a, env)) for a in t.at))
        assert t.head is not None
        return numeric(single(t.head), env)

    def nothing(self, t: Term, env: Env) -> Value:
        """0 of the type of a term."""
        if t.poly.shape is None:
            return Fraction(0)
        return zeros(self.count(t.poly.shape[0], env), self.count(t.poly.shape[1], env))


def _shown(data: Data) -> str:
    return "[" + ", ".join(map(_shown, data)) + "]" if isinstance(data, list) else str(data)


def _size(data: Data, least: int = 1) -> int:
    n = whole(data, least)
    need(n <= LIMITS["size"], f"beyond {LIMITS['size']} at a point")
    return n


def _members(data: Data) -> list[tuple[int, Data]]:
    """Of numbers in quotes, of at most three digits, in one spelling only."""
    if not isinstance(data, dict):
        raise Refused("expected the members of a family")
    need(all(MEMBER.fullmatch(x) for x in data), "members are whole numbers")
    return [(int(x), y) for x, y in data.items()]


def _signed(x: Letter, v: Fraction) -> Fraction:
    good = {"": True, ">": v > 0, ">=": v >= 0, "!=": v != 0}[x.sign]
    need(good, f"{v} at the point, where the setting says {x.sign} 0")
    return v
