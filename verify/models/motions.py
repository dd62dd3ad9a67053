"""How the matrices of a setting move: a closed list. Gradients and the equation of a flow on a
fibre are derived, never typed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, up_to
from verify.terms.matrices import Mat
from verify.terms.matrix_grammar import expression


def objective(place: str, x: Mat) -> None:
    """Raises BadInput for what is no expression, or has a power whose variation no reader takes."""
    expression(place, x)
    powers = [n.args[1] for n in x.walk() if n.head == "^"]
    if high := [e for e in powers if not e.terms and e.const > LIMITS["variation"]]:
        raise BadInput(
            f"{place} has the power {high[0]}; expected {up_to('variation')}: write it as a product"
        )


@dataclass(frozen=True, slots=True)
class Still:
    """Nothing moves: an identity between matrices."""

    kind: ClassVar[str] = "still"


@dataclass(frozen=True, slots=True)
class GradientFlow:
    """W_k' = -(gradient of ``objective`` in W_k); the objective may contain E(X), any C^1 loss of
    the product.
    """

    objective: Mat
    kind: ClassVar[str] = "gradient-flow"

    def __post_init__(self) -> None:
        """Raises BadInput for an objective that is no expression."""
        objective("GradientFlow: objective", self.objective)


@dataclass(frozen=True, slots=True)
class GradientStep:
    """One descent step W_k^+ = W_k - eta (gradient of ``objective`` in W_k), eta any real
    number.
    """

    objective: Mat
    kind: ClassVar[str] = "gradient-step"

    def __post_init__(self) -> None:
        """Raises BadInput for an objective that is no expression."""
        objective("GradientStep: objective", self.objective)


@dataclass(frozen=True, slots=True)
class ActionFlow:
    """W_k' = (w_c)_k = c_k W_k - W_k c_(k-1) for the constant family ``family``, c_0 = c_N = 0:
    along a one-parameter subgroup.
    """

    family: str
    kind: ClassVar[str] = "action-flow"


@dataclass(frozen=True, slots=True)
class FibreFlow:
    """W_k' = -(w_b)_k, the gradient flow of ``objective`` on the fibre of X: <w_b, w_a> = d
    objective(w_a) for every a.

    ``family`` names b. The relation for b is derived; its name is "fibre".
    """

    objective: Mat
    family: str = "b"
    kind: ClassVar[str] = "fibre-flow"

    def __post_init__(self) -> None:
        """Raises BadInput for an objective that is no expression."""
        objective("FibreFlow: objective", self.objective)


@dataclass(frozen=True)
class Prescribed:
    """Each letter's derivative is given, an expression in k for a family; letters not named are
    constant.
    """

    rates: Mapping[str, Mat] = field(default_factory=dict)
    kind: ClassVar[str] = "prescribed"

    def __post_init__(self) -> None:
        """Raises BadInput for rates that are no expressions by names of letters."""
        if not isinstance(self.rates, Mapping):
            raise BadInput(
                f"Prescribed: rates = {self.rates!r:.60}; expected a map from letters to rates,"
                ' such as {"Y": Z}'
            )
        for name, rate in self.rates.items():
            expression(f"Prescribed: the rate of {name}", rate)


Motion = Still | GradientFlow | GradientStep | ActionFlow | FibreFlow | Prescribed
MOTIONS = (Still, GradientFlow, GradientStep, ActionFlow, FibreFlow, Prescribed)
