"""What proof and second reading share, the variables of a model, is not taken at its word.

The kind: a fault where the model is written out (patterns of different arguments as one, a factor
in a root, an exponential or a divisor lost), with which both readings accept a false law. Each is
planted; the law that it makes true is said to be none. Other cases of the kind: an axis lost in a
product, a function written for its neighbour. And what is 0 only after divisors are multiplied out
(the shares of softmax sum to 1), which no step saw.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from verify.discover import in_doubles
from verify.discover.discovery import discover
from verify.discover.house import shaped
from verify.discover.in_doubles import moving, proofs
from verify.discover.laws.atoms import Law, Total
from verify.discover.laws.layout import Layout, Part
from verify.discover.laws.scalars import Scalars
from verify.discover.laws.writing_out import Ring
from verify.exact.errors import EnginesDisagree
from verify.trace.functions import relu, rms_norm, sigmoid, softmax
from verify.trace.graph import Graph
from verify.trace.trace import traced


def model(f: Any, g: Any) -> Graph:
    """u f(w x) + v g(w x)."""
    body = lambda x, *, u, v, w: u * f(w @ x) + v * g(w @ x)
    return traced(shaped(body, {"x": (2,)}, {"u": (), "v": (), "w": (2,)}))


def linear(a: int, b: int) -> Law:
    """a u + b v."""
    return Law(((Fraction(a), Total(Part("u", ()))), (Fraction(b), Total(Part("v", ())))))


EXP, ROOT, INV, ERF = Scalars.exp_of, Scalars.sqrt_of, Scalars.inv_of, Ring.erf
#: what is planted, a model, a false law that follows
PLANTED: dict[str, tuple[type, str, Any, Graph, Law]] = {
    "patterns": (Scalars, "pattern_of", lambda s, key: PATTERN(s, "one"),
                 model(relu, lambda z: relu(-z)), linear(1, 1)),
    "exponents": (Scalars, "exp_of", lambda s, x: EXP(s, (1, x[1])),
                  model(lambda z: np.exp(2 * z), np.exp), linear(1, -1)),
    "radicands": (Scalars, "sqrt_of", lambda s, x: ROOT(s, (1, x[1])),
                  model(lambda z: np.sqrt(4 + 4 * z * z), lambda z: np.sqrt(1 + z * z)),
                  linear(1, -1)),
    "divisors": (Scalars, "inv_of", lambda s, x: (x[0], INV(s, x)[1]),
                 model(lambda z: 1 / (2 + 2 * z * z), lambda z: 1 / (1 + z * z)), linear(1, -2)),
    "signs": (Ring, "neg", lambda ring, a: a, model(lambda z: -z, lambda z: z), linear(1, -1)),
}  # fmt: skip
PATTERN = Scalars.pattern_of


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str, monkeypatch: Any) -> None:
    where, name, wrong, graph, false = PLANTED[fault]
    layout = Layout.of(graph.params)
    assert false in proofs(graph, layout, [false]).reasons
    monkeypatch.setattr(where, name, wrong)
    with pytest.raises(EnginesDisagree, match="is wrong"):
        proofs(graph, layout, [false])
    monkeypatch.setattr(in_doubles, "refuted", lambda *given: None)
    assert "in doubles" in proofs(graph, layout, [false]).reasons[false]


def test_what_moves_in_doubles_is_seen_and_nothing_else() -> None:
    for _, _, _, graph, false in PLANTED.values():
        form = false.form(Layout.of(graph.params))
        assert moving(graph, {"false": form})["false"] > 1e-3
    d = discover(model(lambda z: sigmoid(5 * z), lambda z: sigmoid(-5 * z)))
    assert not moving(d.graph, {x: x.form(d.layout) for w in d.written for x in w.laws})


ROUNDED = {
    "sigmoids that sum to one": lambda x, *, u, w: u * (sigmoid(w @ x) + sigmoid(-(w @ x))),
    "softmax of one": lambda x, *, u, w: u * np.sum(softmax(np.stack([w @ x, w @ x + 1]))),
    "large and small": lambda x, *, u, w: u * np.exp(9 * (w @ x)) / np.exp(9 * (w @ x)) + w[0] / 9,
}


@pytest.mark.parametrize("name", ROUNDED)
def test_what_is_rounding_refutes_nothing(name: str) -> None:
    """Gradients that are 0, and 1e-17 in doubles: w stands still, or w[1] does and u - 9 w[0]."""
    d = discover(traced(shaped(ROUNDED[name], {"x": (2,)}, {"u": (), "w": (2,)})))
    assert d.complete and d.lower == 2, [w.reason for w in d.written]


SHARES = {
    "of a sum": lambda x, *, A, b: A @ softmax(x) + b,
    "before a norm": lambda x, *, A, b, C: rms_norm(C @ (A @ softmax(x) + b)),
    "before a logarithm": lambda x, *, A, b: np.log(1 + (A @ softmax(x) + b) ** 2),
    "of a gate": lambda x, *, A, b: A @ np.stack([sigmoid(x[0]), sigmoid(-x[0])]) + b,
}


@pytest.mark.parametrize("place", SHARES)
@pytest.mark.parametrize("units", (2, 3))
def test_shares_that_sum_to_one(place: str, units: int) -> None:
    """W's row sums less b are conserved: W p + b with the shares p."""
    params = {"A": (units, 2), "b": (units,)} | ({"C": (2, units)} if "norm" in place else {})
    d = discover(traced(shaped(SHARES[place], {"x": (2,)}, params)))
    assert d.found == d.lower >= units and d.complete, [w.reason for w in d.written]
