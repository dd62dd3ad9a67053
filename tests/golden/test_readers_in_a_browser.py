"""The readers that a page takes along are whole: written into an empty folder as its script writes
them, they read certificates alone, as in a terminal. (A folder inside the kernel was left behind,
and no certificate could be read in a browser any more.)
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.runner import ROOT, SECONDS
from verify.report.pages.recheck import _readers

RUN = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
READ = [
    ("check.py", "certificates/diag-balance.json"),
    ("kernel", "steps/diag-balance.difference.json"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("browser")
    for path, text in _readers().items():
        file = root / "verify" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root / "verify"


@pytest.mark.parametrize("reader, certificate", READ)
def test_they_read_alone(folder: Path, reader: str, certificate: str) -> None:
    file = ROOT / "proofs" / certificate
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", RUN, str(folder / reader), str(file)],
        capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
