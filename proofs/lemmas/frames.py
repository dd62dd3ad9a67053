"""Layers of one size in frames of their own, W_k = U_k L V_k*, with two examples."""

from fractions import Fraction

from proofs.lemmas.on_fibre import ONE, L
from verify.models.matrices import Example, Matrices
from verify.terms.affine import k
from verify.terms.letters import Letter
from verify.terms.matrices import Family, U, W, num
from verify.terms.relation import Equal

V = Family("V")
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
        "U": (ONE, _TURN),
        "V": (ONE, ONE),
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
        "U": (ONE, ONE),
        "V": (ONE, _TURN),
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
