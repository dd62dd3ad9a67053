"""Models of so many parameters that not all entries are written out: laws in arrays, proofs by
weights, and what is said where there is no room for a search.
"""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest

from verify.discover import in_doubles
from verify.discover.bounding import BASE
from verify.discover.degrees import degrees
from verify.discover.discovery import discover
from verify.discover.in_doubles import moving
from verify.discover.laws.atoms import Inner, law, square
from verify.discover.laws.forms import summed
from verify.discover.laws.layout import Layout, at
from verify.discover.laws.quadratic import Quadratic
from verify.discover.laws.scaling import NotScaled, Weighted, Weights, still
from verify.discover.once_more import read_again
from verify.exact.errors import EnginesDisagree
from verify.trace.functions import relu, silu, softmax
from verify.trace.trace import traced


def gated(x: (3,), *, A: (3, 4), B: (4, 3), C: (4, 3)):
    return A @ (silu(B @ x) * (C @ x))


def biased(x: (3,), *, A: (4, 3), a: (4,), B: (2, 4)):
    return B @ relu(A @ x + a)


def attention(x: (2, 3), *, Q: (3, 4), K: (3, 4), V: (3, 4), O: (4, 3)):
    return softmax((x @ Q) @ (x @ K).T, axis=-1) @ (x @ V) @ O


def normed(x: (3,), *, A: (4, 3), g: (4,), B: (2, 4)):
    z = A @ x
    return B @ (g * z / np.sqrt((z * z).sum()))


def convolved(x: (2, 5), *, A: (3, 2, 2), B: (2, 3, 2)):
    one = sum(np.einsum("oc,cw->ow", A[:, :, i], x[:, i : i + 4]) for i in range(2))
    return sum(np.einsum("oc,cw->ow", B[:, :, i], relu(one)[:, i : i + 3]) for i in range(2))


MODELS = [gated, biased, attention, normed, convolved]


def _units(layout, n):
    return [(name, run, i) for name, run, m in layout.axes() if m == n for i in range(n)]


def _asked(graph):
    """Every sum of up to three squared norms of units with coefficients 1 and -1."""
    layout = Layout.of(graph.params)
    sizes = {n for _, _, n in layout.axes() if n > 1}
    for n in sorted(sizes):
        for k in (1, 2, 3):
            for some in combinations(_units(layout, n), k):
                if len({(t, r) for t, r, _ in some}) < k:
                    continue
                atoms = [square(at(layout, *u)) for u in some]
                for signs in product((1, -1), repeat=k - 1):
                    yield law(atoms, [Fraction(c) for c in (1, *signs)])


@pytest.mark.parametrize("model", MODELS, ids=lambda f: f.__name__)
def test_weights_say_of_a_law_what_states_in_doubles_say(model) -> None:
    """Those that are kept are all that stand still, and no other."""
    graph = traced(model)
    layout = Layout.of(graph.params)
    asked = list(dict.fromkeys(_asked(graph)))
    kept = still(graph, asked)
    changing = moving(graph, {x: x.form(layout) for x in asked})
    assert not kept & set(changing)
    assert set(asked) - set(changing) == kept
    assert kept


@pytest.mark.parametrize("function", ["exp", "erf", "log"])
def test_a_function_of_a_constant_0_has_no_weight_but_0(function: str) -> None:
    """A 0 has every weight; exp(0) is 1, to which nothing that is multiplied may be added."""
    ring, zero = Weights(), Weights().const(0, [0], (1,))
    assert zero.nothing and not getattr(ring, function)(0, zero).nothing
    with pytest.raises(NotScaled):
        ring.add(getattr(ring, function)(0, zero), Weighted(np.array([2]), (1,)))
    assert ring.add(zero, Weighted(np.array([2]), (1,))).w.tolist() == [2]


def test_terms_in_arrays_are_those_of_a_dictionary() -> None:
    layout = Layout.of({"A": (4, 30), "B": (30, 4)})
    a, b = at(layout, "A", (0,), 1), at(layout, "B", (1,), 2)
    c = at(layout, "A", (0,), 2)
    cases = [[(1, a, a), (-1, b, b)], [(2, a, b), (3, b, a)], [(1, a, c), (-1, c, a), (5, a, a)],
             [(1, a, b), (1, b, b), (1, a, a)], [(1, a, c), (-1, c, a)]]  # fmt: skip
    for parts in cases:
        made = Quadratic.of((x, p.flat(layout), q.flat(layout)) for x, p, q in parts)
        plain = summed((Fraction(x), Inner(p, q).terms(layout)) for x, p, q in parts)
        assert dict(made.items()) == plain and len(made) == len(plain)
        places = sorted({i for m in plain for i, _ in m})
        assert made.places.tolist() == places


def wide(x: (13000,), *, A: (20, 13000), B: (2, 20)):
    return B @ (A @ x)


def test_of_260040_parameters_the_laws_of_units_are_proved() -> None:
    found = discover(traced(wide))
    assert [(w.text, w.proved) for w in found.written] == [
        ("|A[i,:]|^2 - |B[:,i]|^2 for each i", 20)
    ]
    assert found.lower == 20 and found.upper is None
    assert any("not searched for" in x for x in found.notes)


def test_without_room_nothing_is_searched_and_the_reason_is_said() -> None:
    found = discover(traced(wide), memory=BASE)
    assert not found.written and found.upper is None and not found.complete
    assert any(
        x.startswith("no search for laws: 260040 parameters would take") for x in found.notes
    )


def _about(model, *laws):
    """What the second reading notes of laws that weights are said to prove: (c, tensor, unit)."""
    made = discover(traced(model))
    layout, made.notes = Layout.of(made.graph.params), []
    units = {"A": (0,), "B": (1,)}
    read_again(made, [law([square(at(layout, t, units[t], i)) for _, t, i in x],
                          [Fraction(c) for c, _, _ in x]) for x in laws])  # fmt: skip
    return made.notes


def linear(x: (3,), *, A: (4, 3), B: (2, 4)):
    return B @ (A @ x)


def rectified(x: (3,), *, A: (4, 3), B: (2, 4)):
    return B @ relu(A @ x)


def cubed(x: (3,), *, A: (4, 3), B: (2, 4)):
    return B @ np.exp((A @ x) ** 3)


def test_laws_by_weights_are_read_again_at_random_points() -> None:
    """B A x has the degree 3: with a slope and a law's gradient (5/p)^3 = 1.3e-26; of a piece
    2.3e-9.
    """
    balance = ((1, "A", 2), (-1, "B", 2))
    (said,) = _about(linear, balance)
    assert said.startswith("1 law proved by weights, read again at 3 points modulo 2147483647: ")
    assert said.endswith("probability at most 1e-26")
    (said,) = _about(rectified, balance)
    assert "at 32 points" in said and "a pattern of its own: what is false in one" in said
    assert said.endswith("2e-09")
    assert not _about(linear)


@pytest.mark.parametrize("model", [linear, rectified])
@pytest.mark.parametrize(
    "wrong", [((1, "A", 2), (-1, "B", 1)), ((1, "A", 2), (1, "B", 2)), ((2, "A", 0), (-1, "B", 0))]
)
def test_what_weights_prove_wrongly_is_an_internal_error(model, wrong) -> None:
    with pytest.raises(EnginesDisagree, match="weights"):
        _about(model, ((1, "A", 2), (-1, "B", 2)), wrong)


def test_degrees_bound_derivatives_as_well() -> None:
    """Of B exp(z), z = (A x)^3: the derivative by A is B e 3 (A x)^2 x, of degree 7 at most with
    any x and e; 7 <= T + B.
    """
    assert degrees(traced(cubed)) == (8, 0)
    assert degrees(traced(rectified)) is None
    assert degrees(traced(rectified), pieces=True) == (3, 0)


def test_a_note_says_that_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_doubles, "LARGE", 1)
    found = discover(traced(linear))
    assert found.complete and found.lower == 10
    assert any(x.startswith("4 laws proved by weights, read again") for x in found.notes)
