"""Commands that show what claims state: ``list``, ``show``, ``explain``."""

from __future__ import annotations

from collections.abc import Callable

import click

from verify.commands.help import HELP
from verify.commands.limited import limit_options, limits_of, printed
from verify.commands.run import Run

Then = Callable[[], int]  # what is done once the options are read


@click.command("list", help=HELP["list"])
@click.argument("pattern", default="*")
@click.option(
    "--source",
    help="Only claims from this arXiv id, or whose source names it; own: drafts of one's own.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@limit_options(60, 1024, "the command")
def list_(pattern: str, source: str | None, form: str, seconds: str, memory: str) -> Then:
    def work(run: Run) -> int:
        from verify.commands.show import list_claims

        return list_claims(run.left_out, pattern, source, form)

    limits = limits_of(seconds, memory)
    return lambda: printed(work, limits, {"claims": None} if form == "json" else None)


@click.command(help=HELP["show"])
@click.argument("name")
@click.option("--latex", is_flag=True, help="A theorem environment with its proof.")
@limit_options(120, 4096, "the command")
def show(name: str, latex: bool, seconds: str, memory: str) -> Then:
    def work(run: Run) -> int:
        from verify.commands.show import show_claim

        return show_claim(run.left_out, name, latex)

    limits = limits_of(seconds, memory)
    return lambda: printed(work, limits)


@click.command(help=HELP["explain"])
@click.argument("name")
@limit_options(120, 4096, "the command")
def explain(name: str, seconds: str, memory: str) -> Then:
    def work(run: Run) -> int:
        from verify.commands.show import explain_claim

        return explain_claim(run.left_out, name)

    limits = limits_of(seconds, memory)
    return lambda: printed(work, limits)
