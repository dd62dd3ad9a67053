"""What a model's equations and laws cost, cold, against the start of a computer algebra system."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.pairs import process
from verify.models.catalogue import MODELS

PEER = "import sympy"
NAMES = [m.name for m in MODELS]
SIZES = [("layers", "2,3,2"), ("signed-product", "3,2"), ("signed-power", "4,3")]
SAID = {"ode": "Equations", "candidates": "Conserved"}
ASKED = [(command, name) for command in SAID for name in NAMES]
ASKED += [("candidates", name, "--sizes", sizes) for name, sizes in SIZES]


@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_model(
    versus, environment: dict[str, str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    said = " ".join(("verify", *arguments))
    command = ("-m", "verify", *arguments)
    versus(
        "a model",
        process(said, command, environment, tmp_path, SAID[arguments[0]]),
        process(f"python -c '{PEER}'", ("-c", PEER), environment, tmp_path),
        pairs=7,
    )
