"""What stands in a title or a source comes out of LaTeX as it was written, whatever signs it has.

The kind: a sign with a meaning to TeX (a bracket that ends the optional argument, an escape, a
comment, a ligature) in text that an author wrote. Places: the title and a draft's name in the head
of the theorem, the words of settings and hypotheses, items of a list that begin with a bracket. The
text is read back by a small reader of its own.
"""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.reports import settled_theorem
from verify import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.hypotheses import Homogeneous
from verify.models import Flow
from verify.report.latex import plain
from verify.terms.expr import total, u

SIGNS = "][}{\\_#%&~^$<>|-`'\"?!*,;: ab1"
HOSTILE = [
    "a ] b", "[0, 1]", "] \\end{theorem}", "50 % of a", "a_b^c", "{", "}", "\\", "\\\\", "#1 & ~",
    "a -- b --- c", "``a''", "?`a", "!`", "<< a >>", "]]]", "[", "$x$", "% ]", "\\begin{document}",
    "*", "a\\newline", "'''", "--without", "f(x_]^{",
]  # fmt: skip
DRAWN = [
    "".join(Random(n).choice(SIGNS) for _ in range(Random(n).randint(1, 12))).strip() or "x"
    for n in range(60)
]
WORDS = {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textquotesingle": "'",
}
LIGATURES = ("--", "``", "''", "?`", "!`", "<<", ">>", ",,")


def read_back(text: str) -> str:
    """Text mode: the signs that are set. Fails on a bare special sign and on a ligature."""
    found, at, depth, run = "", 0, 0, ""
    while at < len(text):
        if m := re.match(r"\\\((.)\\\)", text[at:]):
            sign, step, bare = m[1], len(m[0]), False
        elif m := re.match(r"\\([a-z]+)\{\}", text[at:]):
            sign, step, bare = WORDS[m[1]], len(m[0]), False
        elif m := re.match(r"\\([&%$#_{}])", text[at:]):
            sign, step, bare = m[1], 2, False
        elif text[at] in "{}":
            sign, step, bare, depth = "", 1, False, depth + (1 if text[at] == "{" else -1)
        else:
            assert text[at] not in "\\%&#_^~$", f"a bare {text[at]} in {text!r}"
            sign, step, bare = text[at], 1, True
        run = run + sign if bare else ""
        assert not run.endswith(LIGATURES), f"a ligature in {text!r}"
        found, at = found + sign, at + step
    assert not depth, f"braces of {text!r}"
    return found


def optional(text: str) -> tuple[str, str]:
    """The argument that begins with ``[``, as TeX finds its end, and what follows."""
    assert text[0] == "["
    depth, at = 0, 1
    while text[at] != "]" or depth:
        at += 1 if text[at] == "\\" else 0
        depth += {"{": 1, "}": -1}.get(text[at], 0) if text[at - 1] != "\\" else 0
        at += 1
    return text[1:at], text[at + 1 :]


def claim(title: str, source: Source) -> Claim:
    return Claim(
        "mine",
        title,
        Flow(),
        (Homogeneous(),),
        {"c": Conserved(total("i", u["l", "i"] ** 2))},
        source,
    )


@pytest.mark.parametrize("text", [*HOSTILE, *DRAWN])
def test_any_text_is_read_back(text: str) -> None:
    assert read_back(plain(text)) == text


@pytest.mark.parametrize("title", [*HOSTILE, *DRAWN[:20]])
def test_the_head_ends_where_the_title_ends(title: str) -> None:
    for source, more in (
        (Source("2603.02622v1"), ""),
        (Source.own(f"draft {title}"), f"; own draft: draft {title}".rstrip()),
    ):
        line = next(
            x
            for x in settled_theorem(claim(title, source)).splitlines()
            if x.startswith("\\begin{theorem}")
        )
        argument, rest = optional(line.removeprefix("\\begin{theorem}"))
        assert not rest, f"the head goes on after the title: {rest!r}"
        quoted = re.fullmatch(r"\{\{``\}(.*)\{''\}(.*)\}", argument)
        assert quoted and read_back(quoted[1]) == title
        assert read_back(quoted[2]) == more


def test_an_item_has_no_label_of_its_own() -> None:
    r"""``\item [..`` would take the words in brackets for a label."""
    text = settled_theorem(claim("a title", Source("2603.02622v1")))
    assert all(x.startswith("\\item{} ") for x in text.splitlines() if x.startswith("\\item"))
