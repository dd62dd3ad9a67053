"""Sentences whose relations have no parametrisation: entry by entry at exact instances over Q(i);
the relations are checked first.

The instances come from the judge; nothing else does. z = x + i y is put in as x + y t modulo t^2 +
1, a conjugate symbol as x - y t.
"""

from __future__ import annotations

from itertools import chain, islice, product
from random import Random

import pytest
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from tests.entrywise.entries import Entries
from tests.entrywise.gap import holds
from tests.entrywise.letters import COMPLEX, places
from tests.star_table import ROWS, Row
from verify.claims.conclusions.of_matrices import Obligation
from verify.terms.matrices import Mat
from verify.terms.relation import free_indices
from verify.theories.words.complex_matrix import CMat, positive
from verify.theories.words.drawn_matrices import draw
from verify.theories.words.instance import Instance
from verify.theories.words.prove import MatrixProof, prove
from verify.theories.words.search import MatrixSentence, points
from verify.theories.words.sizes import Beyond, Sizes

RING = fmpq_mpoly_ctx.get(("t",), Ordering.lex)
T = RING.gens()[0]
MODULUS = T**2 + 1


def beyond(row: Row) -> bool:
    """Whether only instances can help: a relation without a parametrisation."""
    try:
        for o in row.conclusion.demands(row.setting, row.aid):
            holds(
                row.setting,
                o,
                Sizes((1,) * (1 + max(2, row.setting.least_depth))),
                COMPLEX,
                row.assuming,
            )
    except Beyond as reason:
        return "parametrisation" in str(reason)
    return False


def put(here: Entries, x: Instance) -> list:
    """A value in Q[t] for each symbol."""
    found = [RING.constant(0) for _ in here.symbols.gens]
    for name, value in x.scalars.items():
        if name in here.symbols.number:
            found[here.symbols.number[name]] += fmpq(value.numerator, value.denominator)
    for name, run in x.sequences.items():
        for i, value in enumerate(run, 1):
            found[here.symbols.number[f"{name}{i}"]] += fmpq(value.numerator, value.denominator)
    for name, spec in here.symbols.specs.items():
        for at in places(spec, x.depth):
            if name not in x.values:
                continue  # it does not occur
            m = x.letter(name, at)
            for i in range(m.re.nrows()):
                for j in range(m.re.ncols()):
                    for conj in (False, True):
                        found[here.symbols.index(name, at, i, j, conj)] = (
                            m.re[i, j] + (-T if conj else T) * m.im[i, j]
                        )
    return found


def vanishes(here: Entries, e: Mat, at: dict[str, int], values: list) -> bool:
    found = here.value(e, at)
    flat = chain.from_iterable(found) if isinstance(found, tuple) else (found,)
    return all(divmod(f.compose(*values, ctx=RING), MODULUS)[1] == 0 for f in flat)


def layers(e: Mat, first: int, less: int, depth: int) -> list[dict[str, int]]:
    return [{"k": i} for i in range(first, depth - less + 1)] if "k" in free_indices(e) else [{}]


def checked(row: Row, o: Obligation, x: Instance) -> bool:
    """The obligation vanishes there, and so do all relations."""
    names = set(o.gap.letters()) | set(x.scalars)
    d = x.dims or (1,) * (
        x.depth + 1
    )  # a setting without layers has a depth and no sizes of its own
    here = Entries(row.setting, Sizes(d, x.sizes), COMPLEX, names, ())
    values = put(here, x)
    named = chain(
        row.setting.definitions.values(), (h.equations for h in row.assuming), o.given.values()
    )
    for e in chain.from_iterable(named):
        gap = e.left - e.right
        assert all(
            vanishes(here, gap, at, values) for at in layers(gap, e.first, e.less, x.depth)
        ), "a relation fails at the instance"
    return all(vanishes(here, o.gap, at, values) for at in layers(o.gap, o.first, o.less, x.depth))


@pytest.mark.parametrize("row", [r for r in ROWS if beyond(r)], ids=str)
def test_at_instances(row: Row) -> None:
    """A proved sentence vanishes at each; one without a proof is left to the judge's witness."""
    proof = prove(row.setting, row.assuming, row.conclusion, row.aid)
    sentence = MatrixSentence(row.setting, row.assuming, row.conclusion)
    for o in row.conclusion.demands(row.setting, row.aid):
        found = list(islice(points(sentence, o.given), 3))
        assert found, "no instance"
        try:
            answers = [checked(row, o, x) for x in found]
        except Beyond as reason:
            pytest.skip(str(reason))  # an inverse: its entries are no polynomials
        assert all(answers) or not isinstance(proof, MatrixProof), (o.name, answers)


@pytest.mark.parametrize(
    "signs", [s for n in (1, 2, 3) for s in product((1, -1), repeat=n)], ids=str
)
def test_positive_definite_is_a_matter_of_each_sign(signs: tuple[int, ...]) -> None:
    """A congruence keeps the signs: x D x* is positive definite where every entry of D is > 0, not
    where an even number is < 0.
    """
    rng = Random(str(signs))
    n = len(signs)
    for real in (True, False):
        x = draw((n, n), rng, real) + CMat.scalar(n, fmpq(11))  # dominant diagonal, so invertible
        d = CMat.of([[s * (i == j) for j in range(n)] for i, s in enumerate(signs)], (n, n))
        assert positive(x * d * x.marked("H")) == all(s > 0 for s in signs)
    assert not positive(CMat.of([[0] * n] * n, (n, n)))
