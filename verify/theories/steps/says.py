"""What each rule of the kernel does, in words."""

from __future__ import annotations

#: what a rule does, by the field of uses that it asks for
SAYS: dict[str, dict[str, str]] = {
    "lin": {"by": "by"},
    "keep": {"by": "it holds at the start, and its derivative is 0 by"},
    "induct": {"base": "by induction, at the first place by", "step": "and from place to place by"},
    "peel": {"": "a summand at the end is written apart"},
    "constant": {"by": "its derivative is 0 by"},
    "start": {"use": "at the start, of"},
    "squares": {"by": "the difference is a sum of squares, by"},
    "root": {"by": "neither side is negative, and powers of them are equal by"},
    "product-power": {"by": "a product over all layers, in which each factor is the same by"},
    "between": {
        "by": "a mean lies between bounds of what is multiplied, by",
        "power-by": "where its power is the product by",
    },
    "hoelder": {
        "by": "by H\u00f6lder's inequality, a cited theorem, of sums by",
        "power-by": "where the power of a mean is the product by",
        "total-by": "and what is bounded is their sum by",
    },
}
