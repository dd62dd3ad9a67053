"""Formulas: statements about scalar functions of named letters, in a tower of roots, powers and
exponentials.

A letter is a real number with a declared sign. An atom is added to the letters before it: a
non-negative root r with r^n = (a polynomial), a power a = b^e of a positive base with an exponent
in the letters that stand still, an exponential, or an abbreviation. ``rates`` gives x' for the
letters that move; D is the derivative along this flow, d/dx the partial derivative by a letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from verify.exact.errors import BadInput, quoted, require
from verify.exact.limits import is_word
from verify.models.formula_atoms import NAME, SIGNS, Atom, Exp, Let, Letter, Power, Root
from verify.models.formula_flow import Derived, Follows
from verify.spelling.tex import inline, sentence
from verify.spelling.tex import quoted as quoted_latex
from verify.terms.expr import Expr, const, lift, num
from verify.terms.wire import encode
from verify.terms.words import scalars, words

__all__ = [
    "NAME",
    "SIGNS",
    "Atom",
    "Exp",
    "Formulas",
    "Let",
    "Letter",
    "Power",
    "Root",
    "Solution",
    "letters",
    "partial",
]


@dataclass(frozen=True)
class Formulas:
    """``points`` are places where atoms are rational: help for the search, which believes none of
    them.

    Raises BadInput for a name that is used twice or that nothing declares, a number that is not
    exact, a sign from no list.
    """

    prose: str
    letters: tuple[Letter, ...]
    atoms: tuple[Atom, ...] = ()
    rates: Mapping[str, Expr] = field(default_factory=dict)
    points: tuple[Mapping[str, int | Fraction], ...] = ()
    kind: ClassVar[str] = "formulas"
    least_depth: ClassVar[int] = 1
    decay: ClassVar[None] = None

    def __post_init__(self) -> None:
        """Raises BadInput for a field of another type; what the names mean is looked at with the
        claim.
        """
        require(
            isinstance(self.prose, str),
            "Formulas: prose",
            self.prose,
            "text that says what this is",
        )
        for what, kind in (("letters", Letter), ("atoms", (Root, Power, Exp, Let))):
            value = getattr(self, what)
            fits = isinstance(value, tuple) and all(isinstance(x, kind) for x in value)
            require(
                fits,
                f"Formulas: {what}",
                value,
                f"a tuple, such as {'(Letter(' if what == 'letters' else '(Root('}...),)",
            )
        fits = isinstance(self.rates, Mapping) and all(
            isinstance(e, Expr) for e in self.rates.values()
        )
        require(
            fits,
            "Formulas: rates",
            self.rates,
            "an expression for each letter that moves: {'x': -x}, or {'x': num(1)}",
        )
        fits = isinstance(self.points, tuple) and all(isinstance(x, Mapping) for x in self.points)
        require(fits, "Formulas: points", self.points, "a tuple of values by letter: ({'x': 1},)")

    @classmethod
    def following(
        cls,
        prose: str,
        letters: tuple[Letter, ...],
        atoms: tuple[Atom, ...],
        flow: Follows,
        points: tuple[Mapping[str, int | Fraction], ...] = (),
    ) -> Formulas:
        """Letters that are weights of a model, or functions of these: the rates are derived. Raises
        BadInput as ``Follows.rates`` does.
        """
        cls(prose, letters, atoms)  # fields of another type are refused first
        require(isinstance(flow, Follows), "Formulas: flow", flow, "Follows(Weights(...), loss)")
        return cls(prose, letters, atoms, flow.rates(letters, atoms), points)

    def names(self) -> tuple[str, ...]:
        """Letters, then atoms."""
        return tuple(x.name for x in (*self.letters, *self.atoms))

    def rests(self, e: Expr) -> bool:
        """Nothing of which it is made has a rate."""
        atoms = {a.name: (a.of, getattr(a, "exponent", a.of)) for a in self.atoms}
        rest, seen = [e], set[str]()
        while rest:
            new = rest.pop().constants() - seen
            seen |= new
            rest += [e for x in new & atoms.keys() for e in atoms[x]]
        return not seen & {x for x, rate in self.rates.items() if rate != num(0)}

    def signed_first(self) -> list[Letter]:
        """In "x, k > 0" the sign could be that of both."""
        return sorted(self.letters, key=lambda x: not x.sign)

    def title(self) -> str:
        """Everything that the statement means: letters, atoms, rates; then its author's words."""
        parts = [
            ", ".join(x.text() for x in self.signed_first()),
            *(a.text() for a in self.atoms),
            *(f"{x}' = {words(e)}" for x, e in self.rates.items()),
            *([self.rates.said] if isinstance(self.rates, Derived) else []),
        ]
        return "; ".join([*parts, *([quoted(self.prose)] if self.prose else [])])

    def detail(self) -> str:
        """What stands still."""
        still = [x.name for x in self.letters if x.name not in self.rates]
        return (
            f"constant: {', '.join(still)}"
            if self.rates and still
            else "wherever all terms are defined"
        )

    def latex(self, *parts: Expr) -> str:
        """Letters, atoms and rates; the author's words only where they are words."""
        names = "real numbers " + ", ".join(inline(x.latex()) for x in self.signed_first())
        rates = [
            inline(f"\\dot{{{scalars(const(x))}}} = {scalars(e)}") for x, e in self.rates.items()
        ]
        still = ", ".join(
            inline(scalars(const(x.name)))
            for x in self.letters
            if self.rates and x.name not in self.rates
        )
        atoms = [inline(a.latex()) for a in self.atoms]
        return sentence(
            (quoted_latex(self.prose), names, *atoms, *rates, f"constant: {still}" if still else "")
        )

    def wire(self) -> dict:
        return {
            "kind": self.kind,
            "letters": [[x.name, x.sign] for x in self.letters],
            "atoms": [a.wire() for a in self.atoms],
            "rates": {x: encode(e) for x, e in self.rates.items()},
        }


def partial(name: str, body: Expr) -> Expr:
    """The partial derivative by a letter; atoms follow, other letters stand still."""
    require(
        isinstance(name, str) and is_word(NAME, name),
        "partial: letter",
        name,
        "the name of a letter: partial('x', ...)",
    )
    return Expr(f"d/d{name}", (lift(body),))


def letters(text: str) -> list[Expr]:
    """Names, separated by blanks, as expressions.

    Raises BadInput where there is none.
    """
    if not isinstance(text, str) or not text.split():
        raise BadInput(
            f"letters({text!r}): expected names separated by blanks, for example 'x beta'"
        )
    return [const(name) for name in text.split()]


@dataclass(frozen=True)
class Solution:
    """A hint: each letter of a flow as a formula in the time; the judge substitutes it.

    ``clock`` has the one letter t > 0 with t' = 1, and atoms of it; ``values`` has each letter of
    the flow as a formula in them.
    """

    clock: Formulas
    values: Mapping[str, Expr]

    def __post_init__(self) -> None:
        """Raises BadInput naming the field, its value and what was expected."""
        require(
            isinstance(self.clock, Formulas),
            "Solution: clock",
            self.clock,
            "Formulas with the one letter t > 0 and t' = 1",
        )
        fits = isinstance(self.values, Mapping) and all(
            isinstance(e, Expr) for e in self.values.values()
        )
        require(
            fits, "Solution: values", self.values, "an expression in t for each letter of the flow"
        )
