"""The recorder: arrays that note what is done to them instead of doing it.

Equal operations are one node. What has no rule, what asks for a number that is not known yet, and
what is not finite is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from numbers import Rational
from typing import Any, NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from verify.exact.errors import BadInput
from verify.trace.graph import Node, Shape

LARGEST = 2_000_000  #: entries of all nodes together


class Refused(BadInput):
    """The function does something that a graph of operations does not have."""


@dataclass
class Recorder:
    """Nodes so far; ``floats`` are constants that are no whole numbers."""

    nodes: list[Node] = field(default_factory=list)
    known: dict[tuple[Any, ...], int] = field(default_factory=dict)
    floats: set[Fraction] = field(default_factory=set)
    entries: int = 0

    def push(self, op: str, args: tuple[int, ...], shape: Shape, data: Any = None) -> Traced:
        """The node, or the equal one that there is already."""
        key = (op, args, shape, data)
        if key not in self.known:
            node = Node(op, args, shape, data)
            self.entries += node.size
            if self.entries > LARGEST:
                raise Refused(
                    f"more than {LARGEST} numbers to be computed: give smaller shapes (what holds"
                    " for every size is seen at small ones), or a block at a time"
                )
            self.known[key] = len(self.nodes)
            self.nodes.append(node)
        return Traced(self, self.known[key])

    def constant(self, value: Any) -> Traced:
        """From whatever NumPy takes: each float is the exact binary fraction that it is."""
        array = np.asarray(value)
        if array.dtype.kind not in "biufO":
            raise Refused(f"a constant of type {array.dtype}: expected real numbers")
        found = tuple(_fraction(x) for x in array.ravel().tolist())
        if array.dtype.kind == "f":
            self.floats.update(x for x in found if x.denominator != 1)
        return self.push("const", (), array.shape, found)


def _fraction(x: Any) -> Fraction:
    if isinstance(x, Rational):
        return Fraction(x)
    if isinstance(x, float) and np.isfinite(x):
        return Fraction(x)
    if isinstance(x, Traced):
        raise Refused("an array of recorded numbers: join them with np.stack or np.concatenate")
    raise Refused(f"the constant {x!r:.40}: expected a finite real number")


class Traced(NDArrayOperatorsMixin):
    """An array of a shape, whose numbers are not known while it is recorded."""

    __slots__ = ("masked", "place", "recorder")

    def __init__(self, recorder: Recorder, place: int, masked: Any = None) -> None:
        self.recorder, self.place = recorder, place
        self.masked = masked  # a constant array, False where the value is minus infinity

    @property
    def node(self) -> Node:
        return self.recorder.nodes[self.place]

    @property
    def shape(self) -> Shape:
        return self.node.shape

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return self.node.size

    @property
    def dtype(self) -> Any:
        return np.dtype(float)

    @property
    def T(self) -> Any:
        return np.transpose(self)

    mT = property(lambda self: np.swapaxes(self, -1, -2))

    def __array_ufunc__(self, ufunc: Any, method: str, *args: Any, **options: Any) -> Any:
        given = {k: v for k, v in options.items() if v is not None}
        rule = UFUNCS.get(ufunc.__name__)
        if rule is None or method != "__call__" or given:
            extra = "" if method == "__call__" else f".{method}"
            extra += "".join(f" with {x}=" for x in given)
            refuse(f"{ufunc.__name__}{extra}")
        return rule(self.recorder, *args)

    def __array_function__(self, func: Any, types: Any, args: Any, options: Any) -> Any:
        name = func.__name__
        if name not in FUNCTIONS:
            refuse(f"np.{name}")
        try:
            return FUNCTIONS[name](self.recorder, *args, **options)
        except TypeError as error:
            raise Refused(f"np.{name} is recorded without such arguments: {error}") from error

    def __array__(self, *args: Any, **options: Any) -> NoReturn:
        raise Refused(
            "a recorded array is asked for its numbers (np.array, np.asarray, math.* or a library"
            " that is not NumPy): join arrays with np.stack or np.concatenate, and use np functions"
        )

    def __bool__(self) -> NoReturn:
        raise Refused(
            "a branch that depends on the data (if, and, or, while on a recorded array): write it"
            " with np.where, np.maximum or a constant condition"
        )

    def _no_number(self) -> NoReturn:
        raise Refused("a recorded number is not known: float, int and index need a constant")

    def __float__(self) -> float:
        self._no_number()

    def __int__(self) -> int:
        self._no_number()

    def __index__(self) -> int:
        self._no_number()

    def __hash__(self) -> int:
        raise Refused("a recorded array as a key: its numbers are not known")

    def __setitem__(self, index: Any, value: Any) -> NoReturn:
        raise Refused("assignment into a recorded array: build it with np.concatenate or np.where")

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("len() of an array without axes")
        return self.shape[0]

    def __iter__(self) -> Iterator[Any]:
        return iter([self[i] for i in range(len(self))])

    def __getitem__(self, index: Any) -> Any:
        return FUNCTIONS["getitem"](self.recorder, self, index)

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:
            return lambda *args, **options: FUNCTIONS[METHODS[name]](
                self.recorder, self, *args, **options
            )
        if name.startswith("__"):
            raise AttributeError(name)
        refuse(f"the method .{name}")


def refuse(what: str) -> NoReturn:
    """Raises Refused, in the name of an operation."""
    raise Refused(f"{what} has no rule here: {KNOWN}")


KNOWN = (
    "a model is traced through + - * / ** @, einsum, sum, mean, exp, log, erf, sqrt, tanh,"
    " maximum, where, indexing and shapes; softmax, sigmoid, silu, gelu, relu and top_k are in"
    " verify.trace.functions"
)
#: names of ufuncs and functions to their rules; filled by ``verify.trace.rules``
UFUNCS: dict[str, Any] = {}
FUNCTIONS: dict[str, Any] = {}
METHODS = {
    x: x
    for x in ("reshape", "transpose", "sum", "mean", "max", "min", "prod", "dot", "repeat", "var",
              "swapaxes", "squeeze", "ravel", "take", "diagonal", "trace", "clip", "cumsum", "std")
} | {"flatten": "ravel", "copy": "copy", "astype": "astype"}  # fmt: skip
