"""Scalar terms as nested tuples: their Python source, their value at exact states, their
derivative, and one edit of them.

Heads: ("num", q) ("name", x) ("+", a, b) ("-", a, b) ("neg", a) ("*", a, b) ("/", a, b) ("^", a, n)
("D", a) ("part", x, a).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from attack.series import (
    Series,
    Undefined,
    grown,
    inverse,
    plus,
    raised,
    rational_power,
    slope,
    times,
    whole,
)
from attack.trees import Tree, num, number, prod, walk

_TERMS = 3  # of a series: enough for two derivatives and a step more


def name(x: str) -> Tree:
    return ("name", x)


def source(e: Tree) -> str:
    """As Python; numbers are wrapped only where Python would not lift them."""
    match e:
        case ("num", q):
            return number(q)
        case ("name", x):
            return f"v_{x}"
        case ("neg", a):
            return f"(-{source(a)})"
        case ("^", a, n):
            return f"({source(a)} ** {n})"
        case ("D", a):
            return f"dot({source(a)})"
        case ("part", x, a):
            return f"partial({x!r}, {source(a)})"
    return f"({source(e[1])} {e[0]} {source(e[2])})"


def names(e: Tree) -> set[str]:
    return {x[1] for x in walk(e) if x[0] == "name"}


@dataclass(frozen=True)
class Setting:
    """``letters`` with signs "", ">", "!="; ``atoms``: (kind, name, of, extra), extra the degree of
    a root, the exponent of a power.
    """

    letters: tuple[tuple[str, str], ...]
    atoms: tuple[tuple, ...] = ()
    rates: dict[str, Tree] = field(default_factory=dict)

    def names(self) -> list[str]:
        return [x for x, _ in self.letters] + [a[1] for a in self.atoms]


@dataclass(frozen=True)
class State:
    """Exact values; ``free`` stands for exponentials of numbers other than 0: any positive number
    will do, for they are transcendental; ``still`` are letters that are zero and stay so (proved by
    ``stays``); at ``rest`` nothing moves at all.
    """

    letters: dict[str, Fraction]
    free: dict[str, Fraction]
    still: frozenset[str] = frozenset()
    rest: bool = False


class Along:
    """The solution through a state, as series; or the line along which one letter moves."""

    def __init__(self, setting: Setting, state: State, by: str = "") -> None:
        self.setting, self.state, self.by = setting, state, by
        moved = {by: num(1)} if by else setting.rates
        for x, sign in setting.letters:
            v = state.letters[x]
            if (sign == ">" and v <= 0) or (sign == "!=" and v == 0):
                raise Undefined(f"{x} = {v}")
        self.rest = not by and (state.rest or not setting.rates)
        self.gone = set() if by else set(state.still)
        values: dict[str, Series] = {x: [v] for x, v in state.letters.items()}
        if self.rest:
            self.values = self._with_atoms(
                {x: [v] + [Fraction(0)] * _TERMS for x, v in state.letters.items()}
            )
            if any(self.value(e)[0] for e in setting.rates.values()):
                raise Undefined("something moves")
            return
        for n in range(1, _TERMS + 1):
            known = self._with_atoms(values)
            fresh = {
                x: self.value(e, known)[n - 1] / n if x not in state.still else Fraction(0)
                for x, e in moved.items()
            }
            values = {x: [*s, fresh.get(x, Fraction(0))] for x, s in values.items()}
        self.values = self._with_atoms(values)

    def _with_atoms(self, letters: dict[str, Series]) -> dict[str, Series]:
        known = dict(letters)
        for kind, x, of, extra in self.setting.atoms:
            inside = self.value(of, known)
            if kind == "let":
                known[x] = inside
            elif kind == "exp":
                known[x] = grown(inside, Fraction(1) if not inside[0] else self.state.free[x])
            elif kind == "power":
                e = self.value(extra, known)
                if inside[0] <= 0:
                    raise Undefined(f"{x} of {inside[0]}")
                known[x] = raised(inside, e[0], rational_power(inside[0], e[0]))
            else:
                known[x] = self._root(x, of, inside, extra)
        return known

    def _root(self, x: str, of: Tree, inside: Series, degree: int) -> Series:
        """Of the zero series only where it is zero for ever; a zero that moves has no series."""
        if not any(inside) and (self.rest or _poly(of, self.gone) == {}):
            self.gone.add(x)
            return inside
        if inside[0] <= 0:
            raise Undefined("a radicand that is negative, or zero for one moment")
        return raised(inside, Fraction(1, degree), rational_power(inside[0], Fraction(1, degree)))

    def value(self, e: Tree, known: dict[str, Series] | None = None) -> Series:
        known = self.values if known is None else known
        match e:
            case ("num", q):
                return [q] + [Fraction(0)] * _TERMS
            case ("name", x):
                return known[x]
            case ("neg", a):
                return [-x for x in self.value(a, known)]
            case ("+", a, b):
                return plus(self.value(a, known), self.value(b, known))
            case ("-", a, b):
                return plus(self.value(a, known), self.value(b, known), -1)
            case ("*", a, b):
                return times(self.value(a, known), self.value(b, known))
            case ("/", a, b):
                return times(self.value(a, known), inverse(self.value(b, known)))
            case ("^", a, n):
                return whole(self.value(a, known), n)
            case ("D", a):
                return slope(self.value(a, known))
            case ("part", x, a):
                return Along(self.setting, replace(self.state, still=frozenset()), x).value(
                    ("D", a)
                )[:1]
        raise ValueError(e[0])


def derivative(e: Tree, slopes: Callable[[str], Tree]) -> Tree:
    """Written out; ``slopes`` gives that of a name."""

    def d(e: Tree) -> Tree:
        match e:
            case ("num", _):
                return num(0)
            case ("name", x):
                return slopes(x)
            case ("neg", a):
                return ("neg", d(a))
            case ("+" | "-", a, b):
                return tidy((e[0], d(a), d(b)))
            case ("*", a, b):
                return tidy(("+", tidy(("*", d(a), b)), tidy(("*", a, d(b)))))
            case ("/", a, b):
                return tidy(
                    ("/", tidy(("-", tidy(("*", d(a), b)), tidy(("*", a, d(b))))), ("^", b, 2))
                )
            case ("^", a, n):
                return tidy(("*", tidy(("*", num(n), ("^", a, n - 1) if n != 1 else num(1))), d(a)))
        raise ValueError(e[0])

    return d(e)


def tidy(e: Tree) -> Tree:
    """Zeros and ones dropped, nothing else."""
    zero, one = num(0), num(1)
    match e:
        case ("*", a, b):
            return zero if zero in (a, b) else b if a == one else a if b == one else e
        case ("+", a, b):
            return b if a == zero else a if b == zero else e
        case ("-", a, b):
            return a if b == zero else ("neg", b) if a == zero else e
        case ("/", a, _):
            return zero if a == zero else e
    return e


def slopes_of(setting: Setting) -> Callable[[str], Tree]:
    """r' = of'/(n r^(n-1)), a' = e a of'/of, E' = E of'."""
    atoms = {a[1]: a for a in setting.atoms}

    def of(x: str) -> Tree:
        if x not in atoms:
            return setting.rates.get(x, num(0))
        kind, _, inside, extra = atoms[x]
        moved = derivative(inside, of)
        if kind == "let":
            return moved
        if kind == "exp":
            return tidy(("*", name(x), moved))
        if kind == "power":
            return tidy(("/", prod(extra, name(x), moved), inside))
        return tidy(("/", moved, ("*", num(extra), ("^", name(x), extra - 1))))

    return of


def stays(setting: Setting, zeros: frozenset[str]) -> bool:
    """Do these letters stay zero once they are? Their rates vanish there as polynomials in
    everything else.
    """
    gone = set(zeros)
    for kind, x, of, _ in setting.atoms:
        if kind == "root":
            p = _poly(of, gone)
            if p is None:
                return False
            if not p:
                gone.add(x)
    return all(_poly(setting.rates.get(x, num(0)), gone) == {} for x in zeros)


def polynomial(e: Tree) -> dict | None:
    """{sorted (name, exponent): coefficient}, or None where it is none."""
    return _poly(e, set())


def _poly(e: Tree, gone: set[str]) -> dict | None:
    """{sorted names with exponents: coefficient}; None where it is no polynomial."""
    match e:
        case ("num", q):
            return {(): q} if q else {}
        case ("name", x):
            return {} if x in gone else {((x, 1),): Fraction(1)}
        case ("neg", a):
            return _poly(("*", num(-1), a), gone)
        case ("+" | "-", a, b):
            p, q = _poly(a, gone), _poly(b, gone)
            if p is None or q is None:
                return None
            found = dict(p)
            for key, c in q.items():
                found[key] = found.get(key, Fraction(0)) + (c if e[0] == "+" else -c)
            return {key: c for key, c in found.items() if c}
        case ("*", a, b):
            p, q = _poly(a, gone), _poly(b, gone)
            return None if p is None or q is None else _times(p, q)
        case ("^", a, n) if n >= 0:
            p, found = _poly(a, gone), {(): Fraction(1)}
            for _ in range(n):
                found = found if p is None else _times(found, p)
            return None if p is None else found
    return None


def _times(p: dict, q: dict) -> dict:
    found: dict = {}
    for a, c in p.items():
        for b, d in q.items():
            powers = dict(a)
            for x, n in b:
                powers[x] = powers.get(x, 0) + n
            key = tuple(sorted(powers.items()))
            found[key] = found.get(key, Fraction(0)) + c * d
    return {key: c for key, c in found.items() if c}


def edits(e: Tree, others: list[str]) -> list[Tree]:
    """Every tree that differs in one place: a number, an exponent, a sign, a name, a factor
    dropped.
    """
    found: list[Tree] = []
    match e:
        case ("num", q):
            found += [num(q + 1), num(q - 1), num(-q), num(q / 2)]
        case ("name", x):
            found += [name(y) for y in others if y != x] + [("neg", e)]
        case ("+", a, b):
            found += [("-", a, b), a, b]
        case ("-", a, b):
            found += [("+", a, b)]
        case ("neg", a):
            found += [a]
        case ("*", a, b):
            found += [a, b, ("+", a, b)]
        case ("^", a, n):
            found += [("^", a, n + 1), ("^", a, n - 1), a]
        case ("D", a):
            found += [a]
    for place, x in enumerate(e):
        if place and isinstance(x, tuple):
            found += [(*e[:place], y, *e[place + 1 :]) for y in edits(x, others)]
    return [y for y in found if y != e]


def drawn(rng: Random, letters: list[str], size: int) -> Tree:
    """A polynomial-like term of about this size."""
    if size <= 1 or not letters:
        return (
            name(rng.choice(letters))
            if letters and rng.random() < 0.75
            else num(rng.choice([1, 2, 3, -1, -2, Fraction(1, 2)]))
        )
    head = rng.choice("++-***^n")
    if head == "^":
        return ("^", drawn(rng, letters, 1 + (size > 3)), rng.choice([2, 2, 3]))
    if head == "n":
        return ("neg", drawn(rng, letters, size - 1))
    left = rng.randint(1, size - 1)
    return (head, drawn(rng, letters, left), drawn(rng, letters, size - left))
