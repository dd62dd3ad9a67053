"""Forgeries of certificates of version 1 about networks, and what the kernel refuses instead.

The kind: a hole that was closed in the old reader, and is open in the new one. A forgery belongs to
it if the same false thing can be written in version 2. Of 116 in ``tests/meta/forgeries.py`` 55
have a counterpart here; the rest speaks of what is not written there (hints, named rules, losses by
their formulas at a point, R, log) or has none yet.
"""

from __future__ import annotations

from tests.kernel.forgeries import FORGERIES

#: in version 1: in version 2
SAME = {
    "no conclusions": "strictness: nothing concluded",
    "a conserved constant": "points: a law of what stands still",
    "a conserved zero": "points: 0 = 0",
    "a conserved zero under balance": "points: 0 = 0",
    "A = A": "points: x = x",
    "an equation of numbers": "points: x = x",
    "balance left out": "time: a hypothesis dropped",
    "balance left out, w != 0": "time: a hypothesis dropped",
    "Euler left out": "time: no degree, and Euler used",
    "cofactor for balance": "time: a start relation used at all times",
    "wrong cofactor": "time: a wrong cofactor",
    "no cofactor": "time: a wrong cofactor",
    "cofactors swapped": "time: a wrong cofactor",
    "one hypothesis twice": "names: the fact of a step stated twice",
    "one id twice": "names: the fact of a step stated twice",
    "unknown hypothesis": "strictness: an unknown kind",
    "missing nonzero": "exponents: the power -1 of a real letter",
    "q^(L-2) at depth 1": "exponents: the power {'N': 1, '': -2} of a real letter",
    "q^(1-L)": "exponents: a negative power of what may vanish",
    "a rate that is not continuous": "roles: a free function as cofactor of KEEP",
    "g inside D": "roles: h = g^2 with g the abstract gradient",
    "g times w inside D": "roles: h = g^2 with g the abstract gradient",
    "P inside D": "roles: the product of the others has no rate",
    "D in a step": "roles: D where nothing moves",
    "conserved by a step": "roles: conserved where nothing moves",
    "a constant named g": "names: gradient declared a constant too",
    "decay forgotten": "time: a decay that is none",
    "the norms at time t": "order: BETWEEN of values at the start, not marked",
    "a layer that may not exist": "ranges: an index beyond its family",
    "layer 2 at least depth 1": "ranges: an index beyond its family",
    "an index of two kinds": "ranges: a set index as a number",
    "it does not move": "points: nothing moves",
    "width 1 does not move": "points: nothing moves",
    "a step of length 0": "points: nothing moves",
    "not balanced": "points: a hypothesis fails there",
    "w_1 = 0": "points: a hypothesis fails there",
    "w_1 = 0 in both layers": "points: a sign that fails",
    "another degree": "points: Euler fails there",
    "a loss of no degree": "points: Euler fails there",
    "too shallow": "points: below the least depth",
    "rows of unequal length": "points: a row too many",
    "a float": "strictness: a number that is none",
    "1/0": "strictness: a number that is none",
    "an exponent in a number": "strictness: a number that is none",
    "a long number": "strictness: a long number",
    "it does not fail": "points: a witness where the sentence holds",
    "it fails elsewhere only": "points: a witness where the sentence holds",
    "violates balance": "points: a hypothesis fails there",
    "violates Euler": "points: Euler fails there",
    "violates w != 0": "points: a sign that fails",
    "violates the depth": "points: below the least depth",
    "index 0": "ranges: layer 0",
    "a large exponent": "strictness: a huge exponent",
    "a tower of exponents": "strictness: a power that explodes",
    "a power of a sum": "exponents: a power of a sum",
}


def test_each_counterpart_is_one() -> None:
    """What stands here is refused there: ``test_forgeries`` asks for each reason."""
    known = {name for name, _, _ in FORGERIES}
    assert set(SAME.values()) <= known
