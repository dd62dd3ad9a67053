"""The table of long tails names functions that exist, and of each one something always runs."""

from __future__ import annotations

import ast
from fractions import Fraction as F
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import conftest as tails

TESTS = Path(__file__).resolve().parents[1]


@cache
def functions(file: str) -> list[ast.FunctionDef]:
    body = ast.parse((TESTS / file).read_text(encoding="utf-8")).body
    return [node for node in body if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("file", sorted({x.split("::")[0] for x in (*tails.TAILS, *tails.SLOW)}))
def test_it_names_functions_and_those_with_tails_have_cases(file: str) -> None:
    for table in (tails.TAILS, tails.SLOW):
        names = [x.split("::")[1] for x in table if x.split("::")[0] == file]
        found = [f for f in functions(file) if f.name in names]
        assert sorted(f.name for f in found) == sorted(names)
        for f in found if table is tails.TAILS else ():
            assert any("parametrize" in ast.unparse(d) for d in f.decorator_list), f.name


def test_every_file_keeps_a_test() -> None:
    """Whatever is drawn: some function of each file is not slow, and of a tail one case runs."""
    files = {x.split("::")[0] for x in tails.SLOW}
    kept = {
        file
        for file in files
        for f in functions(file)
        if f.name.startswith("test_") and f"{file}::{f.name}" not in tails.SLOW
    }
    assert files == kept


def test_of_a_tail_that_is_slow_a_case_runs_or_none() -> None:
    """Which is drawn as it is of the other slow ones, so that both runs together are all."""
    name = next(x for x in tails.TAILS if x in tails.SLOW)
    ran = {}
    for seed in range(40):
        items = [_Item(f"tests/{name}[{k}]") for k in range(50)]
        others = [_Item(f"tests/{x}") for x in tails.SLOW if x != name]
        for tail in (tails._fraction(tails.FRACTION), tails.REST):
            left = [*items, *others]
            tails.pytest_collection_modifyitems(_Config(tail=tail, tail_seed=seed), left)
            ran[tail] = {x for x in left if x in items}
        default = ran.pop(tails._fraction(tails.FRACTION))
        assert len(default) in (0, 3) and ran[tails.REST] == {*items} - default
        ran[len(default)] = default
    assert {0, 3} < ran.keys()


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
    names = [x for x in tails.TAILS if x not in tails.SLOW]
    cases = [_Item(f"tests/{name}[{k}]") for name in names for k in range(50)]
    both = [_Item(f"tests/{x}[{k}]") for x in tails.TAILS if x not in names for k in range(50)]
    slow = [_Item(f"tests/{name}") for name in tails.SLOW if name not in tails.TAILS]
    always = [_Item("tests/x.py::test_y[1]"), _Item("tests/x.py::test_z")]
    draw = [_Item("tests/x.py::test_f", "tail"), _Item("tests/x.py::test_g[0]", "drawn", "tmp")]
    every, runs = [*cases, *both, *slow, *always, *draw], []
    for fraction in (tails.FRACTION, "rest"):
        items = list(every)
        config = _Config(tail=tails._fraction(fraction), tail_seed=seed)
        tails.pytest_collection_modifyitems(config, items)
        assert set(config.left_out) == set(every) - set(items)
        runs.append(set(items))
    assert runs[0] | runs[1] == set(every) and runs[0] & runs[1] == set(draw)
    assert [len(ran.intersection(cases)) for ran in runs] == [3 * len(names), 47 * len(names)]
    eighth = {tails._function(x) for x in runs[0].intersection([*slow, *both])}
    assert len(eighth) == -(-len(tails.SLOW) // 8)


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
