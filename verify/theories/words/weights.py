"""Weights of letters and numbers under which all terms of every relation are multiplied alike: the
one-parameter groups of scalings that relations keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd
from random import Random

from flint import fmpz_mat

from verify.exact.errors import NotGeneric
from verify.terms.matrices import Mat
from verify.theories.words.derive import derivative, unfolded
from verify.theories.words.frame import Frame
from verify.theories.words.instance import Instance

_TRIES, _HIGHEST = 3, 8
Degree = tuple[tuple[str, int], ...]  # name, how often: sorted, none of them 0


class NoDegree(Exception):
    """A head that is no monomial of letters: a step, a loss, what moves in no known way."""


def weights(
    x: Instance, here: Frame, source: Random, fixed: frozenset[str] = frozenset()
) -> Iterator[dict[str, int]]:
    """Drawn ones, in whole numbers; ``fixed`` names have weight 0. None where a relation has a
    part without a degree.
    """
    try:
        rows = list(_equations(x, here))
    except NoDegree:
        return
    names = sorted({*x.values, *x.scalars} - fixed)
    table = [[dict(row).get(n, 0) for n in names] for row in rows] or [[0] * len(names)]
    basis, count = fmpz_mat(table).nullspace()
    vectors = [_primitive([int(basis[i, j]) for i in range(len(names))])
               for j in range(int(count))]  # fmt: skip
    for _ in range(_TRIES if vectors else 0):
        chosen, more = source.choice(vectors), source.choice((*vectors, [0] * len(names)))
        sign = source.choice((-1, 1))
        found = [a + sign * b for a, b in zip(chosen, more, strict=True)]
        if any(found) and max(map(abs, found)) <= _HIGHEST:
            yield {n: w for n, w in zip(names, found, strict=True) if w}


def _primitive(vector: list[int]) -> list[int]:
    divisor = gcd(*vector)
    return [x // divisor for x in vector]


def _equations(x: Instance, here: Frame) -> Iterator[Degree]:
    """Differences of degrees that have to vanish."""
    for equations in here.relations.values():
        for e in equations:
            for at in e.places(x.depth):
                where = {**at, "N": x.depth}
                terms = sorted(_degrees(x, here, e.left, where) | _degrees(x, here, e.right, where))
                yield from (_added(d, terms[0], -1) for d in terms[1:])


def _added(a: Degree, b: Degree, times: int = 1) -> Degree:
    found = dict(a)
    for name, n in b:
        found[name] = found.get(name, 0) + times * n
    return tuple(sorted((name, n) for name, n in found.items() if n))


def _degrees(x: Instance, here: Frame, e: Mat, at: dict[str, int]) -> set[Degree]:
    """Of every term. Raises NoDegree."""
    match e.head:
        case "num":
            return {()} if e.args[0] else set()
        case "const":
            return {() if e.args[0] == "N" else ((e.args[0], 1),)}
        case "seq":
            return {()}
        case "letter":
            return {_letter(x, e, at)}
        case "+":
            return _degrees(x, here, e.args[0], at) | _degrees(x, here, e.args[1], at)
        case "*":
            both = (_degrees(x, here, y, at) for y in e.args)
            left, right = both
            return {_added(a, b) for a in left for b in right}
        case "^":
            n = e.args[1].at(at)
            base = _degrees(x, here, e.args[0], at)
            if len(base) > 1:
                raise NoDegree
            return {tuple((name, n * m) for name, m in d) if n else () for d in base}
        case "mark" | "tr" | "within":
            return _degrees(x, here, e.args[-1], at)
        case "sum":
            over, first, last, body = e.args
            run = range(first.at(at), last.at(at) + 1)
            return {d for j in run for d in _degrees(x, here, body, {**at, over: j})}
        case "G" | "H" | "w":
            return _degrees(x, here, unfolded(e), at)
        case "D":
            of = here.expander
            try:
                rate = derivative(of.rates, of.fixed, e.args[0], x.depth)
            except NotGeneric as why:
                raise NoDegree from why
            return _degrees(x, here, rate, at)
    raise NoDegree


def _letter(x: Instance, e: Mat, at: dict[str, int]) -> Degree:
    """Products of layers have the degree of their factors."""
    name, i = e.args
    if name in x.values:
        return ((name, 1),)
    place = 0 if i is None else i.at(at)
    count = place - 1 if name == "B" else x.depth - place
    return (("W", count),) if count else ()
