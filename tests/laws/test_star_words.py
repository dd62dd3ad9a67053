"""Laws of the normal forms of words, on random expressions; the other side is the value at a random
point modulo a prime.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.star_table import INNER
from verify.claims.conclusions.of_matrices import Obligation
from verify.exact.errors import NotGeneric
from verify.models.matrices import Matrices
from verify.models.motions import Still
from verify.terms.affine import N, affine, index, k
from verify.terms.letters import Letter, theory
from verify.terms.matrices import A, B, G, H, Mat, P, W, X, const, letter, num, total, tr, w
from verify.theories.words.element import add, marked, scaled
from verify.theories.words.expand import Expander
from verify.theories.words.gate_points import PRIME, Drawn
from verify.theories.words.gate_values import Values
from verify.theories.words.sizes import sort

OWN = (*INNER, Letter("h", "k", "k", "inner", form="hermitian"))
SETTING = Matrices(Still(), letters=OWN)
THEORY = SETTING.theory()
EXPANDER = Expander(THEORY)
FREE = {"k": (1, 1)}
#: unequal sizes; one number per layer; all square; hidden layers that are too narrow
POINTS = [
    Drawn(d, seed=n) for n, d in enumerate(((2, 3, 1, 4), (1, 1, 1, 1), (2, 2, 2, 2), (3, 1, 1, 3)))
]
a, b, h = (lambda i, n=n: Mat("letter", (n, i)) for n in "abh")

#: what maps the space of layer k to itself
LOOPS = st.sampled_from(
    [
        W[k] * W[k].H,
        W[k + 1].H * W[k + 1],
        G(k),
        a(k),
        b(k),
        h(k),
        H("a", k),
        B[k + 1] * B[k + 1].H,
        A[k].H * A[k],
        A[k].H * X * B[k + 1].H,
        A[k].H * P * B[k + 1].H,
        W[k] * a(k - 1) * W[k].H,
        w("b", k) * W[k].H,
        W[k + 1].H * b(k + 1) * W[k + 1],
        const("kappa") * a(k),
    ]
)
MARKS = st.sampled_from(["H", "T", "C"])


def grown(inner: st.SearchStrategy[Mat]) -> st.SearchStrategy[Mat]:
    """x* keeps the rows; x^T and conj x fit beside other letters too, for layer k has one size."""
    return st.one_of(
        st.builds(lambda x, y: x + y, inner, inner),
        st.builds(lambda x, y: x * y, inner, inner),
        st.builds(lambda m, x: Mat("mark", (m, x)), MARKS, inner),
        st.builds(lambda c, x: num(c) * x, st.integers(-2, 2), inner),
    )


EXPRESSIONS = st.recursive(LOOPS, grown, max_leaves=4)
LAWS = settings(max_examples=60, deadline=None, derandomize=True)


def normal(e: Mat, free: dict | None = None) -> dict:
    return EXPANDER.normal(e, FREE if free is None else free)


def at_points(e: Mat, layers: tuple[int, ...] = (1, 2)) -> list:
    """Values at every point and layer, 0 for a zero matrix."""
    found = []
    for drawn in POINTS:
        values = Values(SETTING, drawn, sort(SETTING, (), Obligation("", e)))
        for i in layers:
            value = values.value(e, {"k": i})
            found.append(value if isinstance(value, int) or any(value.entries()) else 0)
    return found


def is_zero(e: Mat) -> bool:
    return all(isinstance(x, int) and x == 0 for x in at_points(e))


@LAWS
@given(EXPRESSIONS, EXPRESSIONS)
def test_normal_forms_add(x: Mat, y: Mat) -> None:
    assert normal(x + y) == add(normal(x), normal(y))
    assert normal(num(3) * x) == scaled(normal(x), num(3).args[0])


@LAWS
@given(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS)
def test_products_are_associative_and_distribute(x: Mat, y: Mat, z: Mat) -> None:
    assert normal((x * y) * z) == normal(x * (y * z))
    assert normal(x * (y + z)) == normal(x * y + x * z)


@LAWS
@given(EXPRESSIONS, EXPRESSIONS, MARKS)
def test_marks_are_involutions_and_turn_products(x: Mat, y: Mat, mark: str) -> None:
    once = Mat("mark", (mark, x))
    assert normal(Mat("mark", (mark, once))) == normal(x)
    assert marked(marked(normal(x), mark, THEORY), mark, THEORY) == normal(x)
    turned = Mat("mark", (mark, y))
    expected = once * turned if mark == "C" else turned * once
    assert normal(Mat("mark", (mark, x * y))) == normal(expected)
    assert normal(x.H.T) == normal(Mat("mark", ("C", x)))


@LAWS
@given(EXPRESSIONS, EXPRESSIONS, MARKS)
def test_the_trace_is_cyclic_and_real(x: Mat, y: Mat, mark: str) -> None:
    assert normal(tr(x * y)) == normal(tr(y * x))
    assert normal(tr(Mat("mark", (mark, x)))) == normal(tr(x))


@LAWS
@given(EXPRESSIONS, st.integers(-2, 2))
def test_sums_may_be_shifted(x: Mat, by: int) -> None:
    """sum_(k = 1..N-1) x_k = sum_(p = 1 + by .. N-1+by) x_(p - by)."""

    q = index("p")
    plain = total(tr(x).put("k", q), 1, N - 1)
    shifted = total(tr(x).put("k", q - by), 1 + by, N - 1 + by)
    assert normal(plain, {}) == normal(shifted, {})


@LAWS
@given(EXPRESSIONS, EXPRESSIONS)
def test_equal_normal_forms_have_equal_values(x: Mat, y: Mat) -> None:
    """And so, where the values differ at one point, do the normal forms."""
    assert (normal(x) == normal(y)) <= is_zero(x - y)
    assert (normal(tr(x)) == normal(tr(y))) <= is_zero(tr(x) - tr(y))


@LAWS
@given(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS)
def test_the_same_thing_written_twice(x: Mat, y: Mat, z: Mat) -> None:
    """Both sides of a law, so that equal normal forms do occur."""
    for left, right in ((x * (y + z), x * y + x * z), ((x * y).H, y.H * x.H)):
        assert normal(left) == normal(right) and is_zero(left - right)


@LAWS
@given(EXPRESSIONS)
def test_a_sum_over_layers_has_the_value_of_its_terms(x: Mat) -> None:

    whole = total(tr(x).put("k", index("p")), 1, N - 1)
    for found, first, second in zip(
        at_points(whole, (1,)), at_points(tr(x), (1,)), at_points(tr(x), (2,)), strict=True
    ):
        assert found == (first + second) % PRIME


def zero_normal(e: Mat) -> bool:
    return normal(e) == {}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (W[k] * a(k - 1), a(k) * W[k]),
        (W[k].H, W[k].T),
        (A[k] * B[k + 1], X.H),
        (tr(W[k] * W[k].H * G(k)), tr(W[k + 1].H * W[k + 1] * G(k))),
        (h(k).T, h(k)),
        (H("a", k).H, H("a", k)),
        (tr(a(k) * b(k)), tr(a(k).H * b(k))),
    ],
)
def test_different_things_have_different_normal_forms(left: Mat, right: Mat) -> None:
    assert not zero_normal(left - right)


def test_the_defined_products() -> None:
    assert normal(A[k] * W[k]) == normal(A[k - 1])
    assert normal(W[k] * B[k]) == normal(B[k + 1])
    assert normal(A[k] * W[k] * B[k]) == normal(X) == normal(A[k] * B[k + 1])
    assert normal(h(k).H) == normal(h(k)) and normal(h(k).T) == normal(Mat("mark", ("C", h(k))))
    assert normal(A[N] * B[1], {}) == normal(num(1), {})


def test_vanishing_ends() -> None:
    assert normal(G(0), {}) == normal(G(N), {}) == {}
    assert normal(a(N - N), {}) == {}
    with pytest.raises(NotGeneric):
        Expander(theory(())).normal(tr(num(1)) * tr(num(1)), {})


def test_the_trace_of_an_identity_is_a_size() -> None:
    """Tr A_N = d_N and Tr B_1 = d_0: both are empty words, and they are not equal. Neither are Tr
    M^0 and Tr S^0.
    """
    ends = tr(A[N]) - tr(B[1])
    with pytest.raises(NotGeneric, match="size"):
        normal(ends, {})
    assert any(at_points(ends, (1,)))
    roots = Expander(theory((Letter("M", "N", "N", form="positive"),)))
    with pytest.raises(NotGeneric, match="size"):
        roots.normal(tr(letter("M") * letter("M") ** -1), {})


SUMMANDS = {
    "moments": lambda q: tr(G(q) * G(q)),
    "directions": lambda q: tr(w("a", q).H * w("a", q)),
    "metric": lambda q: tr(H("a", q).H * a(q)),
    "layers": lambda q: tr(W[q].H * W[q]),
    "products": lambda q: tr(A[q] * W[q] * B[q] * X.H),
}


@pytest.mark.parametrize("name", SUMMANDS)
def test_a_sum_less_its_ends(name: str) -> None:
    """sum over 1..N = first + sum over 2..N-1 + last, and the normal form knows it; not so with one
    end forgotten.
    """
    f, deep = SUMMANDS[name], Expander(theory((*THEORY.letters.values(),), least_depth=3))
    p = index("p")
    ends = f(affine(1)) + f(N)
    gap = total(f(p), 1, N) - total(f(p), 2, N - 1) - ends
    assert deep.normal(gap, {}) == {} and is_zero_once(gap)
    lost = total(f(p), 1, N - 1) - total(f(p), 2, N - 1)
    assert deep.normal(lost, {}) != {} and not is_zero_once(lost)


def is_zero_once(e: Mat) -> bool:
    return not any(at_points(e, (1,)))
