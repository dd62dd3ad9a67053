"""Matrix factorisation X = U V^T: completion where the loss sees some of the entries (loss
``observed``).
"""

from verify.models.catalogue.base import Model, Size
from verify.terms.arrays import Letter

U, V = Letter("U", "m", "r"), Letter("V", "n", "r")

MODEL = Model(
    name="completion",
    title="matrix factorisation and completion, X = U V^T",
    letters=(U, V),
    phi=U.whole @ V.whole.T,
    output="X",
    gradient=Letter("P", "m", "n"),
    sizes=(Size("m", "rows"), Size("n", "columns"), Size("r", "columns of U and V")),
)
