"""Identities of matrices: words for every depth and size, entries over flint at one size,
sympy.expand at one size, and the gate.

The moments are conserved: G_k' = 0, k = 1..4, at N = 5 with 3 x 3 layers and any loss: 36 entries.
SymPy gets the entries with the flow already put in, as products of matrices, not yet expanded, and
only its expand is timed; ours derives the flow from the product by partial derivatives each time
and multiplies out. Of sums over 10 layers of 20 x 20 the gate needs more than 1 ms.
"""

from __future__ import annotations

from functools import cache

import pytest
import sympy

from benchmarks.pairs import inside
from proofs import CLAIMS
from tests.entrywise.gap import gap
from tests.entrywise.letters import REAL
from verify.claims.conclusions.of_matrices import Aid, Obligation, OfMatrices, Unchanged
from verify.claims.hypotheses.matrices import Holds
from verify.claims.verdict import Verdict
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.affine import k
from verify.terms.matrices import LOSS, G, dot
from verify.theories.words.gate import refuses, standard
from verify.theories.words.gate_points import Drawn
from verify.theories.words.prove import MatrixProof, prove
from verify.theories.words.sizes import Sizes

DEPTH, WIDTH = 5, 3
FLOW, MOMENT = Matrices(GradientFlow(LOSS)), Unchanged(G(k))
Sentence = tuple[Matrices, tuple[Holds, ...], OfMatrices, Aid]


@cache
def size_free() -> dict[str, Sentence]:
    """Every conclusion of a claim about matrices that is to be proved."""
    found: dict[str, Sentence] = {}
    for claim in CLAIMS:
        if isinstance(claim.setting, Matrices) and claim.expected is Verdict.PROVED:
            for name, c in claim.concluding.items():
                found[f"{claim.id}, {name}"] = (
                    claim.setting,
                    tuple(claim.assuming),
                    c,
                    claim.hints.get(name, Aid()),
                )  # type: ignore[arg-type,assignment]
    return found


def words(*names: str):
    def run() -> None:
        for name in names:
            assert isinstance(prove(*size_free()[name]), MatrixProof), name

    return run


def entrywise() -> None:
    found = gap(FLOW, Obligation("derivative", dot(G(k))), Sizes((WIDTH,) * (DEPTH + 1)), REAL)
    assert len(found) == (DEPTH - 1) * WIDTH**2 and not any(found)


def square(name: str) -> sympy.ImmutableDenseMatrix:
    return sympy.ImmutableDenseMatrix(WIDTH, WIDTH, lambda i, j: sympy.Symbol(f"{name}_{i}{j}"))


def entries(sign: int) -> list[sympy.Expr]:
    """G_k' = -D_k W_k^T - W_k D_k^T + D_(k+1)^T W_(k+1) + W_(k+1)^T D_(k+1), D_k = A_k^T P B_k^T;
    ``sign`` -1 spoils the last term.
    """
    w, p, one = (
        {i: square(f"w{i}") for i in range(1, DEPTH + 1)},
        square("p"),
        sympy.ImmutableDenseMatrix(sympy.eye(WIDTH)),
    )
    above, below = {DEPTH: one}, {1: one}
    for i in range(DEPTH, 0, -1):
        above[i - 1] = above[i] * w[i]
    for i in range(1, DEPTH + 1):
        below[i + 1] = w[i] * below[i]
    d = {i: above[i].T * p * below[i].T for i in w}
    gaps = [
        -d[i] * w[i].T - w[i] * d[i].T + d[i + 1].T * w[i + 1] + sign * w[i + 1].T * d[i + 1]
        for i in range(1, DEPTH)
    ]
    return [x for m in gaps for x in m]


def expanded(written: list[sympy.Expr]):
    """SymPy caches from call to call: the cache is emptied, so that every call does the work."""

    def run() -> None:
        sympy.core.cache.clear_cache()
        assert all(sympy.expand(x) == 0 for x in written)

    return run


def gated(drawn: Drawn, *names: str):
    """The sentences through the gate; what is shared by all of them has been drawn and multiplied
    before.
    """

    def run() -> None:
        for name in names:
            setting, assuming, c, aid = size_free()[name]
            assert not any(refuses(setting, o, drawn, assuming) for o in c.demands(setting, aid)), (
                name
            )

    run()
    return run


def test_moments_at_one_size(versus) -> None:
    assert sympy.expand(entries(sign=-1)[0]) != 0
    size = f"N = {DEPTH}, {WIDTH} x {WIDTH}, {(DEPTH - 1) * WIDTH**2} entries"
    peer = inside(f"sympy.expand, {size}", expanded(entries(sign=1)))
    ours = inside(f"entrywise over flint, {size}", entrywise, repeat=20)
    versus("moments are conserved: SymPy is A, ours is B", peer, ours, pairs=3)


def test_moments_at_every_size(versus) -> None:
    peer = inside(f"entrywise over flint, N = {DEPTH}, {WIDTH} x {WIDTH}", entrywise, repeat=5)

    def run() -> None:
        assert isinstance(prove(FLOW, (), MOMENT, Aid()), MatrixProof)

    versus(
        "moments are conserved, against entrywise over flint",
        inside("words, every depth and size", run, repeat=20),
        peer,
    )


def test_all_together(versus) -> None:
    names = tuple(size_free())
    ours = inside(f"words: {len(names)} sentences for every depth and size", words(*names))
    versus(
        "all size-free sentences, against one of them at one size",
        ours,
        inside("entrywise over flint, moments", entrywise, repeat=5),
    )


BIG = Drawn((20,) * 11, {n: 20 for n in ("n", "inputs", "outputs")})


@pytest.mark.parametrize(
    "name",
    [
        "dln-moments-conserved, moment",
        "dln-weight-decay, moment",
        "dln-kirwan-ness, field",
        "dln-kn-dissipation, dissipation",
    ],
)
def test_gate(versus, name: str) -> None:
    peer = inside("the proof by words", words(name), repeat=20)
    versus(
        "the gate, against the proof by words",
        inside(f"{name}: small unequal sizes", gated(standard(), name), repeat=20),
        peer,
    )
    versus(
        "the gate, against the proof by words",
        inside(f"{name}: N = 10, 20 x 20", gated(BIG, name), repeat=20),
        peer,
    )


def test_gate_for_all(versus) -> None:
    names = tuple(size_free())
    peer = inside("the proofs by words", words(*names))
    versus(
        "the gate, against the proof by words",
        inside(f"{len(names)} sentences, small sizes", gated(standard(), *names)),
        peer,
    )
