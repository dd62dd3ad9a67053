"""A reader that goes away, as in ``verify ... | head``, never turns a refuted or undecided claim
into exit code 0.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.runner import ROOT, SECONDS, cli
from verify import check
from verify.check_mirror import command
from verify.kernel import __main__ as kernel
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


#: readers that strangers run, and what they accept
READERS = {
    "kernel": ("-I", "-S", "verify/kernel", "proofs/steps/quasi-norm.conserved.json"),
    "check": ("-I", "-S", "verify/check.py", "proofs/certificates/quasi-norm.json"),
    "enclosures": ("-I", "verify/check_enclosure.py", "proofs/enclosures/bah-every-start.json"),
    "mirror": ("-I", "-S", "verify/check_mirror", "FILE"),
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_of_certificates_that_is_not_heard(name: str, tmp_path: Path) -> None:
    """What is not written is no answer (exit code 2), and the fault of no certificate."""
    made = cli(tmp_path, "mirror", "diagonal", "--format", "json").out if name == "mirror" else ""
    (tmp_path / "made.json").write_text(made)
    words = [str(tmp_path / "made.json") if x == "FILE" else x for x in READERS[name]]
    run = [sys.executable, *words, words[-1]]
    heard = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
    assert heard.returncode == 0, heard.stderr
    read, write = os.pipe()
    os.close(read)
    try:
        cut = subprocess.run(
            run, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True, timeout=SECONDS
        )
    finally:
        os.close(write)
    assert (cut.returncode, cut.stderr) == (2, "")
    if not Path("/dev/full").exists():
        return
    with open("/dev/full", "w") as full:
        cut = subprocess.run(
            run, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=SECONDS
        )
    assert cut.returncode == 2 and cut.stderr.startswith("standard output: ")
    assert len(cut.stderr.splitlines()) == 1


class Full(io.StringIO):
    """A stream of which nothing can be written."""

    def __init__(self, why: Exception) -> None:
        super().__init__()
        self.why = why

    def write(self, text: str) -> int:
        raise self.why


@pytest.mark.parametrize("say", [check.say, command.say, kernel.say])
@pytest.mark.parametrize(
    ("stream", "told"),
    [
        (None, "it is closed"),
        (Full(OSError("no space")), "no space"),
        (Full(BrokenPipeError()), ""),
        (Full(UnicodeEncodeError("ascii", "\u03b1", 0, 1, "not there")), "not there"),
    ],
)
def test_what_a_reader_cannot_say_ends_it(
    say: Callable[[str], None],
    stream: io.StringIO | None,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdout", stream)
    with pytest.raises(SystemExit) as ended:
        say("accepted")
    assert ended.value.code == 2 and told in capsys.readouterr().err
