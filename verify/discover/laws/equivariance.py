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

from verify.discover.laws.derivatives import combine, function_moves, scaled
from verify.discover.laws.direction import NotProved, direction
from verify.discover.laws.equations import solution
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
        if not self.scalars.unseen:
            raise NotProved("an output moves as far as the steps go")
        return Proof(moves, True, self.unseen_part(moves), True)

    def unseen_part(self, moves: Mapping[int, Poly]) -> tuple[Number, ...]:
        """Numbers times the motions that no loss sees, which add up to how the outputs move; none
        where only every gradient of a loss annihilates that. Raises NotProved.
        """
        scalars, unseen = self.scalars, self.scalars.unseen
        moved = [scaled(c, moves.get(v, {})) for c, v in scalars.outputs]
        sums = [[self.expand(x) for x in (*(motion[i] for motion in unseen), one)]
                for i, one in enumerate(moved)]  # fmt: skip
        rows = [[Fraction(x.get(m, 0)) for x in row] for row in sums for m in set().union(*row)]
        found = solution(rows, len(unseen))
        if found is not None:
            return tuple(map(whole, found))
        if not scalars.annihilated:
            raise NotProved("an output moves otherwise than along the symmetry, in some pattern")
        total: Poly = {}
        for one, (x, w) in zip(moved, scalars.slopes, strict=True):
            combine(total, one if x else {}, scalars, x, (w,))
        if self.cleared(total):
            raise NotProved("an output moves as such a loss can see, as far as the steps go")
        return ()

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


def _inside(m: Product) -> list[Product]:
    """Parts of a product that may be a term of a sum: of two factors, of one."""
    return sorted({*combinations(m, 2), *((v,) for v in m)}, key=lambda x: (-len(x), x))
