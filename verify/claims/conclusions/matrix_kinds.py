"""Kinds of conclusion about matrices of every size: a closed list."""

from verify.claims.conclusions.matrix_bound import NonNegative
from verify.claims.conclusions.matrix_help import Aid, Lemma, Square, Use
from verify.claims.conclusions.matrix_limit import Settles
from verify.claims.conclusions.matrix_minimum import FibreMinimum
from verify.claims.conclusions.matrix_root import Root
from verify.claims.conclusions.of_matrices import Decays, Identity, Unchanged

MATRIX = (Identity, Unchanged, Decays, NonNegative, Root, FibreMinimum, Settles)
__all__ = [
    "MATRIX",
    "Aid",
    "Decays",
    "FibreMinimum",
    "Identity",
    "Lemma",
    "NonNegative",
    "Root",
    "Settles",
    "Square",
    "Unchanged",
    "Use",
]
