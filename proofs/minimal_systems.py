"""Two minimal linear systems with the same transfer function lie on one orbit of GL_n; others
need not.

O and K stack C A^k and A^k B for k < n, and O K, O A K, O B, C K hold the Markov parameters C A^k
B: so these agree for two systems with the same transfer function. Minimal of order n: O has a left
and K a right inverse, in both systems. Then T = L2 O1 with L2 O2 = 1 moves the first into the
second, and T^(-1) = K1 R2 with K2 R2 = 1. Section 1.3.1 of arXiv:2511.01137v2 leaves minimality
out.
"""

from fractions import Fraction

from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.claims.hypotheses.matrices import Holds
from verify.models.matrices import Example, Matrices
from verify.terms.letters import Letter
from verify.terms.matrices import letter, num
from verify.terms.relation import Equal

A1, B1, C1, O1, K1, L1, R1 = (letter(f"{x}1") for x in "ABCOKLR")
A2, B2, C2, O2, K2, L2, R2 = (letter(f"{x}2") for x in "ABCOKLR")
T, BACK = L2 * O1, K1 * R2


def _system(j: int) -> tuple[Letter, ...]:
    return (
        Letter(f"A{j}", "n", "n"),
        Letter(f"B{j}", "n", "m"),
        Letter(f"C{j}", "p", "n"),
        Letter(f"O{j}", "o", "n", about="rows C A^k, k < n"),
        Letter(f"K{j}", "n", "r", about="columns A^k B, k < n"),
        Letter(f"L{j}", "n", "o"),
        Letter(f"R{j}", "r", "n"),
    )


def _scalar(first: str, second: str) -> Example:
    """One state, input and output: the values of A, B, C, O, K, L, R of both, in this order."""
    values = {
        f"{x}{j}": [[Fraction(v)]]
        for j, row in ((1, first), (2, second))
        for x, v in zip("ABCOKLR", row.split(), strict=True)
    }
    return Example(sizes=dict.fromkeys("nmpor", 1), values=values)


OBSERVABLE = Holds(
    "observable", "each O has a left inverse", (Equal(L1 * O1, num(1)), Equal(L2 * O2, num(1)))
)
CONTROLLABLE = Holds(
    "controllable", "each K has a right inverse", (Equal(K1 * R1, num(1)), Equal(K2 * R2, num(1)))
)


def _behind(gap: object) -> Use:
    """From gap K1 = 0 to gap = 0."""
    return Use("controllable", part=0, left=-gap)  # type: ignore[operator]


LS_MINIMAL_ORBIT = Claim(
    id="ls-minimal-orbit",
    title="minimal linear systems with one transfer function",
    setting=Matrices(
        letters=(*_system(1), *_system(2)),
        definitions={
            "markov": (
                Equal(O1 * K1, O2 * K2),
                Equal(O1 * A1 * K1, O2 * A2 * K2),
                Equal(O1 * B1, O2 * B2),
                Equal(C1 * K1, C2 * K2),
            )
        },
        layers=False,
        examples=(
            _scalar("3 2 1 1 2 1 1/2", "3 1 2 2 1 1/2 1"),
            _scalar("1 1 0 0 1 0 1", "2 1 0 0 1 0 1"),
            _scalar("1 0 1 1 0 1 0", "2 0 1 1 0 1 0"),
        ),
    ),
    assuming=(OBSERVABLE, CONTROLLABLE),
    concluding={
        "inverse": Identity(T * BACK, num(1)),
        "inverse-too": Identity(BACK * T, num(1)),
        "state": Identity(T * A1, A2 * T),
        "input": Identity(T * B1, B2),
        "output": Identity(C2 * T, C1),
    },
    hints={
        "inverse-too": Aid(
            uses={
                "identity": (
                    Use("observable", part=0, right=-(BACK * T - 1)),
                    Use("controllable", part=0, left=-L1 * O1 * (BACK * T - 1)),
                )
            }
        ),
        "state": Aid(uses={"identity": (_behind(T * A1 - A2 * T),)}),
        "output": Aid(uses={"identity": (_behind(C2 * T - C1),)}),
    },
    breaks=(Break("observable"), Break("controllable")),
    source=Source(LINDSEY_MENON.arxiv, "section 1.3.1", note="the corrected form; derived"),
    as_printed="err-minimal",
    remarks=(Remark("moment-map-linear-systems"),),
)
