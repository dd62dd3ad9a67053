"""The code of the families of samples: one file each, named in ``verify.models.samples``."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from verify.theories.samples import depth, entropy, fibre, integral, schatten

if TYPE_CHECKING:
    from verify.theories.samples.base import Instance

DRAWERS: dict[str, Callable[[tuple, Random], Instance]] = {
    "integral": integral.draw,
    "entropy": entropy.draw,
    "depth": depth.draw,
    "reciprocal": depth.draw_reciprocal,
    "equal": depth.draw_equal,
    "schatten": schatten.draw,
    "largest": schatten.draw_largest,
    "fibre": fibre.draw,
}
