"""Questions about a network: rows of weights, or a point."""

from __future__ import annotations

from dataclasses import replace

from verify.exact.errors import BadInput
from verify.models.point import Point
from verify.terms.expr import Expr, dot
from verify.values.lower import scalar
from verify.values.network import NO_LOSS, Networks, loss_of
from verify.values.question import Question, each, numbers
from verify.values.record import Value
from verify.values.trajectory import network_later


def of_network(q: Question) -> Value:
    """Raises BadInput for what is not well formed, NoValue where there is none."""
    point, wanted, loss, time = q.state, q.wanted, q.loss, q.time
    if not isinstance(point, Point):
        rows = point.rows
        if not rows:
            raise BadInput("a network needs a state: L lines of n numbers, one line for each layer")
        point = Point(rows, loss_of(loss, len(rows[0])), numbers(q.state))
    elif loss is not None:
        point = replace(point, loss=loss_of(loss, point.width))
    here = Networks(point, getattr(q.setting, "decay", None))
    indices = {n: int(x) for n, x in point.constants.items() if x.denominator == 1}
    e = scalar(wanted, None, tuple(point.constants)) if isinstance(wanted, str) else wanted
    if not isinstance(e, Expr):
        raise BadInput(
            f"{wanted!r:.60}; expected an expression of a network (verify.terms.expr), or its text"
        )
    if getattr(q.setting, "kind", "flow") == "step" and (q.derivative or time is not None):
        raise BadInput("a descent step has no derivative and no time: 'next' is the value after it")
    e = dot(e) if q.derivative else e
    here.checked(e)
    free = here.scopes(e, indices)
    kept = {n: x for n, x in point.constants.items() if n not in e.free_indices()}
    here = replace(here, point=replace(point, constants=kept))
    if time is None:
        return each(free, lambda scope: here.value(e, scope, q.digits))
    if point.loss is NO_LOSS:
        raise BadInput(
            "a time needs a flow, and a network flows by a loss: add --loss, or loss=..."
        )
    return each(free, lambda scope: network_later(here, e, scope, time, q.digits))
