"""Kempf and Ness on the fibre of a deep linear network: the least sum of squares is N sum
sigma_i^(2/N), attained at balance alone.

No full rank and no square layers: hidden widths >= rank X suffice.
"""

from fractions import Fraction

from proofs.lemmas.balanced import (
    LAYERS_EQUAL,
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
from proofs.moments import ALONG_A
from proofs.sources import LINDSEY_MENON, LM_DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, FibreMinimum, Identity, Root, Square
from verify.claims.conclusions.matrix_minimum import NORM
from verify.claims.hypotheses.matrices import balanced
from verify.models.matrices import Example, Matrices
from verify.models.motions import ActionFlow
from verify.terms.affine import N
from verify.terms.letters import Letter
from verify.terms.matrices import W, X, const, letter, num, tr
from verify.terms.relation import Equal

AT_REST = Matrices(letters=LETTERS, definitions=LEFT_ROOT | RIGHT_ROOT)
GROUP = Matrices(ActionFlow("a"), letters=(*ALONG_A.letters, LETTERS[1]), definitions=RIGHT_ROOT)
HELP = Aid(lemmas=RIGHT + LAYERS_EQUAL, uses={"power": WHOLE_RIGHT})

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
DLN_KEMPF_NESS = Claim(
    id="dln-kempf-ness",
    title="the least sum of squares on a fibre",
    setting=GROUP,
    assuming=(),
    concluding={"minimum": FibreMinimum(S)},
    hints={"minimum": HELP},
    source=LINDSEY_MENON,
    also=("dln-kn-value",),
    remarks=(Remark("dln-one-orbit"), Remark("dln-kn-value-everywhere")),
)
DLN_KN_VALUE_SHORT = DLN_KEMPF_NESS.false_variant(
    id="dln-kn-value-one-layer",
    title="a misreading: the least value without the factor N",
    concluding={"minimum": FibreMinimum(S, num(1))},
    hints={"minimum": HELP},
    source=LM_DERIVED,
)
R = letter("R")
_UNBALANCED = Example(depth=2, dims=(1, 1, 1), values={"W": ([[1]], [[4]]), "P": [[0]], "R": [[4]]})
DLN_KN_VALUE_EVERYWHERE = DLN_KEMPF_NESS.false_variant(
    id="dln-kn-value-everywhere",
    title="a misreading: the sum of squares away from balance",
    setting=Matrices(
        letters=(Letter("R", "0", "0", form="hermitian", about="R = (X* X)^(1/N)"),),
        definitions={"root": (Equal(R**N, X.H * X),)},
        examples=(_UNBALANCED,),
    ),
    concluding={"value": Identity(NORM, const("N") * tr(R))},
    source=LM_DERIVED,
)
