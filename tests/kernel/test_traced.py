"""Certificates of ``verify discover``: laws and count that the kernel checks by itself.

Expected counts are those of the theory: balancedness of linear layers is D - dim of the orbit,
n_1 (n_1 + 1)/2 for each hidden layer that is no bottleneck; one law for each hidden unit of relu
and SwiGLU; L - 1 for each coordinate of a diagonal network. The laws are evaluated once more, in
doubles, by another gradient than the kernel's.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from scipy.special import erf

from tests import trained
from tests.kernel.traced import accepted, centred, certified, changed, drifts, gelu_gate, refused
from verify.discover.certificate import asked
from verify.discover.discovery import discover
from verify.discover.shown import program as written
from verify.kernel.traced.effort import Effort
from verify.kernel.traced.machine import Machine
from verify.kernel.traced.modular import Source
from verify.kernel.traced.program import program
from verify.trace.functions import rms_norm, softmax
from verify.trace.record import Traced
from verify.trace.trace import traced

COUNTS = {
    "linear 2,2": 0, "linear 2,3,2": 6, "linear 2,2,2,2": 6, "linear 3,4,5,2": 25,
    "product 2,2,2": 3, "relu 2,3,2": 3, "relu 2,4,3,3,2": 10, "linear-biases 3,3,2": 6,
    "diagonal 2,3": 3,
    "diagonal 4,3": 9, "signed-power 2,2": 2, "signed-power 3,2": 2, "circular 2,3": 2,
    "convolution 3,2,2": 2, "factorisation 2,3": 2, "tied 2": 0, "residual 2": 3,
    "quadratic-activation 2,2": 2, "cp 3,2,2": 4, "swiglu 3,2,1": 3, "attention 2,2,2": 6,
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_the_models_of_the_house(name: str) -> None:
    data = certified(name)
    said = accepted(data)
    assert len(data["laws"]) == COUNTS[name]
    size = sum(int(np.prod(s)) for s in data["traced"]["params"].values())
    assert f"have rank {size - COUNTS[name]} = {size} - {COUNTS[name]} at a point" in said
    assert "Counted by the kernel" in said
    assert not data["laws"] or drifts(data) < 1e-9


def test_what_no_law_is_written_for_is_not_counted() -> None:
    """[1,2,2,1]: 6 of 7 are written, which is all that is certified."""
    data = certified("linear 1,2,2,1")
    assert "count" not in data and len(data["laws"]) == 6
    said = accepted(data)
    assert "Nothing is said of other laws" in said and "no others" not in said
    count = {"prime": "2147483647", "rank": 2, "brackets": 0}
    assert "rank 1, not 2" in refused(data | {"count": count})
    assert "fewer than 8" in refused(data | {"count": count | {"rank": 1}})


#: laws by theory: balance weighted by rates; under diag(theta), x = y^2/4 is gradient flow of y, so
# that sums of entries take the place of squares: one for each hidden unit
FLOWS = {
    ("linear 2,3,2", "W1=2,W2=1/3"): 6, ("linear 2,2,2,2", "W2=5"): 6,
    ("relu 2,3,2", "W1=1/2"): 3, ("swiglu 3,2,1", "A=3"): 3, ("linear 2,2,2", "diagonal"): 2,
    ("diagonal 2,3", "diagonal"): 3, ("attention 2,2,2", "diagonal"): 4,
}  # fmt: skip


@pytest.mark.parametrize(("name", "flow"), FLOWS)
def test_other_flows(name: str, flow: str) -> None:
    data, laws = certified(name, flow=flow), FLOWS[name, flow]
    said = accepted(data)
    assert len(data["laws"]) == laws and drifts(data) < 1e-9
    assert said.count("nder the flow ") == 2
    assert "There are no others" in said and "gradients times the rates" in said
    plain = certified(name)
    others = plain | {"traced": data["traced"]}
    assert max(drifts(others, seed) for seed in range(4)) > 1e-3
    assert "law 1" in refused(others)
    assert "law 1" in refused(data | {"traced": plain["traced"]})


def test_a_flow_is_read_strictly() -> None:
    data = certified("linear 2,3,2", flow="W1=2,W2=1/3")
    for name, rate, why in (
        ("W1", ["3", 0], "does not move"), ("W1", ["2", 1], "does not move"),
        ("W1", ["0", 0], "not above 0"), ("W1", ["-2", 0], "not above 0"), ("W1", ["2"], "flow"),
        ("W1", ["2", 9], "not read"), ("W1", [2, 0], "text"), ("x", ["1", 0], "unknown field"),
    ):  # fmt: skip
        flow = data["traced"]["flow"] | {name: rate}
        assert why in refused(changed(data, "traced", "flow", to=flow))
    assert "missing" in refused(changed(data, "traced", "flow", to={"W1": ["2", 0]}))


def test_a_gate_is_counted_on_the_whole_space_and_held_on_each_region() -> None:
    said = accepted(certified("relu 2,3,2"))
    assert "on each activation region" in said and "analytic on the whole space" in said
    assert "on one activation region there can be more laws" in said
    assert "activation" not in accepted(certified("linear 2,3,2"))


def chosen(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """u w x where the gate is open, v where it is shut: of |w|^2 - u^2 and v the first is left."""
    return np.where(np.maximum(w @ x, 0) > 0, u * (w @ x), v)


def test_a_gate_of_what_is_0_behind_a_shut_one_is_shut() -> None:
    """Not at a tie: else the piece in which v moves is never seen, and the count is refused."""
    data = certified(chosen)
    assert len(data["laws"]) == 1 and "have rank 3 = 4 - 1" in accepted(data)


def beside(x: (2,), *, u: (), b: ()) -> Any:  # type: ignore[syntax]
    """u' = -2 u g and b' = -g: log|u| - 2 b is all."""
    return u**2 + b


def both_ends(x: (3,), *, a: (3,), u: ()) -> Any:  # type: ignore[syntax]
    """The largest, and the least of the opposite numbers: one choice, one law |a|^2 - u^2."""
    return u * np.max(a * x) - 2 * u * np.min(-a * x)


def test_an_equal_choice_is_one_variable() -> None:
    data = certified(both_ends)
    assert len(data["laws"]) == 1 and "There are no others" in accepted(data)
    assert drifts(data) < 1e-9


def two_scales(x: (1,), *, a: (), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """erf a x and erf 2 a x, whose densities are related: E and E^4."""
    return u * erf(a * x[0]) + v * erf(2 * a * x[0])


def test_a_density_is_no_power_of_another() -> None:
    """The kernel does not count them, and refuses nothing."""
    kernel = asked(discover(traced(two_scales)))
    assert not kernel.refused and "not independent" in kernel.reason


def test_an_input_that_the_model_does_not_use_is_left_out() -> None:
    data = certified(beside)
    assert data["traced"]["inputs"] == {} and len(data["laws"]) == 1
    assert "have rank 1 = 2 - 1" in accepted(data)


def test_a_divisor_is_printed() -> None:
    said = accepted(certified("signed-power 3,2"))
    assert "u[0]^(-1) + v[0]^(-1)   (while u[0] != 0, v[0] != 0)" in said


def related(x: (2,), *, W: (2, 2), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """One function of x twice: arguments of exp are dependent."""
    shares = np.exp(W @ x) / np.sum(np.exp(W @ x))
    return u * shares[0] + v / (1 + np.exp((W[1] - W[0]) @ x))


def doubled(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    return u * np.exp(w @ x) ** 2 + v * np.exp(2 * (w @ x))


def shifted(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    return u * np.exp(w @ x) + v * np.exp(w @ x + 1)


def held(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """The arguments differ by a function of the tensors: at one point their ratio is a number."""
    return u * np.exp(w @ x) + v * np.exp(w @ x + w[0] * w[1])


def absolute(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """exp(z) in one pattern, exp(-z) in the other."""
    return u * np.exp(np.abs(w @ x)) + v * np.exp(w @ x)


@pytest.mark.parametrize("model", [related, doubled, shifted, held, absolute])
def test_related_exponentials_are_not_counted(model: Any) -> None:
    """The kind: values of exp that are taken for independent and are not (equal, opposite,
    multiple, summed arguments, those that differ by a constant or by a function of the tensors).
    Whatever count is claimed of such a model is not the kernel's.
    """
    data = certified(model, as_it_is=True)
    size = sum(int(np.prod(s)) for s in data["traced"]["params"].values())
    for laws in range(len(data["laws"]) + 1):
        for brackets in range(3):
            count = {"prime": "2147483647", "rank": size - laws, "brackets": brackets}
            forged = changed(data, "laws", to=data["laws"][:laws]) | {"count": count}
            assert "arguments of exp" in refused(forged)


def of_logs(f: Any) -> Any:
    """u f(z, y)[0] + v f(z, y)[1] with z, y > 0 that depend on the input."""

    def model(x: (2,), *, w: (2,), q: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
        one, two = f(1 + (w @ x) ** 2, 1 + (q @ x) ** 2, w)
        return u * one + v * two + q @ x

    return model


def as_it_is(op: str) -> Any:
    """A node as it is written: the tracer writes logarithms of products as sums."""
    plain = getattr(np, op)
    return lambda z: z.recorder.push(op, (z.place,), z.shape) if isinstance(z, Traced) else plain(z)


log, exp = as_it_is("log"), as_it_is("exp")
#: pairs of logarithms that are related: their product, quotient, power, one up to a constant or to
# a function of the tensors, and one that undoes exp
LOGS = {
    "equal": lambda z, y, w: (log(z) + log(y), log(z * y)),
    "divided": lambda z, y, w: (log(z / y), log(y) - log(z)),
    "squared": lambda z, y, w: (log(z), log(z**2)),
    "a factor": lambda z, y, w: (log(z), log(3 * z)),
    "a factor of the tensors": lambda z, y, w: (log(z), log((1 + w @ w) * z)),
    "of exp": lambda z, y, w: (z, log(exp(z))),
    "in exp": lambda z, y, w: (z, exp(log(z) / 2)),
}


@pytest.mark.parametrize("name", LOGS)
def test_related_logarithms_are_not_counted(name: str) -> None:
    """The kind: values of log that are taken for independent and are not. Whatever count is
    claimed, with no law, is refused.
    """
    program = json.loads(json.dumps(written(traced(of_logs(LOGS[name])))))
    frame = {"format": "flowlaw-certificate", "version": 2, "traced": program, "laws": []}
    for brackets in range(3):
        count = {"prime": "2147483647", "rank": 6, "brackets": brackets}
        assert "arguments of exp, or logarithms" in refused(frame | {"count": count})


def softplus_gate(x: (2,), *, A: (2, 2), B: (2, 2), C: (2, 2)) -> Any:  # type: ignore[syntax]
    """|A[:,i]|^2 - |C[i,:]|^2 for each of 2 units; of B, inside log and exp, nothing."""
    return A @ (np.log(1 + np.exp(B @ x)) * (C @ x))


def squared(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """An absolute value."""
    return u * np.sqrt((w @ x) ** 2) + v * (w @ x)


def ninefold(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    return u * np.sqrt(9 * (w @ x)) + v * np.sqrt(w @ x)


def scaled(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """At one point of the tensors the radicands differ by a number."""
    return u * np.sqrt(w @ x) + v * np.sqrt(w[0] * (w @ x))


def split(x: (2,), *, a: (2,), b: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    return u * np.sqrt(a @ x) * np.sqrt(b @ x) + v * np.sqrt((a @ x) * (b @ x))


def inside(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """The second radicand is a square over the first root."""
    r = np.sqrt(w @ x)
    return u * r + v * np.sqrt((r + 1) ** 2)


def of_three(x: (3,), *, w: (3,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    a, b, c = 1 + w[0] ** 2 * x[0], 1 + w[1] ** 2 * x[1], 1 + w[2] ** 2 * x[2]
    return u * np.sqrt(a) * np.sqrt(b) * np.sqrt(c) + v * np.sqrt(a * b * c)


def denested(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """The second radicand is (z + r)^2, multiplied out."""
    z = w @ x
    r = np.sqrt(1 + z * z)
    return u * r + v * np.sqrt(1 + 2 * z * z + 2 * z * r)


def of_tensors(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """No input stands inside."""
    return u * np.sqrt(1 + w @ w) * x[0] + v * np.sqrt(4 + 4 * (w @ w)) * x[1]


@pytest.mark.parametrize(
    "model", [squared, ninefold, scaled, split, inside, of_three, denested, of_tensors]
)
def test_related_roots_are_not_counted(model: Any) -> None:
    """The kind: roots that are taken for independent and are not, so that their signs are: a
    radicand that is a square, products that are, factors that are numbers or functions of the
    tensors, squares over roots before.
    """
    data = certified(model, as_it_is=True)
    size = sum(int(np.prod(s)) for s in data["traced"]["params"].values())
    for laws in range(len(data["laws"]) + 1):
        count = {"prime": "2147483647", "rank": size - laws, "brackets": 1}
        forged = changed(data, "laws", to=data["laws"][:laws]) | {"count": count}
        assert "radicands that are dependent" in refused(forged)


def block(
    X: (2, 2), *, g: (2,), Q: (1, 2), K: (1, 2), V: (1, 2), O: (2, 1), h: (2,),  # type: ignore[syntax]
    A: (2, 2), B: (2, 2), C: (2, 2),  # type: ignore[syntax]
) -> Any:  # fmt: skip
    """Attention and SwiGLU, each behind a norm with gains, on a residual stream."""
    N = rms_norm(X) * g
    H = X + softmax((N @ Q.T) @ (N @ K.T).T) @ (N @ V.T) @ O.T
    M = rms_norm(H) * h
    return H + (M @ A.T / (1 + np.exp(-(M @ A.T))) * (M @ B.T)) @ C.T


#: laws by theory: one for each unit of a gate; the norm before a norm, and g_i^2 - |O_i|^2; of a
# block |Q|^2 - |K|^2, |V|^2 - |O|^2, one for each unit of SwiGLU, and of each gain g_j^2 - (what
# reads column j): |Q_j|^2 + |K_j|^2 + |V_j|^2, |A_j|^2 + |B_j|^2 for h
FUNCTIONS: dict[Any, tuple[int, str]] = {
    gelu_gate: (2, "ERF (Ostrowski"), trained.normed(2, 2, True): (3, "1 radicands"),
    trained.experts(2, 1, 2): (4, "AX (Ax 1971"), centred: (6, "1 radicands"),
    trained.attention(2, 2, 2, 1): (6, "AX (Ax 1971"),
    softplus_gate: (2, "2 arguments of exp and 2 logarithms"),
}  # fmt: skip


@pytest.mark.parametrize("model", FUNCTIONS)
def test_models_with_functions(model: Any) -> None:
    data, (laws, cited) = certified(model), FUNCTIONS[model]
    said = accepted(data)
    assert len(data["laws"]) == laws and "There are no others" in said and cited in said
    assert drifts(data) < 1e-9
    partial = cited == "1 radicands" or "logarithms" in cited
    assert ("near generic tensors at which it has values every" in said) == partial


def test_a_block_with_all_of_them() -> None:
    data = certified(block)
    said = accepted(data)
    assert len(data["laws"]) == 1 + 1 + 2 + 2 + 2 and "There are no others" in said
    assert "4 radicands" in said and "arguments of exp" in said and drifts(data) < 1e-9


def unseen(x: (2,), *, a: (2,), b: (2,)) -> Any:  # type: ignore[syntax]
    """Two sigmoids that sum to 1: a is not seen."""
    return 1 / (1 + np.exp(-(a @ x))) + 1 / (1 + np.exp(a @ x)) + b @ x


def seen(x: (2,), *, a: (2,), b: (2,)) -> Any:  # type: ignore[syntax]
    return 1 / (1 + np.exp(-(a @ x))) + 2 / (1 + np.exp(a @ x)) + b @ x


def shares(x: (3,), *, a: (3,), b: (3,), c: ()) -> Any:  # type: ignore[syntax]
    """Shares that sum to 1, times what is seen."""
    return c * np.sum(softmax(a * x)) + b @ x


def share(x: (3,), *, a: (3,), b: (3,), c: ()) -> Any:  # type: ignore[syntax]
    return c * softmax(a * x)[0] + b @ x


@pytest.mark.parametrize("model, other, laws", [(unseen, seen, 2), (shares, share, 3)])
def test_divisors_are_multiplied_out(model: Any, other: Any, laws: int) -> None:
    """What is 0 only after it; nearly the same model does not keep it."""
    data = certified(model)
    assert len(data["laws"]) == laws and "Counted by the kernel" in accepted(data)
    for law in data["laws"]:
        forged = changed(certified(other), "laws", to=[law | {"moves": []}])
        forged.pop("count", None)
        assert "does not move as it is claimed" in refused(forged) or "moves" in refused(forged)


def nowhere(x: (), *, a: (), b: (), c: ()) -> Any:  # type: ignore[syntax]
    """Its divisor is 0 once it is written out: the model has no value anywhere."""
    return x * a / (a * (b + c) - a * b - a * c)


def test_by_a_divisor_that_is_0_nothing_is_multiplied() -> None:
    """Times 0 what is left would vanish, also where the output moves: y = a/0 with the law a^2."""
    program = json.loads(json.dumps(written(traced(nowhere))))
    law = {"sum": [["1", {"a": 2}]], "moves": []}
    data = {"format": "flowlaw-certificate", "version": 2, "traced": program, "laws": [law]}
    assert "no point was found at which the model has a value" in refused(data)


def test_fields_of_a_flow_are_gradients_times_its_rates() -> None:
    """Parts of a jet too: (c x^k g)' = c k x^(k-1) x' g + c x^k g'."""
    data = certified("linear 2,3,2")["traced"]
    Effort.begin()
    p, rates = 2**31 - 1, {"W1": ["2", 0], "W2": ["1/3", 2]}
    plain, bent = (Machine(program(x), p, Source(1)) for x in (data, data | {"flow": rates}))
    leaves = {v: (3 + v, 5 * v) for v in range(14)}
    one, two = (m.fields(leaves, {}, [7, 11]) for m in (plain, bent))
    third = pow(3, -1, p)
    for v, (g, h) in enumerate(zip(one, two, strict=True)):
        x, dx = leaves[v]
        if v < 6:
            assert h == tuple(2 * part % p for part in g)
        else:
            assert h == (x * x * g[0] * third % p, (2 * x * dx * g[0] + x * x * g[1]) * third % p)
