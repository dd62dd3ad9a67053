"""Two linear systems with one transfer function; O and K of each, with inverses on one side."""

from fractions import Fraction

from verify.claims.conclusions.matrix_kinds import Use
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


def behind(gap: object) -> Use:
    """From gap K1 = 0 to gap = 0."""
    return Use("controllable", part=0, left=-gap)  # type: ignore[operator]


ONE_TRANSFER_FUNCTION = Matrices(
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
)
