"""Agrees: two ways of computing give the same number at every instance. Refuted by an instance at
which they differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.sampled import Sampled
from verify.models.samples import Quantity


@dataclass(frozen=True)
class Agrees(Sampled):
    """quantity = other."""

    quantity: Quantity
    other: Quantity
    kind = "agrees"
    said = "{quantity} = {other} as their author computes them, at every drawn instance"
    tex = r"{quantity} = {other} \quad\text{as their author computes them, at every drawn instance}"
