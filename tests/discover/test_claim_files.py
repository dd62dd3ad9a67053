"""A file of claims that is written from what was found is decided for every size by the judge.

The kind: a sentence of the file that is not the law that was found, a set of indices that two axes
should share; each law's near miss has to be refuted by the same judge.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from tests.discover import models
from tests.discover.test_blocks import discovered
from verify.claims.verdict import Verdict
from verify.discover import house
from verify.discover.discovery import discover
from verify.discover.given import judged
from verify.discover.laws.claims import NoTheory, claim_file
from verify.discover.laws.families import families
from verify.discover.laws.layers import layers
from verify.discover.laws.layout import Layout
from verify.judge import discovered_laws
from verify.judge.decide import judge
from verify.judge.discovered_laws import every_size
from verify.trace.functions import relu
from verify.trace.trace import traced


def deep(x: (2,), *, W1: (2, 2), W2: (3, 2), W3: (2, 3)) -> Any:  # type: ignore[syntax]
    return W3 @ (W2 @ (W1 @ x))


def tensor(x: (2, 2, 2), *, a: (2, 2), b: (2, 2), c: (2, 2)) -> Any:  # type: ignore[syntax]
    return np.einsum("ri,rj,rk,ijk->", a, b, c, x)


def diagonal(x: (3,), *, u: (3,), v: (3,)) -> Any:  # type: ignore[syntax]
    return (u * v) @ x


def plain_relu(x: (2,), *, A: (3, 2), B: (2, 3)) -> Any:  # type: ignore[syntax]
    return B @ relu(A @ x)


def written(model: Any) -> str:
    d = discovered(model)
    layout = Layout.of(d.graph.params)
    laws = tuple(law for w in d.written for law in w.laws)
    return claim_file(d.graph, layout, families(laws, layout), model.__name__)


@pytest.mark.parametrize(
    "model",
    (models.linear, deep, tensor, diagonal, plain_relu, models.relu_bias, models.squares),
    ids=lambda m: m.__name__,
)
def test_it_is_decided_for_every_size(model: Any) -> None:
    text, space = written(model), dict[str, Any]()
    exec(compile(text, "claims", "exec"), space)
    (claim,) = space["CLAIMS"]
    report = judge(claim)
    assert report.verdict is Verdict.PROVED, text
    assert len(claim.concluding) == len(discovered(model).written)


def one_more(x: (3,), *, A: (2, 3), B: (2, 2), u: (3,), v: (3,)) -> Any:  # type: ignore[syntax]
    """A law in indices, and one that is none: u_i v_i."""
    return B @ (A @ x) + np.einsum("i,i->", u * u - v * v, x)


NAMES = [("W_1", "out"), ("lambda_", "I"), ("θ", "W̃"), ("_W", "__W"), ("sum", "sumx"),
         ("Claim", "t"), ("i1", "exp"), ("x_", "x1"), ("if_", "e")]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), NAMES)
def test_tensors_whose_names_are_no_letters(one: str, other: str) -> None:
    """As the names of tensors in programs are: each has a letter of its own."""
    model = lambda x, **w: w[other] @ relu(w[one] @ x)
    shaped = house.shaped(model, {"x": (2,)}, {one: (3, 2), other: (2, 3)})
    found = every_size(discover(traced(shaped)))
    assert [v for _, v, _ in found.laws] == ["PROVED"] and not found.note
    assert all(x in found.text for x in (one, other))
    space: dict[str, Any] = {}
    exec(found.text, space)
    assert len({x.name for x in space["CLAIMS"][0].setting.letters}) == 5


def test_what_is_left_out_is_said() -> None:
    text = written(one_more)
    assert "Not here, as no law for every size:\n    u[0] v[0]" in text
    assert text.count("Conserved(") == 2  # the law and what is near it


@pytest.mark.parametrize("model", (models.swiglu, models.experts, models.residual))
def test_what_no_theory_states_is_said(model: Any) -> None:
    with pytest.raises(NoTheory):
        written(model)


@pytest.mark.parametrize("model", (models.linear, diagonal, plain_relu, models.squares))
def test_the_guess_is_decided_beside_the_laws(model: Any) -> None:
    d = discovered(model)
    found = every_size(d)
    assert not found.note and not found.others
    assert [x for x, _, _ in found.laws] == [w.text for w in d.written]
    assert all(verdict == "PROVED" and not why for _, verdict, why in found.laws)


def test_a_guess_that_is_false_is_refuted() -> None:
    d = discovered(models.linear)
    (line,) = d.written
    rows = tuple(replace(r, c=2 * r.c if r.tensor == "W1" else r.c) for r in line.family.rows)
    d.written = (replace(line, family=replace(line.family, rows=rows)),)
    ((law, verdict, _),) = every_size(d).laws
    assert law == "2 W1 @ W1.T - W2.T @ W2" and verdict == "REFUTED"


def test_laws_of_these_sizes_alone_and_what_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(discovered_laws, "MOST", 9)
        found = every_size(discovered(one_more))
    assert [v for _, v, _ in found.laws] == ["PROVED"] and len(found.others) == 3
    d = discovered(models.linear)
    for other, said in (
        (replace(d, loss="scale-invariant"), "every loss"), (replace(d, written=()), "no law"),
        (discovered(models.swiglu), "exp in indices"), (discovered(longer), "3 products"),
    ):  # fmt: skip
        assert said in every_size(other).note


@pytest.mark.parametrize(("depth", "claims"), [(4, 1), (8, 7)])
def test_deep_networks_have_claims_that_are_read_and_proved(depth: int, claims: int) -> None:
    """Of four layers the instances of single laws do not serve all; of eight all laws at once are
    more work than the kernel does.
    """
    d = discover(traced(house.linear(*[2] * (depth + 1))))
    found = every_size(d)
    assert "3 products" in found.note and not found.laws
    read = discovered_laws._claims(found.text)
    *own, layers = read
    assert len(own) == claims and sum(len(c.concluding) for c in own) == depth - 1
    assert judge(own[-1]).verdict is Verdict.PROVED and layers.id.endswith("-layers")


def test_what_the_kernel_does_not_read_is_not_written() -> None:
    found = every_size(discover(traced(house.linear(*[1] * 11))))
    assert "the kernel does not read it: motion: more than" in found.note
    (layers,) = discovered_laws._claims(found.text)
    assert layers.id.endswith("-layers")


def test_a_law_that_is_refuted_for_other_sizes_is_in_no_file() -> None:
    d = discovered(one_more)
    first, *others = (w for w in d.written if w.family.kind != "single")
    rows = tuple(replace(r, c=3 * r.c if r.tensor == "A" else r.c) for r in first.family.rows)
    d = replace(d, written=(first, replace(first, family=replace(first.family, rows=rows))))
    found = every_size(d, however_long=True)
    assert not others and [v for _, v, _ in found.laws] == ["PROVED", "REFUTED"]
    assert found.text.count("Conserved(") == 2 and "no law for every size:" in found.text


def rows(x: (5, 2), *, A: (2, 3), B: (3, 2), C: (2, 2)) -> Any:  # type: ignore[syntax]
    return -0.5 * (x @ A @ B @ C)


def mixed(x: (2,), y: (3, 2), *, A: (3, 2), B: (3, 4), C: (4, 2)) -> Any:  # type: ignore[syntax]
    return y.T @ (A @ C.T @ B.T) @ y @ x


def sums(x: (2,), *, A: (2, 3), B: (3, 2)) -> Any:  # type: ignore[syntax]
    return np.einsum("j,ij,ki->k", x, B, A)


ORDERS = (
    (rows, (("C", False), ("B", False), ("A", False))),
    (mixed, (("B", True), ("C", True), ("A", False))),
    (sums, (("B", False), ("A", False))),
    (house.product(2, 1, 3), (("W1", False), ("W2", False))),
)


@pytest.mark.parametrize(("model", "order"), ORDERS)
def test_any_number_of_layers_is_decided(model: Any, order: Any) -> None:
    """The layers are read in their order: or backwards, as the laws of both orders are the same of
    the transposed product; the laws that this says are laws of the model.
    """
    graph = traced(model)
    assert layers(graph) in (order, tuple((n, not flip) for n, flip in reversed(order)))
    for (a, one), (b, two) in pairwise(layers(graph)):
        law = f"{a}.T @ {a}" if one else f"{a} @ {a}.T"
        law += f" - {b} @ {b}.T" if two else f" - {b}.T @ {b}"
        assert judged(graph, law).verdict == "PROVED", law
    text, verdict, _ = every_size(discover(graph)).layers
    assert verdict == "PROVED" and f"W_1 = {layers(graph)[0][0]}" in text


def tied(x: (2,), *, A: (2, 2), B: (2, 2)) -> Any:  # type: ignore[syntax]
    return A @ B @ A @ x


def bent(x: (3,), *, A: (3, 3), B: (3, 3)) -> Any:  # type: ignore[syntax]
    return A @ (np.diag([1.0, 2.0, 3.0]) @ (B @ x))


def entrywise(x: (2,), *, A: (2, 2), B: (2, 2)) -> Any:  # type: ignore[syntax]
    return (A * B) @ x


def squared(*, A: (3, 2), B: (2, 3)) -> Any:  # type: ignore[syntax]
    return np.trace(A @ B) * np.ones(1)


@pytest.mark.parametrize("model", (tied, bent, entrywise, squared, models.residual, plain_relu))
def test_what_is_no_product_of_layers(model: Any) -> None:
    graph = traced(model)
    assert not layers(graph) and not every_size(discover(graph)).layers


def longer(x: (2,), *, A: (2, 2), B: (2, 2), C: (2, 2), D: (2, 2)) -> Any:  # type: ignore[syntax]
    return D @ (C @ (B @ (A @ x)))
