"""``verify ode``: every model with every loss, with and without decay, as a flow and as one descent
step, at the ends of its sizes, in every format: what is printed is what training does.

What else belongs to the kind: depth 1 and width 1, as many layers as there may be, losses that use
a logarithm or a root, constants, data with names of their own (x1, S_B, lambda), losses that do not
fit these sizes, symmetric data by halves, an index with two signs in LaTeX.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction as F
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import mpmath
import pytest
from mpmath import mpf, workdps

from tests.laws.losses_by_hand import LOSSES, SMOOTH, Data, row
from tests.laws.models_table import TABLE
from tests.runner import SECONDS
from verify import BadInput, ode
from verify.models.catalogue import model
from verify.models.objectives import known
from verify.report.odes import Equations

#: beside those of the table: the ends
ENDS: dict[str, tuple[tuple[int, ...], ...]] = {
    "diagonal": ((1, 1), (12, 1)),
    "layers": ((1, 1), (1,) * 13),
    "scalars": ((12,),),
    "completion": ((1, 1, 1),),
    "units": ((1, 1),),
    "relu": ((1, 1, 1),),
    "signed-power": ((1, 1), (12, 1)),
    "signed-product": ((1, 1), (12, 1)),
    "warped": ((1, 1), (12, 1)),
}
NEEDS = {"fraction": 2, "ratio-trace-diag-output": 2}  # coordinates
EXPRESSIONS = [x for x in LOSSES if x not in known(model("diagonal"))]
MOTIONS = list(product((False, True), (False, True)))
CASES = [
    (name, sizes, loss)
    for name, entry in TABLE.items()
    for sizes in (*entry.sizes, *ENDS.get(name, ()))
    for loss in (None, *known(model(name)), *(EXPRESSIONS if "ratio" in known(model(name)) else ()))
]


def number(x: F) -> mpf:
    return mpf(x.numerator) / x.denominator


def drawn(names: list[str], loss: str | None, draw: Random) -> dict[str, F]:
    """Forms are definite, as their diagonals are large; a mask has 0 and 1."""
    found = {}
    for n in names:
        x = F(draw.choice([-1, 1]) * draw.randint(1, 4), draw.randint(3, 5))
        if n.startswith(("S_", "diag_", "lambda")):
            alike = re.fullmatch(r".*_(\d+)_\1", n) or n.endswith("_")
            x = abs(x) / 9 + 3 * bool(alike)
        if loss == "observed" and re.match(r"M(_|$)", n):
            x = F(draw.randint(0, 1))
        found[n] = x
    return found


def fits(name: str, sizes: tuple[int, ...], loss: str | None) -> bool:
    """Has the output as many coordinates as the loss needs?"""
    at = dict(zip([s.name for s in model(name).sizes], sizes, strict=False))
    count = at.get("n", at.get("D", 0)) if loss in NEEDS else 0
    return loss not in NEEDS or count == NEEDS[loss] or (loss == "fraction" and count > 2)


def objective(name: str, sizes: tuple[int, ...], loss: str | None, data: Data) -> Callable:
    phi, g = TABLE[name].phi, model(name).gradient.name
    if loss is None:
        at = lambda z: sum(x * y for x, y in zip(z, row(data, g, z), strict=True))
    else:
        at = lambda z: LOSSES[loss](z, data)
    return lambda theta: at(phi(theta, sizes))


def by_differences(value: Callable, theta: list[mpf]) -> list[mpf]:
    """Central, with 60 digits: right to 30."""
    h, found = mpf(10) ** -20, []
    for i in range(len(theta)):
        up, down = list(theta), list(theta)
        up[i], down[i] = up[i] + h, down[i] - h
        found.append((value(up) - value(down)) / (2 * h))
    return found


def ran(source: str) -> dict[str, Any]:
    """The program, with logarithms and exponentials of many digits."""
    made: dict[str, Any] = {}
    exec(source, made)
    return made | {"field": made["field"].__class__(made["field"].__code__, made | HIGH)}


HIGH = {"exp": mpmath.exp, "log": mpmath.log}


@pytest.mark.parametrize(("name", "sizes", "loss"), CASES)
def test_the_program_is_the_gradient(name: str, sizes: tuple[int, ...], loss: str | None) -> None:
    """Of J(phi(theta)) by hand: theta' = -grad J - kappa theta, theta^+ = theta + eta theta'."""
    if not fits(name, sizes, loss):
        with pytest.raises(BadInput, match=rf"loss {loss}: it (uses|is defined)"):
            ode(name, sizes=sizes, loss=loss).python()
        return
    with workdps(60):
        slopes: list[mpf] = []
        for decay, descent in MOTIONS:
            made = ran(ode(name, sizes=sizes, loss=loss, decay=decay, descent=descent).python())
            draw = Random(f"{name}{sizes}{loss}")
            rough = [F(draw.choice([-1, 1]) * draw.randint(2, 6), 5) for _ in made["THETA"]]
            # no two are equal: a difference of powers has an output that is not 0
            theta = [(abs(x) if loss in NEEDS else x) + F(k, 31) for k, x in enumerate(rough)]
            data = drawn([n for n in made["GIVEN"] if n not in ("kappa", "eta")], loss, draw)
            data |= {"kappa": F(2, 7), "eta": F(3, 5)}
            at, given = theta, [data[n] for n in made["GIVEN"]]
            if loss in SMOOTH:
                at, given = list(map(number, at)), list(map(number, given))
            exact = [
                number(F(x)) if isinstance(x, int | F) else x for x in made["field"](at, given)
            ]
            at = list(map(number, theta))
            if not slopes:
                of = objective(name, sizes, loss, {n: number(x) for n, x in data.items()})
                slopes = [-x for x in by_differences(of, at)]
            wanted = [s - decay * number(F(2, 7)) * x for s, x in zip(slopes, at, strict=True)]
            if descent:
                wanted = [x + number(F(3, 5)) * s for x, s in zip(at, wanted, strict=True)]
            for x, y in zip(exact, wanted, strict=True):
                assert abs(x - y) < mpf(10) ** -25 * (1 + abs(y)), (decay, descent)


HEAD = "\\documentclass{article}\\usepackage{amsmath}\\begin{document}\\allowdisplaybreaks\n"


@pytest.mark.parametrize("name", TABLE)
def test_what_is_printed_for_every_size(name: str) -> None:
    flat = " ".join(str(ode(name)).split())
    assert not [line for line in TABLE[name].lines if line not in flat]


TWICE = re.compile(r"_(\{[^{}]*\}|\w)_|\^(\{[^{}]*\}|\w)\^")  # of one letter: no LaTeX


def page(of: Equations) -> str:
    text = of.latex()
    assert not TWICE.search(text) and text.count("{") == text.count("}"), TWICE.search(text)
    for x, at in re.findall(r"^  \\dot ?\{?([A-Za-z])\}?_(\\?\w+) .*\\quad", text, re.M):
        assert f"\\quad ({at} = " in text, x  # the index whose range is told
    return text


@pytest.mark.parametrize(("name", "sizes", "loss"), CASES)
def test_every_format_is_written(name: str, sizes: tuple[int, ...], loss: str | None) -> None:
    if fits(name, sizes, loss):
        for decay, descent in MOTIONS:
            found = ode(name, sizes=sizes, loss=loss, decay=decay, descent=descent)
            data = json.loads(found.json())
            assert data["decay"] is decay and data["descent"] is descent
            mark = "^+ = " if descent else "' = "
            assert all(mark in e["text"] for e in data["equations"])
            assert all(mark in e for e in data["entries"]["equations"])
            assert "kappa" in " ".join(data["entries"]["given"]) or not decay
            page(found)
            compile(found.sympy(), "<sympy>", "exec")


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no pdflatex on this machine")
def test_the_latex_compiles(tmp_path: Path, tail: F) -> None:
    """Every loss of each model; a part of the motions where not all runs."""
    parts = []
    for m in map(model, TABLE):
        sizes = TABLE[m.name].sizes[-1] if m.name != "diagonal" else (3, 2)
        losses = [x for x in (None, *known(m), *EXPRESSIONS) if x is None or x in known(m)]
        for k, loss in enumerate(x for x in losses if fits(m.name, sizes, x)):
            motions = MOTIONS if tail == 1 else [MOTIONS[k % 4]]
            parts += [
                page(ode(m.name, sizes=sizes, loss=loss, decay=a, descent=b)) for a, b in motions
            ]
    (tmp_path / "all.tex").write_text(HEAD + "\n".join(parts) + "\\end{document}\n")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, errors="replace", timeout=SECONDS
    )
    assert done.returncode == 0, done.stdout[-1500:]


RUN = """
import json, runpy, sys
from fractions import Fraction
for path in sys.argv[1:]:
    made = runpy.run_path(path)
    theta = [Fraction(k + 2, 3) for k, _ in enumerate(made["THETA"])]
    given = [Fraction(1, k + 2) for k, _ in enumerate(made["GIVEN"])]
    print(json.dumps([str(x) for x in made["field"](theta, given)]))
"""


def test_a_program_needs_nothing_of_ours(tmp_path: Path) -> None:
    """Python alone, with no packages: exact numbers, those that SymPy's program gives, too."""
    import sympy

    chosen = [
        ("layers", (2, 1, 2), "squared"),
        ("warped", (3, 2), "ratio"),
        ("units", (2, 2), None),
    ]
    chosen += [("diagonal", (3, 2), "ratio-output-regularised"), ("relu", (1, 2, 1), "linear")]
    paths, wanted = [], []
    for k, (name, sizes, loss) in enumerate(chosen):
        found = ode(name, sizes=sizes, loss=loss, decay=True, descent=k % 2 == 0)
        paths.append(tmp_path / f"model_{k}.py")
        paths[-1].write_text(found.python(), encoding="utf-8")
        made: dict[str, Any] = {}
        exec(found.sympy(), made)
        wanted.append(made["rates"])
    (tmp_path / "run.py").write_text(RUN, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "run.py", *map(str, paths)],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = map(json.loads, done.stdout.splitlines())
    for values, path, rates in zip(rows, paths, wanted, strict=True):
        given = re.search(r"^GIVEN = (\[.*\])$", path.read_text(), re.M)[1]
        at = {x: sympy.Rational(k + 2, 3) for k, x in enumerate(rates)}
        for k, n in enumerate(re.findall(r"'(\w+)'", given)):
            at[sympy.Symbol(n, real=True)] = sympy.Rational(1, k + 2)
        assert values == [str(e.subs(at)) for e in rates.values()]
