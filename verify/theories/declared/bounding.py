"""An inequality as a sum: hypotheses times what is visibly >= 0, equations times anything, squares,
and what is visibly >= 0 itself.

A search, of which nothing is believed: the kernel reads each use and each square again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.kernel.affine import Index, number
from verify.kernel.facts import Setting, uses
from verify.kernel.letters import Base
from verify.kernel.limits import LIMITS, Refused, Work
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, visibly_nonnegative
from verify.kernel.terms import opened
from verify.theories import written
from verify.theories.declared.closing import Use, use_of
from verify.theories.declared.matching import Pattern

DEPTH, MOST = 8, 4000  # uses in a row; places that are looked at in all
SQUARES = 6  # in a row
WORK = 2 * LIMITS["work"]
MORE = 2

Row = dict[str, Any]


@dataclass(frozen=True)
class Bounded:
    """What adds up to the goal."""

    by: tuple[Use, ...]
    squares: tuple[Row, ...]


class Search:
    """One goal p >= 0 of a proof."""

    def __init__(self, proof: Setting, indices: Sequence[Index]) -> None:
        self.proof, self.scope = proof, proof.scope(*indices)
        facts = [f for f in proof.facts.values() if f.time == "always" and f.relation != "!="]
        self.patterns = [
            Pattern(f, m, c) for f in facts for m, c in f.poly.terms.items() if not m[2]
        ]
        self.left, self.spent, self.most = MOST, 0, Fraction(0)

    def of(self, p: Poly, depth: int = DEPTH) -> Bounded | None:
        """Depth first; the first monomial that is not visibly >= 0 has to go. No degree exceeds
        that of the goal by more than MORE.
        """
        self.most = _degree(p) + MORE if depth == DEPTH else self.most
        closed = _ended(p, self.scope)
        if closed is not None:
            return Bounded((), closed)
        for use, rest in self._steps(p) if depth else ():
            found = self.of(rest, depth - 1)
            if found is not None:
                return Bounded((use, *found.by), found.squares)
        return None

    def _steps(self, p: Poly) -> Iterator[tuple[Use, Poly]]:
        bad = [(m, c) for m, c in p.terms.items() if not visibly_nonnegative(_alone(p, m, c))]
        for mono, c in bad:
            for pattern in self.patterns:
                self.left, self.spent = self.left - 1, self.spent + Work.done["work"]
                Work.begin()  # what is searched is no certificate: it has an end of its own
                if self.left < 0 or self.spent > WORK:
                    return
                use = use_of(pattern, c, mono, self.scope)
                rest = None if use is None else self._without(p, use)
                if use is not None and rest is not None:
                    yield use, rest

    def _without(self, p: Poly, use: Use) -> Poly | None:
        """None where the kernel does not take it: a cofactor that may be negative."""
        try:
            ((_, made),) = uses([use], self.scope, self.proof.facts)
        except Refused:
            return None
        rest = p - made
        return rest if _degree(rest) <= self.most else None


def _degree(p: Poly) -> Fraction:
    """The largest sum of exponents, as far as these are numbers."""
    return max(
        (sum((abs(e.const) for _, e in m[1]), Fraction(0)) for m in p.terms), default=Fraction(0)
    )


def _alone(p: Poly, mono: Any, c: Fraction) -> Poly:
    found = Poly(p.shape)
    found.terms[mono] = c
    return found


def _ended(p: Poly, scope: Scope) -> tuple[Row, ...] | None:
    """Squares, and what is visibly >= 0, that are p; Lagrange's way, one square after the other."""
    rows = list[Row]()
    while not visibly_nonnegative(p):
        found = [*_squares(p, scope)] if len(rows) < SQUARES else []
        if not found:
            return None
        last = next((r for r in found if visibly_nonnegative(p - _value(r, scope))), found[0])
        p, rows = p - _value(last, scope), [*rows, last]
    return (*rows, *(_visible(m, c, scope) for m, c in p.terms.items()))


def _visible(mono: Any, c: Fraction, scope: Scope) -> Row:
    """c mono = c mono |1|^2."""
    bound, factors, _ = opened(mono)
    written.named(bound, scope)
    row: Row = {"c": written.cofactor(c, factors), "x": "1"}
    return {**row, "sum": written.ranges(bound)} if bound else row


@dataclass(frozen=True)
class Monomial:
    """Coefficient, whole powers of real factors by how these are written, and what is summed."""

    c: Fraction
    powers: dict[str, int]
    bases: dict[str, Base]
    sums: dict[str, Any]

    def over(self, other: dict[str, int]) -> dict[str, int] | None:
        """The powers of the quotient, where it is a monomial."""
        left = {x: self.powers.get(x, 0) - other.get(x, 0) for x in {**self.powers, **other}}
        return {x: n for x, n in left.items() if n} if min(left.values()) >= 0 else None

    def written(self, c: Fraction, powers: dict[str, int]) -> Any:
        """c times powers of its factors."""
        return written.cofactor(c, [(self.bases[x], number(n)) for x, n in powers.items()])


def _read(mono: Any, c: Fraction, scope: Scope) -> Monomial | None:
    bound, factors, word = opened(mono)
    if word or not factors or any(e.terms or e.const.denominator != 1 for _, e in factors):
        return None
    written.named(bound, scope)
    names = {json.dumps(written.factor(b, number(1))): (b, int(e.const)) for b, e in factors}
    powers = {x: n for x, (_, n) in names.items()}
    return Monomial(c, powers, {x: b for x, (b, _) in names.items()}, written.ranges(bound))


def _squares(p: Poly, scope: Scope) -> Iterator[Row]:
    """c (root + others)^2 for the first monomial c root^2 that has a part in a bad one; and c/2
    (root +- other)^2, which is that of sum_i sum_j (a_i b_j - a_j b_i)^2.
    """
    all_of = [x for m, c in p.terms.items() if (x := _read(m, c, scope)) is not None]
    for x in all_of:
        factor = {y: 1 for y, n in x.powers.items() if n % 2}
        root = {y: (n - factor.get(y, 0)) // 2 for y, n in x.powers.items()}
        if x.c <= 0 or not any(root.values()):
            continue
        common = {y: factor.get(y, 0) + root[y] for y in x.powers}
        others = [(y, y.over(common)) for y in all_of if y is not x and y.sums == x.sums]
        parts = [(y, other) for y, other in others if other is not None]
        if parts:
            first = x.written(Fraction(1), root)
            rest = [y.written(y.c / (2 * x.c), other) for y, other in parts]
            yield _row(x, x.c, factor, [first, *rest])
            for y, other in parts if x.sums else ():
                signed = y.written(Fraction(1 if y.c > 0 else -1), other)
                yield _row(x, x.c / 2, factor, [first, signed])
            return


def _row(x: Monomial, c: Fraction, factor: dict[str, int], parts: list[Any]) -> Row:
    row: Row = {"c": x.written(c, factor), "x": ["+", *parts]}
    return {**row, "sum": x.sums} if x.sums else row


def _value(row: Row, scope: Scope) -> Poly:
    """As the kernel reads it."""
    term = ["*", row["c"], row["x"], row["x"]]
    for name, kind in reversed(row.get("sum", {}).items()):
        term = ["sum", name, kind, term]
    return scope.term(term).poly
