"""What an enclosure shows, in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from verify.claims.conclusions import Reaches, Throughout
from verify.claims.evidence import Decided, Followed
from verify.exact.numbers import short
from verify.integrate.system import System
from verify.models.until import Until
from verify.spelling.called import called, in_quotes
from verify.theories.enclosures.deciding import engine_of, nearest


def reach(
    systems: Mapping[str, System],
    conclusion: Throughout | Reaches,
    horizon: Fraction,
    until: Until | None = None,
) -> str:
    """From which starts and in which times an enclosure decides."""
    clocks = sorted({s.clock.text or s.clock.name for s in systems.values()})
    times = f"({'; '.join(clocks)}) in [{conclusion.after}, {horizon}]"
    if isinstance(conclusion, Reaches):
        times = f"({'; '.join(clocks)}) in [0, {conclusion.before}]"
    if until is not None:
        times = f"({'; '.join(clocks)}) in {until.span(horizon)}"
    return f"from {', '.join(map(in_quotes, systems))}, clock {times}"


def enclosed(f: Followed, conclusion: Throughout | Reaches, d: Decided) -> str:
    """Steps, radius, what came nearest to the bound, and whether a second method agrees."""
    assert f.enclosure is not None
    radius = short(f.enclosure.radius, up=True)
    what = called(conclusion.quantity)
    where = f"its bound nearest at clock {float(d.since):.4g}"
    if isinstance(conclusion, Reaches):
        where = f"seen near clock {float(d.since):.4g}"
    where += ", and kept from it by the rate of their distance" if d.kept else ""
    if f.event is not None:
        where += f", T <= {short(f.event.until, 6, up=True)}"
    return (
        f"{len(f.enclosure.links)} steps{engine_of(f.enclosure)}, radius <= {radius} with"
        f" {f.enclosure.worked} digits, the state moved {short(f.moved)}; {what}"
        f" {nearest(d, conclusion)}, {where}; {f.checked}"
    )
