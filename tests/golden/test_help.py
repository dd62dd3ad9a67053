"""``--help`` is the same under ``python -OO``, which leaves docstrings out: every command says what
it does.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.runner import SECONDS, environment
from verify.commands.cli import cli as group
from verify.commands.help import HELP

COMMANDS = sorted(group.commands)
ALL = """
from contextlib import suppress
from verify.commands.cli import cli
for name in (None, *sorted(cli.commands)):
    with suppress(SystemExit):
        cli.main([*([name] if name else []), "--help"], prog_name="verify")
    print("=" * 9)
"""


def helped(cache: Path, *flags: str) -> list[str]:
    words = [sys.executable, *flags, "-c", ALL]
    run = subprocess.run(
        words,
        capture_output=True,
        text=True,
        env=environment(cache),
        timeout=SECONDS,
        check=True,
        cwd=cache,
    )
    return run.stdout.split("=" * 9)


def test_nothing_is_left_out_without_docstrings(tmp_path: Path) -> None:
    plain, bare = helped(tmp_path), helped(tmp_path, "-OO")
    assert plain == bare and len(plain) == len(COMMANDS) + 2
    for name, text in zip(["cli", *COMMANDS], plain, strict=False):
        assert " ".join(HELP[name].split()) in " ".join(text.split()), name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_sentence(name: str) -> None:
    assert HELP[name].strip().endswith(".") and group.commands[name].help == HELP[name]
