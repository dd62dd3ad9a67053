"""The models, one file each. To add one: its file, a row of MODELS, and a row in the table of the
laws of training (``tests/laws/models_table.py``).
"""

from __future__ import annotations

from difflib import get_close_matches

from verify.exact.errors import BadInput
from verify.models.catalogue import (
    adapter,
    completion,
    diagonal,
    layers,
    linear_system,
    relu,
    scalars,
    signed_power,
    signed_product,
    units,
    warped,
)
from verify.models.catalogue.base import Model, Size

MODELS: tuple[Model, ...] = (
    diagonal.MODEL,
    layers.MODEL,
    scalars.MODEL,
    completion.MODEL,
    units.MODEL,
    relu.MODEL,
    linear_system.MODEL,
    signed_power.MODEL,
    signed_product.MODEL,
    warped.MODEL,
    adapter.MODEL,
)


def model(name: str) -> Model:
    """The model of that name. Raises BadInput, offering the nearest name."""
    found = next((m for m in MODELS if m.name == name), None)
    if found is None:
        known = _words()
        near = get_close_matches(name.casefold(), list(known), 1)
        hint = f"did you mean {known[near[0]]}? " if near else ""
        names = ", ".join(m.name for m in MODELS)
        raise BadInput(f"unknown model {name!r:.60}: {hint}models: {names}")
    return found


def _words() -> dict[str, str]:
    """The model that a word means: its name, a part of its name, or a word of its title."""
    rows = [(m.name, m.name) for m in MODELS]
    rows += [(part, m.name) for m in MODELS for part in m.name.split("-")]
    rows += [(x, m.name) for m in MODELS for x in m.title.replace(",", "").split() if x.isalpha()]
    return dict(reversed(rows))


__all__ = ["MODELS", "Model", "Size", "model"]
