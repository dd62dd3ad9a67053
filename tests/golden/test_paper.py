"""A paper audited in one command: words of auditors from verdicts, and nothing else; exit codes as
for claims; what is wrong in the file is named with its statement, its key and how to mend it.

What else belongs to the kind: a word that is stronger than the verdict (supported by samples is not
verified), a statement whose claim says something else (the judged sentence stands beside it), text
of an author that becomes markup, a formula of a spreadsheet or a command of LaTeX.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import tomllib
from io import StringIO
from pathlib import Path

import pytest

from proofs import CLAIMS
from tests.golden.test_html import HOSTILE, HTML, Page
from tests.runner import ROOT, Ran, cli
from verify.claims.verdict import HOLDS, Verdict
from verify.exact.errors import BadInput
from verify.library.paper_file import read_paper
from verify.report.pages.audit import FALSIFIED, OPEN, VERIFIED, Judged
from verify.report.pages.mathematics import TAGS

HEAD = 'title = "T"\nsource = "2603.02622v1"\n'
ONE = '[[statement]]\nsays = "s"\nprinted = "quasi-norm"\n'
PAPERS = sorted((ROOT / "proofs" / "papers").glob("*.toml"))
MINE = f"""{HEAD}
[[statement]]
says = "conserved"
where = "Theorem 1"
page = 3
printed = "quasi-norm"
[[statement]]
says = {json.dumps(HOSTILE)}
printed = "quasi-norm-unbalanced"
corrected = "quasi-norm"
note = "=1+1"
[[statement]]
says = "=2+2 \\\\input{{x}} & 50%"
out_of_scope = "a figure"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("papers")
    (made / "mine.toml").write_text(MINE, encoding="utf-8")
    return made


def audit(folder: Path, form: str, *options: str) -> Ran:
    return cli(folder, "paper", "mine.toml", "--format", form, *options, cwd=folder)


def test_words_verdicts_and_sentences(folder: Path) -> None:
    ran = audit(folder, "json")
    assert ran.code == 0 and ran.json["exit"] == 0, ran.err
    true, false, outside = ran.json["statements"]
    assert (true["said"], false["said"], outside["said"]) == (VERIFIED, FALSIFIED, "out of scope")
    assert true["page"] == 3 and true["printed"]["scope"] == "every depth, every width >= 2"
    assert "u_(l,i)^2 = u_(m,i)^2" in true["printed"]["sentence"]
    assert "-700/2187" in false["printed"]["scope"] and false["corrected"]["verdict"] == "PROVED"
    assert ran.json["counts"] == {VERIFIED: 1, FALSIFIED: 1, "out of scope": 1}
    text = audit(folder, "text")
    for said in (true["printed"]["sentence"], "falsified", "a figure", "exit 0, seed 0"):
        assert said in text.flat


def test_no_word_is_stronger_than_its_verdict() -> None:
    words = {v: Judged("x", v.name, "", "", 0).word for v in Verdict}
    assert {v for v, w in words.items() if w == VERIFIED} == {Verdict.PROVED, Verdict.ENCLOSED}
    assert {v for v, w in words.items() if w == FALSIFIED} == {Verdict.REFUTED}
    assert words[Verdict.SUPPORTED] == words[Verdict.VACUOUS] == OPEN


def test_other_forms_hold_text_as_text(folder: Path) -> None:
    page = Page(audit(folder, "html").out)
    assert page.tags <= HTML | TAGS and HOSTILE in page.said and "falsified" in page.said
    rows = list(csv.reader(StringIO(audit(folder, "csv").out)))
    assert [r[2] for r in rows[1:]] == [VERIFIED, FALSIFIED, "out of scope"]
    assert rows[3][1].startswith("'=2+2") and rows[2][1] == HOSTILE
    assert audit(folder, "junit").out.count("<testcase") == 2
    latex = audit(folder, "latex").out
    assert "\\input" not in latex and "\\textbackslash{}input" in latex


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no pdflatex here")
def test_the_table_compiles(folder: Path, tmp_path: Path) -> None:
    body = audit(folder, "latex").out
    text = f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\\end{{document}}\n"
    (tmp_path / "t.tex").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
        cwd=tmp_path,
        capture_output=True,
    )
    assert done.returncode == 0, done.stdout[-500:]


def test_exit_codes_are_those_of_the_claims(tmp_path: Path) -> None:
    """A claim of one's own beside the paper, expected to hold and refuted: 1."""
    (tmp_path / "claims_mine.py").write_text(
        "from verify import Claim, Source\nfrom verify.claims.conclusions import Conserved\n"
        "from verify.models import Flow\nfrom verify.terms.expr import total, u\n"
        "FALSE = Claim('mine', 'norms', Flow(), (), "
        "{'layer': Conserved(total('i', u['l', 'i'] ** 2))}, Source.own('draft'))\n"
    )
    one = ONE.replace("quasi-norm", "claims_mine.py::FALSE")
    (tmp_path / "p.toml").write_text(f'title = "T"\ndraft = "draft"\n{one}')
    ran = cli(tmp_path, "paper", str(tmp_path / "p.toml"), "--format", "json")
    assert (ran.code, ran.json["statements"][0]["said"]) == (1, FALSIFIED)
    assert cli(tmp_path, "paper", str(tmp_path), "--output", str(tmp_path / "p.toml")).code == 2


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[", "no TOML"),
        (ONE, "title"),
        ('title = "T"\n' + ONE, "source"),
        (HEAD + 'draft = "x"\n' + ONE, "one of source"),
        (HEAD.replace("2603", "x") + ONE, "arXiv id"),
        (HEAD, "[[statement]]"),
        (HEAD + "statement = 3\n", "[[statement]]"),
        (HEAD + "statement = [3]\n", "statement 1"),
        (HEAD + ONE + ONE + "prnted = 'x'\n", "statement 2: unknown key 'prnted'; did you mean"),
        (HEAD + ONE + "page = true\n", "page = True"),
        (HEAD + ONE + "page = -1\n", "page = -1"),
        (HEAD + ONE + "note = 7\n", "note = 7"),
        (HEAD + ONE + 'note = "a\\nb"\n', "one line"),
        (HEAD + ONE + "out_of_scope = 'x'\n", "either printed"),
        (HEAD + '[[statement]]\nsays = "s"\n', "either printed"),
        (HEAD + '[[statement]]\nsays = " "\nprinted = "x"\n', "says"),
        (HEAD + "[[statement]]\nsays='s'\nout_of_scope='x'\ncorrected='y'\n", "without printed"),
        (HEAD + "x = " + "[" * 5000 + "]" * 5000 + "\n" + ONE, "no TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(BadInput) as refused:
        read_paper(tmp_path / "p.toml")
    assert named in str(refused.value) and str(tmp_path / "p.toml") in str(refused.value)


@pytest.mark.parametrize(
    "name", ["quasi-nrm", "quasi-*", "none.py::X", "", "proofs/", "claims_mine.py::TWICE"]
)
def test_a_name_that_is_no_claim(tmp_path: Path, name: str) -> None:
    (tmp_path / "p.toml").write_text(HEAD + ONE.replace("quasi-norm", name))
    ran = cli(tmp_path, "paper", str(tmp_path / "p.toml"), "--format", "json")
    assert ran.code == 2 and ran.err.startswith("verify: ") and "Traceback" not in ran.err
    assert ran.out == "" or ran.json["exit"] == 2


def test_no_file_and_no_paper_in_a_folder(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none.toml"):
        ran = cli(tmp_path, "paper", str(place))
        assert ran.code == 2 and str(place) in ran.err and ran.out == ""


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_shipped_papers_are_complete(path: Path) -> None:
    """Every claim of the paper that is expected to hold is named, with its printed form."""
    paper = read_paper(path)
    named = {name for s in paper.statements for name in s.claims}
    own = [c for c in CLAIMS if c.source.is_from(paper.source.arxiv)]
    known = {c.id for c in CLAIMS}
    assert own and named <= known, named - known
    assert {c.id for c in own if c.expected in HOLDS} <= named
    pairs = {s.corrected: s.printed for s in paper.statements if s.corrected}
    assert pairs == {c.id: c.as_printed for c in own if c.as_printed}
    assert tomllib.loads(path.read_text(encoding="utf-8"))["title"] == paper.title
