"""Which arrays a model's function takes: inputs before the ``*``, tensors to be trained after it,
each with its shape.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from verify.exact.errors import BadInput
from verify.trace.shapes import Shape

HOW = (
    "expected a function such as def model(x: (2,), *, W1: (3, 2), W2: (2, 3)): inputs before the"
    " *, tensors to be trained after it, each with its shape as annotation or default"
)
LONGEST = 10**7  # entries of one array


@dataclass(frozen=True)
class Signature:
    """Names to shapes, in the order in which they are written."""

    params: dict[str, Shape]
    inputs: dict[str, Shape]


def signature(function: Callable[..., Any]) -> Signature:
    """Raises BadInput, naming the parameter without a shape."""
    name = getattr(function, "__name__", "the model")
    if not callable(function):
        raise BadInput(f"{name}: of type {type(function).__name__}; {HOW}")
    try:
        found = inspect.signature(function)
    except (TypeError, ValueError) as error:
        raise BadInput(f"{name}: {error}; {HOW}") from error
    params: dict[str, Shape] = {}
    inputs: dict[str, Shape] = {}
    for p in found.parameters.values():
        if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
            raise BadInput(f"{name}: {p} has no shape; {HOW}")
        (params if p.kind is p.KEYWORD_ONLY else inputs)[p.name] = _shape(name, p)
    if not params:
        raise BadInput(f"{name}: no tensor to be trained; {HOW}")
    return Signature(params, inputs)


def _shape(name: str, p: inspect.Parameter) -> Shape:
    given = p.default if p.annotation is p.empty else p.annotation
    if isinstance(given, str):  # from __future__ import annotations
        try:
            given = ast.literal_eval(given)
        except (ValueError, SyntaxError):
            pass
    if given is p.empty:
        raise BadInput(f"{name}: the parameter {p.name} has no shape; {HOW}")
    shape = (given,) if type(given) is int else tuple(given) if isinstance(given, list) else given
    if not isinstance(shape, tuple) or any(type(n) is not int or n < 1 for n in shape):
        raise BadInput(f"{name}: the shape of {p.name} is {given!r:.60}; {HOW}")
    size = 1
    for n in shape:
        size *= n
    if size > LONGEST:
        raise BadInput(f"{name}: {p.name} of shape {shape} has {size} entries; at most {LONGEST}")
    return shape
