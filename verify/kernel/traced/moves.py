"""That no output moves along the gradient of a law: operation by operation, one side condition for
each, on derivatives that the certificate claims and that are only checked.

Along theta' = grad h each variable moves by the rule of its operation. The claimed derivative is a
polynomial in variables (0 where none is claimed); both are compared after sums that occur on either
side are written out, latest first, until they agree or nothing is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from verify.kernel.limits import Refused, need
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import (
    ONE,
    Number,
    Poly,
    Product,
    Variable,
    Variables,
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
        one = self.variables.all[w]
        rule = RULES.get(one.kind)
        if rule is None:
            raise Refused(f"a variable of kind {one.kind} does not move")
        rest: Poly = {}
        rule(self.variables, w, one, terms, moves, rest)
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


Rule = Callable[[Variables, int, Variable, list[int], Mapping[int, Poly], Poly], None]


def _sum(
    v: Variables, w: int, one: Variable, terms: list[int], moves: Mapping[int, Poly], rest: Poly
) -> None:
    """w' = sum c (x' y + x y')."""
    gather(rest, -1, moves.get(w, {}), (), v)
    for k in terms:
        m, c = one.terms[k]
        for at, x in enumerate(m):
            gather(rest, c, moves.get(x, {}), m[:at] + m[at + 1 :], v)


def _inv(
    v: Variables, w: int, one: Variable, terms: list[int], moves: Mapping[int, Poly], rest: Poly
) -> None:
    """w' + w^2 z' = 0 for w = 1/z."""
    gather(rest, 1, moves.get(w, {}), (), v)
    gather(rest, 1, moves.get(one.of, {}), (w, w), v)


def _exp(
    v: Variables, w: int, one: Variable, terms: list[int], moves: Mapping[int, Poly], rest: Poly
) -> None:
    """w' = w c z' for w = exp(c z)."""
    gather(rest, -1, moves.get(w, {}), (), v)
    gather(rest, one.c, moves.get(one.of, {}), (w,), v)


def _sqrt(
    v: Variables, w: int, one: Variable, terms: list[int], moves: Mapping[int, Poly], rest: Poly
) -> None:
    """2 w w' = c z' for w = sqrt(c z)."""
    gather(rest, -2, moves.get(w, {}), (w,), v)
    gather(rest, one.c, moves.get(one.of, {}), (), v)


def _erf(
    v: Variables, w: int, one: Variable, terms: list[int], moves: Mapping[int, Poly], rest: Poly
) -> None:
    """w' = c z' times the density, for w = erf(c z)."""
    x, u = density(one)
    gather(rest, -1, moves.get(w, {}), (), v)
    gather(rest, one.c * x, moves.get(one.of, {}), (u,), v)


def _still(
    v: Variables, w: int, one: Variable, terms: list[int], moves: Mapping[int, Poly], rest: Poly
) -> None:
    """A gate stands still while none of its arguments changes its side."""
    gather(rest, 1, moves.get(w, {}), (), v)


#: by kind of variable; all that a coordinate does is said by the law, an input stands still
RULES: dict[str, Rule] = {
    "sum": _sum, "inv": _inv, "exp": _exp, "sqrt": _sqrt, "erf": _erf,
    "step": _still, "top": _still,
}  # fmt: skip
