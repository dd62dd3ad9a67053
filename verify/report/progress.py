"""Progress on stderr: one live line on a terminal, nothing elsewhere.

What draws it is loaded where a terminal watches: nobody else pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from verify.process.channel import part
from verify.process.deliver import say
from verify.process.terminal import watched


@contextmanager
def status(first: str) -> Iterator[Callable[[str], None]]:
    """A function that shows what is being done now, and tells the process that waits for it."""
    if not watched(2):
        yield part
        return
    from verify.report.screen import console

    with console(stderr=True).status(first) as live:

        def update(text: str) -> None:
            part(text)
            live.update(text)

        yield update


@contextmanager
def bar(total: int) -> Iterator[Callable[[str, str], None]]:
    """A live bar on a terminal, one line per finished task elsewhere."""
    if not watched(2):
        yield lambda name, verdict: say(f"{name}: {verdict}")
        return
    from rich.progress import Progress

    from verify.report.screen import console

    # no thread of its own: processes are started while it is shown
    with Progress(console=console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("claims", total=total)

        def advance(name: str, verdict: str) -> None:
            progress.update(task, advance=1, description=f"{name}: {verdict}", refresh=True)

        yield advance
