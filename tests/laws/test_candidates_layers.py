"""What a scale-invariant loss adds to deep linear networks and the law of degree 2/N at balance, as
``candidates`` says it for every size, against exact states.

What else belongs to the kind: every depth (one layer too), narrow and wide hidden layers, products
of deficient rank, a gradient that is not orthogonal to X (nothing may stay), a start that is not
balanced, and an installation without the claim that brings the proof.
"""

from __future__ import annotations

from fractions import Fraction as F
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from proofs.flows.starts import rotation
from verify.claims.conclusions.matrix_kinds import Unchanged
from verify.claims.verdict import Verdict
from verify.judge.every_size import decided
from verify.judge.found import told
from verify.judge.model_settings import setting_of
from verify.library.registry import claims
from verify.models.catalogue import model
from verify.models.derived import motion, phi_at, slopes_at
from verify.models.matrices import Matrices
from verify.terms.matrices import letter
from verify.theories.symmetries.candidates import candidates

SIZES = [(2, 3), (2, 2, 2), (1, 2, 2), (2, 1, 2), (3, 1, 2, 1), (2, 2, 1, 2)]
Matrix = list[list[F]]


@cache
def data(sizes: tuple[int, ...], bare: bool = False) -> dict[str, Any]:
    m = model("layers")
    known = [] if bare else [f.claim for f in claims().values()]
    return told(candidates(m, m.at(sizes)), known, None)


def drawn(draw: Random, widths: tuple[int, ...]) -> list[F]:
    count = sum(a * b for a, b in pairwise(widths))
    return [F(draw.choice([-1, 1]) * draw.randint(1, 4), draw.randint(1, 3)) for _ in range(count)]


def dot(x: list[F], y: list[F]) -> F:
    return sum((a * b for a, b in zip(x, y, strict=True)), F(0))


@pytest.mark.parametrize("sizes", SIZES)
def test_each_norm_is_judged_for_every_size(sizes: tuple[int, ...]) -> None:
    (law,) = data(sizes)["scaled"]
    assert law["law"] == "|W_p|^2" and law["range"] == "for p = 1..N"
    every = law["every_size"]
    assert (every["verdict"], every["scope"]) == ("PROVED", "every depth, every size")
    assert every["statement"] == "d/dt (||W_k||^2) = -2 <X, P> for k = 1..N"
    assert every["so"] == "by Euler's identity" and every["claims"] == []


@pytest.mark.parametrize("sizes", SIZES)
def test_each_norm_stays_where_the_gradient_is_orthogonal(sizes: tuple[int, ...]) -> None:
    """Euler: <X, P> = 0 for a loss with J(c X) = J(X). Otherwise every norm has the slope -2 <X,
    P>.
    """
    m, draw = model("layers"), Random(f"{sizes}")
    theta = drawn(draw, sizes)
    x = phi_at(m, m.at(sizes), theta)
    p = drawn(draw, (sizes[0], sizes[-1]))
    along = dot(x, p) / dot(x, x)
    for g in (p, [a - along * b for a, b in zip(p, x, strict=True)]):
        slopes, at = slopes_at(motion(m), m.at(sizes), theta, g), 0
        for a, b in pairwise(sizes):
            block = slice(at, at + a * b)
            assert 2 * dot(theta[block], slopes[block]) == -2 * dot(x, g)
            at += a * b


def mul(a: Matrix, b: Matrix) -> Matrix:
    return [[dot(row, list(c)) for c in zip(*b, strict=True)] for row in a]


def transposed(a: Matrix) -> Matrix:
    return [list(r) for r in zip(*a, strict=True)]


def frame(draw: Random, n: int) -> Matrix:
    """Orthogonal and rational."""
    found = [[F(i == j) for j in range(n)] for i in range(n)]
    for i in range(n - 1):
        (c, s), (t, d) = rotation(F(draw.randint(1, 4), draw.randint(1, 3)))
        turn = [[F(r == k) for k in range(n)] for r in range(n)]
        turn[i][i], turn[i][i + 1], turn[i + 1][i], turn[i + 1][i + 1] = c, s, t, d
        found = mul(turn, found)
    return found


def balanced_layers(draw: Random, widths: tuple[int, ...]) -> list[Matrix]:
    """U_p D U_(p-1)^T with the same D of least rank in all of them, one value 0 where there is
    room.
    """
    rank = min(widths)
    values = [F(draw.randint(1, 4), draw.randint(1, 3)) for _ in range(rank)]
    values[-1] = values[-1] if rank == 1 else F(0)
    frames = [frame(draw, n) for n in widths]
    layers = []
    for p, (a, b) in enumerate(pairwise(widths), 1):
        middle = [[values[i] if i == j < rank else F(0) for j in range(a)] for i in range(b)]
        layers.append(mul(mul(frames[p], middle), transposed(frames[p - 1])))
    return layers


@pytest.mark.parametrize("sizes", [s for s in SIZES if len(s) > 2])
def test_the_law_at_balance(sizes: tuple[int, ...]) -> None:
    """tr (X X^T)^(1/N) is |W_p|^2: exactly, at balanced states of any rank."""
    at, depth = data(sizes)["balanced"], len(sizes) - 1
    assert at["law"] == f"tr (X X^T)^(1/{depth})" and at["from"] == "|W_p|^2"
    assert at["degree"] == {2: "1"}.get(depth, f"(2/{depth})")
    every = at["every_size"]
    assert (every["verdict"], every["scope"]) == ("PROVED", "every depth, every size")
    assert every["claims"] == ["dln-balanced-roots"]
    layers = balanced_layers(Random(f"{sizes}"), sizes)
    for w, v in pairwise(layers):
        assert mul(w, transposed(w)) == mul(transposed(v), v)
    x = layers[0]
    for w in layers[1:]:
        x = mul(w, x)
    root = mul(layers[-1], transposed(layers[-1]))
    power = root
    for _ in range(depth - 1):
        power = mul(power, root)
    assert power == mul(x, transposed(x))  # and the root is positive semidefinite
    trace = sum((root[i][i] for i in range(len(root))), F(0))
    assert [sum((y * y for r in w for y in r), F(0)) for w in layers] == [trace] * depth


def test_without_the_claim_that_brings_the_proof() -> None:
    at = data((2, 2, 2), bare=True)["balanced"]
    assert at["every_size"] is None and at["law"] == "tr (X X^T)^(1/2)"


def test_one_output_does_not_move() -> None:
    found = data((1, 2, 1))
    assert found["scaled_is_still"] and found["scaled"] == [] and found["balanced"] is None


def test_single_matrices_are_judged_for_every_size_too() -> None:
    """U' = -g V, V' = -g^T U, g on any path: the setting is made from the model's equations, and
    a near miss is refuted in it.
    """
    m = model("completion")
    found = told(candidates(m, m.at((2, 3, 2))), [], None)
    (law,), (norm,) = found["laws"], found["scaled"]
    assert law["law"] == "U^T U - V^T V" and norm["law"] == "|U|^2"
    for x in (law, norm):
        assert (x["every_size"]["verdict"], x["every_size"]["scope"]) == ("PROVED", "every size")
    assert norm["every_size"]["statement"] == "d/dt (||U||^2) = -2 <U V*, g>"
    setting = setting_of(m)
    U, V = letter("U"), letter("V")
    assert isinstance(setting, Matrices)
    assert decided(setting, (), Unchanged(U.H * U + V.H * V, 1, 0)).verdict is Verdict.REFUTED
    assert decided(setting, (), Unchanged(U.H * U, 1, 0)).verdict is Verdict.REFUTED
