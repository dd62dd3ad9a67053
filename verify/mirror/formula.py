"""A mirror map in beta alone: sums of logarithms and powers of what a quadratic equation gives."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verify.mirror.field import Element, Field


@dataclass(frozen=True)
class Surd:
    """``rational`` + ``factor`` sqrt(``inside``), in beta; no root where inside is None.

    It is a root P of the sum of c prod own_i P^n over (c, (i, ..), n) in ``relation``, where own
    are the outputs and then the rational laws: an identity in the parameters.
    """

    rational: Element
    factor: Element
    inside: Element | None
    relation: tuple[tuple[Fraction, tuple[int, ...], int], ...] = ()

    @property
    def falls(self) -> bool:
        """Whether the root is written with a minus before it."""
        return bool(self.factor.top.leading_coefficient() < 0)

    def field_number(self, n: int) -> Element:
        """A number of its field."""
        return self.factor.field.number(n)


@dataclass(frozen=True)
class Term:
    """``coefficient`` times log |surd|, or |surd|^``exponent``, or beta_j |surd|^exponent; of the
    exponent 1 the surd itself, with its sign. The surd is this ``power`` of a letter, or of what is
    inside a logarithm.
    """

    coefficient: Fraction
    surd: Surd | None
    exponent: Fraction | None = None  #: None for a logarithm
    beta: int | None = None
    power: int = 1


@dataclass(frozen=True)
class Formula:
    """dQ/dbeta_j for each j, and Q = sum_j beta_j dQ/dbeta_j - dual; None where it was not found.
    ``field`` has the letters beta_j.
    """

    field: Field
    gradient: tuple[tuple[Term, ...], ...]
    dual: tuple[Term, ...] | None
