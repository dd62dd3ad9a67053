"""Progress on stderr: one live line on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def status(first: str) -> Iterator[Callable[[str], None]]:
    """A function that shows what is being done now."""
    if not sys.stderr.isatty():
        yield lambda text: None
        return
    from verify.report.screen import console

    with console(stderr=True).status(first) as live:
        yield live.update


@contextmanager
def bar(total: int) -> Iterator[Callable[[str, str], None]]:
    """A live bar on a terminal, one line per finished task elsewhere."""
    if not sys.stderr.isatty():
        yield lambda name, verdict: print(f"{name}: {verdict}", file=sys.stderr)
        return
    from rich.progress import Progress

    from verify.report.screen import console

    with Progress(console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("claims", total=total)
        yield lambda name, verdict: progress.update(task, advance=1, description=f"{name}: {verdict}")
