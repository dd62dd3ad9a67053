"""Linear actions on small models: what they preserve and conserve, and how many laws there are, by
polynomials of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from attack.claims import FALSE, HEAD, TRUE, UNKNOWN, Draw, SlipOfOurs
from attack.scalars import name, polynomial, source
from attack.trees import Tree, num, prod

Poly = dict
Rows = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class Statement:
    """kind: preserves, lie-algebra, moment-conserved, every-element, orthogonal, skew-empty,
    law-count (forms, independent).
    """

    names: tuple[str, ...]
    phi: tuple[Tree, ...]
    generators: tuple[Rows, ...]
    kind: str
    counts: tuple[int, int] = (0, 0)
    family: str = ""


# --- truth
# --------------------------------------------------------------------------------------------------


def slope(p: Poly, x: str) -> Poly:
    found: Poly = {}
    for key, c in p.items():
        powers = dict(key)
        n = powers.get(x, 0)
        if n:
            rest = tuple(sorted((y, k - (y == x)) for y, k in powers.items() if k - (y == x)))
            found[rest] = found.get(rest, Fraction(0)) + n * c
    return found


def along(names: tuple[str, ...], p: Poly, xi: Rows) -> Poly:
    """dp(theta) xi theta."""
    found: Poly = {}
    for i, x in enumerate(names):
        d = slope(p, x)
        for j, y in enumerate(names):
            for key, c in d.items() if xi[i][j] else ():
                powers = dict(key)
                powers[y] = powers.get(y, 0) + 1
                new = tuple(sorted(powers.items()))
                found[new] = found.get(new, Fraction(0)) + c * xi[i][j]
    return {key: c for key, c in found.items() if c}


def polys(s: Statement) -> list[Poly]:
    found = [polynomial(e) for e in s.phi]
    assert all(p is not None for p in found)
    return found  # type: ignore[return-value]


def symmetric_part(x: Rows) -> Rows:
    return tuple(tuple((x[i][j] + x[j][i]) / 2 for j in range(len(x))) for i in range(len(x)))


def nullspace(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """Vectors v with rows v = 0."""
    rows, pivots = [list(r) for r in rows], []
    for col in range(width):
        at = next((n for n in range(len(pivots), len(rows)) if rows[n][col]), None)
        if at is None:
            continue
        k = len(pivots)
        rows[k], rows[at] = rows[at], rows[k]
        rows[k] = [x / rows[k][col] for x in rows[k]]
        for n, r in enumerate(rows):
            if n != k and r[col]:
                rows[n] = [x - r[col] * y for x, y in zip(r, rows[k], strict=True)]
        pivots.append(col)
    found = []
    for free in (c for c in range(width) if c not in pivots):
        v = [Fraction(int(c == free)) for c in range(width)]
        for k, col in enumerate(pivots):
            v[col] = -rows[k][free]
        found.append(v)
    return found


def symmetric_elements(s: Statement) -> list[Rows]:
    """A basis of the symmetric elements of the span."""
    m, gens = len(s.names), s.generators
    rows = [[g[i][j] - g[j][i] for g in gens] for i in range(m) for j in range(i)]
    found = []
    for v in nullspace(rows, len(gens)):
        x = tuple(
            tuple(
                sum((c * g[i][j] for c, g in zip(v, gens, strict=True)), Fraction(0))
                for j in range(m)
            )
            for i in range(m)
        )
        found.append(x)
    return found


def laws(s: Statement) -> list[Rows]:
    """A basis of all symmetric S with dphi(theta) S theta = 0."""
    m = len(s.names)
    places = [(i, j) for i in range(m) for j in range(i, m)]
    columns: list[list[Poly]] = []
    for i, j in places:
        unit = tuple(
            tuple(Fraction(int((a, b) in ((i, j), (j, i)))) for b in range(m)) for a in range(m)
        )
        columns.append([along(s.names, p, unit) for p in polys(s)])
    keys = sorted({(n, key) for col in columns for n, p in enumerate(col) for key in p})
    rows = [[col[n].get(key, Fraction(0)) for col in columns] for n, key in keys]
    found = []
    for v in nullspace(rows, len(places)):
        entry = dict(zip(places, v, strict=True))
        found.append(tuple(tuple(entry[min(a, b), max(a, b)] for b in range(m)) for a in range(m)))
    return found


def independent(found: list[Rows], m: int) -> int:
    """The generic rank of their gradients, at points too odd to be special."""
    best, rng = 0, Random(5)
    for _ in range(3):
        theta = [Fraction(rng.randint(100, 10**6)) for _ in range(m)]
        rows = [
            [sum((x[i][j] * theta[j] for j in range(m)), Fraction(0)) for i in range(m)]
            for x in found
        ]
        best = max(best, m - len(nullspace(rows, m)) if rows else 0)
    return best


def holds(s: Statement) -> bool:
    if s.kind == "skew-empty":
        return True
    if s.kind == "law-count":
        found = laws(s)
        return (len(found), independent(found, len(s.names))) == s.counts
    if s.kind == "lie-algebra":
        return _spans(s)
    elements = {
        "moment-conserved": symmetric_elements(s),
        "every-element": [symmetric_part(g) for g in s.generators],
    }
    return not any(
        along(s.names, p, xi) for p in polys(s) for xi in elements.get(s.kind, list(s.generators))
    )


def _spans(s: Statement) -> bool:
    """Closed under brackets and transposes."""
    m, gens = len(s.names), s.generators
    span = range(m)

    def times(a: Rows, b: Rows) -> Rows:
        return tuple(
            tuple(sum((a[i][k] * b[k][j] for k in span), Fraction(0)) for j in span) for i in span
        )

    others = [tuple(zip(*g, strict=True)) for g in gens]
    for a in gens:
        for b in gens:
            x, y = times(a, b), times(b, a)
            others.append(tuple(tuple(x[i][j] - y[i][j] for j in span) for i in span))
    size = _rank([*gens], m)
    return all(_rank([*gens, x], m) == size for x in others)


def _rank(found: list, m: int) -> int:
    rows = [[x for r in g for x in r] for g in found]
    return m * m - len(nullspace(rows, m * m))


# --- draws
# --------------------------------------------------------------------------------------------------


def _rows(x: list[list[int]]) -> Rows:
    return tuple(tuple(map(Fraction, r)) for r in x)


def _power(x: str, n: int) -> Tree:
    return name(x) if n == 1 else ("^", name(x), n)


def _model(rng: Random) -> tuple:
    """(names, phi, generators, family): torus, rotation, shear, or nothing that acts."""
    turn = rng.randint(0, 4)
    if turn == 0:
        names = ("x", "y")
        return (
            names,
            (("+", ("^", name("x"), 2), ("^", name("y"), 2)),),
            (_rows([[0, 1], [-1, 0]]),),
            "rotation",
        )
    if turn == 1:
        n = rng.choice([1, 2, 3])
        return ("x", "y"), (_power("y", n),), (_rows([[0, rng.choice([1, 2])], [0, 0]]),), "shear"
    names = rng.choice([("x", "y"), ("x", "y", "z")])
    a = [rng.randint(1, 3) for _ in names]
    phi: Tree = prod(*(_power(x, n) for x, n in zip(names, a, strict=True)))
    if rng.random() < 0.3:
        phi = prod(num(rng.choice([2, -3])), phi)
    gens = []
    for i in range(len(names) - 1):  # a_(i+1) x_i d/dx_i - a_i x_(i+1) d/dx_(i+1)
        x = [[0] * len(names) for _ in names]
        x[i][i], x[i + 1][i + 1] = a[i + 1], -a[i]
        gens.append(_rows(x))
    more = (("+", phi, num(1)),) if rng.random() < 0.2 else ()
    return names, (phi, *more), tuple(gens), "torus"


_KINDS = (
    "preserves",
    "lie-algebra",
    "moment-conserved",
    "every-element",
    "orthogonal",
    "skew-empty",
    "law-count",
    "law-count",
)


def _statement(rng: Random) -> Statement:
    names, phi, gens, family = _model(rng)
    s = Statement(names, phi, gens, rng.choice(_KINDS), family=family)
    if s.kind == "law-count":
        found = laws(s)
        s = replace(s, counts=(len(found), independent(found, len(names))))
    return s


def edited(s: Statement, rng: Random) -> Statement:
    """A count, an entry of a generator, an exponent, the sentence's kind."""
    turn = rng.randint(0, 3)
    if s.kind == "law-count" and turn < 3:
        n, k = s.counts
        more = [c for c in ((n + 1, k), (n, k + 1), (n, k - 1), (n - 1, k)) if min(c) >= 0]
        return replace(s, counts=rng.choice(more))
    if turn == 0:
        return replace(s, kind=rng.choice([k for k in _KINDS if k not in (s.kind, "law-count")]))
    if turn == 1 or not s.generators:
        n = rng.randrange(len(s.phi))
        extra = ("+", s.phi[n], rng.choice([name(s.names[0]), ("^", name(s.names[-1]), 2)]))
        return replace(s, phi=(*s.phi[:n], extra, *s.phi[n + 1 :]))
    n = rng.randrange(len(s.generators))
    g = [list(r) for r in s.generators[n]]
    i, j = rng.randrange(len(g)), rng.randrange(len(g))
    g[i][j] += rng.choice([1, -1, 2])
    return replace(s, generators=(*s.generators[:n], tuple(map(tuple, g)), *s.generators[n + 1 :]))


def draw(rng: Random) -> Draw:
    s = _statement(rng)
    for _ in range(8):
        if holds(s):
            break
        s = _statement(rng)
    else:
        raise SlipOfOurs("eight sentences about actions, none of them true")
    if rng.random() < 0.45:
        return _draw(s, TRUE, False)
    for _ in range(5):
        e = edited(s, rng)
        if not holds(e):
            return _draw(e, FALSE, True)
    return _draw(e, UNKNOWN, True)


def _draw(s: Statement, truth: str, near: bool) -> Draw:
    return Draw(
        written(s),
        truth,
        f"{s.family} {s.kind}",
        near,
        f"{s.kind} {s.counts if s.kind == 'law-count' else ''}",
        {"statement": s},
    )


def written(s: Statement) -> str:
    made = "".join(x.capitalize() for x in s.kind.split("-"))
    made += f"(({s.counts[0]},), ({s.counts[1]},))" if s.kind == "law-count" else "()"
    gens = ", ".join(
        "(" + ", ".join("(" + ", ".join(map(_entry, r)) + ")" for r in g) + ")"
        for g in s.generators
    )
    names = ", ".join(f"v_{x}" for x in s.names)
    return (
        HEAD + "from verify.terms.expr import const, num\nfrom verify.claims.conclusions import"
        " of_actions\n"
        + "from verify.models.action import Action, Explicit\n\n"
        + f"{names} = map(const, {s.names!r})\n"
        + f"MODEL = Explicit({s.names!r}, ({', '.join(map(source, s.phi))},),"
        f" ({gens}{',' if gens else ''}))\n"
        + "CLAIM = Claim(id='drawn', title='drawn', setting=Action((MODEL,)), assuming=(),"
        + f" concluding={{'c': of_actions.{made}}}, source=Source('2511.01137v2'))\n"
    )


def _entry(x: Fraction) -> str:
    return str(x.numerator) if x.denominator == 1 else repr(x)


def cases(body: dict) -> Iterator[tuple[tuple[str, ...], list[Poly], list[Rows]]]:
    """The models of a certificate. Raises ValueError, KeyError, IndexError for what is none."""
    for case in body["cases"]:
        names = tuple(case["names"])
        m = len(names)
        phi = []
        for p in case["phi"]:
            found: Poly = {}
            for c, places in p:
                key: dict[str, int] = {}
                for i in places:
                    key[names[i]] = key.get(names[i], 0) + 1
                at: Any = tuple(sorted(key.items()))
                found[at] = found.get(at, Fraction(0)) + Fraction(c)
            phi.append({k: c for k, c in found.items() if c})
        gens = []
        for g in case["algebra"]:
            rows = [[Fraction(0)] * m for _ in range(m)]
            for i, j, c in g:
                rows[i][j] += Fraction(c)
            gens.append(tuple(map(tuple, rows)))
        yield names, phi, gens
