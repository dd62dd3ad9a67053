"""A loss that is constant moves nothing: the verdict is VACUOUS and says why, decided by identities
of rational functions.

The kind: quotients of a form by itself, coordinates that cancel, log and exp that undo each other,
squares that multiply out; data with equal means or constant columns, where the formula becomes
constant or is defined nowhere. Beside each stands a loss that moves.
"""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random

import pytest

from proofs import CLAIMS
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.models.losses import Loss
from verify.models.losses.constant import why_constant
from verify.models.losses.grammar import parse_loss
from verify.models.losses.matrices import identity

QUASI_NORM = next(c for c in CLAIMS if c.id == "quasi-norm")
DECAY = next(c for c in CLAIMS if c.id == "diag-balance-decay")

CONSTANT = {
    "W/W": "W/B",
    "0*w1": "0*w1 + w2",
    "w1 - w1": "w1 - w2",
    "w1/w1": "w1/w2",
    "log(exp(w1)) - w1": "log(exp(w1)) - w2",
    "exp(log(W))/W": "exp(log(W))",
    "log(W^2) - 2*log(W)": "log(W^2) - log(W)",
    "(w1 + w2)^2 - w1^2 - 2*w1*w2 - w2^2": "(w1 + w2)^2 - w1^2 - w1*w2 - w2^2",
    "(B + W)/(W + B)": "(B + 2*W)/(W + B)",
}


def built(text: str) -> Loss:
    """Width 2: S_W = 1, S_B = (1, 1; 1, 1)."""
    one = Fraction(1)
    return Loss(
        "a test",
        text,
        parse_loss(text),
        {"S_W": identity(2), "S_B": ((one, one), (one, one)), "m": (one, -one)},
    )


@pytest.mark.parametrize("text", CONSTANT)
def test_constant_and_not_constant(text: str) -> None:
    moves = CONSTANT[text]
    assert why_constant(built(text), 2).startswith("J is constant")
    assert why_constant(built(moves), 2) == ""


def test_what_is_not_decided_is_not_called_constant() -> None:
    """Exponentials of sums are letters of their own: that these cancel is not seen, and nothing is
    claimed.
    """
    assert why_constant(built("exp(w1)*exp(w2) - exp(w1 + w2)"), 2) == ""


POWERS = [
    (Fraction(p, q), Fraction(r, s))
    for p, q, r, s in product((1, -2, 3), (1, 2, 3), (1, 3), (2, 3))
]


@pytest.mark.parametrize(("first", "second"), POWERS)
@pytest.mark.parametrize("base", ["W", "(W + B)/W", "exp(w1)"])
def test_powers_of_one_base_are_compared(base: str, first: Fraction, second: Fraction) -> None:
    """A^r A^s = A^(r + s) and (A^r)^s = A^(r s) where A > 0; with another exponent they move. A
    root of a whole power is left alone: of w^2 it is |w|.
    """
    a, b, total, times = (f"({x})" for x in (first, second, first + second, first * second))
    nested = (f"(A^{a})^{b} - A^{times}",) if 0 < first < 1 else ()
    for text in (f"A^{a}*A^{b} - A^{total}", f"A^{a}/A^{a}", *nested):
        assert why_constant(built(text.replace("A", f"({base})")), 2).startswith("J is constant")
    other = f"A^{a}*A^{b} - A^({first + second + 1})".replace("A", f"({base})")
    assert why_constant(built(other), 2) == ""


@pytest.mark.parametrize("body", ["W", "w1*w2", "log(W + 1)"])
def test_logarithms_undo_exponentials(body: str) -> None:
    for text in (f"exp(log({body})) - ({body})", f"log(exp({body})) - ({body})"):
        assert why_constant(built(text), 2).startswith("J is constant")
    assert why_constant(built(f"exp(log({body})) - 2*({body})"), 2) == ""


@pytest.mark.parametrize("text", ["(w1^2)^(1/2) - w1", "((w1*w2)^2)^(1/2) - w1*w2"])
def test_a_root_of_a_square_is_no_loss_of_a_sign(text: str) -> None:
    """It moves where w1 < 0."""
    assert why_constant(built(text), 2) == ""


@pytest.mark.parametrize("seed", range(20))
def test_what_is_drawn_as_constant_is_found(seed: int) -> None:
    """p/q - p/q multiplied out another way, plus a number; and with one coefficient changed it is
    not constant.
    """
    rng = Random(seed)
    a, b, c, d = (rng.randint(1, 5) for _ in range(4))
    left = f"({a}*w1 + {b}*w2)*({c}*w1 - {d}*w2)"
    right = f"{a * c}*w1^2 + {b * c - a * d}*w1*w2 - {b * d}*w2^2"
    over = rng.choice(["W", "(w1^2 + 1)", "exp(w1*w2)"])
    assert why_constant(built(f"({left} + {over})/{over} - ({right})/{over}"), 2).startswith(
        "J is constant"
    )
    assert why_constant(built(f"({left} + {over})/{over} - ({right} + w1*w2)/{over}"), 2) == ""


@pytest.mark.parametrize("text", ["W/W", "0*w1", "log(exp(w1)) - w1"])
def test_the_verdict_is_vacuous_and_says_why(text: str) -> None:
    outcome = judge(QUASI_NORM, Request(loss=text, numeric=False)).outcomes["conserved"]
    assert outcome.verdict is Verdict.VACUOUS and "nothing moves: J is constant" in outcome.reason


def test_with_weight_decay_the_weights_move_all_the_same() -> None:
    outcome = judge(DECAY, Request(loss="W/W", numeric=False)).outcomes["difference"]
    assert outcome.verdict is Verdict.PROVED


DATA = {
    "equal means": ("0,1,2\n0,2,5\n1,1,2\n1,2,5", "J is constant for these data"),
    "all columns constant": ("0,1,2\n0,1,2\n1,1,2\n1,1,2", "J is defined nowhere for these data"),
    "one column constant, means equal": (
        "0,1,2\n0,1,5\n1,1,2\n1,1,5",
        "J is constant for these data",
    ),
}


@pytest.mark.parametrize("name", DATA)
def test_data_that_make_it_constant(name: str, tmp_path: Path) -> None:
    rows, why = DATA[name]
    (tmp_path / "data.csv").write_text(f"label,a,b\n{rows}\n")
    line = [
        sys.executable,
        "-m",
        "verify",
        "claim",
        "quasi-norm",
        "--no-numeric",
        "--format",
        "json",
    ]
    run = subprocess.run(
        [*line, "--data", str(tmp_path / "data.csv"), "--label", "label"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(run.stdout)
    assert run.returncode == 4 and found["verdict"] == "VACUOUS", run
    assert all(why in c["reason"] for c in found["conclusions"].values())
