"""A small true claim, a false one and one about nothing in the language of each theory.

It is a file of claims as anybody may write one; the tests import it, and the command reads it.
"""

from __future__ import annotations

from fractions import Fraction as F

from proofs.samples import fibre, schatten
from verify import Claim, Source, Verdict
from verify.claims.conclusions import Agrees, Conserved, Throughout
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.conclusions.of_actions import EveryElement, MomentConserved, Preserves
from verify.claims.conclusions.sign import Sign
from verify.claims.experiments import Compare, Drift, Nearby
from verify.claims.hypotheses import Homogeneous
from verify.claims.hypotheses.formulas import Given
from verify.claims.hypotheses.matrices import balanced
from verify.claims.hypotheses.related import Scales
from verify.claims.hypotheses.start import AtStart
from verify.integrate.system import System
from verify.models import Flow
from verify.models.action import Action, DeepLinear, Explicit
from verify.models.declared import Declared, loss, parameter
from verify.models.formulas import Formulas, Letter, Root
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.models.samples import Samples
from verify.models.trajectories import Trajectories
from verify.terms.affine import k
from verify.terms.expr import const, total, u
from verify.terms.indices import Index, Sum
from verify.terms.matrices import LOSS, W

DRAFT = Source.own("draft")
NORM = total("i", u["l", "i"] ** 2)
NEAR = Drift("c", Conserved(NORM + u["l", 1] ** 2 / 10), named="11/10 on coordinate 1")


def claim(name: str, setting, concluding, assuming=(), expected=Verdict.PROVED, **more) -> Claim:
    return Claim(name, name, setting, assuming, {"c": concluding}, DRAFT, expected, **more)


def false(name: str, setting, concluding, assuming=(), **more) -> Claim:
    return claim(name, setting, concluding, assuming, Verdict.REFUTED, **more)


def logistic(x: F = F(1, 4)) -> System:
    read = {"x": lambda s, m: s[0], "still": lambda s, m: s[0]}
    return System("logistic", ("x",), (x,), lambda s, m: [s[0] * (1 - s[0])], quantities=read)


def followed(**contrary) -> Trajectories:
    return Trajectories("runs", {"x = 1/4": logistic}, F(2), contrary)


LAYERS = Matrices(GradientFlow(LOSS))
BALANCE = Identity(W[k] * W[k].H, W[k + 1].H * W[k + 1], 1, 1)
X, R = const("x"), const("r")
ROOT = Formulas("a root", (Letter("x"),), (Root("r", X**2, 2),))
TURN = Explicit(("x", "y"), (X**2 + const("y") ** 2,), (((0, -1), (1, 0)),))
SHEAR = Explicit(("x", "y"), (X,), (((0, 0), (1, 0)),))
I = Index("i", "inputs")
A = parameter("a", I)
FREE = loss("E", A[I], gradient="g")
DECLARED = Declared((A, FREE), flow=FREE.here)
SQUARES = Sum(I, A[I] ** 2)
CUBES = Nearby("c", Conserved(Sum(I, A[I] ** 3)), named="cubes")
SIDES = (schatten.BALANCED, schatten.LEAST)
MISS = (Compare("c", near_miss=F(101, 100)),)
DRAWN = Samples(schatten.SCHATTEN, ((2, 2, F(1)),), 5)

TRUE = {
    "sums": claim("sums-true", Flow(), Conserved(NORM), (Homogeneous(),), experiments=(NEAR,)),
    "words": claim("words-true", LAYERS, BALANCE, (balanced(),)),
    "towers": claim("towers-true", ROOT, Sign(X**2, ">"), (Given("apart", X),)),
    "declared": claim(
        "declared-true",
        DECLARED,
        Conserved(SQUARES),
        (Scales.of("euler", "E", 0),),
        experiments=(CUBES,),
    ),
    "symmetries": claim("symmetries-true", Action((DeepLinear((1, 2, 1)),)), MomentConserved()),
    "enclosures": claim(
        "enclosures-true",
        followed(below=("x = 2", lambda: logistic(F(2)))),
        Throughout("x", "<", F(1)),
        (AtStart("below", "x", "<", F(1)),),
        Verdict.ENCLOSED,
    ),
    "samples": claim(
        "samples-true", DRAWN, Agrees(*SIDES), expected=Verdict.SUPPORTED, experiments=MISS
    ),
}
FALSE = {
    "sums": false("sums-false", Flow(), Conserved(NORM)),
    "words": false("words-false", LAYERS, BALANCE),
    "towers": false("towers-false", ROOT, Sign(X**2, ">")),
    "declared": false("declared-false", DECLARED, Conserved(SQUARES)),
    "symmetries": false("symmetries-false", Action((SHEAR,)), EveryElement()),
    "enclosures": false("enclosures-false", followed(), Throughout("x", "<", F(1, 2))),
    "samples": false(
        "samples-false",
        Samples(fibre.FIBRE, ((2, 2, 2, 2),), 5),
        Agrees(fibre.LIFTED, fibre.LARGER),
        experiments=MISS,
    ),
}
NOTHING = {
    "sums": claim("sums-nothing", Flow(), Conserved(total("i", u["l", "i"] * 0))),
    "words": claim("words-nothing", LAYERS, Identity(W[k], W[k], 1, 0)),
    "towers": claim("towers-nothing", ROOT, Equals(R, R)),
    "declared": claim("declared-nothing", DECLARED, Conserved(SQUARES * 0)),
    "symmetries": claim("symmetries-nothing", Action((Explicit(("x",), (X * 0,)),)), Preserves()),
    "enclosures": claim(
        "enclosures-nothing",
        Trajectories("at rest", {"x = 1": lambda: logistic(F(1))}, F(2)),
        Throughout("x", "<", F(2)),
        expected=Verdict.ENCLOSED,
    ),
}
CLAIMS = (*TRUE.values(), *FALSE.values(), *NOTHING.values())
