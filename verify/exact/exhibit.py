"""An exhibit: a witness or an instance that shows itself to people and to programs."""

from __future__ import annotations

from typing import Any


class Shown:
    """What Hypothesis and IPython print of it is its ``repr``, not its fields one by one."""

    __slots__ = ()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


class Exhibit(Shown):
    """Contract of what an Outcome holds as ``witness`` or ``instance`` outside claims about
    networks.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{self.text()}>"

    ring = "exact"  # how its numbers were computed: exact, or balls

    def text(self) -> str:
        """One line with every number that a hand calculation needs."""
        raise NotImplementedError

    def latex(self) -> str:
        """The same in LaTeX: text with its mathematics."""
        raise NotImplementedError

    def data(self) -> dict[str, Any]:
        """The same for JSON."""
        raise NotImplementedError
