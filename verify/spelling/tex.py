r"""Text in LaTeX: what an author wrote as it stands, mathematics between ``\(`` and ``\)``,
numbers and rows of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi"
    " chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split()
)
_SPECIAL = {
    "\\": r"\textbackslash{}",
    **{c: f"\\{c}" for c in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
}
_SIGNS = {"<": r"\(<\)", ">": r"\(>\)", "|": r"\(|\)"}
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:'s?)?[,.;:?!]?")  # whole words, with their points


def plain(text: str) -> str:
    """Text that LaTeX prints as it is."""
    text = "".join(_SIGNS.get(c, _SPECIAL.get(c, c)) for c in text)
    return re.sub(
        r"(?<=[-',])(?=[-',])", "{}", text
    )  # no dashes, no closing quotes out of two signs


def only_words(text: str) -> bool:
    """Is it made of words alone? An author's formula is no statement: it is left out of a
    theorem.
    """
    words = text.split(" ")
    return bool(text) and all(_WORDS.fullmatch(x) and x.strip(",.;:?!") not in GREEK for x in words)


def quoted(text: str) -> str:
    """An author's words, between quotation marks; empty where they are more than words."""
    return f"in the author's words ``{plain(text)}''" if only_words(text) else ""


def inline(math: str) -> str:
    """Mathematics within a line."""
    return f"\\({math}\\)"


def displayed(math: str) -> str:
    """Mathematics on a line of its own, without a number."""
    return f"\\[ {math} \\]"


def number(x: Fraction | int) -> str:
    """An exact number as mathematics: fractions small."""
    x = Fraction(x)
    if x.denominator == 1:
        return str(x)
    return f"{'-' * (x < 0)}\\tfrac{{{abs(x.numerator)}}}{{{x.denominator}}}"


def value(text: str) -> str:
    """A number that was written in words: exact, or decimal with a power of ten."""
    try:
        return number(Fraction(text)) if "." not in text and "e" not in text else _decimal(text)
    except ValueError:
        return f"\\text{{{plain(text)}}}"


def _decimal(text: str) -> str:
    mantissa, _, power = text.partition("e")
    Fraction(mantissa), Fraction(power or 0)
    return f"{mantissa} \\cdot 10^{{{int(power)}}}" if power else mantissa


def vector(xs: Iterable[Fraction | int]) -> str:
    """Exact numbers in round brackets."""
    return f"({', '.join(number(x) for x in xs)})"


def matrix(rows: Sequence[Sequence[str]]) -> str:
    """A matrix of entries that are mathematics already; of one entry, that entry."""
    if [len(row) for row in rows] == [1]:
        return rows[0][0]
    inside = " \\\\ ".join(" & ".join(row) for row in rows)
    return f"\\left(\\begin{{smallmatrix}} {inside} \\end{{smallmatrix}}\\right)"


def sentence(parts: Iterable[str], joint: str = "; ") -> str:
    """Clauses joined, those that are empty left out."""
    return joint.join(x for x in parts if x)


def each(texts: Sequence[str]) -> str:
    """One text where all are the same, else each with its number."""
    if len(set(texts)) <= 1:
        return next(iter(texts), "")
    return "; ".join(f"({n}) {text}" for n, text in enumerate(texts, 1))


def roman(number: int) -> str:
    """i, ii, iii, iv, ...: how one of several is called."""
    found = ""
    for size, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, size)
        found += letters * count
    return found


def span(first: int, less: int) -> str:
    """For which k."""
    last = "N" if not less else f"N-{less}" if less > 0 else f"N+{-less}"
    return f" for \\(k = {first}, \\dots, {last}\\)"


RELATIONS = {"!=": "\\ne", ">=": "\\ge", "<=": "\\le", ">": ">", "<": "<", "=": "="}
