"""Exact scatter matrices of real data, and what makes S_W singular."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.exact.errors import BadInput
from verify.models.data import load_table, rank_of, read_scatter, require_definite, scatter_of
from verify.models.data.shipped import SHIPPED
from verify.models.data.table import Table

F = Fraction
NAMES = tuple(SHIPPED)
needs_data = pytest.mark.skipif(
    __import__("importlib.util").util.find_spec("sklearn") is None,
    reason="the extra `data` is not installed",
)

HAND = "a,b,kind\n1,0.5,x\n3,1.5,x\n2,4,y\n"


def _file(tmp_path, content, name="data.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_small_example_by_hand(tmp_path):
    """x: (1, 1/2), (3, 3/2), mean (2, 1); y: (2, 4); mean of all (2, 2).

    S_W = (-1,-1/2)(.)' + (1,1/2)(.)' = [[2,1],[1,1/2]]; S_B = 2 (0,-1)(.)' + (0,2)(.)' =
    [[0,0],[0,6]]. The variances 2/3 and 13/6 lie between 1/10 and 10, so nothing is rescaled.
    """
    s = read_scatter(_file(tmp_path, HAND), "kind")
    assert s.S_W == ((F(2), F(1)), (F(1), F(1, 2)))
    assert s.S_B == ((F(0), F(0)), (F(0), F(6)))
    assert s.m == (F(0), F(-3))
    assert (s.columns, s.classes, s.counts, s.rows, s.scales) == (
        ("a", "b"),
        ("x", "y"),
        (2, 1),
        3,
        (F(1), F(1)),
    )
    assert s.describe() == "data.csv: 3 rows, 2 columns, 2 classes (x 2, y 1); columns as they are"
    assert rank_of(s).dependent == (("b", ("a",)),)


@needs_data
@pytest.mark.parametrize("name", NAMES)
def test_shipped_data_against_scikit_learn_and_numpy(name):
    """Loaded by scikit-learn, computed in floating point from centred rows; every entry to
    1e-10.
    """
    datasets, np = pytest.importorskip("sklearn.datasets"), pytest.importorskip("numpy")
    bunch = getattr(datasets, "load_" + name.replace("-", "_"))()
    s = read_scatter(name)
    assert s.columns == tuple(bunch.feature_names) and s.classes == tuple(
        map(str, bunch.target_names)
    )
    x = bunch.data / np.array([float(c) for c in s.scales])
    within, between = np.zeros((s.width, s.width)), np.zeros((s.width, s.width))
    for label in range(len(s.classes)):
        rows = x[bunch.target == label]
        centred, shift = rows - rows.mean(0), rows.mean(0) - x.mean(0)
        within += centred.T @ centred
        between += len(rows) * np.outer(shift, shift)
        assert len(rows) == s.counts[label]
    for exact, computed in ((s.S_W, within), (s.S_B, between)):
        np.testing.assert_allclose(
            [[float(a) for a in row] for row in exact], computed, rtol=1e-10, atol=0
        )
        assert computed.max() > 1
    deviation = x.std(0)
    assert ((deviation == 0) | ((deviation >= 10**-0.5) & (deviation < 10**0.5))).all()


@needs_data
def test_two_classes_have_a_between_scatter_of_rank_one():
    s = read_scatter("breast-cancer")
    factor = F(s.counts[0] * s.counts[1], s.rows)
    assert s.m is not None and any(s.m)
    assert s.S_B == tuple(tuple(factor * a * b for b in s.m) for a in s.m)
    assert read_scatter("iris").m is None


decimals = st.tuples(st.integers(-9999, 9999), st.integers(-5, 3))
tables = st.integers(1, 3).flatmap(
    lambda width: st.tuples(
        st.lists(st.tuples(st.sampled_from("pqr"), *[decimals] * width), max_size=9),
        *(st.tuples(st.just(c), *[decimals] * width) for c in "pq"),
    )
)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_scatter_is_its_definition(drawn):
    """Against sums of outer products of centred rows, in fractions; and the rule for the powers of
    ten.
    """
    rows = [*drawn[0], *drawn[1:]]
    width = len(rows[0]) - 1
    classes = tuple(sorted({r[0] for r in rows}))
    columns = tuple(f"c{j}" for j in range(width))
    cells = tuple(tuple(F(a) * F(10) ** e for a, e in r[1:]) for r in rows)
    s = scatter_of(
        Table(
            "t", columns, classes, tuple(r[0] for r in rows), cells, tuple(range(1, len(rows) + 1))
        )
    )
    x = [[F(a) * F(10) ** e / c for (a, e), c in zip(r[1:], s.scales, strict=True)] for r in rows]
    mean = _mean(x)
    within, between = _zeros(width), _zeros(width)
    for c in classes:
        members = [v for v, r in zip(x, rows, strict=True) if r[0] == c]
        centre = _mean(members)
        for v in members:
            _add_square(within, [a - b for a, b in zip(v, centre, strict=True)], 1)
        _add_square(between, [a - b for a, b in zip(centre, mean, strict=True)], len(members))
    assert [list(r) for r in s.S_W] == within and [list(r) for r in s.S_B] == between
    for j in range(width):
        variance = (within[j][j] + between[j][j]) / len(rows)
        assert F(1, 10) <= variance < 10 if variance else s.scales[j] == 1
    if len(classes) == 2:
        first, second = (
            _mean([v for v, r in zip(x, rows, strict=True) if r[0] == c]) for c in classes
        )
        assert s.m == tuple(a - b for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize(
    ("cells", "scale"), [("0 2 6 8", F(10)), ("0 .2 .6 .8", F(1)), ("5 5 5 5", F(1))]
)
def test_power_of_ten_at_the_ends_of_its_interval(tmp_path, cells, scale):
    """Deviations -4, -2, 2, 4 have variance exactly 10, the next power; a tenth of them exactly
    1/10.
    """
    lines = [f"{cell},{label}" for cell, label in zip(cells.split(), "xxyy", strict=True)]
    assert read_scatter(_file(tmp_path, "a,l\n" + "\n".join(lines)), "l").scales == (scale,)


def _mean(rows):
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]


def _zeros(width):
    return [[F(0)] * width for _ in range(width)]


def _add_square(matrix, v, weight):
    for i, a in enumerate(v):
        for j, b in enumerate(v):
            matrix[i][j] += weight * a * b


# --- singular S_W
# --------------------------------------------------------------------------------------------------


@needs_data
def test_digits_names_its_three_constant_columns_and_dropping_them_helps():
    s = read_scatter("digits")
    constant = ("pixel_0_0", "pixel_4_0", "pixel_4_7")
    assert s.constant_columns == constant == rank_of(s).to_drop and rank_of(s).rank == 61
    with pytest.raises(BadInput, match="rank 61 of 64") as error:
        require_definite(s)
    assert all(name in str(error.value) for name in constant)
    assert "Drop these columns" in str(error.value) and "input-space regularisation" in str(
        error.value
    )
    require_definite(read_scatter("digits", drop=constant))


@needs_data
@pytest.mark.parametrize("name", ["iris", "wine", "breast-cancer"])
def test_definite_scatter_is_accepted(name):
    assert require_definite(read_scatter(name)) is None


def test_dependent_and_class_constant_columns_are_named(tmp_path):
    """c = 2a + b - 1 in class x and 2a + b + 5 in class y; d is 1 in x and 2 in y; nothing else is
    dependent.
    """
    rows = [
        (1, 4, 5, 1, "x"),
        (2, 9, 12, 1, "x"),
        (5, 1, 10, 1, "x"),
        (7, 2, 21, 2, "y"),
        (3, 3, 14, 2, "y"),
        (1, 8, 15, 2, "y"),
    ]
    path = _file(tmp_path, "a,b,c,d,l\n" + "\n".join(",".join(map(str, r)) for r in rows))
    found = rank_of(read_scatter(path, "l"))
    assert (found.rank, found.constant, found.dependent) == (2, ("d",), (("c", ("a", "b")),))
    with pytest.raises(BadInput, match="'c' is a linear combination of 'a', 'b' and a constant"):
        require_definite(read_scatter(path, "l"))
    require_definite(read_scatter(path, "l", drop=found.to_drop))


def test_too_few_rows_and_only_single_rows_are_explained(tmp_path):
    with pytest.raises(BadInput, match="4 rows in 2 classes allow a rank of at most 2"):
        require_definite(
            read_scatter(_file(tmp_path, "a,b,c,l\n1,5,2,x\n2,3,1,x\n3,8,8,y\n9,1,2,y\n"), "l")
        )
    with pytest.raises(BadInput, match="rank 0 of 1") as error:
        require_definite(read_scatter(_file(tmp_path, "a,l\n1,x\n2,y\n"), "l"))
    assert "Add an input-space regularisation" in str(error.value)


# --- cost
# --------------------------------------------------------------------------------------------------


@needs_data
def test_products_of_exact_numbers_are_no_calls() -> None:
    """Whole numbers multiplied by the interpreter itself: where each of the rows * columns^2
    products was one of Fractions, it took minutes.
    """
    table, calls = load_table("digits"), 0

    def counted(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(counted)
    try:
        scatter_of(table)
    finally:
        sys.setprofile(None)
    assert calls < len(table.cells) * len(table.columns) ** 2 / 2


@needs_data
def test_reading_imports_neither_scikit_learn_nor_numpy():
    code = "import sys; from verify.models.data import read_scatter as r; r('iris'); "
    code += "print({'sklearn', 'numpy'} & set(sys.modules))"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True
    )
    assert done.stdout.strip() == "set()"


@needs_data
def test_dropping_columns():
    assert load_table("iris").without(["sepal width (cm)"]).columns == (
        "sepal length (cm)",
        "petal length (cm)",
        "petal width (cm)",
    )
    with pytest.raises(BadInput, match="did you mean 'petal width"):
        read_scatter("iris", drop=["petal widht (cm)"])
    with pytest.raises(BadInput, match="keep at least one"):
        read_scatter("iris", drop=load_table("iris").columns)
