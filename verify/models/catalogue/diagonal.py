"""The diagonal linear network w = u_1 * ... * u_L, entrywise. Source: arXiv:2603.02622v1
(abstract).
"""

from verify.models.catalogue.base import Model, Size
from verify.terms.array_families import entrywise
from verify.terms.arrays import Letter

u = Letter("u", "n", 1, "l", "L")

MODEL = Model(
    name="diagonal",
    title="diagonal linear network, w = u_1*...*u_L entrywise",
    letters=(u,),
    phi=entrywise(u),
    output="w",
    gradient=Letter("g", "n"),
    sizes=(Size("L", "layers"), Size("n", "coordinates")),
    names={"others": "P"},
    depth="L",
    width="n",
)
