"""A low-rank adapter beside a matrix, X = W + B A, all three trained."""

from verify.models.catalogue.base import Model, Size
from verify.terms.arrays import Letter

W, B, A = Letter("W", "m", "n"), Letter("B", "m", "r"), Letter("A", "r", "n")

MODEL = Model(
    name="adapter",
    title="low-rank adapter, X = W + B A, all trained",
    letters=(W, B, A),
    phi=W.whole + B.whole @ A.whole,
    output="X",
    gradient=Letter("P", "m", "n"),
    sizes=(Size("m", "outputs"), Size("n", "inputs"), Size("r", "rank of the adapter", 1)),
)
