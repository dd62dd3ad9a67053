"""A symmetry that is not symmetric as a matrix gives no law: a shear of two coordinates."""

from proofs.sources import LAWS_COUNTED
from verify.claims.claim import Claim
from verify.claims.conclusions.of_actions import (
    AlgebraCount,
    EveryElement,
    LawCount,
    MomentConserved,
    Preserves,
)
from verify.claims.verdict import Verdict
from verify.models.action import Action, Explicit
from verify.terms.expr import const

x, y = const("x"), const("y")
SHEAR = Explicit(("x", "y"), (x,), (((0, 0), (1, 0)),))

MOMENT_MAP_SHEAR = Claim(
    id="moment-map-shear",
    title="a misreading: a law from a shear",
    setting=Action((SHEAR,)),
    assuming=(),
    concluding={"preserves": Preserves(), "conserved": EveryElement()},
    source=LAWS_COUNTED,
    expected=Verdict.REFUTED,
    corrects="moment-map-shear-count",
)

MOMENT_MAP_SHEAR_COUNT = Claim(
    id="moment-map-shear-count",
    title="one coordinate of two: symmetries and quadratic laws",
    setting=Action((Explicit(("x", "y"), (x,)),), found=True),
    assuming=(),
    concluding={
        "size": AlgebraCount((2,), (1,)),
        "conserved": MomentConserved(),
        "laws": LawCount((1,), (1,)),
    },
    source=LAWS_COUNTED,
)
