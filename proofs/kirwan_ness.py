"""The Kirwan-Ness flow, of half the squared moments: W' = -2 w_G; it keeps X."""

from proofs.balancing import KIRWAN_NESS
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim
from verify.claims.conclusions.matrix_kinds import Identity, Unchanged
from verify.terms.affine import k
from verify.terms.matrices import G, H, W, X, dot, w

DLN_KIRWAN_NESS = Claim(
    id="dln-kirwan-ness",
    title="the gradient flow of half the squared moments",
    setting=KIRWAN_NESS,
    assuming=(),
    concluding={
        "field": Identity(dot(W[k]), 2 * (W[k] * G(k - 1) - G(k) * W[k]), 1, 0),
        "action": Identity(dot(W[k]), -2 * w("G", k), 1, 0),
        "product": Unchanged(X),
        "moment": Identity(dot(G(k)), -2 * (H("G", k) + H("G", k).H)),
    },
    source=LINDSEY_MENON,
)
