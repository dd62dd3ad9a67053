"""The picture of a claim about networks: from the start that the judge measures, what is conserved,
and a near miss that is not.
"""

from __future__ import annotations

from functools import reduce
from math import inf, nan
from operator import add
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions import (
    Conclusion,
    Conserved,
    Equation,
    Inequality,
    KeepsSign,
    LinearLaw,
)
from verify.claims.evidence import Report
from verify.claims.experiments import Drift
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.exact.precision import precision
from verify.exact.rings import Inexact
from verify.models.point import Point
from verify.report.pictures.picture import (
    Curve,
    Panel,
    Picture,
    Progress,
    Span,
    curve,
    is_wide,
    log_of,
    middle,
    sizes,
    title_of,
    trust,
)
from verify.report.pictures.track import Reader, Track, track, weight
from verify.report.screen import point_text
from verify.terms.expr import Expr
from verify.terms.order import order_needed
from verify.terms.words import words
from verify.theories.measure.conservation import scopes
from verify.theories.sums.drops import Plan, plan

DIGITS = 30  # of the picture, where no fewer are asked for: it decides nothing
MOST_SCOPES, LISTED, MOST_WEIGHTS = 4, 64, 8
NO_VALUE = (Inexact, ZeroDivisionError, IndexError, KeyError)
Scope = dict[str, int]


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
        "loss J", (curve("J", path.at.x, spans, log),), log, trust([spans], path.rough is None)
    )


def _weights(path: Track) -> Panel:
    width = path.first.point.width
    spans = [path.measure(weight(i)) for i in range(min(MOST_WEIGHTS, width))]
    curves = tuple(curve(f"w_{i + 1}", path.at.x, s, False, hue=i) for i, s in enumerate(spans))
    title = "weights" if width <= MOST_WEIGHTS else f"weights, {MOST_WEIGHTS} of {width}"
    return Panel(title, curves, note=trust(spans, path.rough is None))


def sides(conclusion: Conclusion) -> tuple[Expr, ...]:
    """What is drawn of a conclusion; empty where it has no value at a state."""
    match conclusion:
        case Conserved(q) | KeepsSign(q, _) | LinearLaw(q, _):
            return (q,)
        case Equation(left, right) | Inequality(left, right):
            return (left, right)
    return ()


def reader(expr: Expr, scope: Scope) -> Reader:
    return lambda m, first, time: m.value(expr, scope).c[0]


def law(conclusion: Conclusion, scope: Scope) -> Reader | None:
    """The value that the conclusion foretells for its first side, by the start or by the other
    side.
    """
    match conclusion:
        case Conserved(q):
            return lambda m, first, time: first.value(q, scope).c[0]
        case LinearLaw(q, rate):
            return lambda m, first, time: (
                first.value(q, scope).c[0]
                * m.ring.exp(first.value(rate, scope).c[0] * m.ring.number(time))
            )
        case Equation(_, right):
            return reader(right, scope)
    return None


def distance(conclusion: Conclusion, scope: Scope) -> Reader | None:
    """How far the first side is from its law."""
    foretold = law(conclusion, scope)
    if foretold is None:
        return None
    here = reader(sides(conclusion)[0], scope)
    return lambda m, first, time: here(m, first, time) - foretold(m, first, time)


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
    panels = [_values(path, name, conclusion, chosen, every, near)]
    if law(conclusion, chosen[0]) is not None:
        panels.append(_distances(path, name, conclusion, chosen, near))
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


def _said(scope: Scope) -> str:
    """Layers l, m, ... before coordinates i, j, ..."""
    return ", ".join(
        f"{name} = {scope[name]}" for name in sorted(scope, key=lambda name: (name < "l", name))
    )


def _values(
    path: Track,
    name: str,
    conclusion: Conclusion,
    chosen: list[Scope],
    every: int,
    near: Drift | None,
) -> Panel:
    """A near miss is drawn beside the first curve."""
    measured = []
    for k, scope in enumerate(chosen):
        for n, side in enumerate(sides(conclusion)):
            label = ", ".join(
                x
                for x in (
                    ("left side", "right side")[n] if len(sides(conclusion)) > 1 else "",
                    _said(scope),
                )
                if x
            )
            measured.append(
                (label or "value", path.measure(reader(side, scope)), k + n * len(chosen))
            )
    log = is_wide([spans for _, spans, _ in measured])
    curves = [curve(label, path.at.x, spans, log, hue=hue) for label, spans, hue in measured]
    missed = None if near is None else _missed(near, chosen[0])
    if near is not None and missed is not None:
        curves.append(
            curve(f"near miss: {near.named}", path.at.x, path.measure(missed), log, "near miss")
        )
    note = trust([spans for _, spans, _ in measured], path.rough is None)
    title = f"{name}: {' and '.join(map(words, sides(conclusion)))}"
    return Panel(
        title + (f" ({len(chosen)} of {every} index values)" if every > len(chosen) else ""),
        tuple(curves),
        log,
        note,
    )


def _missed(near: Drift, scope: Scope) -> Reader | None:
    """What the near miss puts in the place of the quantity, or of its law."""
    conclusion = near.near_miss
    return (
        reader(conclusion.quantity, scope)
        if isinstance(conclusion, Conserved)
        else law(conclusion, scope)
    )


def _distances(
    path: Track, name: str, conclusion: Conclusion, chosen: list[Scope], near: Drift | None
) -> Panel:
    """On a logarithmic axis: the band of all that the distance can be, far below the near miss
    where the conclusion holds.
    """
    found = _largest(path, conclusion, chosen)
    what = {"conserved": "drift |q(t) - q(0)|", "linear-law": "distance from the law"}.get(
        conclusion.kind, "|left - right|"
    )
    low = tuple(log_of(a) if a else -inf for a, _ in found)
    high = tuple(log_of(b) for _, b in found)
    if path.rough is None:
        curves = [
            Curve(
                "enclosed: " + ("not 0" if any(a for a, _ in found) else "lies in the band"),
                path.at.x,
                high,
                low,
                high,
            )
        ]
    else:
        curves = [Curve("computed, with its estimated error", path.at.x, high)]
    if near is not None:
        missed = _largest(path, near.near_miss, chosen)
        y = tuple(
            log_of((a + b) / 2) if a else nan for a, b in missed
        )  # at the start it has not drifted yet
        curves.append(Curve(f"near miss: {near.named}", path.at.x, y, kind="near miss"))
    return Panel(f"{name}: {what}", tuple(curves), log=True)


def _largest(path: Track, conclusion: Conclusion, chosen: list[Scope]) -> list[Span]:
    """Least and most that the largest distance over the indices can be, at each time."""
    rows: list[Any] = []
    for scope in chosen:
        read = distance(conclusion, scope)
        if read is not None:
            rows.append([sizes(s) for s in path.measure(read)])
    return [
        (max(a for a, _ in column), max(b for _, b in column)) for column in zip(*rows, strict=True)
    ]
