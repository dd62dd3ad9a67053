"""The deep linear network X = W_N ... W_1. Source: arXiv:2511.01137v2."""

from verify.models.catalogue.base import Model, Size
from verify.terms.affine import Affine, N, p
from verify.terms.array_families import product
from verify.terms.arrays import Letter

W = Letter("W", ("d", p), ("d", p - 1), "p", "N")

MODEL = Model(
    name="layers",
    title="deep linear network, X = W_N ... W_1",
    letters=(W,),
    phi=product(W),
    output="X",
    gradient=Letter("P", ("d", N), ("d", Affine(0))),
    sizes=(Size("d", "widths, W_p is d_p x d_(p-1)", (2, 2, 2), run="N"),),
    names={"above": "A", "below": "B"},
    depth="N",
    width="d",
)
