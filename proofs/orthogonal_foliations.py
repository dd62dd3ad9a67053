"""Normals of the balanced set are tangent to fibres of X; the two are no orthogonal foliations."""

from proofs.dimensions import COUNTED, square
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.of_dimensions import (
    CommonTangents,
    NormalsInFibre,
    OrthogonalFoliations,
)
from verify.models.action import Action

FOLIATION = Source(LINDSEY_MENON.arxiv, "Fig 1, sec 5.1")

DLN_ORTHOGONAL = Claim(
    id="dln-orthogonal",
    title="normals of the balanced set and fibres of X",
    setting=Action((square(1, 3), square(2, 2), square(2, 3), square(3, 3))),
    assuming=(),
    concluding={"normals": NormalsInFibre(), "common": CommonTangents((0, 1, 2, 6))},
    source=COUNTED,
    also=("err-orthogonal",),
    as_printed="dln-orthogonal-printed",
)

DLN_ORTHOGONAL_PRINTED = DLN_ORTHOGONAL.false_variant(
    id="dln-orthogonal-printed",
    title="as printed: fibres of X and level sets of G as orthogonal foliations",
    setting=Action((square(2, 2),)),
    concluding={"orthogonal": OrthogonalFoliations()},
    source=FOLIATION,
)
