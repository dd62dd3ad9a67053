"""How balanced layers are aligned: V_(k+1)* U_k commutes with L^2; as printed the indices are
exchanged.
"""

from proofs.lemmas.frames import LAYERS_IN_FRAMES, V
from proofs.lemmas.on_fibre import L
from verify.claims.claim import Break, Claim, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.claims.hypotheses.matrices import balanced
from verify.terms.affine import k
from verify.terms.matrices import U

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
