"""The figure of a paper: panels of one width, a letter over each where there are several, a legend
within its column, and no other words; its caption is the author's.
"""

from __future__ import annotations

from collections.abc import Callable
from textwrap import wrap
from typing import Any

from verify.report.pictures.look import Look, columns, letter, typeset
from verify.report.pictures.picture import Panel, Picture, Plane

COLUMN, PAGE = 85 / 25.4, 170 / 25.4  # inches
SHAPE, ENTRY = 0.72, 0.16  # height of axes to their width; inches of a line of a legend
Draw = Callable[[Any, Panel | Plane, Picture], None]


def paper_figure(picture: Picture, made: Any, look: Look, draw: Draw) -> Any:
    """One column wide for one panel, a page for several, unless a width is given."""
    count = len(picture.panels)
    wide = look.inches(PAGE if count > 1 else COLUMN)
    across = min(columns(wide), count)
    rows = [picture.panels[k : k + across] for k in range(0, count, across)]
    heights = [_height(row, wide / across) for row in rows]
    figure = made(figsize=(wide, sum(heights)), layout="constrained")
    grid = figure.subplots(len(rows), across, squeeze=False, height_ratios=heights).flat
    for k, (axes, panel) in enumerate(zip(grid, picture.panels, strict=False)):
        draw(axes, panel, picture)
        if count > 1:
            axes.set_title(f"({letter(k)})")
        axes.grid(True, linewidth=0.3, color="#CCCCCC")
        axes.set_axisbelow(True)
        _legend(axes, panel)
    for axes in figure.axes[count:]:
        axes.remove()
    return figure


def _height(row: tuple[Panel | Plane, ...], wide: float) -> float:
    """In inches, with room for the legend."""
    shape = 0.95 if any(isinstance(p, Plane) for p in row) else SHAPE
    return wide * shape + ENTRY * (1 + max(len(_labelled(p)) for p in row))


def _fitted(text: str, axes: Any) -> str:
    """In lines that the axes have room for; mathematics is never broken."""
    wide = int(12 * axes.figure.get_figwidth() / axes.get_gridspec().ncols)
    return text if text.startswith("$") else "\n".join(wrap(text, max(20, wide)))


def _labelled(panel: Panel | Plane) -> list[str]:
    return [c.label for c in panel.curves if c.label]


def _legend(axes: Any, panel: Panel | Plane) -> None:
    """Below the axes; nothing where there is one curve, which the axis names."""
    found = _labelled(panel)
    if len(found) < 2:
        return
    handles, labels = axes.get_legend_handles_labels()
    told = [_fitted(typeset(text.replace("\n", " ")), axes) for text in labels]
    axes.legend(
        handles, told, loc="upper center", bbox_to_anchor=(0.5, -0.22), ncols=1, handlelength=2.6
    )
