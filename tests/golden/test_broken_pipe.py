"""A reader that goes away, as in ``verify ... | head``, never turns a refuted or undecided claim
into exit code 0.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runner import SECONDS
from verify.process.exits import NO_MATCH, combine


@pytest.mark.parametrize("arguments", [("--without", "balance"), ("--width", "1"), ()])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_closed_pipe_is_not_success(
    arguments: tuple[str, ...], form: str, tmp_path: Path
) -> None:
    read, write = os.pipe()
    os.close(read)
    run = [
        sys.executable,
        "-m",
        "verify",
        "claim",
        "quasi-norm",
        "--no-numeric",
        "--format",
        form,
        *arguments,
    ]
    environment = {**os.environ, "FLOWLAW_CACHE": str(tmp_path)}
    try:
        done = subprocess.run(
            run, stdout=write, stderr=subprocess.PIPE, text=True, env=environment, timeout=SECONDS
        )
    finally:
        os.close(write)
    assert done.returncode != 0 and "Traceback" not in done.stderr


def test_no_code_is_lost_when_several_are_combined() -> None:
    assert all(combine([0, code]) == code for code in (1, 2, 3, 4, NO_MATCH, 130))
    assert combine([4, 1, 3]) == 3 and combine([4, 1]) == 1
