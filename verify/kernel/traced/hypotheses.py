"""What the values that are chosen have to respect, tested at points modulo the prime.

Draws share the tensors. So arguments of exp, and logarithms, that hold inputs have to be
independent over Q modulo functions of the tensors, which is that their derivatives by the inputs
are; the others modulo constants, which is that their derivatives are. Full rank modulo a prime
proves both at once.

If no radicand is a constant times a square in the field with the roots before it, the cover is
irreducible, and one root is as good as the other. Else its quadratic character were the same at all
points with these roots (of one with inputs: at one point of the tensors). Both are seen.
"""

from collections.abc import Callable
from functools import partial

from verify.kernel.traced.effort import known
from verify.kernel.traced.machine import Gates, Machine, Point
from verify.kernel.traced.modular import Rows

MORE = 6  #: points beyond the number of arguments
CHARACTERS = 40  #: points at which a radicand is asked
AX = "AX (Ax 1971, On Schanuel's conjectures)"
ERF = "ERF (Ostrowski, Kolchin; Liouville)"


class Hypotheses:
    """Tests for one program; what held is kept."""

    def __init__(self, machine: Machine) -> None:
        self.machine, program = machine, machine.program
        self.exps, self.logs, self.roots, self.erfs = map(
            program.of_kind, ("exp", "log", "sqrt", "erf")
        )
        known(not (self.logs and self.erfs), "erf beside logarithms")
        gated = program.gated.intersection(self.exps + self.logs + self.roots + self.erfs)
        known(gated <= program.moving, "a function of the tensors alone that depends on a gate")
        self.gated = bool(gated)
        self.held: set[frozenset[tuple[int, int]]] = set()

    def hold(self, gates: Gates) -> None:
        """For the gates of a draw; Beyond where the values are related."""
        key = frozenset(gates.items() if self.gated else ())
        if key not in self.held:
            self._roots(gates)
            self._exponentials(gates)
            self.held.add(key)

    def said(self) -> list[str]:
        """In words, with the theorems that are cited."""
        each = ", for each pattern of gates that was drawn" * self.gated
        logs = f" and {len(self.logs)} logarithms" * bool(self.logs)
        said = {
            f"{AX}: {len(self.exps)} arguments of exp{logs} are checked to be independent over"
            " Q modulo constants, those that hold inputs modulo functions of the tensors, so that"
            f" the values{' of exp' * (not logs)} are algebraically independent{each}":
            self.exps + self.logs,
            f"{ERF}: {len(self.erfs)} values of erf are independent of these and of each"
            " other, as the exponentials in their densities are": self.erfs,
            f"{len(self.roots)} radicands are checked to be independent modulo squares and"
            f" constants{each}": self.roots,
        }  # fmt: skip
        return [text for text, some in said.items() if some]

    def _exponentials(self, gates: Gates) -> None:
        machine, moving = self.machine, self.machine.program.moving
        some = [(v, machine.every[v].of) for v in self.exps] + [(v, v) for v in self.logs]
        rows = Rows(machine.ring.p)
        for _ in range(len(some) + MORE):
            if rows.rank < len(some):
                values = machine.point(machine.point(rated=True), gates, rated=True).values
                rows.add([(*values[w], 0, 0)[1 + (v in moving)] for v, w in some])
        known(rows.rank == len(some),
            "arguments of exp, or logarithms, that are not independent (equal up to a factor, a sum"
            " of others, or up to a constant or a function of the tensors)")  # fmt: skip

    def _roots(self, gates: Gates) -> None:
        machine, moving, p = self.machine, self.machine.program.moving, self.machine.ring.p
        for v in sorted(self.roots, key=lambda v: v in moving):  # those of the tensors first
            one, seen = machine.every[v], set[int]()
            draw: Callable[..., Point] = machine.point
            if v in moving:
                draw = partial(machine.point, machine.point(), gates)
            for _ in range(CHARACTERS):
                if not {1, p - 1} <= seen:
                    z = draw(before=v).values[one.of][0]
                    seen.add(pow(machine.inside(one, z), (p - 1) // 2, p))
            known({1, p - 1} <= seen, "radicands that are dependent modulo squares and constants")
