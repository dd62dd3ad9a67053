"""S R S^(-1) is a root of W_c W_o with the trace of R: see ``gramian``."""

from proofs.gramian import HELMKE_MOORE, LEAST
from proofs.lemmas.gramians import GRAMIANS, LETTERS, O, R, S
from verify.claims.claim import Claim
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.models.matrices import Example, Matrices
from verify.terms.matrices import tr

HM_GRAMIAN_VALUES = Claim(
    id="hm-gramian-values",
    title="a root of the product of two Gramians and its trace",
    setting=Matrices(
        letters=LETTERS[2:5],
        definitions={"R": GRAMIANS["R"]},
        layers=False,
        examples=(Example(sizes={"n": 1}, values={x: LEAST.values[x] for x in "SOR"}),),
    ),
    assuming=(),
    concluding={
        "square": Identity((S * R * S**-1) * (S * R * S**-1), S**2 * O),
        "trace": Identity(tr(S * R * S**-1), tr(R)),
    },
    hints={"square": Aid(uses={"identity": (Use("R", left=-S, right=S**-1),)})},
    source=HELMKE_MOORE,
)
