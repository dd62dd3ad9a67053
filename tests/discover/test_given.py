"""Laws that somebody states, and what the toolkit prints: both are read back.

The kind: a printed line that stands for other laws than those that were proved (an index from
another axis, one law too many or too few of a family), and a false law of the literature that is
told to hold. Other cases of the kind: LaTeX and Python of the same families (test_writing).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests import trained
from tests.discover import models
from tests.discover.test_blocks import normed_keys, rotated
from tests.discover.test_counts import COMPLETE, found
from verify.discover import house
from verify.discover.flows import flow
from verify.discover.given import judged
from verify.discover.laws.forms import gradient
from verify.discover.laws.modular import PRIME
from verify.discover.laws.reading import laws_of
from verify.discover.losses import seen_by
from verify.exact.errors import BadInput
from verify.trace.functions import sigmoid
from verify.trace.linear import rank
from verify.trace.trace import traced


def spanned(forms: Any, size: int) -> int:
    """The rank of their gradients at one random point."""
    theta = np.random.default_rng(5).integers(1, PRIME, (1, size), dtype=np.uint64)
    rows = np.zeros((len(forms), size), np.uint64)
    for row, form in zip(rows, forms, strict=True):
        touched, slopes = gradient(form, theta)
        row[touched] = slopes[0]
    return rank(rows, PRIME)


@pytest.mark.parametrize(("model", "parameters", "laws"), [x for x in COMPLETE if x[1] < 60])
def test_what_is_printed_is_what_was_proved(model: Any, parameters: int, laws: int) -> None:
    """Each line is read as if a stranger had written it, and spans its own laws; all lines
    together span all.
    """
    d, every = found(model), []
    for line in d.written:
        own = [x.form(d.layout) for x in line.laws]
        read = [form for _, form in laws_of(line.text, d.layout)]
        assert spanned(read, d.size) == spanned(own + read, d.size) == spanned(own, d.size)
        every += read
    assert (spanned(every, d.size) if every else 0) == laws


TRUE = [
    (models.linear, None, "W1 @ W1.T - W2.T @ W2"), (models.linear, None, "|W1|^2 - |W2|^2"),
    (models.linear, None, "|W1|^2 - |W2|^2 + 5"), (models.linear, None, "(1 + |W1|^2 - |W2|^2)^2"),
    (models.linear, None, "trace(W1 @ W1.T) - <W2, W2>"),
    (models.linear, None, "<W1[i,:], W1[j,:]> - <W2[:,i], W2[:,j]> for each i, j = 0..1"),
    (models.linear, "W1=2", "|W1|^2 - 2|W2|^2"), (models.linear, "W1=2,W2=2", "|W1|^2 - |W2|^2"),
    (models.relu_bias, None, "|A[i,:]|^2 + a[i]**2 - |B[:,i]|^2 for each i"),
    (models.squares, None, "|W[i,:]|^2 - 2 a[i]^2 for each i"),
    (models.cubes, None, "1/u[i] + 1/v[i] for each i"),
    (models.cubes, None, "u[0] v[0] / (u[0] + v[0])"),
    (models.symmetric, None, "det(U[:,[0,1]]) / det(U[:,[1,2]])"),
    (models.symmetric, None, "log|det(U[:,0:2])| - log|det(U[:,1:3])|"),
    (models.experts, None, "sum(W[:,i]) for each i"), (models.experts, None, "W[0,0] + W[1,0]"),
    (models.residual, None, "|U1[0,:]|^2 - |U2[:,0]|^2 + 2 (U1[0,0] - U2[0,0])"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "how", "text"), TRUE)
def test_a_true_law_is_proved(model: Any, how: str | None, text: str) -> None:
    graph = models.graph(model)
    assert judged(graph, text, flow(how, graph)).verdict == "PROVED"


def gate(x: (1,), *, W: (2, 1), E: (2,)) -> Any:  # type: ignore[syntax]
    s = sigmoid(W @ x)
    return (s / np.sum(s)) @ E


#: of blocks.md and completeness.md: what must fail
FALSE = [
    (models.linear, "W1=2", "|W1|^2 - |W2|^2"), (models.linear, None, "|W1|^2 - 2 |W2|^2"),
    (house.tied(2), None, "W @ W.T - W.T @ W"), (models.symmetric, None, "U.T @ U"),
    (models.squares, None, "|W[i,:]|^2 - a[i]^2 for each i"),
    (models.relu_bias, None, "A @ A.T + outer(a, a) - B.T @ B"),
    (models.relu_bias, None, "|A[i,:]|^2 - |B[:,i]|^2 for each i"),
    (rotated, None, "Q @ Q.T - K @ K.T"), (normed_keys, None, "Q @ Q.T - K @ K.T"),
    (gate, None, "sum(W)"), (models.sigmoid_experts, None, "sum(W[:,i]) for each i"),
    (models.swiglu, None, "|A[:,i]|^2 - |B[i,:]|^2 for each i"),
    (trained.silu_layers(2, 3, 1), None, "|W1[i,:]|^2 - |W2[:,i]|^2 for each i"),
    (models.cubes, None, "1/u[i] - 1/v[i] for each i"),
    (models.cubes, None, "log|u[0]| + log|v[0]|"),
    (models.layer_normed, None, "|O|^2"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "how", "text"), FALSE)
def test_a_false_law_is_refuted_at_an_exact_state(model: Any, how: str | None, text: str) -> None:
    graph = traced(model)
    said = judged(graph, text, flow(how, graph))
    assert said.verdict == "REFUTED" and said.witness is not None
    rate = said.witness.rate
    assert rate != 0 if said.witness.exact else not rate.contains(0)


def test_a_scale_invariant_norm_needs_its_loss() -> None:
    """|W1|^2 alone is conserved under scale-invariant losses, and else refuted."""
    model = house.product(2, 2, 2)
    assert judged(traced(model), "|W1|^2").verdict == "REFUTED"
    assert judged(traced(seen_by("scale-invariant", model)), "|W1|^2").verdict == "PROVED"


def test_a_rate_is_that_of_what_is_named() -> None:
    """Of a quotient or a root the logarithm is judged; its rate is printed as that of this."""
    said = judged(models.graph(models.cubes), "u[0]^2 / (u[0] + v[0])")
    assert said.at == "the logarithm of its absolute value" and said.verdict == "REFUTED"
    assert judged(models.graph(models.cubes), "u[0] + v[0]").at == ""


def test_what_must_not_be_zero_is_said() -> None:
    said = judged(models.graph(models.cubes), "1/u[0] + 1/v[0]")
    assert said.excluded == ("u[0]", "v[0]")
    said = judged(models.graph(models.cubes), "u[1] v[1] / (u[1] + v[1])")
    assert said.excluded == ("u[1]", "v[1]", "u[1] + v[1]")
    assert judged(models.graph(models.cubes), "log|u[0] - 5|").excluded == ("-5 + u[0]",)


BAD = [
    ("", "found the end"), ("1", "says nothing"), ("W3", "expected one of the tensors"),
    ("W1 - W2", "a sum of shapes"), ("|W1|", "expected |T|^2"), ("|W1|^3", "even power"),
    ("W1[5,0]", "index 5"), ("W1[0,0,0]", "more indices"), ("W1[i,0]", "letter of 'for'"),
    ("W1[i,i]^2 for each i", "axes of 2 and 3"), ("W1[0,0] for each i", "axes of no entries"),
    ("W1[i,0] for i = 3..1", "not below the first"), ("W1[i,0] for i = 0..9", "index 3"),
    ("W1 @ W1", "matmul"), ("W1 W2", "write @"), ("1/W1", "write @"), ("W1[0,0]^99", "above"),
    ("W1[0,0]^(1/0)", "division by 0"), ("1/(W1[0,0] - W1[0,0])", "of 0"),
    ("log|W1[0,0]| log|W1[0,1]|", "logarithm"), ("__import__('os').system('true')", "found"),
    ("W1[0,0]; 1", "found ';'"), ("((((((((((((((((((((((W1))))))))))))))))))))))", "brackets"),
    ("W1" * 2000, "characters"), ("|W1|^2 - |W1|^2", "says nothing"), ("W1[1:1,0]", "range"),
    ("einsum('xy,zz', W1, W1)", "found"), ("det(W1)", "square"), ("for each i", "found 'for'"),
    ("log|W1[0,0]| - log|W1[0,0]|", "says nothing"), ("|W1|^2 for each W2", "no tensor"),
    ("W1[0,0] for i = 0..99999999", "not below"), ("|W1|^12 |W2|^12 |W1|^12", "terms"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BAD)
def test_what_is_no_law_is_pointed_at(text: str, said: str) -> None:
    with pytest.raises(BadInput) as error:
        judged(models.graph(models.linear), text)
    assert said in str(error.value)


def test_of_other_flows_it_says_so() -> None:
    graph = models.graph(models.linear)
    with pytest.raises(BadInput, match="heavy ball"):
        judged(graph, "|W1|^2", flow("heavy-ball", graph))


def test_names_of_tensors_that_look_like_words() -> None:
    """A tensor may be called like a function or a letter."""
    model = house.shaped(
        lambda x, **p: p["log"] @ (p["each"] @ x), {"x": (2,)}, {"each": (3, 2), "log": (2, 3)}
    )
    assert judged(traced(model), "each @ each.T - log.T @ log").verdict == "PROVED"
    sums = house.shaped(lambda x, **p: p["sum"] @ (p["θ"] @ x), {"x": (2,)},
                        {"θ": (3, 2), "sum": (2, 3)})  # fmt: skip
    for text in ("θ @ θ.T - sum.T @ sum", "sum(sum[:,0]) + 0 θ[0,0]", "|θ|^2 - |sum|^2"):
        assert judged(traced(sums), text).verdict == ("REFUTED" if "0 θ" in text else "PROVED")


def crossed(x: (2,), *, u: (2,), v: (2,)) -> Any:  # type: ignore[syntax]
    """Units of u meet those of v in the other order."""
    return np.stack([u[0] * v[1] * x[0], u[1] * v[0] * x[1]])


def test_an_index_that_falls_is_printed_as_it_is_read() -> None:
    """It was printed as -1h+1, which nothing reads."""
    d = found(crossed)
    (line,) = d.written
    assert line.text == "u[h]^2 - v[1-h]^2 for h = 0..1" and len(line.laws) == 2
    read = [form for _, form in laws_of(line.text, d.layout)]
    assert spanned(read, 4) == spanned([*read, *(x.form(d.layout) for x in line.laws)], 4) == 2
    assert len(laws_of("|u[1-h:2-h]|^2 - |v[h:h+1]|^2 for h = 0..1", d.layout)) == 2
    for wrong in ("u[0-h]^2 for h = 0..1", "u[2-h]^2 for h = 0..1", "|u[0-h:2]|^2 for h = 0..1"):
        with pytest.raises(BadInput, match="of an axis of 2 entries"):
            laws_of(wrong, d.layout)
