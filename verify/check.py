"""The independent reader of certificates: ``python -I -S verify/check.py FILE`` (0 accepted, 1
refused, 2 not a certificate).

Standard library only; nothing of this project is imported. From the inputs in a certificate
(``proofs/certificates/FORMAT.md``) it rebuilds the vector field of the diagonal network, the
relations of the hypotheses and the obligations of the conclusions, verifies them for every depth
and width at once, or at one exact point, and states in its own words what it verified. Read in this
order: expressions; sums over generic indices and the model; losses and rational functions; numbers
and jets; the flow at a point; sentences; files. Whatever is not understood is refused. One file, so
that it runs alone: generic sums, rational functions and Taylor jets over intervals are written out
here, which is why it is longer than any other. A certificate of another algebra (words in matrices,
actions of groups) is read by the one file beside this one that READERS names, loaded from its path.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from itertools import islice, permutations, product
from math import ceil, floor, prod
from typing import Any

ZERO, ONE = Fraction(0), Fraction(1)
#: letters, and of what their indices are: l of layers, c of coordinates
ATOMS = {"u": "lc", "P": "lc", "R": "llc", "w": "c", "g": "c", "q": "c"}
ATOMS |= {"S_B": "cc", "S_W": "cc", "V": "cc"}
KINDS = {"l": "layers", "c": "coordinates"}
MATRICES = ("S_B", "S_W", "V")
UNARY = ("abs", "log", "exp", "D", "next", "start", "euler")
BINDERS = ("sum", "prod", "max", "min")
#: what is read as a function, a number or a word of a sentence, whoever declares it as a letter
SPOKEN = frozenset(
    "pi exp log ln sin cos tan sinh cosh tanh sqrt abs sign det rank tr lim inf oo max min sum prod"
    " mod and or not if If then for given every where while is constant conserved along flow step"
    " times its value at in all layers coordinates".split()
)
TAKEN = {*ATOMS, *BINDERS, *UNARY, *SPOKEN, "J", "e", "t", "d", "num"}  # names of nothing else
RESERVED = {"L", "n", "eta", "kappa"}  # names of constants alone
LIKE_A_LETTER = "[uPRwgqVJ][0-9]+"
#: the only table of what is read at most; whoever writes certificates reads it from here
LIMITS = {
    # bytes of a file, entries of its JSON, and how deep they lie inside each other; of enclosures
    "bytes": 1 << 24, "nodes": 400_000, "nesting": 120, "depth": 12,
    # digits of what is written down (by a line, without quotes), bits of what is computed
    "digits": 200, "integer": 9, "bits": 60_000, "coefficient": 14_000,  # of a polynomial or a word
    "exponent": 1000, "size": 64, "weights": 2000,  # above or below a line; an index; of a point
    "name": 61, "label": 200, "words": 2000,  # letters: of a name, of a line, of what is stated
    # work, as each reader counts it; of an enclosure a second does about 12 million
    "work": 3_000_000, "matrices": 3_000_000, "actions": 5_000_000,
    "enclosing": 4_000_000_000,
    # networks: sums of a kind in a product, derivatives inside each other at a state, values of
    # indices that are tried, an argument of exp, powers compared as they stand, orders of a sign
    "sums": 6, "derivatives": 3, "evaluated": 64, "exp": 10_000, "written": 8, "germ": 3,
    # formulas: whole exponents, degrees of roots
    "power": 64, "root": 12,
    # words: powers of a matrix and in an objective; depths and sizes of a state; an index, how many
    # variables it has, ends of ranges and of those of steps; how many indices next to an end are
    # written out, from which depth on all are decided at once; answers that are kept
    "factors": 24, "variation": 6, "least": 8, "index": 40, "variables": 4, "ends": 4,
    "range": 10_000_000, "edge": 4, "deep": 11, "kept": 1 << 14,
    # actions: of a polynomial, of lists, of models; numbers that are stated, multiples of words,
    # brackets of fields inside each other; the prime modulo which a rank is bounded from below
    "coordinates": 32, "terms": 4000, "degree": 30, "entries": 400, "cases": 12, "counts": 1024,
    "multiple": 99, "brackets": 4, "prime": 2**61 - 1,
    # programs of enclosures: nodes, levels (a sum is one, what is no sum "steep"), letters of a
    # node, digits of a number
    "states": 400, "operations": 20_000, "levels": 4000, "steep": 10, "letters": 1 << 20,
    "constant": 1300,
    # their polynomials, digits and places of a coefficient, parts of a link and its length in steps
    "coefficients": 1000, "hexadecimals": 1 << 14, "places": 1 << 13, "pieces": 1024,
    "links": 100_000, "facts": 1000,  # facts of a part, and parts
    # orders beyond a polynomial; how often time and an argument are halved, into how many parts;
    # bits before the point of what is defined
    "beyond": 4, "splits": 8, "halvings": 12, "parts": 64, "large": 1 << 12,
    # barriers: terms of one factor times those of the other, bits of a coefficient
    "products": 200_000, "heights": 4000,
    # Chebyshev series: values that 1/x is guessed from, first and at most; squarings of an
    # exponential; sweeps of rotations; tables of parts that are kept; bits below 1/h that are kept
    "sampled": 16, "samples": 512, "squared": 24, "sweeps": 8, "restrictions": 64, "fine": 20,
    # how often a distance is raised, by 1/above, and a tube widened, to a multiple
    "raised": 8, "above": 8, "widened": 4,
    # bits or decimals of what is computed: of intervals, logarithms; where few are needed, and more
    # than a polynomial has; of the smallest distance
    "interval": 256, "decimals": 80, "coarse": 96, "guard": 64, "tiny": 1 << 15,
    # shown before "...": of an action; nodes, depth and letters of a formula; letters of a flow
    "shown": 12, "spelled": 60, "inside": 12, "formula": 600, "equations": 2000,
}  # fmt: skip


class NotACertificate(Exception):
    """Not JSON, not an object, or without this format and version."""


class Refused(Exception):
    """A certificate that does not hold, or that cannot be verified within the limits."""


def need(condition: object, reason: str) -> None:
    if not condition:
        raise Refused(reason)


def up_to(limit: str, of: str = "") -> str:
    """What is read at most, for a message that names the limit."""
    return f"at most {LIMITS[limit]}{of and ' ' + of} (limit {limit!r})"


class Work:
    """Steps that one reader does for one certificate, as many as the table says."""

    def __init__(self, limit: str) -> None:
        self.limit, self.done = limit, 0

    def spend(self, amount: float = 1) -> None:
        self.done += int(amount)
        if self.done > LIMITS[self.limit]:
            most = up_to(self.limit, "steps")
            raise Refused(f"the certificate needs more work than this reader does: {most}")


WORK = Work("work")
spend = WORK.spend


def fields(data: Any, where: str, required: str, optional: str = "") -> Any:
    """An object with exactly these keys."""
    need(isinstance(data, dict), f"{where} is not an object")
    missing, extra = {*required.split()} - {*data}, {*data} - {*required.split(), *optional.split()}
    need(
        not missing and not extra,
        f"{where}: missing {sorted(missing)}, unknown {sorted(map(repr, extra))}",
    )
    return data


def integer(x: Any, low: int | None, high: int | str, what: str) -> int:
    """At most ``high``, which may be the name of a limit; without ``low`` on both sides of zero."""
    top = LIMITS[high] if isinstance(high, str) else high
    low, named = -top if low is None else low, f" (limit {high!r})" if high in LIMITS else ""
    need(
        type(x) is int and low <= x <= top, f"{what} must be an integer from {low} to {top}{named}"
    )
    return x


def rational(x: Any, limit: str = "digits") -> Fraction:
    most = LIMITS[limit]
    fits = isinstance(x, str) and re.fullmatch(rf"-?[0-9]{{1,{most}}}(/[0-9]{{1,{most}}})?", x)
    need(fits, f"{str(x)[:20]!r} is not a rational number in quotes, of {up_to(limit, 'digits')}")
    top, _, bottom = x.partition("/")
    need(int(bottom or 1), "a number with denominator 0")
    return Fraction(int(top), int(bottom or 1))


def within(x: Fraction, limit: str) -> bool:
    """Is neither its numerator nor its denominator larger?"""
    return max(abs(x.numerator), x.denominator) <= LIMITS[limit]


def distinct(names: list[str], what: str) -> None:
    """No two of them are the same, or differ by a line below only."""
    need(len({x.replace("_", "") for x in names}) == len(names), f"{what}: two names are alike")


def label(x: Any) -> str:
    fits = (
        isinstance(x, str)
        and len(x) <= LIMITS["name"]
        and re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", x)
    )
    need(fits, f"{str(x)[:20]!r} is not a name of {up_to('name', 'letters')}")
    return x


def constant(x: Any) -> str:
    """The name of a number, which reads as nothing else."""
    need(
        re.fullmatch("[A-Za-z][A-Za-z0-9]*", label(x)), "a constant is a word of letters and digits"
    )
    need(x not in TAKEN, "names of something else cannot be constants")
    need(not re.fullmatch(LIKE_A_LETTER, x), "a constant that reads as a letter with an index")
    return x


# --- expressions: nested tuples; ("num", 3/4), ("at", "u", "l", "i"), ("^", base, (a, b)) for
# base^(a + b L), ... ------------------


def num(x: int | Fraction) -> tuple:
    return ("num", Fraction(x))


def at(letter: str, *indices: object) -> tuple:
    return ("at", letter, *indices)


def minus(x: tuple, y: tuple) -> tuple:
    return ("+", x, ("*", num(-1), y))


def power(x: tuple, a: int, b: int = 0) -> tuple:
    return ("^", x, (Fraction(a), Fraction(b)))


def parts(e: tuple) -> list[tuple]:
    return [x for x in e[1:] if isinstance(x, tuple) and x and isinstance(x[0], str)]


def heads(e: tuple) -> set[str]:
    return {e[0]}.union(*map(heads, parts(e)))


def derivatives(e: tuple) -> int:
    """How many D are nested."""
    return (e[0] == "D") + max(map(derivatives, parts(e)), default=0)


def plain(e: tuple, commutes: Callable = bool, still: Callable = lambda e: False) -> dict:
    """Numbers by products of what stands there. Brackets, order, numbers that are added up or
    multiplied, factors 1 and terms 0 make no difference; nothing else is known. Empty for what is
    zero by that alone. ``still``: what is known not to move.
    """
    head, own = e[0], not commutes(e)
    moving = head == "D" or e[:2] == ("d", "")  # along the flow, and not by a letter

    def form(x: tuple) -> dict:
        return plain(x, commutes, still)

    spend()
    if head == "num":
        return {(): e[1]} if e[1] else {}
    if head == "+":
        found: dict = {}
        for k, c in (term for x in e[1:] for term in form(x).items()):
            found[k] = found.get(k, ZERO) + c
        return {k: c for k, c in found.items() if c}
    n = whole(e[2]) if head == "^" else None
    if n is not None and n < 0:
        base = form(e[1])
        return {(): base[()] ** n} if {*base} == {()} else {((own, "^", closed(base), n),): ONE}
    if head == "*" or n is not None:
        found = {(): ONE}
        for x in map(form, e[1:] if head == "*" else [e[1]] * (n or 0)):
            found = plain_product(found, x)
        return found
    if moving and still(e[-1]):
        return {}
    if moving or head in ("tr", "sum", "next", "start"):
        return {((own, *e[:-1], k),): c for k, c in form(e[-1]).items() if k or not moving}
    below = parts(e)
    return {((own, *(closed(form(x)) if x in below else x for x in e)),): ONE}


def whole(e: Any) -> int | None:
    """An exponent that is a whole number and small enough to be written out."""
    if isinstance(e, tuple) and (not e or (isinstance(e[0], tuple) and [*dict(e)] == [""])):
        e = dict(e).get("", 0)
    e = e[0] if isinstance(e, tuple) and len(e) == 2 and e[1] == 0 else e
    most = LIMITS["written"]
    return int(e) if isinstance(e, (int, Fraction)) and e in range(-most, most + 1) else None


def closed(x: dict) -> tuple:
    return tuple(sorted(x.items(), key=repr))


def plain_product(x: dict, y: dict) -> dict:
    if not x or not y or {*x} == {()} or {*y} == {()}:
        return {k or m: c * d for k, c in x.items() for m, d in y.items()}

    def single(z: dict) -> tuple:
        if len(z) == 1:
            return next(iter(z.items()))
        return ((any(a[0] for k in z for a in k), "+", closed(z)),), ONE

    (k, c), (m, d) = single(x), single(y)
    return {(*sorted((a for a in k + m if not a[0]), key=repr), *(a for a in k + m if a[0])): c * d}


def few_derivatives(order: int) -> None:
    need(order <= LIMITS["derivatives"], f"time derivatives: {up_to('derivatives')}")


@dataclass
class Reader:
    """Reads the expressions of one sentence and remembers what they mention."""

    constants: frozenset[str]
    kind: str = "flow"
    used: set[str] = field(default_factory=set)
    free: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)  # of the loss: quad or lin
    hints: bool = False
    pairs: set[frozenset] = field(default_factory=set)
    largest: dict[str, int] = field(
        default_factory=lambda: {"layers": 1, "coordinates": 1}
    )  # index given as a number

    def read(self, x: Any, bound: dict[str, str] | None = None) -> tuple:
        bound = bound or {}
        if isinstance(x, str):
            return num(rational(x))
        need(
            isinstance(x, list) and x and isinstance(x[0], str),
            "an expression is a rational in quotes or a list with a head",
        )
        head, args = x[0], x[1:]
        if head in BINDERS and len(args) == 3 and args[1] in KINDS.values():
            need(label(args[0]) not in bound, f"the index {args[0]} is bound twice")
            self.meets(args[0])
            return (head, args[0], args[1], self.read(args[2], {**bound, args[0]: args[1]}))
        if head == "at" and args and args[0] in ATOMS and len(args) == 1 + len(ATOMS[args[0]]):
            return self.atom(args, bound)
        if head == "^" and len(args) == 2:
            return ("^", self.read(args[0], bound), affine(self.read(args[1])))
        if head == "const" and len(args) == 1:
            need(args[0] in self.constants, f"{args[0]!r} is not a declared constant")
            self.used.add(args[0])
            return ("const", args[0])
        if head == "form" and len(args) == 2 and args[0] in ("quad", "lin"):
            need(label(args[1]) not in bound, f"{args[1]} is the name of an index as well")
            return ("form", args[0], self.datum(args[0], args[1]))
        fits = (
            (head in ("+", "*") and args)
            or (head in UNARY and len(args) == 1)
            or (head == "loss" and not args)
        )
        need(fits, f"{head[:20]!r} with {len(args)} arguments is not an expression")
        need(self.kind == "flow" or head not in ("D", "start"), f"'{head}' belongs to a flow")
        need(self.kind == "step" or head != "next", "'next' belongs to a step, and this is a flow")
        return (head, *(self.read(a, bound) for a in args))

    def meets(self, index: str) -> None:
        """An index is a small word that means nothing else; in hints it may carry a number."""
        need(
            re.fullmatch("[a-z]+(_[0-9]+)?" if self.hints else "[a-z]+", index)
            and index not in self.constants | TAKEN | RESERVED
            and index not in self.data,
            f"the index {index} is the name of something else",
        )

    def datum(self, kind: str, name: Any) -> str:
        """A matrix or a vector of the loss, under a name of its own."""
        own = label(name) not in (self.constants | TAKEN | RESERVED) - {*MATRICES}
        own = own and not re.fullmatch(LIKE_A_LETTER, name) and "-" not in name
        own = own and name.replace("_", "") not in self.constants and name not in self.free
        own = own and (kind == "quad" or name not in MATRICES)
        need(
            own and self.data.setdefault(name, kind) == kind,
            f"{name} is the name of something else than a datum of the loss",
        )
        return name

    def atom(self, args: list, bound: dict[str, str]) -> tuple:
        for letter, index in zip(ATOMS[args[0]], args[1:], strict=True):
            kind = KINDS[letter]
            if isinstance(index, str):
                known = bound.get(label(index)) or self.free.setdefault(index, kind)
                need(known == kind, f"the index {index} stands for {known} and for {kind}")
                self.meets(index)
            else:
                self.largest[kind] = max(self.largest[kind], integer(index, 1, "size", "an index"))
        if args[0] == "R":
            need(
                args[1] != args[2] and not {*args[1:3]} & {*bound},
                "R needs two different layers that no sum binds",
            )
            self.pairs.add(frozenset(args[1:3]))
        return ("at", *args)


def affine(e: tuple) -> tuple[Fraction, Fraction]:
    """An exponent a + b L as (a, b)."""
    a, b = (e[1], ZERO) if e[0] == "num" else (ZERO, ONE) if e == ("const", "L") else (ZERO, ZERO)
    if e[0] == "+":
        a, b = (sum(x, ZERO) for x in zip(*map(affine, e[1:]), strict=True))
    elif e[0] == "*":
        a = ONE
        for c, d in map(affine, e[1:]):
            need(not (b and d), "an exponent is affine in L")
            a, b = a * c, a * d + b * c
    elif e[0] == "^":
        need(
            e[1][0] == "num" and e[1][1] and e[2] in ((-ONE, ZERO), (ONE, ZERO)),
            "an exponent is affine in L",
        )
        a = e[1][1] ** int(e[2][0])
    need(e[0] in ("num", "+", "*", "^") or b, "an exponent is affine in L")
    need(
        within(a, "exponent") and within(b, "exponent"),
        f"an exponent that is too large: {up_to('exponent')}",
    )
    return (a, b)


def words(e: tuple) -> str:
    """An expression as people write it."""
    head, args = e[0], e[1:]
    if head == "num":
        return str(args[0]) if args[0].denominator == 1 and args[0] >= 0 else f"({args[0]})"
    if head in ("const", "loss"):
        return args[0] if args else "J"
    if head == "at":
        return (
            f"{args[0]}_({','.join(map(str, args[1:]))})"
            if len(args) > 2
            else f"{args[0]}_{args[1]}"
        )
    if head == "form":
        return f"(w'{args[1]} w)" if args[0] == "quad" else f"({args[1]}'w)"
    if head == "^":
        base, (a, b) = words(args[0]), args[1]
        slope = "L" if b == 1 else f"{words(num(b))} L"
        exponent = str(a) if not b else f"{words(num(a))} + {slope}" if a else slope
        return (
            base if args[0][0] in ("at", "const", "loss", "form", "+") else f"({base})"
        ) + f"^({exponent})"
    if head in BINDERS:
        return f"{head}[{args[0]} in {args[1]}]({words(args[2])})"
    inner = [words(x) for x in args]
    if head == "*":
        return " ".join(
            f"({x})" if k and x[0].isdigit() else x for k, x in enumerate(inner)
        )  # 2 (3) is not 23
    return f"({' + '.join(inner)})" if head == "+" else f"{head}({inner[0]})"


# --- sums over generic indices: a term is (coefficient, {bound variable: kind}, {atom: (a, b)}) for
# atom^(a + b L) ----------------- A bound variable is a negative integer. Laws used: sums are
# linear, bound variables may be renamed, a factor without the bound variable leaves its sum. Hence
# equal keys mean equal values for every n and L.

NONE = (ZERO, ZERO)
ONE_L: tuple = (ONE, {}, {("const", "L"): (ONE, ZERO)})
_fresh = [0]


def fresh() -> int:
    _fresh[0] -= 1
    return _fresh[0]


def attach(factors: dict, atom: tuple, a: Fraction, b: Fraction = ZERO) -> None:
    """factors *= atom^(a + b L)."""
    old = factors.pop(atom, NONE)
    if (new := (old[0] + a, old[1] + b)) != NONE:
        factors[atom] = new


def joined(s: tuple, t: tuple) -> tuple:
    """Product of two terms that share their bound variables."""
    spend(4 + len(s[2]) + len(t[2]))
    factors = dict(s[2])
    for atom, (a, b) in t[2].items():
        attach(factors, atom, a, b)
    return (bounded(s[0] * t[0]), s[1] | t[1], factors)


def times(s: tuple, t: tuple) -> tuple:
    """Product of two terms; (sum a)(sum b) is a double sum, so the bound variables of the second
    are renamed.
    """
    new = {v: fresh() for v in t[1]}
    factors = {(k[0], *(new.get(x, x) for x in k[1:])): e for k, e in t[2].items()}
    return joined(s, (t[0], {new[v]: kind for v, kind in t[1].items()}, factors))


def key_of(bound: dict, factors: dict) -> tuple:
    """Parts connected by bound variables, each under its smallest labelling; an unused variable
    sums to n or L.
    """
    groups: list[tuple[set, list]] = []
    scalars, unused = {}, {*bound}
    for item in factors.items():
        mine = {x for x in item[0][1:] if x in bound}
        unused -= mine
        if mine:
            near = [g for g in groups if g[0] & mine]
            groups = [g for g in groups if not g[0] & mine]
            groups.append(
                (mine.union(*(g[0] for g in near)), [item, *(x for g in near for x in g[1])])
            )
        else:
            scalars[item[0]] = item[1]
    for v in unused:
        attach(scalars, ("const", "n" if bound[v] == "coordinates" else "L"), ONE)
    return (
        tuple(sorted(map(repr, scalars.items()))),
        tuple(sorted(smallest(v, items, bound) for v, items in groups)),
    )


def smallest(variables: set, items: list, bound: dict) -> tuple:
    kinds = [[v for v in variables if bound[v] == kind] for kind in KINDS.values()]
    need(
        max(map(len, kinds)) <= LIMITS["sums"],
        f"sums of one kind in one product: {up_to('sums')}",
    )
    best: tuple = ()
    for layers, coordinates in product(*map(permutations, kinds)):
        spend(4 * len(items))
        to = {v: f"#l{s}" for s, v in enumerate(layers)} | {
            v: f"#c{s}" for s, v in enumerate(coordinates)
        }
        form = tuple(sorted(repr((k[0], [to.get(x, x) for x in k[1:]], e)) for k, e in items))
        best = min(best or form, form)
    return best


# a name with a prime occurs in no certificate
EULER = ("sum", "i'", "coordinates", ("*", at("w", "i'"), at("g", "i'")))


@dataclass(frozen=True)
class Model:
    """The diagonal network w = u_1 * ... * u_L, u_l' = -P_l g (- kappa u_l), under balance (u_l^2 =
    q), w != 0, L >= least.

    ``pair`` holds the two layers of R, which differ.
    """

    balanced: bool = False
    nonzero: bool = False
    least: int = 1
    decay: bool = False
    pair: tuple = ()

    def normal(self, e: tuple, scope: dict | None = None) -> list:
        """Terms with different keys; none only if the expression is zero for every size."""
        return self.collected(self.terms(e, scope or {}))

    def collected(self, terms: list) -> list:
        found: dict = {}
        for c, bound, factors in terms:
            key = key_of(bound, self.reduced(factors))
            found[key] = (bounded(found.get(key, (ZERO,))[0] + c), bound, factors)
        return [t for t in found.values() if t[0]]

    def terms(self, e: tuple, scope: dict) -> list:
        head, args = e[0], e[1:]
        spend()
        if head == "num":
            return [(args[0], {}, {})] if args[0] else []
        if head == "at":
            return self.atom((args[0], *(scope.get(x, x) for x in args[1:])))
        if head in ("const", "loss"):
            return self.atom(e)
        if head == "+":
            return [t for x in args for t in self.terms(x, scope)]
        if head == "*":
            return self.product(self.terms(x, scope) for x in args)
        if head == "^":
            return self.power(self.terms(args[0], scope), *args[1])
        if head == "sum":
            new = fresh()
            return [
                (c, bound | {new: args[1]}, f)
                for c, bound, f in self.terms(args[2], scope | {args[0]: new})
            ]
        need(head in ("D", "next"), f"'{head}' has no normal form for every size")
        return [
            s
            for t in self.normal(args[0], scope)
            for s in (self.derived(t) if head == "D" else self.stepped(t))
        ]

    def atom(self, atom: tuple, a: Fraction = ONE, b: Fraction = ZERO) -> list:
        need(self.allows(atom, a, b), f"{atom[0]}^({a} + {b} L) is not defined everywhere")
        return [(ONE, {}, {atom: (a, b)} if a or b else {})]

    def allows(self, atom: tuple, a: Fraction, b: Fraction) -> bool:
        """Is atom^(a + b L) defined wherever the statement speaks?"""
        if atom[0] == "q":
            return self.nonzero or (b >= 0 and a + b * self.least >= 0)
        signed = atom in (("const", "L"), ("const", "n")) or (atom[0] == "w" and self.nonzero)
        return b == 0 and a.denominator == 1 and (a >= 0 or signed)

    def product(self, groups: Any) -> list:
        result: list = [(ONE, {}, {})]
        for group in groups:
            result = [times(s, t) for s, t in product(result, group)]
        return result

    def power(self, base: list, a: Fraction, b: Fraction) -> list:
        if b == 0 and a.denominator == 1 and 0 <= a <= LIMITS["power"]:
            return self.product([base] * int(a))
        if (
            b == 0
            and a.denominator == 1
            and -LIMITS["power"] <= a < 0
            and len(base) == 1
            and not base[0][1]
            and not base[0][2]
        ):
            return [(bounded(base[0][0] ** int(a)), {}, {})]
        single = (
            len(base) == 1
            and base[0][0] == 1
            and not base[0][1]
            and [*base[0][2].values()] == [(ONE, ZERO)]
        )
        need(single, "only one atom can carry a negative, large or symbolic exponent")
        return self.atom(next(iter(base[0][2])), a, b)

    def derived(self, term: tuple) -> list:
        """Product rule along the flow."""
        result = []
        for atom, (a, b) in term[2].items():
            rest = dict(term[2])
            attach(rest, atom, -ONE)
            outer = (term[0], term[1], rest)
            inner = self.terms(self.derivative(atom), {})
            need(
                not inner or self.allows(atom, *rest.get(atom, NONE)),
                f"the derivative of {atom[0]}^({a} + {b} L) divides by it",
            )
            for factor, t in product(((a, {}, {}), joined((b, {}, {}), ONE_L)), inner):
                result += [joined(joined(factor, outer), t)] if factor[0] else []
        return result

    def derivative(self, atom: tuple) -> tuple:
        letter, i = atom[0], atom[-1]
        if letter in ("const", *MATRICES):
            return num(0)
        if letter == "loss":
            return ("sum", "i'", "coordinates", ("*", at("g", "i'"), self.derivative(("w", "i'"))))
        squares = ("sum", "l'", "layers", power(at("P", "l'", i), 2))
        if letter == "q" and not self.balanced:
            need(self.nonzero, "q = |w|^(2/L) has a derivative only under balance or w != 0")
            return (
                "*",
                num(2),
                power(("const", "L"), -1),
                at(*atom),
                power(at("w", i), -1),
                self.derivative(("w", i)),
            )
        need(letter in ("u", "w", "q"), f"{letter} has no entry in the vector field")
        gain = {"u": at("P", *atom[1:]), "w": squares, "q": ("*", num(2), at("w", i))}[letter]
        rate = {"u": num(1), "w": ("const", "L"), "q": num(2)}[letter] if self.decay else num(0)
        return (
            "*",
            num(-1),
            ("+", ("*", at("g", i), gain), ("*", rate, ("const", "kappa"), at(*atom))),
        )

    def stepped(self, term: tuple) -> list:
        """The term at u_l - eta P_l g; constants stay; nothing else has a value after a step
        here.
        """
        result: list = [(term[0], term[1], {})]
        for atom, (a, b) in term[2].items():
            need(
                atom[0] in ("u", "const", *MATRICES),
                f"'next' of {atom[0]} has no normal form for every size: state it in u",
            )
            move = ("*", ("const", "eta"), at("P", *atom[1:]), at("g", atom[-1]))
            new = self.atom(atom) if atom[0] != "u" else self.terms(minus(at(*atom), move), {})
            result = [joined(s, t) for s, t in product(result, self.power(new, a, b))]
        return result

    def reduced(self, factors: dict) -> dict:
        """With R: P_l = u_m R, P_m = u_l R, u_l u_m R = w. Always u_l P_l = w, w^2 = q^L.

        Balanced, with signs s_l and their product s: u_l = s_l q^(1/2), w = s q^(L/2), P_l = s s_l
        q^((L-1)/2) and R = s s_l s_m q^((L-2)/2).
        """
        out: dict = {}
        for atom, (a, b) in factors.items():
            letter, layers, i = atom[0], atom[1:-1], atom[-1]
            if self.balanced and letter in ("u", "P", "R", "w"):
                for x in [("sign", x, i) for x in layers] + [("signs", i)] * (letter != "u"):
                    attach(out, x, a)
                half = (a / 2, ZERO) if letter == "u" else (-a * len(layers) / 2, a / 2)
                attach(out, ("q", i), *half)
            elif letter == "R" or (letter == "P" and layers[0] in self.pair):
                attach(out, ("R", *self.pair, i), a)
                for x in {*self.pair} - {*layers}:
                    attach(out, ("u", x, i), a)
            else:
                attach(out, atom, a, b)
        for atom in [x for x in out if x[0] in ("P", "R")]:
            group = [atom, *(("u", x, atom[-1]) for x in atom[1:-1])]
            count = min(out.get(x, NONE)[0] for x in group)
            for x in group:
                attach(out, x, -count)
            attach(out, ("w", atom[-1]), count)
        for atom, (a, _) in [*out.items()]:
            if atom[0] in ("w", "sign", "signs"):
                attach(out, atom, a % 2 - a)
            if atom[0] == "w":
                attach(out, ("q", atom[1]), ZERO, Fraction(a // 2))
        return out


# --- losses: value and partial derivatives over any ring with + * power log exp; rational functions
# are one such ring --------------


def dual(e: tuple, leaf: Callable) -> tuple[Any, dict]:
    """Value of an expression in forms, coordinates and numbers, and its partial derivative by each
    form and coordinate.
    """
    head, one = e[0], leaf(num(1))
    spend()
    if head in ("form", "at"):
        need(
            head == "form" or (e[1] == "w" and len(e) == 3),
            f"{words(e)} in a loss: it may use forms and coordinates of w",
        )
        return leaf(e), {e: one}
    if head in ("num", "const"):
        return leaf(e), {}
    if head == "euler":
        return euler(e[1], leaf), {e: one}
    need(head in ("+", "*", "^", "log", "exp"), f"'{head}' in a loss")
    value, slopes = dual(e[1], leaf)
    for v, s in [dual(x, leaf) for x in parts(e)[1:]]:
        left, right = (
            ({k: x * v for k, x in slopes.items()}, {k: x * value for k, x in s.items()})
            if head == "*"
            else (slopes, s)
        )
        slopes = left | {k: left[k] + x if k in left else x for k, x in right.items()}
        value = value * v if head == "*" else value + v
    if head in ("^", "log", "exp"):
        a, b = e[2] if head == "^" else NONE
        need(b == 0 and within(a, "power"), f"an exponent in a loss: {up_to('power')}")
        new = value.power(a) if head == "^" else value.log() if head == "log" else value.exp()
        if head == "^" and a:  # a root and its derivative share one letter
            outer = leaf(num(a)) * (
                value.power(a - 1) if a.denominator == 1 else new * value.power(-ONE)
            )
        else:
            outer = new if head == "exp" else value.power(-ONE) if head == "log" else leaf(num(0))
        value, slopes = new, {k: x * outer for k, x in slopes.items()}
    return value, slopes


def euler(e: tuple, leaf: Callable) -> Any:
    """sum_i w_i dF/dw_i: a quadratic form has degree 2, a linear form and a coordinate degree 1."""
    total = leaf(num(0))
    for k, slope in dual(e, leaf)[1].items():
        need(k[0] != "euler", "'euler' inside 'euler'")
        total = total + leaf(num(2 if k[1] == "quad" else 1)) * leaf(k) * slope
    return total


@dataclass(frozen=True)
class Ratio:
    """A quotient of polynomials (terms without sums) in forms, coordinates, constants, and logs and
    exps of ratios.
    """

    top: list
    bottom: list

    @staticmethod
    def leaf(e: tuple) -> Ratio:
        return Ratio(
            Model().terms(e if e[0] == "num" else ("const", repr(e)), {}), Model().terms(num(1), {})
        )

    def __add__(self, other: Ratio) -> Ratio:
        if self.bottom == other.bottom:
            return Ratio(Model().collected(self.top + other.top), self.bottom)
        bottom = multiplied(self.bottom, other.bottom)
        return Ratio(multiplied(self.top, other.bottom), bottom) + Ratio(
            multiplied(other.top, self.bottom), bottom
        )

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio(multiplied(self.top, other.top), multiplied(self.bottom, other.bottom))

    def power(self, e: Fraction) -> Ratio:
        need(e >= 0 or self.top, "division by the zero polynomial")
        if e.denominator > 1:
            return Ratio.leaf(("root", self, e))
        result, base = Ratio.leaf(num(1)), self if e >= 0 else Ratio(self.bottom, self.top)
        for _ in range(abs(int(e))):
            result = result * base
        return result

    def log(self) -> Ratio:
        return Ratio.leaf(("log", self))

    def exp(self) -> Ratio:
        return Ratio.leaf(("exp", self))


def multiplied(p: list, q: list) -> list:
    return Model().collected(Model().product([p, q]))


# --- numbers: a Fraction is exact, an Interval contains the true value; signs are certain or None
# ----------------------------------

SCALE = 1 << LIMITS["interval"]
DOWN, UP = (Context(prec=LIMITS["decimals"], rounding=way) for way in (ROUND_FLOOR, ROUND_CEILING))


@dataclass(frozen=True)
class Interval:
    low: Fraction
    high: Fraction

    def __add__(self, other: Number) -> Interval:
        return outward(self.low + ends(other)[0], self.high + ends(other)[1])

    def __mul__(self, other: Number) -> Number:
        corners = [x * y for x in (self.low, self.high) for y in ends(other)]
        return ZERO if other == 0 else outward(min(corners), max(corners))

    __radd__, __rmul__ = __add__, __mul__


Number = Fraction | Interval


def ends(x: Number) -> tuple[Fraction, Fraction]:
    return (x.low, x.high) if isinstance(x, Interval) else (x, x)


def outward(low: Fraction, high: Fraction) -> Interval:
    return Interval(Fraction(floor(low * SCALE), SCALE), Fraction(ceil(high * SCALE), SCALE))


def sign(x: Number) -> int | None:
    """The certain sign, or None."""
    low, high = ends(x)
    return 1 if low > 0 else -1 if high < 0 else 0 if low == high == 0 else None


def bounded(x: Number) -> Any:
    size = max(y.numerator.bit_length() + y.denominator.bit_length() for y in ends(x))
    need(size <= LIMITS["bits"], f"a number with too many digits: {up_to('bits', 'bits')}")
    spend(1 + size // 256)
    return x


def enclosed(function: str, x: Number) -> Number:
    """exp or ln: decimal rounds them correctly (half to even), so that one unit in the last place
    more contains the value.
    """
    if x == (0 if function == "exp" else 1):
        return ONE if function == "exp" else ZERO
    need(sign(x) == 1 or function == "exp", "the log of a number that is not known to be positive")
    largest = max(map(abs, ends(x)))
    need(largest < LIMITS["exp"] or function == "ln", f"exp of a number: {up_to('exp')}")
    low, high = (
        c.divide(Decimal(y.numerator), Decimal(y.denominator))
        for c, y in zip((DOWN, UP), ends(x), strict=True)
    )
    spend(50)
    return Interval(
        Fraction(getattr(low, function)(DOWN).next_minus(DOWN)),
        Fraction(getattr(high, function)(UP).next_plus(UP)),
    )


def raised(x: Number, e: Fraction) -> Number:
    """x^e; x may be 0 only for e >= 0, and negative only for integers e."""
    need(within(e, "exponent"), f"an exponent that is too large: {up_to('exponent')}")
    if e < 0:
        need(sign(x), "division by zero, or by a number whose sign is not known")
        low, high = ends(raised(x, -e))
        return 1 / low if low == high else outward(1 / high, 1 / low)
    if e.denominator > 1:
        need(sign(x) in (0, 1), "a root of a number that is not known to be positive")
        exact = (
            [whole_root(y, e.denominator) for y in (x.numerator, x.denominator)]
            if isinstance(x, Fraction)
            else [None]
        )
        if None in exact:
            return enclosed("exp", enclosed("ln", x) * e)
        x = Fraction(*exact)  # type: ignore[arg-type]
    result: Number = ONE
    for _ in range(e.numerator):
        result = bounded(result * x)
    return result


def whole_root(x: int, degree: int) -> int | None:
    """The integer r >= 0 with r^degree = x, or None where there is none below 10^60 or so."""
    near = (
        ends(enclosed("exp", enclosed("ln", Fraction(x)) * Fraction(1, degree)))[0] if x else ZERO
    )
    r = ceil(near) if near.denominator > 1 else int(near)
    return r if x < 2 or (x.bit_length() < 4 * LIMITS["bits"] and r**degree == x) else None


@dataclass(frozen=True)
class Jet:
    """The first Taylor coefficients in time, at t = 0+."""

    c: tuple

    def __add__(self, other: Jet) -> Jet:
        return Jet(tuple(bounded(x + y) for x, y in zip(self.c, other.c, strict=False)))

    def __mul__(self, other: Jet) -> Jet:
        size = min(len(self.c), len(other.c))
        return Jet(
            tuple(
                bounded(sum((self.c[j] * other.c[s - j] for j in range(s + 1)), ZERO))
                for s in range(size)
            )
        )

    def solved(self, first: Number, weight: Callable, base: Number) -> Jet:
        """y with s base y_s = sum_j weight(s, j) x_j y_(s-j), the recurrence of powers and of
        exp.
        """
        y = [first]
        for s in range(1, len(self.c)):
            total = sum((self.c[j] * y[s - j] * weight(s, j) for j in range(1, s + 1)), ZERO)
            y.append(bounded(total * raised(base * Fraction(s), -ONE)))
        return Jet(tuple(y))

    def power(self, e: Fraction) -> Jet:
        if e.denominator == 1 and 0 <= e <= LIMITS["power"]:
            result = Jet((ONE,) + (ZERO,) * (len(self.c) - 1))
            for _ in range(int(e)):
                result = result * self
            return result
        need(
            len(self.c) == 1 or sign(self.c[0]),
            "a power of a quantity that is not known to be away from 0 has no Taylor series",
        )
        return self.solved(raised(self.c[0], e), lambda s, j: e * j - (s - j), self.c[0])

    def exp(self) -> Jet:
        return self.solved(enclosed("exp", self.c[0]), lambda s, j: Fraction(j), ONE)

    def log(self) -> Jet:
        slope = (self.derivative() * self.power(-ONE)).c if len(self.c) > 1 else ()
        return Jet(
            (enclosed("ln", self.c[0]), *(x * Fraction(1, s) for s, x in enumerate(slope, 1)))
        )

    def derivative(self) -> Jet:
        return Jet(tuple(x * Fraction(s) for s, x in enumerate(self.c) if s))

    def smooth(self) -> Jet:
        """Itself, where its absolute value has no corner: it does not change its sign at t = 0."""
        first = next(((s, sign(x)) for s, x in enumerate(self.c) if sign(x) != 0), (0, 0))
        need(first[1] is not None and (first[1] == 0 or first[0] % 2 == 0), "no derivative there")
        return self

    def germ(self) -> int:
        """Sign for small t > 0 as far as the coefficients show: that of the first one that is not
        exactly 0.
        """
        need(
            None
            not in map(sign, self.c[: next((s for s, x in enumerate(self.c) if sign(x)), None)]),
            "a sign that is not known",
        )
        return next((s for x in self.c if (s := sign(x))), 0)


# --- the flow at a point
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """An exact state, a concrete loss and values of the declared constants."""

    start: list
    loss: tuple
    data: dict
    constants: dict
    w: list
    balanced: bool

    @staticmethod
    def read(x: dict, constants: frozenset[str]) -> Point:
        depth, width = (integer(x[side], 1, "weights", side) for side in ("depth", "width"))
        need(
            max(depth, width) <= LIMITS["size"] or depth * width <= LIMITS["weights"],
            f"a point with more weights than this checker evaluates: {up_to('weights')}, or"
            f" {up_to('size')} on each side",
        )
        start = matrix(x["start"], depth, width, "start")
        loss = fields(x["loss"], "loss", "expr data")
        need(
            isinstance(loss["data"], dict) and isinstance(x["constants"], dict),
            "data and constants are objects",
        )
        data = {label(k): datum(d, width, k) for k, d in loss["data"].items()}
        values = {k: rational(d) for k, d in x["constants"].items()}
        need({*values} <= constants - {"L", "n"}, "constants with values are declared, not L, n")
        numbers = frozenset(constant(k) for k, d in data.items() if isinstance(d, Fraction))
        need(not numbers & RESERVED, "a number of the loss under a name of the flow")
        reader = Reader(numbers)
        expr = reader.read(loss["expr"])
        need(
            reader.largest["coordinates"] <= width and not reader.free,
            "the loss mentions a coordinate that does not exist",
        )
        columns = [*zip(*start, strict=True)]
        balanced = all(len({y * y for y in column}) == 1 for column in columns)
        return Point(
            start,
            expr,
            data,
            values | {"L": Fraction(depth), "n": Fraction(width)},
            [*map(prod, columns)],
            balanced,
        )

    def size(self, kind: str) -> int:
        return len(self.start) if kind == "layers" else len(self.w)

    def constant(self, which: str) -> Fraction:
        need(which in self.constants, f"the constant {which} has no value at the point")
        return self.constants[which]

    def datum(self, which: str, kind: type) -> Any:
        need(
            isinstance(self.data.get(which), kind),
            f"the data of the loss have no {which} of the kind that is used",
        )
        return self.data[which]

    def ratio(self, e: tuple) -> Ratio:
        """A letter of the loss as a rational function; its constants are numbers."""
        return Ratio.leaf(num(self.datum(e[1], Fraction)) if e[0] == "const" else e)


def matrix(x: Any, rows: int, columns: int, what: str) -> list:
    fits = (
        isinstance(x, list)
        and len(x) == rows
        and all(isinstance(r, list) and len(r) == columns for r in x)
    )
    need(fits, f"{what} must have {rows} rows of {columns} numbers")
    return [[rational(y) for y in row] for row in x]


def datum(x: Any, width: int, what: str) -> Fraction | tuple | list:
    """A number, a vector (tuple) or a symmetric matrix (list)."""
    if not isinstance(x, list):
        return rational(x)
    if x and isinstance(x[0], str):
        return tuple(matrix([x], 1, width, what)[0])
    found = matrix(x, width, width, what)
    need(found == [[*column] for column in zip(*found, strict=True)], f"{what} is not symmetric")
    return found


class Motion:
    """Jets of all letters along the flow through a point, with ``order`` time derivatives."""

    def __init__(
        self, point: Point, start: list, order: int, kappa: Fraction = ZERO, balanced: bool = False
    ) -> None:
        self.point, self.balanced, self.inside = point, balanced, 0  # inside how many derivatives
        rows: list = [[(x,) for x in row] for row in start]
        self.update(rows)
        for s in range(order):
            for row, products in zip(rows, self.P, strict=True):
                slopes = [(p * x).c[s] for p, x in zip(products, self.g, strict=True)]
                row[:] = [
                    (*x, bounded((y + x[s] * kappa) * Fraction(-1, s + 1)))
                    for x, y in zip(row, slopes, strict=True)
                ]
            self.update(rows)

    def update(self, rows: list) -> None:
        self.one = (ONE,) + (ZERO,) * (len(rows[0][0]) - 1)
        self.u = [[Jet(x) for x in row] for row in rows]
        before, after = [[self.lift(ONE)] * len(self.u[0])], [[self.lift(ONE)] * len(self.u[0])]
        for down, up in zip(self.u, reversed(self.u), strict=True):
            before.append([x * y for x, y in zip(before[-1], down, strict=True)])
            after.append([x * y for x, y in zip(after[-1], up, strict=True)])
        self.w, size = before[-1], len(self.u)
        self.P = [
            [x * y for x, y in zip(before[r], after[size - 1 - r], strict=True)]
            for r in range(size)
        ]
        self.images: dict = {}
        self.J, slopes = dual(self.point.loss, self.letter)
        self.g = [self.lift(ZERO)] * len(self.w)
        for leaf, slope in slopes.items():
            scale = self.lift(Fraction(2 if leaf[1] == "quad" else 1))
            for i, x in enumerate(self.image(leaf)):
                self.g[i] = self.g[i] + slope * scale * x if any(x.c) else self.g[i]

    def lift(self, x: Fraction) -> Jet:
        return Jet((x, *self.one[1:]))

    def letter(self, e: tuple) -> Jet:
        """A letter of the loss: its constants are numbers in its own data."""
        return self.lift(self.point.datum(e[1], Fraction)) if e[0] == "const" else self.value(e, {})

    def image(self, leaf: tuple) -> list:
        """S w of a quadratic form, m of a linear form, the unit vector of a coordinate."""
        if leaf not in self.images:
            if leaf[1] == "quad":
                rows = [
                    [self.lift(a) * x for a, x in zip(r, self.w, strict=True) if a]
                    for r in self.point.datum(leaf[2], list)
                ]
                self.images[leaf] = [self.total(row) for row in rows]
            else:
                unit = [Fraction(i == leaf[2]) for i in range(1, len(self.w) + 1)]
                self.images[leaf] = [
                    self.lift(x)
                    for x in (unit if leaf[0] == "at" else self.point.datum(leaf[2], tuple))
                ]
        return self.images[leaf]

    def total(self, jets: Any) -> Jet:
        return sum(jets, self.lift(ZERO))

    def value(self, e: tuple, scope: dict) -> Jet:
        head, args = e[0], e[1:]
        spend(2)
        if head in ("num", "const"):
            return self.lift(args[0] if head == "num" else self.point.constant(args[0]))
        if head == "at":
            return self.atom(args[0], [scope.get(x, x) for x in args[1:]])
        if head == "loss":
            return self.J
        if head == "form":
            return self.total(x * y for x, y in zip(self.w, self.image(e), strict=True))
        if head == "euler":
            return euler(args[0], lambda x: self.value(x, scope))
        if head == "^":
            return self.value(args[0], scope).power(args[1][0] + args[1][1] * len(self.u))
        if head in BINDERS:
            sizes = range(1, self.point.size(args[1]) + 1)
            return combined(
                head, [self.value(args[2], scope | {args[0]: s}) for s in sizes], self.inside > 0
            )
        if head == "next":
            gains = [
                [
                    (p * x).c[0] * self.point.constant("eta")
                    for p, x in zip(row, self.g, strict=True)
                ]
                for row in self.P
            ]
            moved = [
                [x.c[0] + y * -ONE for x, y in zip(*rows, strict=True)]
                for rows in zip(self.u, gains, strict=True)
            ]
            return Motion(self.point, moved, 0).value(args[0], scope)
        self.inside += head == "D"
        inner = [self.value(x, scope) for x in args]
        self.inside -= head == "D"
        if head in ("+", "*"):
            return combined("sum" if head == "+" else "prod", inner)
        if head == "start":
            return Jet((inner[0].c[0], *(ZERO for _ in inner[0].c[1:])))
        if head == "abs":
            inner = [x.smooth() for x in inner] if self.inside else inner
            return inner[0] * self.lift(-ONE) if inner[0].germ() < 0 else inner[0]
        return {"D": inner[0].derivative, "log": inner[0].log, "exp": inner[0].exp}[head]()

    def atom(self, letter: str, at: list) -> Jet:
        need(
            all(x <= self.point.size(KINDS[k]) for k, x in zip(ATOMS[letter], at, strict=True)),
            f"{letter}_{at} does not exist here",
        )
        if letter in ("u", "P"):
            return (self.u if letter == "u" else self.P)[at[0] - 1][at[1] - 1]
        if letter == "R":
            need(at[0] != at[1], "R_l,m at l = m")
            return combined(
                "prod",
                [
                    self.lift(ONE),
                    *(r[at[2] - 1] for s, r in enumerate(self.u, 1) if s not in at[:2]),
                ],
            )
        if letter in ("w", "g"):
            return (self.w if letter == "w" else self.g)[at[0] - 1]
        if letter == "q":
            x = self.u[0][at[0] - 1] if self.balanced else self.w[at[0] - 1]
            if self.balanced or len(self.u) == 1:
                return x * x
            x = x.smooth() if self.inside else x
            return (x * self.lift(-ONE) if x.germ() < 0 else x).power(Fraction(2, len(self.u)))
        return self.lift(self.point.datum(letter, list)[at[0] - 1][at[1] - 1])


def combined(head: str, jets: list, smooth: bool = False) -> Jet:
    """``smooth``: a derivative is taken of it, so that max and min may have no corner."""
    result = jets[0]
    for x in jets[1:]:
        if head in ("sum", "prod"):
            result = result + x if head == "sum" else result * x
            continue
        gap = x + Jet(tuple(y * -ONE for y in result.c))
        if ((gap.smooth() if smooth else gap).germ() > 0) == (head == "max"):
            result = x
    return result


# --- sentences
# --------------------------------------------------------------------------------------------------

HYPOTHESES = {"homogeneous": "degree", "depth-at-least": "bound"}
HYPOTHESES |= dict.fromkeys(("balanced", "nonzero", "product"), "")
#: checked at the witness of a trap, used in no proof
DIRECTED = dict.fromkeys(("fisher-ratio", "same-signs", "half-space"), "")
SAYS = {
    "conserved": ("quantity", "{0} is constant for as long as the flow exists"),
    "equation": ("left right", "{0} = {1}"),
    "linear-law": ("quantity rate", "{0} at time t is e^(({1}) t) times its value at time 0"),
    "keeps-sign": ("quantity rate", "{0} keeps its sign, and stays 0 if it starts at 0"),
    "inequality": ("left right", "{0} <= {1} for as long as the flow exists"),
    "limit-direction": (
        "target",
        "w/|w| tends to the direction of S_W^-1 m where m'w > 0 at the start, to the opposite one"
        " where m'w < 0",
    ),
}
Q_SUM, U_SQUARED = ["sum", "i", "coordinates", ["at", "q", "i"]], ["^", ["at", "u", "l", "i"], "2"]
LAYER_NORM = ["sum", "i", "coordinates", U_SQUARED]
SPREAD = ["+", ["max", "l", "layers", U_SQUARED], ["*", "-1", ["min", "l", "layers", U_SQUARED]]]
SHAPES = {
    "HOLDER": (["^", Q_SUM, ["const", "L"]], ["prod", "l", "layers", ["start", LAYER_NORM]]),
    "GEOMETRIC_MEAN_BETWEEN": (
        ["abs", ["+", Q_SUM, ["*", "-1", ["start", Q_SUM]]]],
        ["sum", "i", "coordinates", SPREAD],
    ),
}
GAP = minus(power(at("u", "l", "i"), 2), power(at("u", "m", "i"), 2))


@dataclass
class Frame:
    """Setting and hypotheses of a certificate."""

    data: dict

    def __post_init__(self) -> None:
        setting, names = (
            fields(self.data["setting"], "setting", "kind model least_depth decay"),
            self.data["constants"],
        )
        self.kind, self.decay = setting["kind"], setting["decay"] == "kappa"
        need(
            self.kind in ("flow", "step") and setting["model"] == "diagonal",
            "this checker knows flow and step of the diagonal model",
        )
        need(
            setting["decay"] is None or (self.decay and self.kind == "flow"),
            "decay is null, or kappa in a flow",
        )
        self.least = integer(setting["least_depth"], 1, "size", "least_depth")
        need(
            isinstance(names, list) and len({*map(constant, names)}) == len(names),
            "constants are a list of different names",
        )
        self.reader = Reader(frozenset(names), self.kind)
        for moved in ["eta"] * (self.kind == "step") + ["kappa"] * self.decay:
            self.reader.read(["const", moved])
        self.ids: dict[str, str] = {}
        self.degree = num(0)
        need(isinstance(self.data["assuming"], list), "assuming is a list")
        for h in self.data["assuming"]:
            kind: Any = h.get("kind") if isinstance(h, dict) else None
            need(isinstance(kind, str) and kind in HYPOTHESES | DIRECTED, "an unknown kind")
            fields(h, kind, f"id kind {(HYPOTHESES | DIRECTED)[kind]}")
            need(
                isinstance(h["id"], str)
                and h["id"] not in self.ids.values()
                and kind not in self.ids,
                "a hypothesis twice",
            )
            self.ids[kind] = h["id"]
            if kind == "homogeneous":
                self.degree = self.reader.read(h["degree"])
                need(
                    heads(self.degree) <= {"num", "const", "+", "*", "^"},
                    "the degree is an expression in constants",
                )
            if kind == "depth-at-least":
                self.least = max(
                    self.least, integer(h["bound"], 1, "size", "the bound on the depth")
                )
        need(
            "balanced" not in self.ids or self.kind == "flow",
            "balance is a relation of the start of a flow, the setting is a step",
        )
        need(
            "product" not in self.ids or not self.decay,
            "with weight decay the field is not a gradient in w alone",
        )

    def words(self) -> str:
        move = (
            f"u_l' = -P_l g{' - kappa u_l' * self.decay}"
            if self.kind == "flow"
            else "one descent step u_l - eta P_l g"
        )
        assumed = {
            "homogeneous": f"J homogeneous of degree {words(self.degree)}",
            "balanced": "u_(l,i)^2 = u_(m,i)^2 at the start",
            "nonzero": "every w_i != 0",
            "product": "no weight decay",
            "fisher-ratio": (
                "J = -(m'w)^2/(w'S_W w), S_W positive definite, v = S_W^-1 m without a zero entry"
            ),
            "same-signs": "all w_i v_i of one sign at the start",
            "half-space": "m'w of the sign of w'v at the start",
        }
        return ", ".join(
            [
                f"{move}, w = u_1*...*u_L, g = grad J(w)",
                *(text for kind, text in assumed.items() if kind in self.ids),
            ]
        )

    def point(self, data: dict) -> Point:
        """A point at which every hypothesis holds."""
        point = Point.read(data, self.reader.constants)
        need(len(point.start) >= self.least, f"a depth below the least depth {self.least}")
        need("balanced" not in self.ids or point.balanced, "the start is not balanced")
        need("nonzero" not in self.ids or all(point.w), "some w_i is 0 at the start")
        if "homogeneous" in self.ids:
            degree = dual(
                self.degree,
                lambda e: Ratio.leaf(num(point.constant(e[1])) if e[0] == "const" else e),
            )[0]
            excess = (
                euler(point.loss, point.ratio)
                + Ratio.leaf(num(-1)) * degree * dual(point.loss, point.ratio)[0]
            )
            need(not excess.top, f"J is not shown to be homogeneous of degree {words(self.degree)}")
        return point


def excluded(e: tuple) -> list[str]:
    """Conditions: what is divided by is not 0, what a log or a root is taken of is positive."""
    own = [f"{words(e[1])} > 0"] if e[0] == "log" else []
    if e[0] == "^" and e[1][0] != "num" and (e[2][0] < 0 or e[2][0].denominator > 1):
        own = [f"{words(e[1])} {'!=' if e[2][0].denominator == 1 else '>'} 0"]
    return own + [x for part in parts(e) for x in excluded(part)]


@dataclass
class Sentence:
    """One conclusion in a frame."""

    frame: Frame
    data: Any

    def __post_init__(self) -> None:
        kind = self.data.get("kind") if isinstance(self.data, dict) else None
        need(isinstance(kind, str) and kind in SAYS, "an unknown kind of conclusion")
        self.kind, names = str(kind), SAYS[kind][0]  # type: ignore[index]
        fields(self.data, self.kind, "kind " + names)
        self.reader = Reader(self.frame.reader.constants, self.frame.kind, self.frame.reader.used)
        need(self.frame.kind == "flow" or kind == "equation", "a conclusion is an equation")
        need(
            kind != "limit-direction" or self.data["target"] == "S_W^-1 m", "the target is S_W^-1 m"
        )
        need(
            kind == "limit-direction" or not {*self.frame.ids} & {*DIRECTED},
            "a hypothesis about directions beside another conclusion",
        )
        self.parts = [self.reader.read(self.data[x]) for x in names.split() if x != "target"]
        need(len(self.reader.pairs) <= 1, "R with two pairs of layers")
        pair = tuple(sorted(*self.reader.pairs, key=repr)) if self.reader.pairs else ()
        ids, frame = self.frame.ids, self.frame
        self.model = Model("balanced" in ids, "nonzero" in ids, frame.least, frame.decay, pair)

    def words(self) -> str:
        apart = " (" + " != ".join(map(str, self.model.pair)) + ")" if self.model.pair else ""
        free = f"for all {', '.join(sorted(self.reader.free))}{apart}: " if self.reader.free else ""
        return free + SAYS[self.kind][1].format(*map(words, self.parts)) + self.where()

    def where(self) -> str:
        """Of what a proof speaks: of w with w_i != 0 as long as that holds, of forms that no
        divisor, log or root excludes.
        """
        found = [x for e in self.parts if "euler" in heads(e) for x in excluded(e)]
        if found:
            return f" where {' and '.join(dict.fromkeys(found))}"
        return (
            " while w_i != 0 for each i" if self.model.nonzero and self.frame.kind == "flow" else ""
        )

    def obligations(self, through: tuple | None, rule: Any) -> list[tuple]:
        """What must vanish for the sentence to be true."""
        x, y = (*self.parts, num(0), num(0))[:2]
        need(
            through is None or (self.kind == "equation" and x[0] == "D"),
            "only an equation for a derivative goes through another",
        )
        if self.kind == "inequality":
            left, right = self.data["left"], self.data["right"]
            if (
                isinstance(right, list)
                and right[:1] == ["*"]
                and len(right) == 3
                and isinstance(right[1], str)
            ):
                need(rational(right[1]) >= 1, "the factor of the right side must be at least 1")
                right = right[2]
            fits = isinstance(rule, str) and SHAPES.get(rule) == (left, right)
            need(fits, "an inequality needs HOLDER or GEOMETRIC_MEAN_BETWEEN and its shape")
            norm = ("D", Reader(frozenset()).read(LAYER_NORM))
            return [norm] if rule == "HOLDER" else [("D", GAP), norm]
        need(rule is None, "an inequality has a rule, nothing else has one")
        need(self.kind != "limit-direction", "a limit is never PROVED here")
        if self.kind == "keeps-sign":
            return [minus(power(("D", x), 2), ("*", y, power(x, 2)))]
        if self.kind == "equation":
            return (
                [minus(x, y)]
                if through is None
                else [minus(x[1], through), minus(("D", through), y)]
            )
        return [("D", x)] if self.kind == "conserved" else [minus(("D", x), ("*", y, x)), ("D", y)]

    def prove(self, hints: Any) -> list[tuple]:
        """Verify the obligations for every size; they are returned for evaluation at the
        instance.
        """
        fields(hints, "a proof", "cofactors through rule")
        own = self.reader
        reader = Reader(own.constants, own.kind, own.used, dict(own.free), hints=True)
        found = self.obligations(
            None if hints["through"] is None else reader.read(hints["through"]), hints["rule"]
        )
        self.is_not_empty()
        if self.kind == "keeps-sign":
            replace(self.model, nonzero=False).normal(
                self.parts[1]
            )  # GRONWALL: the rate is continuous, also where w = 0
        todo = [(x, self.model) for x in found]
        # balance persists: the derivative of the gap, computed without it, is -2 kappa times the
        # gap
        if self.model.balanced:
            kappa = ("const", "kappa") if self.model.decay else num(0)
            todo.append(
                (("+", ("D", GAP), ("*", num(2), kappa, GAP)), Model(decay=self.model.decay))
            )
        cofactors = hints["cofactors"]
        need(
            isinstance(cofactors, list) and len(cofactors) <= len(todo),
            "cofactors are a list, one per obligation",
        )
        relation = minus(EULER, ("*", self.frame.degree, ("loss",)))
        for (e, model), used in zip(
            todo, cofactors + [{}] * (len(todo) - len(cofactors)), strict=True
        ):
            need(isinstance(used, dict), "cofactors of one obligation are an object")
            for h in used:
                need(
                    h == self.frame.ids.get("homogeneous"),
                    f"a cofactor for {h!r}, which is not a relation that holds always",
                )
                e = minus(e, ("*", reader.read(used[h]), relation))
            rest = dual(e, Ratio.leaf)[0].top if "euler" in heads(e) else model.normal(e)
            need(not rest, f"{words(e)} = 0 does not follow")
        mentioned = [
            max(x.largest["layers"] for x in (reader, self.reader)),
            reader.largest["coordinates"],
        ]
        need(
            reader.pairs <= self.reader.pairs
            and mentioned[1] <= self.reader.largest["coordinates"],
            "a hint restricts the indices",
        )
        need(mentioned[0] <= self.frame.least, "a layer that does not exist at the least depth")
        return found

    def is_not_empty(self) -> None:
        """Something in the sentence moves, and it is not A = A."""
        if self.kind in ("equation", "inequality"):
            still = {"at", "loss", "form"}
            need(
                plain(minus(self.parts[0], self.parts[1]), bool, lambda e: not still & heads(e)),
                "both sides are the same as they stand",
            )
            need(
                {"at", "loss", "form"} & (heads(self.parts[0]) | heads(self.parts[1])),
                "the equation is about numbers only",
            )
        else:
            letters = {
                atom[0]
                for _, _, factors in self.model.normal(self.parts[0])
                for atom in self.model.reduced(factors)
            }
            need(
                letters & {"u", "w", "q", "loss", "sign", "signs"},
                f"nothing moves in {words(self.parts[0])}",
            )

    def motion(self, point: Point, order: int) -> Motion:
        if self.frame.kind == "step":
            return Motion(point, point.start, 0)
        kappa = point.constant("kappa") if self.frame.decay else ZERO
        return Motion(point, point.start, order, kappa, point.balanced)

    def apart(self, scope: dict) -> bool:
        """The two layers of R are different."""
        return all(len({scope.get(x, x) for x in pair}) == 2 for pair in self.reader.pairs)

    def holds_at(self, point: Point, obligations: list) -> None:
        """The instance moves, and the evaluated obligations do not contradict the proof (at the
        first values of the indices).
        """
        motion = self.motion(point, max([1, *map(derivatives, obligations)]))
        if self.frame.kind == "flow":
            moves = any(sign(x.c[1]) for row in motion.u for x in row)
        else:
            gains = ((p * x).c[0] for row in motion.P for p, x in zip(row, motion.g, strict=True))
            moves = bool(point.constant("eta")) and any(map(sign, gains))
        need(moves, "the instance does not move")
        free = (
            {"i": "coordinates", "l": "layers", "m": "layers"}
            if self.kind == "inequality"
            else self.reader.free
        )
        ranges = [range(1, point.size(kind) + 1) for kind in free.values()]
        for values in islice(product(*ranges), LIMITS["evaluated"]):
            scope = dict(zip(free, values, strict=True))
            for e in obligations if self.apart(scope) else []:
                few_derivatives(derivatives(e))
                need(not sign(motion.value(e, scope).c[0]), f"{words(e)} is not 0 at the instance")

    def fails_at(self, point: Point, where: Any) -> str:
        """The sentence is false at the point; returned is what was evaluated."""
        need(
            isinstance(where, dict) and {*where} == {*self.reader.free},
            "a witness gives exactly the free indices",
        )
        scope = {
            k: integer(x, 1, point.size(self.reader.free[k]), f"the index {k}")
            for k, x in where.items()
        }
        need(self.apart(scope), "the two layers of R must differ")
        order = max(map(derivatives, self.parts)) + (
            self.kind in ("conserved", "linear-law", "keeps-sign")
        )
        few_derivatives(order)
        motion = self.motion(point, order + LIMITS["germ"] * (self.kind == "inequality"))
        if self.kind == "inequality":
            gap = motion.value(minus(*self.parts), scope)
            need(gap.germ() > 0, "left - right is not positive for small t > 0")
            return (
                f"left - right has the Taylor coefficients {', '.join(map(shown, gap.c))} at t = 0"
            )
        e = ("D", self.parts[0]) if self.kind == "keeps-sign" else self.obligations(None, None)[0]
        if self.kind == "keeps-sign":
            need(
                sign(motion.value(self.parts[0], scope).c[0]) == 0,
                f"{words(self.parts[0])} is not exactly 0 at the witness",
            )
        found = motion.value(e, scope).c[0]
        need(sign(found), f"{words(e)} is 0 at the witness, or is not known to differ from it")
        return f"{words(e)} = {shown(found)} there"

    def is_trapped(self, point: Point) -> str:
        """J = -(m'w)^2/(w'S_W w) falls, so m'w keeps its sign; balanced with L >= 2, each w_i keeps
        its sign and its zeros.
        """
        need(self.frame.kind == "flow" and not self.frame.decay, "a trap needs plain gradient flow")
        need(
            len(point.start) >= 2 and point.balanced and len(point.w) <= LIMITS["size"],
            f"a trap needs depth >= 2, a balanced start and a width of {up_to('size')}",
        )
        fisher = ("*", power(("form", "lin", "m"), 2), power(("form", "quad", "S_W"), -1))
        need(
            not dual(("+", point.loss, fisher), point.ratio)[0].top,
            "the loss of a trap is -(m'w)^2/(w'S_W w)",
        )
        need(any(point.w), "a trap needs w != 0")
        m = point.datum("m", tuple)
        v = solution(point.datum("S_W", list), m)
        ahead = sum(a * b for a, b in zip(m, point.w, strict=True))
        inner = [
            a * b for a, b in zip(point.w, v, strict=True) if b
        ]  # m'v > 0, for S_W is positive definite
        ids, signs = self.frame.ids, {sign(a * b) for a, b in zip(point.w, v, strict=True)}
        need("fisher-ratio" not in ids or all(v), "S_W^-1 m has a zero entry")
        need("same-signs" not in ids or signs in ({1}, {-1}), "the w_i v_i are not all of one sign")
        need(
            "half-space" not in ids or sign(ahead) == (1 if sum(map(sign, inner)) > 0 else -1),  # type: ignore[arg-type]
            "m'w is not in the half-space",
        )
        need(
            ahead < 0 or any(x <= 0 for x in inner),
            "nothing keeps the flow away from the direction of S_W^-1 m",
        )
        need(
            ahead > 0 or any(x >= 0 for x in inner),
            "nothing keeps the flow away from the direction opposite to S_W^-1 m",
        )
        return (
            f"S_W^-1 m = ({', '.join(map(str, v))}), w = ({', '.join(map(str, point.w))}), m'w ="
            f" {ahead}: signs that are kept"
        )


def solution(rows: list, right: tuple) -> list:
    """v with S v = m by elimination; all pivots positive, so S is positive definite."""
    a = [[*row, x] for row, x in zip(rows, right, strict=True)]
    for k, pivot in enumerate(a):
        need(pivot[k] > 0, "S_W is not positive definite")
        for r in range(len(a)):
            factor = a[r][k] / pivot[k] if r > k else ZERO
            a[r] = (
                [bounded(x - factor * y) for x, y in zip(a[r], pivot, strict=True)]
                if factor
                else a[r]
            )
    v: list = []
    for k in reversed(range(len(a))):
        v.insert(
            0, (a[k][-1] - sum(x * y for x, y in zip(a[k][k + 1 : -1], v, strict=True))) / a[k][k]
        )
    return v


def shown(x: Number) -> str:
    return (
        str(x)
        if isinstance(x, Fraction)
        else f"a number in [{float(x.low):.12g}, {float(x.high):.12g}]"
    )


# --- files
# --------------------------------------------------------------------------------------------------


def proved(data: dict, frame: Frame, sentences: dict[str, Sentence]) -> str:
    need(
        isinstance(data["proof"], dict) and {*data["proof"]} == {*sentences},
        "a proof for every conclusion and for nothing else",
    )
    point = frame.point(fields(data["instance"], "instance", "depth width loss start constants"))
    for k, sentence in sentences.items():
        sentence.holds_at(point, sentence.prove(data["proof"][k]))
    widest = max(s.reader.largest["coordinates"] for s in sentences.values())
    sizes = f"every depth L >= {frame.least} and every width n" + (
        f" >= {widest}" if widest > 1 else ""
    )
    return (
        f"PROVED for {sizes}: {frame.words()}: {'; '.join(s.words() for s in sentences.values())}"
    )


def refuted(data: dict, frame: Frame, sentences: dict[str, Sentence]) -> str:
    need(len(sentences) == 1, "a refutation carries the one conclusion that it refutes")
    ((which, sentence),) = sentences.items()
    trap = sentence.kind == "limit-direction"
    witness = fields(
        data["witness"],
        "witness",
        "depth width loss start constants conclusion " + ("kind rule" if trap else "indices"),
    )
    need(witness["conclusion"] == which, "the witness is about another conclusion")
    rules = ("TRAP_BY_DESCENT", "TRAP_BY_SIGNS")
    need(
        not trap or (witness["kind"] == "trap" and witness["rule"] in rules),
        "a limit is refuted by a trap",
    )
    point = frame.point(witness)
    found = sentence.is_trapped(point) if trap else sentence.fails_at(point, witness["indices"])
    state = "; ".join(", ".join(map(str, row)) for row in point.start)
    where = (
        f"at depth {len(point.start)}, width {len(point.w)}, J = {words(point.loss)}, layers"
        f" {state}"
    )
    return f"REFUTED: {frame.words()}: NOT {sentence.words()}: {where}: {found}"


def moderate(data: Any, deepest: str) -> None:
    """Bounded size and nesting, before anything else is read."""
    level, depth, count = [data], 0, 0
    while level:
        depth, count = depth + 1, count + len(level)
        need(depth <= LIMITS[deepest], f"nested too deeply: {up_to(deepest)}")
        need(count <= LIMITS["nodes"], f"too large: {up_to('nodes', 'entries')}")
        need(
            all(x is None or isinstance(x, (dict, list, str, int)) for x in level),
            "a number that is not exact",
        )
        inner = (
            x.values() if isinstance(x, dict) else x for x in level if isinstance(x, (dict, list))
        )
        level = [y for x in inner for y in x]


def guarded(data: Any, mark: str, read: Callable, work: Work, depth: str = "nesting") -> str:
    """What ``read`` says of an object of the format. Raises NotACertificate or Refused, nothing
    else.
    """
    marks = (data.get("format"), data.get("version")) if isinstance(data, dict) else (None, None)
    if marks != (mark, 1) or type(marks[1]) is not int:
        raise NotACertificate(f"not an object with format {mark} and version 1")
    work.done = 0
    try:
        moderate(data, depth)
        return read(data)
    except Refused:
        raise
    except Exception as problem:
        raise Refused(f"not understood: {type(problem).__name__}: {problem}"[:200]) from problem


def verified(data: dict) -> str:
    own = {"PROVED": "proof instance", "REFUTED": "witness"}.get(str(data.get("verdict")), "")
    need(own, "the verdict is PROVED or REFUTED")
    fields(
        data,
        "certificate",
        "format version claim verdict setting constants assuming dropped conclusions statement"
        f" {own}",
    )
    labels = [
        data["claim"],
        data["statement"],
        *(data["dropped"] if isinstance(data["dropped"], list) else [None]),
    ]
    need(all(isinstance(x, str) for x in labels), "claim, statement and the list dropped are text")
    frame = Frame(data)
    need(isinstance(data["conclusions"], dict) and data["conclusions"], "conclusions are empty")
    sentences = {label(k): Sentence(frame, x) for k, x in data["conclusions"].items()}
    says = (proved if own != "witness" else refuted)(data, frame, sentences)
    unused = frame.reader.constants - frame.reader.used - {"L", "n"}
    need(not unused, f"the constants {sorted(unused)} occur nowhere")
    return says


READERS = {
    "flowlaw-matrices": "check_matrices.py",
    "flowlaw-action": "check_actions.py",
}


def reader(mark: str) -> Callable[[dict], str]:
    """The function ``check`` of the file beside this one; it takes what it shares with this one
    from the module verify.check.
    """
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), READERS[mark])
    need(os.path.isfile(path), f"{READERS[mark]}, which reads {mark}, does not lie beside check.py")
    sys.modules.setdefault("verify.check", sys.modules[__name__])
    name = "verify." + READERS[mark][:-3]
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name].check


def check(data: object) -> str:
    """The statement that was verified, in words. Raises NotACertificate or Refused, nothing
    else.
    """
    mark = data.get("format") if isinstance(data, dict) else None
    if mark == "flowlaw-enclosure":
        raise NotACertificate(
            "it is an enclosure: python -I verify/check_enclosure.py FILE reads it"
        )
    if mark == "flowlaw-formulas":
        raise NotACertificate("formulas have steps now (verify claim ID --certificate FILE)")
    if isinstance(mark, str) and mark in READERS:
        return reader(mark)(data)  # type: ignore[arg-type]
    return guarded(data, "flowlaw-certificate", verified, WORK)


def load(text: bytes) -> object:
    """JSON without duplicate keys, floats or huge integers. Raises NotACertificate or Refused."""

    def pairs(items: list) -> dict:
        need(len({k for k, _ in items}) == len(items), "a key occurs twice")
        return dict(items)

    def exact(digits: str) -> int:
        need(
            re.fullmatch(rf"-?[0-9]{{1,{LIMITS['integer']}}}", digits),
            f"{digits[:20]} is not an exact number in quotes, nor an integer of"
            f" {up_to('integer', 'digits')}",
        )
        return int(digits)

    try:
        need(len(text) <= LIMITS["bytes"], f"too long a file: {up_to('bytes', 'bytes')}")
        return json.loads(
            text, object_pairs_hook=pairs, parse_float=exact, parse_constant=exact, parse_int=exact
        )
    except RecursionError:
        raise Refused("nested too deeply") from None
    except ValueError as problem:
        raise NotACertificate(f"not JSON: {problem}") from None


def say(text: str) -> None:
    """Print it; what does not arrive ends all reading with exit code 2, and is no file's fault."""
    try:
        if sys.stdout is None:
            raise OSError("it is closed")
        print(text, flush=True)
    except (OSError, ValueError) as problem:
        sys.stdout = None
        if not isinstance(problem, BrokenPipeError):
            print(f"standard output: {problem}", file=sys.stderr)
        sys.exit(2)


def read_files(argv: list[str], check: Callable[[object], str], usage: str) -> int:
    """0 if every file is accepted, otherwise the worst code."""
    codes = [] if argv else [2]
    for path in argv:
        try:
            with open(path, "rb") as file:
                stated = check(load(file.read(LIMITS["bytes"] + 1)))
            codes.append(0)
        except (Refused, NotACertificate, OSError) as reason:
            codes.append(1 if isinstance(reason, Refused) else 2)
            print(
                f"{path}: {'refused' if codes[-1] == 1 else 'not a certificate'}: {reason}",
                file=sys.stderr,
            )
        else:
            say(stated)
    if not argv:
        print(f"usage: {usage} FILE...", file=sys.stderr)
    return max(codes)


def main(argv: list[str]) -> int:
    return read_files(argv, check, "python -I -S check.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
