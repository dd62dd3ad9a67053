"""Elements and combinations as text, as LaTeX and as Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.mirror.atoms import Atom
from verify.mirror.field import Element, Poly
from verify.mirror.solve import Combination
from verify.spelling import notation, tex

Name = Callable[[int], str]


@dataclass(frozen=True)
class Style:
    """``name`` spells a letter by its place; the others spell what is made of parts."""

    name: Name
    product: str
    power: Callable[[str, int], str]
    number: Callable[[Fraction], str]
    quotient: Callable[[str, str], str]
    log: str
    atan: str
    brackets: tuple[str, str] = ("(", ")")

    def bracket(self, x: str) -> str:
        return x.join(self.brackets)


def text(names: list[str]) -> Style:
    """For the screen."""
    power = lambda x, e: x if e == 1 else f"{_based(x)}^{e if e > 0 else f'({e})'}"
    return Style(
        names.__getitem__, " ", power, str, lambda a, b: f"{_wrapped(a)}/{_wrapped(b)}",
        "log|{}|", "arctan({})",
    )  # fmt: skip


def latex(names: list[str]) -> Style:
    """Without dollars."""
    power = lambda x, e: x if e == 1 else f"{_based(x)}^{{{e}}}"
    return Style(
        lambda i: f"{{{notation.name(names[i])}}}", " ", power, tex.number,
        lambda a, b: f"\\frac{{{a}}}{{{b}}}", "\\log\\left|{}\\right|", "\\arctan {}",
        ("\\left(", "\\right)"),
    )  # fmt: skip


def python(name: Name) -> Style:
    """For NumPy as np."""
    power = lambda x, e: x if e == 1 else f"{x}**{e}" if e > 0 else f"{x}**({e})"
    number = lambda c: f"{c.numerator}" if c.denominator == 1 else f"{c.numerator}/{c.denominator}"
    return Style(
        name, "*", power, number, lambda a, b: f"({a})/({b})", "np.log(abs({}))", "np.arctan({})"
    )


def element(f: Element, s: Style) -> str:
    """A rational function."""
    top = polynomial(f.top, s)
    return top if f.bottom.is_one() else s.quotient(top, polynomial(f.bottom, s))


def polynomial(f: Poly, s: Style) -> str:
    """A sum of monomials."""
    terms = []
    for exponents, c in f.terms():
        factors = [s.power(s.name(i), int(e)) for i, e in enumerate(exponents) if e]
        terms.append((Fraction(int(c.p), int(c.q)), s.product.join(factors)))
    return total(terms, s)


def total(terms: list[tuple[Fraction, str]], s: Style) -> str:
    """A sum of numbers times texts; "" is 1."""
    found = ""
    for c, x in terms:
        size = "" if abs(c) == 1 and x else s.number(abs(c))
        part = s.product.join(filter(None, (size, x)))
        sign = ("-" if c < 0 else "") if not found else (" - " if c < 0 else " + ")
        found += f"{sign}{part}"
    return found or "0"


def atom(a: Atom, s: Style) -> str:
    """One function of the table."""
    if a.kind == "log":
        terms = [(Fraction(e), s.name(i)) for i, e in zip(a.letters, a.numbers, strict=True)]
        found = s.log.format(total(terms, s))
    elif a.kind == "atan":
        found = s.atan.format(s.name(a.letters[0]))
    else:
        pairs = zip(a.letters, a.numbers, strict=True)
        found = s.product.join(s.power(s.name(i), e) for i, e in pairs)
    return found if a.factor is None else s.product.join([s.bracket(element(a.factor, s)), found])


def combination(f: Combination, s: Style) -> str:
    """A sum of numbers times functions of the table."""
    return total([(c, atom(a, s)) for c, a in f.terms], s)


def _based(x: str) -> str:
    return f"({x})" if "^" in x else x


def _wrapped(x: str) -> str:
    return f"({x})" if any(c in x for c in " +-/") else x


def exact(x: Any) -> str:
    """A number at the start: a fraction, or a ball with its radius."""
    return element(x, text(x.field.names)) if isinstance(x, Element) else str(x)
