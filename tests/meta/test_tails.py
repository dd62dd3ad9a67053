"""The table of long tails names functions that exist, and of each one something always runs."""

from __future__ import annotations

import ast
from pathlib import Path

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
    def __init__(self, nodeid: str) -> None:
        self.nodeid = nodeid


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


@pytest.mark.parametrize("name", (*tails.LONGEST, *tails.TOGETHER))
def test_what_begins_exists(name: str) -> None:
    assert (TESTS / name).is_file()
