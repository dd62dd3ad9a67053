"""A run of pytest that uses no claim of ours goes as without us, whatever its modules bind.

Kind F3: something in the place of ``verify`` that answers as it likes; signals that a conftest has
set; a list of things that are no claims and has no end in sight.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runner import ROOT, SECONDS

ODD = "import sys\nclass Odd:\n    {}\nsys.modules['verify'] = Odd()\n"
CONFTESTS = {
    "raises": ODD.format("def __getattr__(self, name): raise RuntimeError(name)"),
    "a number for a file": ODD.format("__file__ = 3"),
    "nothing": "import sys\nsys.modules['verify'] = None\n",
    "a module without a file": "import sys, types\nsys.modules['verify'] = types.ModuleType('v')\n",
}
CLAIM = """import verify
from dataclasses import replace
from proofs import QUASI_NORM
CLAIMS = (replace(QUASI_NORM, id="mine", experiments=()),)
"""
CHILDREN = {
    "ignored": "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n",
    "taken": "import os, signal\nsignal.signal(signal.SIGCHLD, lambda *a: os.wait())\n",
}


def pytest_in(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.mark.parametrize("name", CONFTESTS)
def test_something_else_is_called_verify(name: str, tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTESTS[name])
    (tmp_path / "test_a.py").write_text("def test_a(): pass\n")
    (tmp_path / "claims_x.py").write_text("import verify\n")
    run = pytest_in(tmp_path)
    assert run.returncode == 0 and "1 passed" in run.stdout, run.stdout


@pytest.mark.parametrize("name", CHILDREN)
def test_the_end_of_children_is_somebody_elses(name: str, tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CHILDREN[name])
    (tmp_path / "claims_x.py").write_text(CLAIM)
    run = pytest_in(tmp_path)
    assert run.returncode == 0 and "1 passed" in run.stdout, run.stdout


def test_a_list_without_end_in_sight(tmp_path: Path) -> None:
    (tmp_path / "claims_x.py").write_text("import verify\nCLAIMS = [0] * 10**7\n")
    run = pytest_in(tmp_path)
    assert run.returncode == 1 and "CLAIMS holds something of type int" in run.stdout
