"""What the finders write down for fields that are known by hand, and what they do not write.

The kind: a count that is a sum instead of a rank, a law that holds for the sampled patterns only,
a family that is cut. Widths are drawn, the counts come from formulas that are proved elsewhere
(`exact closure`, laws.csv): none is handed to the search unless the test says so.
"""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from tests.discover.by_hand import linear, relu, residual, signed_power, symmetric, tied
from verify.discover.laws import text
from verify.discover.laws.atoms import Law, Power
from verify.discover.laws.families import families
from verify.discover.laws.find import Found, LowerAboveUpper, find
from verify.discover.laws.forms import along
from verify.discover.laws.layout import Layout
from verify.discover.laws.modular import PRIME, independent, kernel, matmul, rational, residue
from verify.discover.laws.search import Ranked

KINDS = {f.__name__: f for f in (linear, relu, symmetric, residual, tied, signed_power)}


@cache
def found(kind: str, *sizes: int) -> Found:
    return find(*KINDS[kind](*sizes))


def lines(f: Found) -> list[str]:
    return [text.family(f.layout, x) for x in families(f.laws, f.layout)]


ROWS = {
    ("linear", 1, 1, 1): (1, ["|W1|^2 - |W2|^2"]),
    ("linear", 1, 2, 1): (3, ["W1 @ W1.T - W2.T @ W2"]),
    ("linear", 2, 3, 1): (6, ["W1 @ W1.T - W2.T @ W2"]),
    ("linear", 3, 2, 1): (3, ["W1 @ W1.T - W2.T @ W2"]),
    ("linear", 2, 2, 2): (3, ["W1 @ W1.T - W2.T @ W2"]),
    ("linear", 3, 4, 2, 4): (13, ["W1 @ W1.T - W2.T @ W2", "W2 @ W2.T - W3.T @ W3"]),
    ("linear", 2, 4, 5, 2, 3): (28, [f"W{i} @ W{i}.T - W{i + 1}.T @ W{i + 1}" for i in (1, 2, 3)]),
    # the seventh is a quadrature: exactly 7 are possible, 6 are written
    ("linear", 1, 2, 2, 1): (6, ["W1 @ W1.T - W2.T @ W2", "W2 @ W2.T - W3.T @ W3"]),
    ("relu", 3, 5, 2): (5, ["|A[i,:]|^2 - |B[:,i]|^2 for each i"]),
    ("symmetric", 2, 2): (0, []),
    ("symmetric", 2, 3): (2, [
        f"det(U[:,[0,1]]) / det(U[:,{x}]) while det(U[:,{x}]) != 0" for x in ("[0,2]", "[1,2]")]),
    ("tied", 2): (0, []),
    ("signed_power", 2, 2): (2, ["u[0] v[0]", "u[1] v[1]"]),
    ("signed_power", 2, 3): (2, [
        f"u[{i}]^-1 + v[{i}]^-1 while u[{i}], v[{i}] != 0" for i in range(2)]),
}  # fmt: skip


@pytest.mark.parametrize("model", ROWS, ids=lambda m: "-".join(map(str, m)))
def test_counts_and_what_is_written(model: tuple[str, int]) -> None:
    f = found(*model)
    assert (f.rank, sorted(lines(f))) == (ROWS[model][0], sorted(ROWS[model][1]))


@pytest.mark.parametrize("sizes, count", (((2, 4), 4), ((3, 4), 3)))
def test_the_row_space(sizes: tuple[int, int], count: int) -> None:
    """Of U (n x r) with U' = S U: r - n times n ratios of minors."""
    assert found("symmetric", *sizes).rank == count == (sizes[1] - sizes[0]) * sizes[0]


def test_a_residual_branch_has_laws_with_linear_parts() -> None:
    f = found("residual", 2)
    assert f.rank == 3 and all("U1[0,1]" in x or "U1[1,1]" in x or "U1[0,0]" in x for x in lines(f))


@pytest.mark.parametrize("seed", range(6))
def test_drawn_widths(seed: int) -> None:
    """Deep linear networks: the balance matrices; ReLU: one law for each hidden unit, and no
    entry off the diagonal.
    """
    source = random.Random(seed)
    widths = [source.randint(2, 4) for _ in range(source.randint(3, 4))]
    f = found("linear", *widths)
    assert len(f.laws) == sum(n * (n + 1) // 2 for n in widths[1:-1])
    f = found("relu", *widths[:3])
    assert len(f.laws) == f.rank == widths[1]


def test_a_count_is_a_rank() -> None:
    """The balance matrix of a wide layer has more entries than independent ones."""
    f = found("linear", 1, 5, 1)
    assert len(f.laws) == 15 and f.rank == 9  # D - 1 field's dimension: 10 parameters, one field


@pytest.mark.parametrize("model", (("linear", 2, 2, 2), ("relu", 2, 3, 1), ("symmetric", 2, 3)))
def test_more_laws_than_possible_is_loud(model: tuple[str, int]) -> None:
    shapes, fields = KINDS[model[0]](*model[1:])
    with pytest.raises(LowerAboveUpper, match="internal error"):
        find(shapes, fields, upper=1)


@pytest.mark.parametrize("model", (("linear", 2, 3, 2), ("residual", 2), ("symmetric", 2, 3)))
def test_the_search_ends_where_the_bound_is_met(model: tuple[str, int]) -> None:
    f = found(*model)
    assert find(*KINDS[model[0]](*model[1:]), upper=f.rank).rank == f.rank
    assert not find(*KINDS[model[0]](*model[1:]), upper=0).laws


@pytest.mark.parametrize("model", [m for m, row in ROWS.items() if row[0]])
def test_a_changed_law_is_not_along_the_fields(model: tuple[str, int]) -> None:
    """One coefficient of each law changed: the derivative is not 0 any more."""
    f = found(*model)
    theta, fields = KINDS[model[0]](*model[1:])[1](8)
    for law in f.laws:
        form = law.form(f.layout)
        assert not along(form, theta, fields).any()
        if len(law.sum) > 1:
            (c, a), *rest = law.sum
            changed = type(law)(((c + 1, a), *rest)).form(f.layout)
            assert along(changed, theta, fields).any()


@pytest.mark.parametrize("seed", range(5))
def test_linear_algebra(seed: int) -> None:
    bits = np.random.Generator(np.random.PCG64(seed))
    a, b = (bits.integers(0, PRIME, s, dtype=np.uint64) for s in ((6, 4), (4, 9)))
    product = matmul(a, b)
    expected = [[sum(int(x) * int(y) for x, y in zip(r, c, strict=True)) % PRIME
                 for c in b.T] for r in a]  # fmt: skip
    assert product.tolist() == expected
    assert independent(product) == [0, 1, 2, 3]
    basis = kernel(product)
    assert basis.shape == (5, 9) and not matmul(product, basis.T.copy()).any()
    for top in range(-40, 40):
        assert rational(residue(Fraction(top, 37))) == Fraction(top, 37)


@pytest.mark.parametrize("size", [6, 300, 5000])
def test_gradients_are_ranked_as_they_are(size: int) -> None:
    """u_i^2 and sums of neighbours: eight rows of rank five, whatever columns are combined."""
    squares = [Law(((Fraction(1), Power(((i, 2),))),)) for i in (0, 1, size // 2, size - 1)]
    both = [Law(tuple(x for law in two for x in law.sum)) for two in pairwise(squares)]
    other = Law((*squares[0].sum, (Fraction(1), Power(((2, 1), (3, 1))))))
    ranked = Ranked(Layout.of({"u": (size,)}), 3)
    assert ranked.add([*squares[:2], both[0]]) == [True, True, False] and ranked.rank == 2
    assert ranked.add([both[1], squares[2], other, *both, squares[3]]) == [
        True, False, True, False, False, True, False,
    ] and ranked.rank == 5  # fmt: skip
