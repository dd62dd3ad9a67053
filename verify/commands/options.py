"""Whole numbers of the command line, read before anything is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verify.commands.help import HELP
from verify.exact.errors import BadInput

FORMATS = click.Choice(["text", "json", "junit"])
SEED = "0"  #: where no other is asked for


def executor_option(command: Any) -> Any:
    """Where the work of a sweep runs."""
    option = click.option("--executor", default="local", show_default=True, help=HELP["--executor"])
    return option(command)


def output_options(command: Any) -> Any:
    """In which form a verdict is told, and where it goes."""
    output = click.option("--output", type=NewFile(), help="Write the result to a file.")
    command = output(command)
    return click.option("--format", "form", type=FORMATS, default="text", show_default=True)(
        command
    )


def seed_of(text: str) -> int:
    """A whole number from 0 on. Raises BadInput."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadInput(f"--seed {text!r}: expected a whole number from 0 to {10**18 - 1}")
    return int(text)


def positive(name: str, text: str, most: int = 10**7) -> int:
    """A positive integer from the command line. Raises BadInput naming the option and its value."""
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 18 and 1 <= int(text) <= most):
        raise BadInput(f"{name} {text!r}: expected a whole number from 1 to {most}")
    return int(text)


class NewFile(click.Path):
    """Where a result goes. Raises BadInput for the name of a folder, which a path would forget."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if isinstance(value, str) and value.endswith(("/", "/.")):
            option = param.opts[0] if param is not None else ""
            raise BadInput(f"cannot write {option} {value}: it names a folder; name a file")
        return super().convert(value, param, ctx)
