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
