"""Two layers of ReLU units without bias, through the products of paths a_j b_j^T: on each set of
inputs with fixed signs the network is linear in those of the active units.
"""

from verify.models.catalogue.base import Model, Size
from verify.terms.affine import index
from verify.terms.array_families import stacked
from verify.terms.arrays import Letter

a = Letter("a", "m", 1, "j", "h")
b = Letter("b", "n", 1, "j", "h")

MODEL = Model(
    name="relu",
    title="two layers of ReLU units, Z_j = a_j b_j^T for each unit",
    letters=(a, b),
    phi=stacked("j", 1, index("h"), a.here @ b.here.T),
    output="Z_j",
    gradient=Letter("G", "m", "n", "j", "h"),
    sizes=(Size("h", "units"), Size("n", "inputs"), Size("m", "outputs", 1)),
    width="h",
)
