"""That no output moves along the gradient of a law: operation by operation, one side condition for
each, on derivatives that the certificate claims and that are only checked.

Along theta' = grad h each variable moves by the rule of its operation. The claimed derivative is a
polynomial in variables (0 where none is claimed); both are compared after sums that occur on either
side are written out, latest first, until they agree or nothing is left. Where the model has a
value no divisor is 0.
"""

from collections.abc import Mapping, Sequence

from verify.kernel.limits import need
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import ONE, Number, Poly, gather


class Moves:
    """Checks for one program. ``users``: by variable those that move where it does; what no entry
    shows and nothing moves with (1/z of log z) is not asked.
    """

    def __init__(self, program: Program) -> None:
        self.program, self.variables = program, program.variables
        self.users: dict[int, list[int]] = {}
        for w, rates in enumerate(program.rates):
            for _, x, _ in rates:
                self.users.setdefault(x, []).append(w)
        self.asked = self.users.keys() | program.first.keys()

    def check(
        self, start: Mapping[int, Poly], claimed: Mapping[int, Poly], unseen: Sequence[Poly]
    ) -> None:
        """Refuse unless all variables move as claimed and the outputs stand still, or move so far
        along motions that no loss sees.
        """
        need(not start.keys() & claimed, "a coordinate moves as its law says, which is not claimed")
        moves = {**claimed, **start}
        touched = {w for v in moves for w in self.users.get(v, ())}.union(claimed)
        for w in sorted(touched & self.asked):
            rest = _times(moves.get(w, {}), -1)
            for c, x, by in self.program.rates[w]:
                if x in moves:
                    gather(rest, c, moves[x], by, self.variables)
            kind = self.variables.all[w].kind
            need(self._vanishes(rest), f"a variable of kind {kind} does not move as it is claimed")
        for k, (c, v) in enumerate(self.program.outputs):
            if v not in moves and not any(unseen):
                continue
            rest = _times(moves.get(v, {}), c)
            for motion, amount in zip(self.program.motions, unseen, strict=True):
                for m, a in amount.items():
                    gather(rest, -a, motion[k], m, self.variables)
            need(self._vanishes(rest), "an output moves along the law")

    def _vanishes(self, rest: Poly) -> bool:
        """Whether a polynomial is 0, by the definitions of sums, and times divisors."""
        every = self.variables.all
        order = lambda v: (every[v].kind == "sum", every[v].kind == "inv", v)
        while rest:
            w, made = max((v for m in rest for v in m), key=order, default=ONE), Poly()
            if w == ONE or every[w].kind not in ("sum", "inv"):
                return False
            if every[w].kind == "inv":
                divisors = (every[w].of,) * max(m.count(w) for m in rest)
                gather(made, 1, rest, divisors, self.variables)
            else:
                terms = dict(every[w].terms)
                for m, c in rest.items():
                    at = m.index(w) if w in m else len(m)
                    more = m[:at] + m[at + 1 :]
                    gather(made, c, terms if w in m else {(): 1}, more, self.variables)
            rest = made
        return True


def _times(poly: Poly, c: Number) -> Poly:
    return {m: c * x for m, x in poly.items()}
