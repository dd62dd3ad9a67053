"""Nearly balanced factors: U^* U - V^* V = lambda I determines U U^* by Z = U V^* alone, for
(U U^*)^2 - lambda U U^* = Z Z^*.
"""

from proofs.sources import RELAXED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, parameter
from verify.terms.indices import adjoint, identity

U, V = parameter("U", size=("rows", "inner")), parameter("V", size=("columns", "inner"))
shift = constant("lambda")
SETTING = Declared((U, V, shift))
GRAM = adjoint(U.here) * U.here - adjoint(V.here) * V.here
BALANCE = Related.of("balance", GRAM, shift.here * identity("inner"))
UU, Z = U.here * adjoint(U.here), U.here * adjoint(V.here)

RELAXED_BALANCE = Claim(
    id="relaxed-balance",
    title="nearly balanced factors",
    setting=SETTING,
    assuming=(BALANCE,),
    concluding={"root": Equation(UU**2 - shift.here * UU, Z * adjoint(Z))},
    experiments=(
        Nearby("root", Equation(UU**2 + shift.here * UU, Z * adjoint(Z)), "the other sign"),
    ),
    breaks=(Break("balance"),),
    source=RELAXED,
)
