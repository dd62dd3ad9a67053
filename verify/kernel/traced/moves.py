"""That no output moves along the gradient of a law: operation by operation, one side condition for
each, on derivatives that the certificate claims and that are only checked.

Along theta' = grad h each variable moves by the rule of its operation. The claimed derivative is a
polynomial in variables (0 where none is claimed); both are compared after sums that occur on either
side are written out, latest first, until they agree or nothing is left.
"""

from __future__ import annotations

from collections.abc import Mapping

from verify.kernel.limits import Refused, need
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import (
    ONE,
    Number,
    Poly,
    Product,
    Variable,
    density,
    gather,
)


class Moves:
    """Checks for one program; who is made from what is looked up once."""

    def __init__(self, program: Program) -> None:
        self.program, self.variables = program, program.variables
        self.users: dict[int, list[tuple[int, int]]] = {}
        for w, one in enumerate(self.variables.all):
            for k, (m, _) in enumerate(one.terms):
                for v in set(m):
                    self.users.setdefault(v, []).append((w, k))
            if one.of != ONE:
                self.users.setdefault(one.of, []).append((w, 0))

    def check(self, start: Mapping[int, Poly], claimed: Mapping[int, Poly]) -> None:
        """Refuse unless all variables move as claimed and the outputs stand still."""
        moves = dict(claimed)
        for v, poly in start.items():
            need(v not in moves, "a coordinate moves as its law says, which is not claimed")
            moves[v] = poly
        touched: dict[int, set[int]] = {v: set() for v in claimed}
        for v in moves:
            for w, k in self.users.get(v, ()):
                touched.setdefault(w, set()).add(k)
        for w in sorted(touched):
            self._moves(w, sorted(touched[w]), moves)
        for c, v in self.program.outputs:
            if c and v in moves:
                need(self._vanishes(dict(moves[v])), "an output moves along the law")

    def _moves(self, w: int, terms: list[int], moves: Mapping[int, Poly]) -> None:
        one, variables = self.variables.all[w], self.variables
        rest: Poly = {}
        if one.kind == "sum":  # w' = sum c (x' y + x y')
            gather(rest, -1, moves.get(w, {}), (), variables)
            for k in terms:
                m, c = one.terms[k]
                for at, x in enumerate(m):
                    gather(rest, c, moves.get(x, {}), m[:at] + m[at + 1 :], variables)
        else:
            (c, more), (own, rate) = _rates(w, one)
            gather(rest, -c, moves.get(w, {}), more, variables)
            gather(rest, own, moves.get(one.of, {}), rate, variables)
        need(self._vanishes(rest), f"a variable ({one.kind}) does not move as it is claimed")

    def _vanishes(self, rest: Poly) -> bool:
        """Whether a polynomial is 0, by the definitions of sums, and times divisors."""
        every = self.variables.all
        while rest:
            latest = max((v for m in rest for v in m if every[v].kind == "sum"), default=ONE)
            if latest == ONE:
                latest = max((v for m in rest for v in m if every[v].kind == "inv"), default=ONE)
                if latest == ONE:
                    return False
                rest = self._cleared(latest, rest)
                continue
            terms, written = dict(every[latest].terms), dict[Product, Number]()
            for m, c in rest.items():
                if latest in m:
                    at = m.index(latest)
                    gather(written, c, terms, m[:at] + m[at + 1 :], self.variables)
                else:
                    gather(written, c, {m: 1}, (), self.variables)
            rest = written
        return True

    def _cleared(self, w: int, rest: Poly) -> Poly:
        """Times z^K, where w = 1/z stands at most K times in a product; z is not 0."""
        z, written = self.variables.all[w].of, dict[Product, Number]()
        need(not self._vanishes({(z,): 1}), "a divisor that is 0 once it is written out")
        most = max(m.count(w) for m in rest)
        for m, c in rest.items():
            more = (z,) * (most - m.count(w))
            gather(written, c, {tuple(v for v in m if v != w): 1}, more, self.variables)
        return written


Part = tuple[Number, Product]


def _rates(w: int, one: Variable) -> tuple[Part, Part]:
    """(a, b) with a w' = b z' where w is a function of c z."""
    if one.kind == "inv":
        return (1, ()), (-1, (w, w))
    if one.kind == "exp":
        return (1, ()), (one.c, (w,))
    if one.kind == "log":
        return (1, (one.of,)), (1, ())
    if one.kind == "sqrt":
        return (2, (w,)), (one.c, ())
    if one.kind == "erf":
        x, u = density(one)
        return (1, ()), (one.c * x, (u,))
    if one.kind in ("step", "top"):  # while no argument changes its side
        return (1, ()), (0, ())
    raise Refused(f"a variable of kind {one.kind} does not move")
