"""The picture of a claim about networks: from the start that the judge measures, what is conserved,
and a near miss that is not.
"""

from __future__ import annotations

from functools import reduce
from operator import add

from verify.claims.claim import Claim
from verify.claims.conclusions import (
    Conclusion,
)
from verify.claims.evidence import Report
from verify.claims.experiments import Drift
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.exact.precision import precision
from verify.exact.rings import Inexact
from verify.models.point import Point
from verify.report.pictures.panels import distances, values
from verify.report.pictures.picture import (
    Panel,
    Picture,
    Progress,
    curve,
    is_wide,
    middle,
    title_of,
    trust,
)
from verify.report.pictures.readings import Scope, law, reader, sides
from verify.report.pictures.track import Track, track, weight
from verify.report.screen import point_text
from verify.terms.order import order_needed
from verify.theories.measure.conservation import scopes
from verify.theories.sums.drops import plan
from verify.theories.sums.plan import Plan

DIGITS = 30  # of the picture, where no fewer are asked for: it decides nothing
MOST_SCOPES, LISTED, MOST_WEIGHTS = 4, 64, 8
NO_VALUE = (Inexact, ZeroDivisionError, IndexError, KeyError)


def check(claim: Claim, request: Request) -> None:
    """Raises BadInput where nothing can move."""
    if claim.setting.kind != "flow":
        raise BadInput(
            f"--plot: {claim.id} is about steps of descent, there is no trajectory to draw; leave"
            " --plot out"
        )
    still = plan(claim, request).still
    if still:
        raise BadInput(f"--plot: {claim.id} has no trajectory to draw: {still}; leave --plot out")


def point_of(claim: Claim, request: Request, report: Report, work: Plan) -> tuple[str, Point]:
    """What it is and the start: where the claim is refuted, the witness; else where the judge
    measures; else the proof's instance.
    """
    witnesses = [o.witness.point for o in report.outcomes.values() if o.witness is not None]
    if witnesses:
        return "witness", witnesses[0]
    instances = [o.instance for o in report.outcomes.values() if o.instance is not None]
    found = [*work.numeric_points(claim, request), *instances]
    if not found:
        raise BadInput(
            f"--plot: {claim.id} has no trajectory to draw: no start that fits moves; leave"
            " --plot out"
        )
    return "start", found[0]


def drawn(
    claim: Claim, request: Request, report: Report, wanted: str | None, progress: Progress
) -> Picture:

    progress(f"{claim.id}: drawing")
    work = plan(claim, request)
    what, point = point_of(claim, request, report, work)
    near = {e.conclusion: e for e in claim.experiments if isinstance(e, Drift)}
    drawn_sides = [
        e
        for c in (*claim.concluding.values(), *(x.near_miss for x in near.values()))
        for e in sides(c)
    ]
    order = max(
        [0, *map(order_needed, drawn_sides)]
    )  # derivatives are taken only where they are drawn
    with precision():
        path = track(
            point,
            work.sentence(claim, next(iter(claim.concluding))),
            order,
            min(DIGITS, request.digits_or()),
            wanted,
        )
        panels, lines = [_loss(path), _weights(path)], [f"{what}: {point_text(point)}", path.words]
        for name, conclusion in claim.concluding.items():
            try:
                panels += _somehow(path, name, conclusion, near.get(name))
            except NO_VALUE as error:
                lines.append(f"{name} is not drawn: no value on the way ({error})")
    return Picture(title_of(report), tuple(lines), path.at.label, path.at.log, tuple(panels))


def _loss(path: Track) -> Panel:
    spans = path.measure(lambda m, first, time: m.loss().c[0])
    log = is_wide([spans])
    return Panel(
        "loss J",
        (curve("J", path.at.x, spans, log),),
        log,
        trust([spans], path.rough is None),
        "J",
        "J",
    )


def _weights(path: Track) -> Panel:
    width = path.first.point.width
    spans = [path.measure(weight(i)) for i in range(min(MOST_WEIGHTS, width))]
    curves = tuple(curve(f"w_{i + 1}", path.at.x, s, False, hue=i) for i, s in enumerate(spans))
    title = "weights" if width <= MOST_WEIGHTS else f"weights, {MOST_WEIGHTS} of {width}"
    return Panel(title, curves, note=trust(spans, path.rough is None), y="w", tex="w_i")


def _somehow(path: Track, name: str, conclusion: Conclusion, near: Drift | None) -> list[Panel]:
    """Enclosed; where a ball has no value (a largest of several, a sign), computed."""
    try:
        return _concluded(path, name, conclusion, near)
    except NO_VALUE:
        return _concluded(path.computed(), name, conclusion, near)


def _concluded(path: Track, name: str, conclusion: Conclusion, near: Drift | None) -> list[Panel]:
    """The value, and how far it is from what the conclusion says. Raises what a missing value
    raises.
    """
    chosen, every = telling(path, conclusion)
    if not chosen:
        return []
    panels = [values(path, name, conclusion, chosen, every, near)]
    if law(conclusion, chosen[0]) is not None:
        panels.append(distances(path, name, conclusion, chosen, near))
    return panels


def telling(path: Track, conclusion: Conclusion) -> tuple[list[Scope], int]:
    """Up to MOST_SCOPES values of the free indices at which the sides differ in size, and how many
    there are in all.
    """
    shown = sides(conclusion)
    if not shown:
        return [], 0
    every = scopes(reduce(add, conclusion.expressions()), path.first.point)
    found: list[tuple[list[float], Scope]] = []
    for scope in every[:LISTED]:
        sampled = [float(abs(middle(s))) for e in shown for s in path.at_some(reader(e, scope))]
        new = all(
            any(abs(a - b) > 1e-9 * max(a, b) for a, b in zip(sampled, other, strict=True))
            for other, _ in found
        )
        if new and (max(sampled) > 1e-9 or len(every) == 1):
            found.append((sampled, scope))
        if len(found) == MOST_SCOPES:
            break
    return [scope for _, scope in found] or every[:1], len(every)
