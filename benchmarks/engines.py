"""One table: the five flows on every engine that is installed, as ratios to mpmath.odefun in the
same run.

    python -m benchmarks.engines              the table of engines at 50 digits, then cost against
    digits, depth and width
    python -m benchmarks.engines p1 p5        only these flows
    python -m benchmarks.engines --patience 60

Every measurement is a process of its own, one after the other, so that memory is its own too; a
peer that is out of patience is shown as "> seconds", never as a ratio. CPU seconds of the call;
what is imported or compiled counts where the engine is marked "cold".
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import ceil
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import problems
from verify.exact.errors import BadInput

DIGITS = 50
#: a peer that needs many minutes is stopped after this many seconds of CPU, unless --patience says
# otherwise
PATIENCE = 120


def build(name: str) -> tuple[Any, Fraction]:
    make = getattr(problems, name)
    return make(), problems.HORIZONS[make]


def ours(engine: str, name: str, digits: int, warm: bool = False) -> float | None:
    """CPU seconds of a second run where ``warm``, else None: the caller measures."""
    system, horizon = build(name)
    made = engine_of(engine)
    made.run(system, horizon, digits, samples=1)
    if not warm:
        return None
    began = time.process_time()
    made.run(system, horizon, digits, samples=1)
    return time.process_time() - began


def engine_of(engine: str) -> Any:
    """An engine by name. Raises BadInput where its extra is not installed."""
    match engine:
        case "taylor":
            from verify.integrate.taylor import Taylor as Made
        case "validated":
            from verify.integrate.validated import Validated as Made  # type: ignore[assignment]
        case "fast":
            from verify.integrate.fast import Fast as Made  # type: ignore[assignment,no-redef]
        case "heyoka":
            from verify.integrate.heyoka_engine import Heyoka as Made  # type: ignore[assignment,no-redef]
        case "odefun":
            from verify.integrate.odefun import Odefun as Made  # type: ignore[assignment]
        case _:
            raise BadInput(f"engine {engine!r}; expected taylor, validated, fast, heyoka or odefun")
    return Made()


def doubles(method: str, name: str) -> None:
    """SciPy at tolerance 1e-13."""
    from verify.integrate.notebook import notebook

    system, horizon = build(name)
    notebook(system, horizon, 1e-13, method, 1)


def measured(work: Callable[[], float | None], patience: float) -> tuple[float, float] | str:
    """(CPU seconds, MB) of a call in a process of its own, or why there is no figure. Out of
    patience is who has had so many CPU seconds, however long that takes on a busy machine.
    """
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_child, args=(there, work, ceil(patience))
    )
    process.start()
    there.close()
    try:
        answer = here.recv()
    except EOFError:
        process.join()
        answer = f"> {patience:.0f}" if process.exitcode == -signal.SIGXCPU else "died"
    process.join()
    return answer


def _child(pipe: Any, work: Callable[[], float | None], most: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    try:
        began = time.process_time()
        seconds = work()
        seconds = time.process_time() - began if seconds is None else seconds
        pipe.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    except Exception as error:  # a missing extra or a failure of a peer is a cell of the table
        pipe.send(f"{type(error).__name__}: {error}"[:40])


def table(names: list[str], patience: float) -> Table:
    """Engines at 50 digits; mpmath's behind our protocol, with what that takes to be as good
    (mpmath itself on a field written by hand: bounds.py); SciPy's doubles beside them, which are
    NOT of the same precision.
    """
    made = Table(
        "flow",
        "engine",
        "CPU s",
        "MB",
        "times faster than odefun",
        title=f"{DIGITS} digits; peer: mpmath.odefun",
    )
    for name in names:
        rows: list[tuple[str, Any]] = [
            ("mpmath.odefun, 63 digits", measured(partial(ours, "odefun", name, DIGITS), patience))
        ]
        rows += [
            (engine, measured(partial(ours, engine, name, DIGITS), 4 * patience))
            for engine in ("taylor", "validated")
        ]
        for engine in ("fast", "heyoka"):
            rows.append(
                (f"{engine}, cold", measured(partial(ours, engine, name, DIGITS), 4 * patience))
            )
            rows.append(
                (
                    f"{engine}, warm",
                    measured(partial(ours, engine, name, DIGITS, warm=True), 4 * patience),
                )
            )
        rows += [
            (f"SciPy {m} (doubles)", measured(partial(doubles, m, name), patience))
            for m in ("DOP853", "LSODA")
        ]
        peer = rows[0][1]
        for engine, cost in rows:
            made.add_row(name, engine, *cells(cost, peer, patience))
        made.add_section()
    return made


def cells(cost: Any, peer: Any, patience: float) -> list[str]:
    if isinstance(cost, str):
        return [cost, "", ""]
    seconds, memory = cost
    ratio = f"> {patience / seconds:.1f}" if isinstance(peer, str) else f"{peer[0] / seconds:.1f}"
    return [f"{seconds:.3f}", f"{memory:.0f}", ratio]


def growth(patience: float) -> Table:
    """P1 against digits, depth and width: each engine's cost over its own at 50 digits, depth 3,
    width 4.
    """
    made = Table(
        "P1",
        "taylor",
        "validated",
        "fast, warm",
        "odefun / taylor",
        title="cost over that of 50 digits, depth 3, width 4",
    )
    problems.HORIZONS[problems.p1] = Fraction(10)
    base = [
        measured(partial(ours, e, "p1", DIGITS, warm=True), patience)
        for e in ("taylor", "validated", "fast")
    ]
    for digits in (15, 30, 50, 100):
        found = [
            measured(partial(ours, e, "p1", digits, warm=True), patience)
            for e in ("taylor", "validated", "fast")
        ]
        peer = measured(partial(ours, "odefun", "p1", digits), patience)
        made.add_row(
            f"{digits} digits",
            *[_over(a, b) for a, b in zip(found, base, strict=True)],
            _over(peer, found[0]),
        )
    for depth, width in ((3, 8), (3, 16), (6, 4), (12, 4)):
        row = [
            measured(partial(_sized, e, depth, width), patience)
            for e in ("taylor", "validated", "fast")
        ]
        made.add_row(
            f"depth {depth}, width {width}",
            *[_over(a, b) for a, b in zip(row, base, strict=True)],
            "",
        )
    return made


def _sized(engine: str, depth: int, width: int) -> float:
    """Warm, as the figures that it is compared with."""
    system, made = problems.p1(depth, width), engine_of(engine)
    made.run(system, Fraction(1, 4), DIGITS, samples=1)
    began = time.process_time()
    made.run(system, Fraction(10), DIGITS, samples=1)
    return time.process_time() - began


def _over(a: Any, b: Any) -> str:
    return a if isinstance(a, str) else "?" if isinstance(b, str) else f"{a[0] / b[0]:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description="the flows on every engine, as ratios to mpmath.odefun"
    )
    known = [p.__name__ for p in problems.HORIZONS]
    parser.add_argument(
        "flows", nargs="*", default=known, metavar="flow", help=f"some of {', '.join(known)}"
    )
    parser.add_argument(
        "--patience", type=float, default=PATIENCE, help="CPU seconds after which a peer is stopped"
    )
    asked = parser.parse_args()
    if unknown := sorted(set(asked.flows) - set(known)):
        parser.error(f"unknown flow {unknown[0]!r}: expected some of {', '.join(known)}")
    console = Console(markup=False, highlight=False)
    console.print(table(asked.flows, asked.patience))
    if asked.flows == known:
        console.print(growth(asked.patience))


if __name__ == "__main__":
    main()
