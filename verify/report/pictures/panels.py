"""The panels of a conclusion about a network: its values, and their distance from what it says."""

from __future__ import annotations

from math import inf, nan
from typing import Any

from verify.claims.conclusions import (
    Conclusion,
    Conserved,
)
from verify.claims.experiments import Drift
from verify.report.pictures.picture import (
    Curve,
    Panel,
    Span,
    curve,
    is_wide,
    log_of,
    sizes,
    trust,
)
from verify.report.pictures.readings import Scope, distance, law, reader, sides
from verify.report.pictures.track import Reader, Track
from verify.spelling.called import in_quotes
from verify.terms.words import latex, words

DISTANCE = {"drift |q(t) - q(0)|": "|q(t) - q(0)|"}


def _said(scope: Scope) -> str:
    """Layers l, m, ... before coordinates i, j, ..."""
    return ", ".join(
        f"{name} = {scope[name]}" for name in sorted(scope, key=lambda name: (name < "l", name))
    )


def values(
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
        said = f"near miss: {in_quotes(near.named)}"
        curves.append(curve(said, path.at.x, path.measure(missed), log, "near miss"))
    note = trust([spans for _, spans, _ in measured], path.rough is None)
    title = f"{name}: {' and '.join(map(words, sides(conclusion)))}"
    return Panel(
        title + (f" ({len(chosen)} of {every} index values)" if every > len(chosen) else ""),
        tuple(curves),
        log,
        note,
        " and ".join(map(words, sides(conclusion))),
        ",\\ ".join(map(latex, sides(conclusion))),
    )


def _missed(near: Drift, scope: Scope) -> Reader | None:
    """What the near miss puts in the place of the quantity, or of its law."""
    conclusion = near.near_miss
    return (
        reader(conclusion.quantity, scope)
        if isinstance(conclusion, Conserved)
        else law(conclusion, scope)
    )


def distances(
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
        curves.append(Curve(f"near miss: {in_quotes(near.named)}", path.at.x, y, kind="near miss"))
    return Panel(f"{name}: {what}", tuple(curves), log=True, y=what, tex=DISTANCE.get(what, ""))


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
