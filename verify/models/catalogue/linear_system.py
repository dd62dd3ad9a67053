"""Linear systems (A, B, C) through their Markov parameters C A^k B, k < 2n, which fix the transfer
function C (z - A)^(-1) B. Source: arXiv:2511.01137v2, section 1.3.1.
"""

from verify.models.catalogue.base import Model, Size
from verify.terms.affine import Affine, index
from verify.terms.array_families import stacked
from verify.terms.arrays import Letter, matrix_power

A, B, C = Letter("A", "n", "n"), Letter("B", "n", "m"), Letter("C", "r", "n")
k, LAST = index("k"), Affine(-1, (("n", 2),))

MODEL = Model(
    name="linear-system",
    title="linear system, H_k = C A^k B for k = 0..2n-1",
    letters=(A, B, C),
    phi=stacked("k", 0, LAST, C.whole @ matrix_power(A.whole, k) @ B.whole),
    output="H_k",
    gradient=Letter("G", "r", "m", "k", LAST, first=0),
    sizes=(Size("n", "states"), Size("m", "inputs", 1), Size("r", "outputs", 1)),
    width="n",
)
