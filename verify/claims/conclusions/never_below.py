"""NeverBelow: a number is at least another at every instance. Refuted by an instance that lies
below.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.sampled import Sampled
from verify.models.samples import Quantity


@dataclass(frozen=True)
class NeverBelow(Sampled):
    """quantity >= other."""

    quantity: Quantity
    other: Quantity
    kind = "never-below"
    said = "{quantity} >= {other} as their author computes them, at every drawn instance"
    tex = (
        r"{quantity} \ge {other} \quad\text{as their author computes them, at every drawn instance}"
    )
