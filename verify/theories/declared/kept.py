"""What a run asks more than once: how a sentence begins, and what the kernel says of bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.claims.certified import Certified, bytes_of, reread_steps
from verify.kernel.facts import Setting
from verify.theories.declared.elaborate import begun
from verify.theories.declared.sentence import DeclaredSentence


class Kept:
    """Of one run."""

    def __init__(self) -> None:
        self.proofs: dict[DeclaredSentence, Setting] = {}
        self.said: dict[bytes, Certified] = {}

    def begin(self, sentence: DeclaredSentence) -> Setting:
        """Anew: the order of what follows does not depend on what was asked before."""
        found = self.proofs[sentence] = begun(sentence)
        return found

    def begun(self, sentence: DeclaredSentence) -> Setting:
        """To look at."""
        return self.proofs.get(sentence) or self.begin(sentence)

    def read(self, made: Mapping[str, Any]) -> Certified:
        """What the kernel says of the bytes of a certificate."""
        content = bytes_of(made)
        if content not in self.said:
            self.said[content] = reread_steps(content)
        return self.said[content]
