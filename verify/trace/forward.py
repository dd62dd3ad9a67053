"""What each operation does, in terms of a ring's own arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def apply(ring: Any, place: int, node: Any, args: Sequence[Any], values: Mapping[str, Any]) -> Any:
    """The value of a node. ``place`` tells the ring which exponential, root or pattern it is."""
    op, data = node.op, node.data
    if op in ("param", "input"):
        return values[data]
    if op in ("add", "sub", "mul", "neg", "inv"):
        return getattr(ring, op)(*args)
    if op in ("exp", "log", "sqrt", "erf", "step"):
        return getattr(ring, op)(place, *args)
    if op == "const":
        return ring.const(place, data, node.shape)
    if op == "free":
        return ring.free(place, data)
    if op == "top":
        return ring.top(place, args[0], *data)
    if op == "concat":
        return ring.concat(args, data)
    return getattr(ring, _SHAPES[op])(*((data, *args) if op == "einsum" else (*args, data)),
                                      *((node.shape,) if op == "index" else ()))  # fmt: skip


_SHAPES = {
    "einsum": "einsum",
    "reshape": "reshape",
    "transpose": "transpose",
    "broadcast": "spread",
    "index": "take",
}
