"""Units of degree 2: sum_j a_j <w_j, x>^2 as a form in x, Z = sum_j a_j w_j w_j^T."""

from verify.models.catalogue.base import Model, Size
from verify.terms.array_families import over
from verify.terms.arrays import Letter

a = Letter("a", 1, 1, "j", "h")
w = Letter("w", "n", 1, "j", "h")

MODEL = Model(
    name="units",
    title="units of degree 2, Z = sum over j of a_j w_j w_j^T",
    letters=(a, w),
    phi=over("j", "h", a.here @ (w.here @ w.here.T)),
    output="Z",
    gradient=Letter("G", "n", "n", symmetric=True),
    sizes=(Size("h", "units"), Size("n", "inputs")),
    width="h",
)
