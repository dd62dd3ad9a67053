"""That an output does not move along the gradient of a law: the derivative of every variable in
that direction, one after the other.

grad h . grad f = 0 for each output f is what "h is conserved, whatever the loss and the data" says.
The derivative of a variable is a polynomial in variables, written as a combination of variables of
its own kind where that is possible (W1 moves by A W1: then z = W1 x moves by A z), so that it stays
small and cancels where it is contracted. Each step is a rule of differentiation and an identity of
polynomials; no number of a tensor or an input enters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from itertools import combinations

from verify.discover.laws.direction import EXPANDED, NotProved, direction
from verify.discover.laws.forms import Form
from verify.discover.laws.scalars import ONE, Number, Poly, Product, Scalars, ratio, whole

#: products of one derivative
LARGE = 4000
CLEARED = 400  #: of what is multiplied by divisors


@dataclass(frozen=True)
class Proof:
    """``moves``: the derivative of each variable that moves; all others stand still. ``expanded``:
    the outputs' derivatives cancel after all products are written out. Where they do not, no loss
    that is meant sees them (``symmetry``): they are ``unseen`` times the motions along which all
    stand still, or, where these are no numbers, every gradient of such a loss annihilates them.
    """

    moves: Mapping[int, Poly]
    expanded: bool = False
    unseen: tuple[Number, ...] = ()
    symmetry: bool = False


def combine(into: Poly, poly: Poly, scalars: Scalars, c: Number, more: Product) -> None:
    """into += c * more * poly."""
    for m, x in poly.items():
        scale, product = scalars.product((*m, *more)) if more else (1, m)
        value = into.get(product, 0) + c * x * scale
        if value:
            into[product] = value
        else:
            into.pop(product, None)
    if len(into) > EXPANDED:
        raise NotProved("too many products")


class Prover:
    """Proofs for one graph; what is looked up in its definitions is kept."""

    def __init__(self, scalars: Scalars) -> None:
        self.scalars = scalars
        #: of each variable, who is made from it: (user, index of its term)
        self.users: dict[int, list[tuple[int, int]]] = {}
        #: of each product, the sums in which it stands
        self.sums: dict[Product, list[int]] = {}
        for w, d in enumerate(scalars.definitions[: scalars.model]):
            if d.kind == "sum":
                for k, (product, _) in enumerate(d.terms):
                    self.sums.setdefault(product, []).append(w)
                    for v in set(product):
                        self.users.setdefault(v, []).append((w, k))
            elif d.of != ONE:
                self.users.setdefault(d.of, []).append((w, 0))
        self.leafwise: dict[int, Poly] = {}

    def prove(self, form: Form) -> Proof:
        """The derivatives of all that moves along the gradient of a law. Raises NotProved."""
        return self.along(direction(form))

    def along(self, start: Mapping[int, Poly]) -> Proof:
        """From a direction of the coordinates. Raises NotProved."""
        moves: dict[int, Poly] = {}
        pending: dict[int, list[int]] = {}
        queue: list[int] = []
        for i, poly in start.items():
            moves[i] = poly
            self._spread(i, pending, queue)
        while queue:
            w = heappop(queue)
            try:
                poly = self._moved(w, moves, pending.pop(w))
            except NotProved:
                inside = moves.get(self.scalars.definitions[w].of)
                if inside is None or self.cleared(inside):
                    raise
                poly = {}  # it stands still, once all is written out
                del moves[self.scalars.definitions[w].of]
            if poly:
                if len(poly) > LARGE:
                    raise NotProved("a derivative of too many products")
                moves[w] = poly
                self._spread(w, pending, queue)
        rest = [moves[v] for c, v in self.scalars.outputs if c and v in moves]
        if not any(self.cleared(poly) for poly in rest):
            return Proof(moves, bool(rest))
        unseen = unseen_part(self, moves) if self.scalars.unseen else None
        if unseen is None and not self._annihilated(moves):
            raise NotProved("an output moves as far as the steps go")
        return Proof(moves, True, unseen or (), True)

    def _annihilated(self, moves: Mapping[int, Poly]) -> bool:
        """By every gradient of a loss."""
        total: Poly = {}
        pairs = zip(self.scalars.outputs, self.scalars.slopes, strict=bool(self.scalars.slopes))
        for (c, v), (x, w) in pairs:
            if c and x and v in moves:
                combine(total, moves[v], self.scalars, c * x, (w,))
        return bool(self.scalars.slopes) and not self.cleared(total)

    def _spread(self, v: int, pending: dict[int, list[int]], queue: list[int]) -> None:
        for w, k in self.users.get(v, ()):
            if w not in pending:
                pending[w] = []
                heappush(queue, w)
            pending[w].append(k)

    def _moved(self, w: int, moves: Mapping[int, Poly], touched: list[int]) -> Poly:
        d = self.scalars.definitions[w]
        found: Poly = {}
        if d.kind == "sum":
            for k in dict.fromkeys(touched):
                product, c = d.terms[k]
                for i, v in enumerate(product):
                    if v in moves:
                        rest = product[:i] + product[i + 1 :]
                        combine(found, moves[v], self.scalars, c, rest)
            return self.folded(found)
        return function_moves(self.scalars, w, moves[d.of])

    def folded(self, poly: Poly) -> Poly:
        """The same with sums of products written as variables, wherever all their terms stand."""
        rest, found = dict(poly), dict[Product, Number]()
        for m in sorted(poly):
            if m not in rest:
                continue
            for inside in _inside(m):
                for w in self.sums.get(inside, ()):
                    if self._take(rest, found, m, inside, w):
                        break
                if m not in rest:
                    break
        for m, x in rest.items():
            found[m] = found.get(m, 0) + x
        return {m: x for m, x in found.items() if x}

    def _take(self, rest: Poly, found: Poly, m: Product, inside: Product, w: int) -> bool:
        """Replaces c * outside * (terms of w) by c * outside * w."""
        terms = self.scalars.definitions[w].terms
        outside = list(m)
        for v in inside:
            outside.remove(v)
        c = ratio(rest[m], next(x for p, x in terms if p == inside))
        needed = []
        for product, x in terms:
            scale, key = self.scalars.product((*product, *outside))
            if rest.get(key) != c * x * scale or not scale:
                return False
            needed.append(key)
        if len(set(needed)) < len(needed):
            return False
        for key in needed:
            del rest[key]
        scale, key = self.scalars.product((*outside, w))
        found[key] = found.get(key, 0) + c * scale
        return True

    def expand(self, poly: Poly) -> Poly:
        """With all sums written out, down to coordinates and functions."""
        total: Poly = {}
        for m, c in poly.items():
            product: Poly = {(): c}
            for v in m:
                step: Poly = {}
                for n, x in self._leafwise(v).items():
                    combine(step, product, self.scalars, x, n)
                product = step
            combine(total, product, self.scalars, 1, ())
        return total

    def cleared(self, poly: Poly) -> Poly:
        """With all sums written out, times powers of all divisors, until none is left: 0 only where
        it was 0, as nothing is divided by 0.
        """
        total = self.expand(poly)
        while divisors := {
            v for m in total for v in m if self.scalars.definitions[v].kind == "inv"
        }:
            if len(total) > CLEARED:
                raise NotProved("too many products to multiply divisors out")
            last = max(divisors)
            most = max(m.count(last) for m in total)
            under = self._leafwise(self.scalars.definitions[last].of)
            products: Poly = {}
            for m, c in total.items():
                part: Poly = {tuple(v for v in m if v != last): c}
                for _ in range(most - m.count(last)):
                    step: Poly = {}
                    for n, x in under.items():
                        combine(step, part, self.scalars, x, n)
                    part = step
                combine(products, part, self.scalars, 1, ())
            total = products
        return total

    def _leafwise(self, v: int) -> Poly:
        if v not in self.leafwise:
            d = self.scalars.definitions[v]
            plain: Poly = {(v,): 1}
            self.leafwise[v] = self.expand(dict(d.terms)) if d.kind == "sum" else plain
        return self.leafwise[v]


def unseen_part(prover: Prover, moves: Mapping[int, Poly]) -> tuple[Number, ...] | None:
    """Numbers times the motions that no loss sees, which add up to how the outputs move."""
    scalars, unseen = prover.scalars, prover.scalars.unseen
    sums = []
    for i, (c, v) in enumerate(scalars.outputs):
        moved = {m: c * x for m, x in moves.get(v, {}).items()} if c else {}
        sums.append([prover.expand(x) for x in (*(motion[i] for motion in unseen), moved)])
    rows = [[Fraction(x.get(m, 0)) for x in row] for row in sums for m in set().union(*row)]
    found = solution(rows, len(unseen))
    if found is None:
        return None
    for row in sums:
        left = dict(row[-1])
        for c, motion in zip(found, row[:-1], strict=True):
            combine(left, motion, scalars, -c, ())
        if prover.cleared(left):
            return None
    return found


def solution(rows: list[list[Fraction]], count: int) -> tuple[Number, ...] | None:
    """Of linear equations, the last column on the right; None where there is none, or no unknown."""
    pivots: list[tuple[int, list[Fraction]]] = []
    for row in rows:
        for j, known in pivots:
            c = row[j]
            row = [x - c * y for x, y in zip(row, known, strict=True)] if c else row
        j = next((j for j, x in enumerate(row) if x), None)
        if j is None:
            continue
        if j == count:
            return None
        pivots.append((j, [x / row[j] for x in row]))
    if not pivots:
        return None
    found = [Fraction(0)] * count
    for j, row in reversed(pivots):
        found[j] = row[-1] - sum(row[k] * found[k] for k in range(j + 1, count))
    return tuple(map(whole, found))


def _inside(m: Product) -> list[Product]:
    """Parts of a product that may be a term of a sum: of two factors, of one."""
    return sorted({*combinations(m, 2), *((v,) for v in m)}, key=lambda x: (-len(x), x))


def function_moves(scalars: Scalars, w: int, inner: Poly) -> Poly:
    """The derivative of a function of one variable. Raises NotProved where it is no polynomial."""
    d, found = scalars.definitions[w], dict[Product, Number]()
    if d.kind == "exp":
        combine(found, inner, scalars, d.c, (w,))
    elif d.kind == "inv":
        combine(found, inner, scalars, -1, (w, w))
    elif d.kind == "erf":
        assert d.density is not None
        combine(found, inner, scalars, d.c * d.density[0], (d.density[1],))
    elif d.kind in ("sqrt", "log"):
        for m, x in inner.items():
            if d.of not in m:
                raise NotProved(f"a {d.kind} of something that does not move in proportion")
            rest = list(m)
            rest.remove(d.of)
            if d.kind == "sqrt":
                combine(found, {tuple(rest): x}, scalars, Fraction(1, 2), (w,))
            else:
                combine(found, {tuple(rest): x}, scalars, 1, ())
    return found
