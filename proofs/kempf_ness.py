"""Kempf and Ness on the fibre of a deep linear network: the least sum of squares is N sum
sigma_i^(2/N), attained at balance alone.

No full rank and no square layers: hidden widths >= rank X suffice.
"""

from proofs.lemmas.balanced import (
    LAYERS_EQUAL,
    LETTERS,
    RIGHT,
    RIGHT_ROOT,
    WHOLE_RIGHT,
    S,
)
from proofs.moments import ALONG_A
from proofs.sources import LINDSEY_MENON, LM_DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, FibreMinimum
from verify.models.matrices import Matrices
from verify.models.motions import ActionFlow
from verify.terms.matrices import num

GROUP = Matrices(ActionFlow("a"), letters=(*ALONG_A.letters, LETTERS[1]), definitions=RIGHT_ROOT)
HELP = Aid(lemmas=RIGHT + LAYERS_EQUAL, uses={"power": WHOLE_RIGHT})
DLN_KEMPF_NESS = Claim(
    id="dln-kempf-ness",
    title="the least sum of squares on a fibre",
    setting=GROUP,
    assuming=(),
    concluding={"minimum": FibreMinimum(S)},
    hints={"minimum": HELP},
    source=LINDSEY_MENON,
    also=("dln-kn-value",),
    unstated="that the balanced points on a fibre are one orbit of unitaries where X is singular:"
    " there they are partial isometries, for which there are no letters; where X is invertible"
    " dln-one-orbit has it",
    remarks=(Remark("dln-one-orbit"), Remark("dln-kn-value-everywhere")),
)
DLN_KN_VALUE_SHORT = DLN_KEMPF_NESS.false_variant(
    id="dln-kn-value-one-layer",
    title="a misreading: the least value without the factor N",
    concluding={"minimum": FibreMinimum(S, num(1))},
    hints={"minimum": HELP},
    source=LM_DERIVED,
)
