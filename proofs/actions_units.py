"""Units of degree 2: the moment map of scalings; permutations of the units have none."""

from proofs.sources import LAWS_COUNTED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.of_actions import (
    Factor,
    FiniteMoment,
    LawCount,
    MomentConserved,
    MomentIs,
    Preserves,
    Stabiliser,
)
from verify.models.action import Action, Units

NORMS = (
    (1, (Factor("w", (0,)), Factor("w", (0,), True))),
    (-2, (Factor("a", (0,)), Factor("a", (0,)))),
)

MOMENT_MAP_UNITS = Claim(
    id="moment-map-units",
    title="units of degree 2: the moment map of scalings and permutations",
    setting=Action((Units(2, 2), Units(3, 2))),
    assuming=(),
    concluding={
        "preserves": Preserves(),
        "moment": MomentIs(NORMS),
        "conserved": MomentConserved(),
        "found": Stabiliser(),
        "laws": LawCount((2, 3), (2, 3)),
    },
    source=LAWS_COUNTED,
    remarks=(Remark("moment-map-permutations"),),
)

MOMENT_MAP_PERMUTATIONS = MOMENT_MAP_UNITS.false_variant(
    id="moment-map-permutations",
    title="a misreading: a law from a permutation of the units",
    setting=Action((Units(2, 2),)),
    concluding={"permutation": FiniteMoment()},
)
