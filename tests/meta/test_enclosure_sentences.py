"""What a reader of enclosures prints says all that was checked: two certificates that state
different things, down to one character, are two sentences, or one of them is refused.

What belongs to the kind: every place of a certificate that is no hint (names, starts, clocks,
programs, factors, horizons, facts and their labels), in every shipped certificate of a stiff flow
and those of the tests. The bounds themselves are taken for granted here: what is tried is the
sentence, and it may not rest on a bound that happens to fail.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flint import arb

from tests.meta import test_enclosures_in_series as series
from tests.meta.enclosures import TRUE, restated, written
from verify import check_enclosure
from verify.check_enclosure import NotACertificate, Refused, check

MOST = 8  # changes of one string
SHIPPED = Path(__file__).resolve().parents[2] / "proofs" / "enclosures"


def stiff() -> list[str]:
    files = SHIPPED.glob("*.json")
    return sorted(p.stem for p in files if '"chebyshev"' in p.read_text(encoding="utf-8"))


@cache
def _body(name: str) -> Any:
    """With one link of nothing for all of its links, which are hints."""
    body = series.written() if name == "two rates" else None
    body = written(name) if name in TRUE else body
    body = body or json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
    for part in body["parts"]:
        x = ["0"] * len(part["names"])
        part["links"] = [{"end": (h := part["horizon"]), "h": h, "bits": 0, "x": x, "mu": "0"}]
    return restated(body)


def leaves(data: Any, path: tuple = ()) -> Iterator[tuple]:
    """Where strings are that are no hints."""
    if isinstance(data, dict):
        for key, inner in data.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(data, list):
        for k, inner in enumerate(data):
            yield from leaves(inner, (*path, k))
    elif isinstance(data, str) and "links" not in path and path[0] not in ("format", "statement"):
        yield path


def changed(text: str) -> Iterator[str]:
    """One character more, less or another."""
    yield text + "0"
    yield text[:-1]
    for k, c in enumerate(text):
        if c.isdigit():
            yield text[:k] + str((int(c) + 1) % 10) + text[k + 1 :]
        elif c.isalpha():
            yield text[:k] + ("b" if c == "a" else "a") + text[k + 1 :]
        elif c in "<>=":
            yield text[:k] + "<>="["<>=".index(c) - 1] + text[k + 1 :]


@pytest.fixture
def granted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bound holds."""
    monkeypatch.setattr(check_enclosure, "walk", lambda *a: arb(1))
    monkeypatch.setattr(check_enclosure, "show", lambda *a: None)


@pytest.mark.usefixtures("granted")
@pytest.mark.parametrize("name", [*TRUE, "two rates", *stiff()])
def test_every_change_is_another_sentence(name: str) -> None:
    original, tried = _body(name), 0
    said = check(original)
    for path in leaves(original):
        *way, last = path
        every = list(changed(_at(original, path)))
        for text in Random(f"{path}").sample(every, min(MOST, len(every))):
            body = copy.copy(original)
            place = body
            for key in way:
                place[key] = copy.copy(place[key])
                place = place[key]
            place[last] = text
            tried += 1
            assert other(body, said) or equal(text, _at(original, path)), (path, text)
    assert tried > 50


def equal(a: str, b: str) -> bool:
    """The same number, written in another way."""
    number = re.compile("-?[0-9]+(/[0-9]*[1-9][0-9]*)?")
    numbers = number.fullmatch(a) and number.fullmatch(b)
    return a == b or (bool(numbers) and Fraction(a) == Fraction(b))


def other(body: Any, said: str) -> bool:
    """Refused, or something else is said."""
    try:
        return check(restated(body)) != said
    except (Refused, NotACertificate):
        return True
    except Exception:  # no statement can be written for it
        with pytest.raises((Refused, NotACertificate)):
            check(body)
        return True


def _at(data: Any, path: tuple) -> Any:
    for key in path:
        data = data[key]
    return data
