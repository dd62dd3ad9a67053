"""Results reach their file whole or not at all: full disks, missing folders, special files, foreign
entry points.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.clocked import clocked
from tests.runner import SECONDS, Ran, cli, environment, leftovers, plant

CLAIM = ("claim", "quasi-norm", "--no-numeric")

#: every way in which a full disk shows itself: when the file is made, when bytes are handed over,
# when they are flushed
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
        "_open = os.fdopen\ndef short(*a, **k):\n    stream = _open(*a, **k)\n    stream.write ="
        " full\n    return stream\nos.fdopen = short"
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
        timeout=SECONDS,
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
    """A refutation is not shipped, so its certificate would go to the cache: the verdict does not
    depend on it.
    """
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
                timeout=SECONDS,
                check=False,
            )
        assert done.returncode == 2, f"{form}: exit {done.returncode}: {done.stderr}"
        assert (
            "No space left" in done.stderr
            and "Traceback" not in done.stderr
            and "Exception ignored" not in done.stderr
        )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("option", ["--output", "--certificate"])
def test_a_special_file_is_never_replaced(option: str, tmp_path: Path) -> None:
    """Renaming over a device or a pipe destroys it: as root, --output /dev/null would remove
    /dev/null for everybody.
    """
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
        reader.join(timeout=SECONDS)
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
    return (
        [line.rstrip() for line in lines[:-1]]
        if form == "text"
        else [x for x in lines if "time=" not in x]
    )


def test_certificate_option_writes_what_replay_accepts(tmp_path: Path) -> None:
    for more, verdict in (((), "PROVED"), (("--without", "balance"), "REFUTED")):
        run = cli(tmp_path, *CLAIM, *more, "--certificate", "c.json")
        assert run.code == (1 if more else 0)
        assert json.loads((tmp_path / "c.json").read_text())["verdict"] == verdict
        again = cli(tmp_path, "replay", "c.json")
        assert again.code == 0 and verdict in again.out


def test_foreign_claims_that_load_are_found(tmp_path: Path) -> None:
    module = (
        "from dataclasses import replace\nfrom proofs import QUASI_NORM\nCLAIMS ="
        " (replace(QUASI_NORM, id='their-norm'),)\n"
    )
    extra = plant(tmp_path, "foreign_claims:CLAIMS", module)
    run = cli(tmp_path, "claim", "their-norm", "--no-numeric", "--format", "json", **extra)
    assert run.code == 0 and run.json["verdict"] == "PROVED"
    assert str(tmp_path) in run.json["certificate"]["path"], (
        "no shipped certificate, so it lies in the cache"
    )


START, TABLE = "1 2\n1 -2\n", "a,b,kind\n1,2,x\n3,3.5,z\n4,1,x\n2,2,z\n"
#: options of which two name the same file, or one a place where nothing can be written
REFUSED = {
    "output over the start": ("--start", "s", "--output", "s"),
    "output over a link to the start": ("--start", "s", "--output", "link"),
    "output over the start by a link": ("--start", "link", "--output", "s"),
    "output over a hard link of the start": ("--start", "s", "--output", "hard"),
    "output over the start by another way": ("--start", "s", "--output", "folder/../s"),
    "certificate over the start": ("--start", "s", "--certificate", "s"),
    "output over the data": ("--data", "t.csv", "--label", "kind", "--output", "t.csv"),
    "certificate over the data": ("--data", "t.csv", "--label", "kind", "--certificate", "./t.csv"),
    "both the same": ("--output", "new", "--certificate", "new"),
    "both the same by a link": ("--output", "new", "--certificate", "dangling"),
    "picture over the certificate": ("--plot", "p.svg", "--certificate", "p.svg"),
    "output in no folder": ("--output", "nowhere/x"),
    "certificate in no folder": ("--certificate", "nowhere/x"),
    "picture in no folder": ("--plot", "nowhere/x.svg"),
    "output below a file": ("--output", "s/x"),
    "output is a folder": ("--output", "folder"),
    "certificate is a folder": ("--certificate", "folder"),
    "picture is a folder": ("--plot", "folder.svg"),
    "output is a device": ("--output", "/dev/null"),
    "output is no name": ("--output", ""),
    "output is too long": ("--output", "x" * 300),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_before_any_work(name: str, tmp_path: Path) -> None:
    """Within the parent, before a claim is loaded: no second passes of work that never ends.
    Inputs stay as they are.
    """
    for folder in ("folder", "folder.svg"):
        (tmp_path / folder).mkdir()
    (tmp_path / "s").write_text(START)
    (tmp_path / "t.csv").write_text(TABLE)
    (tmp_path / "link").symlink_to("s")
    (tmp_path / "dangling").symlink_to("new")
    os.link(tmp_path / "s", tmp_path / "hard")
    run, took = clocked(
        tmp_path, *"claim quasi-norm --seconds 9".split(), *REFUSED[name], slow="verify/judge/"
    )
    assert (
        took == 0
        and run.code == 2
        and run.out == ""
        and "Traceback" not in run.err
        and 0 < len(run.err) < 1000
    ), run.err
    assert any(option in run.err for option in REFUSED[name] if option.startswith("--"))
    assert ((tmp_path / "s").read_text(), (tmp_path / "t.csv").read_text()) == (START, TABLE)
    assert leftovers(tmp_path) == [] and not (tmp_path / "new").exists()


def test_a_claims_file_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "claims_a.py").write_text("raise SystemExit\n")
    for name in ("./claims_a.py", "./claims_a.py::A", "claims_a.py", ".", "./"):
        for sub in ("claim", "all"):
            run = cli(tmp_path, sub, name, "--output", "claims_a.py")
            assert run.code == 2 and "--output" in run.err and "same file" in run.err, (
                sub,
                name,
                run.err,
            )
    assert (tmp_path / "claims_a.py").read_text() == "raise SystemExit\n"


@pytest.mark.parametrize(
    ("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664), (0o777, 0)]
)
def test_modes_follow_the_umask(mask: int, mode: int, tmp_path: Path) -> None:
    """Of new files; one that was there keeps its own."""
    from verify.process.files import write_text

    (tmp_path / "old").write_text("")
    (tmp_path / "old").chmod(0o640)
    before = os.umask(mask)
    try:
        for name in ("new", "old"):
            write_text(tmp_path / name, "x")
        assert os.umask(mask) == mask, "the mask is as it was"
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == mode
    assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o640


def test_junit_is_valid_whatever_a_message_holds() -> None:
    """Every character: those that XML does not have are escaped, the others come back as they
    are.
    """
    from xml.etree import ElementTree

    from verify.report.junit import as_junit

    every = "".join(
        map(chr, [*range(0x300), *range(0xD7F0, 0xE010), *range(0xFFF0, 0x10010), 0x10FFFF])
    )
    row = {
        "claim": every,
        "verdict": "UNDECIDED",
        "expected": every,
        "seed": 0,
        "statement": every,
        "error": every,
        "exit": 4,
    }
    text = as_junit([row, {**row, "exit": 1}]).encode("utf-8")
    cases = ElementTree.fromstring(text).findall(".//testcase")
    assert len(cases) == 2
    found = cases[0].find("error")
    assert (
        found is not None
        and found.text is not None
        and "\\x1b" in found.text
        and "\\ud800" in found.text
    )
    assert all(c in found.text for c in every if c.isprintable())


@pytest.mark.parametrize("name", ["-", "--", "--format", "-v", "./-"])
@pytest.mark.parametrize("option", ["--output", "--certificate", "--plot"])
def test_a_dash_is_no_name_of_a_result(option: str, name: str, tmp_path: Path) -> None:
    """Elsewhere it is standard output, or it is an option whose file was forgotten: a file of that
    name was written, and nothing shown.
    """
    ran = cli(tmp_path, "claim", "quasi-norm", "--no-numeric", option, name)
    assert ran.code == 2 and "cannot write" in ran.err and "begins with no -" in ran.err
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == []
