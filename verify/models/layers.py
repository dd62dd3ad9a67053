"""The deep linear network in the language of words, read off the phi and the sizes of its model:
letters, how the product moves, how the hidden groups act, and the moment map of that action.

The size d_k between two layers stands in no output: GL(d_k) acts on rows of that size from the left
and on columns of that size by the inverse from the right. Its direction c moves W_k by (w_c)_k, its
moment map is G, and sum_k <(w_c)_k, (w_c)_k> = sum_k <H_k(c), c_k>.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from verify.models.catalogue.layers import MODEL
from verify.terms.affine import Affine, k
from verify.terms.array_families import product
from verify.terms.array_gradients import gradients
from verify.terms.array_translations import to_mat
from verify.terms.array_words import TEXT, Style
from verify.terms.array_words import words as array_words
from verify.terms.arrays import Extent
from verify.terms.letters import RUNS, Letter
from verify.terms.matrices import Family, G, H, Mat, num, w
from verify.terms.matrix_words import latex, words

(_LAYER,) = MODEL.letters
W = Family(_LAYER.name)
Direction = Callable[[Affine], Mat]


def _size(extent: Extent, at: Affine = k) -> str:
    """Of a matrix at the index ``at``, as letters of words say it."""
    assert isinstance(extent, tuple)
    place = extent[1].put(_LAYER.index, at)
    return str(place).replace(" ", "")


def _run(first: int, last: Affine) -> str:
    """The name of a range of indices."""
    less = Affine(0, (("N", 1),)) - last
    return next(name for name, ends in RUNS.items() if ends == (first, less.const))


def _letters() -> tuple[Letter, ...]:
    """W, A, B, X, P; the products above and below a layer are there also where they are empty."""
    rows, columns, last = _LAYER.rows, _LAYER.columns, _LAYER.last
    first = Affine(_LAYER.first)
    above, below = MODEL.names["above"], MODEL.names["below"]
    top, bottom = _size(rows, last), _size(columns, first)
    gradient = MODEL.gradient
    return (
        Letter(W.name, _size(rows), _size(columns), _run(_LAYER.first, last)),
        Letter(above, top, _size(columns, k + 1), _run(_LAYER.first - 1, last)),
        Letter(below, _size(rows, k - 1), bottom, _run(_LAYER.first, last + 1)),
        Letter(MODEL.output, top, bottom),
        Letter(gradient.name, top, bottom, about=f"{gradient.name} = E'({MODEL.output})"),
    )


LAYERS = _letters()


@cache
def _around() -> tuple[Mat, Mat]:
    """(L, R) with dX = sum over k of L_k dW_k R_k: the gradient of <P, X> in W_k is L_k* P R_k*."""
    slope = to_mat(gradients(MODEL.phi, MODEL.gradient.here, MODEL.letters)[_LAYER], _LAYER.index)
    assert slope is not None
    factors = _factors(slope)
    at = factors.index(Mat("letter", (MODEL.gradient.name, None)))
    return _starred(factors[:at]), _starred(factors[at + 1 :])


def _factors(x: Mat) -> list[Mat]:
    return [*_factors(x.args[0]), *_factors(x.args[1])] if x.head == "*" else [x]


def _starred(factors: list[Mat]) -> Mat:
    found: Mat | None = None
    for x in reversed(factors):
        star = x if x.head == "num" else x.args[1] if x.head == "mark" else x.H
        found = star if found is None else found * star
    return num(1) if found is None else found


def around(at: Affine) -> tuple[Mat, Mat]:
    """(A_k, B_k) at an index: what stands left and right of dW_k in dX."""
    left, right = _around()
    return left.put("k", at), right.put("k", at)


def acting(c: Direction, at: Affine) -> tuple[Mat, Mat]:
    """(c_k, c_(k-1)) at an index: the direction at the rows and at the columns of a layer."""
    rows, columns = _LAYER.rows, _LAYER.columns
    assert isinstance(rows, tuple) and isinstance(columns, tuple)
    return c(rows[1].put(_LAYER.index, at)), c(columns[1].put(_LAYER.index, at))


def neighbours(at: Affine) -> tuple[Mat, Mat]:
    """The layer that has this size as its rows, and the one that has it as its columns."""
    rows, columns = _LAYER.rows, _LAYER.columns
    assert isinstance(rows, tuple) and isinstance(columns, tuple)
    return W[at - rows[1].const], W[at - columns[1].const]


def moved(c: Direction, at: Affine) -> Mat:
    """(w_c)_k."""
    left, right = acting(c, at)
    return left * W[at] - W[at] * right


def sides(at: Affine) -> tuple[Mat, Mat]:
    """What balance sets equal at this size."""
    x, y = neighbours(at)
    return x * x.H, y.H * y


def moment(at: Affine) -> Mat:
    """G_k, their difference."""
    left, right = sides(at)
    return left - right


def metric(c: Direction, at: Affine) -> Mat:
    """H_k(c), the moment map with (w_c)_k in the place of one W_k."""
    x, y = neighbours(at)
    here, before = acting(c, x.args[1])
    after, there = acting(c, y.args[1])
    return here * x * x.H - x * before * x.H + y.H * y * there - y.H * after * y


@cache
def meanings(style: Style = TEXT) -> dict[str, str]:
    """What the letters stand for, in words or in LaTeX."""
    say = latex if style.latex else words
    c = lambda at: Mat("letter", ("c", at))
    names = MODEL.names
    runs = {names["above"]: product(_LAYER, k + 1), names["below"]: product(_LAYER, 1, k - 1)}
    found = {x: f"{style.indexed(x, k)} = {array_words(run, {}, style)}" for x, run in runs.items()}
    found["G"] = f"{say(G(k))} = {say(moment(k))}"
    found["w"] = f"{say(w('c', k))} = {say(moved(c, k))}"
    found["H"] = f"{say(H('c', k))} = {say(metric(c, k))}"
    return {x: re.sub(r"_\{(\w)\}", r"_\1", text) for x, text in found.items()}
