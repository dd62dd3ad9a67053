"""The nuclear norm Tr R, R = (X* X)^(1/2), is strictly plurisubharmonic where X is invertible:
its Levi form is positive definite. Section 4.4 of arXiv:2511.01137v2 leaves that open at p = 1.

Along any path the slope is <X R^(-1), X'>, so along a line X' = Y the second derivative is the
inner product of Y and (X R^(-1))' = (Y - X R^(-1) Q) R^(-1), Q = R': it is Re Tr R^(-1) (Y* Y - Q
Q). The Levi form is a quarter of the sum of that for Y and for iY. Let V solve V R + R V = 2 X* Y
(it does exist, for R > 0). Then Q = (V + V*)/2 for Y, K = i (V - V*)/2 for iY, and with R = S^2
four times the Levi form is 1/2 ||S^(-2) V S||^2 + 1/2 ||S^(-1) V||^2. It is 0 only for V = 0, hence
for Y = 0. In the frames of X it is a quarter of the sum of 2 |Y_ij|^2/(sigma_i + sigma_j); for d =
1, 1/(4 |z|). Derived.
"""

from proofs.lemmas.sylvester import Q, R, X, Y
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.models.matrices import Example, Matrices
from verify.models.motions import Prescribed
from verify.terms.letters import Letter
from verify.terms.matrices import dot, inner, tr
from verify.terms.relation import Equal

OPEN = Source("2511.01137v2", "sec 4.4", note="left open there; derived")

LM_NUCLEAR_BEND = Claim(
    id="lm-nuclear-bend",
    title="first and second derivative of the nuclear norm",
    setting=Matrices(
        Prescribed({"X": Y, "R": Q}),
        letters=(
            Letter("X", "m", "n", about="any path of matrices with X* X > 0"),
            Letter("Y", "m", "n"),
            Letter("R", "n", "n", form="positive"),
            Letter("Q", "n", "n", form="hermitian"),
        ),
        definitions={"root": (Equal(R**2, X.H * X),)},
        layers=False,
        examples=(
            Example(
                sizes={"m": 1, "n": 1},
                values={"X": [[3]], "Y": [[(1, 2)]], "R": [[3]], "Q": [[1]]},
            ),
        ),
    ),
    assuming=(),
    concluding={
        "slope": Identity(dot(tr(R)), inner(X * R**-1, Y)),
        "bend": Identity(inner(dot(X * R**-1), Y), tr(R**-1 * (Y.H * Y - Q * Q))),
    },
    hints={
        "slope": Aid(uses={"identity": (Use("root'", left=R**-1 / 2, trace=True),)}),
        "bend": Aid(uses={"identity": (Use("root'", left=R**-1 * Q * R**-1 / 2, trace=True),)}),
    },
    source=OPEN,
    remarks=(Remark("open-p1"),),
)
