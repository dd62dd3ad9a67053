"""What is written of a law is the law: the module's functions give the values of the exact forms,
for NumPy and for what calls itself torch; LaTeX is balanced; zeros that are excluded are said.

The kind: a printed law that is another one (an axis, a sign, a range, a factor lost on the way).
"""

from __future__ import annotations

from fractions import Fraction
from inspect import signature
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.discover.test_finders import found
from verify.discover import house
from verify.discover.discovery import discover
from verify.discover.given import judged
from verify.discover.laws import latex, text
from verify.discover.laws.atoms import Law, Log, Power, entry, law, square
from verify.discover.laws.families import families
from verify.discover.laws.forms import Form, value
from verify.discover.laws.layout import Layout, at
from verify.discover.laws.source import expression, module, usable
from verify.trace.trace import traced

MODELS = (
    ("linear", 2, 3, 2), ("linear", 1, 2, 2, 1), ("linear", 1, 1, 1), ("relu", 3, 4, 2),
    ("symmetric", 2, 3), ("symmetric", 3, 4), ("residual", 2), ("signed_power", 2, 2),
    ("signed_power", 2, 3),
)  # fmt: skip
TORCH = SimpleNamespace(sum=np.sum, outer=np.outer, einsum=np.einsum, stack=np.stack, log=np.log,
                        linalg=SimpleNamespace(det=np.linalg.det))  # fmt: skip
#: laws of heads, of rotary pairs, of ranges, with fractions and logarithms: written by hand
SHAPES = {"Q": (4, 3), "K": (4, 3), "T": (2, 3, 2), "g": (4,), "index": (2, 2)}


def by_hand() -> list[Law]:
    layout, one = Layout.of(SHAPES), Fraction(1)
    rows = lambda t, *i: [square(at(layout, t, (0,), k)) for k in i]
    made = [
        law([*rows("Q", 0, 1), *rows("K", 0, 1)], [one, one, -one, -one]),
        law([*rows("Q", 2, 3), *rows("K", 2, 3)], [one, one, -one, -one]),
        law([*rows("Q", 1), *rows("g", 2)], [Fraction(2, 3), Fraction(-5, 7)]),
        law(rows("g", 0, 1, 2, 3), [one] * 4),
        law([square(at(layout, "T", (1,), 2)), square(at(layout, "Q", (1,), 0))], [one, 3 * one]),
        law([Power(((0, -2), (1, 1))), Log(Power(((2, 1),)))], [one, one]),
        law([Log(Power(((0, 1),))), Log(Power(((1, 1),)))], [Fraction(1, 2), Fraction(-3)]),
    ]
    return [*made, *(law([square(at(layout, "index", (0,), k))], [one]) for k in range(2))]


def evaluated(form: Form, state: np.ndarray) -> float:
    logs = sum(float(c) * np.log(abs(float(value(p, state)))) for c, p in form.logs)
    return float(value(form.terms, state)) + logs


def compared(laws: tuple[Law, ...], layout: Layout, library: str) -> None:
    grouped = families(laws, layout)
    space: dict[str, Any] = {}
    code = module(layout, [(f, True) for f in grouped], "a model", library)
    if library == "torch":
        code = code.replace("import torch", "")
        space["torch"] = TORCH
    exec(compile(code, "laws", "exec"), space)
    state = np.random.default_rng(5).uniform(0.5, 2, layout.size)
    tensors = {n: layout.tensor(state, n) for n in layout.shapes}
    for f, function in zip(grouped, space["LAWS"], strict=True):
        got = np.ravel(function(**tensors))
        expected = [evaluated(x.form(layout), state) for x in f.laws]
        if all(isinstance(a, Log) for _, a in f.laws[0].sum):
            got = np.log(abs(got))
        for x in expected:
            assert np.isclose(got, x, rtol=1e-9).any(), text.family(layout, f)
        # and nothing else: a matrix has each entry off its diagonal twice
        for x in got:
            assert np.isclose(expected, x, rtol=1e-9).any(), text.family(layout, f)
        again = {n: x * 1.01 for n, x in tensors.items()}
        space["assert_conserved"](tensors, tensors)
        if f.kind != "single":
            with pytest.raises(AssertionError, match="became"):
                space["assert_conserved"](tensors, again)


@pytest.mark.parametrize("library", ("numpy", "torch"))
@pytest.mark.parametrize("model", MODELS, ids=lambda m: "-".join(map(str, m)))
def test_functions_give_the_values_of_the_laws(model: tuple[str, int], library: str) -> None:
    f = found(*model)
    compared(f.laws, f.layout, library)


@pytest.mark.parametrize("library", ("numpy", "torch"))
def test_functions_of_laws_by_hand(library: str) -> None:
    compared(tuple(by_hand()), Layout.of(SHAPES), library)


def test_lines_by_hand() -> None:
    layout = Layout.of(SHAPES)
    lines = [text.family(layout, f) for f in families(tuple(by_hand()), layout)]
    assert "|Q[2i:2i+2,:]|^2 - |K[2i:2i+2,:]|^2 for i = 0..1" in lines
    assert "14 |Q[1,:]|^2 - 15 g[2]^2" in lines
    assert ("|g|^2" in lines and "3 |Q[:,0]|^2 + |T[:,2,:]|^2" in lines) or "T[:,2,:]" in str(lines)
    assert "|index[i,:]|^2 for each i" in lines
    assert "Q[0,0]^-2 Q[0,1] + log|Q[0,2]| while Q[0,0], Q[0,2] != 0" in lines


@pytest.mark.parametrize("model", MODELS, ids=lambda m: "-".join(map(str, m)))
def test_latex_is_balanced(model: tuple[str, int]) -> None:
    f = found(*model)
    for group in families(f.laws, f.layout):
        tex = latex.family(f.layout, group)
        assert (tex.count("{") == tex.count("}") and r"\lVert" in tex) or "_" in tex
        assert tex.count(r"\begin") == tex.count(r"\end")


def test_zeros_are_said() -> None:
    f = found("signed_power", 2, 3)
    assert [text.family(f.layout, g) for g in families(f.laws, f.layout)] == [
        f"u[{i}]^-1 + v[{i}]^-1 while u[{i}], v[{i}] != 0" for i in range(2)
    ]


def test_names_that_no_argument_can_have() -> None:
    assert usable(Layout.of({"W": (2,), "lambda": (2,)})) == "lambda"
    assert usable(Layout.of({"np": (2,)})) == "np" and usable(Layout.of({"W": (1,)})) is None


ADDED = {
    "two biases": (lambda x, *, A, B, b, c: A @ np.tanh(B @ x + b + c), "b - c", 2),
    "twice the other": (lambda x, *, A, B, C: A @ np.tanh((B + 2 * C) @ x), "2 B - C", 4),
    "half of it": (lambda x, *, A, B, C: A @ np.tanh((B - C / 2) @ x), "B + 2 C", 4),
}  # fmt: skip


@pytest.mark.parametrize("name", ADDED)
def test_tensors_that_are_added_have_one_law_for_all_entries(name: str) -> None:
    """As two biases of one layer are: the law is written as it is read, in each form."""
    body, law, count = ADDED[name]
    shapes = {"A": (1, 2), "B": (2, 2), "C": (2, 2), "b": (2,), "c": (2,)}
    names = [x for x in signature(body).parameters if x != "x"]
    graph = traced(house.shaped(body, {"x": (2,)}, {n: shapes[n] for n in names}))
    d = discover(graph)
    assert d.complete and [(w.text, len(w.laws)) for w in d.written] == [(law, count)]
    assert judged(graph, law).verdict == "PROVED"
    given = {n: np.arange(np.prod(shapes[n])).reshape(shapes[n]) + k for k, n in enumerate(names)}
    value = eval(expression(d.layout, d.written[0].family, "np"), {"np": np}, given)
    assert np.array_equal(value, eval(law.replace("2 ", "2 * "), {}, given))
    assert latex.family(d.layout, d.written[0].family) == law.replace("2 ", r"2\, ")


def test_tensors_that_are_added_in_part_have_laws_of_these_entries() -> None:
    """One of two biases is added: entry by entry, no law of the whole."""
    body = lambda x, *, A, b, c: A @ np.tanh(x + b + c * np.array([1, 0])) + c[1] * x[0]
    d = discover(traced(house.shaped(body, {"x": (2,)}, {"A": (1, 2), "b": (2,), "c": (2,)})))
    assert d.complete and [w.text for w in d.written] == ["b[0] - c[0]"]


def test_tensors_that_are_added_crosswise_have_no_law_of_the_whole() -> None:
    """b[0] moves as c[1] does: no law says so of b and c."""
    body = lambda x, *, A, b, c: A @ np.tanh(x + b + c[::-1])
    d = discover(traced(house.shaped(body, {"x": (2,)}, {"A": (1, 2), "b": (2,), "c": (2,)})))
    assert d.complete and all(judged(d.graph, w.text).verdict == "PROVED" for w in d.written)
    assert judged(d.graph, "b - c").verdict == "REFUTED"
    crossed = [
        law([entry(d.layout, 2 + i), entry(d.layout, 5 - i)], [Fraction(1), -Fraction(1)])
        for i in (0, 1)
    ]
    written = [text.family(d.layout, f) for f in families(tuple(crossed), d.layout)]
    assert written == ["b[0] - c[1]", "b[1] - c[0]"]
