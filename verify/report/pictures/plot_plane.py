"""Axes of a plane: fibres, level sets and flow lines with arrows, told apart by dashes and widths
as well as by colours.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from verify.report.pictures.picture import Plane, Stroke

#: kind -> colour, dashes, width, height in the stack
STYLES: dict[str, tuple[str, Any, float, float]] = {
    "fibre": ("#7FB3D5", "-", 0.9, 2.0),
    "level": ("#E69F00", (0, (5, 2)), 0.9, 2.1),
    "circle": ("#CC79A7", (0, (1, 1.2)), 1.1, 2.2),
    "balanced": ("#000000", (0, (6, 2, 1, 2)), 1.1, 2.3),
    "flow": ("#004D7A", "-", 1.5, 2.4),
}


def draw_plane(axes: Any, plane: Plane) -> None:
    """The curves and their labels; title and legend are the caller's."""
    for stroke in plane.curves:
        _stroke(axes, stroke)
    axes.set_xlim(-plane.half, plane.half)
    axes.set_ylim(-plane.half, plane.half)
    axes.set_aspect("equal")
    axes.set_xlabel("w1")
    axes.set_ylabel("w2")


def _stroke(axes: Any, stroke: Stroke) -> None:
    """All its curves as one line with gaps, so that a kind is one entry of the legend."""
    colour, dashes, width, height = STYLES[stroke.kind]
    gap = (float("nan"),)
    x = tuple(chain.from_iterable((*part[0], *gap) for part in stroke.parts))
    y = tuple(chain.from_iterable((*part[1], *gap) for part in stroke.parts))
    axes.plot(
        x, y, color=colour, linestyle=dashes, linewidth=width, label=stroke.label, zorder=height
    )
    if stroke.arrows:
        first, last = [p[0][0] for p in stroke.parts], [p[1][0] for p in stroke.parts]
        axes.plot(
            first, last, color=colour, linestyle="none", marker="o", markersize=2.5, zorder=height
        )
    for x0, y0, dx, dy in stroke.arrows:
        style = {
            "arrowstyle": "-|>",
            "color": colour,
            "linewidth": width,
            "mutation_scale": 8,
            "shrinkA": 0,
            "shrinkB": 0,
        }
        axes.annotate("", (x0 + dx, y0 + dy), (x0, y0), arrowprops=style, zorder=height)
