"""What the kernel concludes by a lemma of its own: it forms what is to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.kernel.conclusions import conclusion
from verify.kernel.facts import Stated
from verify.kernel.lemmas import LEMMAS
from verify.theories.closing import Use
from verify.theories.steps.stated import Fields
from verify.theories.steps.writer import Writer

Data = object


class ByLemmas(Writer):
    """Of layers, whose lemmas may be summed."""

    def lemmas(self) -> Sequence[str]:
        """Steps that the author suggests."""
        raise NotImplementedError

    def suggested(self, obligation: str) -> list[Use]:
        """The author's uses for what is to be shown."""
        raise NotImplementedError

    def _concluded(self, name: str, given: Fields) -> list[Use]:
        if given["kind"] not in LEMMAS:
            return super()._concluded(name, given)
        hints = self._root(given) if given["kind"] == "least" else []
        p = LEMMAS[given["kind"]][3](Stated(self.proof, {**given, "by": []}, name)).poly
        by: Any = self.closed(p, (), self.finders(), before=hints)
        conclusion(self.proof, name, {**given, "by": by}, True)
        return by

    def _root(self, given: Fields) -> list[Use]:
        """A step that shows its power; what is shown of the traces of all layers is summed."""
        root, x = (["at", given[y]] for y in ("root", "of"))
        eq: list[Data] = [["^", root, "N"], ["*", ["H", x], x]]
        left, right = self.proof.scope().pair(eq)
        hints = self.suggested("power")
        by = self.closed(left.poly - right.poly, (), self.finders(), before=hints)
        self.step(rule="lin", name="power", eq=eq, by=by)
        self.beside.append({"use": "power"})
        numbers = [x for x in self.lemmas() if not self.proof.facts[x].poly.shape]
        every: Any = {"at": ["p"], "sum": {"p": {"from": 1, "to": "N"}}}
        return [{"use": x, **every} for x in numbers]
