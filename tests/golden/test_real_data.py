"""check3: the tables are those that scikit-learn loads, the kernel end is the interpolator of least
square norm, and what is missing is named.
"""

import math
from importlib.util import find_spec
from itertools import product

import numpy as np
import pytest

from tests.runner import cli
from verify.exact.errors import BadInput
from verify.models.data import shipped as shipped_data
from verify.reproduce import real_data, tables
from verify.reproduce.complexity import complexities, within_bounds

shipped = pytest.mark.skipif(
    find_spec("sklearn") is None, reason="needs the data sets that scikit-learn ships"
)
LOADERS = {"diabetes": "load_diabetes", "breast-cancer": "load_breast_cancer", "iris": "load_iris",
           "digits": "load_digits"}  # fmt: skip


@shipped
@pytest.mark.parametrize("name", tables.NAMES)
def test_the_tables_are_those_of_scikit_learn(name):
    datasets = pytest.importorskip("sklearn.datasets")
    raw = {"scaled": False} if name == "diabetes" else {}
    x, y = getattr(datasets, LOADERS[name])(return_X_y=True, **raw)
    mine, targets = tables.table(name)
    assert np.array_equal(mine, x) and np.array_equal(targets, y)


@shipped
@pytest.mark.parametrize("task", real_data.TASKS, ids=lambda t: t.data)
def test_a_large_start_selects_the_least_square_interpolator(task):
    """By another way: the pseudo-inverse, on splits drawn as the module says."""
    rows, _, errors = real_data.measured(task, 2, 5)
    x, y = tables.table(task.data)
    if task.labels:
        kept = np.isin(y, task.labels)
        x, y = x[kept], np.where(y[kept] == max(task.labels), 1.0, -1.0)
    draw, found = np.random.default_rng(5), []
    for _ in range(real_data.SPLITS):
        order = draw.permutation(len(y))
        train, held = order[: task.train], order[task.train :]
        middle, size = x[train].mean(0), x[train].std(0)
        z = (x[:, size > 0] - middle[size > 0]) / size[size > 0]
        pairs = [z[:, i] * z[:, j] for i in range(z.shape[1]) for j in range(i, z.shape[1])]
        z = np.column_stack([z, *pairs, np.ones(len(z))])
        targets = y if task.labels else (y - y[train].mean()) / y[train].std()
        told = z[held] @ (np.linalg.pinv(z[train]) @ targets[train])
        wrong = (told > 0) != (targets[held] > 0)
        square = (told - targets[held]) ** 2 / targets[held].var()
        found.append((wrong if task.labels else square).mean())
    assert np.allclose(errors[:, 0], found, rtol=1e-5, atol=1e-9)
    assert rows[0][3] == pytest.approx(np.mean(found), rel=1e-5)


@pytest.mark.parametrize("seed", range(6))
def test_complexities_are_means_over_all_signs(seed):
    """Beside sums over all 2^n signs, the largest entry found corner by corner; one row as well."""
    x = np.random.default_rng(seed).integers(-4, 5, (1 + seed, 3)).astype(float)
    one = two = 0.0
    for signs in product((-1, 1), repeat=len(x)):
        total = [sum(s * row[j] for s, row in zip(signs, x, strict=True)) for j in range(3)]
        one += max(side * v for v in total for side in (-1, 1)) / len(x)
        two += math.hypot(*total) / len(x)
    found = complexities(x)
    assert found == pytest.approx((one / 2 ** len(x), two / 2 ** len(x)), rel=1e-12)
    assert within_bounds(x, *found, 1e-9)
    assert not within_bounds(x, found[1] * 1.01, found[1], 1e-9) or not found[1]
    assert complexities(np.ones((13, 1))) is None


@shipped
def test_the_screen_tells_both_ends_as_they_are(tmp_path):
    ran = cli(tmp_path, "experiment", "check3", COLUMNS="80")
    assert ran.code == 0 and max(map(len, ran.out.splitlines())) <= 80
    assert "thm2-kernel" in ran.flat and "strictly between the ends" in ran.flat
    again = cli(tmp_path, "experiment", "check3", COLUMNS="80", PYTHONHASHSEED="7")
    assert again == ran


def test_data_that_are_not_there_are_named(monkeypatch):
    monkeypatch.setattr(shipped_data, "find_spec", lambda name: None)
    for name in tables.NAMES:
        with pytest.raises(BadInput, match=rf"{name}.*flowlaw\[data\]"):
            tables.table(name)
