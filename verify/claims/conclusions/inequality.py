"""Inequality: left <= right at every time. Proved by one of two rules, each bound to a shape;
refuted by a germ at t = 0+.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.claims.conclusions.base import Conclusion, Failure, Hints
from verify.exact.errors import NotGeneric
from verify.terms.expr import Expr, L, dot, over_layers, q, start, total, u
from verify.terms.words import latex, words

if TYPE_CHECKING:
    from verify.models.jets import Motion

_Q = total("i", q["i"])
_LAYER = total("i", u["l", "i"] ** 2)
_SPREAD = over_layers("max", "l", u["l", "i"] ** 2) - over_layers("min", "l", u["l", "i"] ** 2)

#: rule -> (left, right up to a factor c >= 1, obligations)
SHAPES: dict[str, tuple[Expr, Expr, tuple[Expr, ...]]] = {
    "HOLDER": (_Q**L, over_layers("prod", "l", start(_LAYER)), (dot(_LAYER),)),
    "GEOMETRIC_MEAN_BETWEEN": (
        abs(_Q - start(_Q)),
        total("i", _SPREAD),
        (dot(u["l", "i"] ** 2 - u["m", "i"] ** 2), dot(_LAYER)),
    ),
}


@dataclass(frozen=True)
class Inequality(Conclusion):
    """left <= right for as long as the flow exists."""

    left: Expr
    right: Expr
    kind = "inequality"
    said = "{left} <= {right} for as long as the flow exists"
    tex = r"{left} \le {right}"

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        if hints.rule not in SHAPES:
            raise NotGeneric("an inequality needs a rule: " + " or ".join(sorted(SHAPES)))
        left, right, obligations = SHAPES[hints.rule]
        if (shape_of(self) or ("",))[0] != hints.rule:
            raise NotGeneric(
                f"{hints.rule} proves {words(left)} <= {words(right)}, or a larger right side;"
                " nothing else"
            )
        return obligations

    def rules(self, hints: Hints) -> tuple[str, ...]:
        return (hints.rule, "ZERO_DERIVATIVE_IS_CONSTANT") if hints.rule else ()

    def order(self) -> int:
        return 2

    def fails(self, motion: Motion, scope: Mapping[str, int]) -> Failure | None:
        gap = motion.value(self.left, scope) - motion.value(self.right, scope)
        power = next((s for s, c in enumerate(gap.c) if motion.ring.sign(c) != 0), None)
        if power is None or motion.ring.sign(gap.c[power]) != 1:
            return None
        moment = "at t = 0" if power == 0 else f"for small t > 0, times t^{power} + o(t^{power})"
        tex = latex(self.left - self.right)
        small = "\\ \\text{for small } t > 0\\text{ begins as }"
        tex += (
            "\\big|_{t=0}" if power == 0 else f"{small} c\\,t^{{{power}}} + o(t^{{{power}}}), \\ c"
        )
        return Failure(
            f"{words(self.left - self.right)} {moment}", motion.ring.text(gap.c[power]), tex
        )


def shape_of(c: Conclusion) -> tuple[str, Fraction] | None:
    """The rule that proves an inequality, and the factor >= 1 on its right side."""
    if not isinstance(c, Inequality):
        return None
    for rule, (left, right, _) in SHAPES.items():
        factor = _factor(c.right, right)
        if c.left == left and factor is not None and factor >= 1:
            return rule, factor
    return None


def _factor(side: Expr, shape: Expr) -> Fraction | None:
    """c with side = c * shape, read from the tree."""
    if side == shape:
        return Fraction(1)
    if (
        side.head == "*"
        and len(side.args) == 2
        and side.args[0].head == "num"
        and side.args[1] == shape
    ):
        return side.args[0].args[0]
    return None
