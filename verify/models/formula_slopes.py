"""Partial derivatives of expressions in letters and atoms, and which letters these hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import mul

from verify.exact.errors import BadInput
from verify.models.formula_atoms import Atom, Exp, Let, Power
from verify.terms.expr import Expr, const, num
from verify.terms.words import words

ZERO = num(0)


def derivative(e: Expr, by: str, atoms: Sequence[Atom] = ()) -> Expr:
    """The partial derivative by a letter, atoms followed; not simplified, but for what is 0."""
    found = {a.name: a for a in atoms}
    match e.head, e.args:
        case "num", _:
            return ZERO
        case "const", (name,):
            return _of_atom(found[name], by, atoms) if name in found else num(int(name == by))
        case "+", terms:
            return added([derivative(x, by, atoms) for x in terms])
        case "*", factors:
            slopes = [derivative(x, by, atoms) for x in factors]
            return added(
                [reduce(mul, (*factors[:i], s, *factors[i + 1 :])) if s != ZERO else s
                 for i, s in enumerate(slopes)]
            )  # fmt: skip
        case "^" | "exp" | "log", (base, *power):
            _stands(e, power, by, atoms)
            inside = derivative(base, by, atoms)
            return ZERO if inside == ZERO else _outer(e, base) * inside
    raise BadInput(f"{words(e)}: {e.head} has no derivative here; expected + - * / ^ exp log")


def _stands(e: Expr, powers: Sequence[Expr], by: str, atoms: Sequence[Atom]) -> None:
    """An exponent is a constant."""
    if any(by in held(x, atoms) for x in powers):
        raise BadInput(f"{words(e)}: {by} stands in an exponent, and moves; expected a constant")


def _outer(e: Expr, base: Expr) -> Expr:
    if e.head != "^":
        return e if e.head == "exp" else 1 / base
    power = e.args[1]
    return power * base ** (num(power.args[0] - 1) if power.head == "num" else power - 1)


def _of_atom(a: Atom, by: str, atoms: Sequence[Atom]) -> Expr:
    inside, name = derivative(a.of, by, atoms), const(a.name)
    _stands(name, [a.exponent] if isinstance(a, Power) else [], by, atoms)
    if inside == ZERO or isinstance(a, Let):
        return inside
    if isinstance(a, Exp):
        return name * inside
    if isinstance(a, Power):
        return a.exponent * name / a.of * inside
    return inside / (a.degree * name ** (a.degree - 1))


def added(terms: Iterable[Expr]) -> Expr:
    """The sum, without what is 0."""
    kept = [x for x in terms if x != ZERO]
    return reduce(Expr.__add__, kept) if kept else ZERO


def held(e: Expr, atoms: Sequence[Atom]) -> set[str]:
    """What stands in it, also in its atoms."""
    found, rest = set[str](), [e]
    while rest:
        new = rest.pop().constants() - found
        found |= new
        for a in (a for a in atoms if a.name in new):
            rest += [a.of, a.exponent] if isinstance(a, Power) else [a.of]
    return found
