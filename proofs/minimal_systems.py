"""Two minimal linear systems with the same transfer function lie on one orbit of GL_n; others
need not.

O and K stack C A^k and A^k B for k < n, and O K, O A K, O B, C K hold the Markov parameters C A^k
B: so these agree for two systems with the same transfer function. Minimal of order n: O has a left
and K a right inverse, in both systems. Then T = L2 O1 with L2 O2 = 1 moves the first into the
second, and T^(-1) = K1 R2 with K2 R2 = 1. Section 1.3.1 of arXiv:2511.01137v2 leaves minimality
out.
"""

from proofs.lemmas.minimal_systems import (
    A1,
    A2,
    B1,
    B2,
    BACK,
    C1,
    C2,
    CONTROLLABLE,
    L1,
    O1,
    OBSERVABLE,
    ONE_TRANSFER_FUNCTION,
    T,
    behind,
)
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.terms.matrices import num

LS_MINIMAL_ORBIT = Claim(
    id="ls-minimal-orbit",
    title="minimal linear systems with one transfer function",
    setting=ONE_TRANSFER_FUNCTION,
    assuming=(OBSERVABLE, CONTROLLABLE),
    concluding={
        "inverse": Identity(T * BACK, num(1)),
        "inverse-too": Identity(BACK * T, num(1)),
        "state": Identity(T * A1, A2 * T),
        "input": Identity(T * B1, B2),
        "output": Identity(C2 * T, C1),
    },
    hints={
        "inverse-too": Aid(
            uses={
                "identity": (
                    Use("observable", part=0, right=-(BACK * T - 1)),
                    Use("controllable", part=0, left=-L1 * O1 * (BACK * T - 1)),
                )
            }
        ),
        "state": Aid(uses={"identity": (behind(T * A1 - A2 * T),)}),
        "output": Aid(uses={"identity": (behind(C2 * T - C1),)}),
    },
    breaks=(Break("observable"), Break("controllable")),
    source=Source(LINDSEY_MENON.arxiv, "section 1.3.1", note="the corrected form; derived"),
    as_printed="err-minimal",
    remarks=(Remark("moment-map-linear-systems"),),
)
