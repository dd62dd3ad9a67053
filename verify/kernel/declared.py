"""What is declared, in its order, with what the kernel derives from it."""

from __future__ import annotations

from verify.kernel.affine import Index, Symbol
from verify.kernel.facts import Fact
from verify.kernel.letters import Letter
from verify.kernel.limits import need
from verify.kernel.load import new
from verify.kernel.motion import Derivation
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, unit
from verify.kernel.terms import Term


class Setting:
    """All that is declared, in its order, with what the kernel derives from it."""

    def __init__(self) -> None:
        self.names: dict[str, Symbol] = {}
        self.taken: frozenset[str] = frozenset()
        self.facts: dict[str, Fact] = {}
        self.objective: Term | None = None
        self.flow: Derivation | None = None
        self.gain: dict[Letter, Poly] | None = None  # of parameters, in one step
        self.rates: dict[Letter, Poly] = {}  # of parameters
        self.speeds = False
        self.along = unit(None)  # what dd is times
        self.fibre: Fact | None = None  # what determines a motion on a fibre

    def scope(self, *indices: Index) -> Scope:
        """What names mean under these indices."""
        return Scope(self, self.names).under(*indices)

    def declare(self, x: Symbol) -> None:
        """A name for one thing, once."""
        new(x.name)
        need(x.name not in self.names, f"the name {x.name} is declared twice")
        self.names[x.name] = x

    def letters(self, *roles: str) -> list[Letter]:
        """Letters with one of these roles, in their order; all, if none is named."""
        found = [x for x in self.names.values() if isinstance(x, Letter)]
        return [x for x in found if x.role in roles or not roles]
