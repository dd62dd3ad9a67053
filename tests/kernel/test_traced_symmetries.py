"""The kernel reads laws that hold of losses with declared symmetries.

The kind: a law that some loss with these symmetries breaks: outputs that move otherwise than along
the motions, motions other than those that are said, more of them than a loss can have. What is
accepted is tested once more in doubles, with gradients that are orthogonal to the motions.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from tests.kernel.mutants import mutant
from tests.kernel.read import answer
from tests.kernel.traced import _slope, accepted, changed, graph, refused
from verify.discover import house
from verify.discover.certificate import asked
from verify.discover.discovery import discover
from verify.discover.symmetry import with_symmetry
from verify.kernel.traced.modular import Source
from verify.kernel.traced.symmetries import _seed
from verify.trace.functions import silu
from verify.trace.graph import Graph
from verify.trace.numbers import FLOATS
from verify.trace.trace import traced


def logits(x: (2,), *, U: (2, 2), W: (3, 2), b: (3,)) -> Any:  # type: ignore[syntax]
    return W @ silu(U @ x) + b


def scaled(x: (2,), *, W: (2, 2)) -> Any:  # type: ignore[syntax]
    """Entries of the outputs are numbers times variables."""
    return -3 * (W @ x)


LINEAR = traced(house.linear(3, 2, 3))
#: (model, symmetry, its laws, those that hold of every loss): of W1 and W2 the balance, 3; scale:
# |W2|^2; a shift: the sums of the columns of W2, or of W and b, U is seen
CASES: dict[str, tuple[Graph, str, int, int]] = {
    "scale": (LINEAR, "dv = v", 4, 3),
    "shift": (LINEAR, "dv = 1", 5, 3),
    "turn": (LINEAR, "dv[0] = -v[1], dv[1] = v[0]", 3, 3),
    "both": (LINEAR, "dv[0] = v[0], dv[1] = 2*v[1]", 4, 3),
    "softmax": (traced(logits), "dv = 1", 3, 0),
    "scaled": (traced(scaled), "dv = v", 1, 0),
    "broken": (traced(house.linear(2, 2, 2)), "dv = 3/2*v", 4, 3),
}


@cache
def _text(name: str) -> str:
    model, symmetry, _, _ = CASES[name]
    kernel = asked(discover(with_symmetry(model, symmetry)))
    assert kernel.sentence and not kernel.counts, kernel.reason
    return kernel.text


def certified(name: str) -> Any:
    return json.loads(_text(name))


def drifts(data: Any, seed: int, free: bool = False) -> list[float]:
    """|grad h . J^T g| of each law for a random g that is orthogonal to the motions at the outputs
    (``free``: for any g), by its own scale.
    """
    model, random = graph(data), np.random.default_rng(seed)
    values = {n: random.uniform(0.4, 1.3, s) * random.choice([-1, 1], s)
              for n, s in {**model.params, **model.inputs}.items()}  # fmt: skip
    places = model.run(FLOATS, values)
    (y,) = (np.ravel(x) for x in model.results(places))
    g = random.normal(size=y.size)
    rows = [[sum(float(Fraction(c)) * (y[i] if i >= 0 else 1) for c, i in row) for row in motion]
            for motion in data["symmetry"]]  # fmt: skip
    basis, _ = np.linalg.qr(np.array(rows).T)
    g = g if free else g - basis @ (basis.T @ g)
    field = model.gradient(FLOATS, places, [g.reshape(np.shape(model.results(places)[0]))])
    flat = np.concatenate([np.ravel(field[n]) for n in model.params])
    at = np.concatenate([np.ravel(values[n]) for n in model.params])
    slopes = [_slope(law["sum"], model, at) for law in data["laws"]]
    return [abs(float(x @ flat)) / np.linalg.norm(x) / np.linalg.norm(flat) for x in slopes]


@pytest.mark.parametrize("name", CASES)
def test_laws_of_losses_with_symmetries(name: str) -> None:
    _, _, every, plain = CASES[name]
    data = certified(name)
    said = accepted(data)
    assert len(data["laws"]) == every and "count" not in data
    assert "of every sum of losses, each of the outputs (y0, y1, .. entry by entry) at" in said
    assert "every loss of its outputs" not in said and "no others" not in said
    assert sum("unseen" in law for law in data["laws"]) == every - plain
    assert max(x for seed in range(3) for x in drifts(data, seed)) < 1e-12
    free = [max(xs) for xs in zip(*(drifts(data, seed, True) for seed in range(3)), strict=True)]
    assert [x > 1e-3 for x in free] == ["unseen" in law for law in data["laws"]]


@pytest.mark.parametrize("name", ["scale", "softmax", "shift"])
def test_a_change_anywhere_is_refused_or_says_so(name: str) -> None:
    """Of all accepted ones the sentence differs, or only a step does; and what is then said is
    true in doubles.
    """
    data = certified(name)
    said, different = accepted(data), 0
    for seed in range(200):
        path, new = mutant(data, seed)
        code, other = answer(new)
        if code or new == data:
            continue
        different += other != said
        assert other != said or "moves" in path or "unseen" in path, path
        assert max(drifts(new, seed), default=0) < 1e-8
    assert different


def test_how_they_read() -> None:
    assert "constant along (y0' = y0, y1' = y1, y2' = y2), on all data" in accepted(
        certified("scale")
    )
    assert "along (y0' = 1, y1' = 1, y2' = 1), on" in accepted(certified("shift"))
    assert "along (y0' = -y1, y1' = y0), on" in accepted(certified("turn"))
    assert "(y0' = 3/2 y0, y1' = 3/2 y1), on" in accepted(certified("broken"))


def test_forgeries_are_refused() -> None:
    data = certified("scale")
    last = next(k for k, law in enumerate(data["laws"]) if "unseen" in law)
    amount = lambda to: changed(data, "laws", last, "unseen", to=to)
    for made, why in (
        ({k: x for k, x in data.items() if k != "symmetry"}, "unknown field 'unseen'"),
        (changed(data, "symmetry", 0, 0, 0, 0, to="2"), "an output moves"),
        (changed(data, "symmetry", 0, 1, to=[]), "an output moves"),
        (changed(data, "symmetry", 0, 0, 0, 1, to=1), "an output moves"),
        (changed(data, "symmetry", 0, 0, 0, 1, to=-1), "an output moves"),
        (amount([[["3", []]]]), "an output moves"),
        (amount([[["-2", []]]]), "an output moves"),
        (amount([[["2", [0]]]]), "an output moves"),
        (amount([[]]), "an output moves"),
        (amount([]), "expected 1 entries"),
        (amount([[["2", []]], [["2", []]]]), "expected 1 entries"),
        (amount([[["0", []]]]), "a factor that is 0"),
        (changed(data, "laws", 0, "unseen", to=[[["1", []]]]), "an output moves"),
        (changed(data, "symmetry", 0, 0, 0, 1, to=3), "no such output"),
        (changed(data, "symmetry", 0, 0, 0, 0, to="0"), "stands there twice"),
        (changed(data, "symmetry", 0, 0, to=[["1", 0], ["1", 0]]), "stands there twice"),
        (changed(data, "symmetry", 0, to=data["symmetry"][0][:2]), "expected 3 entries"),
        (changed(data, "symmetry", to=[]), "no motion"),
        (changed(data, "symmetry", to=[[[], [], []]]), "no motion"),
        (data | {"count": {"prime": "2147483647", "rank": 8, "brackets": 1}}, "of every loss"),
    ):  # fmt: skip
        assert why in refused(made), why


def test_a_loss_sees_something() -> None:
    """Along motions in all directions it is constant, and so is everything: nothing is said."""
    data = certified("scale")
    each = [[[["1", -1]] if i == k else [] for i in range(3)] for k in range(3)]
    bare = [{k: x for k, x in law.items() if k != "unseen"} for law in data["laws"]]
    assert "none of the outputs is seen" in refused(data | {"symmetry": each, "laws": bare[:3]})
    assert "constant along (y0' = 1) and along (y1' = 1)" in accepted(
        data | {"symmetry": each[:2], "laws": [x for x in bare if len(x["sum"]) > 4][:1]}
    )


def _bare(motions: Any, law: Any, **program: Any) -> Any:
    """y = -w, where each y_k moves with w_k alone."""
    read, minus = {"op": "param", "name": "w"}, {"op": "neg", "args": [0]}
    traced = {"params": {"w": [len(motions[0])]}, "inputs": {}, "nodes": [read, minus],
              "outputs": [1]} | program  # fmt: skip
    frame = {"format": "flowlaw-certificate", "version": 2, "traced": traced}
    return frame | {"symmetry": motions, "laws": [law]}


def _first(name: str, unseen: Any) -> Any:
    return {"sum": [["1", {name: 1}]], "moves": [], "unseen": unseen}


ALONG = [["-1", []]]  # y_k moves by -1 times the motion that is 1 there


@pytest.mark.parametrize("third, accepts", [([["1", 1]], False), ([["1", -1]], True), ([], True)])
def test_motions_whose_brackets_leave_nothing_are_refused(third: Any, accepts: bool) -> None:
    """The kind: losses that are constant, so that all is conserved and nothing is said. Along
    (1, 0, y1) and (0, 1, 0), of rank 2, a loss is constant along their bracket (0, 0, -1) as well;
    (1, 0, 1) and (0, 1, 0) commute.
    """
    motions = [[[["1", -1]], [], third], [[], [["1", -1]], []]]
    data = _bare(motions, _first("w[1]", [[], ALONG]))
    assert ("w[1]" in accepted(data)) if accepts else ("not closed under" in refused(data))


@pytest.mark.parametrize("number", ["2147483647", "4294967294", "-2147483647/3"])
def test_motions_are_no_fewer_modulo_a_prime(number: str) -> None:
    """(1, 0) and (0, p) move the outputs in all directions."""
    motions = [[[["1", -1]], []], [[], [[number, -1]]]]
    assert "none of the outputs is seen" in refused(_bare(motions, _first("w[0]", [ALONG, []])))


def test_who_writes_motions_does_not_choose_the_point() -> None:
    """(1, 0) and (0, y1 - c) have rank 1 where y1 = c alone. c is drawn as the reader draws y, from
    motions with another c.
    """
    at = lambda c: [[[["1", -1]], []], [[], [["1", 1], [str(-c), -1]]]]
    guess = 32863702
    for _ in range(20):
        assert "none of the outputs" in refused(_bare(at(guess), _first("w[0]", [ALONG, []])))
        source = Source(_seed(at(guess)))
        guess = [1 + source.below(2**44) for _ in range(2)][1]


def test_a_tensor_moves() -> None:
    """Of y = (-w, -w) losses of y0 - y1 see nothing; of y = (-w, -2 w) they see w."""
    both = [[[["1", -1]], [["1", -1]]]]
    for twice, why in ((1, "nothing moves"), (2, "an output moves along the law")):
        more = {"op": "einsum", "args": [0, 2], "spec": "a,->a"}
        const = {"op": "const", "args": [], "shape": [], "values": [str(-twice)]}
        nodes = [{"op": "param", "name": "w"}, {"op": "neg", "args": [0]}, const, more,
                 {"op": "concat", "args": [1, 3], "axis": 0}]  # fmt: skip
        model = {"params": {"w": [1]}, "nodes": nodes, "outputs": [4]}
        assert why in refused(_bare(both, _first("w[0]", [ALONG]), **model))


def test_an_output_has_its_name_alone() -> None:
    """y0 + y1 of a tensor y0 would be read as a sum of outputs."""
    both = [[[["1", -1]], [["1", -1]]]]
    model = {"params": {"y0": [2]}, "nodes": [{"op": "param", "name": "y0"},
                                              {"op": "neg", "args": [0]}]}  # fmt: skip
    law = {"sum": [["1", {"y0[0]": 1}], ["1", {"y0[1]": 1}]], "moves": [], "unseen": [ALONG]}
    assert "the name of an output" in refused(_bare(both, law, **model))
    same = json.loads(json.dumps(_bare(both, law, **model)).replace("y0", "u"))
    assert "u[0] + u[1]" in accepted(same)


def test_an_amount_is_read_as_steps_are() -> None:
    """Along dv = 1 the outputs move by a hidden unit, an entry that is shown."""
    data = certified("shift")
    at = [k for k, law in enumerate(data["laws"]) if "unseen" in law]
    one, two = (data["laws"][k]["unseen"] for k in at)
    assert one != two
    assert "an output moves" in refused(changed(data, "laws", at[0], "unseen", to=two))
    assert "no such entry" in refused(changed(data, "laws", at[0], "unseen", 0, 0, 1, to=[999]))
