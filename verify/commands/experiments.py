"""``verify experiment`` as it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from verify.commands.drawing import Drawing, picture_options
from verify.commands.help import HELP
from verify.commands.limited import limit_options, limits_of, printed
from verify.commands.options import (
    SEED,
    NewFile,
    executor_option,
    seed_of,
)
from verify.commands.run import Run
from verify.exact.errors import BadInput
from verify.process.files import check_places
from verify.process.written import EXPERIMENT

Then = Callable[[], int]  # what is done once the options are read


@click.command(help=HELP["experiment"])
@click.argument("name", required=False)
@click.option("--seed", default=SEED, show_default=True)
@click.option("--csv", type=NewFile(), metavar="FILE", help="The data, one measurement to a row.")
@click.option(
    "--plot",
    type=NewFile(),
    metavar="FILE",
    help="A figure: .svg, .pdf or .png, with its data beside it as FILE.csv.",
)
@picture_options
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@executor_option
@limit_options(300, 4096, "the command")
def experiment(
    name: str | None,
    seed: str,
    csv: Path | None,
    plot: Path | None,
    form: str,
    executor: str,
    seconds: str,
    memory: str,
    **look: Any,
) -> Then:
    def work(run: Run) -> int:
        from verify.commands.experiment import list_experiments, tell_experiment

        if name is None:
            return list_experiments(form)
        return tell_experiment(name, whole, form, csv, drawing, executor)

    drawing = Drawing(plot, **look)
    limits, whole = limits_of(seconds, memory), seed_of(seed)
    asked = {"--csv": csv, "--plot": plot, "--seed": None if seed == SEED else seed}
    asked["--executor"] = None if executor == "local" else executor
    if name is None and any(asked.values()):
        option = next(x for x, value in asked.items() if value)
        raise BadInput(f"{option} without an experiment; verify experiment lists them")
    named = plot is not None and bool(plot.name)  # nothing stands beside a place without a name
    beside = plot.with_suffix(".csv") if plot is not None and named and csv is None else None
    check_places({"--csv": csv, **drawing.places(), "the data beside --plot": beside}, {})
    nothing = {"schema": EXPERIMENT, "experiment": name, "rows": None}
    return lambda: printed(work, limits, nothing if form == "json" else None)
