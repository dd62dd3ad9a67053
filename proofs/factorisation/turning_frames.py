"""Singular values along any path X(t): X v = u G and X^* u = v G with unit frames u and v. With Y,
a, b and T for the rates of X, u, v and G, Re tr T = <u, Y v>, however the frames turn.

Take u^* of Y v + X b = a G + u T; u^* X = G v^*, and tr G (v^* b + b^* v) = 0 as v^* v stays 1.
"""

from proofs.factorisation.sources import DEEP
from verify.claims.claim import Claim
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.models.matrices import Example, Matrices
from verify.terms.letters import Letter
from verify.terms.matrices import inner, letter, num, tr
from verify.terms.relation import Equal

X, u, v = (letter(x) for x in "X u v".split())
Y, a, b, G, T = (letter(x) for x in "Y a b G T".split())
ABOUT = {"Y": "the rate of X", "a": "that of u", "b": "that of v", "T": "that of G"}
ROWS = dict(zip("XYuavbGT", "mmmmnnjj", strict=True))
COLUMNS = dict(zip("XYuavbGT", "nnjjjjjj", strict=True))

SINGULAR_VALUE_RATE = Claim(
    id="singular-value-rate",
    title="the trace of singular values along any path with its frames",
    setting=Matrices(
        letters=tuple(
            Letter(x, row, COLUMNS[x], "", "hermitian" if x == "G" else "free", ABOUT.get(x, ""))
            for x, row in ROWS.items()
        ),
        definitions={
            "left": (Equal(X * v, u * G),),
            "right": (Equal(X.H * u, v * G),),
            "units": (Equal(u.H * u, num(1)), Equal(v.H * v, num(1))),
            "moved": (Equal(Y * v + X * b, a * G + u * T),),
            "turned": (Equal(a.H * u + u.H * a, 0 * G), Equal(b.H * v + v.H * b, 0 * G)),
        },
        layers=False,
        examples=(
            Example(
                {"X": [[2], [0]], "Y": [[3], [4]], "u": [[1], [0]], "a": [[0], [2]], "v": [[1]],
                 "b": [[0]], "G": [[2]], "T": [[3]]},
                sizes={"m": 2, "n": 1, "j": 1},
            ),
        ),
    ),
    assuming=(),
    concluding={"rate": Identity(tr(T), inner(u, Y * v))},
    hints={
        "rate": Aid(
            uses={
                "identity": (
                    Use("moved", left=-u.H, trace=True),
                    Use("turned", part=1, left=G / 2, trace=True),
                    Use("turned", part=0, left=-G / 2, trace=True),
                )
            }
        )
    },
    source=DEEP,
)  # fmt: skip
