"""Results reach their file whole or not at all: full disks, missing folders, special files, foreign entry points."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from runner import Ran, cli, environment, leftovers, plant  # type: ignore[import-not-found]

CLAIM = ("claim", "quasi-norm", "--no-numeric")

#: every way in which a full disk shows itself: when the file is made, when bytes are handed over, when they are flushed
FULL = """
import errno, os, sys, tempfile
def full(*a, **k):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
{patch}
from verify.__main__ import main
sys.argv = ["verify", *sys.argv[1:]]
main()
"""
PATCHES = {
    "no room for a name": "tempfile.mkstemp = full",
    "no room for bytes": (
        "_open = os.fdopen\n"
        "def short(*a, **k):\n    stream = _open(*a, **k)\n    stream.write = full\n    return stream\n"
        "os.fdopen = short"
    ),
    "no room when flushed": "os.fsync = full",
    "no room when renamed": "os.replace = full",
}


def with_patch(patch: str, folder: Path, *arguments: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-c", FULL.format(patch=patch), *arguments],
        capture_output=True,
        text=True,
        env=environment(folder / "cache"),
        cwd=folder,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("patch", PATCHES)
@pytest.mark.parametrize("option", ["--output", "--certificate"])
def test_a_full_disk(patch: str, option: str, tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    target.write_text("from before\n")
    run = with_patch(PATCHES[patch], tmp_path, *CLAIM, "--format", "json", option, "result.json")
    assert run.code == 2, run.err
    assert "No space left" in run.err and "result.json" in run.err and "Traceback" not in run.err
    assert target.read_text() == "from before\n", "what was there before stays"
    assert leftovers(tmp_path) == []


def test_a_full_disk_under_the_cache(tmp_path: Path) -> None:
    """A refutation is not shipped, so its certificate would go to the cache: the verdict does not depend on it."""
    run = with_patch(PATCHES["no room when flushed"], tmp_path, *CLAIM, "--without", "balance")
    assert run.code == 1 and "REFUTED" in run.out and run.err == ""
    assert leftovers(tmp_path) == [] and not list((tmp_path / "cache").glob("*.json"))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk_behind_stdout(tmp_path: Path) -> None:
    """Redirected by the shell: the device is written to, never replaced."""
    for form in ("text", "json"):
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "verify", *CLAIM, "--format", form],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                env=environment(tmp_path),
                cwd=tmp_path,
                timeout=60,
                check=False,
            )
        assert done.returncode == 2, f"{form}: exit {done.returncode}: {done.stderr}"
        assert "No space left" in done.stderr and "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("option", ["--output", "--certificate"])
def test_a_special_file_is_never_replaced(option: str, tmp_path: Path) -> None:
    """Renaming over a device or a pipe destroys it: as root, --output /dev/null would remove /dev/null for everybody."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []

    def drain() -> None:
        with open(pipe, "rb") as stream:
            got.append(stream.read())

    reader = threading.Thread(target=drain, daemon=True)
    reader.start()
    run = cli(tmp_path, *CLAIM, "--format", "json", option, "pipe")
    assert stat.S_ISFIFO(os.lstat(pipe).st_mode), "the pipe was replaced by a regular file"
    assert run.code in (0, 2) and "Traceback" not in run.err
    if run.code == 0:
        reader.join(timeout=10)
        assert got and json.loads(got[0]), "accepted, so the reader must have received it whole"
    else:
        assert "pipe" in run.err


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old\n")
    (tmp_path / "link.json").symlink_to("real.json")
    assert cli(tmp_path, *CLAIM, "--format", "json", "--output", "link.json").code == 0
    assert (tmp_path / "link.json").is_symlink(), "the link was replaced by a regular file"
    assert json.loads((tmp_path / "real.json").read_text())["verdict"] == "PROVED"


@pytest.mark.parametrize("option", ["--output", "--certificate"])
@pytest.mark.parametrize("place", ["nowhere/result", ".", "file/result"])
def test_a_place_that_cannot_be_written(option: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, not a folder\n")
    run = cli(tmp_path, *CLAIM, option, place)
    assert run.code == 2 and "Traceback" not in run.err
    assert place in run.err and "cannot write" in run.err
    assert leftovers(tmp_path) == []


def test_output_holds_what_stdout_would(tmp_path: Path) -> None:
    """Whole, readable, and stdout stays empty."""
    for form in ("json", "junit", "text"):
        to_file = cli(tmp_path, *CLAIM, "--format", form, "--output", f"result.{form}")
        assert (to_file.code, to_file.out) == (0, "")
        written = (tmp_path / f"result.{form}").read_text(encoding="utf-8")
        printed = cli(tmp_path, *CLAIM, "--format", form).out
        assert written.endswith("\n") and _timeless(written, form) == _timeless(printed, form)
    assert leftovers(tmp_path) == []


def _timeless(text: str, form: str) -> object:
    if form == "json":
        return {k: v for k, v in json.loads(text).items() if k != "timing"}
    lines = text.rstrip("\n").split("\n")
    return [line.rstrip() for line in lines[:-1]] if form == "text" else [x for x in lines if "time=" not in x]


def test_certificate_option_writes_what_replay_accepts(tmp_path: Path) -> None:
    for more, verdict in (((), "PROVED"), (("--without", "balance"), "REFUTED")):
        run = cli(tmp_path, *CLAIM, *more, "--certificate", "c.json")
        assert run.code == (1 if more else 0)
        assert json.loads((tmp_path / "c.json").read_text())["verdict"] == verdict
        again = cli(tmp_path, "replay", "c.json")
        assert again.code == 0 and verdict in again.out


def test_foreign_claims_that_load_are_found(tmp_path: Path) -> None:
    module = "from dataclasses import replace\nfrom proofs import QUASI_NORM\nCLAIMS = (replace(QUASI_NORM, id='their-norm'),)\n"
    extra = plant(tmp_path, "foreign_claims:CLAIMS", module)
    run = cli(tmp_path, "claim", "their-norm", "--no-numeric", "--format", "json", **extra)
    assert run.code == 0 and run.json["verdict"] == "PROVED"
    assert str(tmp_path) in run.json["certificate"]["path"], "no shipped certificate, so it lies in the cache"
