"""Formulas in beta as text, LaTeX and Python."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verify.mirror.formula import Surd, Term
from verify.mirror.written import Style, element, total


@dataclass(frozen=True)
class Signs:
    """How a root, the size of a number and a power of it are written."""

    root: str
    power: str
    log: str


TEXT = Signs("sqrt({})", "|{}|^({})", "log|{}|")
LATEX = Signs("\\sqrt{{{}}}", "\\left|{}\\right|^{{{}}}", "\\log\\left|{}\\right|")
PYTHON = Signs("np.sqrt({})", "abs({})**({})", "np.log(abs({}))")


def surd(x: Surd, s: Style, signs: Signs) -> str:
    """rational + factor sqrt(inside)."""
    head = "" if x.rational.nothing else element(x.rational, s)
    if x.inside is None:
        return head or "0"
    root = signs.root.format(element(x.inside, s))
    one, minus = (x.factor.same(x.field_number(n)) for n in (1, -1))
    if one or minus:
        last = root
    else:
        size = -x.factor if x.falls else x.factor
        factor = element(size, s)
        last = s.product.join([s.bracket(factor) if len(size.top) > 1 else factor, root])
    sign = "-" if minus or (x.falls and not one) else "+"
    if not head:
        return ("-" if sign == "-" else "") + last
    return f"{head} {sign} {last}"


def terms(found: tuple[Term, ...], s: Style, signs: Signs) -> str:
    """A sum of them."""
    parts = []
    for t in found:
        x = "" if t.surd is None else surd(t.surd, s, signs)
        if t.exponent is None:
            x = signs.log.format(x)
        elif t.exponent == 1:
            x = s.bracket(x)
        elif x:
            x = signs.power.format(x, t.exponent)
        beta = [] if t.beta is None else [s.name(t.beta)]
        parts.append((t.coefficient, s.product.join([*beta, x])))
    if len(parts) == 1 and found[0].exponent == 1 and found[0].coefficient == 1:
        return parts[0][1][len(s.brackets[0]) : -len(s.brackets[1])]
    return total([(Fraction(c), x) for c, x in parts], s)
