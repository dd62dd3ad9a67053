"""Every size-free proof, instantiated at small unequal sizes and derived again entry by entry, real
and complex, over all sentences.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.entrywise.entries import Entries
from tests.entrywise.gap import entries, gap, holds
from tests.star_table import FALSE, OWN, ROWS, Row
from verify.claims.conclusions.of_matrices import Obligation
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.affine import k
from verify.terms.matrices import LOSS, A, B, G, P, W, X, dot, inner, norm2, num
from verify.theories.words.prove import MatrixProof, NoProof, prove
from verify.theories.words.sizes import Beyond, Sizes

#: d_0, .., d_N: one number per layer, hidden layers too narrow for the rank of X, and a surplus of
# width
SIZES = (
    (1, 1),
    (2, 3),
    (1, 2),
    (2, 1, 3),
    (1, 2, 1),
    (2, 3, 2),
    (1, 2, 3, 1),
    (2, 1, 1, 2),
    (1, 1, 1, 1, 1),
    (1, 2, 1, 2, 1),
)
OWN_SIZES = {"n": 2, "inputs": 1, "outputs": 3}
FIELDS = ("real", "complex")


def proof(row: Row) -> MatrixProof | NoProof:
    return proved(row.name)


@cache
def proved(name: str) -> MatrixProof | NoProof:
    row = next(r for r in ROWS + FALSE if r.name == name)
    return prove(row.setting, row.assuming, row.conclusion, row.aid)


def sizes_of(row: Row) -> list[Sizes]:
    """All that the setting admits; square ones of sizes 1 and 2 where it says so."""
    if row.setting.square:
        return [
            Sizes((n,) * (depth + 1), dict.fromkeys(OWN_SIZES, n))
            for depth in range(row.setting.least_depth, 4)
            for n in (1, 2)
        ]
    return [Sizes(d, OWN_SIZES) for d in SIZES if len(d) > row.setting.least_depth]


@pytest.mark.parametrize("over", FIELDS)
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_words_prove_holds_entry_by_entry(row: Row, over: str) -> None:
    """A relation without a parametrisation is the only excuse, and no sentence of the own table has
    it.
    """
    found = proof(row)
    if isinstance(found, NoProof):
        pytest.skip(f"not proved: {found.reason}")
    for sizes in sizes_of(row):
        for obligation in found.obligations:
            try:
                assert holds(row.setting, obligation, sizes, over, row.assuming), (
                    sizes.d,
                    obligation.name,
                )
            except Beyond as reason:
                assert row not in OWN, reason
                pytest.skip(str(reason))


def test_the_own_table_is_proved() -> None:
    assert [r.name for r in OWN if isinstance(proof(r), NoProof)] == []


@pytest.mark.parametrize("row", FALSE, ids=str)
def test_false_sentences_fail_entry_by_entry_and_have_no_proof(row: Row) -> None:
    assert isinstance(proof(row), NoProof)
    demands = list(row.conclusion.demands(row.setting, row.aid))
    found = [
        holds(row.setting, o, Sizes(d), over, row.assuming)
        for d in SIZES
        for over in FIELDS
        for o in demands
    ]
    assert not all(found)


def flow(d: tuple[int, ...], over: str) -> Entries:
    return entries(Matrices(GradientFlow(LOSS)), Obligation("", num(0)), Sizes(d), over)[0]


@pytest.mark.parametrize("over", FIELDS)
def test_the_derived_flow_is_the_one_of_the_paper(over: str) -> None:
    """W_k' = -A_k* P B_k*, the formula that this derivation does not know."""
    here = flow((2, 1, 3), over)
    for layer in (1, 2):
        assert here.value(dot(W[layer]), {}) == here.value(-(A[layer].H * P * B[layer].H), {})


def test_conjugates_are_symbols_of_their_own() -> None:
    """||W_1||^2 is w conj w in the complex case, not |w|^2 with w real; and W_1^T is not W_1*."""
    here = flow((1, 1), "complex")
    w, conj = (here.symbols.gens[here.symbols.index("W", 1, 0, 0, c)] for c in (False, True))
    assert here.value(norm2(W[1]), {}) == w * conj
    assert here.value(W[1].T, {}) != here.value(W[1].H, {})
    real = flow((1, 1), "real")
    assert real.value(W[1].T, {}) == real.value(W[1].H, {})


def test_the_gradient_of_the_real_part() -> None:
    """f = Re Tr(W_1* W_1)/2 has the gradient W_1, so that W' = -W: the factor 2 of the complex case
    is there.
    """
    setting = Matrices(GradientFlow(norm2(W[1]) / 2))
    for over in FIELDS:
        here = entries(setting, Obligation("", num(0)), Sizes((2, 2)), over)[0]
        assert here.value(dot(W[1]), {}) == here.value(-W[1], {})


def test_refused() -> None:
    """Shapes that do not fit, layers that are not there, and the derivative of P."""
    here = flow((2, 1, 3), "real")
    for e in (W[1] * W[2], W[3], dot(P), W[1] + W[2], inner(W[1], num(1)) * W[1] ** -1):
        with pytest.raises(Beyond):
            here.value(e, {})
    assert here.value(G(0), {}) == ((0, 0), (0, 0)) and here.value(G(2), {})[2][2] == 0


def test_a_gap_is_a_list_of_polynomials() -> None:
    moving = gap(Matrices(GradientFlow(LOSS)), Obligation("", dot(X)), Sizes((1, 1)), "real")
    still = gap(Matrices(GradientFlow(LOSS)), Obligation("", dot(G(k))), Sizes((1, 2, 1)), "real")
    assert len(moving) == 1 and moving[0] != 0
    assert len(still) == 4 and all(f == 0 for f in still)
