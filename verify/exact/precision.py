"""The global precision of python-flint, borrowed and given back: nobody's numbers change because
something of ours has run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def precision(bits: int | None = None, cap: int | None = None) -> Iterator[None]:
    """Work with ``bits`` and series cut to ``cap``, each as it was where it is None; afterwards
    both are what they were before.

    Also a decorator: ``@precision()`` around a function that sets them on its way (balls do).
    Imports python-flint.
    """
    from flint import ctx  # claims are listed without it

    before = ctx.prec, ctx.cap
    try:
        ctx.prec, ctx.cap = before[0] if bits is None else bits, before[1] if cap is None else cap
        yield
    finally:
        ctx.prec, ctx.cap = before
