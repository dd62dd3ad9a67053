"""The reader of certificates about formulas: standard library only, no code shared with the prover.

From letters, atoms and rates it rebuilds a tower of polynomials over Q, forms left - right of each
conclusion itself and reduces it modulo r^n = radicand; it evaluates instances and witnesses
exactly. A function is (top, bottom): top a polynomial {exponents: coefficient}, bottom a product
{factor: power}; an exponential stays a positive letter where its argument is not 0.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from verify.check import (
    LIMITS,
    SPOKEN,
    Work,
    distinct,
    fields,
    guarded,
    integer,
    need,
    plain,
    rational,
    up_to,
    within,
)

FmSigns = ("", ">", "!=")
FmTaken = SPOKEN | {"D", "d", "e", "num", "next"}
FmWritten = {"rate-law": {"t"}, "exponential-decay": {"t", "c", "C"}}  # letters of the sentence
fm_work = Work("formulas")
fm_spend = fm_work.spend
FmPoly = dict  # {(exponent, ...): Fraction}, without zeros


def fm_name(x: Any) -> str:
    fits = (
        isinstance(x, str)
        and len(x) <= LIMITS["name"]
        and re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", x)
    )
    own = fits and x.split("_")[0] not in FmTaken
    need(own, f"{str(x)[:20]!r} is not a name of {up_to('name', 'letters')}")
    return x


def fm_read(x: Any) -> tuple:
    """An expression as a tree of tuples."""
    if isinstance(x, str):
        return ("num", rational(x))
    need(
        isinstance(x, list) and len(x) > 1 and isinstance(x[0], str),
        "an expression is a rational in quotes or a list with a head",
    )
    head, args = x[0], x[1:]
    if head == "const" and len(args) == 1:
        return ("name", fm_name(args[0]))
    if head == "^" and len(args) == 2:
        e = rational(args[1])
        need(
            e.denominator == 1 and abs(e) <= LIMITS["power"],
            f"an exponent is a whole number, {up_to('power')}",
        )
        return ("^", fm_read(args[0]), int(e))
    if head in ("+", "*"):
        return (head, *map(fm_read, args))
    need(
        len(args) == 1 and (head == "D" or head[:3] == "d/d"),
        f"{head[:20]!r} is not an operation on formulas",
    )
    return ("d", "" if head == "D" else fm_name(head[3:]), fm_read(args[0]))


def fm_words(e: tuple) -> str:
    """As people write it; sums have parentheses, products have none."""
    if e[0] in ("num", "name"):
        return str(e[1]) if e[0] == "name" or (e[1] >= 0 and e[1].denominator == 1) else f"({e[1]})"
    if e[0] == "^":
        base, n = fm_words(e[1]), str(e[2]) if e[2] >= 0 else f"({e[2]})"
        return f"({base})^{n}" if e[1][0] in ("*", "^") else f"{base}^{n}"
    if e[0] == "d":
        return f"{'D' if not e[1] else 'd/d' + e[1]}[{fm_words(e[2])}]"
    parts = [fm_words(x) for x in e[1:]]
    if e[0] == "+":
        return f"({' + '.join(parts)})"
    return " ".join(
        f"({x})" if k and x[0].isdigit() else x for k, x in enumerate(parts)
    )  # 2 (3) is not 23


def fm_plus(p: FmPoly, q: FmPoly) -> FmPoly:
    out = dict(p)
    for k, c in q.items():
        out[k] = out.get(k, 0) + c
    return {k: c for k, c in out.items() if c}


def fm_bits(x: Fraction) -> int:
    return x.numerator.bit_length() + x.denominator.bit_length()


def fm_times(p: FmPoly, q: FmPoly) -> FmPoly:
    fm_spend(len(p) * len(q))
    out: dict = {}
    for a, c in p.items():
        for b, d in q.items():
            k = tuple(map(int.__add__, a, b))
            out[k] = out.get(k, 0) + c * d
            fm_spend((fm_bits(out[k]) >> 7) + (fm_bits(out[k]) >> 9) ** 2)
    need(
        all(max(k, default=0) <= LIMITS["powers"] for k in out),
        f"a power of a letter: {up_to('powers')}",
    )
    need(
        all(fm_bits(c) <= LIMITS["coefficient"] for c in out.values()),
        f"too large a number: {up_to('coefficient', 'bits')}",
    )
    return {k: c for k, c in out.items() if c}


def fm_power(p: FmPoly, n: int, one: FmPoly) -> FmPoly:
    for _ in range(n):
        one = fm_times(one, p)
    return one


def fm_divided(p: FmPoly, q: FmPoly) -> FmPoly | None:
    """p/q where that is a polynomial, else None."""
    lead, out = max(q), {}
    while p:
        k = max(p)
        e = tuple(map(int.__sub__, k, lead))
        if min(e) < 0:
            return None
        fm_spend(len(q) + (fm_bits(p[k]) >> 7))
        out[e] = p[k] / q[lead]
        p = fm_plus(p, {tuple(map(int.__add__, e, b)): -out[e] * d for b, d in q.items()})
    return out


def fm_same(p: FmPoly, q: FmPoly) -> bool:
    """p = c q with c > 0."""
    c = p[max(p)] / q[max(q)] if p and q else Fraction(0)
    return c > 0 and p == {k: c * x for k, x in q.items()}


class FmTower:
    """Letters with signs, atoms in order, rates. ``divisors`` holds every polynomial that was
    divided by.
    """

    def __init__(self, letters: Any, atoms: Any, rates: Any) -> None:
        need(
            isinstance(letters, list)
            and letters
            and isinstance(atoms, list)
            and isinstance(rates, dict),
            "letters, atoms and rates",
        )
        self.sign: dict[str, str] = {}
        for pair in letters:
            need(
                isinstance(pair, list) and len(pair) == 2 and pair[1] in FmSigns,
                "a letter is a name with a sign",
            )
            need(fm_name(pair[0]) not in self.sign, f"{pair[0]} is declared twice")
            self.sign[pair[0]] = pair[1]
        self.letters, self.atoms = [*self.sign], atoms
        need(all(isinstance(a, list) and len(a) in (3, 4) for a in atoms), "an atom is a list")
        distinct([*self.letters, *(fm_name(a[1]) for a in atoms)], "letters and atoms")
        self.names = self.letters + [a[1] for a in atoms if a[0] != "let"]
        self.one = {(0,) * len(self.names): Fraction(1)}
        self.env: dict[str, tuple] = {x: (self.symbol(x), {}) for x in self.letters}
        self.kinds: dict[str, tuple] = {}  # atom: (kind, what it is made of, degree or exponent)
        self.shown: list[str] = []
        self.divisors: list[FmPoly] = []
        self.slopes: dict = {}
        self.rates = {fm_name(x): fm_read(e) for x, e in rates.items()}
        need({*self.rates} <= {*self.letters}, "a rate belongs to a letter")
        clock = self.rates.get("t", ("num", 0)) if self.rates else ("num", 1)
        need("t" not in self.sign or clock == ("num", 1), "t is the time: t' = 1 in a flow")
        for a in atoms:
            self.atom(*a)

    def symbol(self, name: str) -> FmPoly:
        return {tuple(int(x == name) for x in self.names): Fraction(1)}

    def atom(self, kind: str, name: str, of: Any, extra: Any = None) -> None:
        need(fm_name(name) not in self.env, f"{name} is declared twice")
        need(
            (extra is None) == (kind in ("exp", "let")) and kind in ("root", "power", "exp", "let"),
            "an atom that is not known",
        )
        tree = fm_read(of)
        inside = self.value(tree)
        last = fm_words(tree) if kind == "let" or tree[0] == "+" else f"({fm_words(tree)})"
        if kind == "root":
            need(not inside[1], f"the radicand of {name} is not a polynomial")
            extra = integer(extra, 2, "root", "a degree")
            last += f"^(1/{extra})"
            last += (
                f" where {fm_words(tree)} >= 0"
                if extra % 2 and inside[0] and self.signed(inside[0], []) != 1
                else ""
            )
        elif kind == "power":
            last += f"^({fm_words(fm_read(extra))})"
            last += (
                f" where {fm_words(tree)} > 0"
                if inside[1] or not inside[0] or self.signed(inside[0], []) != 1
                else ""
            )
            extra = self.value(fm_read(extra))
        self.shown.append(f"{name} = {'exp' if kind == 'exp' else ''}{last}")
        if kind != "let":
            self.kinds[name] = (kind, inside, extra)
            self.sign[name] = ">" if kind != "root" or self.signed(inside[0], []) == 1 else ">="
        self.env[name] = inside if kind == "let" else (self.symbol(name), {})

    def reduced(self, p: FmPoly) -> FmPoly:
        """Exponents of roots below their degrees, the last root first."""
        for name in reversed(self.kinds):
            kind, inside, degree = self.kinds[name]
            at = self.names.index(name)
            while kind == "root" and any(k[at] >= degree for k in p):
                low = {k: c for k, c in p.items() if k[at] < degree}
                high = {
                    (*k[:at], k[at] - degree, *k[at + 1 :]): c
                    for k, c in p.items()
                    if k[at] >= degree
                }
                p = fm_plus(low, fm_times(high, inside[0]))
        return p

    def quotient(self, top: FmPoly, bottom: dict) -> tuple:
        """Common powers of single letters are cancelled; that is all."""
        left = Counter({f: n for f, n in bottom.items() if n})
        for f in [f for f in left if len(f) == 1 and top]:
            at = f[0][0].index(1)
            n = min(left[f], *(k[at] for k in top))
            left[f] -= n
            top = {(*k[:at], k[at] - n, *k[at + 1 :]): c for k, c in top.items()}
        return (top, {f: n for f, n in left.items() if n} if top else {})

    def expanded(self, bottom: dict) -> FmPoly:
        out = self.one
        for f, n in bottom.items():
            out = fm_power(dict(f), n, out)
        return out

    def add(self, a: tuple, b: tuple) -> tuple:
        common = {f: max(a[1].get(f, 0), b[1].get(f, 0)) for f in {**a[1], **b[1]}}
        tops = [
            fm_times(x[0], self.expanded({f: n - x[1].get(f, 0) for f, n in common.items()}))
            for x in (a, b)
        ]
        return self.quotient(fm_plus(*tops), common)

    def mul(self, a: tuple, b: tuple) -> tuple:
        return self.quotient(self.reduced(fm_times(a[0], b[0])), Counter(a[1]) + Counter(b[1]))

    def inverse(self, a: tuple) -> tuple:
        top = self.reduced(a[0])
        need(top, "a division by zero")
        self.divisors.append(top)
        if len(top) == 1:
            ((k, c),) = top.items()
            factors: dict = {
                ((tuple(int(j == i) for j in range(len(k))), Fraction(1)),): n
                for i, n in enumerate(k)
                if n
            }
        else:
            c = top[max(top)]
            factors = {tuple(sorted((k, x / c) for k, x in top.items())): 1}
        return self.quotient(fm_times(self.expanded(a[1]), {next(iter(self.one)): 1 / c}), factors)

    def value(self, e: tuple, env: dict | None = None) -> tuple:
        env = self.env if env is None else env
        if e[0] == "num":
            return ({k: e[1] for k in self.one} if e[1] else {}, {})
        if e[0] == "name":
            need(e[1] in env, f"{e[1]!r} is not declared")
            return env[e[1]]
        if e[0] == "^":
            base, out = self.value(e[1], env), self.value(("num", Fraction(1)))
            base = self.inverse(base) if e[2] < 0 else base
            for _ in range(abs(e[2])):
                out = self.mul(out, base)
            return out
        if e[0] == "d":
            need(env is self.env, "a derivative would mean another one along a solution")
            need(
                e[1] in self.letters or (not e[1] and self.rates),
                "a derivative by something that is no letter, or without a flow",
            )
            return self.derived(self.value(e[2], env), e[1])
        out = self.value(e[1], env)
        for x in e[2:]:
            out = (self.add if e[0] == "+" else self.mul)(out, self.value(x, env))
        return out

    def derived(self, a: tuple, by: str) -> tuple:
        """(t/prod f^n)' = (t' - t sum n f'/f)/prod f^n."""
        out = self.chain(a[0], by)
        for f, n in a[1].items():
            moved = self.mul(
                self.chain(dict(f), by), ({k: -n * c for k, c in a[0].items()}, {f: 1})
            )
            out = self.add(out, moved)
        return self.quotient(out[0], Counter(out[1]) + Counter(a[1]))

    def chain(self, p: FmPoly, by: str) -> tuple:
        out: tuple = ({}, {})
        for at, name in enumerate(self.names):
            inner = {(*k[:at], k[at] - 1, *k[at + 1 :]): c * k[at] for k, c in p.items() if k[at]}
            if inner:
                out = self.add(out, self.mul((inner, {}), self.slope(name, by)))
        return out

    def slope(self, name: str, by: str) -> tuple:
        if (name, by) not in self.slopes:
            self.slopes[name, by] = self.moved(name, by)
        return self.slopes[name, by]

    def moved(self, name: str, by: str) -> tuple:
        if name not in self.kinds:
            return self.value(
                ("num", Fraction(name == by)) if by else self.rates.get(name, ("num", Fraction(0)))
            )
        kind, inside, extra = self.kinds[name]
        inner, own = self.derived(inside, by), self.env[name]
        need(kind != "power" or not self.derived(extra, by)[0], f"the exponent of {name} moves")
        if kind == "exp" or not inner[0]:
            return self.mul(own, inner)
        if kind == "power":
            return self.mul(self.mul(extra, own), self.mul(inner, self.inverse(inside)))
        below = self.inverse(
            (fm_power(own[0], extra - 1, {k: Fraction(extra) for k in self.one}), {})
        )
        return self.mul(inner, below)

    def signed(self, p: FmPoly, known: list) -> int | None:
        """1, -1, 0 for "not zero", or None where the sign is not seen. ``known``: hypotheses as
        (polynomial, sign).
        """
        pairs = [
            *known,
            *(
                (self.symbol(x), s)
                for x, s in self.sign.items()
                if s in (">", "!=") and x in self.names
            ),
        ]
        for q, sign in sorted(pairs, key=lambda pair: pair[1] != ">"):
            c = p[max(p)] / q[max(q)]
            if p == {k: c * x for k, x in q.items()}:
                return 0 if sign == "!=" else 1 if c > 0 else -1
        signs = self.sign | {
            self.names[max(q).index(1)]: "!="
            for q, s in known
            if len(q) == 1 == max(map(sum, q)) and s == "!="
        }
        signs |= {x: s for x, s in self.sign.items() if s == ">"}
        for x in (
            x for i, x in enumerate(self.names) if signs.get(x) == ">=" and any(k[i] for k in p)
        ):
            signs[x] = ">" if self.signed(self.kinds[x][1][0], known) == 1 else ">="
        moved: set = set()  # one shift for each letter
        for q, sign in known:
            used = {i for k in q for i, n in enumerate(k) if n}
            if (
                sign == ">"
                and len(used) == 1
                and max(map(sum, q)) == 1
                and q[max(q)] > 0
                and not used & moved
            ):
                moved |= used
                name = self.names[
                    used.pop()
                ]  # c x - a > 0: write x + a/c for x, where the new x is > 0
                p, signs[name] = (
                    self.shifted(p, name, -q.get(next(iter(self.one)), Fraction(0)) / q[max(q)]),
                    ">",
                )
        odd = any(
            n % 2 and signs[x] in ("", "!=") for k in p for n, x in zip(k, self.names, strict=True)
        )
        strict = any(
            all(not n or signs[x] in (">", "!=") for n, x in zip(k, self.names, strict=True))
            for k in p
        )
        both = {c > 0 for c in p.values()}
        return None if odd or not strict or len(both) > 1 else 1 if both == {True} else -1

    def not_negative(self, p: FmPoly) -> bool:
        """No term is negative, whatever the letters without a sign are."""
        odd = [k for k, x in enumerate(self.names) if self.sign[x] in ("", "!=")]
        return all(c > 0 and not any(k[i] % 2 for i in odd) for k, c in p.items())

    def nowhere_zero(self, p: FmPoly, known: list) -> bool:
        """Is p a product of what is known not to vanish?"""
        for q in (q for q, sign in known if sign != ">=" and len(q) > 1):
            while (rest := fm_divided(p, q)) is not None:
                p = rest
        least = tuple(map(min, zip(*p, strict=True)))
        letters = [
            self.signed(self.symbol(x), known) for x, n in zip(self.names, least, strict=True) if n
        ]
        p = {tuple(map(int.__sub__, k, least)): c for k, c in p.items()}
        return None not in letters and self.signed(p, known) is not None

    def with_roots(self, known: list) -> list:
        """A root whose radicand is not 0 is positive."""
        for name, (kind, inside, _) in self.kinds.items():
            if kind == "root" and self.nowhere_zero(inside[0], known):
                known = [*known, (self.symbol(name), ">")]
        return known

    def shifted(self, p: FmPoly, name: str, by: Fraction) -> FmPoly:
        at = self.names.index(name)
        out: FmPoly = {}
        moved = fm_plus(self.symbol(name), {k: by for k in self.one} if by else {})
        for k, c in p.items():
            out = fm_plus(out, fm_power(moved, k[at], {(*k[:at], 0, *k[at + 1 :]): c}))
        return out

    def point(self, data: Any) -> dict:
        """Values of letters and atoms; None for an exponential of something that is not 0."""
        need(
            isinstance(data, dict) and {*data} == {*self.letters},
            "a point gives every letter a value, and nothing else",
        )
        at: dict = {x: rational(v) for x, v in data.items()}
        for x in self.letters:
            need(
                at[x] > 0 if self.sign[x] == ">" else at[x] or not self.sign[x],
                f"{x} = {at[x]} violates its sign",
            )
        for name, (kind, inside, extra) in self.kinds.items():
            x, more = self.at(inside, at)
            need(not more, f"{name} is not rational there")
            if kind == "exp":
                at[name] = None if x else Fraction(1)
                continue
            need(x > 0 or (kind == "root" and not x), f"{name} is not defined there")
            need(
                x or not self.rates or self.not_negative(inside[0]),
                f"{name} ends there: no motion need begin at the edge",
            )
            e, more = (Fraction(1, extra), ()) if kind == "root" else self.at(extra, at)
            need(not more, f"{name} is not rational there")
            need(within(e, "power"), f"{name} has an exponent there: {up_to('power')}")
            need(
                fm_bits(x) * abs(e.numerator) <= LIMITS["radicand"],
                f"{name} is too large a number there: {up_to('radicand', 'bits')}",
            )
            at[name] = (
                Fraction(*(fm_root(n, e.denominator) for n in (x.numerator, x.denominator)))
                ** e.numerator
            )
        need(all(self.number(p, at)[0] for p in self.divisors), "a term is not defined there")
        return at

    def number(self, p: FmPoly, at: dict) -> tuple:
        """(coefficient, exponents of exponentials); a sum of different ones is refused."""
        out: dict = {}
        for k, c in p.items():
            kept = tuple((x, n) for x, n in zip(self.names, k, strict=True) if n and at[x] is None)
            size = sum(
                fm_bits(at[x]) * n
                for x, n in zip(self.names, k, strict=True)
                if n and at[x] is not None
            )
            need(size <= LIMITS["value"], f"a number at the point: {up_to('value', 'bits')}")
            fm_spend(size >> 6)
            rest = prod(
                (at[x] ** n for x, n in zip(self.names, k, strict=True) if n and at[x] is not None),
                start=c,
            )
            out[kept] = out.get(kept, 0) + rest
        out = {k: c for k, c in out.items() if c}
        need(len(out) <= 1, "a sum of exponentials has no exact value here")
        return next(((c, k) for k, c in out.items()), (Fraction(0), ()))

    def at(self, a: tuple, at: dict) -> tuple:
        (c, kept), (d, under) = self.number(a[0], at), self.number(self.expanded(a[1]), at)
        need(d, "a term is not defined there")
        powers = Counter(dict(kept))
        powers.subtract(dict(under))
        return (c / d, tuple(sorted((x, n) for x, n in powers.items() if n)) if c else ())

    def zero(self, a: tuple) -> bool:
        return not self.reduced(a[0])


def fm_root(x: int, n: int) -> int:
    """The whole number r with r^n = x >= 0. Refused where there is none."""
    low, high = 0, 1 << (x.bit_length() // n + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle**n < x else (low, middle)
    need(low**n == x, f"no exact root of degree {n}")
    return low


@dataclass
class FmSentence:
    """A conclusion of a certificate: pairs that must be equal, or a quantity with a sign."""

    kind: str
    pairs: list
    says: str
    quantity: tuple = ()
    relation: str = ""


def fm_sentence(data: Any) -> FmSentence:
    need(isinstance(data, dict), "a conclusion is an object")
    kind, zero = data.get("kind"), ("num", Fraction(0))
    own = {
        "equals": "left right",
        "constant": "quantity",
        "rate-law": "quantity rate",
        "sign": "quantity relation",
    }
    fields(data, "conclusion", "kind " + (own | {"exponential-decay": "quantity"}).get(kind, "?"))
    if kind == "equals":
        left, right = fm_read(data["left"]), fm_read(data["right"])
        return FmSentence(kind, [(left, right)], f"{fm_words(left)} = {fm_words(right)}")
    q = fm_read(data["quantity"])
    if kind == "constant":
        return FmSentence(
            kind, [(("d", "", q), zero)], f"{fm_words(q)} is constant along the flow", q
        )
    if kind == "rate-law":
        c = fm_read(data["rate"])
        pairs = [(("d", "", q), ("*", c, q)), (("*", ("d", "", c), q), zero)]
        return FmSentence(kind, pairs, f"{fm_words(q)} = e^({fm_words(c)} t) times its start", q)
    if kind == "sign":
        need(data["relation"] in (">", ">=", "!="), "a sign is >, >= or !=")
        return FmSentence(kind, [], f"{fm_words(q)} {data['relation']} 0", q, data["relation"])
    return FmSentence(kind, [], f"|{fm_words(q)}| <= C e^(-c t) with c > 0 along every solution", q)


class FmFrame:
    """Setting and hypotheses of one certificate; a tower for each sentence."""

    def __init__(self, data: dict) -> None:
        self.setting = fields(data["setting"], "setting", "kind letters atoms rates")
        need(
            self.setting["kind"] == "formulas" and isinstance(data["assuming"], list),
            "a setting of formulas and a list assuming",
        )
        self.given = [fields(h, "hypothesis", "id kind expr sign") for h in data["assuming"]]
        need(
            all(h["kind"] == "given" and h["sign"] in (">", "!=") for h in self.given),
            "a hypothesis is > 0 or != 0",
        )
        need(
            isinstance(data["dropped"], list)
            and not {*data["dropped"]} & {h["id"] for h in self.given},
            "dropped and assumed",
        )

    def tower(self) -> FmTower:
        return FmTower(self.setting["letters"], self.setting["atoms"], self.setting["rates"])

    def known(self, tower: FmTower) -> list:
        values = [(tower.value(fm_read(h["expr"])), h["sign"]) for h in self.given]
        return [(v[0], sign) for v, sign in values if not v[1] and v[0]]

    def place(self, tower: FmTower, data: Any) -> dict:
        """A point that satisfies the declared signs, the hypotheses, and at which everything is
        defined.
        """
        values = [(tower.value(fm_read(h["expr"])), h) for h in self.given]
        at = tower.point(data)
        for value, h in values:
            c = tower.at(value, at)[0]
            need(c > 0 if h["sign"] == ">" else c, f"the point violates the hypothesis {h['id']}")
        return at

    def words(self) -> str:
        tower = self.tower()
        signed = sorted(tower.letters, key=lambda x: not tower.sign[x])
        letters = [f"{x} {tower.sign[x]} 0" if tower.sign[x] else x for x in signed]
        rates = [f"{x}' = {fm_words(e)}" for x, e in tower.rates.items()]
        still = [x for x in tower.letters if x not in tower.rates] if rates else []
        rates += [f"constant: {', '.join(still)}"] * bool(still)
        given = [f"{fm_words(fm_read(h['expr']))} {h['sign']} 0" for h in self.given]
        return "; ".join(
            [f"for {', '.join(letters)}", *tower.shown, *rates, *(f"given {g}" for g in given)]
        )


def fm_proved(frame: FmFrame, s: FmSentence, proof: Any) -> str:
    """The obligations vanish, or the factors have their signs, where the conditions hold that are
    returned; and an instance says that this is not empty.
    """
    fields(proof, "proof", "instance factors while")
    tower = frame.tower()
    need(s.kind in ("equals", "constant", "rate-law", "sign"), f"{s.kind} is never proved")
    sides = [("+", left, ("*", ("num", Fraction(-1)), right)) for left, right in s.pairs]
    says = (
        any(plain(e, bool, lambda x: fm_rests(frame, x)) for e in sides)
        if sides
        else {*plain(s.quantity)} - {()}
    )
    need(says, "both sides are the same as they stand")
    for left, right in s.pairs:
        need(
            tower.zero(tower.value(("+", left, ("*", ("num", Fraction(-1)), right)))),
            f"not zero: {s.says}",
        )
    if s.kind == "sign":
        fm_sign(frame, tower, s, proof["factors"])
    else:
        need(not proof["factors"], "factors belong to signs")
    parts = fm_alive(tower, s)
    at = frame.place(tower, proof["instance"])
    need(
        any(tower.at(x, at)[0] for x in parts),
        "every term of the statement is zero at the instance",
    )
    need(
        not tower.rates or any(tower.at(tower.slope(x, ""), at)[0] for x in tower.rates),
        "nothing moves at the instance",
    )
    conditions = fm_domain(frame, s, proof["while"])
    for e, sign in proof["while"]:
        c = tower.at(tower.value(fm_read(e)), at)[0]
        need(
            c > 0 if sign == ">" else c >= 0 if sign == ">=" else c,
            "the instance violates a condition",
        )
    return conditions


def fm_names(frame: FmFrame, s: FmSentence) -> set[str]:
    """Letters and atoms of which the sentence, the hypotheses and the flow are made."""
    todo = [
        s.quantity,
        *(x for pair in s.pairs for x in pair),
        *(fm_read(h["expr"]) for h in frame.given),
    ]
    return fm_made_of(frame, [*todo, *map(fm_read, frame.setting["rates"].values())])


def fm_rests(frame: FmFrame, e: tuple) -> bool:
    """Nothing of which it is made has a rate."""
    return not fm_made_of(frame, [e]) & {
        x for x, rate in frame.setting["rates"].items() if fm_read(rate) != ("num", 0)
    }


def fm_made_of(frame: FmFrame, todo: list[tuple]) -> set[str]:
    atoms = {a[1]: a for a in frame.setting["atoms"]}
    seen: set[str] = set()
    while todo:
        e = todo.pop()
        if e[:1] == ("name",) and e[1] not in seen:
            seen.add(e[1])
            todo += map(
                fm_read,
                atoms[e[1]][2 : 4 if atoms[e[1]][0] == "power" else 3] if e[1] in atoms else [],
            )
        todo += [x for x in e[1:] if isinstance(x, tuple)]
    return seen


def fm_domain(frame: FmFrame, s: FmSentence, listed: Any) -> str:
    """Nothing that is divided by vanishes, no base is 0 or less, no radicand negative, no sign is
    lost along the flow, as long as
    the conditions hold that the proof lists: refused where one is missing; in words.
    """
    fits = isinstance(listed, list) and all(
        isinstance(c, list) and len(c) == 2 and c[1] in (">", ">=", "!=") for c in listed
    )
    need(fits, "conditions are pairs of an expression and a sign")
    names = fm_names(frame, s)
    tower = FmTower(
        frame.setting["letters"],
        [a for a in frame.setting["atoms"] if a[1] in names],
        frame.setting["rates"],
    )
    for e in [s.quantity] * (not s.pairs) + [x for pair in s.pairs for x in pair]:
        tower.value(e)
    for x in tower.rates:
        tower.slope(x, "")
    known, divisors = frame.known(tower), tower.divisors
    trees = [(fm_read(e), sign) for e, sign in listed]
    values = [(tower.value(e), sign) for e, sign in trees]
    need(
        all(v[0] and not v[1] for v, _ in values), "a condition is about a polynomial that is not 0"
    )
    asked = [(tower.reduced(v[0]), sign) for v, sign in values]
    known = tower.with_roots([*known, *((p, sign) for p, sign in asked if sign != ">=")])
    need(
        all(tower.nowhere_zero(p, known) for p in divisors),
        f"a divisor of {s.says} may vanish, and no condition says where",
    )
    for name, (kind, inside, _) in tower.kinds.items():
        p, signs = (
            tower.reduced(fm_times(inside[0], tower.expanded(inside[1]))),
            (">",) if kind == "power" else (">", ">="),
        )
        seen = (
            not p
            or kind == "exp"
            or tower.signed(p, known) == 1
            or (kind == "root" and tower.not_negative(p))
        )
        need(
            seen or any(fm_same(p, q) for q, sign in asked if sign in signs),
            f"{name} need not be defined, and no condition says where",
        )
    along = s.kind in ("constant", "rate-law")
    if along:
        fm_lasting(frame, tower, names, known, asked)
    found = " and ".join(f"{fm_words(e)} {sign} 0" for e, sign in trees)
    moving = (
        along
        or any(fm_has_flow(x) for pair in s.pairs for x in pair)
        or (bool(s.quantity) and fm_has_flow(s.quantity))
    )
    return f" {'while' if moving else 'where'} {found}" if found else ""


def fm_has_flow(e: tuple) -> bool:
    """Is a derivative along the flow taken in it?"""
    return e[:2] == ("d", "") or any(fm_has_flow(x) for x in e[1:] if isinstance(x, tuple))


def fm_lasting(frame: FmFrame, tower: FmTower, names: set[str], known: list, asked: list) -> None:
    """A declared sign is kept by its own rate (x' = h x with h continuous; x > 0 and x' >= 0), or
    it is listed; what is assumed of an expression that moves is listed.
    """
    values = [(tower.value(fm_read(h["expr"])), h["sign"]) for h in frame.given]
    still = [
        (v[0], sign) for v, sign in values if not v[1] and v[0] and tower.zero(tower.derived(v, ""))
    ]
    moving = [  # a quotient has the sign of the product
        (tower.reduced(fm_times(v[0], tower.expanded(v[1]))), sign)
        for v, sign in values
        if not tower.zero(tower.derived(v, ""))
    ]
    fits = [any(r == sign and fm_same(p, q) for q, r in asked) for p, sign in moving]
    need(all(fits), "a hypothesis about what moves need not last, and no condition says so")
    listed = [(p, sign) for p, sign in asked if sign != ">="]
    left = [x for x in tower.letters if tower.sign[x] and x in tower.rates and x in names]
    left = [x for x in left if (tower.symbol(x), tower.sign[x]) not in listed]
    while left:
        base = copy.copy(tower)
        base.sign = {
            x: ""
            if x in left
            else ">="
            if s == ">" and tower.kinds.get(x, ("",))[0] == "root"
            else s
            for x, s in tower.sign.items()
        }
        sure = base.with_roots([*still, *listed])
        kept = [x for x in left if fm_grows(tower, x, known) or fm_bounded(base, x, sure)]
        need(kept, f"{left[0]} {tower.sign[left[0]]} 0 need not last, and no condition says so")
        left = [x for x in left if x not in kept]


def fm_grows(tower: FmTower, name: str, known: list) -> bool:
    """x' >= 0 for x > 0."""
    top, bottom = tower.slope(name, "")
    signs = [tower.signed(dict(f), known) for f, n in bottom.items() if n % 2]
    up = tower.not_negative(tower.reduced(top)) or tower.signed(tower.reduced(top), known) == 1
    return not tower.reduced(top) or (
        tower.sign[name] == ">" and up and all(signs) and prod(x or 0 for x in signs) > 0
    )


def fm_bounded(tower: FmTower, name: str, known: list) -> bool:
    """x' = h x, and h is continuous where the known signs hold."""
    top, bottom = tower.slope(name, "")
    at = tower.names.index(name)
    return all(k[at] for k in tower.reduced(top)) and fm_continuous(
        tower, (tower.reduced(top), bottom), known
    )


def fm_continuous(tower: FmTower, a: tuple, known: list) -> bool:
    """No divisor vanishes and every base of a power is positive, inside atoms as well."""
    used = {
        x
        for p in (a[0], *map(dict, a[1]))
        for k in p
        for x, n in zip(tower.names, k, strict=True)
        if n
    }
    for kind, inside, _ in (tower.kinds[x] for x in used if x in tower.kinds):
        if (
            kind == "power"
            and tower.signed(fm_times(inside[0], tower.expanded(inside[1])), known) != 1
        ):
            return False
        if not fm_continuous(tower, inside, known):
            return False
    return all(tower.nowhere_zero(dict(f), known) for f in a[1])


def fm_alive(tower: FmTower, s: FmSentence) -> list:
    """Terms of the first pair; of a derivative that vanishes, its parts by letter and by term."""
    lets = {a[1]: fm_read(a[2]) for a in tower.atoms if a[0] == "let"}
    found, todo = [], [s.quantity] if s.kind == "sign" else [*s.pairs[0]]
    while todo:
        e = todo.pop()
        if e[0] == "name" and e[1] in lets:
            todo.append(lets[e[1]])
        elif e[0] == "+" or (e[0] == "*" and len(e) == 3 and e[1][0] == "num"):
            todo += e[1:] if e[0] == "+" else e[2:]
        else:
            found.append(tower.value(e))
            if e[:2] == ("d", "") and tower.zero(found[-1]):
                inner = tower.value(e[2])
                found += [
                    tower.mul(tower.derived(inner, x), tower.slope(x, "")) for x in tower.rates
                ]
                terms = lets.get(e[2][1], e[2]) if e[2][0] == "name" else e[2]
                moves = any(map(any, tower.reduced(inner[0]))) or inner[1]
                todo += [("d", "", x) for x in terms[1:]] if terms[0] == "+" and moves else []
    return found


def fm_sign(frame: FmFrame, tower: FmTower, s: FmSentence, factors: Any) -> None:
    need(
        isinstance(factors, list)
        and factors
        and all(isinstance(f, list) and len(f) == 2 for f in factors),
        "factors are pairs",
    )
    known, sign = frame.known(tower), 1
    product_: tuple = ("num", Fraction(1))
    for tree, n in ((fm_read(f), integer(n, None, "powers", "a multiplicity")) for f, n in factors):
        product_ = ("*", product_, ("^", tree, n))
        top, bottom = tower.value(tree)
        own = tower.signed(top, known) if top and not bottom else None
        if n % 2 == 0 and (n < 0 or (s.relation == ">=" and n > 0)):
            continue  # an even power is not negative; one that is divided by is not 0
        if s.relation != "!=":
            need(own or (own == 0 and n % 2 == 0), f"the sign of {fm_words(tree)} is not seen")
            sign *= (own or 1) if n % 2 else 1
        else:
            need(own is not None or n < 0, f"{fm_words(tree)} may vanish")
    need(
        sign > 0
        and tower.zero(tower.value(("+", s.quantity, ("*", ("num", Fraction(-1)), product_)))),
        "not these factors",
    )


def fm_violated(tower: FmTower, s: FmSentence) -> tuple[tuple, tuple]:
    """What must not be 0 at a witness, as (tree, value): left - right of the sentence's own
    equation. Of a law q' = c q the term c' q counts only where q' = c q holds everywhere: then q''
    - c^2 q = c' q.
    """
    gaps = [("+", left, ("*", ("num", Fraction(-1)), right)) for left, right in s.pairs] or [
        s.quantity
    ]
    values = [tower.value(e) for e in gaps]
    at = next((k for k, v in enumerate(values) if s.kind == "sign" or not tower.zero(v)), 0)
    return gaps[at], values[at]


def fm_refuted(frame: FmFrame, name: str, s: FmSentence, witness: Any) -> str:
    tower = frame.tower()
    if s.kind == "exponential-decay":
        return fm_solution(frame, tower, s, fields(witness, "witness", "conclusion atoms solution"))
    fields(witness, "witness", "conclusion letters constant")
    gap, value = fm_violated(tower, s)
    at = frame.place(tower, witness["letters"])
    first = tower.at(value, at)[0]
    fails = (
        first < 0
        if s.relation == ">="
        else first <= 0
        if s.relation == ">"
        else not first
        if s.kind == "sign"
        else bool(first)
    )
    need(fails, "the statement holds at the witness")
    says = (
        f"at {', '.join(f'{x} = {v}' for x, v in at.items() if v is not None)} {fm_words(gap)} ="
        f" {first}"
    )
    if witness["constant"] is not None:
        (left, right), c = s.pairs[0], rational(witness["constant"])
        need(
            tower.zero(tower.value(("+", left, ("*", ("num", -c), right)))),
            "the constant that is named is wrong as well",
        )
        says += f"; the constant is {c}"
    return says


def fm_solution(frame: FmFrame, tower: FmTower, s: FmSentence, witness: dict) -> str:
    """Put into the flow, the solution fits for all t > 0, and the quantity is a rational function
    of t, not zero.
    """
    need(
        not frame.given and not any(tower.sign[x] for x in tower.letters) and not tower.kinds,
        "a flow without signs and atoms",
    )
    clock = FmTower([["t", ">"]], witness["atoms"], {"t": "1"})
    need(
        isinstance(witness["solution"], dict) and {*witness["solution"]} == {*tower.letters},
        "a formula for each letter",
    )
    env = {x: clock.value(fm_read(e)) for x, e in witness["solution"].items()}
    for a in tower.atoms:
        env[a[1]] = clock.value(fm_read(a[2]), env)
    for x in tower.letters:
        rate = clock.value(tower.rates.get(x, ("num", Fraction(0))), env)
        need(
            clock.zero(
                clock.add(
                    clock.derived(env[x], ""),
                    clock.mul(({k: Fraction(-1) for k in clock.one}, {}), rate),
                )
            ),
            f"not {x}'",
        )
    need(
        all(k[0] == "root" and clock.signed(k[1][0], []) == 1 for k in clock.kinds.values()),
        "roots that are positive",
    )
    value = clock.value(s.quantity, env)
    top, bottom = clock.reduced(value[0]), clock.reduced(clock.expanded(value[1]))
    need(all(clock.signed(p, []) is not None for p in clock.divisors), "a divisor that may vanish")
    need(top and not any(any(k[1:]) for p in (top, bottom) for k in p), "no rational function of t")
    found = [f"{x} = {fm_words(fm_read(e))}" for x, e in witness["solution"].items()]
    return (
        f"the solution {', '.join(found + clock.shown)} for t > 0 makes it a rational function of"
        " t, not zero"
    )


def fm_check(data: Any) -> str:
    own = {"PROVED": "proof", "REFUTED": "witness"}.get(str(data.get("verdict")), "")
    need(own, "the verdict is PROVED or REFUTED")
    fields(
        data,
        "certificate",
        f"format version claim verdict setting assuming dropped conclusions statement {own}",
    )
    need(
        isinstance(data["claim"], str) and isinstance(data["statement"], str),
        "claim and statement are text",
    )
    need(isinstance(data["conclusions"], dict) and data["conclusions"], "conclusions are empty")
    frame, sentences = FmFrame(data), {k: fm_sentence(x) for k, x in data["conclusions"].items()}
    for s in sentences.values():
        taken = FmWritten.get(s.kind, set()) & {*frame.tower().env}
        need(not taken, f"the sentence is written with {sorted(taken)}, and the setting names it")
    if own == "proof":
        need(
            isinstance(data["proof"], dict) and {*data["proof"]} == {*sentences},
            "a proof for every conclusion and nothing else",
        )
        says = [s.says + fm_proved(frame, s, data["proof"][k]) for k, s in sentences.items()]
        return f"PROVED: {frame.words()}: {'; '.join(says)}"
    need(
        len(sentences) == 1 and isinstance(data["witness"], dict),
        "a refutation carries one conclusion and a witness",
    )
    ((name, s),) = sentences.items()
    need(data["witness"].get("conclusion") == name, "the witness is about another conclusion")
    return f"REFUTED: {frame.words()}: NOT {s.says}: {fm_refuted(frame, name, s, data['witness'])}"


def check(data: Any) -> str:
    """The statement that was verified, in words. Raises NotACertificate or Refused, nothing
    else.
    """
    return guarded(data, "flowlaw-formulas", fm_check, fm_work)
