"""One grammar of numbers at every door: --start, --data, --horizon, the loss, the state of ``verify
value``.

The kind (F13): two doors that read different numbers. Texts are generated from the grammar together
with their exact value, which is computed here from mantissa and power of ten; every door has to
read each of them, and to refuse each text outside the grammar with the place and the text. To the
kind belong: exponents, signs, bare points, leading zeros, spaces around, what savetxt writes,
fractions; against it: nan, inf, hexadecimals, underscores, digits of other scripts, decimal commas,
1/0, huge exponents.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from verify.claims.request import read_start
from verify.commands.claim import request_from
from verify.exact.errors import BadInput
from verify.exact.numbers import number
from verify.models.data import load_table
from verify.models.losses.grammar import parse_loss


def at_start(text: str, tmp_path) -> Fraction:
    (tmp_path / "s.txt").write_text(f"1 2\n3 {text}\n")
    return read_start(str(tmp_path / "s.txt"))[1][1]


def at_data(text: str, tmp_path) -> Fraction:
    (tmp_path / "d.csv").write_text(f"a,b,kind\n1,2,x\n3,{text},y\n")
    return load_table(str(tmp_path / "d.csv"), "kind").cells[1][1]


def at_horizon(text: str, tmp_path) -> Fraction:
    found = request_from(horizon=text).horizon
    assert found is not None
    return found


def in_loss(text: str, tmp_path) -> Fraction:
    return parse_loss(text).args[0]


DOORS = {"--start": at_start, "--data": at_data, "--horizon": at_horizon, "--loss": in_loss}


def drawn(seed: int) -> tuple[str, Fraction]:
    """A text of the grammar and its value: digits, a point somewhere, a power of ten, or a
    fraction; always > 0.
    """
    rng = Random(seed)
    if rng.random() < 0.25:
        a, b = rng.randrange(1, 10**9), rng.randrange(1, 10**9)
        return f"{a}/{b}", Fraction(a, b)
    digits = "".join(rng.choice("0123456789") for _ in range(rng.randrange(0, 20))) + rng.choice(
        "123456789"
    )
    point = rng.randrange(0, len(digits) + 1) if rng.random() < 0.7 else None
    text = digits if point is None else f"{digits[:point]}.{digits[point:]}"
    power = rng.randrange(-40, 40) if rng.random() < 0.7 else None
    value = Fraction(int(digits)) / 10 ** (0 if point is None else len(digits) - point)
    if power is not None:
        text += rng.choice("eE") + (f"{power:+03d}" if rng.random() < 0.5 else str(power))
        value *= Fraction(10) ** power
    return text, value


def savetxt() -> list[tuple[str, Fraction]]:
    """What numpy.savetxt writes for doubles, small and large: "%.18e"."""
    rng = np.random.default_rng(0)
    found = []
    for x in (*rng.random(6), 0.1, 1e-14, 2.0, 6.02e23, 1.7e-100):
        text = "%.18e" % x  # noqa: UP031 -- the form that savetxt documents
        mantissa, power = text.split("e")
        found.append(
            (text, Fraction(int(mantissa.replace(".", "")), 10**18) * Fraction(10) ** int(power))
        )
    return found


CASES = [drawn(seed) for seed in range(60)] + savetxt()


@pytest.mark.parametrize("door", DOORS)
def test_every_door_reads_every_form(door: str, tmp_path) -> None:
    assert {text: DOORS[door](text, tmp_path) for text, _ in CASES} == dict(CASES)


@pytest.mark.parametrize("door", ["--start", "--data", "--horizon"])
def test_signs_and_spaces(door: str, tmp_path) -> None:
    for text, value in CASES[:20]:
        assert DOORS[door](f" +{text}\t", tmp_path) == value
        if door != "--horizon":
            assert DOORS[door](f" -{text} ", tmp_path) == -value


BAD = [
    "inf",
    "-Infinity",
    "0x10",
    "1_000",
    "\u0661",
    "\uff11",
    "1e",
    "e5",
    "1/0",
    "1/2/3",
    "1.5.2",
    "--1",
    "+-1",
    "1e999999999",
]
BAD += [
    "1e" + "9" * 5000,
    "9" * 201,
    "1e1.5",
    "1/2e3",
    "1e3/2",
    "0b1",
    "1d5",
    "1f",
    "\u22121",
    "1\u00a00",
    "1e200",
    "1e-200",
    "1j",
    ".",
]


@pytest.mark.parametrize("text", BAD, ids=lambda t: t[:12])
@pytest.mark.parametrize("door", DOORS)
def test_what_is_no_number_is_refused_with_its_place(door: str, text: str, tmp_path) -> None:
    if (door, text) in {
        ("--loss", "1/2/3"),
        ("--loss", "--1"),
        ("--loss", "+-1"),
        ("--loss", "1e3/2"),
        ("--loss", "1/2e3"),
    }:
        return  # a sum of the language
    with pytest.raises(BadInput) as error:
        DOORS[door](text, tmp_path)
    said = str(error.value)
    place = {"--start": "s.txt, line 2, cell 2", "--data": "d.csv, row 2 (line 3), column 'b'"}.get(
        door, door
    )
    assert (
        place in said
        and len(said) < 400
        and (text[:12] in said or repr(text)[1:9] in said or door == "--loss")
    )


def test_numbers_that_floats_write_are_exact() -> None:
    assert number("1e-14", "here") == Fraction(1, 10**14) and number("0.1", "here") == Fraction(
        1, 10
    )
