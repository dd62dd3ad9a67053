"""A solution in closed form, put into the flow that it is to solve."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.exhibit import Exhibit
from verify.models.formulas import Formulas, Let, Root, Solution
from verify.spelling.tex import inline
from verify.terms.expr import Expr, const, dot, num, substitute
from verify.terms.wire import encode
from verify.terms.words import scalars, words
from verify.theories.towers.quotients import Quotient
from verify.theories.towers.signs import Signs, quotient
from verify.theories.towers.tower import Tower

TIME = "t"


def put_in(setting: Formulas, e: Expr, values: Mapping[str, Expr]) -> Expr:
    """The expression with every letter replaced, abbreviations opened."""
    known = dict(values)
    for atom in setting.atoms:
        if not isinstance(atom, Let):
            raise BadInput(
                f"atom {atom.name}: a solution is put into flows whose only atoms are abbreviations"
            )
        known[atom.name] = put_names(atom.of, known)
    return put_names(e, known)


def derivatives(setting: Formulas, quantity: Expr) -> bool:
    """Is there a derivative in an abbreviation or in the quantity? It would mean another one along
    a solution.
    """
    return any(
        x.head[0] in "Dd" for e in (quantity, *(a.of for a in setting.atoms)) for x in e.walk()
    )


def put_names(e: Expr, known: Mapping[str, Expr]) -> Expr:
    return substitute(e, lambda x: known.get(x.args[0], x) if x.head == "const" else x)


def solves(setting: Formulas, given: Solution) -> tuple[Tower, Signs] | None:
    """The tower of the clock if every letter's rate is matched for all t > 0, else None."""
    if [(x.name, x.sign) for x in given.clock.letters] != [(TIME, ">")] or dict(
        given.clock.rates
    ) != {TIME: num(1)}:
        return None
    if {*given.values} != {x.name for x in setting.letters} or any(x.sign for x in setting.letters):
        return None
    tower = Tower(given.clock)
    signs = Signs(tower, ())
    for name, value in given.values.items():
        rate = put_in(setting, setting.rates.get(name, num(0)), given.values)
        if tower.normal(dot(value) - rate).top:
            return None
    roots = [tower.inside(a.name).top for a in given.clock.atoms if isinstance(a, Root)]
    if not all(isinstance(a, (Root, Let)) for a in given.clock.atoms) or not all(
        signs.of(p) == ">" for p in roots
    ):
        return None
    return (tower, signs) if all(_never_zero(signs, p) for p in tower.divisors) else None


def _never_zero(signs: Signs, p: Any) -> bool:
    return signs.of(p) is not None


def rational_in_time(tower: Tower, q: Quotient) -> bool:
    """A quotient of polynomials in t alone that is not zero."""
    return bool(q.top) and not any(
        d
        for p in (q.top, q.bottom)
        for x, d in zip(tower.symbols, p.degrees(), strict=True)
        if x != TIME
    )


@dataclass(frozen=True)
class Solved(Exhibit):
    """The witness: a solution along which the quantity is a rational function of t, not zero."""

    sentence: Any
    given: Solution
    value: str
    tex: str  # the value as mathematics

    @property
    def point(self) -> Solved:
        return self

    def text(self) -> str:
        known = [a.text() for a in self.given.clock.atoms]
        values = ", ".join(f"{x}(t) = {words(e)}" for x, e in self.given.values.items())
        quantity = words(self.sentence.conclusion.quantity)
        return (
            f"{values}{' with ' + ', '.join(known) if known else ''} solves the flow for t > 0;"
            f" there {quantity} = {self.value}"
        )

    def latex(self) -> str:
        values = ", ".join(
            inline(f"{scalars(const(x))}(t) = {scalars(e)}") for x, e in self.given.values.items()
        )
        known = ", ".join(inline(a.latex()) for a in self.given.clock.atoms)
        quantity = inline(f"{scalars(self.sentence.conclusion.quantity)} = {self.tex}")
        return (
            f"{values}{' with ' + known if known else ''} solves the flow for \\(t > 0\\); there"
            f" {quantity}"
        )

    def data(self) -> dict[str, Any]:
        values = {x: encode(e) for x, e in self.given.values.items()}
        return {
            "atoms": [a.wire() for a in self.given.clock.atoms],
            "values": values,
            "quantity": self.value,
            "arithmetic": "exact",
        }


def shown(tower: Tower, q: Quotient, written: Callable[[Expr], str] = words) -> str:
    return written(quotient(tower, q))
