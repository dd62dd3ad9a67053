"""What each letter is along a motion: it has a rate, a relation names it, it is free to be any
path, or it is constant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from verify.terms.affine import k
from verify.terms.letters import RUNS, Theory
from verify.terms.matrices import Mat
from verify.terms.relation import Equal

Relation = tuple[str, Equal]


@dataclass(frozen=True)
class Roles:
    """``named``: the expression that a letter stands for; ``residual``: relations that do more, and
    speak of what moves.

    ``controls``: letters that are the rates of what the residual relations tie, and free to be any
    path along which these hold. Letters in none of these, without a rate and not ``fixed``, move as
    the relations say, and nothing says how.
    """

    named: Mapping[str, Mat] = field(default_factory=dict)
    residual: tuple[Relation, ...] = ()
    controls: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()


def closure(letters: Iterable[str], named: Mapping[str, Mat]) -> set[str]:
    """The letters, and those that they are made of, link by link."""
    return _closed(letters, {name: e.letters() for name, e in named.items()})


def _closed(names: Iterable[str], made: Mapping[str, set[str]]) -> set[str]:
    found, rest = set[str](), list(names)
    while rest:
        name = rest.pop()
        if name not in found:
            found.add(name)
            rest += made.get(name, ())
    return found


def circular(equations: Iterable[Equal]) -> set[str]:
    """Letters that are said to be made of one another, in a circle: each of its equations has one
    of them alone on a side.
    """
    said: dict[str, set[str]] = {}
    for e in equations:
        one, other = (e.right, e.left) if e.right.head == "letter" else (e.left, e.right)
        if one.head == "letter" and one.args[0] not in other.letters():
            said.setdefault(one.args[0], set()).update(other.letters())
    return {name for name in said if name in _closed(said[name], said)}


def roles(
    theory: Theory, moving: frozenset[str], rates: Mapping[str, Mat], always: Sequence[Relation]
) -> Roles:
    """``moving``: letters that the motion moves; ``rates``: those whose rates an author gave."""
    everything = frozenset(theory.letters) | theory.sequences
    tied = _tied(moving, everything, always)
    named: dict[str, Mat] = {}
    residual: list[Relation] = []
    for name, e in always:
        if not (e.left - e.right).letters() & tied:
            continue
        found = _names(e, tied & theory.letters.keys() - moving - named.keys(), named, theory)
        if found is None:
            residual.append((name, e))
        else:
            named |= dict([found])
    controls = _controls(moving, rates, residual, always)
    return Roles(named, tuple(residual), controls, everything - tied - controls)


def _tied(
    moving: frozenset[str], everything: frozenset[str], always: Sequence[Relation]
) -> frozenset[str]:
    """What a relation ties to what moves moves as well."""
    tied = set(moving)
    together = [(e.left - e.right).letters() & everything for _, e in always]
    while more := [names for names in together if names & tied and not names <= tied]:
        tied |= set().union(*more)
    return frozenset(tied)


def _names(
    e: Equal, free: frozenset[str], named: Mapping[str, Mat], theory: Theory
) -> tuple[str, Mat] | None:
    """A letter, everywhere where it is, and what the equation says that it is: something made of
    other letters.
    """
    for one, other in ((e.right, e.left), (e.left, e.right)):
        if one.head != "letter" or one.args[0] not in free:
            continue
        name, at = one.args
        whole = (
            not e.indexed
            if at is None
            else at == k and (e.first, e.less) == RUNS[theory.letters[name].index]
        )
        if whole and name not in closure(other.letters(), named):
            return name, other
    return None


def _controls(
    moving: frozenset[str],
    rates: Mapping[str, Mat],
    residual: Sequence[Relation],
    always: Sequence[Relation],
) -> frozenset[str]:
    """The rates of all that the residual relations speak of, where each is a letter of its own that
    stands nowhere else.
    """
    bound = set[str]().union(*((e.left - e.right).letters() for _, e in residual)) & rates.keys()
    found = [rates[name].args[0] if rates[name].head == "letter" else "" for name in bound]
    elsewhere = set[str]().union(*((e.left - e.right).letters() for _, e in always), moving)
    elsewhere = elsewhere.union(*(x.letters() for name, x in rates.items() if name not in bound))
    if len(set(found)) < len(found) or elsewhere & set(found) or "" in found:
        return frozenset()
    return frozenset(found)
