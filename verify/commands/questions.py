"""Commands that answer a question and decide no claim: ``value``, ``ode``, ``candidates``,
``mirror``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from verify.commands.help import HELP
from verify.commands.limited import data_options, limit_options, limits_of, printed
from verify.commands.options import SEED, NewFile
from verify.commands.run import Run
from verify.process.written import CANDIDATES, DISCOVER, MIRROR, ODE

Then = Callable[[], int]  # what is done once the options are read


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    help=HELP["value"],
)
@click.argument("expression")
@click.option(
    "--at",
    metavar="STATE",
    help="A file, or text such as 'x=1/2, y=3'.  [default: the claim's exact instance]",
)
@click.option("--loss", help="Of a network: a loss by name, or an expression such as '-B/(W+N)'.")
@data_options
@click.option("--derivative", is_flag=True, help="Its derivative along the flow instead.")
@click.option(
    "--time", metavar="T", help="At this time of the trajectory from the state, enclosed."
)
@click.option("--digits", help="Digits of an enclosure.  [default: 20]")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@limit_options(120, 4096, "the command")
def value(expression: str, seconds: str, memory: str, **options: Any) -> Then:
    def work(run: Run) -> int:
        from verify.commands.value import tell_value

        return tell_value(run.left_out, expression, **options)

    limits = limits_of(seconds, memory)
    nothing = {"expression": expression, "value": None}
    return lambda: printed(work, limits, nothing if options["form"] == "json" else None)


def model_options(command):
    """Which model, and at which sizes."""
    command = click.option(
        "--sizes", metavar="S,..", help="All sizes of the model, as ``verify ode`` lists them."
    )(command)
    command = click.option("--width", help="Its width, where it has one; other sizes as usual.")(
        command
    )
    command = click.option("--depth", help="Its depth, where it has one; other sizes as usual.")(
        command
    )
    return click.argument("model", required=False)(command)


@click.command(help=HELP["ode"])
@model_options
@click.option("--loss", help="A loss by name, or an expression such as '-B/(W+N)'.")
@click.option("--decay", is_flag=True, help="With weight decay: minus kappa times each letter.")
@click.option("--descent", is_flag=True, help="One descent step of length eta instead.")
@click.option("--verbose", is_flag=True, help="All lines; without it a page.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "latex", "sympy", "python", "json"]),
    default="text",
    show_default=True,
)
@limit_options(120, 4096, "the command")
def ode(model: str | None, form: str, seconds: str, memory: str, **options: Any) -> Then:
    def work(run: Run) -> int:
        from verify.commands.ode import list_models, tell_ode

        if model is None:
            return list_models(form, options)
        return tell_ode(model, form, **options)

    limits = limits_of(seconds, memory)
    nothing = {"schema": ODE, "model": model, "equations": None}
    return lambda: printed(work, limits, nothing if form == "json" else None)


@click.command(help=HELP["candidates"])
@model_options
@click.option("--loss", help="Which laws a loss of this name, or this expression, adds.")
@click.option("--seed", default=SEED, show_default=True)
@click.option("--verbose", is_flag=True, help="All lines; without it a page.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@limit_options(300, 4096, "the command")
def candidates(model: str | None, form: str, seconds: str, memory: str, **options: Any) -> Then:
    def work(run: Run) -> int:
        from verify.commands.candidates import list_models, tell_candidates

        if model is None:
            return list_models(form, options)
        return tell_candidates(run.left_out, model, form, **options)

    limits = limits_of(seconds, memory)
    nothing = {"schema": CANDIDATES, "model": model, "laws": None}
    return lambda: printed(work, limits, nothing if form == "json" else None)


@click.command(help=HELP["mirror"])
@model_options
@click.option(
    "--start",
    metavar="X,..",
    help="One number for each parameter, one for all, or a file of them.  [default: generic]",
)
@click.option("--verbose", is_flag=True, help="All lines; without it a page.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "latex", "python"]),
    default="text",
    show_default=True,
)
@limit_options(120, 4096, "the command")
def mirror(model: str | None, form: str, seconds: str, memory: str, **options: Any) -> Then:
    def work(run: Run) -> int:
        from verify.commands.mirror import list_models, tell_mirror

        if model is None:
            return list_models(form, options)
        return tell_mirror(model, form, **options)

    limits = limits_of(seconds, memory)
    nothing = {"schema": MIRROR, "model": model, "verdict": None}
    return lambda: printed(work, limits, nothing if form == "json" else None)


@click.command(help=HELP["discover"])
@click.argument("model", required=False)
@click.option("--sizes", "--widths", "sizes", metavar="N,..", help="Sizes of a model of the house.")
@click.option("--bias", is_flag=True, help="With biases of the hidden layers.")
@click.option("--heads", metavar="H", help="Heads of attention.  [default: 1]")
@click.option(
    "--flow",
    metavar="HOW",
    help="heavy-ball, diagonal (the metric), or rates W1=2,W2=1/3.  [default: gradient flow]",
)
@click.option(
    "--loss",
    type=click.Choice(["any", "scale-invariant", "shift-invariant", "gl-invariant"]),
    default="any",
    show_default=True,
    help="The symmetry that all losses share.",
)
@click.option(
    "--symmetry",
    metavar="TEXT",
    help="Linear symmetries of the loss in the outputs v, such as 'dv[0] = -v[1], dv[1] = v[0]'.",
)
@click.option(
    "--law",
    metavar="TEXT",
    help="Decide this law alone, such as '|A[:,i]|^2 - |C[i,:]|^2 for each i'.",
)
@click.option("--seed", default=SEED, show_default=True)
@click.option("--verbose", is_flag=True, help="All lines; without it a page.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "latex", "python", "torch", "claims"]),
    default="text",
    show_default=True,
    help="claims: a file of claims for every size, for verify claim.",
)
@click.option(
    "--certificate",
    type=NewFile(),
    metavar="FILE",
    help="Write what python -I -S verify/kernel FILE reads: the model, laws, proofs, count.",
)
@limit_options(300, 4096, "the command")
def discover(model: str | None, form: str, seconds: str, memory: str, **options: Any) -> Then:
    limits = limits_of(seconds, memory)

    def work(run: Run) -> int:
        from verify.commands.discover import list_models, tell_discover

        if model is None:
            return list_models(form)
        return tell_discover(model, form, limits, **options)

    nothing = {"schema": DISCOVER, "model": model, "laws": None}
    return lambda: printed(work, limits, nothing if form == "json" else None)
