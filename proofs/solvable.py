"""What fibres of X and level sets of the moments share is more than an orbit of rotations."""

from proofs.dimensions import square
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.of_dimensions import CommonTangents, OneRotation, RotationsLeave
from verify.models.action import Action

SOLVABLE = Source(
    LINDSEY_MENON.arxiv, "abstract", note="what 'exactly solvable' leaves open; derived"
)

AMB_SOLVABLE = Claim(
    id="amb-solvable",
    title="tangent spaces that fibres and level sets of moments share",
    setting=Action((square(2, 2), square(2, 3), square(3, 2), square(3, 3))),
    assuming=(),
    concluding={"family": CommonTangents((1, 2, 3, 6)), "rotations": RotationsLeave()},
    source=SOLVABLE,
    remarks=(Remark("dln-kempf-ness"),),
)

AMB_SOLVABLE_ORBIT = AMB_SOLVABLE.false_variant(
    id="amb-solvable-orbit",
    title="a misreading: fibres of X and G as orbits of the hidden rotations",
    setting=Action((square(2, 2),)),
    concluding={"orbit": OneRotation()},
)
