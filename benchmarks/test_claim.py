"""One whole default run, with its experiment, witnesses and certificate, against the start of a
computer algebra system.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.pairs import process

PEER = "import sympy"
DEFAULT = ("claim", "quasi-norm", "--depth", "3")


@pytest.mark.parametrize("options", [(), ("--no-numeric",)], ids=["whole", "no-numeric"])
def test_quasi_norm(
    versus, environment: dict[str, str], tmp_path: Path, options: tuple[str, ...]
) -> None:
    arguments = ("-m", "verify", *DEFAULT, *options)
    ours = process(
        " ".join(("verify", *DEFAULT, *options)),
        arguments,
        environment,
        tmp_path,
        says="PROVED    exit 0",
    )
    versus(
        "a whole claim",
        ours,
        process(f"python -c '{PEER}'", ("-c", PEER), environment, tmp_path),
        pairs=7,
    )
