"""Does a quantity drift along one trajectory? What ``verify.testing.assert_conserved`` measures.

Agreement counts only where the run could have disagreed: the whole horizon was followed, w moved,
the quantity reacts to a change of a weight, and a near miss, where one is named, drifts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from verify.claims.conclusions import Conserved
from verify.claims.evidence import Measured
from verify.claims.hypotheses import Balanced
from verify.exact.errors import BadInput
from verify.integrate.base import FlowStopped
from verify.integrate.taylor import Taylor
from verify.models.diagonal_flow import diagonal_flow
from verify.models.jets import Motion, assignments
from verify.models.point import Point
from verify.terms.expr import Expr
from verify.terms.order import order_needed
from verify.theories.measure.along import GUARD, SAMPLES, Path, path_of
from verify.theories.measure.drift import residual_of


def conservation(
    quantity: Expr,
    point: Point,
    digits: int,
    horizon: Fraction,
    decay: str | None = None,
    near_miss: Expr | None = None,
) -> Measured:
    """Largest deviation over sampled times and all values of the free indices, relative (absolute
    below 1).

    Status "contradicts" above the detection limit 10^-digits, "inconclusive" with the reason, else
    "agrees".
    """
    order = max(order_needed(e) for e in (quantity, near_miss) if e is not None)
    try:
        path = followed(point, digits, horizon, order, decay)
    except FlowStopped as end:
        return Measured(
            "conserved", "quantity", "inconclusive", f"{end}; choose an earlier horizon"
        )
    drift, text = _drift(path, quantity), path.ring.text
    missed = None if near_miss is None else _drift(path, near_miss)
    numbers = {
        "deviation": text(drift),
        "limit": text(path.limit),
        "moved": text(path.moved),
        "horizon": str(horizon),
    }
    words = (
        f"{digits} digits, t in [0, {horizon}], largest deviation {text(drift)}"
        f" (limit {text(path.limit)}) while w moved {text(path.moved)}"
    )
    if missed is not None:
        numbers["near_miss"] = text(missed)
        words += f"; near miss {text(missed)}"
    if drift > path.limit:
        return Measured("conserved", "quantity", "contradicts", words, numbers)
    reason = _not_telling(path, quantity, missed, decay)
    return Measured(
        "conserved", "quantity", "inconclusive" if reason else "agrees", words + reason, numbers
    )


def _not_telling(path: Path, quantity: Expr, missed: Any, decay: str | None) -> str:
    """Why this run could not have seen a drift, or nothing."""
    if not path.moved > path.limit:
        return (
            "; nothing moved, and a flow that stands still conserves everything: choose another"
            " start"
        )
    if missed is not None and not missed > 1000 * path.limit:
        return ", NOT rejected: choose one that drifts, or more digits"
    if not _reacts(path, quantity, decay):
        return "; the quantity does not react to a change of any weight by a thousandth"
    return ""


def followed(point: Point, digits: int, horizon: Fraction, order: int, decay: str | None) -> Path:
    """The whole trajectory or none (FlowStopped): a shorter one would not be what was asked for."""
    kappa = point.constants[decay] if decay else Fraction(0)
    # share=False: equal layers stay separate numbers, so that nothing is conserved by construction
    run = Taylor().run(
        diagonal_flow(point, kappa, share=False), horizon, digits + GUARD, samples=SAMPLES
    )
    with defined(point):
        return path_of(run, point, digits, order, decay, by_layer(point))


def _drift(path: Path, quantity: Expr) -> Any:
    return max(_gap(m, path.motions[0], quantity) for m in path.motions)


def _gap(here: Motion, there: Motion, quantity: Expr) -> Any:
    residual = residual_of(Conserved(quantity))
    with defined(here.point):
        return max(residual(here, there, scope) for scope in scopes(quantity, here.point))


def _reacts(path: Path, quantity: Expr, decay: str | None) -> bool:
    """Whether a start with one weight off by a thousandth has another value of the quantity."""
    first = path.motions[0]
    for l, row in enumerate(first.point.start):
        for i, x in enumerate(row):
            rows = [list(r) for r in first.point.start]
            rows[l][i] = x * Fraction(1001, 1000) if x else Fraction(1, 1000)
            other = Point(tuple(map(tuple, rows)), first.point.loss, first.point.constants)
            off = Motion(other, first.ring, first.length - 1, decay=decay, balanced=first.balanced)
            if _gap(off, first, quantity) > path.limit:
                return True
    return False


def scopes(quantity: Expr, point: Point) -> list[dict[str, int]]:
    """All values of the free indices; the two layers of R stay different. Raises BadInput where
    there are none.
    """
    pair = next(
        (tuple(x.args[1:3]) for x in quantity.walk() if x.head == "at" and x.args[0] == "R"), None
    )
    found = list(assignments(quantity.free_indices(), point.depth, point.width, pair))
    if not found:
        raise BadInput(
            f"depth {point.depth}, width {point.width} leave no values for the indices of the"
            " quantity"
        )
    return found


def by_layer(point: Point) -> bool:
    """Where some w_i = 0, |w_i|^(2/L) is differentiable as the square of a layer, if the start is
    balanced.
    """
    return 0 in point.w and Balanced().violated(point) is None


@contextmanager
def defined(point: Point) -> Iterator[None]:
    """Raises BadInput in place of an arithmetic error: the fault is in the quantity or the
    point.
    """
    try:
        yield
    except ZeroDivisionError as error:
        raise BadInput(
            f"the quantity or J is not differentiable, {error}, at {_place(point)}: choose another"
        ) from error
    except (IndexError, KeyError) as error:
        raise BadInput(
            f"the quantity does not fit the point, {error}, at {_place(point)}"
        ) from error


def _place(point: Point) -> str:
    rows = "; ".join(
        f"u_{l} = ({', '.join(map(str, row))})" for l, row in enumerate(point.start, 1)
    )
    return f"J = {point.loss.text}; {rows}"
