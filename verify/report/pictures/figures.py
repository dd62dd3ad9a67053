"""Figures of experiments, fit for a paper: mathematics typeset, axes labelled, the same bytes for
the same run.
"""

from __future__ import annotations

from io import BytesIO
from logging import ERROR, getLogger
from math import isfinite
from typing import Any

from verify.report.pictures.look import SCREEN, TYPESET, Look, chosen, letter, typeset
from verify.report.pictures.plot import COLOURS, DASHES, METADATA, settings
from verify.report.pictures.table import written
from verify.reproduce.base import Axes, Line, Outcome

WIDE, HIGH = 3.4, 2.7  # inches, of one pair of axes


def rendered(o: Outcome, form: str, look: Look = Look()) -> bytes:  # noqa: B008
    """The file's bytes: no date, no random name. Of a paper unless ``look`` says otherwise; for a
    screen with what was run over it. Raises BadInput where there is no such panel.
    """
    panels = chosen(o.panels, look)
    getLogger("fontTools").setLevel(ERROR)  # it remarks on the dates of fonts
    stream = BytesIO()
    with settings(TYPESET) as made:
        count = len(panels)
        across = min(count, 3)
        down = -(-count // across)
        wide = look.inches(WIDE * across)
        size = (wide, HIGH * down * wide / (WIDE * across))
        figure = made(figsize=size, layout="constrained")
        if look.style == SCREEN:
            figure.suptitle(typeset(f"{o.name}: {o.title}; {o.source}; seed {o.seed}"), size=8)
        grid = figure.subplots(down, across, squeeze=False).flat
        for axes, panel in zip(grid, panels, strict=False):
            _draw(axes, panel)
        for axes in figure.axes[count:]:
            axes.remove()
        figure.savefig(stream, format=form, metadata=METADATA[form], dpi=300)
    return stream.getvalue()


def as_table(o: Outcome) -> str:
    """The points of the lines as they are drawn, as CSV: one to a row."""
    rows = [
        (letter(k), p.title, line.label, p.x, p.y, a, b)
        for k, p in enumerate(o.panels)
        for line in p.lines
        for a, b in zip(*_kept(line, p), strict=True)
    ]
    return written(("panel", "title", "curve", "x_axis", "y_axis", "x", "y"), list(rows))


def _draw(axes: Any, panel: Axes) -> None:
    for k, line in enumerate(panel.lines):
        colour = "#000000" if line.dashed else COLOURS[k % len(COLOURS)]
        style = "--" if line.dashed else DASHES[k % len(DASHES)]
        kept = _kept(line, panel)
        axes.plot(*kept, color=colour, linestyle=style, linewidth=1.3, label=line.label)
    axes.set_title(panel.title)
    axes.set_xlabel(panel.x)
    axes.set_ylabel(panel.y)
    axes.set_xscale("log" if panel.log_x else "linear")
    axes.set_yscale("log" if panel.log_y else "linear")
    axes.grid(True, linewidth=0.3, color="#CCCCCC")
    axes.legend(handlelength=2.4, labelspacing=0.25)


def _kept(line: Line, panel: Axes) -> tuple[list[float], list[float]]:
    """What has a place on the axes."""
    pairs = [
        (a, b)
        for a, b in zip(line.x, line.y, strict=True)
        if isfinite(a) and isfinite(b) and (a > 0 or not panel.log_x) and (b > 0 or not panel.log_y)
    ]
    return [a for a, _ in pairs], [b for _, b in pairs]
