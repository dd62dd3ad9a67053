"""The language of diagonal networks of every depth and width: gradient flow, with decay or without,
and one step of descent.

Heads: num const u P w g q J + - neg * / ^ pow sum D next; an index is a letter or a number; ("sum",
index, kind, body).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product as pairs
from random import Random
from typing import Any

from attack.claims import FALSE, HEAD, TRUE, UNKNOWN, Draw, SlipOfOurs, claim
from attack.series import (
    Series,
    Undefined,
    inverse,
    plus,
    raised,
    rational_power,
    slope,
    times,
    whole,
)
from attack.trees import Tree, num, number, prod, walk

_TERMS = 4
KINDS = {
    "u": ("layers", "coordinates"),
    "P": ("layers", "coordinates"),
    "w": ("coordinates",),
    "g": ("coordinates",),
    "q": ("coordinates",),
}
_DEGREES = {"linear": 1, "square": 2, "cubic": 3, "ratio": 0, "mixed": None}


@dataclass(frozen=True)
class Statement:
    """kind: conserved (q), linear (q, rate), equation (l, r). ``given``: "euler d", "balance",
    "nonzero", "depth b".
    """

    kind: str
    parts: tuple[Tree, ...]
    given: tuple[str, ...] = ()
    decay: bool = False
    step: bool = False
    family: str = ""


def total(index: str, body: Tree, kind: str = "coordinates") -> Tree:
    return ("sum", index, kind, body)


def source(e: Tree) -> str:
    match e:
        case ("num", q):
            return number(q)
        case ("const", x):
            return f"const({x!r})"
        case ("u" | "P", l, i):
            return f"{e[0]}[{l!r}, {i!r}]"
        case ("w" | "g" | "q", i):
            return f"{e[0]}[{i!r}]"
        case ("J",):
            return "J"
        case ("neg", a):
            return f"(-{source(a)})"
        case ("^", a, n):
            return f"({source(a)} ** {n})"
        case ("pow", a, b):
            return f"({source(a)} ** {source(b)})"
        case ("sum", i, kind, a):
            return f"total({i!r}, {source(a)}, {kind!r})"
        case ("D", a):
            return f"dot({source(a)})"
        case ("next", a):
            return f"after({source(a)})"
    return f"({source(e[1])} {e[0]} {source(e[2])})"


def free(e: Tree) -> dict[str, str]:
    """Index letters that no sum binds, with their kinds."""
    if e[0] == "sum":
        return {i: kind for i, kind in free(e[3]).items() if i != e[1]}
    if e[0] in KINDS:
        return {i: kind for i, kind in zip(e[1:], KINDS[e[0]], strict=True) if isinstance(i, str)}
    found: dict[str, str] = {}
    for x in e[1:]:
        if isinstance(x, tuple):
            found |= free(x)
    return found


# --- values
# --------------------------------------------------------------------------------------------------


@dataclass
class Place:
    """A start, a loss and constants; the flow as series."""

    u: list[list[Fraction]]
    loss: tuple[str, list[Fraction], Fraction]
    constants: Mapping[str, Fraction]
    decay: bool
    balanced: bool

    def __post_init__(self) -> None:
        self.depth, self.width = len(self.u), len(self.u[0])
        self.series = [[[x] for x in row] for row in self.u]
        for n in range(1, _TERMS):
            self._derived()
            rates = [
                [self._rate(l, i)[n - 1] / n for i in range(self.width)] for l in range(self.depth)
            ]
            for l in range(self.depth):
                for i in range(self.width):
                    self.series[l][i].append(rates[l][i])
        self._derived()

    def _derived(self) -> None:
        size = len(self.series[0][0])
        one = [Fraction(1)] + [Fraction(0)] * (size - 1)
        self.others = [[one for _ in range(self.width)] for _ in range(self.depth)]
        self.out = [one] * self.width
        for i in range(self.width):
            for l in range(self.depth):
                found = one
                for m in range(self.depth):
                    if m != l:
                        found = times(found, self.series[m][i])
                self.others[l][i] = found
            self.out[i] = times(self.others[0][i], self.series[0][i])
        self.slope = self._gradient()

    def _rate(self, l: int, i: int) -> Series:
        found = [-x for x in times(self.others[l][i], self.slope[i])]
        return (
            plus(found, [self.constants["kappa"] * x for x in self.series[l][i]], -1)
            if self.decay
            else found
        )

    def _gradient(self) -> list[Series]:
        kind, c, b = self.loss
        w = self.out
        if kind == "linear":
            return [[c[i]] + [Fraction(0)] * (len(w[i]) - 1) for i in range(self.width)]
        if kind == "square":
            return [[c[i] * x for x in w[i]] for i in range(self.width)]
        if kind == "cubic":
            return [[3 * c[i] * x for x in times(w[i], w[i])] for i in range(self.width)]
        if kind == "mixed":
            return [
                plus([c[i] * x for x in w[i]], [b] + [Fraction(0)] * (len(w[i]) - 1))
                for i in range(self.width)
            ]
        top, bottom = self._forms()
        ratio = times(top, inverse(bottom))
        first = [2 * x for x in ratio]
        second = [2 * x for x in times(times(top, ratio), inverse(bottom))]
        return [plus([c[i] * x for x in first], times(second, w[i]), -1) for i in range(self.width)]

    def _forms(self) -> tuple[Series, Series]:
        c, w = self.loss[1], self.out
        top = [
            sum((c[i] * w[i][n] for i in range(self.width)), Fraction(0)) for n in range(len(w[0]))
        ]
        bottom = [Fraction(0)] * len(w[0])
        for x in w:
            bottom = plus(bottom, times(x, x))
        return top, bottom

    def _loss(self) -> Series:
        kind, c, b = self.loss
        if kind == "ratio":
            top, bottom = self._forms()
            return times(times(top, top), inverse(bottom))
        power, factor = {
            "linear": (1, 1),
            "square": (2, Fraction(1, 2)),
            "cubic": (3, 1),
            "mixed": (2, Fraction(1, 2)),
        }[kind]
        found = [Fraction(0)] * len(self.out[0])
        for i, x in enumerate(self.out):
            found = plus(found, [factor * c[i] * y for y in whole(x, power)])
            if kind == "mixed":
                found = plus(found, [b * y for y in x])
        return found

    def value(self, e: Tree, env: Mapping[str, int]) -> Series:
        """Raises Undefined."""

        def at(i):
            return (env[i] if isinstance(i, str) else i) - 1

        match e:
            case ("num", q):
                return [q] + [Fraction(0)] * (_TERMS - 1)
            case ("const", x):
                v = {"L": Fraction(self.depth), "n": Fraction(self.width)}.get(x)
                return [self.constants[x] if v is None else v] + [Fraction(0)] * (_TERMS - 1)
            case ("u" | "P", l, i):
                if not (0 <= at(l) < self.depth and 0 <= at(i) < self.width):
                    raise Undefined("no such layer or coordinate")
                return (self.series if e[0] == "u" else self.others)[at(l)][at(i)]
            case ("w" | "g" | "q", i):
                if not 0 <= at(i) < self.width:
                    raise Undefined("no such coordinate")
                return (
                    self._root(at(i), Fraction(1))
                    if e[0] == "q"
                    else (self.out if e[0] == "w" else self.slope)[at(i)]
                )
            case ("J",):
                return self._loss()
            case ("neg", a):
                return [-x for x in self.value(a, env)]
            case ("+" | "-", a, b):
                return plus(self.value(a, env), self.value(b, env), 1 if e[0] == "+" else -1)
            case ("*", a, b):
                return times(self.value(a, env), self.value(b, env))
            case ("/", a, b):
                return times(self.value(a, env), inverse(self.value(b, env)))
            case ("^", a, n):
                return whole(self.value(a, env), n)
            case ("pow", ("q", i), b):
                return self._root(at(i), self.value(b, env)[0])
            case ("sum", i, kind, a):
                found = [Fraction(0)] * _TERMS
                for j in range(1, (self.width if kind == "coordinates" else self.depth) + 1):
                    found = plus(found, self.value(a, {**env, i: j}))
                return found
            case ("D", a):
                return slope(self.value(a, env))
            case ("next", a):
                return self._stepped().value(a, env)[:1]
        raise Undefined(e[0])

    def _root(self, i: int, e: Fraction) -> Series:
        """|w_i|^(2 e/L); of balanced layers it is u^(2 e)."""
        if e.denominator == 1 and self.balanced:
            return whole(times(self.series[0][i], self.series[0][i]), int(e))
        w = self.out[i]
        if not w[0]:
            raise Undefined("|w| at 0")
        square = times(w, w)
        return raised(square, e / self.depth, rational_power(square[0], e / self.depth))

    def _stepped(self) -> Place:
        eta = self.constants["eta"]
        u = [
            [self.u[l][i] + eta * self._rate(l, i)[0] for i in range(self.width)]
            for l in range(self.depth)
        ]
        return Place(u, self.loss, self.constants, self.decay, False)


def places(s: Statement, rng: Random, turns: int) -> Iterator[Place]:
    degree = next((int(g.split()[1]) for g in s.given if g.startswith("euler")), None)
    least = next((int(g.split()[1]) for g in s.given if g.startswith("depth")), 1)
    kinds = [k for k, d in _DEGREES.items() if degree is None or d == degree]
    names = sorted({x[1] for e in s.parts for x in walk(e) if x[0] == "const"} | {"kappa", "eta"})
    for turn in range(turns):
        depth, width = max(least, 1 + turn % 3), rng.choice([1, 2, 2])
        loss = (
            rng.choice(kinds),
            [Fraction(rng.randint(1, 4) * rng.choice([1, -1])) for _ in range(width)],
            Fraction(rng.randint(1, 3)),
        )
        if loss[0] == "ratio" and width == 1:
            continue

        def choose():
            return Fraction(rng.choice([1, 2, -1, 3, -2] + [0] * ("nonzero" not in s.given)))

        u = [[choose() for _ in range(width)] for _ in range(depth)]
        if "balance" in s.given:
            u = [[abs(u[0][i]) * rng.choice([1, -1]) for i in range(width)] for _ in range(depth)]
        try:
            yield Place(
                u,
                loss,
                {x: Fraction(rng.randint(1, 5), 2) for x in names},
                s.decay,
                "balance" in s.given,
            )
        except (Undefined, ZeroDivisionError):
            continue


def failures(s: Statement, rng: Random, turns: int = 12) -> list[tuple[Place, dict]]:
    gaps = {"conserved": lambda p: [("D", p[0])], "equation": lambda p: [("-", p[0], p[1])]}
    trees = (
        gaps[s.kind](s.parts)
        if s.kind in gaps
        else [("-", ("D", s.parts[0]), prod(s.parts[1], s.parts[0])), ("D", s.parts[1])]
    )
    indices: dict[str, str] = {}
    for e in s.parts:
        indices |= free(e)
    found = []
    for at in places(s, rng, turns):
        ranges = [range(1, (at.depth if k == "layers" else at.width) + 1) for k in indices.values()]
        for values in pairs(*ranges):
            env = dict(zip(indices, values, strict=True))
            try:
                results = [at.value(e, env) for e in trees]
                if s.kind == "linear" and not any(at.value(s.parts[0], env)):
                    results = []
            except (Undefined, ZeroDivisionError):
                continue
            if any(any(r) for r in results):
                found.append((at, env))
                break
        if len(found) >= 4:
            break
    return found


# --- true statements
# --------------------------------------------------------------------------------------------------

U, V_, W_, G_, PL = ("u", "l", "i"), ("u", "m", "i"), ("w", "i"), ("g", "i"), ("P", "l", "i")


def _square(x: Tree) -> Tree:
    return ("^", x, 2)


def _balance(rng: Random) -> Statement:
    i = rng.choice(["i", "i", 1])
    gap = ("-", _square(("u", rng.choice(["l", 1]), i)), _square(("u", "m", i)))
    q = rng.choice(
        [
            gap,
            prod(num(rng.choice([2, -3, Fraction(1, 2)])), gap),
            prod(gap, gap),
            ("neg", gap),
            ("^", gap, 3),
        ]
    )
    if i == "i" and rng.random() < 0.4:
        q = total("i", q)
    if rng.random() < 0.35:
        k = ("const", "kappa")
        rate = rng.choice([prod(num(-2), k), ("-", ("neg", k), k), ("neg", ("+", k, k))])
        return Statement(
            "linear",
            (gap if i != "i" or rng.random() < 0.5 else total("i", gap), rate),
            decay=True,
            family="balance",
        )
    return Statement("conserved", (q,), family="balance")


def _norms(rng: Random) -> Statement:
    norm = total("i", _square(U))
    d = rng.choice([0, 0, 1, 2, 3])
    if d == 0 and rng.random() < 0.6:
        q = rng.choice(
            [norm, prod(num(3), norm), prod(norm, norm), ("+", norm, total("i", _square(V_)))]
        )
        return Statement("conserved", (q,), ("euler 0",), family="norms")
    return Statement(
        "equation",
        (("D", norm), prod(num(-2 * d), ("J",)) if d else num(0)),
        (f"euler {d}",),
        family="norms",
    )


def _quasi(rng: Random) -> Statement:
    q = total("i", ("q", "i"))
    if rng.random() < 0.6:
        q = rng.choice([q, prod(num(2), q), prod(q, q)])
        return Statement("conserved", (q,), ("euler 0", "balance"), family="quasi")
    turn = rng.random()
    if turn < 0.5:
        return Statement(
            "equation", (("D", ("q", "i")), prod(num(-2), W_, G_)), ("balance",), family="quasi"
        )
    return Statement(
        "equation", (("pow", ("q", "i"), ("const", "L")), _square(W_)), (), family="quasi"
    )


def _flow(rng: Random) -> Statement:
    cases = [
        (("D", U), ("neg", prod(PL, G_))),
        (prod(U, PL), W_),
        (("D", W_), ("neg", prod(G_, total("l", _square(PL), "layers")))),
        (
            ("D", ("J",)),
            ("neg", total("i", prod(_square(G_), total("l", _square(PL), "layers")))),
        ),
        (("D", _square(U)), prod(num(-2), W_, G_)),
        (("D", total("i", _square(U))), prod(num(-2), total("i", prod(W_, G_)))),
        (
            total("i", total("l", _square(U), "layers")),
            total("l", total("i", _square(U)), "layers"),
        ),
        (("D", prod(U, V_)), ("+", prod(("D", U), V_), prod(U, ("D", V_)))),
        (prod(("-", U, V_), ("+", U, V_)), ("-", _square(U), _square(V_))),
        (("D", prod(("const", "c"), _square(U))), prod(num(-2), ("const", "c"), W_, G_)),
    ]
    l, r = rng.choice(cases)
    return Statement("equation", (l, r), family="flow")


def _step(rng: Random) -> Statement:
    eta = ("const", "eta")
    moved = ("-", U, prod(eta, PL, G_))
    cases = [
        (("next", U), moved),
        (
            ("next", _square(U)),
            (
                "+",
                ("-", _square(U), prod(num(2), eta, W_, G_)),
                prod(_square(eta), _square(PL), _square(G_)),
            ),
        ),
        (("next", prod(num(2), U)), prod(num(2), moved)),
        (
            ("-", ("next", _square(U)), _square(U)),
            ("-", prod(_square(eta), _square(PL), _square(G_)), prod(num(2), eta, W_, G_)),
        ),
    ]
    l, r = rng.choice(cases)
    if rng.random() < 0.3:
        l, r = total("i", l), total("i", r)
    return Statement("equation", (l, r), step=True, family="step")


_FAMILIES = (_balance, _balance, _norms, _quasi, _flow, _flow, _step)


# --- one edit
# --------------------------------------------------------------------------------------------------


def edits(e: Tree) -> list[Tree]:
    found: list[Tree] = []
    match e:
        case ("num", q):
            found += [num(q + 1), num(-q), num(q / 2)] if q else [num(1)]
        case ("u", l, i):
            found += [("u", "m" if l == "l" else "l", i), ("P", l, i), ("neg", e)]
        case ("P", l, i):
            found += [("u", l, i)]
        case ("w", i):
            found += [("g", i), ("q", i)]
        case ("g", i):
            found += [("w", i), ("neg", e)]
        case ("q", i):
            found += [("w", i), ("^", e, 2)]
        case ("const", x):
            found += [("neg", e), num(1)]
        case ("+", a, b):
            found += [("-", a, b), a]
        case ("-", a, b):
            found += [("+", a, b), a]
        case ("neg", a):
            found += [a]
        case ("*", a, b):
            found += [a, b]
        case ("^", a, n):
            found += [("^", a, n + 1), a]
        case ("pow", a, b):
            found += [a]
        case ("sum", _, _, a):
            found += [a] if not free(a) else []
        case ("D", a):
            found += [a]
    for place, x in enumerate(e):
        if place and isinstance(x, tuple):
            found += [(*e[:place], y, *e[place + 1 :]) for y in edits(x)]
    return [y for y in found if y != e]


def edited(s: Statement, rng: Random) -> Statement:
    turn = rng.random()
    if turn < 0.25 and s.given:
        gone = rng.choice(s.given)
        return replace(s, given=tuple(g for g in s.given if g != gone))
    if turn < 0.32 and not s.step:
        return replace(s, decay=not s.decay)
    n = rng.randrange(len(s.parts))
    return replace(s, parts=(*s.parts[:n], rng.choice(edits(s.parts[n])), *s.parts[n + 1 :]))


def draw(rng: Random) -> Draw:
    s = rng.choice(_FAMILIES)(rng)
    if rng.random() < 0.45:
        bad = failures(s, rng, 6)
        if bad:
            raise SlipOfOurs(f"{s.family}: {written(s)}\n{told(bad[0])}")
        return _draw(s, TRUE, [], False)
    for _ in range(5):
        e = edited(s, rng)
        bad = failures(e, rng)
        if bad:
            return _draw(e, FALSE, bad, True)
    return _draw(e, UNKNOWN, [], True)


def _draw(s: Statement, truth: str, bad: list, near: bool) -> Draw:
    return Draw(
        written(s), truth, s.family, near, told(bad[0]) if bad else "", {"statement": s, "bad": bad}
    )


def told(bad: tuple[Place, dict]) -> str:
    at, env = bad
    loss = (at.loss[0], [str(x) for x in at.loss[1]], str(at.loss[2]))
    return (
        f"u = {[[str(x) for x in row] for row in at.u]}, loss {loss}, {env},"
        f" { {k: str(v) for k, v in at.constants.items()} }"
    )


def written(s: Statement) -> str:
    lines = [
        HEAD + "from verify.terms.expr import J, P, after, const, dot, g, num, q, total, u, w",
        "from verify.claims.conclusions import Conserved, Equation, LinearLaw",
        "from verify.claims.hypotheses import Balanced, DepthAtLeast, Homogeneous, NonZero",
        "from verify.models.flow import Flow, Step",
    ]
    made: dict[str, Any] = {"balance": "Balanced()", "nonzero": "NonZero()"}
    given = [
        f"Homogeneous.of({g.split()[1]})"
        if g.startswith("euler")
        else made.get(g) or f"DepthAtLeast(bound={g.split()[1]})"
        for g in s.given
    ]
    setting = "Step()" if s.step else f"Flow(decay={'kappa' if s.decay else None!r})"
    name = {"conserved": "Conserved", "linear": "LinearLaw", "equation": "Equation"}[s.kind]
    parts = ", ".join(map(source, s.parts))
    return (
        "\n".join(lines)
        + "\n"
        + claim(setting, f"({''.join(g + ', ' for g in given)})", f"{name}({parts})")
    )
