"""Claims in declared letters once more, entry by entry: laws and rates from the author's own
expressions at exact states, by numbers a + b eps, and with no code of the kernel.

The loss is made concrete: sum g z has the gradient g everywhere, so the rates of the flow are those
of that sum. What holds has the value 0 at every state, what is false another one at some; the
derivative is taken along the rates that are found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import ceil
from random import Random
from typing import Any

import pytest

from proofs import CLAIMS
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Equation
from verify.claims.conclusions.base import Conclusion
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.judge.parts import theory_of
from verify.models.declared import Declared, Letter, constant, gate, loss, parameter
from verify.models.declared import product as product_of
from verify.terms.expr import Expr, dot, num
from verify.terms.indices import Index, Sum

BY_ID = {c.id: c for c in CLAIMS if c.setting.kind == "declared"}
STATES = 4
MOST = 100  # of what is refuted
Env = dict[str, int]


class Dual:
    """a + b eps, eps^2 = 0; matrices are lists of rows of such numbers."""

    def __init__(self, a: Fraction, b: Fraction = Fraction(0)) -> None:
        self.a, self.b = a, b

    def __add__(self, o: Dual) -> Dual:
        return Dual(self.a + o.a, self.b + o.b)

    def __mul__(self, o: Dual) -> Dual:
        return Dual(self.a * o.a, self.a * o.b + self.b * o.a)

    def power(self, e: Fraction) -> Dual:
        if e.denominator == 1:
            n = int(e)
            return Dual(self.a**n, n * self.a ** (n - 1) * self.b if self.b else Fraction(0))
        assert self.a == 1
        return Dual(self.a, e * self.b)


def times(x: Any, y: Any) -> Any:
    if isinstance(x, Dual) and isinstance(y, Dual):
        return x * y
    if isinstance(x, Dual):
        return [[x * z for z in row] for row in y]
    if isinstance(y, Dual):
        return times(y, x)
    zero = Dual(Fraction(0))
    return [[total([a * b for a, b in zip(row, c, strict=True)], zero)
             for c in zip(*y, strict=True)] for row in x]  # fmt: skip


def plus(x: Any, y: Any) -> Any:
    if isinstance(x, Dual) != isinstance(y, Dual):  # 0 of any type
        return x if isinstance(y, Dual) else y
    if isinstance(x, Dual):
        return x + y
    return [[a + b for a, b in zip(r, s, strict=True)] for r, s in zip(x, y, strict=True)]


def total(xs: list[Any], zero: Any) -> Any:
    for x in xs:
        zero = plus(zero, x)
    return zero


def numbers(x: Any) -> list[Dual]:
    return [x] if isinstance(x, Dual) else [z for row in x for z in row]


class World:
    """One state of a setting; ``moved`` are the eps parts of its parameters."""

    def __init__(self, setting: Declared, point: dict[str, Any], moved: dict) -> None:
        self.setting, self.point, self.moved = setting, point, moved
        self.letters = {x.name: x for x in setting.letters}

    def run(self, kind: str) -> range:
        low, dots, high = kind.partition("..")
        if not dots:
            return range(1, self.point["sets"][kind] + 1)
        ends = [int(x) if x.isdigit() else self.point["integers"][x] for x in (low, high)]
        return range(ends[0], ends[1] + 1)

    def is_loss(self, name: str) -> bool:
        return self.letters[name].role == "loss"

    def places(self, indices: tuple[Index, ...]) -> Iterator[Env]:
        for at in product(*(self.run(i.kind) for i in indices)):
            yield {str(i): k for i, k in zip(indices, at, strict=True)}

    def letter(self, name: str, at: tuple[int, ...]) -> Any:
        others = next((x for x in self.setting.letters if x.beside == name), None)
        if others is not None and others.role == "product":
            return self.multiplied(others.of, at[1:], skip=at[0])
        own = self.letters.get(name)
        if own is not None and own.role == "product":
            return self.multiplied(own.of, at)
        role = own.role if own else "gradient"
        if own is not None and role in ("let", "log", "gate"):
            env = {str(i): k for i, k in zip(own.indices, at, strict=True)}
            inner = self.value(own.of, env)
            if role == "log":
                assert inner.a == 1
                return Dual(Fraction(0), inner.b)
            return Dual(Fraction(inner.a > 0)) if role == "gate" else inner
        data = self.point["values"][name]
        for k in at:
            data = data[k - 1]
        return self.lifted(name, at, data)

    def linear(self, loss: Any) -> Dual:
        """Sum g z, for a loss of z with the gradient g: it changes as the loss does."""
        found = Dual(Fraction(0))
        for env in self.places(loss.indices):
            z, g = self.value(loss.of, env), self.letter(loss.beside, tuple(env.values()))
            pairs = zip(numbers(g), numbers(z), strict=True)
            found = total([Dual(a.a) * b for a, b in pairs], found)
        return found

    def multiplied(self, u: Letter, at: tuple[int, ...], skip: int = 0) -> Dual:
        """The product over the first index of a letter, with one layer left out."""
        found = Dual(Fraction(1))
        for k in self.run(u.indices[0].kind):
            found = found * self.letter(u.name, (k, *at)) if k != skip else found
        return found

    def lifted(self, name: str, at: tuple[int, ...], data: Any) -> Any:
        if isinstance(data, list):
            return [[Dual(Fraction(x), self.moved.get((name, at, r, c), Fraction(0)))
                     for c, x in enumerate(row)] for r, row in enumerate(data)]  # fmt: skip
        return Dual(Fraction(data), self.moved.get((name, at, 0, 0), Fraction(0)))

    def value(self, e: Expr, env: Env) -> Any:
        where = lambda x: x if isinstance(x, int) else env[x]
        match e:
            case Expr("num", (x,)):
                return Dual(x)
            case Expr("const", (name,)) if name in self.point["integers"]:
                return Dual(Fraction(self.point["integers"][name]))
            case Expr("const", (name,)) if name in self.letters and self.is_loss(name):
                own = self.letters[name]
                return Dual(Fraction(self.point["values"][name]), self.linear(own).b)
            case Expr("const", (name,)):
                return self.letter(name, ())
            case Expr("at", (name, *at)):
                return self.letter(name, tuple(map(where, at)))
            case Expr("+", parts):
                return total([self.value(x, env) for x in parts], Dual(Fraction(0)))
            case Expr("*", (first, *rest)):
                found = self.value(first, env)
                for x in rest:
                    found = times(found, self.value(x, env))
                return found
            case Expr("^", (base, power)):
                return self.power(self.value(base, env), self.value(power, env).a)
            case Expr("sum", (i, kind, body)):
                each = [self.value(body, {**env, i: k}) for k in self.run(kind)]
                return total(each, Dual(Fraction(0)))
            case Expr("is", (i, j)):
                return Dual(Fraction(where(i) == where(j)))
            case Expr("I", (size,)):
                n = range(self.point["sets"][size])
                return [[Dual(Fraction(r == c)) for c in n] for r in n]
            case Expr("H", (body,)):
                return [list(row) for row in zip(*self.value(body, env), strict=True)]
            case Expr("tr", (body,)):
                rows = self.value(body, env)
                return total([rows[k][k] for k in range(len(rows))], Dual(Fraction(0)))
            case Expr("D", (body,)):
                change = World(self.setting, self.point, rates(self)).value(body, env)
                if isinstance(change, list):
                    return [[Dual(x.b) for x in row] for row in change]
                return Dual(change.b)
            case Expr("next", (body,)):
                return World(self.setting, after(self), {}).value(body, env)
        raise AssertionError(e.head)

    @staticmethod
    def power(x: Any, e: Fraction) -> Any:
        if isinstance(x, Dual):
            return x.power(e)
        found = x
        for _ in range(int(e) - 1):
            found = times(found, x)
        return found


def objective(w: World) -> Dual:
    """With sum g z in place of each loss."""
    s = w.setting
    of = s.flow if s.flow is not None else s.step
    assert of is not None
    found = Dual(Fraction(0))
    for part in of.args if of.head == "+" else (of,):
        if part.head == "const" and w.letters[part.args[0]].role == "loss":
            found = found + w.linear(w.letters[part.args[0]])
        else:
            found = found + w.value(part, {})
    return found


def entries(w: World, u: Letter) -> Iterator[tuple[Any, ...]]:
    for env in w.places(u.indices):
        at = tuple(env.values())
        rows, cols = (w.point["sets"][x] for x in u.size) if u.size else (1, 1)
        yield from ((u.name, at, r, c) for r in range(rows) for c in range(cols))


def rates(w: World) -> dict:
    """-speed times the gradient, one entry after the other."""
    found = {}
    for u in w.setting.moving():
        for key in entries(w, u):
            env = {str(i): k for i, k in zip(u.indices, key[1], strict=True)}
            speed = w.setting.speeds.get(u.name)
            factor = w.value(speed, env).a if speed is not None else Fraction(1)
            slope = objective(World(w.setting, w.point, {key: Fraction(1)})).b
            found[key] = -factor * slope
    return found


def after(w: World) -> dict[str, Any]:
    """The state after one step."""
    assert w.setting.size is not None
    eta, change = w.value(w.setting.size.here, {}).a, rates(w)

    def moved(name: str, at: tuple[int, ...], data: Any) -> Any:
        if (name, at, 0, 0) in change and not isinstance(data, list):
            return str(Fraction(data) + eta * change[name, at, 0, 0])
        if isinstance(data, list):
            return [moved(name, (*at, k + 1), x) for k, x in enumerate(data)]
        return data

    values = {n: moved(n, (), x) for n, x in w.point["values"].items()}
    return {**w.point, "values": values}


def gaps(w: World, c: Conclusion, free: tuple[Index, ...]) -> Iterator[Fraction]:
    """What should be 0, at all values of the indices."""
    e = c.expressions()
    moving = World(w.setting, w.point, rates(w)) if c.kind in ("conserved", "linear-law") else w
    for env in w.places(free):
        if c.kind == "equation":
            pairs = zip(numbers(w.value(e[0], env)), numbers(w.value(e[1], env)), strict=True)
            yield from (a.a - b.a for a, b in pairs)
            continue
        if c.kind == "at-most":
            yield max(Fraction(0), w.value(e[0], env).a - w.value(e[1], env).a)
            continue
        factor = w.value(e[1], env).a if c.kind == "linear-law" else Fraction(0)
        yield from (x.b - factor * x.a for x in numbers(moving.value(e[0], env)))


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_at_exact_states(name: str) -> None:
    claim = BY_ID[name]
    theory: Any = theory_of(claim)(claim, Request(), lambda text: None)
    source, worlds = Random(3), list[World]()

    def world(number: int) -> World:
        while number >= len(worlds):
            state = theory.state(source)
            if state is not None and max(state.point["sets"].values(), default=0) < 3:
                worlds.append(World(claim.setting, state.point, {}))  # type: ignore[arg-type]
        return worlds[number]

    false = claim.expected is Verdict.REFUTED  # an inequality fails at some states only
    for n, c in claim.concluding.items():
        free, broken = theory.sentence(n).free(), False
        for number in range(MOST if false else STATES):
            found = list(gaps(world(number), c, free))
            assert found, n
            broken = broken or any(found)
            if broken and number >= STATES:
                break
        assert broken == false, n


def test_a_wrong_law_is_seen() -> None:
    """The near misses of all claims fail here as well."""
    missed = 0
    for name, claim in BY_ID.items():
        theory: Any = theory_of(claim)(claim, Request(), lambda text: None)
        for e in claim.experiments:
            source, c = Random(5), e.near_miss  # type: ignore[attr-defined]
            free = theory.sentence(e.conclusion).free()
            states = (theory.state(source) for _ in range(60))
            small = (s for s in states if s and max(s.point["sets"].values(), default=0) < 3)
            worlds = (World(claim.setting, s.point, {}) for s in small)  # type: ignore[arg-type]
            assert any(any(gaps(w, c, free)) for w in worlds), (name, e.named)
            missed += 1
    assert missed >= 10


def drawn(seed: int) -> tuple[Declared, Conclusion]:
    """A setting with gates, products and speeds, and a law with small coefficients, true or not."""
    r = Random(seed)
    i, j, l = Index("i", "rows"), Index("j", "columns"), Index("l", "1..L")
    x, y, c = parameter("x", i), parameter("y", i, j), constant("c", j)
    u = parameter("u", l, i)
    w, s = product_of("w", u, "P"), gate("s", j, of=Sum(i, x[i] * y[i, j]))
    terms = (x[i] * y[i, j] * c[j], x[i] ** 2 * y[i, j] * s[j], x[i] * w[i] * y[i, j])
    inner = r.choice(terms)
    of = r.choice((inner, Sum(i, inner), Sum(j, inner), Sum(i, Sum(j, inner))))
    J = loss("J", of, gradient="g")
    speeds = {"x": num(r.choice((1, 2)))} if r.random() < 0.5 else {}
    letters = (x, y, c, u, w, s, J)
    setting = Declared(letters, flow=J.here, speeds=speeds)
    a, b, d = (r.choice((0, 1, 1, 2, -1)) for _ in range(3))
    what = a * x[i] ** 2 - b * Sum(j, y[i, j] ** 2) + d * (u[1, i] ** 2 - x[i] ** 2)
    if r.random() < 0.4:  # the law that the degrees of the objective give
        degree = (2 if inner == terms[1] else 1) * (speeds["x"].args[0] if speeds else 1)
        what = x[i] ** 2 / degree - Sum(j, y[i, j] ** 2)
    rate = Equation(dot(what), num(0)) if r.random() < 0.3 else Conserved(what)
    return setting, rate


def test_drawn_laws_are_what_the_verdict_says(tail: Fraction) -> None:
    """PROVED has no gap at states that are drawn; a witness has one where it says so."""
    seen = set()
    for seed in range(ceil(200 * max(tail, Fraction(1, 25)))):
        setting, law = drawn(seed)
        claim = Claim("drawn", "drawn", setting, (), {"law": law}, Source.own("a test"))
        outcome = judge(claim, Request(numeric=False)).outcomes["law"]
        theory: Any = theory_of(claim)(claim, Request(), lambda text: None)
        free, source = theory.sentence("law").free(), Random(seed)
        seen.add(outcome.verdict)
        if outcome.verdict is Verdict.PROVED:
            states = [s for _ in range(6) if (s := theory.state(source)) is not None]
            worlds = [World(setting, s.point, {}) for s in states]
            assert states and not any(any(gaps(w, law, free)) for w in worlds), seed
        if outcome.verdict is Verdict.REFUTED:
            witness: Any = outcome.witness
            assert any(gaps(World(setting, witness.point, {}), law, free)), seed
    assert {Verdict.PROVED, Verdict.REFUTED} <= seen
