"""What the kernel has resolved, as a certificate writes it: it lies where every theory sees it."""

from verify.theories.written import (
    affine,
    cofactor,
    exponent,
    factor,
    kind,
    label,
    letter,
    named,
    needed,
    product,
    ranges,
    size,
    terms,
    text_of,
)

__all__ = [
    "affine", "cofactor", "exponent", "factor", "kind", "label", "letter", "named", "needed",
    "product", "ranges", "size", "terms", "text_of",
]  # fmt: skip
