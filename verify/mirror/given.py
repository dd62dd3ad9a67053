"""A parametrisation as it is decided: a field, outputs in it, names of everything, and an exact
start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isqrt
from typing import Any

from flint import arb, fmpq, fmpq_mat

from verify.exact.errors import BadInput, NoValue
from verify.mirror.field import Element, Field
from verify.mirror.geometry import Geometry
from verify.models.catalogue.base import Model, entry_names
from verify.models.derived import coordinates, outputs, phi_at, shown
from verify.terms.array_values import Arithmetic, Sizes

MOST_PARAMETERS = 40


@dataclass(frozen=True)
class Given:
    """``values`` are those of all letters at the start: fmpq, or a ball where a letter is not
    rational there.
    """

    name: str
    title: str
    sizes: str
    field: Field
    outputs: tuple[Element, ...]
    output_names: tuple[str, ...]
    start: tuple[Fraction, ...]
    values: tuple[Any, ...]
    within: Any = None  #: the linear subspace in which the start stays (``subspace.Within``)
    alike: tuple[tuple[str, str], ...] = ()  #: outputs that are the same function as an earlier one


def of_model(model: Model, sizes: Sizes, start: Sequence[Fraction] | None = None) -> Given:
    """A model of the house at given sizes. Raises BadInput for a start that does not fit, NoValue
    for a model with too many parameters.
    """
    names = coordinates(model, sizes)
    refuse_many(len(names))
    field = Field(names)
    ring = Arithmetic(lift=field.number)
    found = phi_at(model, sizes, [field.letter(i) for i in range(len(names))], ring)
    return begun(
        Given(
            model.name,
            model.title,
            shown(sizes),
            field,
            tuple(found),
            tuple(output_names(model, sizes)),
            (),
            (),
        ),
        start,
    )


def refuse_many(count: int) -> None:
    """Raises NoValue."""
    if count > MOST_PARAMETERS:
        raise NoValue(
            f"{count} parameters; up to {MOST_PARAMETERS} are decided: give smaller sizes"
        )


def begun(given: Given, start: Sequence[Fraction] | None) -> Given:
    """From this start, or a generic one, if possible where J has full rank, equal outputs once.
    Raises BadInput for too few or too many numbers, and where an output has no value.
    """
    given, field = _once(given), given.field
    count = field.parameters
    if start is not None:
        return _begun(given, list(start) * count if len(start) == 1 else list(start))
    sums = [i for i, (k, f) in field.made.items() if k == "exp" and f.top.total_degree() == 1]
    inside = {k for i in sums for k in field.rates[i]}  # a product of zeros has no slope there
    first = None
    for shift in (Fraction(0), Fraction(1, 2), Fraction(1, 7)):
        fixed = inside if shift.denominator < 7 else set()
        tried = [Fraction(0) if i in fixed else x + shift for i, x in enumerate(generic(count))]
        try:
            found = _begun(given, tried)
        except BadInput:
            continue
        full = _full_rank(found)
        if full or (full is None and first is None):
            return found
        first = first or found
    return first or _begun(given, [x + Fraction(1, 7) for x in generic(count)])


def _full_rank(given: Given) -> bool | None:
    """Whether J has full rank at the start; None where its slopes are no fractions."""
    g = Geometry(given.field, given.outputs)
    rows = [[row[k].at(given.values) if k in row else fmpq(0) for k in g.parameters]
            for row in g.slopes]  # fmt: skip
    if not all(isinstance(x, fmpq) for row in rows for x in row):
        return None
    flat = [x for row in rows for x in row]
    return bool(flat) and bool(fmpq_mat(g.count, len(g.parameters), flat).rank() == g.count)


def _begun(given: Given, start: list[Fraction]) -> Given:
    field = given.field
    count = field.parameters
    if len(start) != count:
        raise BadInput(
            f"--start: {len(start)} numbers; {given.name} has {count} parameters, in this order:"
            f" {', '.join(field.names[:count])}"
        )
    values: list[Any] = [fmpq(x.numerator, x.denominator) for x in start]
    try:
        for i in range(count, len(field.names)):
            values.append(_adjoined(field, i, values))
        for f in given.outputs:
            f.at(values)
    except NoValue as error:
        raise BadInput(
            f"--start {', '.join(map(str, start))}: {given.name} has no value there: {error};"
            " expected a start at which all outputs are defined"
        ) from error
    return replace(given, start=tuple(start), values=tuple(values))


def _once(given: Given) -> Given:
    kept: list[tuple[str, Element]] = []
    alike = []
    for name, f in zip(given.output_names, given.outputs, strict=True):
        same = next((n for n, x in kept if x.same(f)), None)
        if same is None:
            kept.append((name, f))
        else:
            alike.append((name, same))
    names, outputs = zip(*kept, strict=True)
    return replace(given, output_names=names, outputs=outputs, alike=tuple(alike))


def generic(count: int) -> list[Fraction]:
    """1 and the first primes."""
    found, x = [1], 2
    while len(found) < count:
        if all(x % p for p in range(2, isqrt(x) + 1)):
            found.append(x)
        x += 1
    return [Fraction(x) for x in found]


def _adjoined(field: Field, i: int, values: Sequence[Any]) -> Any:
    """What a letter is at the start, from those before it."""
    if i not in field.made:
        return field.letter(i)  # a degree that stays a letter
    kind, inner = field.made[i]
    x = inner.at(values)
    if kind == "power" and x == 1:
        return fmpq(1)
    exact = isinstance(x, fmpq)
    if kind == "exp":
        return fmpq(1) if x == 0 else (arb(x) if exact else x).exp()
    if kind in ("log", "sqrt") and not x > 0:
        raise BadInput(
            f"--start: {field.names[i]} has no value, or is not smooth, there; expected a start"
            " where what is inside is positive"
        )
    if kind == "log":
        return fmpq(0) if x == 1 else (arb(x) if exact else x).log()
    if kind == "sqrt":
        root = fmpq(isqrt(int(x.p)), isqrt(int(x.q))) if exact else None
        return root if root is not None and root * root == x else arb(x).sqrt()
    raise NoValue(f"{field.names[i]} has no value at a point")


def output_names(model: Model, sizes: Sizes) -> list[str]:
    """What the outputs are called, entry by entry."""
    stem = model.output.partition("_")[0]
    return [
        name
        for of, i in outputs(model, sizes)
        for row in entry_names(replace(of, name=stem), i, sizes)
        for name in row
    ]
