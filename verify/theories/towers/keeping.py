"""Which declared signs a flow keeps by itself; the others hold for a while only.

x != 0 and x > 0 stay true where x' = h x with an h that is continuous wherever x is still to be
shown not to vanish (Gronwall), as are the rates of all that it moves with, and x > 0 where
x' >= 0. What is assumed of an expression that moves is never shown to last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Formulas, Let, Power
from verify.terms.expr import Expr, const
from verify.theories.towers.quotients import Quotient
from verify.theories.towers.signs import Signs, expression
from verify.theories.towers.tower import FLOW, Tower


def lasting(
    tower: Tower, assuming: Sequence[Given], conditions: Sequence[Given], names: Set[str]
) -> list[tuple[Expr, str]]:
    """Declared signs of ``names`` and hypotheses that the flow need not keep, while the
    ``conditions`` hold.
    """
    signs = {x.name: x.sign for x in tower.setting.letters}
    moving = [h for h in assuming if tower.derived(tower.normal(h.expr), FLOW).top]
    joint = Signs(tower, (*assuming, *conditions))

    def left(names: list[str]) -> list[str]:
        """Without those that the flow keeps while the rest of what is assumed holds."""
        while names:
            known = Signs(tower, (*assuming, *conditions), unsigned=frozenset(names))
            kept = [x for x in names if _grows(tower, x, joint) or _bounded(tower, x, known)]
            if not kept:
                break
            names = [x for x in names if x not in kept]
        return names

    stuck = left([x for x in signs if signs[x] and x in tower.setting.rates and x in names])
    printed: list[str] = []
    while stuck:  # say the one that settles most of the others
        rest = {x: left([y for y in stuck if y != x]) for x in stuck}
        printed.append(min(stuck, key=lambda x: len(rest[x])))
        stuck = rest[printed[-1]]
    return [
        *((const(x), signs[x]) for x in sorted(printed, key=list(signs).index)),
        *((_whole(tower, h.expr), h.sign) for h in moving),
    ]


def _whole(tower: Tower, e: Expr) -> Expr:
    """A polynomial of the same sign, where the divisors are not 0."""
    q = tower.normal(e)
    return e if q.bottom.is_constant() else expression(tower, tower.reduced(q.top * q.bottom))


def _grows(tower: Tower, name: str, joint: Signs) -> bool:
    """x' >= 0 for a letter that is > 0."""
    slope = tower.slope(name, FLOW)
    positive = any(x.name == name and x.sign == ">" for x in tower.setting.letters)
    return not slope.top or (positive and joint.decide(slope, ">=") is not None)


def _bounded(tower: Tower, name: str, known: Signs) -> bool:
    """x' = h x, and h has a value wherever the signs that are ``known`` hold, as have the rates of
    all that x moves with.
    """
    slope, place = tower.slope(name, FLOW), tower.symbols.index(name)
    moving = made_of(tower.setting, [tower.setting.rates[name]]) & tower.setting.rates.keys()
    every = [slope, *(tower.slope(x, FLOW) for x in sorted(moving - {name}))]
    factor = all(k[place] for k in slope.top.to_dict())
    return factor and all(_continuous(tower, q, known) for q in every)


def made_of(given: Formulas, todo: Iterable[Expr]) -> set[str]:
    """Letters and atoms of which these are made, with their rates."""
    of = {a.name: [a.of, *([a.exponent] if isinstance(a, Power) else [])] for a in given.atoms}
    waiting, found = [*todo], set[str]()
    while waiting:
        for name in waiting.pop().constants() - found:
            found.add(name)
            waiting += [*of.get(name, []), *([given.rates[name]] if name in given.rates else [])]
    return found


def _continuous(tower: Tower, q: Quotient, known: Signs) -> bool:
    """No divisor vanishes, no base of a power, also inside atoms."""
    if any(known.of(f) is None for f, _ in q.bottom.factor()[1]):
        return False
    used = {
        x for p in (q.top, q.bottom) for x, d in zip(tower.symbols, p.degrees(), strict=True) if d
    }
    for atom in tower.setting.atoms:
        if atom.name not in used or isinstance(atom, Let):
            continue
        inside = tower.inside(atom.name)
        if isinstance(atom, Power) and known.decide(inside, ">") is None:
            return False
        if not _continuous(tower, inside, known):
            return False
    return True
