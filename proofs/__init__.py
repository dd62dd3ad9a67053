"""The content: one file per statement and its false variants.

What is imported from here is loaded when it is asked for: ``CLAIMS``, all of them (``shipped.py``),
or ``OF_MODELS``, true ones about networks, matrices and actions (``of_models.py``).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proofs.of_models import OF_MODELS
    from proofs.shipped import CLAIMS

__all__ = ["CLAIMS", "OF_MODELS"]


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    file = "of_models" if name == "OF_MODELS" else "shipped"
    return getattr(import_module(f"proofs.{file}"), name)
