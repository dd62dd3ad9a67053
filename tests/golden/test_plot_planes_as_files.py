"""``--plot`` for claims about matrices, as files: whole, the same bytes every time, nothing cut
off; and what is refused.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs import CLAIMS
from tests.golden.test_plot import FIRST, STRANGE, by_id, drawing, drawn
from tests.golden.test_plot_matrices import PLANES, shown_of
from tests.runner import ROOT, cli, leftovers
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.report.pictures.of_claims import check
from verify.report.pictures.picture import Picture, Plane, Stroke


@drawing
@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_bytes_are_the_same_again(form: str) -> None:
    """Drawn twice from two runs of everything, the integrator included."""
    from verify.report.pictures.plot import rendered

    first = rendered(shown_of("dln-learning-flow"), form)
    assert first == rendered(drawn(by_id("dln-learning-flow")), form) and first.startswith(
        FIRST[f".{form}"]
    )


@drawing
@pytest.mark.parametrize("name", ["dln-fiber-orbit", "kn-rate"])
def test_the_file_whatever_the_hash_seed(name: str, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        run = cli(tmp_path, "claim", name, "--plot", f"p{seed}.svg", PYTHONHASHSEED=seed)
        assert run.code == 0 and run.err == f"verify: picture written to p{seed}.svg\n", run.err
    first = (tmp_path / "p1.svg").read_text(encoding="utf-8")
    assert first == (tmp_path / "p2.svg").read_text(encoding="utf-8") and first.endswith("</svg>\n")
    assert name in first and leftovers(tmp_path) == []


@drawing
def test_letters_of_a_plane_stay_letters() -> None:
    from xml.etree import ElementTree

    from verify.report.pictures.plot import rendered

    here = Plane(
        STRANGE,
        (Stroke(STRANGE, "flow", (((0.0, 1.0), (0.0, 1.0)),), ((0.0, 0.0, 1.0, 1.0),)),),
        STRANGE,
        2.0,
    )
    content = rendered(Picture(STRANGE, (STRANGE,), "t", False, (here,)), "svg")
    texts = [
        "".join(node.itertext())
        for node in ElementTree.fromstring(content).iter()
        if node.tag.endswith("}text")
    ]
    assert texts.count(STRANGE) == 4 and f"(a) {STRANGE}" in texts and {"w1", "w2"} <= set(texts)


@drawing
@pytest.mark.parametrize("name", ["dln-regflow", "dln-kempf-ness", "dln-weight-decay", "kn-rate"])
def test_no_letter_is_cut_off_or_covered(name: str) -> None:
    from verify.report.pictures import plot

    with plot.settings({}) as made:
        figure = plot._figure(shown_of(name), made)
        figure.draw_without_rendering()
        page, whole = figure.bbox, [axes.get_tightbbox() for axes in figure.axes]
        for box in [*whole, *(text.get_window_extent() for text in figure.texts)]:
            assert (
                page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1
            )
        assert not any(a.overlaps(b) for k, a in enumerate(whole) for b in whole[:k])
        assert not any(
            text.get_window_extent().overlaps(box) for text in figure.texts for box in whole
        )


@drawing
def test_kinds_are_told_apart_without_colour() -> None:
    from verify.report.pictures.plot_plane import STYLES

    assert len({(str(dashes), width) for _, dashes, width, _ in STYLES.values()}) == len(STYLES)


def kind_of(claim) -> str:
    return claim.setting.kind


def test_every_claim_has_a_picture_or_says_which_have() -> None:
    """Before any work. Those that are refused name one that is not."""
    refused = {}
    for claim in CLAIMS:
        if kind_of(claim) not in ("flow", "step"):  # networks have tests of their own
            try:
                check(claim, Request())
            except BadInput as error:
                refused[claim.id] = str(error)
    kinds = {kind: {c.id for c in CLAIMS if kind_of(c) == kind} for kind in map(kind_of, CLAIMS)}
    assert not refused.keys() & kinds["trajectories"] and not refused.keys() & set(PLANES)
    assert kinds["formulas"] | kinds["samples"] | kinds["action"] <= refused.keys()
    assert {"dln-alignment", "dln-descent-defect", "hm-gramian", "dln-h-spectrum"} <= refused.keys()
    for name, words in refused.items():
        assert (
            f"no picture of {name}" in words
            and "trajectories" in words
            and all(other in words for other in PLANES)
        )


@drawing
@pytest.mark.parametrize(
    "text",
    [
        "dln-alignment --plot p.svg",
        "kn-scalar --plot p.svg",
        "dln-learning-flow --plot p.svg --plot-time log",
    ],
)
def test_what_is_refused(text: str, tmp_path: Path) -> None:
    run = cli(tmp_path, "claim", *text.split())
    assert (
        run.code == 2
        and run.out == ""
        and "Traceback" not in run.err
        and text.split()[0] in run.err
    )
    assert not (tmp_path / "p.svg").exists() and leftovers(tmp_path) == []


def test_without_matplotlib(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "sitecustomize.py").write_text(
        'import sys\nsys.modules["matplotlib"] = None\n'
    )
    run = cli(
        tmp_path,
        "claim",
        "dln-regflow",
        "--plot",
        "p.svg",
        PYTHONPATH=f"{tmp_path / 'first'}:{ROOT}",
    )
    assert run.code == 2 and run.out == "" and "pip install 'flowlaw[plot]'" in run.err
    assert not (tmp_path / "p.svg").exists()
