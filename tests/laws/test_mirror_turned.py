"""What cannot change a verdict: parameters turned by an orthogonal matrix (K stays as it is),
outputs mixed by an invertible one (K becomes A K A^T), and another start on the same flow line.

Turned, a mirror map may not be in the table any more; then it may become undecided, and never the
contrary. Whether a flow is a mirror flow is also seen by numbers: along a closed path of beta the
integral of K^-1 d beta on the leaf comes back to 0 exactly for these.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from tests.mirror_check import check
from tests.mirror_rows import ROWS
from verify.exact.errors import BadInput, NoValue
from verify.mirror.decide import decide
from verify.mirror.field import Field
from verify.mirror.given import Given, begun, generic
from verify.report.mirror import Mirror

SMALL = [n for n, row in ROWS.items() if 2 <= row[0] <= 5 and n != "five layers"]


def reflection(n: int, draw: random.Random) -> list[list[Fraction]]:
    """I - 2 v v^T/|v|^2 with a small whole vector."""
    v = [draw.choice((-2, -1, 0, 1, 2)) for _ in range(n - 1)] + [1]
    square = sum(x * x for x in v)
    return [
        [Fraction(int(i == j)) - Fraction(2 * v[i] * v[j], square) for j in range(n)]
        for i in range(n)
    ]


def given(count: int, f: Callable[..., list[Any]], start: tuple, draw: random.Random) -> Given:
    """With y = O x for the parameters x, and A f for f."""
    field = Field([f"x{i}" for i in range(1, count + 1)])
    turn = reflection(count, draw)
    letters = [field.letter(i) for i in range(count)]
    turned = []
    for row in turn:
        y = field.number(0)
        for c, x in zip(row, letters, strict=True):
            y = y + field.number(c) * x
        turned.append(y)
    own = f(*turned)
    mixed = []
    for i in range(len(own)):
        y = own[i]
        for x in own[:i]:
            y = y + field.number(draw.choice((-1, 0, 1, 2))) * x
        mixed.append(y)
    at = [Fraction(x) for x in start or generic(count)]
    begin = [sum(a * x for a, x in zip(r, at, strict=True)) for r in zip(*turn, strict=True)]
    names = tuple(f"beta_{i}" for i in range(1, len(own) + 1))
    return begun(Given("turned", "", "", field, tuple(mixed), names, (), ()), begin)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", SMALL)
def test_turned(name: str, seed: int) -> None:
    count, f, start, verdict = ROWS[name]
    try:
        found = Mirror(decide(given(count, f, start, random.Random(f"{name} {seed}"))))
    except NoValue:
        return
    data = found.data
    check(data)
    assert data["verdict"] in (verdict, "undecided") or (
        verdict == "time change"
        and data["verdict"] == "excluded"
        and not data["blocks"][0]["change_of_time_excluded_by"]
        and len(data["blocks"]) == 1
    )


def random_model(draw: random.Random) -> Callable[..., list[Any]]:
    """Two outputs of three parameters, sums of monomials of degree 2 or 3."""
    terms = [
        [(draw.choice((-1, 1, 2)), [draw.randrange(3) for _ in range(draw.choice((1, 2, 3)))])
         for _ in range(draw.choice((1, 2)))]
        for _ in range(2)
    ]  # fmt: skip

    def f(*x: Any) -> list[Any]:
        found = []
        for row in terms:
            y = x[0].field.number(0)
            for c, places in row:
                part = x[0].field.number(c)
                for i in places:
                    part = part * x[i]
                y = y + part
            found.append(y)
        return found

    return f


@pytest.mark.parametrize("seed", range(60))
def test_random_models_against_numbers(seed: int) -> None:
    """Against closed paths, as ``check`` follows them."""
    draw = random.Random(seed)
    field = Field(["x", "y", "z"])
    f = random_model(draw)
    outputs = tuple(f(*(field.letter(i) for i in range(3))))
    begin = [Fraction(draw.choice((1, 2, 3, -1, -2)), draw.choice((1, 2))) for _ in range(3)]
    own = Given("random", "", "", field, outputs, ("p", "q"), (), ())
    try:
        a = begun(own, begin)
        if len(a.outputs) < 2:
            return
        answer = decide(a)
    except BadInput as error:  # the start is one without full rank
        assert "rank" in str(error)
        return
    check(Mirror(answer).data)
