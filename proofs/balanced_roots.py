"""The outer layers of a deep linear network at a balanced point are the roots of X X* and X* X."""

from fractions import Fraction

from proofs.lemmas.balanced import (
    LEFT,
    LEFT_ROOT,
    LETTERS,
    RIGHT,
    RIGHT_ROOT,
    WHOLE_LEFT,
    WHOLE_RIGHT,
    M,
    S,
)
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Break, Claim
from verify.claims.conclusions.matrix_kinds import Aid, Root, Square
from verify.claims.hypotheses.matrices import balanced
from verify.models.matrices import Matrices
from verify.terms.affine import N
from verify.terms.matrices import W, X

AT_REST = Matrices(letters=LETTERS, definitions=LEFT_ROOT | RIGHT_ROOT)

DLN_BALANCED_ROOTS = Claim(
    id="dln-balanced-roots",
    title="outer layers at a balanced point as roots",
    setting=AT_REST,
    assuming=(balanced(),),
    concluding={"left": Root(M, X * X.H), "right": Root(S, X.H * X)},
    hints={
        "left": Aid(lemmas=LEFT, uses={"power": WHOLE_LEFT}, squares=(Square(Fraction(1), W[N]),)),
        "right": Aid(
            lemmas=RIGHT, uses={"power": WHOLE_RIGHT}, squares=(Square(Fraction(1), W[1].H),)
        ),
    },
    breaks=(Break("balance"),),
    source=LINDSEY_MENON,
)
