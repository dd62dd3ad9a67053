"""Hypotheses about matrices: relations that hold at the start, or always."""

from __future__ import annotations

from dataclasses import dataclass, field

from verify.claims.hypotheses import Hypothesis
from verify.models.matrices import stated, stated_latex
from verify.spelling.called import in_quotes
from verify.spelling.tex import only_words, plain
from verify.terms.affine import k
from verify.terms.matrices import W
from verify.terms.matrix_grammar import sequence
from verify.terms.matrix_wire import relation
from verify.terms.relation import Equal


@dataclass(frozen=True, slots=True)
class Holds(Hypothesis):
    """The equations hold, at the start or always. ``word`` is what the field calls it: in quotes,
    as nothing judges it, unless it is balance that is called so.
    """

    id: str
    word: str
    equations: tuple[Equal, ...]
    when: str = field(default="always", kw_only=True)  # type: ignore[misc]
    kind = "holds"

    def __post_init__(self) -> None:
        """Raises BadInput for equations that are no tuple of Equal."""
        sequence(f"Holds({self.id!r:.30}): equations", self.equations, Equal)

    def prose(self) -> str:
        word = self.word if self._is_balance() else in_quotes(self.word)
        return f"{word}: {'; '.join(stated(e) for e in self.equations)}"

    def latex(self) -> str:
        said = f"{plain(self.word)}: " if only_words(self.word) else ""
        said = said if self._is_balance() or not said else f"``{said[:-2]}'': "
        return said + "; ".join(stated_latex(e) for e in self.equations)

    def _is_balance(self) -> bool:
        return (self.word, self.equations) == ("balanced", BALANCE)

    def wire(self) -> dict:
        return {
            "id": self.id,
            "word": self.word,
            "when": self.when,
            "equations": [relation(e) for e in self.equations],
        }


BALANCE = (Equal(W[k] * W[k].H, W[k + 1].H * W[k + 1], 1, 1),)


def balanced() -> Holds:
    """Balanced: W_k W_k* = W_(k+1)* W_(k+1) for every neighbouring pair of layers."""
    return Holds("balance", "balanced", BALANCE, when="at the start")
