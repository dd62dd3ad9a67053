"""Differences of squares beta = w_+^2 - w_-^2: the product w_+ w_- is kept; what weight decay and a
descent step do to it instead.
"""

from proofs.signed_powers import X, i, n, wm, wp
from proofs.sources import MIRROR_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved, Equation, LinearLaw
from verify.claims.experiments import Nearby
from verify.claims.verdict import Verdict
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.expr import after
from verify.terms.indices import Sum

E = loss("E", Sum(i, X[n, i] * (wp[i] ** 2 - wm[i] ** 2)), gradient="s")
SLOPE = Sum(n, X[n, i] * E.partner[n])
FREE = tuple(parameter(x.name, i) for x in (wp, wm))  # of any sign
PLAIN = Declared((*FREE, X, E), flow=E.here)
kappa, eta = constant("kappa", sign=">"), constant("eta", sign=">")
PENALTY = kappa.here * Sum(i, wp[i] ** 2 + wm[i] ** 2)
DECAYING = Declared((*FREE, X, kappa, E), flow=E.here + PENALTY)
STEP = Declared((*FREE, X, eta, E), step=E.here, size=eta)
PRODUCT = wp[i] * wm[i]
AFTER = PRODUCT * (1 - 4 * eta.here**2 * SLOPE**2)


def about(name: str, title: str, setting: Declared, law: object, **more: object) -> Claim:
    """One sentence about the product."""
    return Claim(name, title, setting, (), {"product": law}, MIRROR_DERIVED, **more)  # type: ignore[arg-type, dict-item]


D2_INVARIANT = about(
    "diag-d2-invariant", "differences of squares: what each coordinate keeps", PLAIN,
    Conserved(PRODUCT),
    experiments=(Nearby("product", Conserved(wp[i] ** 2 * wm[i]), "w_+ squared"),),
)  # fmt: skip
D2_DECAY = about(
    "diag-d2-decay", "differences of squares under weight decay", DECAYING,
    LinearLaw(PRODUCT, -4 * kappa.here),
    experiments=(Nearby("product", LinearLaw(PRODUCT, -2 * kappa.here), "rate 2 kappa"),),
)  # fmt: skip
D2_DECAY_KEPT = about(
    "diag-d2-decay-kept", "a misreading: differences of squares under weight decay", DECAYING,
    Conserved(PRODUCT), expected=Verdict.REFUTED, corrects="diag-d2-decay",
)  # fmt: skip
D2_STEP = about(
    "diag-d2-step", "differences of squares after a descent step", STEP,
    Equation(after(PRODUCT), AFTER),
    experiments=(Nearby("product", Equation(after(PRODUCT), AFTER * 2), "twice of it"),),
)  # fmt: skip
D2_STEP_KEPT = about(
    "diag-d2-step-kept", "a misreading: differences of squares after a descent step", STEP,
    Equation(after(PRODUCT), PRODUCT), expected=Verdict.REFUTED, corrects="diag-d2-step",
)  # fmt: skip
