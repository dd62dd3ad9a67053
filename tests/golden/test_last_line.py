"""The last line of a screen says with which code the command ends; so does ``exit`` in JSON.

Kind F10 and beyond: every option that names a file, each way in which it can fail at the door, in
the middle and at the end of the work; several claims with several codes; slips beside claims. What
can be known before the work is refused before it, with an empty screen.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clocked import clock, clocked
from tests.runner import SECONDS, Ran, cli, environment

CLAIM = ("claim", "quasi-norm", "--no-numeric")


def told(run: Ran) -> None:
    """The code on the screen (the last one), or in the document, is that of the process."""
    assert "Traceback" not in run.err, run.err
    if run.out.startswith(("{", "[")):
        rows = run.json if isinstance(run.json, list) else [run.json]
        assert run.code in {r["exit"] for r in rows}, (run.code, rows)
    elif run.out.strip():
        said = re.findall(r"    exit (\d+)", run.out)
        assert int(said[-1]) == run.code, (run.code, run.out[-300:], run.err)


#: what takes the place of the picture while or before it is written, as code that runs first in
#: every process
BROKEN = {
    "a full disk": "import errno, os\ndef full(*a): raise OSError(errno.ENOSPC, 'No space left on"
    " device')\nos.fsync = full\n",
    "a folder that goes away": "import tempfile\ndef gone(*a, **k): raise FileNotFoundError(2, 'No"
    " such file or directory')\ntempfile.mkstemp = gone\n",
    "a defect of drawing": "import sys\nimport verify.report.pictures.plot as p\ndef bad(*a): raise"
    " ZeroDivisionError('x')\np.rendered = bad\n",
    "no memory for drawing": "import verify.report.pictures.plot as p\ndef bad(*a): raise"
    " MemoryError\np.rendered = bad\n",
    "a crash of drawing": "import verify.report.pictures.plot as p\ndef bad(*a):\n import os;"
    " os.abort()\np.rendered = bad\n",
    "drawing for ever": "import verify.report.pictures.plot as p\ndef bad(*a):\n import time;"
    " time.sleep(3600)\np.rendered = bad\n",
}
START = "import sys\n{}from verify.__main__ import main\nmain()\n"


def broken(folder: Path, how: str, *words: str, **extra: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-c", START.format(BROKEN[how]), *words],
        env=environment(folder / "cache", extra),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("how", BROKEN)
def test_a_picture_that_fails(how: str, form: str, tmp_path: Path) -> None:
    """The verdict is not lost, the code is not 0, and the screen says both."""
    pytest.importorskip("matplotlib")
    words = (*CLAIM[:2], *"--digits 10 --seconds 600 --plot p.svg --format".split(), form)
    run = broken(tmp_path, how, *words, **(clock(tmp_path) if "ever" in how else {}))
    assert run.code in (2, 3, 4) and "PROVED" in run.out and "p.svg" in run.out, (run.code, run.err)
    assert run.err and not (tmp_path / "p.svg").exists()
    told(run)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("option", ["--certificate", "--output"])
@pytest.mark.parametrize("how", ["a full disk", "a folder that goes away"])
def test_a_file_that_fails(how: str, option: str, form: str, tmp_path: Path) -> None:
    """The verdict is told, on the screen or on standard error."""
    run = broken(tmp_path, how, *CLAIM, option, "o.txt", "--format", form)
    assert run.code == 2 and "PROVED" in run.out + run.err and "o.txt" in run.err, run
    told(run)


DOORS = (
    "nowhere/o",
    "folder",
    "file/o",
    "pipe",
    "itself",
    "full",
    "locked/o",
    "\x01/o",
    "x" * 300,
)


@pytest.mark.parametrize("place", DOORS)
@pytest.mark.parametrize("option", ["--output", "--certificate", "--plot"])
def test_a_place_that_takes_nothing_is_refused_before_the_work(
    option: str, place: str, tmp_path: Path
) -> None:
    """With twenty seconds for work that never ends, so that it is seen when it is refused."""
    if place.startswith("locked") and os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "folder").mkdir()
    (tmp_path / "locked").mkdir(mode=0o500)
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "itself").symlink_to("itself")
    (tmp_path / "full").symlink_to("/dev/full")
    name = (
        place
        if option != "--plot" or place in ("folder", "pipe", "itself", "full")
        else f"{place}.svg"
    )
    words = ("claim", "quasi-norm", "--seconds", "20", option, name)
    run, took = clocked(tmp_path, *words, slow="verify/judge/")
    assert took == 0 and run.code == 2 and run.out == "" and option in run.err + " " + option, run
    assert "--seconds" not in run.err and "Traceback" not in run.err and len(run.err) < 1000


def test_all_has_the_same_doors(tmp_path: Path) -> None:
    for place in ("nowhere/o", ".", "x" * 300):
        run = cli(tmp_path, "all", "quasi-norm", "--output", place)
        assert run.code == 2 and run.out == "" and "Traceback" not in run.err


SEVERAL = """
from dataclasses import replace
from verify import Verdict
from proofs import QUASI_NORM as Q
A = replace(Q, id="a", experiments=())
B = replace(Q, id="b", experiments=(), expected=Verdict.{expected})
{more}
"""


@pytest.mark.parametrize("expected", ["PROVED", "REFUTED", "VACUOUS"])
@pytest.mark.parametrize("more", ["", "C = replace(Q, id='c', concluding=3)"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_several_claims(expected: str, more: str, form: str, tmp_path: Path) -> None:
    """Codes 0, 1 and 4 in either order, and 2 for what cannot be used."""
    (tmp_path / "claims_x.py").write_text(SEVERAL.format(expected=expected, more=more))
    for words in (("claims_x.py",), ("claims_x.py::[ab]",), ("claims_x.py::a",)):
        told(cli(tmp_path, "claim", *words, "--format", form))


def test_a_screen_that_goes_into_a_file(tmp_path: Path) -> None:
    cli(tmp_path, *CLAIM, "--without", "balance", "--output", "o.txt")
    assert "    exit 1, " in (tmp_path / "o.txt").read_text()[-60:]
