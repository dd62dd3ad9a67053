"""Certificates of ``verify discover``: laws and count that the kernel checks by itself.

Expected counts are those of the theory: balancedness of linear layers is D - dim of the orbit,
n_1 (n_1 + 1)/2 for each hidden layer that is no bottleneck; one law for each hidden unit of relu
and SwiGLU; L - 1 for each coordinate of a diagonal network. The laws are evaluated once more, in
doubles, by another gradient than the kernel's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.kernel.traced import accepted, certified, changed, drifts, refused

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


def test_a_gate_is_counted_on_the_whole_space_and_held_on_each_region() -> None:
    said = accepted(certified("relu 2,3,2"))
    assert "on each activation region" in said and "analytic on the whole space" in said
    assert "on one activation region there can be more laws" in said
    assert "activation" not in accepted(certified("linear 2,3,2"))


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


@pytest.mark.parametrize("model", [related, doubled, shifted, held])
def test_related_exponentials_are_not_counted(model: Any) -> None:
    """The kind: values of exp that are taken for independent and are not (equal, opposite,
    multiple, summed arguments, those that differ by a constant or by a function of the tensors).
    Whatever count is claimed of such a model is not the kernel's.
    """
    data = certified(model)
    size = sum(int(np.prod(s)) for s in data["traced"]["params"].values())
    for laws in range(len(data["laws"]) + 1):
        for brackets in range(3):
            count = {"prime": "2147483647", "rank": size - laws, "brackets": brackets}
            forged = changed(data, "laws", to=data["laws"][:laws]) | {"count": count}
            assert "arguments of exp" in refused(forged)
