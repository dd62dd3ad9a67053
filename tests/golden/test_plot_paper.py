"""Pictures fit for a paper: mathematics typeset, axes labelled, nothing that names the claim, one
panel alone, a width in millimetres, and the numbers that are drawn beside it.

What else belongs to the kind: every form of file, claims and experiments alike; text that looks
like mathematics and is none; a name of a panel or a width that is none, each refused by name; an
option of pictures without a picture; cells that a spreadsheet would take for a formula.
"""

from __future__ import annotations

import csv
import math
import re
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from tests.golden.test_plot import FIRST, STRANGE, by_id, drawing, drawn, strange
from tests.runner import cli
from verify.exact.errors import BadInput
from verify.report.pictures.look import Look, look_of, typeset
from verify.report.pictures.picture import Panel, Picture
from verify.report.pictures.table import COLUMNS, as_table
from verify.reproduce.base import Axes, Line, Outcome

PAPER = Look("paper")
OUTCOME = Outcome(
    "toy", "a toy", "draft", 0, (), ("x",), (), ("", (), ()), (),
    tuple(Axes(f"$x^{k}$", "$x$", "$y$", (Line("a", (1.0, 2.0), (1.0, k)),)) for k in (2.0, 3.0)),
)  # fmt: skip


@cache
def shown(name: str) -> Picture:
    return drawn(by_id(name), digits=10)


def size(content: bytes) -> tuple[float, float]:
    """Of an SVG, in millimetres."""
    found = re.search(
        rb'width="([\d.]+)pt" .*?height="([\d.]+)pt"|height="([\d.]+)pt".*?width="([\d.]+)pt"',
        content,
    )
    assert found
    a, b, c, d = (float(x) if x else 0.0 for x in found.groups())
    return (a or d) / 72 * 25.4, (b or c) / 72 * 25.4


@drawing
@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_bytes_are_the_same_again(form: str) -> None:
    from verify.report.pictures import figures
    from verify.report.pictures.plot import rendered

    for make in (lambda: rendered(strange(), form, PAPER), lambda: figures.rendered(OUTCOME, form)):
        assert make() == make() and make().startswith(FIRST[f".{form}"])


@drawing
@pytest.mark.parametrize("wide", ["60", "85", "170.5", "200"])
def test_it_is_as_wide_as_it_is_asked_to_be(wide: str) -> None:
    from verify.report.pictures import figures
    from verify.report.pictures.plot import rendered

    for style in ("paper", "screen"):
        for panel in (None, "a"):
            look = look_of(style, panel, wide)
            for content in (
                rendered(strange(), "svg", look), figures.rendered(OUTCOME, "svg", look)
            ):  # fmt: skip
                assert size(content)[0] == pytest.approx(float(wide), abs=0.1)


@drawing
def test_nothing_names_the_claim_and_axes_are_mathematics() -> None:
    from verify.report.pictures import plot
    from verify.report.pictures.look import TYPESET
    from verify.report.pictures.plot_paper import paper_figure

    with plot.settings(TYPESET) as made:
        figure = paper_figure(shown("diag-balance"), made, PAPER, plot._paper_panel)
        figure.draw_without_rendering()
        axes = figure.axes
        said = [figure.get_suptitle(), *(t.get_text() for t in figure.texts)]
        said += [a.get_title(loc) for a in axes for loc in ("left", "center", "right")]
        letters = [f"({chr(97 + k)})" for k in range(len(axes))]
        assert [s for s in said if s] == letters
        assert all(re.fullmatch(r"\$.+\$", a.get_xlabel()) for a in axes)
        assert all(a.get_ylabel() for a in axes)
        assert any(r"u_{\ell" in a.get_ylabel() for a in axes), [a.get_ylabel() for a in axes]
        page = figure.bbox
        for box in (a.get_tightbbox() for a in axes):
            assert page.x0 <= box.x0 and box.x1 <= page.x1
            assert page.y0 <= box.y0 and box.y1 <= page.y1


@drawing
def test_one_panel_is_that_panel() -> None:
    from verify.report.pictures.plot import rendered

    whole = shown("diag-balance")
    for k in range(len(whole.panels)):
        alone = rendered(whole, "svg", Look("paper", k + 1))
        other = Picture("", (), whole.clock, whole.log_time, (whole.panels[k],))
        assert alone == rendered(other, "svg", PAPER)


@drawing
@pytest.mark.parametrize(
    "words", [STRANGE, "a_b is $5", "100 $ and 5 $", "$x", "\\frac{", "^", "_"]
)
def test_what_is_no_mathematics_stays_as_it_is_written(words: str) -> None:
    """And what is not understood of LaTeX falls back on the words."""
    from verify.report.pictures.plot import rendered

    for tex in ("", "\\nonsense{", "\\frac{1}"):
        assert not re.fullmatch(r"\$.*\$", typeset(words, tex)) or "\\$" in typeset(words, tex)
    here = Panel(words, strange().panels[0].curves, y=words, tex="\\nonsense{")  # type: ignore[union-attr]
    assert rendered(Picture(words, (), words, False, (here, here)), "svg", PAPER)


@drawing
def test_letters_and_formulas_are_typeset() -> None:
    for words, tex, found in (
        ("w_1", "", "$w_{1}$"),
        ("l = 1, i = 2", "", "$l = 1, i = 2$"),
        ("value", "", "value"),
        ("x", r"\lVert x\rVert^{2/L}", r"$\Vert x\Vert^{2/L}$"),
        ("x", r"\bigl[x\bigr]", "$[x]$"),
    ):
        assert typeset(words, tex) == found


def test_the_numbers_are_those_that_are_drawn() -> None:
    whole = strange()
    rows = list(csv.DictReader(StringIO(as_table(whole))))
    assert tuple(rows[0]) == COLUMNS
    for k, panel in enumerate(whole.panels):
        assert isinstance(panel, Panel)
        own = [r for r in rows if r["panel"] == "ab"[k]]
        points = [(c, j) for c in panel.curves for j in range(len(c.x))]
        assert len(own) == len(points)
        for row, (c, j) in zip(own, points, strict=True):
            assert (float(row["x"]), float(row["y"])) == (c.x[j], c.y[j])
            assert row["curve"] == c.label and row["y_scale"] == (
                "log10" if panel.log else "linear"
            )
            assert (row["low"] == "") == (not c.low)
            assert not c.low or (float(row["low"]) == c.low[j] and float(row["high"]) == c.high[j])


def test_no_cell_is_a_formula() -> None:
    from dataclasses import replace

    first = strange().panels[0]
    for sign in "=+-@":
        curve = replace(first.curves[0], label=f"{sign}1+1", y=(math.nan,) * 11)  # type: ignore[arg-type]
        panel = Panel(f"{sign}cmd", (curve,))  # type: ignore[arg-type]
        for row in csv.DictReader(StringIO(as_table(Picture("", (), "t", False, (panel,))))):
            assert row["title"][0] == row["curve"][0] == "'" and row["y"] == ""


@pytest.mark.parametrize("text", ["0", "A", "ab", "", "-1", "1.5", "\u0661", "9999", "a b"])
def test_what_is_no_panel_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadInput, match="--panel"):
        look_of("paper", text, None)


@pytest.mark.parametrize(
    "text", ["0", "-85", "1e9", "wide", "", "nan", "inf", "19.9", "1000.1", "85mm"]
)
def test_what_is_no_width_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadInput, match="--width-mm"):
        look_of("paper", None, text)


@drawing
def test_a_panel_that_is_not_there_is_refused_with_those_that_are() -> None:
    from verify.report.pictures import figures
    from verify.report.pictures.plot import rendered

    for make in (lambda: rendered(strange(), "svg", Look("paper", 3)),
                 lambda: figures.rendered(OUTCOME, "svg", Look(None, 3))):  # fmt: skip
        with pytest.raises(BadInput, match=r"--panel c: the picture has 2: a .*; b "):
            make()


@pytest.mark.parametrize("command", ["claim quasi-norm", "experiment control"])
@pytest.mark.parametrize(
    "option", ["--style paper", "--panel a", "--width-mm 85", "--plot-data p.csv"]
)
def test_an_option_of_pictures_needs_one(command: str, option: str, tmp_path: Path) -> None:
    ran = cli(tmp_path, *command.split(), *option.split(), cwd=tmp_path)
    assert ran.code == 2 and option.split()[0] in ran.err and "--plot FILE" in ran.err
    assert ran.out == "" and list(tmp_path.glob("p.csv")) == []


@drawing
def test_both_files_from_the_command(tmp_path: Path) -> None:
    asked = "--plot p.svg --style paper --panel a --width-mm 85 --plot-data p.csv"
    ran = cli(tmp_path, "claim", "diag-balance", "--digits", "10", *asked.split(), cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "diag-balance" not in (tmp_path / "p.svg").read_text()
    assert (tmp_path / "p.csv").read_text().startswith(",".join(COLUMNS))
    far = cli(tmp_path, "claim", "diag-balance", "--plot", "q.svg", "--panel", "z", cwd=tmp_path)
    assert far.code == 2 and "--panel z: the picture has" in far.err
    assert not (tmp_path / "q.svg").exists()
