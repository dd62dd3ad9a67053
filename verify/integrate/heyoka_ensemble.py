"""Ensembles by heyoka, in doubles, in batches as wide as the machine's vectors."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from verify.integrate.base import check_request
from verify.integrate.batch import check_tolerance, columns
from verify.integrate.heyoka_engine import MOST_STEPS
from verify.integrate.heyoka_program import Shape, equations, installed, shape_and_data
from verify.integrate.inside import PLACES, Sight
from verify.integrate.rows import Array, double
from verify.integrate.stops import MAY_END, STIFF, FlowStopped
from verify.integrate.trace import Program, program

if TYPE_CHECKING:
    from verify.integrate.system import System


def ensemble(
    system: System,
    starts: Sequence[Sequence[Fraction]],
    horizon: Fraction,
    tolerance: float,
    samples: int,
) -> Array:
    """As ``batch.ensemble``, by heyoka in doubles, in batches as wide as the machine's vectors.

    But the ``tolerance`` is heyoka's: relative to max |x| where this is at least 1, and absolute
    below: scale flows that decay. Raises also BadInput where the package is missing, and
    FlowStopped where a trajectory takes more than 200000 steps.
    """
    import numpy as np

    check_request(horizon, 1, samples)
    check_tolerance(tolerance)
    begin = columns(system, starts)
    p = program(system)
    shape, data = shape_and_data(p)
    wide = int(installed().recommended_simd_size(float))
    engine = copy.copy(_compiled_batch(shape, tolerance, wide))
    engine.pars[:] = np.array([[double(a)] for a in data]).reshape(-1, 1)
    times = np.array([[double(Fraction(horizon) * j / samples)] * wide for j in range(samples + 1)])
    answer = np.empty((samples + 1, *begin.shape))
    for first in range(0, begin.shape[1], wide):
        lanes = np.minimum(np.arange(first, first + wide), begin.shape[1] - 1)
        engine.set_time(0.0)
        engine.state[:] = begin[:, lanes]
        found = _batch(engine, times, system.title, first, p)
        last = min(first + wide, begin.shape[1])
        answer[:, :, first:last] = found[:, :, : last - first]
    return answer


def _batch(engine: Any, times: Array, title: str, first: int, p: Program) -> Array:
    """One batch along the grid of times. Raises FlowStopped where any of its trajectories was not
    followed to the end.
    """
    sight = Sight(title, p)
    seen = {"callback": lambda e: _look_inside(e, sight, first)} if sight else {}
    if len(times) == 2:
        import numpy as np

        start = engine.state.copy()
        engine.propagate_until(times[-1], max_steps=MOST_STEPS, write_tc=bool(sight), **seen)
        found = np.stack([start, engine.state])
    else:
        found = engine.propagate_grid(times, max_steps=MOST_STEPS, **seen)[1]
    outcome = installed().taylor_outcome
    results = [result[0] for result in engine.propagate_res]
    for wanted in (outcome.err_nf_state, outcome.step_limit):
        if wanted in results:
            lane = results.index(wanted)
            nowhere = wanted == outcome.err_nf_state
            reason, why = (
                ("a value is not finite", MAY_END)
                if nowhere
                else (f"more than {MOST_STEPS} steps", f"{STIFF}; or {MAY_END}")
            )
            text = f"trajectory {first + lane} of {title}: {reason}: {why}"
            raise FlowStopped(_reached(engine, sight, lane), text)
    if any(result != outcome.time_limit for result in results):
        raise FlowStopped(Fraction(float(min(engine.time))), f"{title}: heyoka answers {results}")
    return found


def _reached(engine: Any, sight: Sight, lane: int) -> Fraction:
    """A time to which the lane was followed; a step that failed may have left no number."""
    found = (float(engine.time[lane]), float(sight.times[lane]) if sight else 0.0)
    return Fraction(next((t for t in found if math.isfinite(t)), 0))


def _look_inside(engine: Any, sight: Sight, first: int) -> bool:
    """At the bases of the field in the last step of every lane; the run goes on."""
    import numpy as np

    sight.times = np.where(np.isfinite(engine.time), engine.time, sight.times)
    begin, h = np.array(engine.time) - np.array(engine.last_h), np.array(engine.last_h)
    rows = []
    for place in PLACES:
        engine.update_d_output(begin + place * h)
        rows.append(np.array(engine.d_output))
    finite = np.isfinite(rows).all(axis=(0, 1)) & (h > 0)
    for lane in np.flatnonzero(sight.is_suspicious(begin, h, rows) & finite):
        start = Fraction(float(begin[lane]))
        end = start + Fraction(float(h[lane]))
        sight.look(start, end, rows[0][:, lane].tolist(), f"trajectory {first + lane} of ")
    return True


@lru_cache(maxsize=32)
def _compiled_batch(shape: Shape, tolerance: float, wide: int) -> Any:
    import numpy as np

    flow = equations(shape, double)
    return installed().taylor_adaptive_batch(
        flow, np.zeros((len(flow), wide)), tol=tolerance, compact_mode=True
    )
