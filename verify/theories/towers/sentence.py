"""One conclusion about formulas with what it assumes."""

from __future__ import annotations

from dataclasses import dataclass, field

from verify.claims.conclusions.base import Conclusion
from verify.claims.hypotheses.formulas import Given
from verify.exact.rings import Inexact
from verify.models.formulas import Formulas, Solution
from verify.terms.expr import Expr
from verify.terms.words import scalars, words
from verify.theories.towers.place import Outside, Place, Spot, Value


@dataclass(frozen=True)
class FormulaSentence:
    """``name`` labels the conclusion inside its claim; ``solution`` is what its author suggests
    against it.
    """

    setting: Formulas
    assuming: tuple[Given, ...]
    name: str
    conclusion: Conclusion
    solution: Solution | None = field(default=None, compare=False)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that its kind of conclusion uses."""
        return (self.conclusion.rule,) if self.conclusion.rule else ()

    def violated(self, point: Spot) -> str | None:
        """The first hypothesis that the point does not satisfy, in words."""
        return next((reason for h in self.assuming if (reason := h.violated(point))), None)

    def admits(self, place: Place) -> bool:
        """Does the place satisfy every hypothesis? A value that is not rational is no."""
        try:
            return self.violated(self.spot(place)) is None
        except (Outside, Inexact):
            return False

    def spot(self, place: Place, what: Expr | None = None, value: Value | None = None) -> Spot:
        """The place as an exhibit of this sentence; as a witness, with what has which value
        there.
        """
        letters = {x.name: place.values[x.name] for x in self.setting.letters}
        if what is None or value is None:
            return Spot(self.setting, letters, sentence=self)  # type: ignore[arg-type]
        tex = f"{scalars(what)} = {value.latex()}"
        return Spot(self.setting, letters, words(what), value.text(), self, tex)  # type: ignore[arg-type]
