"""Eigenvalues of scatters that a diagonal map D = diag(w) projects: S_B e = v S_W e with D S_B D
and D S_W D has the same v for every invertible D.

E = (D S_W D)^(-1) gives E D S_B D = D^(-1) (S_W^(-1) S_B) D: similar, so the trace, and any mean of
selected eigenvalues, does not depend on w; nothing moves. Which eigenvalues are selected (those
below their minimum + eps) is a set that jumps; no sentence about a flow across such a jump is made
here.
"""

from fractions import Fraction

from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.models.matrices import Example, Matrices
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
