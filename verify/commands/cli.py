"""The command line. No code per claim: options are fields of a request, claims are found, the judge
decides.

Options are read here, in the parent; all that loads claims or certificates happens in a child under
limits.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import click

from verify import __version__
from verify.commands.drawing import Drawing, picture_options
from verify.commands.experiments import experiment
from verify.commands.help import HELP
from verify.commands.limited import SHARED, data_options, limit_options, limits_of, printed
from verify.commands.options import (
    NewFile,
    executor_option,
    output_options,
    positive,
    seed_of,
)
from verify.commands.outcome import outcome
from verify.commands.papers import paper
from verify.commands.questions import candidates, discover, mirror, ode, value
from verify.commands.run import Run, carry_out
from verify.commands.statements import explain, list_, show
from verify.exact.errors import BadInput
from verify.process.deliver import deliver, say
from verify.process.exits import USAGE
from verify.process.files import check_places

_VERDICTS = click.Choice(
    ["proved", "enclosed", "supported", "vacuous", "refuted"], case_sensitive=False
)


def run(arguments: list[str]) -> int:
    """Every outcome becomes an exit code here; nothing leaves as a traceback."""
    return outcome(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    """What click itself prints, help above all, is caught and delivered as any other result; a
    command is carried out after that.
    """
    before, said = sys.stdout, StringIO()
    try:
        sys.stdout = said
        found = cli.main(arguments, prog_name="verify", standalone_mode=False)
    except click.ClickException as error:
        say(_shown(error))
        return USAGE
    except click.Abort:
        raise KeyboardInterrupt from None
    finally:
        sys.stdout = before
    if callable(found):
        return found()
    if said.getvalue():
        deliver(said.getvalue())
    return int(found or 0)


def _shown(error: click.ClickException) -> str:
    text = StringIO()
    error.show(text)
    return text.getvalue()


Then = Callable[[], int]  # what is done once the options are read


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, help=HELP["cli"])
@click.version_option(__version__, prog_name="verify")
def cli() -> None: ...


@cli.command(help=HELP["claim"])
@click.argument("name")
@click.option("--depth", help="Depth L of the instance.")
@click.option("--width", help="Width n of the instance.")
@click.option(
    "--sizes",
    metavar="d_0,..,d_N",
    help="Sizes of the matrices of the instance: 2,3,1,2 for three layers.",
)
@click.option(
    "--loss", help="A loss by name, or an expression in B, W, N, m, w1, w2, ... such as '-B/(W+N)'."
)
@data_options
@click.option("--start", help="File with L lines of n rationals.")
@click.option(
    "--digits", help="Digits of what is enclosed or measured.  [default: the claim's own, 50 or 25]"
)
@click.option("--seed", default="0", show_default=True)
@click.option(
    "--without", multiple=True, metavar="HYPOTHESIS", help="Drop a hypothesis; may be repeated."
)
@click.option(
    "--as-printed", is_flag=True, help="Decide what the paper prints, where a claim corrects it."
)
@click.option("--expect", type=_VERDICTS, help="The verdict that gives exit code 0.")
@click.option("--at-least", type=_VERDICTS, help="Anything weaker gives exit code 4.")
@click.option("--no-cited", is_flag=True, help="Refuse proofs that use a cited theorem.")
@click.option("--no-numeric", is_flag=True, help="Skip the high-precision experiments.")
@click.option("--verbose", is_flag=True, help="The whole screen; without it a page.")
@click.option("--certificate", type=NewFile(), help="Write the certificate to this file.")
@click.option(
    "--horizon",
    metavar="T",
    help="Follow trajectories to this time of their clock: 100, 1/2 or 0.25.",
)
@click.option(
    "--plot",
    metavar="FILE",
    type=NewFile(),
    help="Draw the trajectory: a .svg, .pdf or .png file.",
)
@click.option(
    "--plot-time",
    type=click.Choice(["linear", "log"]),
    help="Time axis of the picture.  [default: what suits the flow]",
)
@picture_options
@click.option("--html", metavar="FILE", type=NewFile(), help=HELP["claim --html"])
@limit_options(600, 4096, "each claim", SHARED)
@output_options
def claim(
    name: str, seconds: str, memory: str, form: str, output: Path | None, **options: Any
) -> Then:
    limits = limits_of(seconds, memory)
    if options["verbose"] and form != "text":
        raise BadInput(
            f"--verbose is about the screen; --format {form} has everything: leave it out"
        )
    names = ("plot", "style", "panel", "width_mm", "plot_data")
    drawing = Drawing(**{name: options.pop(name) for name in names})
    outputs = {
        "--output": output,
        "--certificate": options["certificate"],
        **drawing.places(),
        "--html": options["html"],
    }
    check_places(
        outputs,
        {"--start": options["start"], "--data": options["data"], "NAME": name.partition("::")[0]},
    )

    def work(run: Run) -> int:
        from verify.commands.claim import decide_named

        return decide_named(run, name, form, drawing=drawing, **options)

    def then() -> int:
        from verify.commands.publish import publish_claims

        run = carry_out(work, limits)
        return publish_claims(run, name, form, output)

    return then


@cli.command("all", help=HELP["all"])
@click.argument("pattern", default="*")
@click.option("--workers", default="2", show_default=True)
@click.option("--seed", default="0", show_default=True)
@click.option("--fresh", is_flag=True, help="Do not resume from certificates of earlier runs.")
@click.option("--html", metavar="FOLDER", type=click.Path(path_type=Path), help=HELP["all --html"])
@executor_option
@limit_options(3600, 4096, "each claim", SHARED)
@output_options
def all_(
    pattern: str,
    workers: str,
    seconds: str,
    memory: str,
    seed: str,
    fresh: bool,
    html: Path | None,
    executor: str,
    form: str,
    output: Path | None,
) -> Then:
    from verify.commands.all import Order, decide_all

    order = Order(
        pattern,
        limits_of(seconds, memory),
        seed_of(seed),
        fresh,
        positive("--workers", workers, 64),
        html,
        executor=executor,
    )
    check_places({"--output": output}, {"PATTERN": pattern.partition("::")[0]})
    return lambda: decide_all(order, form, output)


@cli.command(help=HELP["new"])
@click.argument("file", type=NewFile())
def new(file: Path) -> Then:
    from verify.commands.new import write_new

    return lambda: write_new(file)


@cli.command(help=HELP["replay"])
@click.argument("certificate", type=click.Path(path_type=Path))
@limit_options(300, 4096, "the reader")
def replay(certificate: Path, seconds: str, memory: str) -> Then:
    def work(run: Run) -> int:
        from verify.commands.replay import reread

        return reread(certificate)

    limits = limits_of(seconds, memory)
    return lambda: printed(work, limits)


@cli.command(help=HELP["doctor"])
@limit_options(300, 4096, "the command")
def doctor(seconds: str, memory: str) -> Then:
    def work(run: Run) -> int:
        from verify.commands.doctor import examine

        return examine()

    limits = limits_of(seconds, memory)
    return lambda: printed(work, limits)


for other in (list_, show, explain, value, ode, candidates, mirror, experiment, discover, paper):
    cli.add_command(other)
