"""The signed power beta = u^D - v^D, entrywise, at a fixed degree D: u and v are the w_+ and w_- of
arXiv:2002.09277v3.
"""

from verify.models.catalogue.base import Model, Size
from verify.terms.affine import index
from verify.terms.arrays import Letter

D = index("D")
u, v = Letter("u", "n"), Letter("v", "n")

MODEL = Model(
    name="signed-power",
    title="signed power, beta = u^D - v^D entrywise",
    letters=(u, v),
    phi=u.whole**D - v.whole**D,
    output="beta",
    gradient=Letter("g", "n"),
    sizes=(Size("D", "degree"), Size("n", "coordinates")),
    depth="D",
    width="n",
)
