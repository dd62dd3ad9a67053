"""Scalar layers x = w_1 * ... * w_N: the deep linear network of width 1."""

from verify.models.catalogue.base import Model, Size
from verify.terms.array_families import entrywise
from verify.terms.arrays import Letter

w = Letter("w", 1, 1, "k", "N")

MODEL = Model(
    name="scalars",
    title="scalar layers, x = w_1*...*w_N",
    letters=(w,),
    phi=entrywise(w),
    output="x",
    gradient=Letter("g"),
    sizes=(Size("N", "layers", 3),),
    names={"others": "P"},
    depth="N",
)
