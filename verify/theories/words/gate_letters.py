"""Letters at a drawn point, and how they move: what is drawn, what a definition says, products of
layers, moments and directions.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flint import nmod_mat

from verify.models.layers import metric, moment, moved
from verify.terms.affine import Affine, index
from verify.terms.letters import RUNS
from verify.terms.matrices import A, B, W, w
from verify.theories.words.derive import direction
from verify.theories.words.gate_arithmetic import (
    Value,
    added,
    multiplied,
)
from verify.theories.words.gate_fibre import solved
from verify.theories.words.gate_gradient import gradient
from verify.theories.words.gate_points import PRIME
from verify.theories.words.sizes import Beyond

if TYPE_CHECKING:
    from verify.theories.words.gate_values import Marks, Values

_k = index("k")


def letter_value(here: Values, name: str, i: int | None, marks: Marks, order: int) -> Value:
    spec = here.letters[name]
    if i is not None:
        first, less = RUNS[spec.index]
        if not first <= i <= here.depth - less:
            if spec.index == "inner":
                return 0
            raise Beyond(f"{name}_{i} at depth {here.depth}")
    at = {} if i is None else {"k": i}
    if name in here.relations.defined:
        return here.value(here.relations.defined[name], at, marks, order)
    if name in ("A", "B", "X") and here.setting.layers:
        return _product(here, name, i, marks, order)
    if order:
        return _moved(here, name, i, marks, order - 1)
    x = _drawn(here, name, i, marks)
    if here.before is None or name != "W":
        return x
    return added(
        x, multiplied(PRIME - here.drawn.number("eta"), gradient(here.before, i, marks, 0))
    )


def moment_value(
    here: Values, head: str, name: str, i: int | None, marks: Marks, order: int
) -> Value:
    assert i is not None
    if head != "w" and not 0 < i < here.depth:
        return 0
    c, at = partial(direction, name), Affine(i)
    e = moment(at) if head == "G" else moved(c, at) if head == "w" else metric(c, at)
    return here.value(e, {}, marks, order)


def _drawn(here: Values, name: str, i: int | None, marks: Marks) -> nmod_mat:
    spec, sizes = here.letters[name], here.drawn.sizes
    sign = here.relations.mirrored.get(name)
    motion: Any = here.setting.motion
    if motion.kind == "fibre-flow" and name == motion.family:
        pair = solved(here, i or 0)
    else:
        pair = here.drawn.pair(
            name,
            i,
            sizes.of(spec.rows, i),
            sizes.of(spec.cols, i),
            sign,
            here.relations.balance,
        )
    x = pair[marks[1]]
    return x.transpose() if marks[0] ^ marks[1] else x


def _product(here: Values, name: str, i: int | None, marks: Marks, order: int) -> Value:
    """A_k = A_(k+1) W_(k+1), B_k = W_(k-1) B_(k-1), X = A_0; shared by all sentences at order
    0.
    """
    name, k = ("A", 0) if name == "X" else (name, i or 0)
    if k == (here.depth if name == "A" else 1):
        n = here.drawn.sizes.d[-1 if name == "A" else 0]
        return (
            0 if order else nmod_mat(n, n, [int(r == c) for r in range(n) for c in range(n)], PRIME)
        )
    e = A[k + 1] * W[k + 1] if name == "A" else W[k - 1] * B[k - 1]
    if order or here.before is not None:
        return here.value(e, {}, marks, order)
    key = (name, k, marks, here.relations.balance)
    if key not in here.drawn.shared:
        here.drawn.shared[key] = here.value(e, {}, marks, 0)
    return here.drawn.shared[key]


def _moved(here: Values, name: str, i: int | None, marks: Marks, order: int) -> Value:
    """The derivative of a letter along the motion. Raises Beyond for P and b, which move in no
    known way.
    """
    motion: Any = here.setting.motion
    at = {} if i is None else {"k": i}
    if motion.kind == "prescribed":
        return here.value(motion.rates[name], at, marks, order) if name in motion.rates else 0
    if name == "W":
        if motion.kind == "gradient-flow":
            return multiplied(PRIME - 1, gradient(here, i, marks, order))
        found = here.value(w(motion.family, _k), at, marks, order)
        return found if motion.kind == "action-flow" else multiplied(PRIME - 1, found)
    if (name == "P" and here.setting.layers) or (
        name == getattr(motion, "family", "") and motion.kind == "fibre-flow"
    ):
        raise Beyond(f"nothing says how {name} moves")
    return 0
