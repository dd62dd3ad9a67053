"""A sentence in the frame of a certificate: setting, hypotheses and one conclusion, before anything
is proved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Data = object
Fields = dict[str, Any]


@dataclass(frozen=True)
class Stated:
    """What the kernel is to say: it is formed from the claim alone, and compared with what a
    certificate states. ``conclusion`` has no ``by``.
    """

    setting: Fields
    assume: Fields
    name: str
    conclusion: Fields

    def proved(self, steps: Sequence[Mapping[str, Data]], by: Sequence[Data]) -> Fields:
        """The certificate of its proof, but for the instance."""
        return self._frame(steps, {**self.conclusion, "by": by})

    def refuted(self, witness: Data) -> Fields:
        """The certificate that it fails at a point."""
        return {**self._frame((), self.conclusion), "witness": witness}

    def _frame(self, steps: Sequence[Mapping[str, Data]], conclusion: Fields) -> Fields:
        return {
            "format": "flowlaw-certificate",
            "version": 2,
            "setting": self.setting,
            "assume": self.assume,
            "steps": list(steps),
            "conclude": {self.name: conclusion},
        }

    def is_stated_by(self, body: Mapping[str, Any]) -> bool:
        """Whether a certificate is about this sentence and no other."""
        stated = {n: {x: y for x, y in c.items() if x != "by"} for n, c in body["conclude"].items()}
        frame = body["setting"], body["assume"], stated
        return frame == (self.setting, self.assume, {self.name: self.conclusion})
