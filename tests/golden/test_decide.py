"""decide, as in a notebook: what it returns, how it shows itself, what it leaves as it was, and
what ``verify`` makes public.
"""

from __future__ import annotations

import json
import pkgutil
import pydoc
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

import verify
from proofs.quasi_norm import QUASI_NORM
from tests.runner import cli
from verify import BadInput, Claim, Report, Source, Verdict, decide

ROOT = Path(__file__).resolve().parents[2]


@cache
def proved() -> Report:
    return decide(QUASI_NORM, numeric=False)


@cache
def refuted() -> Report:
    marked = replace(
        QUASI_NORM, id="a-copy", title="<script>", source=Source.own("<b>draft</b> & Lemma 3")
    )
    return decide(marked, without="balance", numeric=False)


def test_a_report_in_a_few_lines() -> None:
    lines = repr(proved()).splitlines()
    assert lines[0] == "PROVED  quasi-norm  [arXiv:2603.02622v1 (abstract)]" and len(lines) == 4
    assert (
        "sum_i |w_i|^(2/L) is constant" in lines[1]
        and "every depth" in lines[2]
        and "certificate accepted" in lines[3]
    )
    assert (proved().verdict, proved().exit, proved().claim) == (Verdict.PROVED, 0, "quasi-norm")
    assert "accepted, kept nowhere    LaTeX  verify show" not in str(proved()), (
        "an object has no name on the command line"
    )
    assert "verify show quasi-norm --latex" in str(decide("quasi-norm", numeric=False))


def test_what_was_dropped_is_not_stated() -> None:
    """The short report states the sentence that was judged, with its witness."""
    lines = repr(refuted()).splitlines()
    assert lines[0].startswith("REFUTED (expected PROVED)  a-copy  [own draft: <b>draft</b>")
    assert (
        "scale invariant" in lines[1]
        and "u_(m,i)^2" not in lines[1]
        and lines[2].strip().startswith("without balance")
    )
    assert any("= -700/2187 (exact)" in line for line in lines) and refuted().exit == 1


@pytest.mark.parametrize(
    "name",
    ["dln-weight-decay-uneven", "dln-kn-dissipation-printed", "quasi-norm-decay", "lda-mult"],
)
def test_it_prints_what_the_command_prints(name: str, tmp_path: Path) -> None:
    """Whose sentence it is, and the claims beside it, too; only where the certificate is kept, and
    the seconds, differ.
    """

    def rows(text: str) -> str:
        return text.partition("\n  Certificate")[0]

    command = cli(tmp_path, "claim", name, "--no-numeric").out
    assert rows(str(decide(name, numeric=False))) == rows(command)


def test_html_is_escaped() -> None:
    tags = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.add(tag)  # type: ignore[method-assign]
    parser.feed(refuted()._repr_html_())
    assert (
        tags <= {"div", "strong"}
        and "&lt;b&gt;draft&lt;/b&gt; &amp; Lemma 3" in refuted()._repr_html_()
    )


def test_the_certificate_is_what_a_stranger_accepts(tmp_path: Path) -> None:
    path = proved().certificate.save(tmp_path / "c.json")
    assert (
        json.loads(path.read_text())["claim"] == "quasi-norm" == proved().certificate.body["claim"]
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "verify" / "check.py"), str(path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    with pytest.raises(BadInput):
        proved().certificate.save(tmp_path / "missing" / "c.json")


def test_latex_and_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\\begin{proof}" in proved().latex()
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "matplotlib", None)
        patched.setitem(sys.modules, "matplotlib.figure", None)
        with pytest.raises(
            BadInput, match=r"report\.plot\(\) needs matplotlib.*pip install 'flowlaw\[plot\]'"
        ):
            proved().plot()
    pytest.importorskip("matplotlib")
    report = decide(QUASI_NORM, digits=20)
    drawn = report.plot()
    assert (
        drawn._repr_svg_().startswith("<?xml")
        and drawn.save(tmp_path / "a.svg").read_text() == drawn.svg
    )
    assert report.plot(tmp_path / "b.svg").read_text() == drawn.svg
    with pytest.raises(BadInput):
        report.plot(tmp_path / "b.txt")


def test_nobodys_numbers_change() -> None:
    """Also where balls were needed, and where it fails."""
    import mpmath
    from flint import ctx

    before = (ctx.prec, ctx.cap, mpmath.mp.prec, mpmath.iv.prec)
    for name, options in (
        ("quasi-norm", {"digits": 60}),
        ("bah-every-start", {}),
        ("quasi-norm", {"depth": 1, "loss": "no-such"}),
    ):
        try:
            decide(name, **options)
        except BadInput:
            pass
        assert (ctx.prec, ctx.cap, mpmath.mp.prec, mpmath.iv.prec) == before, (name, options)


WRONG = [
    ("dept", 3, "did you mean depth?"),
    ("colour", "red", "the options are: at_least, cited, depth"),
    ("depth", "3", "expected a whole number from 1 on"),
    ("width", 0, "expected a whole number from 1 on"),
    ("digits", True, "expected a whole number"),
    ("seed", -1, "expected a whole number from 0 on"),
    ("horizon", 0.5, "an int or a Fraction"),
    ("expect", "maybe", "expected one of PROVED"),
    ("sizes", (2,), "expected (d_0, d_1"),
    ("start", [[0.5, 1]], "expected a row of ints or Fractions"),
    ("without", "nothing-such", "no hypothesis"),
    ("without", 3, "expected ids of hypotheses in quotes"),
    ("without", [3], "expected ids of hypotheses in quotes"),
    ("loss", 3, "expected a name or a formula in quotes"),
    ("cited", "no", "expected True or False"),
    ("numeric", 0, "expected True or False"),
    ("scatter", "iris", "what verify.models.data.read_scatter returns"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_a_wrong_option_says_what_was_expected(name: str, value: object, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        decide(QUASI_NORM, **{"numeric": False, name: value})
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "claim", [3, None, Claim, "no-such-claim", "quasi-*", "missing.py", "./missing.py::A"]
)
def test_what_is_no_claim(claim) -> None:
    with pytest.raises(BadInput):
        decide(claim)


def test_options_of_the_command_are_options_here() -> None:
    start = [[1, 2], [Fraction(1, 2), 3]]
    assert decide(QUASI_NORM, start=start, numeric=False).parameters["start"] == [
        ["1", "2"],
        ["1/2", "3"],
    ]
    assert decide("dln-alignment-printed", sizes=(2, 2, 2)).verdict is Verdict.REFUTED
    assert decide(QUASI_NORM, without="balance", expect="refuted", numeric=False).exit == 0


def test_what_is_public() -> None:
    """dir, help and import * agree; each has a docstring; no name is also that of a module, so that
    none hides the other.
    """
    modules = {m.name for m in pkgutil.iter_modules(verify.__path__)}
    assert {"decide", "Claim", "Report", "Source", "Verdict", "value"} <= set(verify.__all__)
    assert not modules & set(verify.__all__) and set(dir(verify)) == {
        *verify.__all__,
        "__version__",
    }
    for name in verify.__all__:
        thing = getattr(verify, name)
        assert thing.__doc__ and thing.__doc__.split()[0] != f"{name}(", name
        import_ = f"from {verify._HOMES[name]} import {name} as {name}"
        assert import_ in Path(verify.__file__).read_text(encoding="utf-8"), (
            "type checkers see the same names"
        )
    text = pydoc.render_doc(verify, renderer=pydoc.plaintext)
    assert all(name in text for name in verify.__all__) and "decide(claim" in text
    space: dict = {}
    exec("from verify import *", space)
    assert set(verify.__all__) <= set(space)
    with pytest.raises(AttributeError, match="no attribute 'Clam'"):
        _ = verify.Clam
