"""Options of several commands: how long one may run, how much memory it may take, its data."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from verify.commands.options import positive
from verify.commands.run import Work, carry_out
from verify.process.deliver import deliver
from verify.process.exits import OK
from verify.process.limits import LOADING, MOST_MEMORY, MOST_SECONDS, Limits
from verify.process.written import as_json

SHARED = "the command; a claim may take half of what is left while others wait"


def limit_options(seconds: int, memory: int, what: str, whole: str = "the command"):
    """``--seconds`` and ``--memory`` of a command: beyond them it is UNDECIDED, with the reason."""

    def add(command):
        command = click.option(
            "--memory",
            default=str(memory),
            show_default=True,
            help=f"Memory limit for {what}, in MiB.",
        )(command)
        said = f"Time limit for {whole}."
        return click.option("--seconds", default=str(seconds), show_default=True, help=said)(
            command
        )

    return add


def data_options(command):
    """Which data a loss is made of."""
    said = "Leave out a column of the data; may be repeated."
    command = click.option("--drop", multiple=True, metavar="COLUMN", help=said)(command)
    command = click.option("--label", help="Label column of the CSV file.")(command)
    said = "iris, wine, breast-cancer, digits, or a CSV file."
    return click.option("--data", help=said)(command)


def limits_of(seconds: str, memory: str) -> Limits:
    """A file's own statements run as long as a claim may, where that was asked for; else they are
    stopped early, as packages are.
    """
    given = positive("--seconds", seconds, MOST_SECONDS)
    asked = (
        click.get_current_context().get_parameter_source("seconds") is not ParameterSource.DEFAULT
    )
    return Limits(given, positive("--memory", memory, MOST_MEMORY), given if asked else LOADING)


def printed(work: Work, limits: Limits, no_answer: dict[str, Any] | None = None) -> int:
    """The exit code of a command whose child sends text, whole or not at all; without it, under
    JSON, ``no_answer`` with the reason and the code.
    """
    run = carry_out(work, limits)
    if run.text and not run.cut:
        deliver("".join(run.text))
    elif no_answer is not None and run.code != OK:
        deliver(as_json({**no_answer, "reason": run.reason(), "exit": run.code}))
    return run.code
