"""Arrays of doubles for functions that multiply by fractions: such multiples are objects to NumPy,
which has no functions of these.
"""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np


class _Doubles(np.ndarray):
    """An array of which a multiple by a fraction is one of doubles, not of objects."""

    def __array_ufunc__(self, ufunc: Any, method: str, *args: Any, **options: Any) -> Any:
        if "out" in options:
            options["out"] = tuple(np.asarray(x) for x in options["out"])
        plain = (in_doubles(np.asarray(x)) for x in args)
        return _again(getattr(ufunc, method)(*plain, **options))

    def __array_function__(self, func: Any, types: Any, args: Any, options: Any) -> Any:
        return _again(super().__array_function__(func, types, args, options))


def _again(made: Any) -> Any:
    if isinstance(made, (list, tuple)):
        return type(made)(map(_again, made)) if type(made) in (list, tuple) else made
    return in_doubles(made).view(_Doubles) if isinstance(made, np.ndarray) else made


def doubles(x: Any) -> Any:
    """A copy, whose multiples by fractions are doubles."""
    return np.array(x, float).view(_Doubles)


def in_doubles(x: Any) -> Any:
    """Fractions are numbers like others."""
    exact = x.dtype.kind == "O" and all(isinstance(y, Real) for y in x.ravel().tolist())
    return x.astype(float) if exact else x
