"""The independent reader of certificates: ``python -I -S verify/check.py FILE`` (0 accepted, 1 refused, 2 not a certificate).

Standard library only; nothing of this project is imported. From the inputs in a certificate (``proofs/certificates/FORMAT.md``)
it rebuilds the vector field of the diagonal network, the relations of the hypotheses and the obligations of the conclusions,
verifies them for every depth and width at once, or at one exact point, and states in its own words what it verified.

Read in this order: expressions; sums over generic coordinates and layers; the model; rational functions; numbers and jets;
the flow at a point; certificates. Whatever is not understood is refused.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice, permutations, product
from math import isqrt, prod

ZERO, ONE = Fraction(0), Fraction(1)
NUMBER = re.compile(r"-?[0-9]{1,200}(/[0-9]{1,200})?", re.ASCII)
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}", re.ASCII)
ATOMS = {"u": "lc", "P": "lc", "R": "llc", "w": "c", "g": "c", "q": "c", "S_B": "cc", "S_W": "cc", "V": "cc"}
KINDS = {"l": "layers", "c": "coordinates"}
RESERVED = {*ATOMS, "J", "D", "sum", "prod", "max", "min", "start", "next"}
MOST_NODES, MOST_NESTING, MOST_WORK, MOST_BITS, MOST_EXPONENT, MOST_SIZE = 400_000, 120, 3_000_000, 60_000, 1000, 64
BITS = 192  # of the enclosures


class NotACertificate(Exception):
    """Not JSON, not an object, or without this format and version."""


class Refused(Exception):
    """A certificate that does not hold, or that cannot be verified within the limits."""


_work = [0]


def spend(amount: int = 1) -> None:
    """Work is bounded, so that no certificate can keep its reader busy for long."""
    _work[0] += amount
    if _work[0] > MOST_WORK:
        raise Refused("the certificate needs more work than this checker does")


def need(condition: object, reason: str) -> None:
    if not condition:
        raise Refused(reason)


def fields(data: object, where: str, required: str, optional: str = "") -> dict:
    """An object with exactly these keys."""
    need(isinstance(data, dict), f"{where} is not an object")
    missing, extra = set(required.split()) - {*data}, {*data} - {*required.split(), *optional.split()}  # type: ignore[misc]
    need(not missing and not extra, f"{where}: missing {sorted(missing)}, unknown {sorted(map(str, extra))}")
    return data  # type: ignore[return-value]


def integer(x: object, low: int, high: int, what: str) -> int:
    need(type(x) is int and low <= x <= high, f"{what} must be an integer from {low} to {high}")
    return x  # type: ignore[return-value]


def rational(x: object, what: str) -> Fraction:
    need(isinstance(x, str) and NUMBER.fullmatch(x), f"{what} must be a rational number in quotes, of at most 200 digits")
    top, _, bottom = x.partition("/")  # type: ignore[attr-defined]
    need(int(bottom or 1), f"{what} has denominator 0")
    return Fraction(int(top), int(bottom or 1))


def name(x: object, what: str) -> str:
    need(isinstance(x, str) and NAME.fullmatch(x), f"{what} must be a name")
    return x  # type: ignore[return-value]


# --- expressions: nested tuples; ("num", 3/4), ("at", "u", "l", "i"), ("^", base, (a, b)) for base^(a + b L), ... ------------------


def num(x: int | Fraction) -> tuple:
    return ("num", Fraction(x))


def minus(x: tuple, y: tuple) -> tuple:
    return ("+", x, ("*", num(-1), y))


def power(x: tuple, a: int, b: int = 0) -> tuple:
    return ("^", x, (Fraction(a), Fraction(b)))


def walk(e: tuple):
    """Every node of an expression."""
    yield e
    for x in e[1:]:
        if isinstance(x, tuple) and x and isinstance(x[0], str):
            yield from walk(x)


def has(e: tuple, *heads: str) -> bool:
    return any(x[0] in heads for x in walk(e))


def derivatives(e: tuple) -> int:
    """How many D are nested."""
    return (e[0] == "D") + max((derivatives(x) for x in e[1:] if isinstance(x, tuple) and isinstance(x[0], str)), default=0)


@dataclass
class Reader:
    """Reads expressions of one sentence and remembers what they mention."""

    constants: frozenset[str]
    kind: str = "flow"
    used: set[str] = field(default_factory=set)
    free: dict[str, str] = field(default_factory=dict)
    pairs: set[frozenset] = field(default_factory=set)
    layer: int = 1  # the largest layer and coordinate named by a number
    coordinate: int = 1

    def read(self, x: object, bound: dict[str, str] | None = None) -> tuple:
        bound = bound or {}
        if isinstance(x, str):
            return num(rational(x, "a number in an expression"))
        need(isinstance(x, list) and x and isinstance(x[0], str), "an expression is a rational in quotes or a list with a head")
        head, *args = x  # type: ignore[misc]
        if head in ("+", "*"):
            need(args, f"'{head}' without arguments")
            return (head, *[self.read(a, bound) for a in args])
        if head in ("sum", "prod", "max", "min"):
            need(len(args) == 3 and args[1] in KINDS.values(), f"'{head}' takes a variable, coordinates or layers, and a body")
            need(name(args[0], "an index") not in bound, f"the index {args[0]} is bound twice")
            return (head, args[0], args[1], self.read(args[2], {**bound, args[0]: args[1]}))
        if head == "at":
            return self.atom(args, bound)
        if head == "const":
            need(len(args) == 1 and args[0] in self.constants, f"{args} is not a declared constant")
            self.used.add(args[0])
        elif head == "form":
            need(len(args) == 2 and args[0] in ("quad", "lin"), "a form is quad or lin, and a name")
            name(args[1], "a form")
        elif head == "^":
            need(len(args) == 2, "'^' takes a base and an exponent")
            return ("^", self.read(args[0], bound), affine(self.read(args[1])))
        elif head in ("abs", "log", "exp", "D", "next", "start", "euler"):
            need(len(args) == 1, f"'{head}' takes one argument")
            need(self.kind == "flow" or head not in ("D", "start"), f"'{head}' belongs to a flow, the setting is a step")
            need(self.kind == "step" or head != "next", "'next' belongs to a step, the setting is a flow")
            return (head, self.read(args[0], bound))
        else:
            need(head == "loss" and not args, f"unknown expression '{head[:20]}'")
        return (head, *args)

    def atom(self, args: list, bound: dict[str, str]) -> tuple:
        need(args and isinstance(args[0], str) and args[0] in ATOMS, f"unknown atom {str(args[:1])[:40]}")
        need(len(args) == 1 + len(ATOMS[args[0]]), f"{args[0]} takes {len(ATOMS[args[0]])} indices")
        for letter, index in zip(ATOMS[args[0]], args[1:], strict=True):
            kind = KINDS[letter]
            if isinstance(index, str):
                known = bound.get(name(index, "an index")) or self.free.setdefault(index, kind)
                need(known == kind, f"the index {index} stands for {known} and for {kind}")
            else:
                largest = "layer" if letter == "l" else "coordinate"
                setattr(self, largest, max(getattr(self, largest), integer(index, 1, MOST_SIZE, "an index")))
        if args[0] == "R":
            need(args[1] != args[2] and not {*args[1:3]} & {*bound}, "R needs two different layers that no sum binds")
            self.pairs.add(frozenset(args[1:3]))
        return ("at", *args)


def affine(e: tuple) -> tuple[Fraction, Fraction]:
    """An exponent a + b L as (a, b)."""
    a, b = ZERO, ZERO
    if e[0] == "num":
        a = e[1]
    elif e == ("const", "L"):
        b = ONE
    elif e[0] == "+":
        parts = [affine(x) for x in e[1:]]
        a, b = sum((p[0] for p in parts), ZERO), sum((p[1] for p in parts), ZERO)
    elif e[0] == "*":
        a = ONE
        for c, d in map(affine, e[1:]):
            need(not (b and d), "an exponent is affine in L")
            a, b = a * c, a * d + b * c
    else:
        need(e[0] == "^" and e[1][0] == "num" and e[1][1] and e[2][1] == 0 and whole(e[2][0]), "an exponent is affine in L")
        need(abs(e[2][0]) <= 8, "an exponent that is too large")
        a = e[1][1] ** int(e[2][0])
    need(all(max(abs(x.numerator), x.denominator) <= MOST_EXPONENT for x in (a, b)), "an exponent that is too large")
    return (a, b)


def whole(x: Fraction) -> bool:
    return x.denominator == 1


def exponent_words(a: Fraction, b: Fraction) -> str:
    slope = {ZERO: "", ONE: "L", -ONE: "-L"}.get(b, f"{b} L")
    text = f"{slope} {'-' if a < 0 else '+'} {abs(a)}" if slope and a else slope or str(a)
    return text if re.fullmatch(r"[0-9]+|L", text) else f"({text})"


def words(e: tuple) -> str:
    """An expression as people write it."""
    head, *args = e
    if head == "num":
        return str(args[0]) if args[0] >= 0 and whole(args[0]) else f"({args[0]})"
    if head == "at":
        return f"{args[0]}_{','.join(map(str, args[1:]))}" if len(args) > 2 else f"{args[0]}_{args[1]}"
    if head in ("+", "*"):
        return f"({' + '.join(map(words, args))})" if head == "+" else " ".join(map(words, args))
    if head == "^":
        inner = words(args[0])
        return (inner if args[0][0] in ("at", "const", "num", "+") else f"({inner})") + "^" + exponent_words(*args[1])
    if head in ("sum", "prod", "max", "min"):
        return f"({head}_{{{args[0]} over {args[1]}}} {words(args[2])})"
    if head in ("const", "loss"):
        return args[0] if args else "J"
    if head == "form":
        return f"(w'{args[1]} w)" if args[0] == "quad" else f"({args[1]}'w)"
    return f"{head}({words(args[0])})"


# --- sums over generic coordinates and layers: a term is (coefficient, {bound variable: kind}, {atom: (a, b)}) ---------------------
# A bound variable is a negative integer. Laws used: sums are linear, bound variables may be renamed, a factor without the bound
# variable leaves its sum. Hence equal keys mean equal values for every n and L.

_fresh = [0]


def fresh() -> int:
    _fresh[0] -= 1
    return _fresh[0]


def attach(factors: dict, atom: tuple, a: Fraction, b: Fraction = ZERO) -> None:
    """factors *= atom^(a + b L)."""
    old = factors.pop(atom, (ZERO, ZERO))
    if (new := (old[0] + a, old[1] + b)) != (ZERO, ZERO):
        factors[atom] = new


def join(s: tuple, t: tuple) -> tuple:
    """Product of two terms that share their bound variables."""
    spend(4 + len(s[2]) + len(t[2]))
    factors = dict(s[2])
    for atom, (a, b) in t[2].items():
        attach(factors, atom, a, b)
    return (s[0] * t[0], {**s[1], **t[1]}, factors)


def times(s: tuple, t: tuple) -> tuple:
    """Product of two terms; (sum a)(sum b) is a double sum, so the bound variables of the second are renamed."""
    new = {v: fresh() for v in t[1]}
    factors = {(k[0], *[new.get(x, x) for x in k[1:]]): e for k, e in t[2].items()}
    return join(s, (t[0], {new[v]: kind for v, kind in t[1].items()}, factors))


def key_of(bound: dict, factors: dict) -> tuple:
    """Parts connected by bound variables, each under its smallest labelling; an unused variable sums to n or L."""
    parts: list[tuple[set, list]] = []
    scalars, unused = {}, set(bound)
    for atom, e in factors.items():
        mine = {x for x in atom[1:] if x in bound}
        unused -= mine
        if not mine:
            scalars[atom] = e
            continue
        near = [p for p in parts if p[0] & mine]
        parts = [p for p in parts if not p[0] & mine]
        parts.append((mine.union(*(p[0] for p in near)), [(atom, e), *(x for p in near for x in p[1])]))
    for v in unused:
        attach(scalars, ("const", "n" if bound[v] == "coordinates" else "L"), ONE)
    return (tuple(sorted(map(repr, scalars.items()))), tuple(sorted(labelled(v, p, bound) for v, p in parts)))


def labelled(variables: set, part: list, bound: dict) -> tuple:
    groups = [[v for v in sorted(variables) if bound[v] == kind] for kind in ("coordinates", "layers")]
    need(max(map(len, groups)) <= 6, "more than 6 sums of one kind in one product")
    best: tuple = ()
    for p, r in product(permutations(groups[0]), permutations(groups[1])):
        spend(len(part))
        to = {v: f"#c{s}" for s, v in enumerate(p)} | {v: f"#l{s}" for s, v in enumerate(r)}
        form = tuple(sorted(repr((k[0], [to.get(x, x) for x in k[1:]], e)) for k, e in part))
        best = min(best, form) if best else form
    return best


@dataclass(frozen=True)
class Algebra:
    """Normal forms over the relations of a model."""

    model: Model

    def normal(self, e: tuple) -> dict:
        """Empty only if the expression is zero for every size."""
        return {k: c for k, (c, _) in self.collect(self.terms(e, {})).items()}

    def collect(self, terms: list) -> dict:
        """{key: (coefficient, one term with this key)}"""
        found: dict = {}
        for c, bound, factors in terms:
            factors = self.model.tidy(factors)
            key = key_of(bound, self.model.reduce(factors))
            found[key] = (found[key][0] + c if key in found else c, (bound, factors))
        return {k: v for k, v in found.items() if v[0]}

    def terms(self, e: tuple, scope: dict) -> list:
        head, *args = e
        spend()
        if head == "num":
            return [(args[0], {}, {})] if args[0] else []
        if head in ("const", "at", "loss"):
            indices = [scope.get(x, x) for x in args[1:]]
            return self.atom(("J",) if head == "loss" else e if head == "const" else (args[0], *indices))
        if head == "+":
            return [t for x in args for t in self.terms(x, scope)]
        if head == "*":
            return self.product([self.terms(x, scope) for x in args])
        if head == "^":
            return self.power(self.terms(args[0], scope), *args[1])
        if head == "sum":
            new = fresh()
            inner = self.terms(args[2], {**scope, args[0]: new})
            return [(c, {**bound, new: args[1]}, f) for c, bound, f in inner]
        if head in ("D", "next"):
            inner = [(c, *t) for c, t in self.collect(self.terms(args[0], scope)).values()]
            return [s for t in inner for s in (self.derive(t) if head == "D" else self.step(t))]
        raise Refused(f"'{head}' has no normal form for every size")

    def atom(self, atom: tuple, a: Fraction = ONE, b: Fraction = ZERO) -> list:
        need(self.model.allows(atom, a, b), f"{atom[0]}^{exponent_words(a, b)} is not defined wherever the statement speaks")
        return [(ONE, {}, {atom: (a, b)} if a or b else {})]

    def product(self, groups: list) -> list:
        result = [(ONE, {}, {})]
        for group in groups:
            result = [times(s, t) for s, t in product(result, group)]
        return result

    def power(self, base: list, a: Fraction, b: Fraction) -> list:
        if b == 0 and whole(a) and 0 <= a <= 64:
            return self.product([base] * int(a))
        single = len(base) == 1 and base[0][0] == 1 and not base[0][1] and list(base[0][2].values()) == [(ONE, ZERO)]
        need(single, "only one atom can carry a negative, large or symbolic exponent")
        return self.atom(next(iter(base[0][2])), a, b)

    def derive(self, term: tuple) -> list:
        """Product rule along the flow."""
        result = []
        for atom, (a, b) in term[2].items():
            inner = self.terms(self.model.derivative(atom), {})
            rest = dict(term[2])
            attach(rest, atom, -ONE)
            left = rest.get(atom, (ZERO, ZERO))
            need(
                not inner or self.model.allows(atom, *left), f"the derivative of {atom[0]}^{exponent_words(a, b)} divides by {atom[0]}"
            )
            front = [(term[0] * a, term[1], rest), join((term[0] * b, term[1], rest), (ONE, {}, {("const", "L"): (ONE, ZERO)}))]
            result += [join(f, t) for f, t in product(front, inner) if f[0]]
        return result

    def step(self, term: tuple) -> list:
        result = [(term[0], term[1], {})]
        for atom, (a, b) in term[2].items():
            factor = self.power(self.terms(self.model.stepped(atom), {}), a, b)
            result = [join(s, t) for s, t in product(result, factor)]
        return result


# --- the diagonal network w = u_1 * ... * u_L, u_l' = -P_l g (- kappa u_l), and its relations --------------------------------------


def at(letter: str, *indices: object) -> tuple:
    return ("at", letter, *indices)


def coordinates_sum(body: tuple, index: str = "i'") -> tuple:
    return ("sum", index, "coordinates", body)  # a name with a prime occurs in no certificate


EULER = coordinates_sum(("*", at("w", "i'"), at("g", "i'")))


@dataclass(frozen=True)
class Model:
    """What is assumed: balance (u_l^2 = q), w != 0, L >= least, decay kappa; the two layers of R, which differ."""

    balanced: bool = False
    nonzero: bool = False
    least: int = 1
    decay: bool = False
    pair: tuple = ()

    def allows(self, atom: tuple, a: Fraction, b: Fraction) -> bool:
        """Is atom^(a + b L) defined wherever the statement speaks?"""
        if atom[0] == "q":
            return self.nonzero or (b >= 0 and a + b * self.least >= 0)
        signed = atom in (("const", "L"), ("const", "n")) or (atom[0] == "w" and self.nonzero)
        return b == 0 and whole(a) and (a >= 0 or signed)

    def derivative(self, atom: tuple) -> tuple:
        letter, i = atom[0], atom[-1]
        if letter in ("const", "S_B", "S_W", "V"):
            return num(0)
        if letter == "J":
            return coordinates_sum(("*", at("g", "i'"), self.derivative(("w", "i'"))))
        if letter == "u":
            return self.decaying(("*", num(-1), at("P", *atom[1:]), at("g", i)), atom, num(1))
        if letter == "w":
            squares = ("sum", "l'", "layers", power(at("P", "l'", i), 2))
            return self.decaying(("*", num(-1), at("g", i), squares), atom, ("const", "L"))
        need(letter == "q", f"{letter} has no entry in the vector field, so D of it has no normal form")
        if self.balanced:
            return self.decaying(("*", num(-2), at("w", i), at("g", i)), atom, num(2))
        need(self.nonzero, "q = |w|^(2/L) has a derivative only under balance or w != 0")
        return ("*", num(2), power(("const", "L"), -1), at("q", i), power(at("w", i), -1), self.derivative(("w", i)))

    def decaying(self, gain: tuple, atom: tuple, rate: tuple) -> tuple:
        return minus(gain, ("*", rate, ("const", "kappa"), at(*atom))) if self.decay else gain

    def stepped(self, atom: tuple) -> tuple:
        """u_l - eta P_l g; constants stay; nothing else has a value after a step here."""
        if atom[0] == "const":
            return atom
        if atom[0] in ("S_B", "S_W", "V"):
            return at(*atom)
        need(atom[0] == "u", f"'next' of {atom[0]} has no normal form for every size: state it in u")
        return minus(at(*atom), ("*", ("const", "eta"), at("P", *atom[1:]), at("g", atom[-1])))

    def tidy(self, factors: dict) -> dict:
        """P_l = u_m R and P_m = u_l R; u_l u_m R = w; u_l P_l = w; balanced P_l^2 = q^(L-1)."""
        out: dict = {}
        for atom, (a, b) in factors.items():
            if atom[0] == "R":
                attach(out, ("R", *self.pair, atom[3]), a, b)
            elif atom[0] == "P" and atom[1] in self.pair:
                attach(out, ("u", self.pair[1 - self.pair.index(atom[1])], atom[2]), a, b)
                attach(out, ("R", *self.pair, atom[2]), a, b)
            elif atom[0] == "P" and self.balanced:
                attach(out, atom, a % 2)
                attach(out, ("q", atom[2]), -(a // 2), Fraction(a // 2))
            else:
                attach(out, atom, a, b)
        for atom in [x for x in out if x[0] in ("R", "P")]:
            i, layers = atom[-1], self.pair if atom[0] == "R" else atom[1:2]
            group = [atom, *(("u", x, i) for x in layers)]
            count = min(out.get(x, (ZERO, ZERO))[0] for x in group)
            for x in group:
                attach(out, x, -count)
            attach(out, ("w", i), count)
        return out

    def reduce(self, factors: dict) -> dict:
        """w^2 = q^L. Balanced: u_l = s_l q^(1/2), w = s q^(L/2), P_l = s s_l q^((L-1)/2), R = s s_l s_m q^((L-2)/2), signs squared 1."""
        out: dict = {}
        for atom, (a, b) in factors.items():
            letter, layers, i = atom[0], atom[1:-1], atom[-1]
            if self.balanced and letter in ("u", "P", "R", "w"):
                for layer in layers:
                    attach(out, ("sign", layer, i), a)
                if letter == "u":
                    attach(out, ("q", i), a / 2)
                else:
                    attach(out, ("signs", i), a)
                    attach(out, ("q", i), -a * len(layers) / 2, a / 2)
            elif letter == "w":
                attach(out, atom, a % 2)
                attach(out, ("q", i), ZERO, Fraction(a // 2))
            else:
                attach(out, atom, a, b)
        return {k: (e[0] % 2, ZERO) if k[0] in ("sign", "signs") else e for k, e in out.items() if k[0][:4] != "sign" or e[0] % 2}


# --- losses: value and partial derivatives over any ring with + * power log exp; rational functions are one such ring --------------


def dual(e: tuple, leaf) -> tuple:
    """Value of an expression in forms, coordinates and numbers, and its partial derivative by each form and coordinate."""
    head, *args = e
    spend()
    if head in ("form", "at"):
        need(head == "form" or (args[0] == "w" and len(args) == 2), f"{words(e)} in a loss: it may use forms and coordinates of w")
        return leaf(e), {e: leaf(num(1))}
    if head in ("num", "const"):
        return leaf(e), {}
    need(head in ("+", "*", "^", "log", "exp", "euler"), f"'{head}' in a loss")
    inner = [dual(x, leaf) for x in args if isinstance(x[0], str)]
    value, slopes = inner[0]
    if head == "+":
        for v, s in inner[1:]:
            value, slopes = value + v, merged(slopes, s)
    elif head == "*":
        for v, s in inner[1:]:
            slopes = merged({k: x * v for k, x in slopes.items()}, {k: x * value for k, x in s.items()})
            value = value * v
    elif head == "^":
        a, b = args[1]
        need(b == 0 and whole(a) and abs(a) <= 64, "an exponent in a loss is an integer of at most 64")
        outer = leaf(num(a)) * value.power(a - 1) if a else leaf(num(0))
        value, slopes = value.power(a), {k: x * outer for k, x in slopes.items()}
    elif head in ("log", "exp"):
        outer = value.power(-ONE) if head == "log" else value.exp()
        value, slopes = value.log() if head == "log" else outer, {k: x * outer for k, x in slopes.items()}
    else:
        value, slopes = euler(e[1], leaf), {("euler",): leaf(num(1))}
    return value, slopes


def merged(s: dict, t: dict) -> dict:
    return s | {k: s[k] + x if k in s else x for k, x in t.items()}


def euler(e: tuple, leaf):
    """sum_i w_i dF/dw_i: a quadratic form has degree 2, a linear form and a coordinate degree 1."""
    total = leaf(num(0))
    for k, slope in dual(e, leaf)[1].items():
        need(k != ("euler",), "'euler' inside 'euler'")
        total = total + leaf(num(2 if k[1] == "quad" else 1)) * leaf(k) * slope
    return total


@dataclass(frozen=True)
class Ratio:
    """A quotient of polynomials {((generator, exponent), ...): coefficient}; logs and exps of ratios are further generators."""

    top: dict
    bottom: dict

    @classmethod
    def leaf(cls, e: tuple) -> Ratio:
        value = {(): e[1]} if e[0] == "num" else {((repr(e), 1),): ONE}
        return cls({k: c for k, c in value.items() if c}, {(): ONE})

    def __add__(self, other: Ratio) -> Ratio:
        if self.bottom == other.bottom:
            return Ratio(summed(self.top, other.top), self.bottom)
        top = summed(multiplied(self.top, other.bottom), multiplied(other.top, self.bottom))
        return Ratio(top, multiplied(self.bottom, other.bottom))

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio(multiplied(self.top, other.top), multiplied(self.bottom, other.bottom))

    def power(self, e: Fraction) -> Ratio:
        need(e >= 0 or self.top, "division by the zero polynomial")
        base = self if e >= 0 else Ratio(self.bottom, self.top)
        result = Ratio.leaf(num(1))
        for _ in range(abs(int(e))):
            result = result * base
        return result

    def log(self) -> Ratio:
        return self.further("log")

    def exp(self) -> Ratio:
        return self.further("exp")

    def further(self, head: str) -> Ratio:
        return Ratio.leaf((head, sorted(self.top.items()), sorted(self.bottom.items())))


def summed(p: dict, q: dict) -> dict:
    return {k: c for k in p | q if (c := p.get(k, ZERO) + q.get(k, ZERO))}


def multiplied(p: dict, q: dict) -> dict:
    result: dict = {}
    for (k, c), (m, d) in product(p.items(), q.items()):
        spend()
        exponents = dict(k)
        for generator, e in m:
            exponents[generator] = exponents.get(generator, 0) + e
        key = tuple(sorted(exponents.items()))
        result[key] = result.get(key, ZERO) + c * d
    return {k: c for k, c in result.items() if c}


# --- numbers: a Fraction is exact, an Interval contains the true value; signs are certain or None ----------------------------------


@dataclass(frozen=True)
class Interval:
    low: Fraction
    high: Fraction

    def __add__(self, other: Interval | Fraction) -> Interval:
        low, high = ends(other)
        return outward(self.low + low, self.high + high)

    def __mul__(self, other: Interval | Fraction) -> Interval | Fraction:
        if other == 0:
            return ZERO
        corners = [x * y for x in (self.low, self.high) for y in ends(other)]
        return outward(min(corners), max(corners))

    __radd__, __rmul__ = __add__, __mul__


Number = Fraction | Interval


def ends(x: Number) -> tuple[Fraction, Fraction]:
    return (x.low, x.high) if isinstance(x, Interval) else (x, x)


def outward(low: Fraction, high: Fraction) -> Interval:
    return Interval(rounded(low, False), rounded(high, True))


def rounded(x: Fraction, up: bool) -> Fraction:
    """The next rational with BITS binary digits in the direction."""
    shift = BITS - x.numerator.bit_length() + x.denominator.bit_length()
    top, bottom = (x.numerator << shift, x.denominator) if shift > 0 else (x.numerator, x.denominator << -shift)
    whole_part = -(-top // bottom) if up else top // bottom
    return Fraction(whole_part, 1 << shift) if shift > 0 else Fraction(whole_part << -shift)


def sign(x: Number) -> int | None:
    """Certain sign; None if it is not known."""
    low, high = ends(x)
    return 1 if low > 0 else -1 if high < 0 else 0 if low == high == 0 else None


def bounded(x: Number) -> Number:
    size = max(y.numerator.bit_length() + y.denominator.bit_length() for y in ends(x))
    need(size <= MOST_BITS, "a number with too many digits")
    spend(1 + size // 256)
    return x


def raised(x: Number, e: Fraction) -> Number:
    """x^e; x may be 0 only for e >= 0, and negative only for integers e."""
    need(max(abs(e.numerator), e.denominator) <= MOST_EXPONENT, "an exponent that is too large")
    if e < 0:
        need(sign(x), "division by zero, or by a number whose sign is not known")
        low, high = ends(raised(x, -e))
        return outward(1 / high, 1 / low) if isinstance(x, Interval) or low != high else 1 / low
    if not whole(e):
        need(sign(x) in (0, 1), "a root of a number that is not known to be positive")
        low, high = (root(y, e.denominator) for y in ends(x))
        x = low if low == high and isinstance(low, Fraction) else Interval(ends(low)[0], ends(high)[1])
    result: Number = ONE
    for _ in range(e.numerator):
        result = bounded(result * x)
    return result


def root(x: Fraction, degree: int) -> Number:
    """x^(1/degree) for x >= 0, exact where it is rational."""
    top, bottom = integer_root(x.numerator, degree), integer_root(x.denominator, degree)
    if top**degree == x.numerator and bottom**degree == x.denominator:
        return Fraction(top, bottom)
    scale = max(0, BITS + (x.denominator.bit_length() - x.numerator.bit_length()) // degree)
    spend(1 + scale * degree // 256)
    low = integer_root((x.numerator << scale * degree) // x.denominator, degree)
    return Interval(Fraction(low, 1 << scale), Fraction(low + 1, 1 << scale))


def integer_root(x: int, degree: int) -> int:
    """The largest r with r^degree <= x."""
    if degree == 1 or x < 2:
        return x
    if degree == 2:
        return isqrt(x)
    r = 1 << -(-x.bit_length() // degree)
    while (s := ((degree - 1) * r + x // r ** (degree - 1)) // degree) < r:
        r = s
    return r


def exponential(x: Number) -> Number:
    if x == 0:
        return ONE
    need(all(abs(y) <= 1000 for y in ends(x)), "exp of a number beyond 1000")
    low, high = (exp_between(y) for y in ends(x))
    return Interval(low.low, high.high)


def exp_between(x: Fraction) -> Interval:
    """Taylor polynomial at |y| <= 1/2, y = x / 2^11, with the remainder 2 |y|^(N+1) / (N+1)!, then 11 squarings."""
    y, total, term = outward(x / 2048, x / 2048), Interval(ONE, ONE), Interval(ONE, ONE)
    for s in range(1, 60):
        term = term * y * Fraction(1, s)  # type: ignore[assignment]
        total = total + term
    slack = 2 * max(map(abs, ends(term)))
    total = total + Interval(-slack, slack)
    for _ in range(11):
        total = total * total  # type: ignore[assignment]
    return total


def logarithm(x: Number) -> Number:
    if x == 1:
        return ZERO
    need(sign(x) == 1, "log of a number that is not known to be positive")
    low, high = (log_between(y) for y in ends(x))
    return Interval(ends(low)[0], ends(high)[1])


def log_between(x: Fraction) -> Interval:
    """log x = s log 2 + 2 artanh((y - 1)/(y + 1)) with x = 2^s y, 1/2 <= y <= 2; log 2 = 2 artanh(1/3)."""
    s = x.numerator.bit_length() - x.denominator.bit_length()
    y = x / Fraction(2) ** s
    return artanh_twice(Fraction(1, 3)) * Fraction(s) + artanh_twice((y - 1) / (y + 1))  # type: ignore[return-value]


def artanh_twice(z: Fraction) -> Interval:
    """2 (z + z^3/3 + ...), |z| <= 1/3; what is left out is at most the last power times 2/(1 - z^2) <= 9/4."""
    step, term, total = outward(z * z, z * z), outward(z, z), Interval(ZERO, ZERO)
    for s in range(1, 140, 2):
        total = total + term * Fraction(2, s)
        term = term * step  # type: ignore[assignment]
    slack = 3 * max(map(abs, ends(term)))
    return total + Interval(-slack, slack)


@dataclass(frozen=True)
class Jet:
    """The first Taylor coefficients in time, at t = 0+."""

    c: tuple

    def __add__(self, other: Jet) -> Jet:
        return Jet(tuple(bounded(x + y) for x, y in zip(self.c, other.c, strict=False)))

    def __mul__(self, other: Jet) -> Jet:
        size = min(len(self.c), len(other.c))
        return Jet(tuple(bounded(sum((self.c[j] * other.c[s - j] for j in range(s + 1)), ZERO)) for s in range(size)))

    def power(self, e: Fraction) -> Jet:
        if whole(e) and 0 <= e <= 64:
            result = Jet((ONE,) + (ZERO,) * (len(self.c) - 1))
            for _ in range(int(e)):
                result = result * self
            return result
        need(len(self.c) == 1 or sign(self.c[0]), "a power of a quantity that is not known to be away from 0 has no Taylor series")
        return self.series(raised(self.c[0], e), lambda s, j: e * j - (s - j), self.c[0])

    def exp(self) -> Jet:
        return self.series(exponential(self.c[0]), lambda s, j: Fraction(j), ONE)

    def log(self) -> Jet:
        need(sign(self.c[0]) == 1, "log of a quantity that is not known to be positive")
        slope = self.derivative() * self.power(-ONE) if len(self.c) > 1 else Jet(())
        return Jet((logarithm(self.c[0]), *(x * Fraction(1, s) for s, x in enumerate(slope.c, 1))))

    def series(self, first: Number, weight, base: Number) -> Jet:
        """y with s base y_s = sum_j weight(s, j) x_j y_(s-j), the recurrence of powers and of exp."""
        y = [first]
        for s in range(1, len(self.c)):
            total = sum((weight(s, j) * self.c[j] * y[s - j] for j in range(1, s + 1)), ZERO)
            y.append(bounded(total * raised(base * s, -ONE)))  # type: ignore[operator]
        return Jet(tuple(y))

    def derivative(self) -> Jet:
        return Jet(tuple(s * x for s, x in enumerate(self.c[1:], 1)))  # type: ignore[operator]

    def germ(self) -> int:
        """Sign for small t > 0 as far as the coefficients show: that of the first one that is not exactly 0."""
        for x in self.c:
            need(sign(x) is not None, "a sign that is not known")
            if sign(x):
                return sign(x)  # type: ignore[return-value]
        return 0


# --- the flow at a point -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """An exact state, a concrete loss and values of the declared constants."""

    start: list
    loss: tuple
    data: dict
    constants: dict

    @property
    def depth(self) -> int:
        return len(self.start)

    @property
    def width(self) -> int:
        return len(self.start[0])

    def w(self) -> list:
        return [prod(column) for column in zip(*self.start, strict=True)]

    def constant(self, label: str) -> Fraction:
        values = {**self.constants, "L": Fraction(self.depth), "n": Fraction(self.width)}
        need(label in values, f"the constant {label} has no value at the point")
        return values[label]

    def balanced(self) -> bool:
        return all(len({x * x for x in column}) == 1 for column in zip(*self.start, strict=True))

    def datum(self, label: str, kind: type) -> object:
        need(isinstance(self.data.get(label), kind), f"the data of the loss have no {label} of the kind that is used")
        return self.data[label]


def read_point(data: dict, constants: frozenset[str]) -> Point:
    depth, width = (integer(data[x], 1, 2000, x) for x in ("depth", "width"))
    need(max(depth, width) <= MOST_SIZE or depth * width <= 2000, "a point with more weights than this checker evaluates")
    start, loss = matrix(data["start"], depth, width, "start"), fields(data["loss"], "loss", "expr data")
    need(isinstance(loss["data"], dict) and isinstance(data["constants"], dict), "data and constants are objects")
    read = {name(k, "a name in the data of the loss"): datum(x, width, k) for k, x in loss["data"].items()}
    values = {k: rational(x, k) for k, x in data["constants"].items()}
    need({*values} <= constants - {"L", "n"}, f"constants with values are among {sorted(constants - {'L', 'n'})}")
    reader = Reader(frozenset(k for k, x in read.items() if isinstance(x, Fraction)))
    expr = reader.read(loss["expr"])
    need(reader.coordinate <= width and not reader.free, "the loss mentions a coordinate that does not exist")
    return Point(start, expr, read, values)


def matrix(x: object, rows: int, columns: int, what: str) -> list:
    fits = isinstance(x, list) and len(x) == rows and all(isinstance(r, list) and len(r) == columns for r in x)
    need(fits, f"{what} must have {rows} rows of {columns} numbers")
    return [[rational(y, what) for y in row] for row in x]  # type: ignore[attr-defined]


def datum(x: object, width: int, what: str) -> Fraction | tuple | list:
    """A number, a vector (tuple) or a symmetric matrix (list)."""
    if isinstance(x, str):
        return rational(x, what)
    need(isinstance(x, list) and x, f"{what} is a number, a vector or a matrix")
    if isinstance(x[0], str):  # type: ignore[index]
        return tuple(matrix([x], 1, width, what)[0])
    found = matrix(x, width, width, what)
    need(all(found[i][j] == found[j][i] for i in range(width) for j in range(i)), f"{what} is not symmetric")
    return found


class Motion:
    """Jets of all letters along the flow through a point, with ``order`` time derivatives."""

    def __init__(self, point: Point, start: list, order: int, kappa: Fraction = ZERO, balanced: bool = False) -> None:
        self.point, self.balanced = point, balanced
        rows: list = [[(x,) for x in row] for row in start]
        self.update(rows)
        for s in range(order):
            slopes = [[self.P[r][i] * self.g[i] for i in range(point.width)] for r in range(point.depth)]
            for row, slope in zip(rows, slopes, strict=True):
                for i, x in enumerate(row):
                    row[i] = (*x, bounded((slope[i].c[s] + kappa * x[s]) * Fraction(-1, s + 1)))
            self.update(rows)

    def update(self, rows: list) -> None:
        self.size = len(rows[0][0])
        self.u = [[Jet(x) for x in row] for row in rows]
        before, after = [[self.lift(ONE)] * self.point.width], [[self.lift(ONE)] * self.point.width]
        for down, up in zip(self.u, reversed(self.u), strict=True):
            before.append([x * y for x, y in zip(before[-1], down, strict=True)])
            after.append([x * y for x, y in zip(after[-1], up, strict=True)])
        self.w = before[-1]
        self.P = [[x * y for x, y in zip(before[r], after[-2 - r], strict=True)] for r in range(self.point.depth)]
        self.images: dict = {}
        self.loss, slopes = dual(self.point.loss, self.leaf)
        self.g = [self.lift(ZERO)] * self.point.width
        for leaf, slope in slopes.items():
            for i, x in enumerate(self.gradient(leaf)):
                if any(x.c):
                    self.g[i] = self.g[i] + slope * x

    def lift(self, x: Fraction) -> Jet:
        return Jet((x,) + (ZERO,) * (self.size - 1))

    def leaf(self, e: tuple) -> Jet:
        """The letters of the loss: its constants are numbers in its own data."""
        return self.lift(self.point.data[e[1]]) if e[0] == "const" else self.value(e, {})

    def gradient(self, leaf: tuple) -> list:
        if leaf[0] == "at":
            return [self.lift(Fraction(i == leaf[2])) for i in range(1, self.point.width + 1)]
        if leaf[1] == "quad":
            return [x + x for x in self.image(leaf[2])]
        return [self.lift(x) for x in self.point.datum(leaf[2], tuple)]  # type: ignore[attr-defined]

    def image(self, label: str) -> list:
        """S w."""
        if label not in self.images:
            rows = self.point.datum(label, list)
            terms = [[self.lift(a) * x for a, x in zip(row, self.w, strict=True) if a] for row in rows]  # type: ignore[attr-defined]
            self.images[label] = [self.total(row) for row in terms]
        return self.images[label]

    def total(self, jets) -> Jet:
        return sum(jets, Jet((ZERO,) * self.size))

    def value(self, e: tuple, scope: dict) -> Jet:
        head, *args = e
        spend()
        if head in ("num", "const"):
            return self.lift(args[0] if head == "num" else self.point.constant(args[0]))
        if head == "at":
            return self.atom(args[0], [scope.get(x, x) for x in args[1:]])
        if head == "loss":
            return self.loss
        if head == "form":
            vector = self.image(args[1]) if args[0] == "quad" else [self.lift(x) for x in self.point.datum(args[1], tuple)]  # type: ignore
            return self.total(x * y for x, y in zip(self.w, vector, strict=True))
        if head == "euler":
            return euler(args[0], lambda x: self.value(x, scope))
        if head == "^":
            return self.value(args[0], scope).power(args[1][0] + args[1][1] * self.point.depth)
        if head in ("sum", "prod", "max", "min"):
            size = self.point.width if args[1] == "coordinates" else self.point.depth
            return combined(head, [self.value(args[2], {**scope, args[0]: s}) for s in range(1, size + 1)])
        if head == "next":
            gains = [[(p * x).c[0] * self.point.constant("eta") for p, x in zip(row, self.g, strict=True)] for row in self.P]
            moved = [[x.c[0] + y * -1 for x, y in zip(*rows, strict=True)] for rows in zip(self.u, gains, strict=True)]
            return Motion(self.point, moved, 0).value(args[0], scope)
        inner = [self.value(x, scope) for x in args]
        if head in ("+", "*"):
            return combined("sum" if head == "+" else "prod", inner)
        if head == "start":
            return Jet((inner[0].c[0],) + (ZERO,) * (len(inner[0].c) - 1))
        if head == "abs":
            return inner[0] * self.lift(Fraction(-1 if inner[0].germ() < 0 else 1))
        return {"D": inner[0].derivative, "log": inner[0].log, "exp": inner[0].exp}[head]()

    def atom(self, letter: str, at: list) -> Jet:
        sizes = {"l": self.point.depth, "c": self.point.width}
        need(all(x <= sizes[k] for k, x in zip(ATOMS[letter], at, strict=True)), f"{letter}_{at} does not exist at this point")
        if letter in ("u", "P"):
            return (self.u if letter == "u" else self.P)[at[0] - 1][at[1] - 1]
        if letter == "R":
            need(at[0] != at[1], "R_l,m at l = m")
            return combined("prod", [self.lift(ONE), *(r[at[2] - 1] for s, r in enumerate(self.u, 1) if s not in at[:2])])
        if letter == "q":
            x = self.u[0][at[0] - 1] if self.balanced else self.w[at[0] - 1]
            if self.balanced or self.point.depth == 1:
                return x * x
            return (x * self.lift(Fraction(-1 if x.germ() < 0 else 1))).power(Fraction(2, self.point.depth))
        if letter in ("w", "g"):
            return (self.w if letter == "w" else self.g)[at[0] - 1]
        return self.lift(self.point.datum(letter, list)[at[0] - 1][at[1] - 1])  # type: ignore[index]


def combined(head: str, jets: list) -> Jet:
    result = jets[0]
    for x in jets[1:]:
        if head in ("sum", "prod"):
            result = result + x if head == "sum" else result * x
        elif ((x + result * Jet((-ONE,) + (ZERO,) * (len(x.c) - 1))).germ() > 0) == (head == "max"):
            result = x
    return result


# --- certificates ------------------------------------------------------------------------------------------------------------------

HYPOTHESES = {"homogeneous": "degree", "balanced": "", "nonzero": "", "depth-at-least": "bound", "product": ""}
PARTS = {
    "conserved": "quantity", "equation": "left right", "linear-law": "quantity rate",
    "keeps-sign": "quantity rate", "inequality": "left right", "limit-direction": "target",
}  # fmt: skip
SAYS = {
    "conserved": "{0} is constant for as long as the flow exists",
    "equation": "{0} = {1}",
    "linear-law": "{0} at time t is e^(c t) times its value at time 0, with the constant c = {1}",
    "keeps-sign": "{0} keeps its sign, and stays 0 if it starts at 0",
    "inequality": "{0} <= {1} for as long as the flow exists",
    "limit-direction": "w/|w| tends to the direction of S_W^-1 m or of its negative",
}
Q_SUM = ["sum", "i", "coordinates", ["at", "q", "i"]]
U_SQUARED = ["^", ["at", "u", "l", "i"], "2"]
LAYER_NORM = ["sum", "i", "coordinates", U_SQUARED]
SPREAD = ["+", ["max", "l", "layers", U_SQUARED], ["*", "-1", ["min", "l", "layers", U_SQUARED]]]
SHAPES = {
    "HOLDER": (["^", Q_SUM, ["const", "L"]], ["prod", "l", "layers", ["start", LAYER_NORM]]),
    "GEOMETRIC_MEAN_BETWEEN": (
        ["abs", ["+", Q_SUM, ["*", "-1", ["start", Q_SUM]]]],
        ["sum", "i", "coordinates", SPREAD],
    ),
}
DIFFERENCE = minus(power(at("u", "l", "i"), 2), power(at("u", "m", "i"), 2))


@dataclass(frozen=True)
class Frame:
    """Setting and hypotheses of a certificate."""

    kind: str
    least: int
    decay: bool
    constants: frozenset[str]
    used: set[str]
    hypotheses: dict[str, str]  # kind -> id
    degree: tuple = num(0)

    def model(self, reader: Reader) -> Model:
        pair = tuple(sorted(*reader.pairs, key=repr)) if reader.pairs else ()
        assumed = self.hypotheses
        return Model("balanced" in assumed, "nonzero" in assumed, self.least, self.decay, pair)

    def relation(self) -> tuple:
        return minus(EULER, ("*", self.degree, ("loss",)))

    def words(self) -> str:
        fall = " - kappa u_l" if self.decay else ""
        move = f"u_l' = -P_l g{fall}" if self.kind == "flow" else "one descent step u_l - eta P_l g"
        assumed = {
            "homogeneous": f"J homogeneous of degree {words(self.degree)}",
            "balanced": "u_l,i^2 = u_m,i^2 at the start",
            "nonzero": "every w_i != 0",
            "product": "no weight decay",
        }
        listed = [text for kind, text in assumed.items() if kind in self.hypotheses]
        return f"{move}, w = u_1*...*u_L, g = grad J(w)" + "".join(f", {x}" for x in listed)

    def admit(self, point: Point) -> None:
        """Every hypothesis holds at the point."""
        need(point.depth >= self.least, f"depth {point.depth} is below the least depth {self.least}")
        need("balanced" not in self.hypotheses or point.balanced(), "the start is not balanced")
        need("nonzero" not in self.hypotheses or all(point.w()), "some w_i is 0 at the start")
        if "homogeneous" in self.hypotheses:
            degree = dual(self.degree, lambda e: Ratio.leaf(num(point.constant(e[1])) if e[0] == "const" else e))[0]
            leaf = lambda e: Ratio.leaf(num(point.data[e[1]]) if e[0] == "const" else e)  # noqa: E731
            excess = euler(point.loss, leaf) + Ratio.leaf(num(-1)) * degree * dual(point.loss, leaf)[0]
            need(not excess.top, f"the loss is not shown to be homogeneous of degree {words(self.degree)}")


def read_frame(data: dict) -> Frame:
    setting = fields(data["setting"], "setting", "kind model least_depth decay")
    kind, decay = setting["kind"], setting["decay"]
    need(kind in ("flow", "step") and setting["model"] == "diagonal", "this checker knows flow and step of the diagonal model")
    need(decay is None or (decay == "kappa" and kind == "flow"), "decay is null, or kappa in a flow")
    least = integer(setting["least_depth"], 1, MOST_SIZE, "least_depth")
    names = data["constants"]
    need(isinstance(names, list) and len({name(x, "a constant") for x in names}) == len(names), "constants are a list of names")
    need(not RESERVED & {*names}, f"{sorted(RESERVED & {*names})} cannot be constants")
    reader = Reader(frozenset(names))
    for moved in ["eta"] * (kind == "step") + ["kappa"] * (decay is not None):
        reader.read(["const", moved])
    need(isinstance(data["assuming"], list), "assuming is a list")
    found: dict[str, str] = {}
    degree = num(0)
    for h in data["assuming"]:
        need(isinstance(h, dict) and isinstance(h.get("kind"), str) and h["kind"] in HYPOTHESES, "an unknown kind of hypothesis")
        fields(h, h["kind"], f"id kind {HYPOTHESES[h['kind']]}")
        need(isinstance(h["id"], str) and h["id"] not in found.values() and h["kind"] not in found, "a hypothesis twice")
        found[h["kind"]] = h["id"]
        if h["kind"] == "homogeneous":
            degree = reader.read(h["degree"])
            need(all(x[0] in ("num", "const", "+", "*", "^") for x in walk(degree)), "the degree is an expression in constants")
        if h["kind"] == "depth-at-least":
            least = max(least, integer(h["bound"], 1, MOST_SIZE, "the bound on the depth"))
    need("balanced" not in found or kind == "flow", "balance is a relation of the start of a flow, the setting is a step")
    need("product" not in found or decay is None, "with weight decay the field is not a gradient in w alone")
    return Frame(kind, least, decay is not None, frozenset(names), reader.used, found, degree)


@dataclass
class Sentence:
    """One conclusion in a frame."""

    frame: Frame
    kind: str
    parts: list
    reader: Reader

    def words(self) -> str:
        free = sorted(self.reader.free)
        apart = f" ({' != '.join(map(str, sorted(*self.reader.pairs, key=repr)))})" if self.reader.pairs else ""
        return (f"for all {', '.join(free)}{apart}: " if free else "") + SAYS[self.kind].format(*map(words, self.parts))

    def obligations(self, through: tuple | None, rule: str | None) -> list[tuple]:
        """What must vanish for the sentence to be true."""
        x, y = (*self.parts, num(0))[:2]
        need(through is None or (self.kind == "equation" and x[0] == "D"), "only an equation for a derivative goes through another")
        if self.kind == "conserved":
            return [("D", x)]
        if self.kind == "linear-law":
            return [minus(("D", x), ("*", y, x)), ("D", y)]
        if self.kind == "keeps-sign":
            return [minus(power(("D", x), 2), ("*", y, power(x, 2)))]
        if self.kind == "inequality":
            norm = ("D", Reader(frozenset()).read(LAYER_NORM))
            return [norm] if rule == "HOLDER" else [("D", DIFFERENCE), norm]
        return [minus(x, y)] if through is None else [minus(x[1], through), minus(("D", through), y)]

    def not_empty(self, model: Model) -> None:
        """Something in the sentence moves, and it is not A = A."""
        if self.kind in ("equation", "inequality"):
            need(self.parts[0] != self.parts[1], "both sides are the same expression")
            need(any(has(x, "at", "loss", "form") for x in self.parts), "the equation is about numbers only")
        else:
            terms = Algebra(model).collect(Algebra(model).terms(self.parts[0], {})).values()
            letters = {atom[0] for _, (_, factors) in terms for atom in model.reduce(factors)}
            need(letters & {"u", "w", "q", "J", "sign", "signs"}, f"nothing moves in {words(self.parts[0])}")

    def prove(self, hints: object, where: str, shape: list) -> list[tuple]:
        """Verify the obligations for every size; they are returned for evaluation at the instance."""
        fields(hints, where, "cofactors through rule")
        reader = Reader(self.frame.constants, self.frame.kind, self.frame.used, dict(self.reader.free))
        through, rule = hints["through"], hints["rule"]  # type: ignore[index]
        through = None if through is None else reader.read(through)
        need(self.kind != "limit-direction", "a limit is never PROVED here")
        need(self.kind == "inequality" and self.fits(rule, shape) if rule is not None else self.kind != "inequality",
             "an inequality needs HOLDER or GEOMETRIC_MEAN_BETWEEN and its shape; nothing else has a rule")  # fmt: skip
        model = self.frame.model(self.reader)
        self.not_empty(model)
        if self.kind == "keeps-sign":
            Algebra(replace(model, nonzero=False)).normal(self.parts[1])  # the rate is continuous also where w = 0
        found = self.obligations(through, rule)
        todo = [(x, model) for x in found]
        if model.balanced:
            kept = ("+", ("D", DIFFERENCE), *([("*", num(2), ("const", "kappa"), DIFFERENCE)] if model.decay else []))
            todo.append((kept, Model(decay=model.decay)))
        cofactors = hints["cofactors"]  # type: ignore[index]
        need(isinstance(cofactors, list) and len(cofactors) <= len(todo), f"{where}: cofactors are a list, one per obligation")
        for (e, m), used in zip(todo, cofactors + [{}] * (len(todo) - len(cofactors)), strict=True):
            self.vanishes(e, m, used, reader)
        need(reader.pairs <= self.reader.pairs and reader.coordinate <= self.reader.coordinate, "a hint restricts the indices")
        need(max(reader.layer, self.reader.layer) <= self.frame.least, "a layer that does not exist at the least depth")
        return found

    def fits(self, rule: object, shape: list) -> bool:
        if not isinstance(rule, str) or rule not in SHAPES:
            return False
        left, right = shape
        if isinstance(right, list) and right[:1] == ["*"] and len(right) == 3 and isinstance(right[1], str):
            need(rational(right[1], "the factor") >= 1, "the factor of the right side must be at least 1")
            right = right[2]
        return (left, right) == SHAPES[rule]

    def vanishes(self, e: tuple, model: Model, used: object, reader: Reader) -> None:
        need(isinstance(used, dict), "cofactors of one obligation are an object")
        always = self.frame.hypotheses.get("homogeneous")
        for h, cofactor in used.items():  # type: ignore[attr-defined]
            need(h == always, f"a cofactor for '{h}', which is not a relation that holds always")
            e = minus(e, ("*", reader.read(cofactor), self.frame.relation()))
        if has(e, "euler"):
            need(not dual(e, Ratio.leaf)[0].top, f"{words(e)} is not the zero function")
        else:
            need(not Algebra(model).normal(e), f"{words(e)} = 0 does not follow")

    def motion(self, point: Point, order: int) -> Motion:
        kappa = point.constant("kappa") if self.frame.decay else ZERO
        flows = self.frame.kind == "flow"
        return Motion(point, point.start, order if flows else 0, kappa, flows and point.balanced())

    def scopes(self, point: Point):
        """Values of the free indices; the layers of R stay different."""
        sizes = [point.depth if kind == "layers" else point.width for kind in self.reader.free.values()]
        for values in product(*(range(1, s + 1) for s in sizes)):
            scope = dict(zip(self.reader.free, values, strict=True))
            if all(len({scope.get(x, x) for x in pair}) == 2 for pair in self.reader.pairs):
                yield scope

    def holds_at(self, point: Point, obligations: list) -> None:
        """The instance moves, and the evaluated obligations do not contradict the proof (at the first 64 values of the indices)."""
        order = max(1, *map(derivatives, obligations))
        motion = self.motion(point, order)
        speed = ONE if self.frame.kind == "flow" else point.constant("eta")
        slopes = [x.c[1] if len(x.c) > 1 else (p * y).c[0] * speed for row, ps in zip(motion.u, motion.P, strict=True)
                  for x, p, y in zip(row, ps, motion.g, strict=True)]  # fmt: skip
        need(any(sign(x) for x in slopes), "the instance does not move")
        for e in [e for e in obligations if not has(e, "euler")]:
            need(derivatives(e) <= 3, "more than three time derivatives")
            for scope in islice(self.scopes(point), 64):
                scope = {"i": 1, "l": 1, "m": point.depth} | scope if self.kind == "inequality" else scope
                need(not sign(motion.value(e, scope).c[0]), f"{words(e)} is not 0 at the instance")

    def fails_at(self, point: Point, where: dict) -> str:
        """The sentence is false at the point; returned is what was evaluated."""
        need({*where} == {*self.reader.free}, f"the witness gives the indices {sorted(self.reader.free)} and no others")
        sizes = {"layers": point.depth, "coordinates": point.width}
        scope = {k: integer(x, 1, sizes[self.reader.free[k]], f"the index {k}") for k, x in where.items()}
        apart = all(len({scope.get(x, x) for x in pair}) == 2 for pair in self.reader.pairs)
        need(apart, "the two layers of R must differ")
        order = max(map(derivatives, self.parts)) + (self.kind in ("conserved", "linear-law", "keeps-sign"))
        need(order <= 3, "more than three time derivatives")
        motion = self.motion(point, order + 3 * (self.kind == "inequality"))
        x, y = (*self.parts, num(0))[:2]
        if self.kind == "inequality":
            gap = motion.value(minus(x, y), scope)
            need(gap.germ() > 0, "left - right is not positive for small t > 0")
            return f"left - right has the Taylor coefficients {', '.join(map(shown, gap.c))} at t = 0"
        if self.kind == "keeps-sign":
            need(sign(motion.value(x, scope).c[0]) == 0, f"{words(x)} is not exactly 0 at the witness")
            e = ("D", x)
        else:
            e = self.obligations(None, None)[0]
        found = motion.value(e, scope).c[0]
        need(sign(found), f"{words(e)} is 0 at the witness, or is not known to differ from it")
        return f"{words(e)} = {shown(found)} there"

    def is_trapped(self, point: Point) -> str:
        """TRAP_BY_DESCENT: J = -(m'w)^2/(w'S_W w) falls, so s m'w < 0 for ever, while the signs of w are kept."""
        need(self.frame.kind == "flow" and not self.frame.decay, "a trap needs the plain gradient flow")
        need(point.depth >= 2 and point.balanced() and point.width <= MOST_SIZE, "a trap needs depth >= 2 and a balanced start")
        top, bottom = power(("form", "lin", "m"), 2), power(("form", "quad", "S_W"), -1)
        leaf = lambda e: Ratio.leaf(num(point.data[e[1]]) if e[0] == "const" else e)  # noqa: E731
        need(not dual(("+", point.loss, ("*", top, bottom)), leaf)[0].top, "the loss of a trap is -(m'w)^2/(w'S_W w)")
        need(any(point.w()), "a trap needs w != 0")
        m, w = point.datum("m", tuple), point.w()
        v = solved(point.datum("S_W", list), m)  # type: ignore[arg-type]
        ahead = sum(a * b for a, b in zip(m, w, strict=True))  # type: ignore[call-overload]
        inner = [a * b for a, b in zip(w, v, strict=True) if b]  # each sign is kept, m'v > 0
        need(ahead < 0 or any(x <= 0 for x in inner), "nothing keeps the flow away from the direction of S_W^-1 m")
        need(ahead > 0 or any(x >= 0 for x in inner), "nothing keeps the flow away from the direction opposite to S_W^-1 m")
        return f"S_W^-1 m = {tuple(map(str, v))}, m'w = {ahead}; J <= J(w(0)) keeps the sign of m'w, balance keeps those of w"


def solved(rows: list, right: tuple) -> list:
    """The solution of S v = m by elimination; all pivots positive, so S is positive definite."""
    a = [[*row, x] for row, x in zip(rows, right, strict=True)]
    size = len(a)
    for k in range(size):
        need(a[k][k] > 0, "S_W is not positive definite")
        for r in range(k + 1, size):
            factor = a[r][k] / a[k][k]
            a[r] = [bounded(x - factor * y) for x, y in zip(a[r], a[k], strict=True)]  # type: ignore[operator]
    v: list = [ZERO] * size
    for k in reversed(range(size)):
        v[k] = (a[k][size] - sum(a[k][j] * v[j] for j in range(k + 1, size))) / a[k][k]
    return v


def shown(x: Number) -> str:
    return str(x) if isinstance(x, Fraction) else f"a number in [{float(x.low):.12g}, {float(x.high):.12g}]"


def read_sentence(frame: Frame, data: object, where: str) -> Sentence:
    need(
        isinstance(data, dict) and isinstance(data.get("kind"), str) and data["kind"] in PARTS,
        f"{where}: an unknown kind of conclusion",
    )
    kind = data["kind"]  # type: ignore[index]
    parts = PARTS[kind].split()
    fields(data, where, "kind " + PARTS[kind])
    reader = Reader(frame.constants, frame.kind, frame.used)
    if kind == "limit-direction":
        need(data["target"] == "S_W^-1 m", "the target is S_W^-1 m")  # type: ignore[index]
        return Sentence(frame, kind, [], reader)
    need(frame.kind == "flow" or kind == "equation", "in the setting step a conclusion is an equation")
    read = [reader.read(data[part]) for part in parts]  # type: ignore[index]
    need(len(reader.pairs) <= 1, "R with two pairs of layers")
    return Sentence(frame, kind, read, reader)


def measure(data: object) -> None:
    """Bounded size and nesting, and nothing but objects, lists, strings, integers, booleans and null."""
    level, depth, count = [data], 0, 0
    while level:
        depth, count = depth + 1, count + len(level)
        need(depth <= MOST_NESTING and count <= MOST_NODES, "too large or nested too deeply")
        need(all(x is None or isinstance(x, (dict, list, str, int)) for x in level), "a number that is not exact")
        level = [y for x in level if isinstance(x, (dict, list)) for y in (x.values() if isinstance(x, dict) else x)]


def verified(data: dict) -> str:
    own = {"PROVED": "proof instance", "REFUTED": "witness"}.get(str(data.get("verdict")), "")
    need(own, "the verdict is PROVED or REFUTED")
    fields(data, "certificate", f"format version claim verdict setting constants assuming dropped conclusions statement {own}")
    labels = [data["claim"], data["statement"], *(data["dropped"] if isinstance(data["dropped"], list) else [0])]
    need(all(isinstance(x, str) for x in labels), "claim, statement and the list dropped are text")
    frame = read_frame(data)
    need(isinstance(data["conclusions"], dict) and data["conclusions"], "conclusions are empty")
    sentences = {k: read_sentence(frame, x, f"conclusion {k}") for k, x in data["conclusions"].items()}
    says = proved(data, frame, sentences) if own != "witness" else refuted(data, frame, sentences)
    unused = frame.constants - frame.used - {"L", "n"}
    need(not unused, f"the constants {sorted(unused)} occur nowhere")
    return says


def proved(data: dict, frame: Frame, sentences: dict[str, Sentence]) -> str:
    proofs = data["proof"]
    need(isinstance(proofs, dict) and {*proofs} == {*sentences}, "a proof for every conclusion and for nothing else")
    point = read_point(fields(data["instance"], "instance", "depth width loss start constants"), frame.constants)
    frame.admit(point)
    for k, sentence in sentences.items():
        stated = data["conclusions"][k]
        obligations = sentence.prove(proofs[k], f"proof {k}", [stated.get("left"), stated.get("right")])
        sentence.holds_at(point, obligations)
    widest = max(s.reader.coordinate for s in sentences.values())
    width = f"every width n >= {widest}" if widest > 1 else "every width n"
    said = "; ".join(s.words() for s in sentences.values())
    return f"PROVED for every depth L >= {frame.least} and {width}: {frame.words()}: {said}"


def refuted(data: dict, frame: Frame, sentences: dict[str, Sentence]) -> str:
    need(len(sentences) == 1, "a refutation carries the one conclusion that it refutes")
    ((label, sentence),) = sentences.items()
    trap = sentence.kind == "limit-direction"
    own = ("conclusion kind", "rule") if trap else ("conclusion indices",)
    witness = fields(data["witness"], "witness", f"depth width loss start constants {own[0]}", *own[1:])
    need(witness["conclusion"] == label, "the witness is about another conclusion")
    rules = ("TRAP_BY_DESCENT", "TRAP_BY_SIGNS")
    need(not trap or (witness["kind"] == "trap" and witness.get("rule", rules[0]) in rules), "a limit is refuted by a trap")
    need(trap or isinstance(witness["indices"], dict), "indices are an object")
    point = read_point(witness, frame.constants)
    frame.admit(point)
    found = sentence.is_trapped(point) if trap else sentence.fails_at(point, witness["indices"])
    start = "; ".join(", ".join(map(str, row)) for row in point.start)
    at = f"depth {point.depth}, width {point.width}, J = {words(point.loss)}, layers {start}"
    return f"REFUTED: {frame.words()}: NOT {sentence.words()}: at {at}: {found}"


def check(data: object) -> str:
    """The statement that was verified. Raises NotACertificate or Refused; nothing else."""
    _work[0] = 0
    marks = (data.get("format"), data.get("version")) if isinstance(data, dict) else ()
    if marks != ("flowlaw-certificate", 1) or type(marks[1]) is not int:
        raise NotACertificate("not an object with format flowlaw-certificate and version 1")
    try:
        measure(data)
        return verified(data)  # type: ignore[arg-type]
    except Refused:
        raise
    except RecursionError:
        raise Refused("nested too deeply") from None
    except Exception as problem:
        raise Refused(f"{type(problem).__name__}: {problem}"[:200]) from problem


def load(text: bytes) -> object:
    """JSON without duplicate keys, floats or huge integers."""

    def pairs(items: list) -> dict:
        need(len({k for k, _ in items}) == len(items), "a key occurs twice")
        return dict(items)

    def inexact(text: str) -> None:
        raise Refused(f"{text[:20]} is not an exact number in quotes")

    def small(text: str) -> int:
        need(len(text) <= 9, "a huge integer")
        return int(text)

    need(len(text) <= 1 << 24, "a file beyond 16 MB")
    try:
        return json.loads(text, object_pairs_hook=pairs, parse_float=inexact, parse_constant=inexact, parse_int=small)
    except RecursionError:
        raise Refused("nested too deeply") from None
    except ValueError as problem:
        raise NotACertificate(f"not JSON: {problem}") from None


def main(argv: list[str]) -> int:
    """0 if every file is accepted, otherwise the worst code."""
    if not argv:
        print("usage: python -I -S check.py FILE...", file=sys.stderr)
        return 2
    worst = 0
    for path in argv:
        try:
            with open(path, "rb") as file:
                print(check(load(file.read((1 << 24) + 1))))
        except Refused as reason:
            worst = max(worst, 1)
            print(f"{path}: refused: {reason}", file=sys.stderr)
        except (NotACertificate, OSError) as reason:
            worst = 2
            print(f"{path}: not a certificate: {reason}", file=sys.stderr)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
