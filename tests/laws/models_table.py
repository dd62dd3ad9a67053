"""One row for each model of the catalogue: phi once more, by hand, in plain loops over any numbers,
and sizes to try.

Nothing here is computed by the code under test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

Row = Sequence[Any]
Matrix = list[list[Any]]


@dataclass(frozen=True)
class Entry:
    """``phi(theta, sizes)`` in the order of the coordinates; ``sizes`` as ``--sizes`` has them;
    lines that ``verify ode`` prints for every size.
    """

    phi: Callable[[Row, tuple[int, ...]], list[Any]]
    sizes: tuple[tuple[int, ...], ...]
    lines: tuple[str, ...]


def blocks(theta: Row, *shapes: tuple[int, int]) -> list[Matrix]:
    found, at = [], 0
    for rows, columns in shapes:
        cells = theta[at : at + rows * columns]
        found.append([list(cells[r * columns : (r + 1) * columns]) for r in range(rows)])
        at += rows * columns
    assert at == len(theta)
    return found


def mul(a: Matrix, b: Matrix) -> Matrix:
    return [[sum(x * y[j] for x, y in zip(row, b)) for j in range(len(b[0]))] for row in a]  # noqa: B905


def flat(a: Matrix) -> list[Any]:
    return [x for row in a for x in row]


def diagonal(theta: Row, sizes: tuple[int, ...]) -> list[Any]:
    depth, width = sizes
    return [prod(theta[l * width + i] for l in range(depth)) for i in range(width)]


def layers(theta: Row, sizes: tuple[int, ...]) -> list[Any]:
    w = blocks(theta, *((b, a) for a, b in pairwise(sizes)))
    x = w[0]
    for layer in w[1:]:
        x = mul(layer, x)
    return flat(x)


def completion(theta: Row, sizes: tuple[int, ...]) -> list[Any]:
    m, n, r = sizes
    u, v = blocks(theta, (m, r), (n, r))
    return [sum(u[i][k] * v[j][k] for k in range(r)) for i in range(m) for j in range(n)]


def units(theta: Row, sizes: tuple[int, ...]) -> list[Any]:
    h, n = sizes
    a, b = theta[:h], [theta[h + j * n : h + (j + 1) * n] for j in range(h)]
    return [sum(a[k] * b[k][i] * b[k][j] for k in range(h)) for i in range(n) for j in range(n)]


def relu(theta: Row, sizes: tuple[int, ...]) -> list[Any]:
    h, n, m = sizes
    a = [theta[j * m : (j + 1) * m] for j in range(h)]
    b = [theta[h * m + j * n : h * m + (j + 1) * n] for j in range(h)]
    return [a[j][i] * b[j][k] for j in range(h) for i in range(m) for k in range(n)]


def linear_system(theta: Row, sizes: tuple[int, ...]) -> list[Any]:
    n, m, r = sizes
    a, b, c = blocks(theta, (n, n), (n, m), (r, n))
    found = []
    for _ in range(2 * n):
        found += flat(mul(c, b))
        b = mul(a, b)
    return found


def signed_product(theta: Row, sizes: tuple[int, ...]) -> list[Any]:
    depth, width = sizes
    half = len(theta) // 2
    u, v = diagonal(theta[:half], (depth, width)), diagonal(theta[half:], (depth, width))
    return [x - y for x, y in zip(u, v, strict=True)]


def adapter(theta: Row, sizes: tuple[int, ...]) -> list[Any]:
    m, n, r = sizes
    w, b, a = blocks(theta, (m, n), (m, r), (r, n))
    return [x + y for x, y in zip(flat(w), flat(mul(b, a)), strict=True)]


TABLE: dict[str, Entry] = {
    "diagonal": Entry(
        diagonal,
        ((1, 2), (2, 2), (3, 2), (4, 1)),
        ("u_l' = -P_l*g for l = 1..L", "P_l = product of the other factors"),
    ),
    "layers": Entry(
        layers,
        ((2, 3), (1, 2, 1), (2, 3, 1, 2), (1, 1, 1, 1, 1)),
        ("W_p' = -A_p^T P B_p^T for p = 1..N", "A_p = W_N ... W_(p+1)"),
    ),
    "scalars": Entry(lambda x, s: [prod(x)], ((1,), (2,), (5,)), ("w_k' = -g*P_k for k = 1..N",)),
    "completion": Entry(completion, ((2, 3, 1), (2, 2, 2)), ("U' = -P V", "V' = -P^T U")),
    "units": Entry(units, ((1, 2), (3, 2)), ("a_j' = -<G, w_j w_j^T>", "w_j' = -2 a_j G w_j")),
    "relu": Entry(relu, ((2, 2, 1), (1, 2, 3)), ("a_j' = -G_j b_j", "b_j' = -G_j^T a_j")),
    "linear-system": Entry(
        linear_system,
        ((1, 1, 1), (2, 2, 1), (3, 1, 1)),
        ("C' = -sum_(k=0..2n-1) G_k B^T (A^T)^k",),
    ),
    "signed-power": Entry(
        lambda x, s: [x[i] ** s[0] - x[s[1] + i] ** s[0] for i in range(s[1])],
        ((1, 2), (2, 2), (3, 1), (5, 2)),
        ("u' = -D*u^(D-1)*g", "v' = D*v^(D-1)*g"),
    ),
    "signed-product": Entry(
        signed_product,
        ((1, 2), (2, 2), (3, 1)),
        (
            "u_l' = -P_l*g for l = 1..L",
            "v_l' = R_l*g for l = 1..L",
            "P_l = product of the other u R_l = product of the other v",
        ),
    ),
    "warped": Entry(
        lambda x, s: [x[0] ** s[0] * y for y in x[1:]],
        ((1, 2), (1, 3), (2, 2), (3, 1)),
        ("a' = -D*a^(D-1)*<g, w>", "w' = -a^D g"),
    ),
    "adapter": Entry(
        adapter,
        ((1, 1, 1), (2, 1, 2), (2, 3, 1)),
        ("W' = -P", "B' = -P A^T", "A' = -B^T P"),
    ),
}
