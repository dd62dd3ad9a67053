"""Places and inputs beside those of ``test_hostile``, found by trying some 360 of them: each answer
that was wrong.

Kinds F6, F9, F14: what a variable of the environment says of a terminal; limits of the system, of
which processor time is one; numbers that are longer than Python writes by itself; names of folders.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.golden.test_hostile import shell
from tests.runner import cli
from verify.library.ours import imports_verify

LONG = "9" * 5000


@pytest.mark.parametrize("name", ["COLUMNS", "LINES"])
@pytest.mark.parametrize("value", [LONG, "²", "١٢", "-5", "80x", "0x50", "1e3", " 80 ", "+80"])
def test_what_is_no_width(name: str, value: str, tmp_path: Path) -> None:
    """On every screen, of a claim and of several, of those that are watched and those that are
    not.
    """
    for words in ("claim quasi-norm --no-numeric", "list quasi-norm", "all quasi-norm"):
        run = cli(tmp_path, *words.split(), **{name: value})
        assert run.code == 0 and "quasi-norm" in run.out, (words, run.err)
        assert max(map(len, run.out.splitlines())) <= 400


@pytest.mark.parametrize(
    "words",
    ["claim quasi-norm --digits 1000", "claim razin-cohen-2x2", "all razin-cohen-2x2 --fresh"],
)
def test_processor_time_is_a_limit(words: str, tmp_path: Path) -> None:
    """``ulimit -S -t``: undecided, and no defect of ours."""
    run = shell(tmp_path, f"ulimit -S -t 1; $V {words} --format json; exit $?")
    rows = json.loads(run.stdout)
    row = rows[0] if isinstance(rows, list) else rows
    assert run.returncode == row["exit"] == 4, run.stderr
    assert "processor time" in row["error"], row


@pytest.mark.parametrize("digits", [None, "640"])
@pytest.mark.parametrize(
    "words", ["x^9000 --at x=7", "2^5000 --at x=1", "x^64 --at x=1/3", "x^64 --at x=1e-70"]
)
def test_a_long_number_is_written(words: str, digits: str | None, tmp_path: Path) -> None:
    """Exact or enclosed, whatever Python writes by itself."""
    extra = {} if digits is None else {"PYTHONINTMAXSTRDIGITS": digits}
    run = cli(tmp_path, "value", *words.split(), "--format", "json", **extra)
    assert run.code == 0, run.err
    assert run.json["exact"] or run.json["enclosure"]


def test_a_number_that_nobody_reads_has_a_reason(tmp_path: Path) -> None:
    run = cli(tmp_path, "value", "(x^9000)^64", "--at", "x=7", "--format", "json")
    assert run.code in (0, 2, 4) and "internal" not in run.err and "Traceback" not in run.err


@pytest.mark.parametrize("option", ["--output", "--certificate"])
def test_the_name_of_a_folder_is_no_file(option: str, tmp_path: Path) -> None:
    """``o/`` names a folder, whether it is there or not."""
    for name in ("o/", "./o/", "o/.", "o//"):
        run = cli(tmp_path, "claim", "quasi-norm", "--no-numeric", option, name)
        assert run.code == 2 and run.out == "" and not os.path.lexists(tmp_path / "o"), run
        assert option in run.err and "folder" in run.err, run.err


@pytest.mark.parametrize("words", ["claim quasi-norm --no-numeric", "all quasi-norm --fresh"])
def test_whoever_started_us_ignores_the_end_of_children(words: str, tmp_path: Path) -> None:
    """SIGCHLD ignored is inherited, and children would leave no status."""
    run = shell(tmp_path, f"trap '' CHLD; env --ignore-signal=CHLD $V {words}; exit $?")
    assert run.returncode == 0 and b"PROVED" in run.stdout, run.stderr


IMPORTS = {
    "import verify": True,
    "import time, verify": True,
    "import os as o, verify.claims as v": True,
    "from verify import Claim": True,
    "if 1: import os, verify": True,
    "import (\nverify)": False,
    "from os import verify": False,
    "import os as verify": False,
    "import other.verify": False,
    "from . import verify": False,
    "x = [1, verify]": False,
    "import os; x = 1, verify": False,
    "import os\nx, verify = 1, 2": False,
}


@pytest.mark.parametrize("source", IMPORTS)
def test_who_imports_verify(source: str) -> None:
    assert imports_verify(source.encode()) is IMPORTS[source]
