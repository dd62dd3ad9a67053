"""What was found: of each block of outputs, and of the whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from verify.mirror.exclude import Word
from verify.mirror.formula import Formula
from verify.mirror.geometry import Geometry
from verify.mirror.given import Given
from verify.mirror.named import Named
from verify.mirror.solve import Combination

MIRROR, RETIMED, EXCLUDED, OPEN = "mirror", "time change", "excluded", "undecided"


@dataclass(frozen=True)
class Block:
    """``outputs`` share parameters among themselves only. ``why`` says which proof it is: "one
    output", "commuting", "laws", "involutive"; or the reason of an open one. ``mirror`` are the
    functions h_j = dQ/dbeta_j where they were found, ``speed`` is c where it is not 1, ``dual`` has
    X_i dual = c beta_i, so that Q = h . beta - dual. ``word`` excludes; ``further`` excludes a
    change of time too. ``bracket`` is whether some [X_i, X_k] is not 0.
    """

    outputs: tuple[int, ...]
    geometry: Geometry
    verdict: str
    why: str
    laws: tuple[Combination, ...] = ()
    mirror: tuple[Combination, ...] = ()
    dual: Combination | None = None
    speed: Combination | None = None
    word: Word | None = None
    further: Word | None = None
    bracket: bool = False
    conserved: bool = False  #: h with X_i h_j = delta_ij exists, and is no function of beta
    integral: Any = None  #: of a monomial
    formula: Formula | None = None
    named: Named | None = None


@dataclass(frozen=True)
class Answer:
    """``given`` may be what was asked in coordinates of a subspace (``given.within``)."""

    given: Given
    blocks: tuple[Block, ...]
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """One block that is excluded excludes the whole; a change of time helps one block only."""
        found = {b.verdict for b in self.blocks}
        if EXCLUDED in found or (RETIMED in found and len(self.blocks) > 1):
            return EXCLUDED
        return OPEN if OPEN in found else RETIMED if RETIMED in found else MIRROR

    @property
    def decided(self) -> bool:
        return self.verdict != OPEN
