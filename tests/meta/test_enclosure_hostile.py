"""Hostile files for the reader of enclosures: one line, exit 1 or 2, in a second."""

from __future__ import annotations

import copy
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.meta.enclosures import Json, by_hand, fact, restated, written
from verify import check_enclosure as reader
from verify.check_enclosure import NotACertificate, Refused, check
from verify.claims.certified import text_of

STILL = by_hand(["0 0"], [], ["0"], "1", facts=[fact(["clock", "mul 1 1"], "1 2", "<", "2")])
TEXT = json.dumps(STILL)
#: text of a file -> exit code
RAW: dict[str, tuple[str, int]] = {
    "good": (TEXT, 0),
    "a key twice": (TEXT.replace('"version": 1', '"version": 1, "version": 1'), 1),
    "NaN": (TEXT.replace('"bits": 40', '"bits": NaN'), 1),
    "Infinity": (TEXT.replace('"bits": 40', '"bits": Infinity'), 1),
    "a float": (TEXT.replace('"bits": 40', '"bits": 40.0'), 1),
    "negative bits": (TEXT.replace('"bits": 40', '"bits": -40'), 1),
    "huge bits": (TEXT.replace('"bits": 40', '"bits": 999999999'), 1),
    "a huge integer": (TEXT.replace('"bits": 40', '"bits": ' + "9" * 100_000), 1),
    "true for a number": (TEXT.replace('"bits": 40', '"bits": true'), 1),
    "brackets": ("[" * 100_000, 1),
    "nested": (TEXT.replace('"x": ["0"]', '"x": ' + "[" * 200 + "]" * 200), 1),
    "many items": (TEXT.replace('"x": ["0"]', '"x": [' + '"0",' * 500_000 + '"0"]'), 1),
    "version true": (TEXT.replace('"version": 1', '"version": true'), 2),
    "version 2": (TEXT.replace('"version": 1', '"version": 2'), 2),
    "another format": (TEXT.replace("flowlaw-enclosure", "flowlaw-certificate"), 2),
    "a list": ("[]", 2),
    "not JSON": ("{", 2),
    "empty": ("", 2),
    "not text": ("\udcff", 2),
}


@pytest.mark.parametrize("name", sorted(RAW))
def test_files_and_exit_codes(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, code = RAW[name]
    path = tmp_path / "certificate.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert reader.main([str(path)]) == code
    out, err = capsys.readouterr()
    assert bool(out) == (code == 0) and err.count("\n") == (code != 0) and "Traceback" not in err


LONG = "9" * 1300
HUGE = f"{LONG}/1"
SMALL = f"1/{LONG}"
SQUARINGS = ["sum 0; 1000000 0 0", *(f"mul {i} {i}" for i in range(1, 3900))]
DOUBLINGS = ["sum 1/2; 1 0", *(f"mul {i} {i}" for i in range(1, 3900))]
TOWER = ["exp 0", *(f"exp {i}" for i in range(1, 60))]
FALLING = [
    *("sum 0; -1 0", "exp 1"),
    *(x for i in range(2, 80, 2) for x in (f"sum 0; -{LONG} {i}", f"exp {i + 1}")),
]
SHARED = [*("sum 0; 1 0; 1 0",), *(f"sum 1; 1 {i} {i}; 1 {i} {i}" for i in range(1, 3900))]
#: a flow as (nodes, outputs): each is refused or says something, soon
FLOWS = {
    "squarings": SQUARINGS,
    "small squarings": DOUBLINGS,
    "tower": TOWER,
    "falling": FALLING,
    "shared": SHARED,
}
FLOWS |= {
    "power": ["power 0 1000", *(f"power {i} 1000" for i in range(1, 100))],
    "roots": [
        "sum 1; 1 0",
        *(f"power {i} 1/1000" for i in range(1, 100)),
        *(f"power {i} 1000" for i in range(100, 200)),
    ],
    "deep": ["mul 0 0"] * 20_001,
    "too many levels": [f"mul {i} {i}" for i in range(4100)],
    "long numbers": [
        f"sum {LONG}/7",
        *(f"sum {SMALL}; {HUGE} {i}; {HUGE} {i} {i}" for i in range(1, 200)),
    ],
    "wide": ["sum 0" + "; 1 0 0" * 100_000],
    "exp of much": [f"sum {HUGE}; 1 0", "exp 1", f"sum -{HUGE}; 1 0", "exp 3", "mul 2 4"],
}


def quickly(body: Json, seconds: float = 120) -> None:
    begin = time.process_time()
    try:
        check(body)
    except (Refused, NotACertificate) as reason:
        assert "\n" not in str(reason) and not re.match(r"not understood: \w+:", str(reason)), str(
            reason
        )
    assert time.process_time() - begin < seconds


@pytest.mark.parametrize("name", sorted(FLOWS))
@pytest.mark.parametrize("kind", ["field", "gradient", "fact"])
def test_programs_made_to_explode(name: str, kind: str) -> None:
    nodes, last = FLOWS[name], f"1 {len(FLOWS[name])}"
    if kind == "fact":
        body = by_hand(["0 0"], [], ["0"], "1", facts=[fact(nodes, last, ">", "-1")])
    else:
        body = by_hand([last], nodes, ["0"], "1")
        body["parts"][0]["flow"]["kind"] = kind
    quickly(restated(body))


NUMBERS = [
    "",
    "0",
    "-0",
    "1",
    "-1",
    "1/0",
    "0/0",
    HUGE,
    f"-{HUGE}",
    SMALL,
    "9" * 1301,
    "1e9",
    "nan",
    "inf",
    "0x10",
]
NUMBERS += [" 1", "1 ", "1_0", "\u0661", "1\n"]
OTHERS = [None, True, 0, 7, [], {}, ["1"], {"a": "1"}, "clock", "mul 0 0", "mul 0 9"]
OTHERS += ["mul -1 0", "power 0 0", f"power 0 {HUGE}", "exp 0 0", "sum", "sum ;", "sum 1;;"]


def places(data: Json, path: tuple = ()) -> Iterator[tuple]:
    yield path
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in items:
        yield from places(value, (*path, key))


def test_every_place_takes_every_wrong_value() -> None:
    tried = 0
    for path in places(STILL):
        for new in [*NUMBERS, *OTHERS]:
            if path:
                body = copy.deepcopy(STILL)
                inner = body
                for key in path[:-1]:
                    inner = inner[key]
                inner[path[-1]] = new
                tried += 1
                quickly(body)
                if isinstance(inner, dict):
                    del inner[path[-1]]
                    quickly(body)
                    inner["more"] = new
                    quickly(body)
    assert tried > 1000


@pytest.mark.parametrize("key", ["end", "h", "mu", "x", "bits"])
def test_links_made_to_explode(key: str) -> None:
    values = {"end": [SMALL, HUGE], "h": [SMALL, HUGE], "bits": [0, 8192]}
    values["mu"] = [HUGE, SMALL, " ".join(["1"] * 1024), " ".join(["1"] * 1025)]
    rows = [
        "f" * 16384,
        " ".join(["1"] * 1000),
        " ".join(["f" * 400] * 1000),
        " ".join(["1"] * 1001),
    ]
    for new in values.get(key, [[row] for row in rows]):
        for nodes, last in (
            ([], "0 0"),
            (["sum 1; 1 0 0"], "1 1"),
            (["exp 0", "sum 1; 1 1", "log 2"], "1 3"),
        ):
            body = by_hand([last], nodes, ["0"], "1")
            body["parts"][0]["links"][0][key] = new
            if key == "end":
                body["parts"][0]["horizon"] = new
            quickly(restated(body))


def test_a_certificate_of_ten_thousand_links_is_read_soon() -> None:
    body = written("logistic")
    part = body["parts"][0]
    row = part["links"][0]
    part["links"] = [{**row, "end": f"{k}/1000"} for k in range(1, 10_001)]
    part["horizon"] = "10"
    quickly(restated(body))
    assert len(text_of(body)) > 1_000_000
