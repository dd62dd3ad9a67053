"""The reader's ranks modulo a prime, which bound the number of symmetries: against an elimination
that is written out here, number by number; and what it settles with them.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod
from random import Random

import pytest

from tests.meta.test_dimension_attacks import decided
from verify.check import LIMITS
from verify.check_actions import ac_rank, ac_rank_modulo
from verify.claims.conclusions.of_actions import Stabiliser
from verify.claims.verdict import Verdict
from verify.models.action import DeepLinear, Explicit
from verify.terms.expr import const
from verify.theories.symmetries.actions import build
from verify.theories.symmetries.counts import enough_points, matrix_rows

PRIMES = (3, 7, 31, 127, 2**13 - 1, LIMITS["prime"])


def plain(rows: list[list[int]], p: int) -> int:
    """Rank modulo p, entry by entry."""
    rows, found = [[x % p for x in row] for row in rows], 0
    for n in range(len(rows[0])):
        at = next((i for i in range(found, len(rows)) if rows[i][n]), None)
        if at is None:
            continue
        rows[found], rows[at] = rows[at], rows[found]
        inverse = pow(rows[found][n], -1, p)
        for i in range(found + 1, len(rows)):
            c = rows[i][n] * inverse
            rows[i] = [(x - c * y) % p for x, y in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def drawn(draw: Random, p: int, most: int) -> list[list[int]]:
    """Entries at the edges of what a column holds, sums of rows, rows of zeros, sparse ones."""
    width, count = draw.randint(most // 12, most), draw.randint(most // 12, most)
    edge = (0, 0, 1, p - 1, p, p + 1, -1, p // 2, draw.randrange(p))
    rows = [[draw.choice(edge) for _ in range(width)] for _ in range(count)]
    for _ in range(draw.randint(0, 4)):
        a, b, c = draw.choice(rows), draw.choice(rows), draw.randrange(p)
        rows.append([x + c * y for x, y in zip(a, b, strict=True)])
    draw.shuffle(rows)
    return rows


@pytest.mark.parametrize("p", PRIMES)
def test_the_rank_modulo_a_prime(p: int) -> None:
    """Of the kind: a carry from one column into the next, a zero that is written as p, an order of
    columns, a pivot that is reused: all make the rank larger or smaller somewhere.
    """
    draw = Random(p)
    assert p & (p + 1) == 0
    for most in [12] * 100 + [60]:
        rows = drawn(draw, p, most)
        wire = [{(n, 0): Fraction(x) for n, x in enumerate(row) if x} for row in rows]
        assert ac_rank_modulo(wire, p) == plain(rows, p), rows
        assert most > 12 or plain(rows, p) <= ac_rank(wire), rows


def test_fractions_and_no_rows() -> None:
    half, third = Fraction(1, 2), Fraction(-1, 3)
    assert (
        ac_rank_modulo([{(0, 0): half, (0, 1): third}, {(0, 0): 3 * half, (0, 1): -1 + 0 * half}])
        == 1
    )
    assert ac_rank_modulo([]) == ac_rank_modulo([{}]) == 0


def test_what_the_prover_shows_of_many_symmetries_its_reader_accepts() -> None:
    """3 s and UNDECIDED before: elimination number by number was more work than a reader does. Of
    the kind: every DeepLinear of at most 20 coordinates, (2,)*6 and (3, 3, 2, 2) among them.
    """
    assert decided(Stabiliser(), DeepLinear((3, 3, 3))) is Verdict.PROVED


def test_no_more_points_than_a_reader_reads() -> None:
    """At x_1 ... x_16 a point with two zeros says nothing: 405 points were written down, of which
    400 are read. What is kept shows the same bound, whichever rows add nothing.
    """
    names = tuple(f"x{i}" for i in range(16))
    case = build(Explicit(names, (prod(map(const, names[1:]), start=const(names[0])),)))
    points, upper = enough_points(case, Random(2), matrix_rows, 256, 15)
    assert len(points) <= LIMITS["entries"] and upper == 15
    rows = [{(0, n): x for n, x in row.items()} for p in points for row in matrix_rows(case, p)]
    assert 256 - ac_rank_modulo(rows) == upper
