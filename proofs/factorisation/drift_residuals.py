"""The size of the fourth coefficient outside the span, by the residuals: see ``drift``."""

from proofs.factorisation.sources import COMMUTING, GREEDY
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Formulas, Let, letters
from verify.models.formulas import Letter as Scalar
from verify.terms.expr import const as scalar

f, h, a, b, c = letters("f h a b c")
RATES = (Let("f1", -4 * (a * f + c * h)), Let("h1", -4 * (c * f + b * h)))
TURN = Formulas(
    "a = |A|^2, b = |B|^2, c = <A, B>; f1 and h1 are the rates of the residuals over alpha^2",
    (Scalar("f"), Scalar("h"), Scalar("a", ">"), Scalar("b", ">"), Scalar("c")),
    RATES,
)
COEFFICIENT = f * scalar("h1") - h * scalar("f1")

MF_DRIFT_RESIDUALS = Claim(
    id="mf-drift-residuals",
    title="two measurements, squared loss: the size of the fourth coefficient outside the span",
    setting=TURN,
    assuming=(),
    concluding={
        "coefficient": Equals(COEFFICIENT, -4 * ((f**2 - h**2) * c + f * h * (b - a))),
    },
    source=COMMUTING,
    remarks=(Remark("mf-drift-turns"),),
)
MF_DRIFT_TURNS = MF_DRIFT_RESIDUALS.false_variant(
    id="mf-drift-turns",
    title="a loose sentence: the fourth coefficient outside the span is not zero",
    assuming=(Given("first", f), Given("second", h)),
    concluding={"coefficient": Sign(COEFFICIENT, "!=")},
    source=GREEDY,
)
