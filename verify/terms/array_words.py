"""Arrays in words and in LaTeX. Products that a gradient contains are called as the model says:
P_l, A_p, B_p; ``meanings`` says what these are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from verify.spelling import notation, tex
from verify.terms.affine import Affine
from verify.terms.array_families import walk
from verify.terms.arrays import Array, Letter, is_number

SUM, PRODUCT, POWER, ATOM = 0, 1, 2, 3
Names = Mapping[str, str]
_Text = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Style:
    """How one notation writes what both share."""

    latex: bool = False

    def index(self, at: object) -> str:
        return "\\ell" if self.latex and str(at) == "l" else str(at)

    def indexed(self, name: str, at: Affine | None) -> str:
        text = self.index(at)
        if self.latex:
            below = text if len(text) == 1 or text == "\\ell" else f"{{{text}}}"
            return notation.name(name) if at is None else f"{notation.name(name)}_{below}"
        plain = text.replace("_", "").isalnum()
        return name if at is None else f"{name}_{text}" if plain else f"{name}_({text})"

    def moving(self, name: str, at: Affine | None, step: bool) -> str:
        """A dot or a prime for a flow, a plus for a step."""
        if step:
            return self.indexed(name, at) + ("^{+}" if self.latex else "^+")
        if not self.latex:
            return self.indexed(name, at) + "'"
        plain = notation.name(name)
        dotted = f"\\dot {plain}" if len(plain) == 1 else f"\\dot{{{plain}}}"
        return dotted + self.indexed(name, at)[len(plain) :]

    def power(self, base: str, e: str) -> str:
        if self.latex:
            return f"{base}^{{{e}}}"
        return f"{base}^{e}" if e.isalnum() else f"{base}^({e})"

    def held(self, x: _Text, tight: int) -> str:
        if x[1] >= tight and not x[0].startswith("-"):
            return x[0]
        return f"\\left({x[0]}\\right)" if self.latex else f"({x[0]})"

    def scaled(self, c: Fraction, x: _Text) -> _Text:
        if c == 1:
            return x
        if c == -1:
            return f"-{self.held(x, PRODUCT)}", PRODUCT
        factor = tex.number(c) if self.latex else str(c)
        gap = "\\," if self.latex else " "
        body = self.held(x, PRODUCT)
        if body[0].isdigit():  # 2 2^(1/2) reads as 22^(1/2)
            gap = " \\cdot " if self.latex else "*"
        return f"{factor}{gap}{body}", PRODUCT


TEXT, LATEX = Style(), Style(latex=True)
UNNAMED: Names = {}


def words(x: Array, names: Names = UNNAMED, style: Style = TEXT) -> str:
    """The expression as text for people, its letters called as in ``names``."""
    return _of(x, names, style)[0]


def latex(x: Array, names: Names = UNNAMED) -> str:
    """The expression in LaTeX, without signs that open mathematics."""
    return words(x, names, LATEX)


def _of(x: Array, names: Names, s: Style) -> _Text:
    match x.head, x.args:
        case "letter", (of, at):
            return s.indexed(of.name, at), ATOM
        case "one", ():
            return "1", ATOM
        case "num", (e,):
            return str(e), ATOM if str(e).isalnum() else SUM
        case "+", terms:
            return _sum([_term(c, y, names, s, len(terms)) for c, y in terms], s)
        case "@", factors:
            gap = "\\," if s.latex else " "
            return gap.join(s.held(_inside(y, names, s), POWER) for y in factors), PRODUCT
        case "*", factors:
            return _entrywise(factors, names, s)
        case "^" | "pow", (y, e):
            return s.power(s.held(_of(y, names, s), ATOM), str(e)), POWER
        case "T", (y,):
            mark = "{T}" if s.latex else "T"
            return f"{s.held(_of(y, names, s), ATOM)}^{mark}", POWER
        case (("sum" | "stack"), (at, low, high, body)):
            nested = PRODUCT if body.head != "sum" else SUM
            inside = s.held(_of(body, names, s), nested)
            ends = str(low), str(high).replace(" ", "")
            if s.latex:
                return f"\\sum_{{{at}={ends[0]}}}^{{{ends[1]}}} {inside}", SUM
            return f"sum_({at}={ends[0]}..{ends[1]}) {inside}", SUM
        case "dot", (y, z):
            return _inner(_of(y, names, s), _of(z, names, s), s), POWER if y == z else ATOM
        case ("log" | "exp") as head, (y,):
            mark = f"\\{head}" if s.latex else head
            return f"{mark}({_of(y, names, s)[0]})", ATOM
    return _run(x, names, s)


def _term(c: Fraction, y: Array, names: Names, s: Style, among: int) -> _Text:
    """Of a linear combination: a sum that stands alone needs no brackets after its sign."""
    if y.head == "one":
        return tex.number(c) if s.latex else str(c), ATOM
    text = _of(y, names, s)
    return s.scaled(c, (text[0], PRODUCT) if y.head == "sum" and among == 1 else text)


def _inside(x: Array, names: Names, s: Style) -> _Text:
    """Of a matrix product: what is entrywise is held together."""
    text, tight = _of(x, names, s)
    return (text, SUM) if x.head == "*" else (text, tight)


def _inner(x: _Text, y: _Text, s: Style) -> str:
    if x == y:
        return f"\\lVert {x[0]} \\rVert^{{2}}" if s.latex else f"|{x[0]}|^2"
    return f"\\langle {x[0]}, {y[0]} \\rangle" if s.latex else f"<{x[0]}, {y[0]}>"


def _sum(terms: list[_Text], s: Style) -> _Text:
    if len(terms) < 2:
        return terms[0] if terms else ("0", ATOM)
    text = terms[0][0]
    for part, _ in terms[1:]:
        text += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
    return text, SUM


def _entrywise(factors: tuple[Array, ...], names: Names, s: Style) -> _Text:
    """Numbers first; before one matrix product they stand without a sign."""
    first = [s.held(_of(y, names, s), PRODUCT) for y in factors if is_number(y)]
    rest = [y for y in factors if not is_number(y)]
    within = POWER if len(rest) > 1 else PRODUCT  # c*(A^T g): one product inside another
    texts = [s.held(_of(y, names, s), within if y.head == "@" else PRODUCT) for y in rest]
    if s.latex:
        return "\\,".join([*first, *([" \\odot ".join(texts)] if texts else [])]), PRODUCT
    spelt = [x for x in first if len(x) > 1 and x.isalpha()]  # eta, kappa
    first = [x for x in first if x not in spelt]
    alone = len(rest) == 1 and rest[0].head in ("@", "letter", "T")
    return " ".join([*spelt, (" " if alone else "*").join([*first, *texts])]).strip(), PRODUCT


def _run(x: Array, names: Names, s: Style) -> _Text:
    if x.head == "others":
        own = names.get(f"others of {x.args[0].name}", names.get("others", "P"))
        return s.indexed(own, x.args[1]), ATOM
    of, low, high = x.args
    if x.head == "chain":
        for name, at in (("above", low - 1), ("below", high + 1)):
            end = high == of.last if name == "above" else low == Affine(1)
            if name in names and end and at.coefficient(of.index):
                return s.indexed(names[name], at), ATOM
        dots, gap = (" \\cdots ", "") if s.latex else (" ... ", "")
        return s.indexed(of.name, high) + dots + gap + s.indexed(of.name, low), PRODUCT
    dots = " \\odot \\cdots \\odot " if s.latex else "*...*"
    return s.indexed(of.name, low) + dots + s.indexed(of.name, high), PRODUCT


def meanings(parts: list[Array], names: Names, s: Style = TEXT) -> list[str]:
    """What the products with names are, those that occur."""
    found: dict[str, str] = {}
    for x in (y for part in parts for y in walk(part)):
        if x.head == "others":
            of: Letter = x.args[0]
            several = f"others of {of.name}" in names
            what = f"product of the other {of.name if several else 'factors'}"
            name = _of(x, names, s)[0]
            if s.latex:
                at = s.index(of.index)
                body = f"\\prod_{{{at}' \\ne {at}}} {notation.name(of.name)}_{{{at}'}}"
                found[name] = f"{name} = {body}"
            else:
                found[name] = f"{name} = {what}"
        if x.head == "chain":
            name, full = _of(x, names, s)[0], _of(x, {}, s)[0]
            if name != full:
                found[name] = f"{name} = {full}"
    return list(found.values())
