"""``--plot``: what is drawn is true, the file is the same every time, and what cannot be drawn is
said before any work.
"""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest

from proofs import CLAIMS
from tests.golden.test_horizon import LOGISTIC
from tests.runner import SECONDS, cli, environment, leftovers, plant
from verify.claims.request import Request
from verify.judge.decide import judge
from verify.report.pictures.of_claims import picture
from verify.report.pictures.picture import Curve, Panel, Picture

drawing = pytest.mark.skipif(
    find_spec("matplotlib") is None,
    reason="matplotlib is not installed: pip install 'flowlaw[plot]'",
)
FIRST = {".svg": b"<?xml", ".pdf": b"%PDF-", ".png": b"\x89PNG\r\n"}
#: nothing in these letters is markup
STRANGE = "[w] $x_1^2$ 100% \\alpha <b> & {x}"


def by_id(name: str):
    return next(c for c in CLAIMS if c.id == name)


def logistic():
    scope: dict = {}
    exec(LOGISTIC, scope)  # the same text that is planted elsewhere
    return scope["CLAIMS"][0]


def drawn(claim, axis: str | None = None, **options) -> Picture:
    request = Request(**options)
    return picture(claim, request, judge(claim, request), axis)


def panel(shown: Picture, title: str) -> Panel:
    (found,) = [p for p in shown.panels if p.title.startswith(title)]
    return found


@pytest.mark.parametrize("axis", ["linear", "log"])
def test_a_known_solution_is_drawn(axis: str) -> None:
    """x(t) = 1/(1 + 3 e^-t), and the loss (1 - x)^2 belongs to the same times."""
    shown = drawn(logistic(), axis, digits=20, horizon=Fraction(3))
    assert shown.log_time == (axis == "log") and shown.clock == "t"
    for title, law in (
        ("below: x", lambda x: x),
        ("states", lambda x: x),
        ("loss J", lambda x: (1 - x) ** 2),
    ):
        here = panel(shown, title)
        (curve,) = [c for c in here.curves if c.kind == "value"]
        assert len(curve.x) == len(curve.y) == len(curve.low) == len(curve.high) > 200
        assert sorted(curve.x) == list(curve.x), "time does not run back"
        for at, y, low, high in zip(curve.x, curve.y, curve.low, curve.high, strict=True):
            x = law(1 / (1 + 3 * math.exp(-(10**at if axis == "log" else at))))
            wanted = math.log10(x) if here.log else x
            assert y == pytest.approx(wanted, abs=1e-13) and low <= y <= high
    assert panel(shown, "states").curves[0].x[-1] == pytest.approx(
        math.log10(3) if axis == "log" else 3
    )


def test_bounds_are_drawn_where_they_bind() -> None:
    from verify.claims.conclusions import Throughout

    claim = replace(
        logistic(), concluding={"late": Throughout("x", ">", Fraction(1, 2), after=Fraction(2))}
    )
    (bound,) = [c for c in panel(drawn(claim, digits=20), "late").curves if c.kind == "bound"]
    assert set(bound.y) == {0.5} and 2 <= bound.x[0] < 2.1 and bound.x[-1] == 3.0


def test_the_log_clock_by_itself_and_as_time() -> None:
    """In s = log(1 + t) the same solution, x = 1/(1 + 3 e^-t); on a linear axis it is drawn
    over t.
    """
    from verify.integrate.system import LOG, retimed

    plain = logistic()
    setting = replace(
        plain.setting,
        starts={"x = 1/4": lambda: retimed(plain.setting.starts["x = 1/4"](), LOG)},
        horizon=Fraction(1),
    )
    claim = replace(plain, setting=setting)
    for axis, label in ((None, "s = log(1 + t)"), ("log", "s = log(1 + t)"), ("linear", "t")):
        shown = drawn(claim, axis, digits=20)
        assert shown.clock == label and not shown.log_time
        curve = panel(shown, "states").curves[0]
        for at, y in zip(curve.x, curve.y, strict=True):
            t = at if axis == "linear" else math.expm1(at)
            assert y == pytest.approx(1 / (1 + 3 * math.exp(-t)), abs=1e-12)


def test_a_conserved_quantity_and_its_near_miss() -> None:
    """The band of the drift reaches 0 and stays below 1e-25; the near miss is far above it."""
    shown = drawn(by_id("quasi-norm"), digits=30)
    here = panel(shown, "conserved: drift")
    band, missed = here.curves
    assert (
        here.log
        and set(band.low) == {-math.inf}
        and max(band.high) < -25
        and "enclosed" in band.label
    )
    assert missed.kind == "near miss" and max(y for y in missed.y if math.isfinite(y)) > -3
    value = panel(shown, "conserved: sum_i").curves[0]
    assert max(value.y) - min(value.y) < 1e-14 and value.y[0] == pytest.approx(5), (
        "u = (1, 2): 1 + 4"
    )
    assert (
        any("enclosed: radius <=" in line for line in shown.lines)
        and shown.title == "quasi-norm: PROVED"
    )


def test_a_false_law_leaves_the_band() -> None:
    """A refuted claim is drawn from its witness, J = |w|^2: the enclosed drift excludes 0."""
    shown = drawn(by_id("quasi-norm-any-loss"))
    band = panel(shown, "conserved: drift").curves[0]
    assert band.label == "enclosed: not 0" and math.isfinite(band.low[-1]) and band.high[-1] > -1
    assert shown.title.endswith("REFUTED") and shown.lines[0].startswith("witness: J = |w|^2")


def test_a_law_with_decay() -> None:
    """u_l,i^2 - u_m,i^2 falls by e^(-2 kappa t) with kappa = 1/2."""
    shown = drawn(by_id("diag-balance-decay"), "linear", digits=20)
    here = panel(shown, "difference: u")
    assert here.log
    curve = here.curves[0]
    for at, y in zip(curve.x, curve.y, strict=True):
        assert y - curve.y[0] == pytest.approx(-at / math.log(10), abs=1e-9)
    assert max(panel(shown, "difference: distance").curves[0].high) < -15


def test_what_is_not_enclosed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a network with more weights than are enclosed."""
    monkeypatch.setattr("verify.report.pictures.track.ENCLOSED_WEIGHTS", 5)
    shown = drawn(by_id("lda-layer-norm"), digits=10)
    assert any("not validated: estimated error" in line for line in shown.lines)
    assert not any("enclosed: radius" in line for line in shown.lines)
    notes = [p.note for p in shown.panels if p.note]
    assert notes and all(note.startswith("not validated") for note in notes)
    assert not any("enclosed" in c.label for p in shown.panels for c in p.curves)


def strange() -> Picture:
    x = tuple(k / 10 for k in range(11))
    curves = (
        Curve(
            STRANGE,
            x,
            tuple(v * v for v in x),
            tuple(v * v - 0.1 for v in x),
            tuple(v * v + 0.1 for v in x),
        ),
        Curve("bound", x, (0.5,) * 11, kind="bound"),
    )
    steep = Curve(
        "radius", x, tuple(-400 * v for v in x), (-math.inf,) * 11, tuple(-399 * v for v in x)
    )
    return Picture(
        STRANGE,
        (STRANGE, "a line"),
        "t",
        False,
        (Panel(STRANGE, curves), Panel("logs", (steep,), True)),
    )


@drawing
@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_bytes_are_the_same_again(form: str) -> None:
    from verify.report.pictures.plot import rendered

    first = rendered(strange(), form)
    assert first == rendered(strange(), form) and first.startswith(FIRST[f".{form}"])


@drawing
@pytest.mark.parametrize("suffix", FIRST)
def test_the_file_whatever_the_hash_seed(suffix: str, tmp_path: Path) -> None:
    """Two processes, two hash seeds, and a matplotlibrc that wants everything else."""
    extra = plant(tmp_path, "foreign_claims:CLAIMS", LOGISTIC)
    (tmp_path / "rc").write_text(
        "font.size: 20\ntext.usetex: True\nsvg.fonttype: path\nsavefig.dpi:"
        " 30\nlines.linewidth: 9\n"
    )
    names = []
    for seed, rc in (("1", {}), ("2", {"MATPLOTLIBRC": str(tmp_path / "rc")})):
        names.append(tmp_path / f"picture{seed}{suffix}")
        run = cli(
            tmp_path,
            "claim",
            "logistic",
            "--digits",
            "10",
            "--plot",
            names[-1].name,
            PYTHONHASHSEED=seed,
            **extra,
            **rc,
        )
        assert run.code == 0, run.err
    first, second = (name.read_bytes() for name in names)
    assert first == second and first.startswith(FIRST[suffix])
    assert leftovers(tmp_path) == []


@drawing
def test_letters_stay_letters() -> None:
    """In the svg every string is there as it was written: no mathematics, no outlines."""
    from verify.report.pictures.plot import rendered

    texts = [
        "".join(node.itertext())
        for node in ElementTree.fromstring(rendered(strange(), "svg")).iter()
        if node.tag.endswith("}text")
    ]
    assert texts.count(STRANGE) == 3 and f"(a) {STRANGE}" in texts, texts
    assert "1e-400" in texts, "beyond the range of doubles there are still ticks"


@drawing
def test_fonts_are_embedded_in_pdf() -> None:
    from verify.report.pictures.plot import rendered

    content = rendered(strange(), "pdf")
    assert b"/FontFile2" in content and b"/Type3" not in content and b"/CreationDate" not in content


@drawing
def test_no_letter_is_cut_off_or_covered() -> None:
    """Titles, labels and legends of a real claim lie on the page, and those of one panel outside
    the axes of all.
    """
    from verify.report.pictures import plot

    with plot.settings({}) as made:
        figure = plot._figure(drawn(by_id("diag-balance-decay"), digits=20), made)
        figure.draw_without_rendering()
        page, pairs = figure.bbox, figure.axes
        legends = [axes.get_legend().get_window_extent() for axes in pairs]
        for box in [
            *legends,
            *(axes.get_tightbbox() for axes in pairs),
            *(text.get_window_extent() for text in figure.texts),
        ]:
            assert (
                page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1
            )
        whole = [axes.get_tightbbox() for axes in pairs]
        assert not any(a.overlaps(b) for k, a in enumerate(whole) for b in whole[:k])
        assert not any(
            text.get_window_extent().overlaps(box) for text in figure.texts for box in whole
        )
        assert not any(box.overlaps(axes.get_window_extent()) for box in legends for axes in pairs)


def _untimed(text: str) -> list[str]:
    return text.splitlines()[:-1]


@drawing
def test_nothing_else_changes(tmp_path: Path) -> None:
    """Same screen, same code, whatever the verdict; one line on stderr."""
    for arguments in (
        ("quasi-norm", "--digits", "10"),
        ("quasi-norm-any-loss", "--expect", "proved"),
    ):
        plain, with_picture = (
            cli(tmp_path, "claim", *arguments),
            cli(tmp_path, "claim", *arguments, "--plot", "p.svg"),
        )
        assert with_picture.code == plain.code and _untimed(with_picture.out) == _untimed(plain.out)
        assert with_picture.err == "verify: picture written to p.svg\n" and plain.err == ""
        assert (tmp_path / "p.svg").stat().st_size > 5000


@drawing
def test_a_link_stays_a_link_and_a_name_is_replaced_whole(tmp_path: Path) -> None:
    extra = plant(tmp_path, "foreign_claims:CLAIMS", LOGISTIC)
    (tmp_path / "real.svg").write_text("old")
    (tmp_path / "link.svg").symlink_to("real.svg")
    assert (
        cli(tmp_path, "claim", "logistic", "--digits", "10", "--plot", "link.svg", **extra).code
        == 0
    )
    assert (tmp_path / "link.svg").is_symlink() and (tmp_path / "real.svg").read_bytes().startswith(
        FIRST[".svg"]
    )


#: what follows `verify claim` -> what the message names
REFUSED = {
    "quasi-norm --plot p.jpg": ("p.jpg", ".svg"),
    "quasi-norm --plot p": ("--plot p", ".pdf"),
    "quasi-norm --plot nowhere/p.svg": ("nowhere", "cannot write"),
    "quasi-norm --plot folder.svg": ("folder.svg", "not a regular file"),
    "quasi-norm --plot p.svg --no-numeric": ("--plot", "--no-numeric"),
    "quasi-norm* --plot p.svg": ("--plot p.svg", "claims match"),
    "quasi-norm --plot p.svg --output p.svg": ("p.svg", "--output"),
    "quasi-norm --plot p.svg --certificate p.svg": ("p.svg", "--certificate"),
    "quasi-norm --plot-time log": ("--plot-time", "--plot"),
    "quasi-norm --plot p.svg --plot-time cubic": ("cubic", "linear"),
    "quasi-norm --plot p.svg --loss 7": ("--plot", "nothing moves"),
    "lda-gd-identity --plot p.svg": ("lda-gd-identity", "no trajectory"),
}


@drawing
@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused(text: str, tmp_path: Path) -> None:
    """Before the claim is decided: stdout stays empty."""
    (tmp_path / "folder.svg").mkdir()
    run = cli(tmp_path, "claim", *text.split())
    assert run.code == 2 and run.out == "" and "Traceback" not in run.err, run.err
    assert all(word in run.err for word in REFUSED[text]), run.err
    assert not (tmp_path / "p.svg").exists() and leftovers(tmp_path) == []


@pytest.mark.parametrize("missing", ["None", "blocked"])
def test_without_matplotlib(missing: str, tmp_path: Path) -> None:
    """Not installed, or installed and broken: said at once, with the command that mends it;
    everything else works.
    """
    code = 'import sys\nsys.modules["matplotlib"] = None\n' if missing == "None" else ""
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "sitecustomize.py").write_text(code)
    if not code:
        (tmp_path / "first" / "matplotlib.py").write_text(
            "raise ImportError('a library of it is missing')\n"
        )
    extra = plant(tmp_path, "foreign_claims:CLAIMS", LOGISTIC)
    extra["PYTHONPATH"] = f"{tmp_path / 'first'}:{extra['PYTHONPATH']}"
    run = cli(tmp_path, "claim", "logistic", "--digits", "10", "--plot", "p.svg", **extra)
    assert run.code == 2 and run.out == "" and "Traceback" not in run.err
    assert "p.svg" in run.err and "pip install 'flowlaw[plot]'" in run.err
    assert cli(tmp_path, "claim", "logistic", "--digits", "10", **extra).code == 0


@pytest.mark.parametrize(
    "arguments", [["--help"], ["claim", "--help"], ["claim", "quasi-norm", "--no-numeric"]]
)
def test_nobody_pays_for_pictures_that_are_not_drawn(arguments: list[str], tmp_path: Path) -> None:
    run = f"from verify.commands.cli import run\nrun({arguments!r})"
    script = f"import sys\n{run}\nprint([m for m in ('matplotlib', 'numpy') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env=environment(tmp_path),
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
