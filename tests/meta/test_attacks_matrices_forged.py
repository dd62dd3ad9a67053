"""Forged certificates about matrices of every size whose names read as something else than they
are.
"""

from __future__ import annotations

import pytest

from verify.check import Refused
from verify.check_matrices import check
from verify.terms.matrices import Mat, X, const, total
from verify.terms.matrix_wire import encode


def certificate(left: Mat, right: Mat, **numbers: str) -> dict:
    """A certificate of left = right at rest that needs no step, as a forger would write it."""
    setting = {
        "letters": [],
        "sequences": [],
        "positive": [],
        "square": False,
        "layers": True,
        "least_depth": 1,
    }
    setting |= {"motion": {"kind": "still"}, "definitions": {}}
    state = {
        "depth": 2,
        "sizes": {"d": [1, 1, 1]},
        "values": {"W": [[["2"]], [["3"]]]},
        "scalars": numbers,
        "sequences": {},
    }
    sentence = {
        "kind": "matrix-identity",
        "left": encode(left),
        "right": encode(right),
        "first": 1,
        "less": 1,
    }
    proof = {"squares": [], "factor": "1", "lemmas": [], "steps": {"identity": []}}
    head = {
        "format": "flowlaw-matrices",
        "version": 1,
        "claim": "x",
        "verdict": "PROVED",
        "statement": "",
        "assuming": [],
        "kept": {},
        "forms": {},
    }
    return {
        **head,
        "setting": setting,
        "conclusions": {"c": sentence},
        "proof": {"c": proof},
        "instance": {"c": state},
    }


def test_a_certificate_without_a_trap_is_accepted() -> None:
    """The forgeries below differ from this one in a name alone."""
    assert "N a X" in check(certificate(total(const("a") * X), const("N") * const("a") * X, a="2"))


@pytest.mark.parametrize("name", ["p", "k", "t", "E", "G", "W1", "W-1", "W_1", "X"])
def test_forged_constants_that_read_as_something_else(name: str) -> None:
    """sum_(p = 1..N) p X = N p X was accepted for a constant p, and "W_1" for a number."""
    with pytest.raises(Refused, match="reads as something else"):
        check(certificate(total(const(name) * X), const("N") * const(name) * X, **{name: "2"}))


@pytest.mark.parametrize("index", ["T", "p-1", "k", "a"])
def test_forged_indices_that_read_as_something_else(index: str) -> None:
    """sum_(T = 1..N) X^T = N X^T was accepted."""
    with pytest.raises(Refused, match="reads as something else"):
        check(
            certificate(const("a") * total(X.T, over=index), const("a") * const("N") * X.T, a="2")
        )
