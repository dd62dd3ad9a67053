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

from fractions import Fraction

from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.models.matrices import Example, Matrices
from verify.models.motions import Prescribed
from verify.terms.letters import Letter
from verify.terms.matrices import dot, inner, letter, norm2, num, tr
from verify.terms.relation import Equal

OPEN = Source("2511.01137v2", "sec 4.4", note="left open there; derived")
X, Y, R, Q, K, J, S, V = (letter(x) for x in "XYRQKJSV")

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

SYLVESTER = V * S**2 + S**2 * V
LEVI = tr(S**-2 * (Y.H * Y - Q * Q)) + tr(S**-2 * (Y.H * Y - K * K))
_I = (0, 1)
_NUMBERS = Example(
    sizes={"n": 1},
    values={
        "X": [[4]],
        "Y": [[(1, 2)]],
        "S": [[2]],
        "Q": [[1]],
        "K": [[-2]],
        "J": [[_I]],
        "V": [[(1, 2)]],
    },
)
_PLANE = Example(
    sizes={"n": 2},
    values={
        "X": [[1, 0], [0, 4]],
        "Y": [[_I, Fraction(5, 2)], [0, (1, 1)]],
        "S": [[1, 0], [0, 2]],
        "Q": [[0, Fraction(1, 2)], [Fraction(1, 2), 1]],
        "K": [[-1, (0, Fraction(1, 2))], [(0, Fraction(-1, 2)), -1]],
        "J": [[_I, 0], [0, _I]],
        "V": [[_I, 1], [0, (1, 1)]],
    },
)
_INVERSE = Lemma(
    "inverse",
    Equal(X**-1 * (X**-1).H, S**-4),
    "",
    (Use("root", left=-(X**-1) * (X**-1).H, right=S**-4),),
)
_LENGTH = Lemma(
    "length",
    Equal(Y.H * Y, Y.H * X * S**-4 * X.H * Y),
    "",
    (Use("inverse", left=Y.H * X, right=X.H * Y),),
)
_SQUARES = Lemma(
    "squares",
    Equal(V * V.H + V.H * V, 2 * Q * Q + 2 * K * K),
    "",
    (Use("Q", left=-2 * Q), Use("K", left=-2 * K)),
)
_STEPS = (
    Use("length", left=2 * S**-2, trace=True),
    Use("V", left=-(S**-2) * Y.H * X * S**-4, trace=True),
    Use("V", left=-(S**-2) / 2, right=S**-4 * SYLVESTER, mark="H", trace=True),
    Use("squares", left=S**-2 / 2, trace=True),
)

OPEN_P1 = Claim(
    id="open-p1",
    title="the Levi form of the nuclear norm at an invertible matrix",
    setting=Matrices(
        letters=(
            Letter("X", "n", "n", form="invertible"),
            Letter("Y", "n", "n", about="any direction"),
            Letter("S", "n", "n", form="positive", about="S^2 = R = (X* X)^(1/2)"),
            Letter("V", "n", "n"),
            Letter("Q", "n", "n", form="hermitian", about="R' for X' = Y"),
            Letter("K", "n", "n", form="hermitian", about="R' for X' = iY"),
            Letter("J", "n", "n", about="i times the identity"),
        ),
        definitions={
            "root": (Equal(X.H * X, S**4),),
            "i": (
                Equal(J.H, -J),
                Equal(J * J, num(-1)),
                Equal(J * S, S * J),
                Equal(J * V, V * J),
                Equal(J * V.H, V.H * J),
            ),
            "V": (Equal(SYLVESTER, 2 * X.H * Y),),
            "Q": (Equal(Q, (V + V.H) / 2),),
            "K": (Equal(K, J * (V - V.H) / 2),),
        },
        layers=False,
        examples=(_NUMBERS, _PLANE),
    ),
    assuming=(),
    concluding={
        "along-Y": Identity(Q * S**2 + S**2 * Q, Y.H * X + X.H * Y),
        "along-iY": Identity(K * S**2 + S**2 * K, (Y * J).H * X + X.H * (Y * J)),
        "direction": Identity(2 * Y, (X**-1).H * SYLVESTER),
        "levi": Identity(LEVI, (norm2(S**-2 * V * S) + norm2(S**-1 * V)) / 2),
    },
    hints={
        "along-Y": Aid(
            uses={"identity": (Use("V", left=num(1) / 2), Use("V", left=num(1) / 2, mark="H"))}
        ),
        "along-iY": Aid(
            uses={"identity": (Use("V", left=-J / 2, mark="H"), Use("V", left=num(1) / 2, right=J))}
        ),
        "direction": Aid(uses={"identity": (Use("V", left=-(X**-1).H),)}),
        "levi": Aid(lemmas=(_INVERSE, _LENGTH, _SQUARES), uses={"identity": _STEPS}),
    },
    source=OPEN,
    remarks=(Remark("lm-nuclear-bend"),),
)
