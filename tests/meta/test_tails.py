"""The table of long tails names functions that exist, and of each one something always runs."""

from __future__ import annotations

import ast
from fractions import Fraction as F
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import conftest as tails

TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", tails.TAILS)
def test_it_names_a_function_with_cases(name: str) -> None:
    file, function = name.split("::")
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    found = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function
    ]
    assert len(found) == 1
    assert any("parametrize" in ast.unparse(d) for d in found[0].decorator_list)


@pytest.mark.parametrize("name", tails.SLOW)
def test_what_is_slow_is_there(name: str) -> None:
    file, function = name.split("::")
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == function]
    assert name not in tails.TAILS


def test_of_the_slow_ones_a_fixed_fraction_runs() -> None:
    """Another seed draws others; with another fraction of tails all of them run."""
    kept = []
    for seed, fraction in ((0, tails.FRACTION), (1, tails.FRACTION), (0, "1/5"), (0, "1")):
        items = [_Item(f"tests/{name}") for name in tails.SLOW]
        config = _Config(tail=tails._fraction(fraction), tail_seed=seed)
        tails.pytest_collection_modifyitems(config, items)
        kept.append({item.nodeid for item in items})
    most = -(-len(tails.SLOW) // 8)
    assert [len(x) for x in kept] == [most] * 2 + [len(tails.SLOW)] * 2 and kept[0] != kept[1]


class _Config:
    def __init__(self, **options: object) -> None:
        self.options, self.hook = options, self
        self.left_out: list = []

    def getoption(self, name: str) -> object:
        return self.options[name.removeprefix("--").replace("-", "_")]

    def pytest_deselected(self, items: list) -> None:
        self.left_out = items


class _Item:
    def __init__(self, nodeid: str, *fixtures: str) -> None:
        self.nodeid, self.fixturenames = nodeid, fixtures


def test_two_functions_over_one_list_run_for_the_same_entries() -> None:
    names = [
        "laws/test_claims.py::test_expected_verdict",
        "laws/test_claims.py::test_sentences_are_for_people",
    ]
    items = [_Item(f"tests/{name}[{k}]") for name in names for k in range(50)]
    others = [
        _Item("tests/laws/test_claims.py::test_every_kind_of_conclusion_is_used"),
        _Item("tests/x.py::test_y[1]"),
    ]
    config, every = _Config(tail=tails._fraction("1/5"), tail_seed=0), [*items, *others]
    tails.pytest_collection_modifyitems(config, every)
    kept = [item.nodeid.split("[") for item in every[: -len(others)]]
    assert every[-len(others) :] == others
    assert len(kept) == 20 and len(config.left_out) == 80
    assert len({case for _, case in kept}) == 10


@pytest.mark.parametrize("seed", (0, 1))
def test_the_rest_is_what_the_default_leaves_out(seed: int) -> None:
    """Together they are all, and only what draws inside is in both."""
    cases = [_Item(f"tests/{name}[{k}]") for name in tails.TAILS for k in range(50)]
    slow = [_Item(f"tests/{name}") for name in tails.SLOW]
    always = [_Item("tests/x.py::test_y[1]"), _Item("tests/x.py::test_z")]
    draw = [_Item("tests/x.py::test_f", "tail"), _Item("tests/x.py::test_g[0]", "drawn", "tmp")]
    every, runs = [*cases, *slow, *always, *draw], []
    for fraction in (tails.FRACTION, "rest"):
        items = list(every)
        config = _Config(tail=tails._fraction(fraction), tail_seed=seed)
        tails.pytest_collection_modifyitems(config, items)
        assert set(config.left_out) == set(every) - set(items)
        runs.append(set(items))
    assert runs[0] | runs[1] == set(every) and runs[0] & runs[1] == set(draw)
    shares = ((3, 47), (-(-len(slow) // 8), len(slow) * 7 // 8))
    for family, counts, each in zip((cases, slow), shares, (len(tails.TAILS), 1), strict=True):
        assert [len(ran.intersection(family)) for ran in runs] == [n * each for n in counts]


@pytest.mark.parametrize(
    ("asked", "of_tests"), ((tails.FRACTION, F(1, 20)), ("1/3", F(1, 3)), ("1", 1), ("rest", 1))
)
def test_what_draws_inside_draws_all_in_the_rest(asked: str, of_tests: F) -> None:
    config = _Config(tail=tails._fraction(asked), tail_seed=0)
    assert tails.tail.__wrapped__(SimpleNamespace(config=config)) == of_tests


def test_the_header_says_what_runs() -> None:
    said = {
        asked: tails.pytest_report_header(_Config(tail=tails._fraction(asked), tail_seed=7))
        for asked in (tails.FRACTION, "rest", "1")
    }
    slow = f"1/8 of {len(tails.SLOW)} slow functions"
    assert said["rest"] == (
        f"long tails: all but what runs by default (1/20 of each, {slow}, seed 7)"
    )
    assert said["1/20"] == f"long tails: 1/20 of each, {slow}, seed 7; all of them: --tail 1"
    assert said["1"] == "long tails: 1 of each, seed 7; all of them: --tail 1"


@pytest.mark.parametrize("name", (*tails.LONGEST, *tails.TOGETHER))
def test_what_begins_exists(name: str) -> None:
    assert (TESTS / name).is_file()
