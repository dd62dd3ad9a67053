"""Eigenvalues of scatters that a diagonal map D = diag(w) projects: S_B e = v S_W e with D S_B D
and D S_W D has the same v for every invertible D.

E = (D S_W D)^(-1) gives E D S_B D = D^(-1) (S_W^(-1) S_B) D: similar, so the trace, and any mean of
selected eigenvalues, does not depend on w; nothing moves. With D S_W D + lambda the objective
changes with the scale of w: in one dimension v = c^2 b/(c^2 s + lambda) rises with c. Which
eigenvalues are selected (those below their minimum + eps) is a set that jumps; no sentence about a
flow across such a jump is made here.
"""

from fractions import Fraction

from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, letters
from verify.models.formulas import Letter as Number
from verify.models.matrices import Example, Matrices
from verify.terms.expr import const
from verify.terms.expr import dot as rate
from verify.terms.letters import Letter
from verify.terms.matrices import letter, num, tr
from verify.terms.relation import Equal

D, S, B, E = (letter(x) for x in ("D", "S", "B", "Y"))

LDA_EIGENVALUES = Claim(
    id="lda-eigenvalues",
    title="scatters projected by an invertible map",
    setting=Matrices(
        letters=(
            Letter("D", "n", "n", form="invertible", about="D = diag(w) with all w_i != 0"),
            Letter("S", "n", "n", form="positive", about="S_W"),
            Letter("B", "n", "n", form="hermitian", about="S_B"),
            Letter("Y", "n", "n", about="(D* S_W D)^(-1)"),
        ),
        definitions={"inverse": (Equal(E * D.H * S * D, num(1)),)},
        layers=False,
        examples=(
            Example(
                sizes={"n": 1},
                values={"D": [[3]], "S": [[2]], "B": [[5]], "Y": [[Fraction(1, 18)]]},
            ),
        ),
    ),
    assuming=(),
    concluding={
        "similar": Identity(E * D.H * B * D, D**-1 * S**-1 * B * D),
        "trace": Identity(tr(E * D.H * B * D), tr(S**-1 * B)),
    },
    hints={
        "similar": Aid(uses={"identity": (Use("inverse", right=D**-1 * S**-1 * B * D),)}),
        "trace": Aid(uses={"identity": (Use("inverse", right=D**-1 * S**-1 * B * D, trace=True),)}),
    },
    source=DERIVED,
    remarks=(Remark("lda-ratio-trace-constant"), Remark("lda-eigenvalues-output-space")),
)

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
