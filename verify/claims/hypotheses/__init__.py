"""Hypotheses, by what they are about: networks (handed on here), formulas, matrices, directions, a
start.
"""

from verify.claims.hypotheses.networks import (
    Balanced,
    DepthAtLeast,
    Homogeneous,
    Hypothesis,
    NonZero,
    Product,
)

__all__ = ["Balanced", "DepthAtLeast", "Homogeneous", "Hypothesis", "NonZero", "Product"]
