"""The signed diagonal network beta = u_1 * ... * u_L - v_1 * ... * v_L, entrywise: at L = 2 the
untied pairs u_1 o u_2 - v_1 o v_2.
"""

from verify.models.catalogue.base import Model, Size
from verify.terms.array_families import entrywise
from verify.terms.arrays import Letter

u, v = Letter("u", "n", 1, "l", "L"), Letter("v", "n", 1, "l", "L")

MODEL = Model(
    name="signed-product",
    title="signed diagonal network, beta = u_1*...*u_L - v_1*...*v_L entrywise",
    letters=(u, v),
    phi=entrywise(u) - entrywise(v),
    output="beta",
    gradient=Letter("g", "n"),
    sizes=(Size("L", "layers"), Size("n", "coordinates")),
    names={"others of u": "P", "others of v": "R"},
    depth="L",
    width="n",
)
