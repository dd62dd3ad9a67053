"""Eigenvalues of projected scatters with D S_W D + lambda, where the objective changes with the
scale of w: in one dimension v = c^2 b/(c^2 s + lambda) rises with c.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, letters
from verify.models.formulas import Letter as Number
from verify.terms.expr import const
from verify.terms.expr import dot as rate

_c, _b, _s, _lam = letters("c b s lam")
V = const("v")
LDA_EIGENVALUES_OUTPUT = Claim(
    id="lda-eigenvalues-output-space",
    title="the eigenvalue of projected scatters with output-space regularisation, one dimension",
    setting=Formulas(
        "v, the eigenvalue of c^2 b against c^2 s + lam, on the ray c' = c",
        tuple(Number(x, ">") for x in ("c", "b", "s", "lam")),
        (Let("v", _c**2 * _b / (_c**2 * _s + _lam)),),
        {"c": _c},
        ({"c": 1, "b": 1, "s": 1, "lam": 1},),
    ),
    assuming=(),
    concluding={
        "slope": Equals(rate(V), 2 * _lam * _b * _c**2 / (_c**2 * _s + _lam) ** 2),
        "rises": Sign(rate(V), ">"),
    },
    source=DERIVED,
)
