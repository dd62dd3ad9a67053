"""That each A_k has an inverse, as a hypothesis, and numbers for it."""

from fractions import Fraction

from verify.claims.hypotheses.matrices import Holds
from verify.terms.affine import k
from verify.terms.letters import Letter
from verify.terms.matrices import A, Family, num
from verify.terms.relation import Equal

h, Z = Family("h"), Family("Z")
INVERSES = Letter("Z", "k", "N", "ends", about="Z_k = A_k^(-1)")
INVERTIBLE = Holds("invertible", "each A_k has an inverse", (Equal(Z[k] * A[k], num(1), 0, 0),))
SIXTH = {"W": ([[2]], [[3]]), "P": [[0]], "Z": ([[Fraction(1, 6)]], [[Fraction(1, 3)]], [[1]])}
