"""A sentence in the frame of a certificate: setting, hypotheses and one conclusion, before anything
is proved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Data = object
Fields = dict[str, Any]


@dataclass(frozen=True)
class Stated:
    """What the kernel is to say: it is formed from the claim alone, and compared with what a
    certificate states. ``conclusion`` has no ``by``; ``beside`` are further ones, by name.
    """

    setting: Fields
    assume: Fields
    name: str
    conclusion: Fields
    beside: Mapping[str, Fields] = field(default_factory=dict)

    @property
    def every(self) -> dict[str, Fields]:
        """All that is concluded, the conclusion last."""
        return {**self.beside, self.name: self.conclusion}

    def proved(self, steps: Sequence[Mapping[str, Data]], by: Mapping[str, Data]) -> Fields:
        """The certificate of its proof, but for the instance."""
        return self._frame(steps, {n: {**x, "by": by[n]} for n, x in self.every.items()})

    def refuted(self, witness: Data) -> Fields:
        """The certificate that it fails at a point."""
        return {**self._frame((), self.every), "witness": witness}

    def _frame(self, steps: Sequence[Mapping[str, Data]], conclude: Fields) -> Fields:
        return {
            "format": "flowlaw-certificate",
            "version": 2,
            "setting": self.setting,
            "assume": self.assume,
            "steps": list(steps),
            "conclude": conclude,
        }

    def is_stated_by(self, body: Mapping[str, Any]) -> bool:
        """Whether a certificate is about this sentence and no other."""
        if "traced" in body:
            return False  # of a model
        stated = {n: {x: y for x, y in c.items() if x != "by"} for n, c in body["conclude"].items()}
        frame = body["setting"], body["assume"], stated
        return frame == (self.setting, self.assume, self.every)
