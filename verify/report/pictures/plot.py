"""Pictures as files: svg, pdf or png, drawn by matplotlib, the same bytes for the same run.

Text is text: no mathematics is interpreted, letters stay letters in svg and pdf. Colours are those
of Okabe and Ito, told apart by everybody; dashes tell curves apart in print. A file appears whole
or not at all. matplotlib need not be there: it is loaded when something is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from math import inf
from pathlib import Path
from textwrap import wrap
from typing import Any

from verify.exact.errors import BadInput
from verify.process.files import write_bytes
from verify.report.pictures.look import PAPER, TYPESET, Look, chosen, columns, letter, typeset
from verify.report.pictures.picture import Curve, Panel, Picture, Plane
from verify.report.pictures.plot_axes import extent, powers, typeset_powers
from verify.report.pictures.plot_paper import paper_figure
from verify.report.pictures.plot_plane import draw_plane

SUFFIXES = (".svg", ".pdf", ".png")
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#000000", "#8C564B", "#7F7F7F")
MISSED, RADIUS, BOUND = "#D55E00", "#595959", "#000000"
DASHES: tuple[Any, ...] = ("-", (0, (5, 1.5)), (0, (1, 1)), (0, (5, 1.5, 1, 1.5)))
WIDTH, AXES, ENTRY, LINE = (
    7.2,
    2.3,
    0.13,
    0.16,
)  # inches: of the page, of axes, of a line in a legend, of a line of text
SQUARE = 3.5  # of the axes of a plane
ACROSS, IN_PANEL, IN_LEGEND, MOST_LINES = 124, 56, 46, 5  # characters
IN_AXIS = 24  # characters of the label of an axis
CLOCKS = {"t": "t", "s": "s", "s = log(1 + t)": r"s = \log(1 + t)"}
_TOGETHER = re.compile(
    r"[(\[][^()\[\]]{0,40}[)\]]| [=<>]=? "
)  # no line is broken within short brackets or around a relation
SETTINGS: Any = {
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "flowlaw",
    "pdf.fonttype": 42,
    "font.family": ["DejaVu Sans"],
    "font.size": 8.0,
    "axes.titlesize": 8.0,
    "axes.titlelocation": "left",
    "axes.formatter.useoffset": False,
    "axes.formatter.use_mathtext": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.fontsize": 7.0,
    "legend.frameon": False,
    "lines.linewidth": 1.3,
}


#: no date, no random name
METADATA: Any = {
    "svg": {"Date": None, "Creator": "flowlaw"},
    "pdf": {"CreationDate": None, "Creator": "flowlaw"},
    "png": {"Software": None},
}


def check_target(path: Path) -> None:
    """Raises BadInput, before any work, where a picture could not be drawn or written."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(f"--plot {path}: expected a file that ends in {', '.join(SUFFIXES)}")
    target = path.resolve()
    if not target.parent.is_dir():
        raise BadInput(
            f"cannot write {path}: no such folder {target.parent.name!r}; make it, or choose"
            " another place"
        )
    if target.exists() and not target.is_file():
        raise BadInput(f"cannot write {path}: it is not a regular file; name a file")
    needs_matplotlib(f"--plot {path}")


def needs_matplotlib(what: str) -> None:
    """Raises BadInput, before any work, where it does not load."""
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError as error:
        raise BadInput(
            f"{what} needs matplotlib, which does not load ({error}): pip install 'flowlaw[plot]'"
        ) from error


def draw(picture: Picture, path: Path, look: Look = Look()) -> None:  # noqa: B008
    """Draw and write. Raises BadInput naming the file where it cannot be written."""
    write_bytes(path, rendered(picture, path.suffix.lower()[1:], look))


def rendered(picture: Picture, form: str, look: Look = Look()) -> bytes:  # noqa: B008
    """The file's bytes: no date, no random name. Raises BadInput where there is no such panel."""
    paper, stream = look.style == PAPER, BytesIO()
    shown = replace(picture, panels=chosen(picture.panels, look))
    with settings(TYPESET if paper else {}) as made:
        figure = paper_figure(shown, made, look, _paper_panel) if paper else None
        figure = figure or _figure(shown, made, look)
        figure.savefig(stream, format=form, metadata=METADATA[form], dpi=300 if paper else 200)
    return stream.getvalue()


@contextmanager
def settings(more: Mapping[str, Any]) -> Iterator[Any]:
    """Ours alone, and ``more``: what a user has set for own figures changes nothing. Yields the
    class of figures.
    """
    import matplotlib.figure

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({**SETTINGS, **dict[Any, Any](more)})
        yield matplotlib.figure.Figure


def _figure(picture: Picture, made: Any, look: Look = Look()) -> Any:  # noqa: B008
    wide = look.inches(WIDTH)
    lines = [p for line in picture.lines for p in shortened(line, int(ACROSS * wide / WIDTH))]
    across = min(columns(wide), len(picture.panels))
    pairs = [picture.panels[k : k + across] for k in range(0, len(picture.panels), across)]
    heights = [
        max(SQUARE if isinstance(p, Plane) else AXES for p in pair)
        + ENTRY * max(len(p.curves) for p in pair)
        for pair in pairs
    ]
    height = LINE * (len(lines) + 2) + sum(heights)
    figure = made(figsize=(wide, height), layout="constrained")
    top = 1 - LINE * (len(lines) + 2) / height
    engine: Any = figure.get_layout_engine()
    engine.set(rect=(0.005, 0.005, 0.99, top - 0.005), wspace=0.04, hspace=0.04)
    figure.text(0.01, 1 - LINE * 0.3 / height, picture.title, weight="bold", size=10, va="top")
    for k, line in enumerate(lines):
        figure.text(0.01, 1 - LINE * (k + 1.5) / height, line, size=7.5, va="top")
    axes = figure.subplots(len(pairs), across, squeeze=False, height_ratios=heights)
    for k, pair in enumerate(axes.flat):
        if k < len(picture.panels):
            _panel(pair, f"({letter((look.panel or 1) - 1 + k)}) ", picture.panels[k], picture)
        else:
            pair.remove()
    return figure


def shortened(text: str, width: int = ACROSS, most: int = MOST_LINES) -> list[str]:
    """Lines of a width; what is left over is not shown, and three dots say so."""
    whole = _TOGETHER.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    lines = wrap(whole, width, max_lines=most, placeholder=" ...", break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines] or [""]


def _panel(axes: Any, letter: str, panel: Panel | Plane, picture: Picture) -> None:
    axes.set_title("\n".join(shortened(letter + panel.title, IN_PANEL, 3)))
    if isinstance(panel, Plane):
        draw_plane(axes, panel)
    else:
        _draw(axes, panel, picture)
    axes.grid(True, linewidth=0.3, color="#CCCCCC")
    axes.set_axisbelow(True)
    _legend(axes, panel)


def _draw(axes: Any, panel: Panel, picture: Picture) -> None:
    low, high = extent(panel)
    for k, curve in enumerate(panel.curves):
        _curve(axes, curve, low, k)
    axes.set_ylim(low, high)
    axes.set_xlabel(picture.clock)
    if len(panel.y) <= IN_AXIS:
        axes.set_ylabel(panel.y)
    if panel.log:
        powers(axes.yaxis, low, high)
    if picture.log_time:
        powers(axes.xaxis, *axes.get_xlim())


def _paper_panel(axes: Any, panel: Panel | Plane, picture: Picture) -> None:
    """The same curves; labels and ticks are mathematics, and no words stand beside them."""
    if isinstance(panel, Plane):
        draw_plane(axes, panel)
        axes.set_xlabel("$w_1$")
        axes.set_ylabel("$w_2$")
    else:
        _draw(axes, panel, picture)
        axes.set_xlabel(typeset(picture.clock, CLOCKS.get(picture.clock, "")))
        axes.set_ylabel(typeset(panel.y, panel.tex))
        typeset_powers(axes.yaxis if panel.log else None)
        typeset_powers(axes.xaxis if picture.log_time else None)


def _legend(axes: Any, panel: Panel | Plane) -> None:
    """Below the axes, never wider than they are; its title says how far the curves can be
    trusted.
    """
    from matplotlib.transforms import ScaledTranslation

    short = all(len(c.label) <= IN_LEGEND // 2 - 3 for c in panel.curves) and len(panel.curves) > 2
    below = axes.transAxes + ScaledTranslation(0, -0.4, axes.figure.dpi_scale_trans)
    place = {
        "loc": "upper center",
        "bbox_to_anchor": (0.5, 0.0),
        "bbox_transform": below,
        "borderaxespad": 0.0,
    }
    legend = axes.legend(
        title=panel.note or None,
        ncols=2 if short else 1,
        handlelength=2.6,
        labelspacing=0.25,
        **place,
    )
    legend.get_title().set_fontsize(7.0)


def _curve(axes: Any, curve: Curve, bottom: float, above: int) -> None:
    colour, dash, width = {
        "near miss": (MISSED, (0, (4, 1.2, 1, 1.2)), 1.1),
        "radius": (RADIUS, (0, (1, 1)), 1.1),
        "bound": (BOUND, (0, (6, 3)), 0.9),
        "fitted": (COLOURS[curve.hue % len(COLOURS)], "-", 6.0),
    }.get(curve.kind, (COLOURS[curve.hue % len(COLOURS)], DASHES[curve.hue % len(DASHES)], 1.6))
    label = "\n".join(shortened(curve.label, IN_LEGEND, 2))
    wide = {"alpha": 0.25, "solid_capstyle": "butt"} if curve.kind == "fitted" else {}
    axes.plot(
        curve.x,
        curve.y,
        color=colour,
        linestyle=dash,
        linewidth=width,
        label=label,
        zorder=2 + above / 100,
        **wide,
    )
    if curve.low:
        low = [max(y, bottom) if y == -inf else y for y in curve.low]
        axes.fill_between(
            curve.x, low, curve.high, color=colour, alpha=0.22, linewidth=0, zorder=1.5
        )
