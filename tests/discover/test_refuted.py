"""False laws of the literature are refuted at an exact state, true ones never are.

The kind: a law of a neighbouring model (another normalisation of a gate, a turn by positions, step
sizes of the layers that are left out, an activation between), asked of the model at hand; and a
"witness" at the border of a pattern, where nothing has a derivative.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import arb, ctx

from tests.discover import models
from tests.discover.test_blocks import normed_keys, rotated
from tests.discover.test_proofs import FALSE, TRUE, layout, unit, units
from verify.discover.laws.atoms import Law, Total, law, square
from verify.discover.laws.layout import Layout, Part, whole
from verify.discover.laws.refute import rate_at, refuted
from verify.exact.errors import NoValue
from verify.exact.precision import precision
from verify.trace.functions import relu, sigmoid
from verify.trace.trace import traced

ONE = Fraction(1)


def scalar(x: (1,), *, a: (1,), W: (1, 1)) -> Any:  # type: ignore[syntax]
    return a * (W @ x)


def gate(x: (1,), *, W: (2, 1), E: (2,)) -> Any:  # type: ignore[syntax]
    """Two experts with the values E, a normalised sigmoid gate."""
    s = sigmoid(W @ x)
    return (s / (s[0] + s[1])) @ E


def border(x: (1,), *, u: (1,), v: (1,)) -> Any:  # type: ignore[syntax]
    return v * relu(u * x)


@pytest.mark.parametrize("model", TRUE, ids=lambda m: m.__name__)
@pytest.mark.parametrize("seed", range(2))
def test_true_laws_are_never_refuted(model: Any, seed: int) -> None:
    for one in TRUE[model]:
        assert refuted(models.graph(model), one.form(layout(model)), seed) is None


@pytest.mark.parametrize("model, laws", FALSE)
def test_false_laws_are(model: Any, laws: list[Law]) -> None:
    for one in laws:
        found = refuted(models.graph(model), one.form(layout(model)))
        assert found is not None and "its rate is" in found.text()
        again = rate_at(
            models.graph(model), one.form(layout(model)), found.values, found.losses, {}
        )
        assert again == found.rate if found.exact else not again.contains(0)


def test_the_rows_of_a_sigmoid_gate() -> None:
    """9/250, printed as conserved in the literature: w = (0, log 3), x = 1, values (0, 1) of the
    experts, half the squared error with the target 0. The two rows: 9/125 and -9/250.
    """
    g = traced(gate)
    place = Layout.of(g.params)
    with precision(200):
        three = arb(3).log()
    values = {"W": (arb(0), three), "E": (Fraction(0), ONE), "x": (ONE,)}
    rows = [Law(((ONE, Total(Part("W", (i, 0)))),)) for i in range(2)]
    both = law([a for r in rows for _, a in r.sum], [ONE, ONE])
    for one, expected in ((rows[0], "9/125"), (rows[1], "-9/250"), (both, "9/250")):
        rate = rate_at(g, one.form(place), values, (Fraction(3, 5),), {})  # the output is 3/5
        exact = Fraction(expected)
        assert (rate * exact.denominator).contains(exact.numerator) and not rate.contains(0)
        assert rate.rad() < 1e-25


def test_step_sizes_of_the_layers() -> None:
    """a^2/eta_a - W^2/eta_W is conserved, a^2 - W^2 is not."""
    g = traced(scalar)
    place, speeds = Layout.of(g.params), {"a": Fraction(2), "W": Fraction(1, 3)}
    atoms = [square(whole(place, n)) for n in ("a", "W")]
    plain, weighted = law(atoms, [ONE, -ONE]), law(atoms, [1 / speeds["a"], -1 / speeds["W"]])
    assert refuted(g, plain.form(place)) is None
    found = refuted(g, plain.form(place), speeds=speeds)
    assert found is not None and found.exact and found.rate != 0
    assert all(refuted(g, weighted.form(place), s, speeds) is None for s in range(4))


def test_the_whole_matrix_under_rotary_positions_and_norms() -> None:
    turned, keys = traced(rotated), traced(normed_keys)
    for i, j in ((0, 0), (1, 0), (2, 1)):
        (one,) = units_of(turned, {("Q", 0): 1, ("K", 0): -1}, i, j)
        assert refuted(turned, one.form(Layout.of(turned.params))) is not None
    (one,) = units_of(keys, {("Q", 0): 1, ("K", 0): -1}, 0, 0)
    assert refuted(keys, one.form(Layout.of(keys.params))) is not None


def units_of(g: Any, c: dict[tuple[str, int], int], i: int, j: int) -> list[Law]:
    return [unit(dict(g.params), c, i, j)]


def test_no_witness_at_the_border_of_a_pattern() -> None:
    """At u x = 0 the ReLU has no derivative: a rate there would be made up."""
    g = traced(border)
    place = Layout.of(g.params)
    form = law([square(whole(place, n)) for n in ("u", "v")], [ONE, -ONE]).form(place)
    assert all(refuted(g, form, s) is None for s in range(10))
    values = {"u": (Fraction(0),), "v": (ONE,), "x": (ONE,)}
    with pytest.raises(NoValue, match="border"):
        rate_at(g, form, values, (ONE,), {})


def test_the_precision_of_the_caller_stays() -> None:
    before = ctx.prec
    (one,) = units(models.swiglu, {("A", 1): 1, ("B", 0): -1}, [(0, 0)])
    assert refuted(models.graph(models.swiglu), one.form(layout(models.swiglu))) is not None
    assert ctx.prec == before
