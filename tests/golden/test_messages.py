"""What is said is one line of printable signs, whatever a name contains.

The kind: a name that somebody else chose (a file, an option, a label) reaches a terminal or a log
as it is, where it forges a second message or moves the cursor. Every command that takes a name
with every sort of sign that does not print; the result on standard output as well.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runner import SECONDS, environment

SIGNS = ["\n", "\r", "\x1b[31m", "\t", "\x0b", "\x85", "\u2028", "\u202e", "\x7f", "\x9b"]
LINES = [
    "claim {}.py",
    "claim {}",
    "list {}.py",
    "show {}.py",
    "explain {}",
    "replay {}.json",
    "new nowhere{}/a.py",
    "all {}.py",
    "claim quasi-norm --start {}",
    "claim quasi-norm --data {}.csv",
    "claim quasi-norm --loss {}",
    "claim quasi-norm --without {}",
    "claim quasi-norm --output no{}/x",
    "claim quasi-norm --plot {}.txt",
    "claim quasi-norm --bogus{}",
    "claim quasi-norm --expect {}",
    "claim quasi-norm --horizon {}",
    "value x --at {}.txt",
    "value {} --at x=1",
    "value {}.py::X --at x=1",
    "value quasi-norm:{}",
    "ode {}",
    "candidates {}",
    "mirror {}",
    "discover {}",
    "discover {}.py:f",
    "discover linear --widths {}",
    "mirror layers --start {}",
    "{}",
]


@pytest.mark.parametrize("line", LINES)
def test_a_message_is_one_printable_line(line: str, tmp_path: Path) -> None:
    sign = random.Random(line).choice(SIGNS[1:])
    name = f"a\nverify: forged {sign}b"
    refused(tmp_path, *(word.format(name) for word in line.split(" ")))


def refused(folder: Path, *words: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "verify", *words],
        env=environment(folder / "cache", {"PYTHONIOENCODING": "utf-8"}),
        cwd=folder,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    said = ran.stderr.decode() + ran.stdout.decode()
    assert said
    assert all(c.isprintable() or c == "\n" for c in said), said
    assert "\nverify: forged" not in said, said


SLIP = """from verify import Claim, Source
from verify.models import Flow
from verify.claims.conclusions import Conserved
from verify.terms.expr import total, u
"""


@pytest.mark.parametrize("command", ["claim", "list", "show", "explain", "all"])
@pytest.mark.parametrize("text", ["", SLIP + "raise ValueError('a\\nverify: forged \\x1b[2J')"])
def test_files_whose_names_do_not_print(command: str, text: str, tmp_path: Path) -> None:
    """The same of a file that is there, and of what its exceptions say."""
    (tmp_path / "claims_a\nverify: forged \x1b[31m.py").write_text(text)
    refused(tmp_path, command, "claims_a\nverify: forged \x1b[31m.py")


def test_a_mark_stands_below_its_place(tmp_path: Path) -> None:
    """What goes on below with an indent stays there: no name begins a line with it."""
    words = [sys.executable, "-m", "verify", "value", "x + nope", "--at", "x=1"]
    ran = subprocess.run(words, env=environment(tmp_path), capture_output=True, check=False)
    assert ran.stderr.decode().splitlines()[-2:] == ["  x + nope", "      ^"]


def test_a_certificate_and_a_table_whose_names_do_not_print(tmp_path: Path) -> None:
    name = "a\nverify: forged \r"
    (tmp_path / name).write_text("x,y\n1,2\n")
    refused(tmp_path, "replay", name)
    refused(tmp_path, "claim", "quasi-norm", "--data", name)
    refused(tmp_path, "claim", "quasi-norm", "--start", name)
    refused(tmp_path, "value", "x", "--at", name)
    refused(tmp_path, "new", f"{name}.py")
    refused(tmp_path, "value", f"{name}.py::TRUE")
    refused(tmp_path, "claim", f"{name}.py::TRUE", "--no-numeric")
