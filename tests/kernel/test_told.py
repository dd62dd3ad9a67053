"""The steps as mathematics: a line for each, with what it uses and at which index; in LaTeX too.

The kind: a line of bookkeeping ("subtract -1 [balance at k-1]"), a step that is left out, a fact
that is used and not named, names of the kernel (w@, @1) in print. Belonging to it: every rule of
the kernel's list, induction in both directions, facts at other indices, sums, traces, adjoints, all
committed certificates and those written by hand.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest

from tests.kernel.read import CERTIFICATES
from tests.kernel.test_networks import STEPS
from tests.runner import cli
from verify.kernel.limits import Refused
from verify.kernel.rules import RULES
from verify.theories.steps.told import SAYS, told

FILES = [p for p in (*sorted(STEPS.iterdir()), *CERTIFICATES) if "instance" in p.read_text()]


def used(data: object) -> int:
    """How many facts are used in steps and conclusions, each at its places."""
    if isinstance(data, dict):
        return ("use" in data and "rule" not in data) + sum(map(used, data.values()))
    if isinstance(data, list) and data and all("use" in x for x in data if isinstance(x, dict)):
        apart = ("left", "right", "by")
        alike = {json.dumps({y: z for y, z in x.items() if y not in apart}): x for x in data
                 if isinstance(x, dict)}  # fmt: skip
        return sum(map(used, alike.values()))
    return sum(map(used, data)) if isinstance(data, list) else 0


def test_every_rule_is_said() -> None:
    assert {*SAYS, "rate"} == {*RULES}


@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_a_line_for_each_step(path: Path) -> None:
    data = json.loads(path.read_text())
    lines, latex = told(data), told(data, latex=True)
    numbers = [int(m[1]) for x in lines if (m := re.match(r"(\d+)\. ", x))]
    assert numbers == [*range(1, len(data["steps"]) + 1)] and len(lines) == len(latex)
    assert sum(x.startswith("Hence ") for x in lines) == len(data["conclude"])
    assert not [x for x in (*lines, *latex) if "@" in x or "subtract" in x]
    assert all(x.endswith(".") and "\n" not in x for x in (*lines, *latex))
    for text in latex:
        assert text.count("\\(") == text.count("\\)") and text.count("{") == text.count("}")
        outside = re.sub(r"\\\(.*?\\\)", "", text)
        assert not set("_^<>{}\\") & set(outside), outside
        inside = "".join(re.findall(r"\\\((.*?)\\\)", text))
        assert inside.count("\\left(") == inside.count("\\right)")
        assert "_(" not in inside and "Sum_" not in inside and " tr" not in inside


@pytest.mark.parametrize("path", FILES[::4], ids=[p.stem for p in FILES[::4]])
def test_every_use_is_named_and_nothing_else_is_told(path: Path) -> None:
    """A use at another place or with another factor is another line, or no proof at all."""
    data = json.loads(path.read_text())
    honest = told(data)
    for name, c in data["conclude"].items():
        for k in range(len(c["by"])):
            forged = deepcopy(data)
            del forged["conclude"][name]["by"][k]
            with pytest.raises(Refused):
                told(forged)
    equalities = sum(len(re.findall(r" (?:=|>=|!=|>) ", x)) for x in honest)
    assert equalities >= used(data["steps"]) - len(data["steps"])


PARTS = {"thirds": ("1/3", "2/3"), "of different signs": ("2", "-1"), "three": ("1", "5", "-5")}


@pytest.mark.parametrize("parts", PARTS.values(), ids=[*PARTS])
@pytest.mark.parametrize("path", FILES[::5], ids=[p.stem for p in FILES[::5]])
def test_a_fact_is_said_once_with_all_its_factors(path: Path, parts: tuple[str, ...]) -> None:
    """A use in parts, which add up to it, is that use."""
    data = json.loads(path.read_text())
    for c in data["conclude"].values():
        for k, use in enumerate(c["by"]):
            if not alone(c["by"], k):
                continue
            made = [{**use, "left": ["*", x, use.get("left", "1")]} for x in parts]
            split = {**data, "conclude": {**data["conclude"]}}
            (name,) = [n for n, x in data["conclude"].items() if x is c]
            split["conclude"][name] = {**c, "by": [*c["by"][:k], *made, *c["by"][k + 1 :]]}
            try:
                lines = told(split)
            except Refused as why:  # an order is multiplied by what is >= 0 alone
                assert "not visibly" in str(why)
                continue
            honest = told(data)
            assert [x.count(" = ") for x in lines] == [x.count(" = ") for x in honest]
            if isinstance(use.get("left", "1"), str) and "right" not in use:
                assert lines == honest


def alone(by: list[dict[str, object]], k: int) -> bool:
    """Whether it is the only use of its fact, so that its factors are told as they are."""
    return sum(x["use"] == by[k]["use"] for x in by) == 1


def test_what_cancels_is_not_told() -> None:
    path = next(p for p in FILES if p.stem == "quasi-norm.conserved")
    data = json.loads(path.read_text())
    (c,) = data["conclude"].values()
    more = {"use": c["by"][0]["use"], "at": [2, "i"], "sum": {"i": "coord"}}
    least = {**data, "setting": {**data["setting"], "integers": {"L": 2}}}
    honest = told(least)
    c["by"] += [{**more, "left": "3"}, {**more, "left": "-3"}]
    assert told(least) == honest


def test_as_the_command_prints_it(tmp_path: Path) -> None:
    said = cli(tmp_path, "explain", "dln-learning-flow")
    for part in (
        "2. A_(k - 1) W_(k)^* = M A_(k) for all k in 1..N: by induction, at the first place by",
        "A_(k) W_(k + 1)^* = M A_(k + 1) (the induction hypothesis, times W_(k + 1) on the right)",
        "(step 3 with j1 for k, times P B_(j1)^* B_(j1) on the right, summed over j1 in 1..N)",
        "Rule INDUCTION_OVER_LAYERS",
    ):
        assert part in said.out
    assert said.code == 0 and "subtract" not in said.out
    shown = cli(tmp_path, "show", "quasi-norm", "--latex")
    assert r"Let \({q_{i}}^{L} = {w_{i}}^{2}\)" in shown.out and shown.code == 0
    bound = cli(tmp_path, "explain", "quasi-norm-bound")
    assert "Rule HOLDER (cited)" in bound.out and "a cited theorem" in bound.out
