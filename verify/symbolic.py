"""The derived flow and the candidate laws as SymPy expressions, for reading, LaTeX and notebooks.
SymPy decides nothing here.

>>> from verify.symbolic import flow, written
>>> from verify.terms.expr import total, u
>>> flow(2, 1)                    # u_l' = -P_l g for L = 2, n = 1, loss abstract
{u_1_1: -g_1*u_2_1, u_2_1: -g_1*u_1_1}
>>> written(total("i", u["l", "i"] ** 2), 2, 2, l=1)
u_1_1**2 + u_1_2**2
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

import sympy

from verify.exact.errors import BadInput
from verify.models.catalogue import model
from verify.models.catalogue.base import entry_names
from verify.models.catalogue.diagonal import MODEL as DIAGONAL
from verify.models.derived import coordinates, motion, outputs, phi_at, slopes_at
from verify.models.entries import identifier
from verify.models.losses.base import Loss
from verify.models.losses.matrices import dense
from verify.terms.array_values import Arithmetic
from verify.terms.exponents import exponent_of
from verify.terms.expr import Expr


def weight(l: int, i: int) -> sympy.Symbol:
    """The symbol u_l_i, real."""
    return _letter(f"u_{l}_{i}")


def _letter(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, real=True)


def products(depth: int, width: int) -> list[Any]:
    """w_i = u_1,i ... u_L,i."""
    theta = [weight(l, i) for l in range(1, depth + 1) for i in range(1, width + 1)]
    return phi_at(DIAGONAL, {"L": depth, "n": width}, theta)


def gradient(width: int, loss: Loss | None, w: list[Any]) -> list[Any]:
    """grad J(w): free symbols g_i for an abstract loss, otherwise the derivative of its formula."""
    if loss is None:
        return [_letter(f"g_{i}") for i in range(1, width + 1)]
    letters = [_letter(f"w_{i}") for i in range(1, width + 1)]
    formula = _formula(loss.expr, loss, letters)
    return [
        formula.diff(x).subs(list(zip(letters, w, strict=True)), simultaneous=True) for x in letters
    ]


def flow(depth: int, width: int, loss: Loss | None = None) -> dict[Any, Any]:
    """Right-hand sides of u_l,i' = -P_l,i g_i, entry by entry. Raises BadInput for sizes below
    1.
    """
    if depth < 1 or width < 1:
        raise BadInput(f"depth {depth}, width {width}: expected whole numbers from 1 on")
    theta = [weight(l, i) for l in range(1, depth + 1) for i in range(1, width + 1)]
    g = gradient(width, loss, products(depth, width))
    sizes = {"L": depth, "n": width}
    return dict(zip(theta, slopes_at(motion(DIAGONAL), sizes, theta, g), strict=True))


def equations(name: str, sizes: tuple[int, ...]) -> dict[Any, Any]:
    """The flow of a model of the catalogue at its sizes, for a free gradient: a symbol for each
    coordinate, called as ``verify ode --format sympy`` calls it, with its slope.

    >>> equations("signed-power", (3, 1))
    {u_1: -3*g_1*u_1**2, v_1: 3*g_1*v_1**2}

    Raises BadInput for an unknown model and for sizes that do not fit.
    """
    found = model(name)
    at = found.at(sizes)
    letter = lambda n: _letter(identifier(n))
    theta = [letter(n) for n in coordinates(found, at)]
    g = []
    for of, i in outputs(found, at):
        rows = entry_names(of, i, at)
        for r, row in enumerate(rows):
            g += [letter(rows[c][r] if of.symmetric and c < r else n) for c, n in enumerate(row)]
    ring = Arithmetic(lift=_number)
    return dict(zip(theta, slopes_at(motion(found), at, theta, g, ring), strict=True))


def written(expr: Expr, depth: int, width: int, **indices: int) -> Any:
    """A statement's expression at one size in the symbols u_l_i, with values for its free indices.

    Raises BadInput for what has no entrywise form here (time derivatives, values after a step,
    losses): build those from ``flow``.
    """
    return _Writer(depth, width).write(expr, indices)


class _Writer:
    def __init__(self, depth: int, width: int) -> None:
        self.sizes = {"layers": depth, "coordinates": width}
        self.w = products(depth, width)

    def write(self, node: Expr, scope: Mapping[str, int]) -> Any:
        match node:
            case Expr("num", (x,)):
                return sympy.Rational(x.numerator, x.denominator)
            case Expr("const", ("L" | "n" as name,)):
                return self.sizes["layers" if name == "L" else "coordinates"]
            case Expr("const", (name,)):
                return sympy.Symbol(name, real=True)
            case Expr("at", (name, *indices)):
                return self.atom(name, [scope.get(x, x) for x in indices])
            case Expr("+", args):
                return sympy.Add(*(self.write(a, scope) for a in args))
            case Expr("*", args):
                return sympy.Mul(*(self.write(a, scope) for a in args))
            case Expr("^", (base, e)):
                a, b = exponent_of(e)
                power = a + b * self.sizes["layers"]
                return self.write(base, scope) ** sympy.Rational(power.numerator, power.denominator)
            case Expr("sum" | "prod" | "max" | "min" as head, (index, kind, body)):
                terms = [
                    self.write(body, {**scope, index: x}) for x in range(1, self.sizes[kind] + 1)
                ]
                return {"sum": sympy.Add, "prod": sympy.Mul, "max": sympy.Max, "min": sympy.Min}[
                    head
                ](*terms)
            case Expr("abs", (body,)):
                return sympy.Abs(self.write(body, scope))
        raise BadInput(f"'{node.head}' has no entrywise form; build it from verify.symbolic.flow")

    def atom(self, name: str, at: list[Any]) -> Any:
        depth = self.sizes["layers"]
        if name == "u":
            return weight(*at)
        if name in ("P", "R"):
            return prod(weight(l, at[-1]) for l in range(1, depth + 1) if l not in at[:-1])
        if name == "w":
            return self.w[at[0] - 1]
        if name == "q":
            return sympy.Abs(self.w[at[0] - 1]) ** sympy.Rational(2, depth)
        return sympy.Symbol("_".join([name, *map(str, at)]), real=True)


def _number(x: Fraction) -> Any:
    return sympy.Rational(x.numerator, x.denominator)


def _formula(node: Expr, loss: Loss, w: list[Any]) -> Any:
    """A loss in the letters w_i."""
    number = _number
    match node:
        case Expr("num", (x,)):
            return number(x)
        case Expr("const", (name,)):
            return number(loss.data[name])  # type: ignore[arg-type]
        case Expr("at", (_, i)):
            return w[i - 1]
        case Expr("form", ("lin", name)):
            return sympy.Add(*(number(a) * x for a, x in zip(loss.data[name], w, strict=True)))  # type: ignore[arg-type]
        case Expr("form", (_, name)):
            rows: Any = dense(loss.data[name])  # type: ignore[arg-type]
            return sympy.Add(
                *(
                    number(a) * x * y
                    for row, x in zip(rows, w, strict=True)
                    for a, y in zip(row, w, strict=True)
                )
            )
        case Expr("^", (base, Expr("num", (e,)))):
            return _formula(base, loss, w) ** number(e)
    parts = [_formula(a, loss, w) for a in node.args]
    return {"+": sympy.Add, "*": sympy.Mul, "log": sympy.log, "exp": sympy.exp}[node.head](*parts)
