"""Expressions in matrices as one line of text and as LaTeX. One walk, two alphabets; nothing is
simplified.

What is printed can be read back: brackets of sums and products that make no difference, and factors
1, are all that is lost.

    sum      [-] product, then + product or - product          a leading - stands for the factor -1
    of its whole product
    product  factor factor ..                                  what follows sum_ or belongs to its
    product up to the next + - ) , > ||^2
    factor   sum_(p=first..last) product | d/dt atom | after a step atom | atom | atom* | atom^T |
    atom^conj | atom^exponent
    atom     ( sum ) | ||sum||^2 | <sum, sum> | Re Tr(sum) | number | fraction | name | name_index |
    E(X) | G_k | H_k(c) | (w_c)_k
    index    1, k or N, in brackets where it is longer: W_(k+1); exponents likewise. A number behind
    another factor stands in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from verify.terms.affine import N
from verify.terms.matrices import Mat

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_GREEK = frozenset(
    "alpha beta gamma delta eta theta kappa lambda mu nu xi rho sigma tau phi psi omega".split()
)
_TEXT_MARKS = {"H": "*", "T": "^T", "C": "^conj"}
_LATEX_MARKS = {"H": "^{*}", "T": "^{T}", "C": "^{\\mathrm{conj}}"}
_NUMBER = re.compile(r"-|\d|\\tfrac\{-?\d")


@dataclass(frozen=True)
class Script:
    """How the layout of one output language looks."""

    latex: bool

    def name(self, name: str) -> str:
        """Of several letters, one name: a product of letters looks otherwise."""
        if not self.latex or len(name) == 1:
            return name
        return f"\\{name}" if name in _GREEK else f"\\mathit{{{name}}}"

    def index(self, name: str, at: object) -> str:
        if at is None:
            return name
        text = str(at)
        if self.latex:
            return f"{name}_{{{text}}}"
        return f"{name}_{text}" if text.isalnum() else f"{name}_({text})"

    def power(self, base: str, exponent: str) -> str:
        if self.latex:
            return f"{base}^{{{exponent}}}"
        return f"{base}^{exponent}" if exponent.isalnum() else f"{base}^({exponent})"


TEXT, LATEX = Script(False), Script(True)


def words(e: Mat) -> str:
    """The expression as text for people."""
    return _write(e, TEXT)[0]


def latex(e: Mat) -> str:
    """The expression in LaTeX, without signs that open mathematics."""
    return _write(e, LATEX)[0]


def factor(e: Mat, script: Script = TEXT) -> str:
    """Where a factor is written behind it."""
    return f"({_write(e, script)[0]})" if _open(e) else _inside(e, script, _PRODUCT)


def closed(e: Mat, script: Script = TEXT) -> str:
    """Where "(t)" follows: a sum, a product or a number in parentheses, for 2(t) is 2 t."""
    text = _inside(e, script, _POWER)
    return f"({text})" if e.head == "num" and not text.startswith("(") else text


def _inside(e: Mat, s: Script, strength: int) -> str:
    text, mine = _write(e, s)
    return text if mine >= strength else f"({text})"


def _write(e: Mat, s: Script) -> tuple[str, int]:
    if e.head == "num":
        return _number(e.args[0], s)
    if e.head in ("const", "letter", "seq"):
        return s.index(s.name(e.args[0]), e.args[1] if e.head != "const" else None), _ATOM
    if e.head in ("+", "*"):
        return (_sum(e, s), _SUM) if e.head == "+" else _product(e, s)
    if e.head == "^":
        return s.power(_inside(e.args[0], s, _ATOM), str(e.args[1])), _POWER
    if e.head == "mark":
        sign = (_LATEX_MARKS if s.latex else _TEXT_MARKS)[e.args[0]]
        return _inside(e.args[1], s, _ATOM) + sign, _POWER
    return _named(e, s)


def _number(x: Fraction, s: Script) -> tuple[str, int]:
    text = (
        f"{'-' * (x < 0)}\\tfrac{{{abs(x.numerator)}}}{{{x.denominator}}}"
        if s.latex and x.denominator > 1
        else str(x)
    )
    return text, _ATOM if x.denominator == 1 and x >= 0 else _PRODUCT


def _sum(e: Mat, s: Script) -> str:
    left, right = _inside(e.args[0], s, _SUM), _inside(e.args[1], s, _SUM)
    return f"{left} - {right[1:]}" if right.startswith("-") else f"{left} + {right}"


def _product(e: Mat, s: Script) -> tuple[str, int]:
    x, y = e.args
    if x.head == "num" and x.args[0] == -1:
        text = _inside(y, s, _PRODUCT)
        return text[1:] if text.startswith("-") else f"-{text}", _PRODUCT
    if x.head == "num" and x.args[0] == 1:
        return _write(y, s)
    return f"{factor(x, s)} {_right(y, s)}", _PRODUCT


def _right(e: Mat, s: Script) -> str:
    """A factor that another one precedes: X (-1) is not X - 1, and 2 (1/2) is not two and a
    half.
    """
    text = _inside(e, s, _PRODUCT)
    return f"({text})" if _NUMBER.match(text) else text


def _open(e: Mat) -> bool:
    """Does the text end in something that would take in a factor written behind it? (d/dt x) y is
    not d/dt (x y); sums alike.
    """
    return e.head in ("D", "next", "sum", "within") or (e.head == "*" and _open(e.args[1]))


def _named(e: Mat, s: Script) -> tuple[str, int]:
    if e.head == "G":
        return s.index("G", e.args[0]), _ATOM
    if e.head == "H":
        return s.index("H", e.args[1]) + f"({s.name(e.args[0])})", _ATOM
    if e.head == "w":
        name = f"w_{{{s.name(e.args[0])}}}" if s.latex else f"w_{e.args[0]}"
        return s.index(f"({name})", e.args[1]), _ATOM
    if e.head == "loss":
        return "E(X)", _ATOM
    if e.head == "tr":
        text = _trace(e.args[0], s)
        return text, _POWER if text.endswith("^2") else _ATOM
    if e.head == "sum":
        over, first, last, body = e.args
        sign = (
            f"\\sum_{{{over}={first}}}^{{{last}}}" if s.latex else f"sum_({over}={first}..{last})"
        )
        text = _inside(body, s, _PRODUCT)
        return f"{sign} ({text})" if text.startswith("-") else f"{sign} {text}", _PRODUCT
    if e.head in ("D", "next"):
        sign = (
            {"D": "d/dt ", "next": "after a step "}[e.head]
            if not s.latex
            else {"D": "\\tfrac{d}{dt} ", "next": "\\mathrm{step} "}[e.head]
        )
        return f"{sign}{_inside(e.args[0], s, _ATOM)}", _PRODUCT
    at, first, less, body = e.args  # "within" stands in no author's expression
    shown = (
        f"[{at} in {first}..{N - less}]"
        if not s.latex
        else f"\\mathbf{{1}}_{{{first} \\le {at} \\le {N - less}}}"
    )
    return f"{shown} {_inside(body, s, _PRODUCT)}", _PRODUCT


def _trace(e: Mat, s: Script) -> str:
    bars = ("\\lVert ", " \\rVert^2") if s.latex else ("||", "||^2")
    angles = ("\\langle ", " \\rangle") if s.latex else ("<", ">")
    if e.head == "*" and e.args[0].head == "mark" and e.args[0].args[0] == "H":
        x, y = e.args[0].args[1], e.args[1]
        return (
            f"{bars[0]}{_write(x, s)[0]}{bars[1]}"
            if x == y
            else f"{angles[0]}{_write(x, s)[0]}, {_write(y, s)[0]}{angles[1]}"
        )
    name = "\\operatorname{Re Tr}" if s.latex else "Re Tr"
    return f"{name}({_write(e, s)[0]})"
