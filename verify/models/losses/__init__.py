"""Losses J(w): one small file per kind. To add one: a Family, its name in FAMILIES, and the laws
table finds it there.
"""

from __future__ import annotations

from difflib import get_close_matches

from verify.exact.errors import BadInput
from verify.models.losses import plain, ratio
from verify.models.losses.base import Family, Loss

FAMILIES: tuple[Family, ...] = (*ratio.FAMILIES, *plain.FAMILIES)


def family(name: str) -> Family:
    """The loss family of that name. Raises BadInput, offering the nearest name."""
    found = next((f for f in FAMILIES if f.name == name), None)
    if found is None:
        names = [f.name for f in FAMILIES]
        near = get_close_matches(name, names, 1)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(names)}"
        raise BadInput(f"unknown loss {name!r}: {hint}")
    return found


__all__ = ["FAMILIES", "Family", "Loss", "family"]
