"""Every loss of the house once more, by hand, at numbers of mpmath: of the output ``z`` and the
loss's data by the names that a printed program gives them. Nothing here is of the product.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import mpmath
from mpmath import mpf

Data = Mapping[str, mpf]
Row = Sequence[mpf]


def form(d: Data, name: str, z: Row) -> mpf:
    """z' S z, S given by its upper half."""
    at = lambda i, j: d[f"{name}_{min(i, j)}_{max(i, j)}"] if len(z) > 1 else one(d, name)
    return sum(at(i, j) * x * y for i, x in enumerate(z, 1) for j, y in enumerate(z, 1))


def line(d: Data, name: str, z: Row) -> mpf:
    return sum(d.get(f"{name}_{i}", d.get(name)) * x for i, x in enumerate(z, 1))


def one(d: Data, name: str) -> mpf:
    return d[next(n for n in d if n == name or n.startswith(f"{name}_"))]


def row(d: Data, letter: str, z: Row) -> list[mpf]:
    """The entries of a letter of the output's shape; of a symmetric one the lower half, too."""
    found = [x for n, x in d.items() if n == letter or n.startswith(f"{letter}_")]
    if len(found) == len(z):
        return found
    n, left = round(len(z) ** 0.5), iter(found)
    upper = {(i, j): next(left) for i in range(n) for j in range(i, n)}
    return [upper[min(i, j), max(i, j)] for i in range(n) for j in range(n)]


def norm2(z: Row) -> mpf:
    return sum(x * x for x in z)


def ratio(z: Row, d: Data) -> mpf:
    return -form(d, "S_B", z) / form(d, "S_W", z)


def trace_of_the_map(z: Row, d: Data) -> mpf:
    """-tr((D S_W D + lambda I)^-1 D S_B D), by matrices."""
    within, between = mpmath.matrix([[2, 1], [1, 2]]), mpmath.matrix([[1, 1], [1, 1]])
    scale = mpmath.diag(list(z))
    found = mpmath.inverse(scale * within * scale + d["lambda_"] * mpmath.eye(2))
    found = found * scale * between * scale
    return -(found[0, 0] + found[1, 1])


LOSSES: dict[str, Callable[[Row, Data], mpf]] = {
    "squared": lambda z, d: sum((x - y) ** 2 for x, y in zip(z, row(d, "Y", z), strict=True)) / 2,
    "linear": lambda z, d: sum(x * y for x, y in zip(z, row(d, "Y", z), strict=True)),
    "observed": lambda z, d: (
        sum((m * (x - y)) ** 2 for x, y, m in zip(z, row(d, "Y", z), row(d, "M", z), strict=True))
        / 2
    ),
    "ratio": ratio,
    "trace-ratio": ratio,
    "ratio-trace": ratio,
    "fisher": lambda z, d: -(line(d, "m", z) ** 2) / form(d, "S_W", z),
    "log-ratio": lambda z, d: -mpmath.log(-ratio(z, d)),
    "log-det": lambda z, d: -mpmath.log(1 - ratio(z, d)),
    "ratio-input-regularised": lambda z, d: (
        -form(d, "S_B", z) / (form(d, "S_W", z) + d["lambda_"] * norm2(z))
    ),
    "ratio-output-regularised": lambda z, d: (
        -form(d, "S_B", z) / (form(d, "S_W", z) + d["lambda_"])
    ),
    "trace-ratio-diag": lambda z, d: -form(d, "diag_B", z) / form(d, "diag_W", z),
    "ratio-trace-diag": lambda z, d: mpf(-1),
    "log-det-diag": lambda z, d: mpf(-1),
    "ratio-trace-diag-output": trace_of_the_map,
    "fraction": lambda z, d: z[0] / (z[0] + z[1]),
    "difference": lambda z, d: d["lambda_"] * form(d, "S_W", z) - form(d, "S_B", z),
    "logistic": lambda z, d: sum(mpmath.log1p(mpmath.exp(-line(d, f"x{j}", z))) for j in (1, 2, 3)),
    "norm": lambda z, d: norm2(z),
    "shifted": lambda z, d: norm2(z) + z[0],
    # expressions, as --loss takes them
    "-B/(W+N)": lambda z, d: -form(d, "S_B", z) / (form(d, "S_W", z) + norm2(z)),
    "exp(-m)+w1^3/7": lambda z, d: mpmath.exp(-line(d, "m", z)) + z[0] ** 3 / 7,
    "(N+1)^(1/2)*log(2+W^2)": lambda z, d: (
        mpmath.sqrt(norm2(z) + 1) * mpmath.log(2 + form(d, "S_W", z) ** 2)
    ),
    "1/2": lambda z, d: mpf(1) / 2,
}
SMOOTH = ("log-ratio", "log-det", "logistic", "exp(-m)+w1^3/7", "(N+1)^(1/2)*log(2+W^2)")
