"""The warped model beta = a^D w: every coordinate has the factor a. Source of D = 1: Azulay et al.,
2021.
"""

from verify.models.catalogue.base import Model, Size
from verify.terms.affine import index
from verify.terms.arrays import Letter

a, w = Letter("a"), Letter("w", "n")

MODEL = Model(
    name="warped",
    title="shared factor, beta = a^D w",
    letters=(a, w),
    phi=a.whole ** index("D") * w.whole,
    output="beta",
    gradient=Letter("g", "n"),
    sizes=(Size("D", "degree of the factor", 1), Size("n", "coordinates")),
    width="n",
)
