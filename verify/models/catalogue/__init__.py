"""The models: every file of this folder but ``base`` is one, in the order of their names. To add
one: its file, and a row in the table of the laws of training (``tests/laws/models_table.py``).
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules

from verify.exact.errors import BadInput
from verify.models.catalogue.base import Model, Size

_FILES = sorted(x.name for x in iter_modules(__path__) if x.name != "base")
MODELS: tuple[Model, ...] = tuple(import_module(f"{__name__}.{x}").MODEL for x in _FILES)


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
