"""Pages to browse: they say what the screen says, load and run nothing, lead nowhere that there is
not, and are there whole or not at all.

What else belongs to the kind: every text that an author wrote (title, id of a draft, note, name of
a quantity) is text on a page; a folder that is there already, is a file, or cannot be written.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.runner import SECONDS, Ran, cli, without_matplotlib
from verify.report.pages.element import document, element, words_of
from verify.report.pages.mathematics import ATTRIBUTES, TAGS, formula
from verify.report.pages.prose import blocks, inline, text
from verify.spelling.tex import plain

PATTERN = "quasi-norm*"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--dump-dom")
VOID = {"meta", "img", "br", "link", "input"}
HTML = set(
    "html head meta title style body nav main footer section h1 h2 h3 p a code pre strong span div"
    " ul ol li table thead tbody tr th td details summary blockquote figure img".split()
)
FORMULAS = (
    r"\text{<script>alert(1)</script>}",
    r"\href{javascript:alert(1)}{x}",
    r"\style{color:red}{x}",
    r"\class{a}{x}",
    r"\color{red}x",
    r"\unknown{x}",
    r"\frac{",
    "<b>",
    "&amp;",
)
WORDS = ("a_b & 50% #1 {x} ~ ^ \\ ` $", "it''s -- so", "<i> | >")
HOSTILE = "<script>alert(1)</script> & \"quotes\" 'single' <b>bold</b>"


class Page(HTMLParser):
    """Every element, attribute and text; elements close in the order in which they were opened."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, k, v or "") for k, v in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text.append(data)

    @property
    def said(self) -> str:
        return " ".join("".join(self.text).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    folder = tmp_path_factory.mktemp("site")
    plain = without_matplotlib(folder)
    return folder / "pages", cli(folder, "all", PATTERN, "--html", str(folder / "pages"), **plain)


def pages(folder: Path) -> dict[str, Page]:
    return {p.name: Page(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.html"))}


def test_they_are_elements_of_html_that_run_and_load_nothing(site: tuple[Path, Ran]) -> None:
    folder, ran = site
    assert ran.code == 0, ran.err
    for name, page in pages(folder).items():
        assert page.tags <= HTML | TAGS, name
        for tag, key, value in page.attributes:
            assert not key.startswith("on") and "javascript:" not in value, name
            assert key != "src" or value.startswith("data:image/"), name
            assert key != "href" or not re.match(r"(?!https://arxiv\.org/abs/)\w+:", value), name
            assert tag not in TAGS or key in ATTRIBUTES | {"alttext"}, (name, key)


def test_every_link_leads_somewhere(site: tuple[Path, Ran]) -> None:
    folder, _ = site
    links = {
        (name, value)
        for name, page in pages(folder).items()
        for _, key, value in page.attributes
        if key == "href" and not value.startswith("https:")
    }
    assert links and all((folder / value).is_file() for _, value in links), links
    reached = {value for _, value in links}
    assert {p.name for p in folder.glob("*.html")} <= reached | {"index.html"}
    assert len(list((folder / "certificates").iterdir())) == len(
        [value for value in reached if value.startswith("certificates/")]
    )


def test_a_page_says_what_the_screen_says(site: tuple[Path, Ran], tmp_path: Path) -> None:
    """Every cell of the whole screen, word by word."""
    folder, _ = site
    ran = cli(tmp_path, "claim", "quasi-norm", "--verbose", COLUMNS="4000")
    said = pages(folder)["claim-quasi-norm.html"].said
    rows = [re.split(r"\s{2,}", line.strip()) for line in ran.out.splitlines()[1:-1] if line]
    cells = [c for row in rows for c in row if "/proofs/" not in c and "accepted by" not in c]
    missing = [c for c in cells if c not in said and c not in ("Certificate", "LaTeX")]
    assert [c for c in missing if not c.startswith("proofs/")] == []


def test_verdicts_are_those_of_the_command(site: tuple[Path, Ran]) -> None:
    folder, ran = site
    found = pages(folder)
    lines = [line.split() for line in ran.out.splitlines()[:-1]]
    assert len(lines) > 10
    for _, name, verdict, *_ in lines:
        assert found[f"claim-{name}.html"].said.split(". Verdicts: ")[0].count(verdict) >= 1
    assert ran.out.splitlines()[-1].split(":")[0].split()[0] + " claims" in found["index.html"].said


def test_no_formula_is_left_as_it_is_written(site: tuple[Path, Ran]) -> None:
    for name, page in pages(site[0]).items():
        assert ("code", "class", "raw") not in page.attributes, name
        assert not re.search(r"\\[a-zA-Z]+\{|\\[()\[\]]", page.said), name


@pytest.mark.parametrize("wide", [360, 1600])
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_nothing_overflows_in_a_browser(site: tuple[Path, Ran], tmp_path: Path, wide: int) -> None:
    """Asked of the browser by a script that only this test adds, of a frame so wide."""
    asked = (
        "<script>onload = () => { const d = frames[0].document; document.title ="
        " [d.documentElement.scrollWidth, frames[0].innerWidth,"
        " d.querySelector('math').getBoundingClientRect().width].join(' ') }</script>"
    )
    for name in ("index.html", "claim-quasi-norm.html", "paper-2603.02622v1.html"):
        page = (site[0] / name).read_text(encoding="utf-8")
        frame = f'<iframe width="{wide}" height="900" srcdoc="{escape(page)}"></iframe>'
        (tmp_path / name).write_text(asked + frame, encoding="utf-8")
        done = subprocess.run(
            [str(CHROMIUM), *FLAGS, "--window-size=1700,1000", (tmp_path / name).as_uri()],
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        seen = re.search(r"<title>([\d. ]+)</title>", done.stdout)
        assert seen, done.stderr[-500:]
        needed, there, formula_wide = map(float, seen[1].split())
        assert needed <= there <= wide and formula_wide > 0, name


@pytest.mark.parametrize("place", ["full", "file", "nowhere", "dash"])
def test_a_folder_that_takes_nothing_is_refused_before_the_work(tmp_path: Path, place: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    target = {"nowhere": "no/such/folder"}.get(place, place)
    ran = cli(tmp_path, "all", "quasi-norm", "--html", str(tmp_path / target))
    if place == "dash":
        assert ran.code == 0 and (tmp_path / "dash" / "index.html").is_file()
        return
    assert ran.code == 2 and "--html" in ran.err and "Traceback" not in ran.err
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir() and p.name != "full") == []


def test_what_an_author_writes_is_text(tmp_path: Path) -> None:
    (tmp_path / "claims_hostile.py").write_text(
        "from verify import Claim, Source\nfrom verify.claims.conclusions import Conserved\n"
        "from verify.claims.hypotheses import Homogeneous\nfrom verify.models import Flow\n"
        "from verify.terms.expr import total, u\n"
        f"C = Claim('hostile', {HOSTILE!r}, Flow(), (Homogeneous(),), "
        "{'layer': Conserved(total('i', u['l', 'i'] ** 2))}, "
        f"Source.own({HOSTILE!r}, {HOSTILE!r}))\n"
    )
    file = str(tmp_path / "claims_hostile.py")
    one = cli(tmp_path, "claim", file, "--html", "one.html", cwd=tmp_path)
    assert one.code == 0, one.err
    many = cli(tmp_path, "all", file, "--html", "many", cwd=tmp_path)
    assert many.code == 0, many.err
    for path in (tmp_path / "one.html", *(tmp_path / "many").glob("*.html")):
        page = Page(path.read_text(encoding="utf-8"))
        assert not page.tags & {"script", "b"} and HOSTILE in page.said, path


@pytest.mark.parametrize("latex", FORMULAS)
def test_nothing_in_a_formula_becomes_markup(latex: str) -> None:
    page = Page(document(element("html", formula(latex), formula(latex, True))))
    assert page.tags <= HTML | TAGS
    assert not {k for _, k, _ in page.attributes} & {"href", "style", "onclick"}


@pytest.mark.parametrize("words", [*WORDS, HOSTILE])
def test_text_comes_back_as_it_was_written(words: str) -> None:
    """Read from LaTeX, where some signs are formulas."""
    line = element("p", *inline(plain(words)))
    assert words_of(line).replace("\u2223", "|") == words


def test_blocks_of_an_environment() -> None:
    tex = "% x\n\\begin{theorem}[{T}]\nLet \\(x>0\\).\nAssume\n\\begin{itemize}\n\\item{} a\n"
    tex += "\\end{itemize}\nThen\n\\[ x=1 \\tag{i} \\]\n\\end{theorem}\n"
    tex += "\\begin{proof}\nP.\n\\end{proof}"
    found = blocks(tex)
    assert [e.tag for e in found] == ["div", "div", "ul", "div", "div", "details"]
    assert words_of(found[4]) == "x=1(i)" and words_of(found[5]) == "ProofP."
    assert text(r"\% ``a'' \textbackslash{}") == "% \u201ca\u201d \\"
