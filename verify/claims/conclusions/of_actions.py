"""What a linear group action says about theta' = -dphi(theta)^T g: a closed list of conclusions,
each about every case of the setting.

xi runs through the span of the generators, unless a sentence says otherwise; g is free.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.action_sentences import IN_LATEX
from verify.claims.conclusions.base import Conclusion
from verify.claims.conclusions.factors import Factor as Factor
from verify.claims.conclusions.factors import Words, added, added_latex, checked, wired
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS


class OfAction(Conclusion):
    """Decided by exact linear algebra on the coefficients of phi."""

    text: ClassVar[str]
    display: ClassVar[bool] = False

    def expressions(self) -> tuple:
        return ()

    def order(self) -> int:
        return 0

    def render(self) -> str:
        return self.text

    def latex(self) -> str:
        """The same sentence with its mathematics, and what its fields state in place of their
        names.
        """
        found = IN_LATEX[self.kind]
        for name, value in self.filled().items():
            found = found.replace(f"{{{name}}}", value)
        return found

    def filled(self) -> dict[str, str]:
        """What stands in place of each field's name."""
        return {}

    def wire(self) -> dict:
        return {"kind": self.kind}


@dataclass(frozen=True)
class Preserves(OfAction):
    """The action leaves phi unchanged; permutations of coordinates, where the model has them, leave
    it unchanged as well.
    """

    kind: ClassVar[str] = "preserves"
    text: ClassVar[str] = (
        "the group leaves phi unchanged: dphi(theta) xi theta = 0 for every xi of its algebra, and"
        " phi(s theta) = phi(theta) for the permutations s in it"
    )


@dataclass(frozen=True)
class LieAlgebra(OfAction):
    """The span is closed under brackets and under transposition."""

    kind: ClassVar[str] = "lie-algebra"
    text: ClassVar[str] = "the xi form a Lie algebra that is closed under transposition"


@dataclass(frozen=True)
class MomentConserved(OfAction):
    """For the symmetric elements of the algebra."""

    kind: ClassVar[str] = "moment-conserved"
    text: ClassVar[str] = "for every symmetric xi of the algebra, <theta, xi theta> is conserved"


@dataclass(frozen=True)
class EveryElement(OfAction):
    """The misreading of ``MomentConserved`` where the algebra is not closed under transposition."""

    kind: ClassVar[str] = "every-element"
    text: ClassVar[str] = "for every xi of the algebra, <theta, xi theta> is conserved"


@dataclass(frozen=True)
class Orthogonal(OfAction):
    """Holds for every xi; it is a law only where xi is symmetric."""

    kind: ClassVar[str] = "orthogonal"
    text: ClassVar[str] = "<xi theta, theta'> = 0 for every xi of the algebra"


@dataclass(frozen=True)
class SkewEmpty(OfAction):
    """The moments of skew elements are zero, so nothing is conserved by them."""

    kind: ClassVar[str] = "skew-empty"
    text: ClassVar[str] = "<theta, xi theta> = 0 for every theta and every skew xi of the algebra"


@dataclass(frozen=True)
class Integrates(OfAction):
    """The misreading of ``Orthogonal``: <xi theta, theta'> = 0 would then be h' = 0."""

    kind: ClassVar[str] = "integrates"
    text: ClassVar[str] = (
        "for every skew xi of the algebra there is a function h with dh = <xi theta, dtheta>, so h"
        " is conserved"
    )


@dataclass(frozen=True)
class FiniteMoment(OfAction):
    """The misreading that a permutation gives a law as a one-parameter group does."""

    kind: ClassVar[str] = "finite-moment"
    text: ClassVar[str] = "<theta, s theta> is conserved for every permutation s of the model"


@dataclass(frozen=True)
class OneOrbit(OfAction):
    """Refuted by two points with one phi and different values of an invariant of the group."""

    kind: ClassVar[str] = "one-orbit"
    text: ClassVar[str] = "all theta with the same phi(theta) lie on one orbit of the group"


def counted(whose: str, counts: object, least: int = 0) -> None:
    """Raises BadInput unless these are whole numbers, of which none is more than all matrices on
    the coordinates of a model.
    """
    most = LIMITS["coordinates"] ** 2
    if (
        not isinstance(counts, tuple)
        or not counts
        or any(type(n) is not int or not least <= n <= most for n in counts)
    ):
        raise BadInput(
            f"{whose}: {counts!r:.60}; expected a tuple of whole numbers from {least} to {most},"
            " one for each case"
        )


@dataclass(frozen=True)
class LawCount(OfAction):
    """``forms``: dimension of all laws theta^T S theta; ``independent``: how many are functionally
    independent. One for each case.
    """

    forms: tuple[int, ...]
    independent: tuple[int, ...]
    kind: ClassVar[str] = "law-count"

    def __post_init__(self) -> None:
        counted("LawCount: forms", self.forms)
        counted("LawCount: independent", self.independent)

    def render(self) -> str:
        return (
            "the quadratic forms theta^T S theta that are conserved for every g are a space of"
            f" dimension {_row(self.forms)}, of which {_row(self.independent)}"
            f" {'is' if self.independent == (1,) else 'are'} functionally independent"
        )

    def filled(self) -> dict[str, str]:
        return {"forms": _row(self.forms), "independent": _row(self.independent)}

    def wire(self) -> dict:
        return {"kind": self.kind, "forms": list(self.forms), "independent": list(self.independent)}


@dataclass(frozen=True)
class AlgebraCount(OfAction):
    """Dimensions of the algebra of the setting and of its symmetric elements, one for each case."""

    algebra: tuple[int, ...]
    symmetric: tuple[int, ...]
    kind: ClassVar[str] = "algebra-count"

    def __post_init__(self) -> None:
        counted("AlgebraCount: algebra", self.algebra)
        counted("AlgebraCount: symmetric", self.symmetric)

    def render(self) -> str:
        return (
            f"the algebra has dimension {_row(self.algebra)}, its symmetric elements"
            f" {_row(self.symmetric)}"
        )

    def filled(self) -> dict[str, str]:
        return {"algebra": _row(self.algebra), "symmetric": _row(self.symmetric)}

    def wire(self) -> dict:
        return {"kind": self.kind, "algebra": list(self.algebra), "symmetric": list(self.symmetric)}


@dataclass(frozen=True)
class Stabiliser(OfAction):
    """The given generators span everything linear that leaves phi unchanged to first order."""

    kind: ClassVar[str] = "stabiliser"
    text: ClassVar[str] = (
        "the matrices xi with dphi(theta) xi theta = 0 for every theta are exactly the span of the"
        " given ones"
    )


@dataclass(frozen=True)
class MomentIs(OfAction):
    """mu: theta -> dual of the algebra, <mu, a> = <theta, xi_a theta>, written as a matrix for each
    group of the action.
    """

    words: Words
    kind: ClassVar[str] = "moment-is"

    def __post_init__(self) -> None:
        checked("MomentIs", self.words)

    def render(self) -> str:
        return (
            f"<theta, xi_a theta> = Tr(mu_k a), mu_k = {added(self.words)}, for each group k of the"
            " action and each a in its algebra"
        )

    def filled(self) -> dict[str, str]:
        return {"words": added_latex(self.words)}

    def wire(self) -> dict:
        return {"kind": self.kind, "words": wired(self.words)}


@dataclass(frozen=True)
class FirstVariation(OfAction):
    """The same, read as the derivative of the norm along the orbit: the orbit is critical exactly
    where mu = 0.
    """

    words: Words
    kind: ClassVar[str] = "first-variation"

    def __post_init__(self) -> None:
        checked("FirstVariation", self.words)

    def render(self) -> str:
        return (
            "d/dt of norm(exp(t xi_a) theta)^2 at t = 0 is 2 Tr(mu_k a), mu_k ="
            f" {added(self.words)}, for each a: the norm is critical on the orbit of theta exactly"
            " where every mu_k = 0"
        )

    def filled(self) -> dict[str, str]:
        return {"words": added_latex(self.words)}

    def wire(self) -> dict:
        return {"kind": self.kind, "words": wired(self.words)}


def _row(counts: tuple[int, ...]) -> str:
    return ", ".join(map(str, counts))


OF_ACTIONS = (
    Preserves,
    LieAlgebra,
    MomentConserved,
    EveryElement,
    Orthogonal,
    SkewEmpty,
    Integrates,
    FiniteMoment,
    OneOrbit,
    LawCount,
    AlgebraCount,
    Stabiliser,
    MomentIs,
    FirstVariation,
)
