"""M = U U^* along the flow of two measurements as a series in t, and its logarithm."""

from fractions import Fraction

from verify.models.matrices import Matrices
from verify.terms.letters import Letter
from verify.terms.matrices import Mat, letter, num
from verify.terms.relation import Equal

A, B = letter("A"), letter("B")
S = [letter(f"S{j}") for j in range(4)]
X = [num(1), *(letter(f"X{j}") for j in range(1, 5))]
LOG = (
    X[1],
    X[2] - X[1] * X[1] / 2,
    X[3] - (X[1] * X[2] + X[2] * X[1]) / 2 + X[1] ** 3 / 3,
    X[4] - (X[1] * X[3] + X[2] * X[2] + X[3] * X[1]) / 2
    + (X[1] * X[1] * X[2] + X[1] * X[2] * X[1] + X[2] * X[1] * X[1]) / 3 - X[1] ** 4 / 4,
)  # fmt: skip


def moved(k: int) -> Mat:
    """X_(k+1), by the flow."""
    found = S[0] * X[k] + X[k] * S[0] if k else 2 * S[0]
    for j in range(1, k + 1):
        found = found + (S[j] * X[k - j] + X[k - j] * S[j] if j < k else 2 * S[k])
    return found * Fraction(-2, k + 1)


def bracket(x: Mat, y: Mat) -> Mat:
    """[x, y]."""
    return x * y - y * x


LEAVES = bracket(S[0], bracket(S[0], S[1]))

SERIES = Matrices(
    letters=(
        *(Letter(f"S{j}", "n", "n", form="hermitian") for j in range(4)),
        *(Letter(f"X{j}", "n", "n") for j in range(1, 5)),
    ),
    definitions={f"x{k}": (Equal(X[k], moved(k - 1)),) for k in range(1, 5)},
    layers=False,
    note="X_k are the coefficients of t^k in M/alpha^2, S_k those of S",
)
