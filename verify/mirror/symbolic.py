"""A model of the house with a size that stays a letter: a degree D > 2 that occurs in exponents.

U = u^D is adjoined for each letter u that has such a power, with u dU = D U du; at the start every
parameter is 1, so that U = 1 for every D. A value at the start is then a rational function of D,
and its sign is told where D = 2 + t has coefficients of one sign (``verify.mirror.signs``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.mirror.field import Element, Field
from verify.mirror.given import Given, begun, output_names, refuse_many
from verify.models.catalogue.base import Model
from verify.models.derived import arranged, coordinates
from verify.terms.affine import Affine
from verify.terms.array_values import Arithmetic, Rows, Sizes, Values
from verify.terms.arrays import Array


@dataclass
class Powers(Values):
    """Values in which x^D of a letter x is a letter of its own."""

    degree: tuple[str, Field, int] = field(kw_only=True)

    def _fresh(self, x: Array, at: dict[str, int]) -> Rows | None:
        name, own, place = self.degree
        if x.head == "^" and isinstance(x.args[1], Affine) and x.args[1].coefficient(name):
            inner, e = self.rows(x.args[0], **at), x.args[1]
            rest = e - Affine(0, ((name, e.coefficient(name)),))
            constant = self._number(rest, at)
            power = lambda y: power_letter(own, y, place) ** e.coefficient(name)
            return [[power(y) * y ** int(constant) for y in row] for row in inner]
        return super()._fresh(x, at)


def power_letter(own: Field, x: Element, degree: int) -> Element:
    """x^D of a parameter x. Raises BadInput for what is no parameter."""
    letters = x.letters()
    if len(letters) != 1 or not x.same(own.letter(letters[0])) or letters[0] >= own.parameters:
        raise BadInput("a degree that stays a letter: expected powers of single parameters")
    (i,) = letters
    known = next((n for n, (_, y) in own.made.items() if y.same(x)), None)
    if known is None:
        known = own.adjoin(f"{own.names[i]}^{own.names[degree]}", {})
        own.made[known] = ("power", x)
        own.rates[known] = {i: own.letter(degree) * own.letter(known) / x}
    return own.letter(known)


def with_a_letter(
    model: Model, name: str, sizes: Sizes, start: Sequence[Fraction] | None = None
) -> Given:
    """The model with the size ``name`` as a letter, the others as given. Raises BadInput for a size
    that is no exponent, and for a start other than 1.
    """
    if start is not None and any(x != 1 for x in start):
        raise BadInput(
            f"--start: with {name} a letter every parameter begins at 1, where its powers are 1;"
            f" leave it out, or give {name} a number"
        )
    rest = {n: s for n, s in sizes.items() if n != name}
    try:
        names = coordinates(model, rest)
    except KeyError as error:
        raise BadInput(
            f"--sizes {name}: {model.name} has arrays of this size; only an exponent may stay a"
            " letter"
        ) from error
    refuse_many(len(names))
    own = Field(names, len(names) + 1)
    place = own.adjoin(name)
    theta = [own.letter(i) for i in range(len(names))]
    ring = Arithmetic(lift=own.number)
    known = arranged(model.members(rest), rest, theta)
    values = Powers(known, rest, ring, degree=(name, own, place))
    found = [x for rows in values.stack(model.phi) for row in rows for x in row]
    said = ", ".join([f"{name} > 2 a letter", *(f"{n} = {s}" for n, s in rest.items())])
    outputs = tuple(output_names(model, rest))
    given = Given(model.name, model.title, said, own, tuple(found), outputs, (), ())
    return begun(given, [Fraction(1)] * len(names))
