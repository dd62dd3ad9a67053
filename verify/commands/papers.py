"""The command ``verify paper`` as click reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from verify.commands.help import HELP
from verify.commands.limited import SHARED, limit_options, limits_of
from verify.commands.options import SEED, NewFile, positive, seed_of
from verify.process.files import check_places

FORMATS = click.Choice(["text", "json", "junit", "html", "latex", "csv"])


@click.command(help=HELP["paper"])
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--workers", default="2", show_default=True)
@click.option("--seed", default=SEED, show_default=True)
@click.option("--format", "form", type=FORMATS, default="text", show_default=True)
@click.option("--output", type=NewFile(), help="Write the result to a file.")
@limit_options(3600, 4096, "each claim", SHARED)
def paper(
    file: Path,
    workers: str,
    seed: str,
    form: str,
    output: Path | None,
    seconds: str,
    memory: str,
) -> Callable[[], int]:
    from verify.commands.paper import Order, audit_papers

    limits, many = limits_of(seconds, memory), positive("--workers", workers, 64)
    order = Order(str(file), limits, seed_of(seed), True, many, cards=True)
    check_places({"--output": output}, {"FILE": str(file)})
    return lambda: audit_papers(file, order, form, output)
