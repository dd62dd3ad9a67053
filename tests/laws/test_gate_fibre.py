"""The gate's equation for the b of a flow on a fibre is written out (``gate_fibre``: it shares
no normal form with the prover); here it is compared, as a linear map of any b and its right side,
with the relation that is derived from w_b and the objective.

What else belongs to the kind: the star of each, every inner layer, unequal sizes, several depths,
balanced points, objectives that are drawn. A changed sign, end or factor fails (seen: a term of the
neighbour left out; the star's products in the wrong order).
"""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest
from flint import nmod_mat

from verify.models.matrices import Matrices
from verify.models.motions import FibreFlow
from verify.terms.affine import p
from verify.terms.letters import Letter
from verify.terms.matrices import LOSS, Mat, W, X, norm2, num, total
from verify.theories.words import gate_fibre, gate_letters
from verify.theories.words.frame import FIBRE, frame
from verify.theories.words.gate_points import PRIME, Drawn
from verify.theories.words.gate_values import PLAIN, STAR, Values
from verify.theories.words.sizes import Sorted

SIZES = ((2, 3, 2), (1, 2, 1), (2, 1, 3, 2), (1, 2, 2, 1, 2))
FAMILY = "b"


def part(draw: Random) -> Mat:
    """A sum over the layers, which has a coefficient at every layer; X and E do not move."""
    gram = W[p].H * W[p]
    return draw.choice([total(norm2(W[p])), total(norm2(gram)), total(norm2(W[p] * gram)),
                        norm2(X), LOSS])  # fmt: skip


def objective(draw: Random) -> Mat:
    found = num(draw.randint(1, 5)) * part(draw)
    for _ in range(draw.randint(0, 2)):
        found = found + num(draw.choice([-3, -1, 2])) * part(draw)
    return found


def setting(of: Mat) -> Matrices:
    return Matrices(FibreFlow(of, FAMILY), (Letter(FAMILY, "k", "k", "inner"),), least_depth=2)


class Given:
    """b and its star at every inner layer, the star drawn on its own."""

    def __init__(self, d: tuple[int, ...], draw: Random) -> None:
        entries = lambda n: [draw.randrange(PRIME) for _ in range(n * n)]
        make = lambda n: nmod_mat(n, n, entries(n), PRIME)
        self.pairs = {l: (make(d[l]), make(d[l])) for l in range(1, len(d) - 1)}

    def __call__(self, here: Values, layer: int) -> tuple[nmod_mat, nmod_mat]:
        return self.pairs[layer]


class Derived(Values):
    """With the head in which a derived relation says where its parts are there at all."""

    def value(self, e: Mat, at: Any, marks: Any = PLAIN, order: int = 0) -> Any:
        if e.head != "within":
            return super().value(e, at, marks, order)
        i, first, less, body = e.args
        there = first <= self.at(i, at) <= self.depth - less
        return self.value(body, at, marks, order) if there else 0


def flat(x: Any, n: int) -> list[int]:
    """A number is that multiple of the identity."""
    if isinstance(x, int):
        return [x % PRIME * (i == j) for i, j in product(range(n), repeat=2)]
    return [int(y) for y in x.entries()]


def typed(here: Values, b: Given, star: bool) -> dict[int, list[int]]:
    """H(b) by the columns that are written out."""
    d = here.drawn.sizes.d
    found = {l: [0] * d[l] ** 2 for l in b.pairs}
    for l, pair in b.pairs.items():
        for i, j in product(range(d[l]), repeat=2):
            for at, x in gate_fibre._column(here, star, l, i, j).items():
                more = [int(y) * int(pair[star][i, j]) for y in x.entries()]
                found[at] = [(u + v) % PRIME for u, v in zip(found[at], more, strict=True)]
    return found


def agree(seed: int, d: tuple[int, ...]) -> list[bool]:
    """Of each inner layer, plain and starred, both sides."""
    draw = Random(f"{seed}{d}")
    made = setting(objective(draw))
    (relation,) = frame(made, ()).relations[FIBRE]
    b, found = Given(d, draw), []
    for balance, star in product((False, True), repeat=2):
        here = Derived(made, Drawn(d, seed=seed), Sorted(balance=balance))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(gate_letters, "solved", b)
            left = typed(here, b, star)
            for l in b.pairs:
                marks, at = STAR if star else PLAIN, {"k": l}
                derived = [here.value(x, at, marks) for x in (relation.left, relation.right)]
                own = (left[l], flat(gate_fibre._slope(here, l, star), d[l]))
                found += [flat(x, d[l]) == y for x, y in zip(derived, own, strict=True)]
    return found


@pytest.mark.parametrize("d", SIZES)
@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_derived_relation(seed: int, d: tuple[int, ...]) -> None:
    assert all(agree(seed, d))


@pytest.mark.parametrize("what", ["_column", "_slope"])
def test_another_equation_is_seen(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The neighbours' terms doubled, the slope's sign turned."""
    of = getattr(gate_fibre, what)

    def column(here: Values, star: bool, l: int, i: int, j: int) -> Any:
        return {at: x if at == l else x * 2 for at, x in of(here, star, l, i, j).items()}

    slope = lambda here, l, star: gate_fibre.multiplied(PRIME - 1, of(here, l, star))
    monkeypatch.setattr(gate_fibre, what, column if what == "_column" else slope)
    assert not all(agree(0, (2, 1, 3, 2)))
