"""``verify discover --format``: LaTeX, Python and claims of what was found, as a user meets them.

The kind: a form that claims more than the screen says, code that does not run, a traceback where a
form cannot say it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.runner import cli

MODEL = """
import numpy as np
from verify.trace.functions import relu, silu


def net(x: (2,), *, A: (3, 2), B: (2, 3)):
    return B @ relu(A @ x)


def gate(x: (2,), *, A: (2, 3), B: (3, 2), C: (3, 2)):
    return A @ (silu(B @ x) * (C @ x))


def none(x: (2,), *, W: (2, 2)):
    return W @ (W @ x)
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "m.py"
    path.write_text(MODEL)
    return path


def test_python_runs_and_is_what_the_screen_says(model: Path) -> None:
    done = cli(model.parent, "discover", f"{model}:net", "--format", "python")
    assert done.code == 0, done.err
    space: dict = {}
    exec(done.out, space)
    bits = np.random.default_rng(1)
    A, B = bits.normal(size=(3, 2)), bits.normal(size=(2, 3))
    (law,) = space["LAWS"]
    assert np.allclose(law(A, B), (A**2).sum(1) - (B**2).sum(0))
    assert "|A[i,:]|^2 - |B[:,i]|^2 for each i: proved." in law.__doc__
    torch = cli(model.parent, "discover", f"{model}:net", "--format", "torch")
    assert "import torch" in torch.out and "np." not in torch.out


def test_latex_and_json(model: Path) -> None:
    linear = ("discover", "linear", "--widths", "2,2,2", "--format")
    done = cli(model.parent, *linear, "latex")
    assert done.code == 0 and r"W_{1} W_{1}^\top - W_{2}^\top W_{2}" in done.out
    data = json.loads(cli(model.parent, *linear, "json").out)
    assert data["laws"][0]["latex"] == r"W_{1} W_{1}^\top - W_{2}^\top W_{2}"


def test_claims_are_decided_by_verify_claim(model: Path, tmp_path: Path) -> None:
    done = cli(model.parent, "discover", f"{model}:net", "--format", "claims")
    assert done.code == 0, done.err
    path = tmp_path / "claims_found.py"
    path.write_text(done.out)
    judged = cli(tmp_path, "claim", str(path))
    assert judged.code == 0 and "PROVED" in judged.out


@pytest.mark.parametrize(
    "arguments, code, said",
    (
        (("gate", "--format", "claims"), 4, "exp in indices"),
        (("none", "--format", "claims"), 4, "no law was found"),
        (("none", "--format", "python"), 4, "no law was found"),
        (("net", "--format", "claims", "--flow", "A=2,B=1"), 2, "gradient flow of any loss"),
    ),
)
def test_what_cannot_be_said_is_named(
    model: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    name, *rest = arguments
    done = cli(model.parent, "discover", f"{model}:{name}", *rest)
    assert done.code == code and said in done.err and "Traceback" not in done.err
    assert not done.out
