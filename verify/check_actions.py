"""The reader of certificates about linear group actions: phi, matrices xi, points and laws are
inputs; everything else is recomputed.

Standard library only. Polynomials are dictionaries from exponents to Fractions. A rank from below
may be taken modulo a prime, since a minor that is not zero there is not zero; whatever needs a rank
from above is eliminated over the rationals.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sized
from fractions import Fraction
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
    rational,
    up_to,
)

AC_TAKEN = SPOKEN | {"g", "phi", "theta", "xi", "mu", "s"}
AC_COORDINATE = r"[A-Za-z][A-Za-z0-9_]*(_[0-9]+(,[0-9]+)+)?"
ac_work = Work("actions")
ac_spend = ac_work.spend
AcPoly = dict[tuple[int, ...], Fraction]
AcMatrix = dict[tuple[int, int], Fraction]


def ac_sized(x: Fraction) -> Fraction:
    """The number, at the price of its size: sums of many fractions grow."""
    bits = x.numerator.bit_length() + x.denominator.bit_length()
    ac_spend((bits >> 7) + (bits >> 9) ** 2)
    return x


def ac_plus(p: AcPoly, q: AcPoly, c: Fraction | int = 1) -> AcPoly:
    ac_spend(len(p) + len(q))
    found = dict(p)
    for m, x in q.items():
        found[m] = ac_sized(found.get(m, Fraction(0)) + c * x)
    return {m: x for m, x in found.items() if x}


def ac_times(p: AcPoly, q: AcPoly) -> AcPoly:
    ac_spend(len(p) * len(q))
    found: AcPoly = {}
    for a, x in p.items():
        for b, y in q.items():
            m = tuple(map(int.__add__, a, b))
            found[m] = ac_sized(found.get(m, Fraction(0)) + x * y)
    return {m: x for m, x in found.items() if x}


def ac_slope(p: AcPoly, i: int) -> AcPoly:
    ac_spend(len(p))
    return {(*m[:i], m[i] - 1, *m[i + 1 :]): m[i] * x for m, x in p.items() if m[i]}


def ac_at(p: AcPoly, theta: list[Fraction]) -> Fraction:
    ac_spend(len(p))
    total = Fraction(0)
    for m, x in p.items():
        for i, e in enumerate(m):
            x = x * theta[i] ** e if e else x
        total = ac_sized(total + x)
    return total


def ac_rank(rows: list[dict]) -> int:
    pivots: dict[Any, dict] = {}
    for row in rows:
        row = {k: x for k, x in row.items() if x}
        while row and (k := min(row)) in pivots:
            c, pivot = row[k], pivots[k]
            ac_spend(len(pivot) + len(row))
            for j, x in pivot.items():
                row[j] = ac_sized(row.get(j, 0) - c * x)
            row = {j: x for j, x in row.items() if x}
        if row:
            pivots[k] = {j: x / row[k] for j, x in row.items()}
    return len(pivots)


def ac_rank_modulo(rows: list[dict], p: int = LIMITS["prime"]) -> int:
    """Modulo a prime 2^b - 1: at most the rank. A row is one integer, 2b + 6 bits a column. As 2^b
    is 1, high bits are added to the low ones, twice: from below 2^(2b+2) to below 2^b + 8.
    """
    size, pivots = 2 * ((b := p.bit_length()) + 2) + 2, dict[int, int]()
    places = {k: size * n for n, k in enumerate(sorted({k for row in rows for k in row}))}
    ones = sum(1 << n for n in places.values())
    low, high = ones * p, ones * ((1 << size - b) - 1)
    for row in rows:
        ac_spend(len(row))
        numbers = {k: v.numerator * pow(v.denominator, -1, p) % p for k, v in row.items()}
        left = sum(x << places[k] for k, x in numbers.items())
        for n in places.values() if left else ():
            c, left = (left & (1 << size) - 1) % p, left >> size
            if c:
                ac_spend(4 + left.bit_length() // size // 32)
                new = n not in pivots
                left = left * (-pow(c, -1, p) % p) if new else left + c * pivots[n]
                for _ in range(2):
                    left = (left & low) + (left >> b & high)
                if new:
                    pivots[n] = left
                    break
    return len(pivots)


def ac_list(x: Any, what: str, limit: str = "entries") -> list:
    need(isinstance(x, list) and len(x) <= LIMITS[limit], f"{what} is not a list of {up_to(limit)}")
    return x


def ac_mixed(a: AcMatrix, sign: int) -> AcMatrix:
    """a + sign a^T."""
    return {
        p: x
        for p in {*a, *((j, i) for i, j in a)}
        if (x := a.get(p, Fraction(0)) + sign * a.get((p[1], p[0]), Fraction(0)))
    }


def ac_product(a: AcMatrix, b: AcMatrix) -> AcMatrix:
    ac_spend(len(a) * len(b))
    found: AcMatrix = {}
    for (i, k), x in a.items():
        for (l, j), y in b.items():
            if l == k:
                found[i, j] = ac_sized(found.get((i, j), Fraction(0)) + x * y)
    return found


def ac_name(x: Any, what: str, pattern: str) -> str:
    """A word that the sentences are not written with."""
    fits = isinstance(x, str) and len(x) <= LIMITS["name"] and re.fullmatch(pattern, x)
    need(fits, f"{str(x)[:20]!r} is not the name of {what}, a word of {up_to('name', 'letters')}")
    need(x.split("_")[0] not in AC_TAKEN, f"the name {x} is taken")
    return x


def ac_index(x: Any, what: str) -> tuple[int, ...]:
    return tuple(integer(n, 0, "entries", what) for n in ac_list(x, what, "coordinates"))


class AcCase:
    """One parametrisation with matrices that act on its coordinates."""

    def __init__(self, data: Any, found: bool) -> None:
        own = "title names phi algebra groups blocks permutations" + " points" * found
        fields(data, "case", own)
        names = ac_list(data["names"], "names", "coordinates")
        self.names = [ac_name(x, "a coordinate", AC_COORDINATE) for x in names]
        need(names, "no names")
        distinct(names, "names")
        self.m = len(names)
        self.phi = [self.poly(p) for p in ac_list(data["phi"], "phi")]
        need(self.phi, "phi is empty")
        self.algebra = [self.matrix(xi) for xi in ac_list(data["algebra"], "algebra")]
        self.groups = [self.group(x) for x in ac_list(data["groups"], "groups")]
        need(
            not self.groups or len({*self.groups}) == len(self.groups) == len(self.algebra),
            "each matrix has a group and a place of its own, or none has",
        )
        self.blocks: dict[tuple, list[list[int]]] = {}
        for x in ac_list(data["blocks"], "blocks"):
            self.block(x)
        moved = ac_list(data["permutations"], "permutations")
        self.permutations = [self.permutation(s) for s in moved]
        if found:
            need(self.kept(self.algebra), "a matrix of the algebra changes phi")
            need(
                ac_rank(self.algebra) == self.room(data["points"], False),
                "the points do not show that there is no more algebra",
            )

    def group(self, x: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Of a matrix: the number of its group, and the place of the unit matrix there."""
        need(isinstance(x, list) and len(x) == 2, "a group is [number, place]")
        number, place = ac_index(x[0], "a group"), ac_index(x[1], "a place")
        need(len(place) == 2, "a place is [row, column]")
        return number, place

    def block(self, x: Any) -> None:
        """A matrix of coordinates, which words call by a letter and an index."""
        need(isinstance(x, list) and len(x) == 3, "a block is [letter, index, coordinates]")
        key = (ac_name(x[0], "a block", "[A-Za-z]+"), ac_index(x[1], "the index of a block"))
        rows = [ac_list(row, "a row of a block") for row in ac_list(x[2], "a block")]
        need(rows and rows[0] and key not in self.blocks, "an empty block, or one that is twice")
        need(len({*map(len, rows)}) == 1, "a block with rows of several lengths")
        self.blocks[key] = [[integer(n, 0, self.m - 1, "a place") for n in row] for row in rows]

    def permutation(self, x: Any) -> list[int]:
        s = [
            integer(n, 0, self.m - 1, "a place of a permutation") for n in ac_list(x, "permutation")
        ]
        need(sorted(s) == list(range(self.m)), "a permutation moves coordinates one to one")
        return s

    def poly(self, data: Any) -> AcPoly:
        found: AcPoly = {}
        for c, places in ac_list(data, "polynomial", "terms"):
            at = [
                integer(i, 0, self.m - 1, "a coordinate")
                for i in ac_list(places, "monomial", "degree")
            ]
            key = tuple(at.count(i) for i in range(self.m))
            need(key not in found and rational(c), "a monomial that occurs twice, or not at all")
            found[key] = rational(c)
        return found

    def matrix(self, data: Any) -> AcMatrix:
        found: AcMatrix = {}
        for i, j, c in ac_list(data, "matrix"):
            place = (integer(i, 0, self.m - 1, "row"), integer(j, 0, self.m - 1, "column"))
            need(place not in found and rational(c), "an entry that occurs twice, or is 0")
            found[place] = rational(c)
        need(found, "a matrix without entries")
        return found

    def point(self, data: Any, size: int) -> list[Fraction]:
        need(isinstance(data, list) and len(data) == size, f"a point has {size} numbers")
        return [rational(x) for x in data]

    def linear(self, i: int) -> AcPoly:
        return {tuple(int(n == i) for n in range(self.m)): Fraction(1)}

    def changes(self, p: AcPoly, xi: AcMatrix) -> AcPoly:
        """Derivative of p along theta' = xi theta."""
        total: AcPoly = {}
        for (i, j), x in xi.items():
            total = ac_plus(total, ac_times(ac_slope(p, i), self.linear(j)), x)
        return total

    def kept(self, matrices: list[AcMatrix]) -> bool:
        return not any(self.changes(p, xi) for xi in matrices for p in self.phi)

    def moment(self, xi: AcMatrix) -> AcPoly:
        total: AcPoly = {}
        for (i, j), x in xi.items():
            total = ac_plus(total, ac_times(self.linear(i), self.linear(j)), x)
        return total

    def rates(self, q: AcPoly) -> list[AcPoly]:
        """grad phi_r . grad q for each r: minus the coefficient of g_r in q'."""
        found = []
        for p in self.phi:
            total: AcPoly = {}
            for i in range(self.m):
                total = ac_plus(total, ac_times(ac_slope(p, i), ac_slope(q, i)))
            found.append(total)
        return found

    def steady(self, matrices: list[AcMatrix]) -> bool:
        return bool(matrices) and not any(any(self.rates(self.moment(xi))) for xi in matrices)

    def slopes(self, theta: list[Fraction]) -> list[list[Fraction]]:
        return [[ac_at(ac_slope(p, i), theta) for i in range(self.m)] for p in self.phi]

    def room(self, points: Any, symmetric: bool) -> int:
        """At most so many (symmetric) matrices leave phi unchanged: what the points leave free."""
        rows = []
        for data in ac_list(points, "points"):
            theta = self.point(data, self.m)
            for slope in self.slopes(theta):
                ac_spend(self.m**2)
                row: dict = {}
                for i in range(self.m):
                    for j in range(self.m):
                        place = (min(i, j), max(i, j)) if symmetric else (i, j)
                        row[place] = row.get(place, Fraction(0)) + slope[i] * theta[j]
                rows.append(row)
        return (self.m * (self.m + 1) // 2 if symmetric else self.m**2) - ac_rank_modulo(rows)

    def part(self, sign: int) -> int:
        """Dimension of the elements with xi^T = sign xi."""
        return ac_rank(self.algebra) - ac_rank([ac_mixed(a, -sign) for a in self.algebra])

    def basis(self, data: Any, sign: int) -> list[AcMatrix]:
        """Of all elements of the span with xi^T = sign xi."""
        found = [self.matrix(xi) for xi in ac_list(data, "basis")]
        need(not any(ac_mixed(a, -sign) for a in found), "an element of the basis of another kind")
        need(
            self.spans(found) and ac_rank(found) == self.part(sign) > 0,
            "not a basis of such elements",
        )
        return found

    def spans(self, matrices: list[AcMatrix]) -> bool:
        return ac_rank(self.algebra) == ac_rank([*self.algebra, *matrices])

    def moved(self, p: AcPoly, s: list[int]) -> AcPoly:
        return {
            tuple(sum(m[i] for i in range(self.m) if s[i] == j) for j in range(self.m)): x
            for m, x in p.items()
        }

    def turned(self) -> bool:
        """Does every permutation leave phi as it is?"""
        return all(self.moved(p, s) == p for s in self.permutations for p in self.phi)


# --- sentences: (case, conclusion, what the certificate adds) -> words, or Refused
# ---------------------------------------------------


def ac_many(found: Sized, noun: str) -> str:
    more = "matrices" if noun == "matrix" else noun + "s"
    return f"{len(found)} {noun if len(found) == 1 else more}"


def ac_preserves(case: AcCase, _: dict, proof: dict) -> str:
    need((case.algebra or case.permutations) and case.kept(case.algebra), "a matrix changes phi")
    need(case.turned(), "a permutation changes phi")
    both = f"{ac_many(case.algebra, 'matrix')} (dphi(theta) xi theta = 0)"
    return f"phi is unchanged by {both} and {ac_many(case.permutations, 'permutation')}"


def ac_lie_closed(case: AcCase) -> bool:
    span = case.algebra
    products = [(a, b) for n, a in enumerate(span) for b in span[:n]]
    brackets = [ac_plus(ac_product(a, b), ac_product(b, a), -1) for a, b in products]  # type: ignore[arg-type]
    return case.spans([*brackets, *({(j, i): x for (i, j), x in a.items()} for a in span)])  # type: ignore[list-item]


def ac_lie(case: AcCase, _: dict, proof: dict) -> str:
    need(case.algebra and ac_lie_closed(case), "a bracket or a transpose is not in the span")
    return (
        f"the span of {ac_many(case.algebra, 'matrix')} is closed under brackets and transposition"
    )


def ac_moments(case: AcCase, _: dict, proof: dict) -> str:
    basis = case.basis(proof["basis"], 1)
    need(case.steady(basis), "the moment of a symmetric element is not conserved")
    span = f"symmetric xi of the span ({ac_many(basis, 'dimension')})"
    return f"<theta, xi theta> is conserved, for every g, for all {span}"


def ac_every(case: AcCase, _: dict, proof: dict) -> str:
    need(case.steady(case.algebra), "a moment is not conserved, or there is none")
    span = f"xi of the span of {ac_many(case.algebra, 'matrix')}"
    return f"<theta, xi theta> is conserved, for every g, for all {span}"


def ac_swap(s: list[int]) -> AcMatrix:
    return {(i, j): Fraction(1) for i, j in enumerate(s)}


def ac_orthogonal(case: AcCase, _: dict, proof: dict) -> str:
    need(
        case.algebra and case.kept(case.algebra),
        "<xi theta, theta'> = -g . dphi xi theta does not vanish, or there is no xi",
    )
    return f"<xi theta, theta'> = 0, for every g, for {ac_many(case.algebra, 'matrix')} xi"


def ac_skew(case: AcCase, _: dict, proof: dict) -> str:
    basis = case.basis(proof["basis"], -1)
    need(not any(case.moment(xi) for xi in basis), "the moment of a skew element is not zero")
    return f"<theta, xi theta> = 0 for all skew xi of the span ({ac_many(basis, 'dimension')})"


def ac_tree(case: AcCase, data: Any, depth: int = 0) -> list[AcPoly]:
    """The field of a gradient, or of a bracket [X, Y] = DY X - DX Y."""
    if isinstance(data, int):
        p = case.phi[integer(data, 0, len(case.phi) - 1, "the number of a field")]
        return [ac_slope(p, i) for i in range(case.m)]
    need(isinstance(data, list) and len(data) == 2, "a field is a number, or a bracket of two")
    need(depth < LIMITS["brackets"], f"brackets inside each other: {up_to('brackets')}")
    x, y = (ac_tree(case, part, depth + 1) for part in data)
    found = []
    for i in range(case.m):
        total: AcPoly = {}
        for j in range(case.m):
            total = ac_plus(
                ac_plus(total, ac_times(x[j], ac_slope(y[i], j))),
                ac_times(y[j], ac_slope(x[i], j)),
                -1,
            )
        found.append(total)
    return found


def ac_counted(case: AcCase, data: dict) -> tuple[int, int]:
    """Both sides of both counts; refused where they do not meet."""
    laws = [case.matrix(s) for s in ac_list(data["laws"], "laws")]
    need(
        not any(ac_mixed(s, -1) for s in laws) and (not laws or case.steady(laws)),
        "a law that is not symmetric or not conserved",
    )
    need(
        ac_rank(laws) == len(laws) == case.room(data["points"], True),
        "the bounds of the number of laws do not meet",
    )
    theta = case.point(data["point"], case.m)
    gradients = [dict(enumerate(ac_moved(s, theta))) for s in laws]
    span = [
        {i: ac_at(p, theta) for i, p in enumerate(ac_tree(case, t))}
        for t in ac_list(data["fields"], "fields", "coordinates")
    ]
    independent = ac_rank(gradients)
    need(
        independent == min(len(laws), case.m - ac_rank(span)),
        "the bounds of the number of independent laws do not meet",
    )
    return len(laws), independent


def ac_laws(case: AcCase, conclusion: dict, proof: dict) -> str:
    counts = ac_counted(case, proof)
    need(
        counts == (conclusion["forms"], conclusion["independent"]),
        f"there are {counts[0]} laws, {counts[1]} independent",
    )
    return (
        f"exactly {counts[0]} linearly independent laws theta^T S theta, of which {counts[1]}"
        " functionally independent"
    )


def ac_sizes(case: AcCase, conclusion: dict, proof: dict) -> str:
    counts = ac_rank(case.algebra), case.part(1)
    need(
        counts == (conclusion["algebra"], conclusion["symmetric"]),
        f"the dimensions are {counts[0]} and {counts[1]}",
    )
    return f"the span has dimension {counts[0]}, its symmetric elements {counts[1]}"


def ac_stabiliser(case: AcCase, _: dict, proof: dict) -> str:
    need(case.kept(case.algebra), "a given matrix changes phi")
    size = ac_rank(case.algebra)
    need(size == case.room(proof["points"], False), "the points do not show that there is no more")
    return f"the given matrices span all xi with dphi(theta) xi theta = 0, {size} dimensions"


def ac_factor(x: Any) -> tuple[str, tuple[int, ...], bool]:
    """A block in a word: [letter, shift of the index, whether transposed]."""
    need(isinstance(x, list) and len(x) == 3, "a factor of a word is [letter, shift, star]")
    need(type(x[2]) is bool, "a star of a word is there or not")
    return ac_name(x[0], "a block in a word", "[A-Za-z]+"), ac_index(x[1], "a shift"), x[2]


def ac_stated(case: AcCase, words: list, group: tuple[int, ...]) -> list[list[AcPoly]]:
    """A sum of words in blocks; the index of a block is the group's own, shifted."""
    total: list[list[AcPoly]] = []
    for c, word in ac_list(words, "words"):
        value: list[list[AcPoly]] = []
        for letter, shift, star in map(ac_factor, ac_list(word, "a word")):
            need(len(shift) == len(group), "a shift of another length than the index")
            block = case.blocks.get((letter, tuple(map(int.__add__, group, shift))), [])
            need(block, f"there is no block {letter} where mu has one")
            rows = [[*column] for column in zip(*block, strict=True)] if star else block
            one = [[case.linear(i) for i in row] for row in rows]
            value = ac_multiplied(value, one) if value else one
        c = integer(c, None, "multiple", "a coefficient")
        value = [[{m: c * x for m, x in p.items()} for p in row] for row in value]
        pairs = zip(total, value, strict=True) if total else ()
        total = [[ac_plus(p, q) for p, q in zip(*rows, strict=True)] for rows in pairs] or value
    return total


def ac_multiplied(a: list[list[AcPoly]], b: list[list[AcPoly]]) -> list[list[AcPoly]]:
    need(len(a[0]) == len(b), "blocks whose sizes do not fit")
    zero: AcPoly = {}
    found = [[zero for _ in b[0]] for _ in a]
    for i, row in enumerate(a):
        for j in range(len(b[0])):
            for k, p in enumerate(row):
                found[i][j] = ac_plus(found[i][j], ac_times(p, b[k][j]))
    return found


def ac_difference(case: AcCase, words: list, n: int) -> AcPoly:
    """<theta, xi theta> - Tr(mu a) for the matrix with number n, a = E_ij; Tr(mu E_ij) is the entry
    (j, i).
    """
    group, (i, j) = case.groups[n]
    mu, size = (
        ac_stated(case, words, group),
        1 + max(x for g, at in case.groups if g == group for x in at),
    )
    need(
        len(mu) == size and all(len(row) == size for row in mu),
        "mu has another size than the matrices of the group",
    )
    return ac_plus(case.moment(case.algebra[n]), mu[j][i], -1)


def ac_moment_is(case: AcCase, conclusion: dict, proof: dict) -> str:
    need(
        case.groups
        and not any(ac_difference(case, conclusion["words"], n) for n in range(len(case.groups))),
        "mu is another one",
    )
    twice = (
        conclusion["kind"] == "first-variation"
    )  # d/dt of the squared norm of theta + t xi theta is 2 <theta, xi theta>
    return (
        f"{'half the first variation of the norm' if twice else '<theta, xi theta>'} = Tr(mu a),"
        f" {ac_words(case, conclusion['words'])}"
    )


def ac_words(case: AcCase, words: list) -> str:
    """mu, the blocks that it is made of, and which a belongs to which xi."""
    need("a" not in case.names, "the name a is taken")
    said = " + ".join(
        f"{c} {' '.join(f'{l}{[*s]}' + '*' * t for l, s, t in map(ac_factor, word))}"
        for c, word in words
    )
    used = {ac_factor(x)[0] for _, word in words for x in word}
    blocks = [
        f"{letter}_{','.join(map(str, at))} = "
        + f"({'; '.join(', '.join(case.names[i] for i in row) for row in block)})"
        for (letter, at), block in case.blocks.items()
        if letter in used
    ]
    pairs = [
        f"xi_{n}: E_{i + 1},{j + 1} of {','.join(map(str, group))}"
        for n, (group, (i, j)) in enumerate(case.groups, 1)
    ]
    return (
        f"mu = {said}, the index of a block counted from that of a, where {', '.join(blocks)}, and"
        f" xi belongs to a unit matrix a, {', '.join(pairs)}"
    )


# --- dimensions: a rank at one exact point from below, the number of rows or of parameters from
# above ---------------------------------


def ac_layers(case: AcCase) -> list[list[list[int]]]:
    """W_1, ..., W_N, all d x d, without common coordinates, and phi their product, row by row."""
    blocks = [case.blocks["W", (k + 1,)] for k in range(len(case.blocks))]
    d, places = len(blocks[0]), [i for block in blocks for row in block for i in row]
    need(
        all(len(b) == d and all(len(row) == d for row in b) for b in blocks),
        "layers of other sizes",
    )
    need(sorted(places) == list(range(case.m)), "the layers do not hold each coordinate once")
    product = ac_stated(case, [[1, [["W", [k], False] for k in range(len(blocks), 0, -1)]]], (0,))
    need([p for row in product for p in row] == case.phi, "phi is not the product of the layers")
    return blocks


def ac_diagonal(case: AcCase, entries: list[int]) -> list[Fraction]:
    """The point W_k = diag(entries, 0, ..., 0) for every k."""
    blocks = ac_layers(case)
    need(1 <= len(entries) <= len(blocks[0]), "a rank from 1 to the size of the layers")
    place = {b[i][i]: Fraction(x) for b in blocks for i, x in enumerate(entries)}
    return [place.get(n, Fraction(0)) for n in range(case.m)]


def ac_balance(case: AcCase, theta: list[Fraction]) -> list[dict]:
    """The gradients of the entries of every G_k at a point; refused where an entry is not 0."""
    words = [
        [1, [["W", [0], False], ["W", [0], True]]],
        [-1, [["W", [1], True], ["W", [1], False]]],
    ]
    rows = []
    for k in range(1, len(ac_layers(case))):
        g = ac_stated(case, words, (k,))
        for p in (g[i][j] for i in range(len(g)) for j in range(i, len(g))):
            need(not ac_at(p, theta), "the point is not balanced")
            rows.append({i: ac_at(ac_slope(p, i), theta) for i in range(case.m)})
    return rows


def ac_near_diagonal(case: AcCase, c: dict, _: dict) -> int:
    rows = ac_balance(case, ac_diagonal(case, list(range(1, len(ac_layers(case)[0]) + 1))))
    need(ac_rank(rows) == len(rows), "the entries of G have dependent gradients there")
    return case.m - len(rows)


def ac_turns(case: AcCase, theta: list[Fraction]) -> list[list[Fraction]]:
    """Velocities of W at theta for each elementary skew a in the place of one of Q_0, ..., Q_N:
    W_k' = a_k W_k - W_k a_(k-1).
    """
    blocks, found = ac_layers(case), []
    d = range(len(blocks[0]))
    for k in range(len(blocks) + 1):
        for i, j in ((i, j) for i in d for j in d if i < j):
            v = [Fraction(0)] * case.m
            for n in d:
                if k > 0:  # a W: row i is row j of W, row j is minus row i
                    w = blocks[k - 1]
                    v[w[i][n]], v[w[j][n]] = theta[w[j][n]], -theta[w[i][n]]
                if k < len(blocks):  # -W a: column i is column j of W, column j is minus column i
                    w = blocks[k]
                    v[w[n][i]], v[w[n][j]] = theta[w[n][j]], -theta[w[n][i]]
            found.append(v)
    return found


def ac_leaf(case: AcCase, c: dict, _: dict) -> int:
    """Rank of (Q, D) -> (Q_k D Q_(k-1)*) at Q = I, which is that at every Q; what moves no unit of
    D moves no D.
    """
    r = c["ranks"]
    theta = ac_diagonal(case, list(range(1, r + 1)))
    for i in range(r):  # every D: the quadratic G is 0 on the units and on the sums of two
        for j in range(i + 1):
            ac_balance(case, ac_diagonal(case, [int(n in (i, j)) for n in range(r)]))
    units = [ac_diagonal(case, [int(n == i) for n in range(r)]) for i in range(r)]
    turns = ac_turns(case, theta)
    lower = ac_rank([dict(enumerate(v)) for v in [*turns, *units]])
    on_units = [ac_turns(case, unit) for unit in units]
    moved = [
        {(i, n): x for i, vs in enumerate(on_units) for n, x in enumerate(vs[a])}
        for a in range(len(turns))
    ]
    need(lower == r + ac_rank(moved), "the bounds of the dimension do not meet")
    return lower


def ac_both(case: AcCase, data: dict) -> tuple[list[dict], list[dict], list[Fraction]]:
    """Rows of dphi and half the gradients of the moments at the point of the data."""
    theta = case.point(data["theta"], case.m)
    normals = [dict(enumerate(ac_moved(xi, theta))) for xi in case.basis(data["basis"], 1)]
    return [dict(enumerate(row)) for row in case.slopes(theta)], normals, theta


def ac_moved(xi: AcMatrix, theta: list[Fraction]) -> list[Fraction]:
    found = [Fraction(0)] * len(theta)
    for (i, j), x in xi.items():
        found[i] += x * theta[j]
    return found


def ac_independent(rows: list[dict]) -> None:
    need(ac_rank(rows) == len(rows), "the rows are dependent at this point")


def ac_common(case: AcCase, c: dict, data: dict) -> int:
    slopes, normals, _ = ac_both(case, data)
    ac_independent([*slopes, *normals])
    return case.m - len(slopes) - len(normals)


AC_DIMENSIONS: dict[str, tuple[Callable[[AcCase, dict, dict], int], str]] = {
    "balanced-dimension": (
        ac_near_diagonal,
        "near W = (D, ..., D), D = diag(1, ..., d), all G_k = 0 and X invertible: a manifold",
    ),
    "leaf-dimension": (
        ac_leaf,
        "balanced W_k = Q_k D Q_(k-1)*, Q_k orthogonal, D >= 0 diagonal of rank {ranks}: a set",
    ),
    "common-tangents": (
        ac_common,
        (
            "what dphi and grad <theta, xi theta>, xi symmetric in the span, send to 0, almost"
            " everywhere and never less: a space"
        ),
    ),
}


def ac_dimension(case: AcCase, c: dict, proof: dict) -> str:
    compute, text = AC_DIMENSIONS[c["kind"]]
    found = compute(case, c, proof)
    need(found == c["dimensions"], f"the dimension is {found}")
    return f"{text.format(**c)} of dimension {found}"


def ac_normals(case: AcCase, _: dict, proof: dict) -> str:
    basis = case.basis(proof["basis"], 1)
    for xi in basis:
        rows = [
            {next(iter(case.linear(j))): 2 * x for (n, j), x in xi.items() if n == i}
            for i in range(case.m)
        ]
        need(
            [ac_slope(case.moment(xi), i) for i in range(case.m)] == rows,
            "it is not half a gradient",
        )
    need(case.kept(basis), "a symmetric element changes phi")
    return (
        "grad <theta, xi theta> = 2 xi theta and dphi(theta) xi theta = 0 for all symmetric xi"
        f" ({ac_many(basis, 'dimension')})"
    )


def ac_leave(case: AcCase, _: dict, proof: dict) -> str:
    _slopes, normals, theta = ac_both(case, proof)
    skew = [ac_moved(xi, theta) for xi in case.basis(proof["skew"], -1)]
    pairs: list[dict] = [
        {n: sum((x * v[i] for i, x in p.items()), Fraction(0)) for n, p in enumerate(normals)}
        for v in skew
    ]
    need(ac_rank(pairs) == len(skew), "a skew element is tangent to the level set at this point")
    return (
        f"for almost every theta no xi theta, xi skew ({ac_many(skew, 'dimension')}), is tangent"
        " to the level set of the moments"
    )


def ac_dimension_fails(case: AcCase, c: dict, w: dict) -> str:
    kind = c["kind"]
    if kind in AC_DIMENSIONS:
        found = AC_DIMENSIONS[kind][0](
            case, c, fields(w, "witness", AC_HINTS.get(kind, "dimension"))
        )
        need(found != c["dimensions"], "the dimension is the one that is stated")
        return f"the dimension is {found}"
    if kind == "leaf-by-rank":
        fields(w, "witness", "level dimension")
        level = case.m - ac_rank(
            ac_balance(case, ac_diagonal(case, list(range(1, c["ranks"] + 1))))
        )
        found = ac_leaf(case, c, w)
        need(level != found, "N d^2 - rank dG is the dimension")
        return f"N d^2 - rank dG = {level}, and the dimension is {found}"
    return ac_tangent(
        case,
        kind,
        fields(w, "witness", "theta v basis" + (" skew" if kind == "one-rotation" else "")),
    )


def ac_tangent(case: AcCase, kind: str, w: dict) -> str:
    slopes, normals, theta = ac_both(case, w)
    v = case.point(w["v"], case.m)
    ac_independent([*slopes, *normals])
    need(
        any(v) and not any(sum(x * v[i] for i, x in row.items()) for row in [*slopes, *normals]),
        "v is 0, or not tangent to both",
    )
    if kind == "orthogonal-foliations":
        return "a vector that is not 0 is tangent to both, where both are manifolds"
    moves = [dict(enumerate(ac_moved(xi, theta))) for xi in case.basis(w["skew"], -1)]
    need(ac_rank([*moves, dict(enumerate(v))]) > ac_rank(moves), "v is xi theta for a skew xi")
    return "a common tangent vector is xi theta for no skew xi"


AC_REFUTED = (*AC_DIMENSIONS, "leaf-by-rank", "orthogonal-foliations", "one-rotation")


AC_HINTS = {"law-count": "laws points point fields", "stabiliser": "points"}
AC_HINTS |= dict.fromkeys(("moment-conserved", "skew-empty", "normals-in-fibre"), "basis")
AC_HINTS |= {"common-tangents": "basis theta", "rotations-leave": "basis skew theta"}
#: what a conclusion states besides its kind
AC_STATED = {"law-count": "forms independent", "algebra-count": "algebra symmetric"}
AC_STATED |= dict.fromkeys(("moment-is", "first-variation"), "words")
AC_STATED |= dict.fromkeys(("balanced-dimension", "common-tangents"), "dimensions")
AC_STATED |= {"leaf-dimension": "ranks dimensions", "leaf-by-rank": "ranks"}
AcRule = Callable[[AcCase, dict, dict], str]
AC_KINDS: dict[str, AcRule] = {
    "preserves": ac_preserves,
    "lie-algebra": ac_lie,
    "moment-conserved": ac_moments,
    "every-element": ac_every,
    "orthogonal": ac_orthogonal,
    "skew-empty": ac_skew,
    "law-count": ac_laws,
    "algebra-count": ac_sizes,
    "stabiliser": ac_stabiliser,
    "moment-is": ac_moment_is,
    "first-variation": ac_moment_is,
    "normals-in-fibre": ac_normals,
    "rotations-leave": ac_leave,
    **dict.fromkeys(AC_DIMENSIONS, ac_dimension),
}


# --- refutations: the witness is evaluated, or the exact number differs
# ---------------------------------------------------------------


def ac_fails(case: AcCase, c: dict, w: dict) -> str:
    kind = c["kind"]
    if kind == "lie-algebra":
        need(case.algebra and not ac_lie_closed(case), "it is closed")
        return "a bracket or a transpose of its elements is not in the span"
    if kind == "law-count":
        counts = ac_counted(case, fields(w, "witness", "laws points point fields"))
        need(counts != (c["forms"], c["independent"]), "the counts are those that are stated")
        return f"there are {counts[0]} laws, {counts[1]} of them independent"
    if kind == "algebra-count":
        counts = ac_rank(case.algebra), case.part(1)
        need(counts != (c["algebra"], c["symmetric"]), "the dimensions are those that are stated")
        return f"the dimensions are {counts[0]} and {counts[1]}"
    if kind == "one-orbit":
        return ac_apart(case, fields(w, "witness", "pair invariant"))
    if kind in AC_REFUTED:
        return ac_dimension_fails(case, c, w)
    xi = case.matrix(w["xi"])
    inside = (
        xi in [ac_swap(s) for s in case.permutations]
        if kind == "finite-moment"
        else case.spans([xi])
    )
    need(inside != (kind == "stabiliser"), "the sentence speaks of other matrices")
    if kind == "stabiliser":
        need(case.kept([xi]), "the matrix of the witness changes phi")
        return "a matrix outside the span leaves phi unchanged"
    if kind == "integrates":
        i, j = w["square"]
        need(not ac_mixed(xi, 1), "the matrix of the witness is not skew")
        need(xi.get((i, j)) != xi.get((j, i)), "the form is closed there")
        return (
            "<xi theta, dtheta> has an integral that is not 0 around a unit square in"
            f" {case.names[i]}, {case.names[j]}"
        )
    return ac_evaluated(case, c, w, xi)


def ac_apart(case: AcCase, w: dict) -> str:
    first, second = (case.point(x, case.m) for x in w["pair"])
    line = case.point(w["invariant"], case.m)
    need(not case.permutations and case.algebra, "a group with permutations, or none")
    turned = [{(j, i): x for (i, j), x in xi.items()} for xi in case.algebra]
    need(not any(any(ac_moved(xi, line)) for xi in turned), "no invariant")
    need(
        sum(c * (x - y) for c, x, y in zip(line, first, second, strict=True)),
        "the invariant does not tell the points apart",
    )
    need(all(ac_at(p, first) == ac_at(p, second) for p in case.phi), "the points differ in phi")
    return "two points with one phi, which an invariant linear function tells apart"


def ac_evaluated(case: AcCase, c: dict, w: dict, xi: AcMatrix) -> str:
    theta = case.point(w["theta"], case.m)
    if c["kind"] in ("preserves", "normals-in-fibre"):
        need(c["kind"] == "preserves" or not ac_mixed(xi, -1), "the matrix is not symmetric")
        value = ac_at(
            case.changes(case.phi[integer(w["row"], 0, len(case.phi) - 1, "row")], xi), theta
        )
        text = "the derivative of phi along xi is"
    elif c["kind"] in ("moment-is", "first-variation"):
        need(case.groups and xi in case.algebra, "the matrix is none of the given ones")
        value, text = (
            ac_at(ac_difference(case, c["words"], case.algebra.index(xi)), theta),
            "the two sides differ by",
        )
    else:
        need(
            c["kind"] in ("moment-conserved", "every-element", "finite-moment"),
            f"no witness refutes {str(c['kind'])[:20]}",
        )
        need(c["kind"] != "moment-conserved" or not ac_mixed(xi, -1), "the matrix is not symmetric")
        need(c["kind"] != "finite-moment" or case.turned(), "phi changes")
        g = case.point(w["g"], len(case.phi))
        value = -sum(
            (x * ac_at(p, theta) for x, p in zip(g, case.rates(case.moment(xi)), strict=True)),
            Fraction(0),
        )
        text = "<theta, xi theta>' ="
    need(value, "the witness evaluates to 0")
    return f"at theta = ({', '.join(map(str, theta))}): {text} {value}"


def ac_moves(case: AcCase, data: Any) -> None:
    theta = case.point(fields(data, "instance", "theta g")["theta"], case.m)
    g = case.point(data["g"], len(case.phi))
    slopes = case.slopes(theta)
    velocity = [
        sum((c * s[i] for c, s in zip(g, slopes, strict=True)), Fraction(0)) for i in range(case.m)
    ]
    need(any(velocity), "the instance stands still")
    linear = [[case.changes(case.linear(i), xi) for i in range(case.m)] for xi in case.algebra]
    need(
        not linear or any(ac_at(p, theta) for xi in linear for p in xi),
        "the algebra does not move the instance",
    )


def ac_for_case(conclusion: Any, n: int, cases: int) -> dict:
    kind = conclusion.get("kind") if isinstance(conclusion, dict) else None
    fields(conclusion, "conclusion", f"kind {AC_STATED.get(str(kind), '')}")
    counts = {k: ac_list(v, k) for k, v in conclusion.items() if k not in ("kind", "words")}
    need(all(len(v) == cases for v in counts.values()), "a count for each case")
    return conclusion | {k: integer(v[n], 0, "counts", k) for k, v in counts.items()}


def ac_shown(case: AcCase, data: dict) -> str:
    """phi and the matrices in the certificate's own names, where they are short; their sizes
    otherwise.
    """
    terms, entries = sum(map(len, case.phi)), sum(map(len, case.algebra))
    if max(terms, entries) > LIMITS["shown"]:
        own = json.dumps([data[x] for x in ("names", "phi", "algebra", "permutations")]).encode()
        phi = f"phi: Q^{case.m} -> Q^{len(case.phi)} of {terms} terms"
        sha = f"(sha-256 {hashlib.sha256(own).hexdigest()})"
        return f"{phi}, {ac_many(case.algebra, 'matrix')} xi of {entries} entries {sha}"
    theta, said = ", ".join(case.names), ac_tuple(case, case.phi)
    moved = [
        ac_tuple(case, [case.changes(case.linear(i), xi) for i in range(case.m)])
        for xi in case.algebra
    ]
    turned = [f"({', '.join(case.names[i] for i in s)})" for s in case.permutations]
    return f"phi({theta}) = {said}" + "".join(
        f", {letter}_{n} theta = {x}"
        for letter, images in (("xi", moved), ("s", turned))
        for n, x in enumerate(images, 1)
    )


def ac_tuple(case: AcCase, polys: list[AcPoly]) -> str:
    def text(p: AcPoly) -> str:
        terms = (
            " ".join(
                [str(x)] * (x != 1 or not any(m))
                + [n for n, e in zip(case.names, m, strict=True) for _ in range(e)]
            )
            for m, x in p.items()
        )
        return " + ".join(terms) or "0"

    return f"({', '.join(map(text, polys))})"


def ac_verified(data: dict) -> str:
    own = {"PROVED": "proof instances", "REFUTED": "witness"}.get(str(data.get("verdict")), "")
    need(own, "the verdict is PROVED or REFUTED")
    fields(
        data, "certificate", f"format version claim verdict found cases conclusions statement {own}"
    )
    need(
        type(data["found"]) is bool
        and all(isinstance(data[k], str) for k in ("claim", "statement")),
        "found, claim",
    )
    cases = [AcCase(c, data["found"]) for c in ac_list(data["cases"], "cases", "cases")]
    conclusions = data["conclusions"]
    need(cases and isinstance(conclusions, dict) and conclusions, "no case, or no conclusion")
    words = "; ".join(map(ac_shown, cases, data["cases"]))
    if own == "witness":
        need(len(cases) == len(conclusions) == 1, "a refutation has one case and one conclusion")
        (conclusion,) = (ac_for_case(x, 0, 1) for x in conclusions.values())
        return (
            f"REFUTED: theta' = -dphi(theta)^T g, {words}: NOT {conclusion['kind']}:"
            f" {ac_fails(cases[0], conclusion, data['witness'])}"
        )
    need(
        isinstance(data["proof"], dict) and {*data["proof"]} == {*conclusions},
        "a proof for every conclusion and for nothing else",
    )
    need(len(ac_list(data["instances"], "instances")) == len(cases), "an instance for each case")
    for case, instance in zip(cases, data["instances"], strict=True):
        ac_moves(case, instance)
    said = ["xi: all matrices with dphi(theta) xi theta = 0"] if data["found"] else []
    for name, conclusion in conclusions.items():
        need(len(data["proof"][name]) == len(cases), "a proof for each case")
        for n, (case, proof) in enumerate(zip(cases, data["proof"][name], strict=True)):
            own_part = ac_for_case(conclusion, n, len(cases))
            need(
                own_part["kind"] in AC_KINDS,
                f"{str(own_part['kind'])[:20]!r} is no conclusion that can be proved",
            )
            fields(proof, "proof", AC_HINTS.get(own_part["kind"], ""))
            said.append(f"[{n + 1}] " + AC_KINDS[own_part["kind"]](case, own_part, proof))
    return f"PROVED: theta' = -dphi(theta)^T g, g free, {words}: {'; '.join(dict.fromkeys(said))}"


def check(data: object) -> str:
    """The statement that was verified, in words. Raises NotACertificate or Refused, nothing
    else.
    """
    return guarded(data, "flowlaw-action", ac_verified, ac_work)
