"""That no output moves along the gradient of a law: operation by operation, one side condition for
each, on derivatives that the certificate claims and that are only checked.

Along theta' = grad h each variable moves by the rule of its operation. The claimed derivative is a
polynomial in variables (0 where none is claimed); both are compared after sums that occur on either
side are written out, latest first, until they agree or nothing is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verify.kernel.limits import need
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import ONE, Poly, gather


class Moves:
    """Checks for one program; who is made from what is looked up once."""

    def __init__(self, program: Program) -> None:
        self.program, self.variables = program, program.variables
        self.kinds = [x.kind for x in self.variables.all]
        self.users: dict[int, list[tuple[int, int]]] = {}
        for w, one in enumerate(self.variables.all):
            for k, m in enumerate([m for m, _ in one.terms] or [(one.of,)]):
                for v in set(m):
                    self.users.setdefault(v, []).append((w, k))

    def check(
        self, start: Mapping[int, Poly], claimed: Mapping[int, Poly], unseen: Sequence[Poly]
    ) -> None:
        """Refuse unless all variables move as claimed and the outputs stand still, or move so far
        along motions that no loss sees.
        """
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
        for k, (c, v) in enumerate(self.program.outputs):
            if v not in moves and not any(unseen):
                continue
            rest = Poly()
            gather(rest, c, moves.get(v, {}), (), self.variables)
            for motion, amount in zip(self.program.motions, unseen, strict=True):
                for m, x in amount.items():
                    gather(rest, -x, motion[k], m, self.variables)
            need(self._vanishes(rest), "an output moves along the law")

    def _moves(self, w: int, terms: list[int], moves: Mapping[int, Poly]) -> None:
        one, rest = self.variables.all[w], Poly()
        over, rates = one.rates(w, terms)
        gather(rest, -1, moves.get(w, {}), over, self.variables)
        for c, x, by in rates:
            gather(rest, c, moves.get(x, {}), by, self.variables)
        need(self._vanishes(rest), f"a variable of kind {one.kind} does not move as it is claimed")

    def _vanishes(self, rest: Poly) -> bool:
        """Whether a polynomial is 0, by the definitions of sums, and times divisors."""
        kinds = self.kinds
        order = lambda v: (kinds[v] == "sum", kinds[v] == "inv", v)
        while rest:
            latest = max((v for m in rest for v in m), key=order, default=ONE)
            if latest == ONE or kinds[latest] not in ("sum", "inv"):
                return False
            rest = (self._written if kinds[latest] == "sum" else self._cleared)(latest, rest)
        return True

    def _written(self, w: int, rest: Poly) -> Poly:
        """With the definition of a sum, once in each product."""
        terms, written = dict(self.variables.all[w].terms), Poly()
        for m, c in rest.items():
            at = m.index(w) if w in m else len(m)
            more = m[:at] + m[at + 1 :]
            gather(written, c, terms if w in m else {(): 1}, more, self.variables)
        return written

    def _cleared(self, w: int, rest: Poly) -> Poly:
        """Times z^K, where w = 1/z stands at most K times in a product; z is not 0."""
        z, written = self.variables.all[w].of, Poly()
        need(not self._vanishes({(z,): 1}), "a divisor that is 0 once it is written out")
        most = max(m.count(w) for m in rest)
        for m, c in rest.items():
            more = (z,) * (most - m.count(w))
            gather(written, c, {tuple(v for v in m if v != w): 1}, more, self.variables)
        return written
