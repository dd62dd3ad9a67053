"""Linear systems (A, B, C) under GL_n: the moment map, and the first variation of the norm.

M acts by (M A M^-1, M B, C M^-1) and leaves H(z) = C (z I - A)^-1 B unchanged. Real case; phi = (C
A^k B, k < 2n) fixes H by the theorem of Cayley and Hamilton.
"""

from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.of_actions import (
    Factor,
    FirstVariation,
    LieAlgebra,
    MomentConserved,
    MomentIs,
    Preserves,
)
from verify.models.action import Action, LinearSystem

DERIVED_FROM = Source(LINDSEY_MENON.arxiv, "section 1.3.1", note="derived for n = 1, 2, 3")

A, B, C = Factor("A"), Factor("B"), Factor("C")
A_, B_, C_ = Factor("A", star=True), Factor("B", star=True), Factor("C", star=True)
MU = ((1, (A, A_)), (-1, (A_, A)), (1, (B, B_)), (-1, (C_, C)))
SYSTEMS = (LinearSystem(1), LinearSystem(2), LinearSystem(2, 2, 1), LinearSystem(3))

MOMENT_MAP_LINEAR_SYSTEMS = Claim(
    id="moment-map-linear-systems",
    title="linear systems under their general linear group: the moment map",
    setting=Action(SYSTEMS),
    assuming=(),
    concluding={
        "preserves": Preserves(),
        "algebra": LieAlgebra(),
        "moment": MomentIs(MU),
        "conserved": MomentConserved(),
    },
    source=DERIVED_FROM,
)

LS_NORM_SIZES = Claim(
    id="ls-norm-sizes",
    title="the norm of a linear system along its general linear group at small sizes",
    setting=Action(SYSTEMS),
    assuming=(),
    concluding={"first-variation": FirstVariation(MU)},
    source=DERIVED_FROM,
)
