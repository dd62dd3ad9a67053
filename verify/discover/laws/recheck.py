"""A second reading of a proof that shares no code with the prover: the steps are not found again,
each is only checked.

For each variable the derivative that is claimed (0 where none is) has to equal the one that its
definition gives. Both are polynomials; they are compared after every sum that occurs on either side
is written out once more and once more, until they agree or nothing is left to write out; then what
is divided by is multiplied out, the latest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from verify.discover.laws.scalars import Number, Poly, Product, Scalars

PRODUCTS = 60_000  #: of one comparison


class Refuted(Exception):
    """A claimed derivative is not the derivative."""


class TooLarge(Exception):
    """Nothing is said: the products are too many."""


class Recheck:
    """Second readings for one graph."""

    def __init__(self, scalars: Scalars) -> None:
        self.scalars, self.rewriting = scalars, _Rewriting(scalars)
        #: of each variable, the definitions in which it stands, and the term there
        self.after: dict[int, list[tuple[int, int]]] = {}
        for w, d in enumerate(scalars.definitions[: scalars.model]):
            for k, (product, _) in enumerate(d.terms):
                for v in set(product):
                    self.after.setdefault(v, []).append((w, k))
            if d.of >= 0:
                self.after.setdefault(d.of, []).append((w, -1))

    def check(
        self, start: Mapping[int, Poly], moves: Mapping[int, Poly], symmetry: bool = False,
        unseen: Sequence[Number] = (),
    ) -> int:  # fmt: skip
        """How many variables were looked at: all that move, and all that are made from these.
        Raises Refuted at the first wrong step, and where an output moves; with ``symmetry`` where a
        loss that is meant could see it: it moves otherwise than ``unseen`` says, so much of each
        motion that none sees, and where that is empty, not as every slope of a loss annihilates.
        """
        near: dict[int, set[int]] = {v: set() for v in (*moves, *start)}
        for v in moves:
            for w, k in self.after.get(v, ()):
                near.setdefault(w, set()).add(k)
        for v in sorted(near):
            d, claimed = self.scalars.definitions[v], moves.get(v, {})
            if d.kind == "leaf":
                if claimed != start.get(v, {}):
                    raise Refuted(f"coordinate {v} does not move as the law's gradient says")
            elif not self.rewriting.same(claimed, self._derivative(v, near[v], moves)):
                raise Refuted(f"variable {v} ({d.kind}) does not move so")
        if symmetry and not unseen:
            self._no_slope(moves)
            return len(near)
        for i, (c, v) in enumerate(self.scalars.outputs):
            claimed = self._unseen(i, unseen) if symmetry else {}
            if not self.rewriting.same(_scaled(c, moves.get(v, {})), claimed):
                raise Refuted(f"the output {v} moves")
        return len(near)

    def _derivative(self, v: int, terms: set[int], moves: Mapping[int, Poly]) -> Poly:
        """By the rules of differentiation, from what the arguments are claimed to do; ``terms`` are
        those of a sum in which something moves.
        """
        d, total = self.scalars.definitions[v], dict[Product, Number]()
        if d.kind == "sum":
            for k in sorted(terms):
                product, c = d.terms[k]
                for place, factor in enumerate(product):
                    others = product[:place] + product[place + 1 :]
                    _plus(total, moves.get(factor, {}), others, c)
            return total
        inner = moves.get(d.of, {})
        if not inner or d.kind == "still":
            return total
        if d.kind == "exp":
            _plus(total, inner, (v,), d.c)
        elif d.kind == "inv":
            _plus(total, inner, (v, v), -1)
        elif d.kind == "erf" and d.density is not None:
            _plus(total, inner, (d.density[1],), d.c * d.density[0])
        elif d.kind in ("log", "sqrt"):
            # (log z)' = z'/z and (sqrt z)' = sqrt(z) z'/(2 z)
            half, more = (Fraction(1, 2), (v,)) if d.kind == "sqrt" else (1, ())
            for m, c in inner.items():
                at = m.index(d.of) if d.of in m else None
                if at is not None:
                    _plus(total, {m[:at] + m[at + 1 :]: c}, more, half)
                else:
                    _plus(total, {m: c}, (*more, self._under(v, d.of)), half)
        return total

    def _under(self, v: int, of: int) -> int:
        """What is 1 over the argument of a root or a logarithm."""
        w = self.scalars.under.get(of, -1)
        definitions = self.scalars.definitions
        for one, other in ((w, of), (of, w)):
            if one >= 0 and definitions[one].kind == "inv" and definitions[one].of == other:
                return w
        raise Refuted(f"variable {v}: its argument does not divide z'")

    def _unseen(self, output: int, amounts: Sequence[Number]) -> Poly:
        total: Poly = {}
        for c, motion in zip(amounts, self.scalars.unseen, strict=True):
            _plus(total, motion[output], (), c)
        return total

    def _no_slope(self, moves: Mapping[int, Poly]) -> None:
        if not self.scalars.annihilated:
            raise Refuted("patterns at which the slopes are not all that a loss can have")
        total: Poly = {}
        for (c, v), (x, w) in zip(self.scalars.outputs, self.scalars.slopes, strict=True):
            if c and x:
                _plus(total, moves.get(v, {}), (w,) if w >= 0 else (), c * x)
        if not self.rewriting.same(total, {}):
            raise Refuted("a loss sees how the outputs move")


def _scaled(c: Number, poly: Poly) -> Poly:
    return {m: c * x for m, x in poly.items()} if c else {}


def _plus(into: Poly, poly: Poly, more: tuple[int, ...], c: Number) -> None:
    for m, x in poly.items():
        key = tuple(sorted(m + more))
        into[key] = into.get(key, 0) + c * x


class _Rewriting:
    """Equality of polynomials by the definitions of sums, roots, patterns and inverses."""

    def __init__(self, scalars: Scalars) -> None:
        self.definitions = scalars.definitions
        self.roots, self.patterns = scalars.roots, scalars.idempotent
        self.inverse = {w: d.of for w, d in enumerate(self.definitions) if d.kind == "inv"}

        self.special = {-1, *self.roots, *self.patterns, *self.inverse, *self.inverse.values()}

    def same(self, one: Poly, two: Poly) -> bool:
        difference: Poly = {}
        self._collect(difference, one.items(), 1)
        self._collect(difference, two.items(), -1)
        while difference:
            # the latest sum: all before it may still be needed as it is
            if len(difference) > PRODUCTS:
                raise TooLarge("a step has too many products to be read again")
            latest = max((v for m in difference for v in m if self._is_sum(v)), default=None)
            if latest is None:
                divisor = max((v for m in difference for v in m if v in self.inverse), default=None)
                if divisor is None:
                    return False
                difference = self._times_divisor(difference, divisor)
                continue
            written: Poly = {}
            for m, c in difference.items():
                if latest in m:
                    at = m.index(latest)
                    rest = m[:at] + m[at + 1 :]
                    terms = self.definitions[latest].terms
                    self._collect(written, ((p + rest, x) for p, x in terms), c)
                else:
                    self._collect(written, [(m, 1)], c)
            difference = written
        return True

    def _times_divisor(self, poly: Poly, w: int) -> Poly:
        """The polynomial times the highest power of 1/w in it, which is 0 nowhere."""
        most = max(m.count(w) for m in poly)
        made: Poly = {}
        for m, c in poly.items():
            rest = tuple(v for v in m if v != w)
            self._collect(made, [(rest + (self.inverse[w],) * (most - m.count(w)), 1)], c)
        return made

    def _is_sum(self, v: int) -> bool:
        return self.definitions[v].kind == "sum"

    def _collect(
        self, into: Poly, items: Iterable[tuple[tuple[int, ...], Number]], c: Number
    ) -> None:
        for m, x in items:
            scale, key = self._reduced(m)
            value = into.get(key, 0) + c * x * scale
            if value:
                into[key] = value
            else:
                into.pop(key, None)

    def _reduced(self, m: tuple[int, ...]) -> tuple[Number, tuple[int, ...]]:
        if self.special.isdisjoint(m):
            return 1, tuple(sorted(m))
        count, changed = Counter(m), True
        scale: Number = 1
        while changed:
            changed = False
            for v in list(count):
                if v in self.patterns and count[v] > 1:
                    count[v], changed = 1, True
                elif v in self.inverse and count[self.inverse[v]] > 0 and count[v] > 0:
                    both = min(count[v], count[self.inverse[v]])
                    count[v] -= both
                    count[self.inverse[v]] -= both
                    changed = True
                elif v in self.roots and count[v] > 1:
                    c, of = self.roots[v]
                    count[v] -= 2
                    count[of] += of >= 0
                    scale, changed = scale * c, True
        return scale, tuple(sorted(v for v, n in count.items() for _ in range(n)))
