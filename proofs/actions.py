"""Moment maps of linear group actions: balancedness is derived from the action, not guessed.

If theta -> exp(t xi) theta leaves phi unchanged, then <xi theta, theta'> = 0 along theta' =
-dphi(theta)^T g for every g. For symmetric xi this is a conservation law, <theta, xi theta>; for
skew xi it is none. The letters are those of arXiv:2511.01137v2.
"""

from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.of_actions import (
    AlgebraCount,
    EveryElement,
    Factor,
    FiniteMoment,
    FirstVariation,
    Integrates,
    LawCount,
    LieAlgebra,
    MomentConserved,
    MomentIs,
    Orthogonal,
    Preserves,
    SkewEmpty,
    Stabiliser,
)
from verify.claims.verdict import Verdict
from verify.models.action import Action, DeepLinear, Diagonal, Explicit, Units
from verify.terms.expr import const

DERIVED_FROM = Source(
    LINDSEY_MENON.arxiv,
    note="derived from the action of the hidden GL; counts not stated in the paper",
)
COUNTED = Source("2307.00144v1", note="derived for its setting; counts from the action")


def _w(shift: int, star: bool = False) -> Factor:
    return Factor("W", (shift,), star)


BALANCE = (
    (1, (_w(0), _w(0, True))),
    (-1, (_w(1, True), _w(1))),
)  # G_k = W_k W_k* - W_{k+1}* W_{k+1}
LAYERS = (
    DeepLinear((2, 2, 2)),
    DeepLinear((3, 2, 2)),
    DeepLinear((2, 3, 1, 2)),
    DeepLinear((2, 2, 2, 2)),
)

MOMENT_MAP_LAYERS = Claim(
    id="moment-map-layers",
    title="deep linear networks: the moment map of the hidden GL",
    setting=Action(LAYERS),
    assuming=(),
    concluding={
        "preserves": Preserves(),
        "algebra": LieAlgebra(),
        "moment": MomentIs(BALANCE),
        "first-variation": FirstVariation(BALANCE),
        "conserved": MomentConserved(),
        "every": EveryElement(),
        "size": AlgebraCount((4, 4, 10, 8), (3, 3, 7, 6)),
        "laws": LawCount((3, 3, 7, 6), (3, 3, 7, 6)),
    },
    source=DERIVED_FROM,
    remarks=(Remark("moment-map-shear"),),
)

MOMENT_MAP_BOTTLENECK = Claim(
    id="moment-map-bottleneck",
    title="one input and one output: quadratic laws",
    setting=Action((DeepLinear((1, 2, 1)), DeepLinear((1, 2, 2, 1)))),
    assuming=(),
    concluding={"size": AlgebraCount((4, 8), (3, 6)), "laws": LawCount((4, 6), (3, 6))},
    source=COUNTED,
)

MOMENT_MAP_FOUND = Claim(
    id="moment-map-found",
    title="symmetry algebras of deep linear networks, found from the product",
    setting=Action(
        (
            DeepLinear((2, 2, 2)),
            DeepLinear((3, 2, 2)),
            DeepLinear((2, 2, 2, 2)),
            DeepLinear((2, 3, 2)),
        )
    ),
    assuming=(),
    concluding={"found": Stabiliser(), "size": AlgebraCount((4, 4, 8, 9), (3, 3, 6, 6))},
    source=DERIVED_FROM,
    remarks=(Remark("moment-map-found-bottleneck"),),
)

MOMENT_MAP_FOUND_BOTTLENECK = MOMENT_MAP_FOUND.false_variant(
    id="moment-map-found-bottleneck",
    title="a misreading: the symmetry algebra with a layer of width 1",
    setting=Action((DeepLinear((2, 3, 1, 2)),)),
    concluding={"found": Stabiliser()},
)

x, y = const("x"), const("y")
SHEAR = Explicit(("x", "y"), (x,), (((0, 0), (1, 0)),))

MOMENT_MAP_SHEAR = Claim(
    id="moment-map-shear",
    title="a misreading: a law from a shear",
    setting=Action((SHEAR,)),
    assuming=(),
    concluding={"preserves": Preserves(), "conserved": EveryElement()},
    source=COUNTED,
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
    source=COUNTED,
)

MOMENT_MAP_SKEW = Claim(
    id="moment-map-skew",
    title="skew elements of the hidden algebra",
    setting=Action((DeepLinear((2, 2, 2)), DeepLinear((2, 3, 2)))),
    assuming=(),
    concluding={"orthogonal": Orthogonal(), "empty": SkewEmpty()},
    source=DERIVED_FROM,
)

MOMENT_MAP_SKEW_LAW = MOMENT_MAP_SKEW.false_variant(
    id="moment-map-skew-law",
    title="a misreading: a law from a skew element",
    setting=Action((DeepLinear((2, 2, 2)),)),
    concluding={"law": Integrates()},
)


def _u(shift: int) -> Factor:
    return Factor("u", (shift, 0))


MOMENT_MAP_TORUS = Claim(
    id="moment-map-torus",
    title="diagonal networks: the moment map of the torus",
    setting=Action((Diagonal(2, 3), Diagonal(3, 2))),
    assuming=(),
    concluding={
        "preserves": Preserves(),
        "moment": MomentIs(((1, (_u(0), _u(0))), (-1, (_u(1), _u(1))))),
        "conserved": MomentConserved(),
        "found": Stabiliser(),
        "laws": LawCount((3, 4), (3, 4)),
    },
    source=COUNTED,
)

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
    source=COUNTED,
    remarks=(Remark("moment-map-permutations"),),
)

MOMENT_MAP_PERMUTATIONS = MOMENT_MAP_UNITS.false_variant(
    id="moment-map-permutations",
    title="a misreading: a law from a permutation of the units",
    setting=Action((Units(2, 2),)),
    concluding={"permutation": FiniteMoment()},
)
