"""What every setting offers to what lists, prints and stores claims."""

from __future__ import annotations

from typing import Any, Protocol


class Setting(Protocol):
    """Contract. The closed list of settings stands in ``wellformed``, the theory of each in
    ``parts``.
    """

    @property
    def kind(self) -> str: ...

    @property
    def least_depth(self) -> int: ...

    @property
    def decay(self) -> str | None: ...

    def title(self) -> str:
        """What moves, or what is given, in one line."""
        ...

    def detail(self) -> str:
        """What else a reader must know of the letters."""
        ...

    def latex(self, *parts: Any) -> str:
        """What moves, or what is given, as a clause of LaTeX; of letters those that the ``parts``
        use, or all.
        """
        ...

    def wire(self) -> dict:
        """JSON for listings."""
        ...
