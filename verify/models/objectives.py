"""Losses of a model's output as arrays, so that their gradients are derived like everything else.

Of any output: ``squared`` 1/2 |Z - Y|^2, ``linear`` <Y, Z>; of one matrix ``observed``
1/2 |M * (Z - Y)|^2, M of entries 0 and 1; of a vector also every family of
``verify.models.losses`` and every expression that ``--loss`` knows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.models.catalogue.base import Model
from verify.models.losses import FAMILIES
from verify.models.losses.degree import degree_of
from verify.models.losses.grammar import parse_loss
from verify.terms.array_families import over
from verify.terms.array_gradients import gradients
from verify.terms.array_values import Sizes, extent
from verify.terms.arrays import (
    ONE,
    Array,
    Extent,
    Letter,
    exp,
    inner,
    log,
    plus,
    power,
    times,
)
from verify.terms.expr import Expr

_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Objective:
    """J of the output ``z``; ``data`` are its own letters. ``expr`` is its formula, where it is one
    in forms and coordinates of a vector.
    """

    name: str
    value: Array
    z: Letter
    data: tuple[Letter, ...]
    expr: Expr | None = None

    def gradient(self) -> Array:
        """dJ/dz, at its own index where the output is a stack."""
        return gradients(self.value, ONE, (self.z,))[self.z]

    def refuse_beyond(self, model: Model, sizes: Sizes) -> None:
        """Raises BadInput where the loss uses a coordinate that there is not."""
        used = [int(x.name[2:]) for x in self.data if x.name.startswith("e_")]
        count = extent(model.gradient.rows, sizes, {}) if _vector(model) else 0
        if used and max(used) > count:
            raise BadInput(
                f"--loss {self.name}: it uses the coordinate {max(used)} of {model.output}, which"
                f" has {count} here; expected larger sizes"
            )
        family = next((f for f in FAMILIES if f.name == self.name and self.expr), None)
        if family and not family.widths[0] <= count <= family.widths[1]:
            raise BadInput(
                f"--loss {self.name}: it is defined for {family.widths[1]} coordinates of"
                f" {model.output}, which has {count} here"
            )

    def given(self) -> list[str]:
        """Its data, and what they are."""
        kinds = {"M": " (entries 0 or 1)"} if self.name == "observed" else {}
        kinds |= {x.name: " (symmetric)" for x in self.data if x.symmetric}
        kinds |= {x.name: " (a unit vector)" for x in self.data if x.name.startswith("e_")}
        return [x.name + kinds.get(x.name, "") for x in self.data]


def objective(model: Model, name: str) -> Objective:
    """The loss of that name, or the expression. Raises BadInput naming what there is."""
    g = model.gradient
    z = replace(g, name=model.output.partition("_")[0])
    target = replace(g, name="Y")
    if name in known(model)[: 3 if model.phi.head != "stack" else 2]:
        return _of_matrices(model, name, z, target)
    if not _vector(model):
        raise BadInput(_unknown(model, name))
    family = next((f for f in FAMILIES if f.name == name), None)
    try:
        expr = family.expr(2) if family else parse_loss(name)
    except BadInput as error:
        if name.replace("-", "").isalpha():
            raise BadInput(_unknown(model, name)) from None
        raise error
    degree_of(expr)  # refuses a division by what is zero for every w
    found = _Written(z)
    value = found.array(expr)
    return Objective(name, value, z, tuple(found.data.values()), expr)


def known(model: Model) -> list[str]:
    """Names of losses, those of the output as a matrix first."""
    own = ["squared", "linear", *(["observed"] if model.phi.head != "stack" else [])]
    more = [f.name for f in FAMILIES if f.name not in own] if _vector(model) else []
    return [*own, *more]


def _vector(model: Model) -> bool:
    g = model.gradient
    return g.columns == 1 and g.rows != 1 and not g.index


def _unknown(model: Model, name: str) -> str:
    names = known(model)
    near = get_close_matches(name, names, 1)
    hint = f"did you mean {near[0]}? " if near else ""
    also = "; or an expression such as '-B/(W+N)'" if _vector(model) else ""
    return f"--loss {name!r:.60} of the model {model.name}: {hint}known: {', '.join(names)}{also}"


def _of_matrices(model: Model, name: str, z: Letter, target: Letter) -> Objective:
    x, y, data = z.here, target.here, tuple[Letter, ...]((target,))
    if name == "linear":
        value = inner(y, x)
    elif name == "squared":
        gap = x - y
        value = _HALF * Array("dot", (gap, gap))
    else:
        mask = replace(z, name="M")
        gap, data = times(mask.here, x - y), (target, mask)
        value = _HALF * Array("dot", (gap, gap))
    if model.phi.head == "stack":
        at, low, high, _ = model.phi.args
        value = over(at, high, value, low)
    return Objective(name, value, z, data)


class _Written:
    """An expression in forms and coordinates of w as an array in the output."""

    def __init__(self, z: Letter) -> None:
        self.z, self.data = z, dict[str, Letter]()

    def letter(
        self, name: str, rows: Extent = 1, columns: Extent = 1, symmetric: bool = False
    ) -> Array:
        self.data.setdefault(name, Letter(name, rows, columns, symmetric=symmetric))
        return self.data[name].whole

    def array(self, node: Expr) -> Array:
        x, n = self.z.whole, self.z.rows
        assert isinstance(n, str)
        match node:
            case Expr("num", (c,)):
                return plus([(c, ONE)])
            case Expr("const", (name,)):
                return self.letter(name)
            case Expr("form", ("quad", "I")):
                return inner(x, x)
            case Expr("form", ("quad", name)):
                return inner(x, self.letter(name, n, n, symmetric=True) @ x)
            case Expr("form", ("lin", name)):
                return inner(self.letter(name, n), x)
            case Expr("at", (_, i)):
                return inner(self.letter(f"e_{i}", n), x)
            case Expr("^", (base, Expr("num", (e,)))):
                inside = self.array(base)
                _refuse_constant(inside, f"its power {e}", e < 0, e.denominator != 1)
                return power(inside, e)
            case Expr("log", (body,)):
                inside = self.array(body)
                _refuse_constant(inside, "its logarithm", True, True)
                return log(inside)
            case Expr("exp", (body,)):
                return exp(self.array(body))
        parts = [self.array(a) for a in node.args]
        return plus((1, a) for a in parts) if node.head == "+" else times(*parts)


def _refuse_constant(x: Array, what: str, zero: bool, negative: bool) -> None:
    """Raises BadInput where x is one number for every w, and that is 0 or negative as asked."""
    if any(y != ONE for _, y in x.terms):
        return
    c = sum((c for c, _ in x.terms), Fraction(0))
    if (zero and c == 0) or (negative and c < 0):
        raise BadInput(
            f"--loss: a part of it is {c} for every w; {what} is not defined. Expected a loss that"
            " is defined somewhere; check the formula."
        )
