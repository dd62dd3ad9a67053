"""Options of every command: how long it may run, and how much memory it may take."""

from __future__ import annotations

import click
from click.core import ParameterSource

from verify.commands.options import positive
from verify.commands.run import Work, carry_out
from verify.process.deliver import deliver
from verify.process.limits import LOADING, MOST_MEMORY, MOST_SECONDS, Limits


def limit_options(seconds: int, memory: int, what: str):
    """``--seconds`` and ``--memory`` of a command: beyond them it is UNDECIDED, with the reason."""

    def add(command):
        command = click.option(
            "--memory",
            default=str(memory),
            show_default=True,
            help=f"Memory limit for {what}, in MiB.",
        )(command)
        return click.option(
            "--seconds", default=str(seconds), show_default=True, help=f"Time limit for {what}."
        )(command)

    return add


def limits_of(seconds: str, memory: str) -> Limits:
    """A file's own statements run as long as a claim may, where that was asked for; else they are
    stopped early, as packages are.
    """
    given = positive("--seconds", seconds, MOST_SECONDS)
    asked = (
        click.get_current_context().get_parameter_source("seconds") is not ParameterSource.DEFAULT
    )
    return Limits(given, positive("--memory", memory, MOST_MEMORY), given if asked else LOADING)


def printed(work: Work, limits: Limits, loads: bool = True) -> int:
    """The exit code of a command whose child sends text."""
    run = carry_out(work, limits, loads)
    if run.text:
        deliver("".join(run.text))
    return run.code
