"""``ode`` and ``candidates`` in a script or a notebook: what they give is what the commands print.

What else belongs to the kind: every option of the commands, every model, wrong types as much as
wrong values, and names that would hide a module.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import verify
from tests.runner import cli
from verify import BadInput, candidates, discover_laws, mirror_flow, ode, value
from verify.exact.errors import NoValue
from verify.models.catalogue import MODELS
from verify.process.executors import spread
from verify.testing import assert_stays

NAMES = [m.name for m in MODELS]


def test_no_public_name_is_that_of_a_module() -> None:
    """An import of ``verify.NAME`` would put the module in the place of the function."""
    assert {"ode", "candidates"} <= set(dir(verify))
    assert [n for n in verify.__all__ if find_spec(f"verify.{n}")] == []


CALLS: list[tuple[str, dict[str, Any]]] = [
    *((n, {}) for n in NAMES),
    ("layers", {"sizes": (1, 2, 1), "loss": "squared", "decay": True}),
    ("diagonal", {"depth": 3, "width": 1, "descent": True}),
    ("diagonal", {"loss": "-B/(W+N)", "width": 2}),
]


@pytest.mark.parametrize(("name", "options"), CALLS)
def test_equations_are_those_of_the_command(
    name: str, options: dict[str, Any], tmp_path: Path
) -> None:
    found, arguments = ode(name, **options), [name, *written(options)]
    assert json.loads(found.json()) == cli(tmp_path, "ode", *arguments, "--format", "json").json
    for form in ("latex", "python", "sympy"):
        ran = cli(tmp_path, "ode", *arguments, "--format", form)
        assert getattr(found, form)() == ran.out and ran.code == 0
    assert str(found) + "\n" == cli(tmp_path, "ode", *arguments, "--verbose").out
    assert repr(found).splitlines()[1:] == found.equations
    assert found._repr_latex_().startswith("$$\n\\begin{aligned}")


@pytest.mark.parametrize("name", NAMES)
def test_laws_are_those_of_the_command(name: str, tmp_path: Path) -> None:
    found = candidates(name)
    assert json.loads(found.json()) == cli(tmp_path, "candidates", name, "--format", "json").json
    assert str(found) + "\n" == cli(tmp_path, "candidates", name, "--verbose").out
    laws = [x["law"] for x in found.data["laws"]]
    assert all(any(line.startswith(law) for line in repr(found).splitlines()) for law in laws)
    tex = found.latex()
    assert tex.count("{") == tex.count("}") and tex.count("\\text{const}") >= len(laws)
    assert all(x["latex"] in tex for x in (*found.data["laws"], *found.data["powers"]))


def written(options: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for name, x in options.items():
        row = ",".join(map(str, x)) if isinstance(x, tuple) else str(x)
        found += [f"--{name}"] if x is True else [f"--{name}", row]
    return found


BAD: dict[str, tuple[Callable[..., Any], tuple, dict[str, Any]]] = {
    "did you mean layers": (ode, ("layer",), {}),
    "expected the name of a model": (ode, (MODELS[0],), {}),
    "depth='3': expected a whole number": (ode, ("layers",), {"depth": "3"}),
    "depth=True": (candidates, ("layers",), {"depth": True}),
    "width=0: expected": (candidates, ("layers",), {"width": 0}),
    "depth '13': expected": (ode, ("layers",), {"depth": 13}),
    "sizes=3: expected whole numbers": (ode, ("layers",), {"sizes": 3}),
    "sizes=(1, 2.0)": (candidates, ("layers",), {"sizes": (1, 2.0)}),
    "size d = 0": (ode, ("layers",), {"sizes": (1, 0)}),
    "expected 2 numbers or more": (ode, ("layers",), {"sizes": (2,)}),
    "'' is no whole number": (ode, ("layers",), {"sizes": ()}),
    "give one of them, sizes says all": (ode, ("layers",), {"sizes": (1, 2), "depth": 2}),
    "has none; give sizes m,n,r": (candidates, ("completion",), {"width": 2}),
    "loss=2: expected": (candidates, ("layers",), {"loss": 2}),
    "known: squared": (ode, ("layers",), {"loss": "square"}),
    "decay=1: expected True or False": (ode, ("layers",), {"decay": 1}),
    "seed=-1: expected": (candidates, ("layers",), {"seed": -1}),
    "no whole number of 1 to 4 digits": (ode, ("layers",), {"sizes": (1, 10**9)}),
    "model=None: expected a name": (discover_laws, (None,), {}),
    "model=3: expected a name": (discover_laws, (3,), {}),
    "sizes='2,3,2': expected whole numbers": (discover_laws, ("linear",), {"sizes": "2,3,2"}),
    "sizes=4: expected whole numbers": (discover_laws, ("linear",), {"sizes": 4}),
    "bias='no': expected True or False": (discover_laws, ("linear",), {"bias": "no"}),
    "flow=3: expected text": (discover_laws, ("linear",), {"flow": 3}),
    "symmetry=3: expected text": (discover_laws, ("linear",), {"symmetry": 3}),
    "start=3: expected one exact number": (mirror_flow, ("warped",), {"start": 3}),
    "start='5,3,4': expected one exact": (mirror_flow, ("warped",), {"start": "5,3,4"}),
    "derivative=1: expected True or False": (value, ("w_1",), {"at": [[1]], "derivative": 1}),
    "loss=5: expected a name or a formula": (value, ("J",), {"at": [[1]], "loss": 5}),
    "executor 'here': expected an Executor": (spread, ("here",), {}),
    "assert_stays('x', ...): expected a Sys": (assert_stays, ("x", "x", "<", 1), {"horizon": 1}),
}


@pytest.mark.parametrize("said", BAD)
def test_bad_input_is_named(said: str) -> None:
    call, arguments, options = BAD[said]
    with pytest.raises(BadInput) as refused:
        call(*arguments, **options)
    assert said in str(refused.value) and "--depth" not in str(refused.value)


def test_too_large_has_no_value() -> None:
    large = ode("layers", sizes=(12, 12, 12, 12))
    assert repr(large).splitlines()[1].startswith("W_p' =")
    for ask in (large.latex, large.json, large.python, large.__str__):
        with pytest.raises(NoValue, match="choose smaller sizes"):
            ask()
    with pytest.raises(NoValue, match="choose smaller sizes"):
        candidates("layers", sizes=(5, 5, 5))
