"""The models, one file each. To add one: its file, a row of MODELS, and a row in the table of the
laws of training (``tests/laws/models_table.py``).
"""

from __future__ import annotations

from difflib import get_close_matches

from verify.exact.errors import BadInput
from verify.models.catalogue import (
    completion,
    diagonal,
    layers,
    linear_system,
    relu,
    scalars,
    signed_power,
    units,
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
)


def model(name: str) -> Model:
    """The model of that name. Raises BadInput, offering the nearest name."""
    found = next((m for m in MODELS if m.name == name), None)
    if found is None:
        names = [m.name for m in MODELS]
        near = get_close_matches(name, names, 1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise BadInput(f"unknown model {name!r:.60}: {hint}models: {', '.join(names)}")
    return found


__all__ = ["MODELS", "Model", "Size", "model"]
