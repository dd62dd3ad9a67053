"""Linear symmetries of the loss that somebody declares: the count is that of the model followed by
the invariants of the group, written by hand here, and what the symmetry adds is proved.

The kind: a symmetry that gives a law which some loss with it breaks, or a number of laws that the
model followed by invariants does not have. Traps: motions that do not commute, or are dependent;
a motion that is not linear; outputs that move in all directions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.discover.test_counts import found as counted
from verify.discover import house
from verify.discover.discovery import discover
from verify.discover.given import judged
from verify.discover.laws.prove import proved
from verify.discover.laws.reading import laws_of
from verify.discover.laws.recheck import Recheck, Refuted
from verify.discover.laws.writing_out import written_out
from verify.discover.losses import seen_by
from verify.discover.records import Discovery
from verify.discover.symmetry import with_symmetry
from verify.exact.errors import BadInput
from verify.trace.functions import softmax
from verify.trace.trace import traced

ROTATION = "dv[0] = -v[1], dv[1] = v[0]"
ALL_ROTATIONS = "dv[i] = v[j], dv[j] = -v[i] for each i, each j"
ROWS = "dv[i,:] = v[j,:] for each i, each j"


def found(model: Any, text: str, seed: int = 0) -> Discovery:
    return discover(with_symmetry(traced(model), text), seed)


#: (text, the invariants of v)
INVARIANTS: list[tuple[str, Callable[[Any], Any]]] = [
    ("dv = v", lambda v: v[1:] / v[:1]),
    ("dv = 1", lambda v: v[1:] - v[:1]),
    (ROTATION, lambda v: np.stack([v[0] * v[0] + v[1] * v[1], v[2]])),
    (ALL_ROTATIONS, lambda v: np.sum(v * v)),
    ("dv[0] = v[1]; dv[1] = v[2]", lambda v: v[2]),  # their bracket moves v[0] by v[2]
    ("dv[0] = v[0], dv[1] = 2*v[1]", lambda v: np.stack([v[1] / v[0] ** 2, v[2]])),
    ("dv[0] = 1/2*v[0] + 1/2; dv[1] = v[0] + 1", lambda v: v[2]),
    ("dv[i] = v[i] for i = 0..1", lambda v: v[2]),
    ("dv[0] = v[2]", lambda v: v[1:]),
    ("dv = 2*v, dv = 1", lambda v: (v[1:] + 0.5) / (v[:1] + 0.5)),
]
MODEL = house.linear(3, 2, 3)


@pytest.mark.parametrize(("text", "invariants"), INVARIANTS)
def test_the_count_is_that_of_the_invariants(text: str, invariants: Any) -> None:
    def composed(x: (3,), *, W1: (2, 3), W2: (3, 2)) -> Any:  # type: ignore[syntax]
        return invariants(MODEL(x, W1=W1, W2=W2))

    d = found(MODEL, text)
    assert d.upper == counted(composed).upper
    assert d.lower >= counted(MODEL).lower


def normed(x: (3,), *, A: (3, 3), g: (3,)) -> Any:  # type: ignore[syntax]
    z = A @ x
    return g * z / np.sqrt(np.mean(z * z) + 0.5)


def softened(x: (2,), *, A: (2, 2), b: (2,)) -> Any:  # type: ignore[syntax]
    return np.log(1 + np.exp(A @ x + b))


#: (model, text, laws, how many without the symmetry): of the last two a root and a logarithm move
#: otherwise than in proportion
COMPLETE = [
    (house.diagonal(1, 3), "dv = v", 1, 0), (house.diagonal(3, 3), "dv = v", 7, 6),
    (house.linear(2, 2, 2), "dv = v", 4, 3), (house.linear(2, 3, 2), "dv = 1", 9, 6),
    (house.product(3, 2), ROWS, 3, 0), (house.product(4, 3), ROWS, 6, 0),
    (house.diagonal(1, 3), ALL_ROTATIONS, 2, 0), (house.diagonal(1, 2), "dv[0] = v[1]", 1, 0),
    (house.linear(3, 2, 3), ALL_ROTATIONS, 5, 3), (normed, "dv = v", 4, 0),
    (softened, "dv[0] = v[0]", 3, 0),
]  # fmt: skip


@pytest.mark.parametrize(("model", "text", "laws", "without"), COMPLETE)
def test_what_a_symmetry_adds_is_written_and_proved(
    model: Any, text: str, laws: int, without: int
) -> None:
    d = found(model, text)
    assert (d.upper, d.lower, d.complete) == (laws, laws, True)
    assert counted(model).lower == without
    assert sum(len(w.laws) for w in d.written if w.symmetry) >= laws - without > 0
    assert not any(w.symmetry for w in counted(model).written)


@pytest.mark.parametrize("loss", ["scale-invariant", "shift-invariant"])
def test_it_says_what_the_named_losses_say(loss: str) -> None:
    def probable(x: (2,), *, W: (3, 2), a: (3,)) -> Any:  # type: ignore[syntax]
        return softmax(W @ x) * a

    text = {"scale-invariant": "dv = v", "shift-invariant": "dv = 1"}[loss]
    one, two = found(probable, text), discover(traced(seen_by(loss, probable)), loss=loss)
    assert (one.upper, one.lower) == (two.upper, two.lower)


def test_a_law_that_needs_the_symmetry_is_refuted_without_it() -> None:
    graph = traced(house.linear(2, 3, 2))
    assert judged(with_symmetry(graph, "dv = v"), "|W1|^2").verdict == "PROVED"
    assert judged(graph, "|W1|^2").verdict == "REFUTED"
    against = judged(with_symmetry(graph, "dv = v"), "|W1[0,:]|^2").witness
    assert against is not None and against.exact and against.rate != 0
    values = {n: np.array(x, object) for n, x in against.values.items()}
    hidden = values["W1"].reshape(3, 2) @ values["x"]
    output, slope = values["W2"].reshape(2, 3) @ hidden, np.array(against.losses, object)
    assert slope @ output == 0  # a loss of one scale has such a gradient
    rate = -2 * (slope @ values["W2"].reshape(2, 3))[0] * (values["W1"][:2] @ values["x"])
    assert rate == against.rate


def test_a_second_reading_refuses_a_proof_of_another_symmetry() -> None:
    graph = with_symmetry(traced(house.linear(2, 3, 2)), "dv = v")
    layout = discover(graph).layout
    laws = {0: laws_of("|W1|^2", layout)[0][1]}
    proof = proved(graph, laws).proved[0]
    assert proof.symmetry and not proved(traced(house.linear(2, 3, 2)), laws).proved
    start = {i: p for i, p in proof.moves.items() if i < layout.size}
    scalars = written_out(graph)
    Recheck(scalars).check(start, proof.moves, True, proof.unseen)
    Recheck(scalars).check(start, proof.moves, True, ())
    others = written_out(with_symmetry(traced(house.linear(2, 3, 2)), "dv[0] = v[0]"))
    for unseen in (proof.unseen, ()):
        with pytest.raises(Refuted):
            Recheck(others).check(start, proof.moves, True, unseen)
    for unseen in ((), tuple(2 * c for c in proof.unseen)):
        with pytest.raises(Refuted):
            Recheck(scalars).check(start, proof.moves, bool(unseen), unseen)


def test_motions_are_closed_under_brackets_first() -> None:
    """Two motions in three outputs that no function is constant along: their bracket is a shift."""
    with pytest.raises(BadInput, match="in all directions"):
        with_symmetry(traced(house.linear(3, 2, 3)), "dv[0] = 1; dv[1] = 1, dv[2] = v[0]")


def flat(x: (2,), *, w: (2,)) -> Any:  # type: ignore[syntax]
    z = w * x
    return np.stack([z[0], z[1], z[0] + z[1]])


def halves(x: (2,), *, W: (3, 2)) -> Any:  # type: ignore[syntax]
    return np.maximum(W @ x, 0)


def test_outputs_on_which_the_motions_are_dependent_prove_nothing() -> None:
    """The motion is 0 at all outputs: every loss is left, and w moves."""
    with pytest.raises(BadInput, match="generic rank"):
        with_symmetry(traced(flat), "dv[0] = v[2] - v[0] - v[1]")
    assert found(flat, "dv[0] = v[2]").upper == 0  # the slope by v[2] moves both


def test_patterns_at_which_the_motions_are_dependent_prove_nothing() -> None:
    """Where the first two outputs are 0 the rotation says nothing of the third."""
    d = found(halves, "dv[0] = -v[1], dv[1] = v[0]")
    scalars = written_out(d.graph)
    assert not scalars.annihilated and written_out(replace(d.graph, losses=None)).idempotent
    assert d.lower == 0
    shifted = found(halves, "dv = 1")
    assert written_out(shifted.graph).annihilated


@pytest.mark.parametrize(("text", "said"), [
    ("dv = 3*v*v", "a product of arrays"), ("dv[0] = v[0]*v[1]", "linear in the entries"),
    ("dv[0] = 1/v[0]", "linear in the entries"), ("v = v", "expected dv = .."),
    ("dv[i] = v[i] for each i", "in all directions"), ("dv[0] = 0", "no output moves"),
    ("dv[2] = 1", "the index 2"), ("dv[0] = dv[1]", "linear in the entries"), ("", "expected dv"),
    ("dv[0] = log(v[0])", "linear in the entries"), ("dv = W1", "one of the tensors v, dv"),
    ("dv[0] = -v[1], dv[1] = v[0]; dv = v", "in all directions"), ("dv = v dv = 1", "product"),
    ("dv = v # 1", "expected tensors"),
])  # fmt: skip
def test_what_is_no_symmetry_is_pointed_at(text: str, said: str) -> None:
    with pytest.raises(BadInput, match="--symmetry") as error:
        with_symmetry(traced(house.linear(2, 3, 2)), text)
    assert said in str(error.value)


def test_two_outputs_are_no_one_array() -> None:
    graph = traced(house.linear(2, 3, 2))
    with pytest.raises(BadInput, match="one array"):
        with_symmetry(replace(graph, outputs=graph.outputs * 2), "dv = v")
