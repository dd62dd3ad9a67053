"""Names that a reader of a printed sentence could mistake for each other."""

from __future__ import annotations

from collections.abc import Iterable

from verify.exact.errors import BadInput


def refuse_alike(names: Iterable[str], place: str) -> None:
    """Raises BadInput for two names that differ by _ only, such as x1 and x_1."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.replace("_", ""), name)
        if other != name:
            raise BadInput(
                f"{place}: the names {other!r} and {name!r}; expected names that differ by more"
                " than _: rename one"
            )
