"""The fibre over an invertible X is one orbit of the hidden group, and how balanced layers are
aligned. That the orbit is free, and its balanced points one orbit: ``orbits``, ``one_orbit``.

The catalogue's printed forms stand beside the corrected ones: the last entry of the orbit is g_1
Lambda Q_0*, and V_(k+1) = U_k.
"""

from fractions import Fraction

from proofs.sources import LM_DERIVED
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.claims.hypotheses.matrices import balanced
from verify.models.matrices import Example, Matrices
from verify.terms.affine import N, affine, k
from verify.terms.letters import Letter
from verify.terms.matrices import A, Family, U, W, X, g, letter, num
from verify.terms.relation import Equal

L, Q, R, F = letter("L"), letter("Q"), letter("R"), letter("F")
V = Family("V")
ORBIT = Source("2511.01137v2", "le:group-orbit")
_ONE = ((1, 0), (0, 1))
_POINT = Example(
    depth=2,
    dims=(2, 2, 2),
    sizes={"n": 2},
    values={
        "W": (((1, 2), (0, 2)), ((1, -1), (0, 2))),
        "P": ((0, 0), (0, 0)),
        "g": (((1, 1), (0, 1)), _ONE),
        "L": ((1, 0), (0, 2)),
        "Q": _ONE,
        "R": _ONE,
        "F": ((1, Fraction(1, 2)), (0, Fraction(1, 2))),
    },
)
ON_FIBRE = Matrices(
    letters=(
        Letter(
            "g",
            "k",
            "n",
            "layers",
            form="free",
            about="g_(k-1) = W_k^(-1) g_k L from the top down, g_N = Q",
        ),
        Letter("L", "n", "n", form="positive", about="L = Sigma^(1/N)"),
        Letter("Q", "N", "n"),
        Letter("R", "0", "n"),
        Letter("F", "n", "n", about="F = A_1^(-1)"),
    ),
    definitions={
        "svd": (Equal(X, Q * L**N * R.H),),
        "orbit": (Equal(W[k] * g[k - 1], g[k] * L, 2, 0),),
        "top": (Equal(g[N], Q),),
        "inverse": (Equal(F * A[1], num(1)),),
    },
    square=True,
    note="X = Q Sigma R*, every layer invertible",
    examples=(_POINT,),
    least_depth=2,
)
_TOP = Lemma(
    "A g",
    Equal(A[k] * g[k], Q * L ** (N - k), 1, 0),
    "down",
    (Use("orbit", k + 1, left=A[k + 1]), Use("A g", k + 1, right=L)),
)
DLN_FIBER_ORBIT = Claim(
    id="dln-fiber-orbit",
    title="the fibre over X in terms of g, L and R",
    setting=ON_FIBRE,
    assuming=(),
    concluding={
        "products": Identity(A[k] * g[k], Q * L ** (N - k), 1, 0),
        "last": Identity(W[1], g[1] * L * R.H),
    },
    hints={
        "products": Aid(lemmas=(_TOP,)),
        "last": Aid(
            lemmas=(_TOP,),
            uses={
                "identity": (
                    Use("inverse", right=-(W[1] - g[1] * L * R.H)),
                    Use("A g", affine(1), left=-F, right=L * R.H),
                )
            },
        ),
    },
    source=ORBIT,
    remarks=(Remark("dln-fiber-free"), Remark("dln-fiber-orbit-singular")),
    also=("err-orbit-entry",),
    as_printed="dln-fiber-orbit-printed",
)
DLN_FIBER_ORBIT_PRINTED = DLN_FIBER_ORBIT.false_variant(
    id="dln-fiber-orbit-printed",
    title="as printed: the last entry of the orbit",
    concluding={"last": Identity(W[1], g[1] * R.H)},
)
DLN_FIBER_ORBIT_SINGULAR = DLN_FIBER_ORBIT.false_variant(
    id="dln-fiber-orbit-singular",
    title="a misreading: the fibre over X = 0",
    setting=Matrices(
        definitions={"zero": (Equal(X, num(0)),)},
        examples=(
            Example(depth=2, dims=(1, 1, 1), values={"W": (((0,),), ((1,),)), "P": ((0,),)}),
        ),
        least_depth=2,
    ),
    concluding={"top": Identity(W[N] * W[N].H, num(0))},
    source=LM_DERIVED,
)
_TURN = ((Fraction(3, 5), Fraction(-4, 5)), (Fraction(4, 5), Fraction(3, 5)))
_ALIGNED = Example(
    depth=2,
    dims=(2, 2, 2),
    sizes={"n": 2},
    values={
        "W": (
            ((1, 0), (0, 2)),
            ((Fraction(3, 5), Fraction(-8, 5)), (Fraction(4, 5), Fraction(6, 5))),
        ),
        "P": ((0, 0), (0, 0)),
        "U": (_ONE, _TURN),
        "V": (_ONE, _ONE),
        "L": ((1, 0), (0, 2)),
    },
)
_TURNED = Example(
    depth=2,
    dims=(2, 2, 2),
    sizes={"n": 2},
    values={
        **_ALIGNED.values,
        "W": (
            ((1, 0), (0, 2)),
            ((Fraction(3, 5), Fraction(4, 5)), (Fraction(-8, 5), Fraction(6, 5))),
        ),
        "U": (_ONE, _ONE),
        "V": (_ONE, _TURN),
    },
)
LAYERS_IN_FRAMES = Matrices(
    letters=(
        Letter("U", "k", "n", "layers"),
        Letter("V", "k-1", "n", "layers"),
        Letter("L", "n", "n", form="hermitian", about="L = diag(lambda_i)"),
    ),
    definitions={
        "frames": (
            Equal(W[k], U[k] * L * V[k].H, 1, 0),
            Equal(U[k].H * U[k], num(1), 1, 0),
            Equal(V[k].H * V[k], num(1), 1, 0),
        ),
    },
    square=True,
    examples=(_ALIGNED, _TURNED),
    least_depth=2,
)
DLN_ALIGNMENT = Claim(
    id="dln-alignment",
    title="frames of balanced layers",
    setting=LAYERS_IN_FRAMES,
    assuming=(balanced(),),
    concluding={"commutes": Identity(V[k + 1].H * U[k] * L**2, L**2 * V[k + 1].H * U[k])},
    hints={"commutes": Aid(uses={"identity": (Use("balance", k, left=V[k + 1].H, right=U[k]),)})},
    breaks=(Break("balance"),),
    source=Source("2511.01137v2", "sec 1.3.2"),
    also=("err-alignment",),
    as_printed="dln-alignment-printed",
)
DLN_ALIGNMENT_PRINTED = DLN_ALIGNMENT.false_variant(
    id="dln-alignment-printed",
    title="as printed: frames of balanced layers",
    concluding={"commutes": Identity(V[k].H * U[k + 1] * L**2, L**2 * V[k].H * U[k + 1])},
)
