"""What a linear group action says about theta' = -dphi(theta)^T g: a closed list of conclusions,
each about every case of the setting.

xi runs through the span of the generators, unless a sentence says otherwise; g is free. Each kind
is its sentence, and what the theory of symmetries computes for it; its fields stand in braces.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from verify.claims.conclusions.base import Conclusion
from verify.claims.conclusions.factors import Factor as Factor
from verify.claims.conclusions.factors import Words, added, checked, wired
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, up_to
from verify.spelling.spoken import spoken


@dataclass(frozen=True)
class OfAction(Conclusion):
    """Decided by exact linear algebra on the coefficients of phi. Raises BadInput unless its rows
    of numbers, one for each case, are tuples of whole numbers.
    """

    display = False

    def __post_init__(self) -> None:
        for name, row in counts_of(self).items():
            counted(f"{type(self).__name__}: {name}", row, 1 if name == "ranks" else 0)

    def render(self) -> str:
        return self._filled(spoken(self.said), False)

    def latex(self) -> str:
        return self._filled(self.said, True)

    def part(self, name: str, moment: str, tex: bool) -> str:
        return ", ".join(map(str, counts_of(self)[name]))


def counts_of(conclusion: OfAction) -> dict[str, tuple[int, ...]]:
    """The rows of numbers in a conclusion, one number for each case."""
    return {f.name: getattr(conclusion, f.name) for f in fields(conclusion) if "int" in str(f.type)}


def counted(whose: str, counts: object, least: int = 0) -> None:
    """Raises BadInput unless these are whole numbers, of which none is more than all matrices on
    the coordinates of a model.
    """
    if (
        not isinstance(counts, tuple)
        or not counts
        or any(type(n) is not int or not least <= n <= LIMITS["counts"] for n in counts)
    ):
        raise BadInput(
            f"{whose}: {counts!r:.60}; expected a tuple of whole numbers from {least} on,"
            f" {up_to('counts')}, one for each case"
        )


class Preserves(OfAction):
    """The action leaves phi unchanged; permutations of coordinates, where the model has them, leave
    it unchanged as well.
    """

    kind = "preserves"
    said = (
        r"the group leaves \(\varphi\) unchanged: \(d\varphi(\theta)\,\xi \theta = 0\) for every"
        r" \(\xi\) of its algebra, and \(\varphi(s \theta) = \varphi(\theta)\) for the"
        r" permutations \(s\) in it"
    )


class LieAlgebra(OfAction):
    """The span is closed under brackets and under transposition."""

    kind = "lie-algebra"
    said = r"the \(\xi\) form a Lie algebra that is closed under transposition"


class MomentConserved(OfAction):
    """For the symmetric elements of the algebra."""

    kind = "moment-conserved"
    said = (
        r"for every symmetric \(\xi\) of the algebra, \(\langle\theta, \xi \theta\rangle\) is"
        r" conserved"
    )


class EveryElement(OfAction):
    """The misreading of ``MomentConserved`` where the algebra is not closed under transposition."""

    kind = "every-element"
    said = r"for every \(\xi\) of the algebra, \(\langle\theta, \xi \theta\rangle\) is conserved"


class Orthogonal(OfAction):
    """Holds for every xi; it is a law only where xi is symmetric."""

    kind = "orthogonal"
    said = r"\(\langle\xi \theta, \dot\theta\rangle = 0\) for every \(\xi\) of the algebra"


class SkewEmpty(OfAction):
    """The moments of skew elements are zero, so nothing is conserved by them."""

    kind = "skew-empty"
    said = (
        r"\(\langle\theta, \xi \theta\rangle = 0\) for every \(\theta\) and every skew \(\xi\) of"
        r" the algebra"
    )


class Integrates(OfAction):
    """The misreading of ``Orthogonal``: <xi theta, theta'> = 0 would then be h' = 0."""

    kind = "integrates"
    said = (
        r"for every skew \(\xi\) of the algebra there is a function \(h\) with"
        r" \(dh = \langle\xi \theta, d\theta\rangle\), so \(h\) is conserved"
    )


class FiniteMoment(OfAction):
    """The misreading that a permutation gives a law as a one-parameter group does."""

    kind = "finite-moment"
    said = (
        r"\(\langle\theta, s \theta\rangle\) is conserved for every permutation \(s\) of the model"
    )


class OneOrbit(OfAction):
    """Refuted by two points with one phi and different values of an invariant of the group."""

    kind = "one-orbit"
    said = r"all \(\theta\) with the same \(\varphi(\theta)\) lie on one orbit of the group"


@dataclass(frozen=True)
class LawCount(OfAction):
    """``forms``: dimension of all laws theta^T S theta; ``independent``: how many are functionally
    independent. One for each case.
    """

    forms: tuple[int, ...]
    independent: tuple[int, ...]
    kind = "law-count"
    said = (
        r"the quadratic forms \(\theta^{T} S \theta\) that are conserved for every \(g\) are a"
        r" space of dimension {forms}, of which {independent} {are} functionally independent"
    )

    def part(self, name: str, moment: str, tex: bool) -> str:
        if name == "are":
            return "is" if self.independent == (1,) else "are"
        return super().part(name, moment, tex)


@dataclass(frozen=True)
class AlgebraCount(OfAction):
    """Dimensions of the algebra of the setting and of its symmetric elements, one for each case."""

    algebra: tuple[int, ...]
    symmetric: tuple[int, ...]
    kind = "algebra-count"
    said = "the algebra has dimension {algebra}, its symmetric elements {symmetric}"


class Stabiliser(OfAction):
    """The given generators span everything linear that leaves phi unchanged to first order."""

    kind = "stabiliser"
    said = (
        r"the matrices \(\xi\) with \(d\varphi(\theta)\,\xi \theta = 0\) for every \(\theta\) are"
        r" exactly the span of the given ones"
    )


@dataclass(frozen=True)
class MomentIs(OfAction):
    """mu: theta -> dual of the algebra, <mu, a> = <theta, xi_a theta>, written as a matrix for each
    group of the action.
    """

    words: Words
    kind = "moment-is"
    said = (
        r"\(\langle\theta, \xi_a \theta\rangle = \operatorname{Tr}(\mu_k a)\), \(\mu_k = {words}\),"
        r" for each group \(k\) of the action and each \(a\) in its algebra"
    )

    def __post_init__(self) -> None:
        checked(type(self).__name__, self.words)

    def part(self, name: str, moment: str, tex: bool) -> str:
        return added({"words": self.words}[name], tex)

    def wire(self) -> dict[str, Any]:
        return {"kind": self.kind, "words": wired(self.words)}


class FirstVariation(MomentIs):
    """The same, read as the derivative of the norm along the orbit: the orbit is critical exactly
    where mu = 0.
    """

    kind = "first-variation"
    said = (
        r"\(\tfrac{d}{dt}\) of \(\operatorname{norm}(\exp(t\,\xi_a) \theta)^{2}\) at \(t = 0\) is"
        r" \(2 \operatorname{Tr}(\mu_k a)\), \(\mu_k = {words}\), for each \(a\): the norm is"
        r" critical on the orbit of \(\theta\) exactly where every \(\mu_k = 0\)"
    )


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
