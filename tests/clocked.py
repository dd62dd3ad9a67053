"""Commands whose time is that of a clock of the tests (``clock/sitecustomize.py``): the same on a
machine of any speed.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from tempfile import mkdtemp

from tests.runner import ROOT, Ran, cli


def clock(folder: Path, slow: str = "") -> dict[str, str]:
    """For the environment of one command; modules of the folder are found. ``slow``: a file of ours
    in which it never comes to an end.
    """
    paths = os.pathsep.join(map(str, (ROOT / "tests" / "clock", ROOT, folder)))
    of = {"FLOWLAW_TEST_CLOCK": mkdtemp(dir=folder), "FLOWLAW_TEST_SLOW": slow}
    return {"PYTHONPATH": paths, **of}


def clocked(folder: Path, *words: str, slow: str = "") -> tuple[Ran, float]:
    """A run of a command, and how many seconds of its clock it took."""
    extra = clock(folder, slow)
    run = cli(folder, *words, **extra)
    assert "Traceback" not in run.err, run.err
    ended = Path(extra["FLOWLAW_TEST_CLOCK"], "now").read_bytes()
    return run, struct.unpack("d", ended or bytes(8))[0]
