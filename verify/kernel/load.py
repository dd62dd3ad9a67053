"""JSON read strictly: no field twice, exact keys, rational numbers in one spelling only."""

import json
import re
from collections.abc import Mapping
from fractions import Fraction

from verify.kernel.limits import LIMITS, NotACertificate, Refused, T, limited, need

#: what JSON holds here; floats, NaN and null are refused on loading
Data = object
#: the fields that must stand there, those that may, and what is done with them
Fields = tuple[str, str] | tuple[str, str, object]
NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
#: words of the sentence, names of nothing else
WORDS = frozenset("for all in of over is at start the that exp log Re tr conj Sum t next".split())
WHOLE = re.compile(r"0|-?[1-9][0-9]*")
NUMBER = re.compile(rf"({WHOLE.pattern})(/[1-9][0-9]*)?")


def load(text: bytes) -> dict[str, Data]:
    """The certificate's object; NotACertificate where there is none."""
    if len(text) > LIMITS["bytes"]:
        raise NotACertificate(f"longer than {LIMITS['bytes']} bytes")
    try:
        data = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_whole,
            parse_constant=_whole,
            parse_int=_whole,
        )
    except (ValueError, RecursionError) as error:
        raise NotACertificate(f"not JSON as it is read here: {error}") from None
    frame = "flowlaw-certificate", 2
    if not isinstance(data, dict) or (data.get("format"), data.get("version")) != frame:
        raise NotACertificate("no object with format flowlaw-certificate, version 2")
    limited(_entries(data, 1), "nodes")
    return data


def _entries(data: Data, deep: int) -> int:
    """How many entries it has, itself among them; so deep it lies."""
    if not isinstance(data, dict | list):
        return 1
    if deep > LIMITS["nesting"]:
        raise NotACertificate(f"JSON deeper than {LIMITS['nesting']}")
    inner = data.values() if isinstance(data, dict) else data
    return 1 + sum(_entries(x, deep + 1) for x in inner)


def _object(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field stands twice in one object")
    return found


def _whole(text: str) -> int:
    """What JSON calls a number: floats, NaN and Infinity are refused."""
    if not WHOLE.fullmatch(text) or len(text) > LIMITS["integer"]:
        raise ValueError(f"{text[:20]}: a whole number of at most {LIMITS['integer']} digits")
    return int(text)


def of_type(data: Data, kind: type[T], what: str) -> T:
    """What JSON holds here, which is of this type; a flag is no number."""
    if not isinstance(data, kind) or isinstance(data, bool):
        raise Refused(f"expected {what}")
    return data


def fields(data: Data, must: str, may: str = "") -> dict[str, Data]:
    """An object with exactly these fields; those that may be missing are."""
    given = of_type(data, dict, f"an object with the fields {must}")
    names = must.split()
    for x in names:
        need(x in given, f"the field {x} is missing")
    for x in given:
        need(x in (*names, *may.split()), f"unknown field {x!r}")
    return given


def chosen(data: Data, field: str, table: Mapping[str, Fields]) -> tuple[str, dict[str, Data]]:
    """What a field chooses from a table, and the object with the fields that stand there."""
    choice = one_of(of_type(data, dict, f"an object with a {field}").get(field), *table)
    return choice, fields(data, f"{field} {table[choice][0]}", table[choice][1])


def objects(data: Data) -> dict[str, Data]:
    """An object whose fields are names."""
    given = of_type(data, dict, "an object")
    limited(len(given), "declared")
    return {name(x): y for x, y in given.items()}


def items(data: Data, length: int | None = None) -> list[Data]:
    """A list, of this length if one is given."""
    found = of_type(data, list, "a list")
    need(length is None or len(found) == length, f"expected {length} entries")
    return found


def text(data: Data) -> str:
    """A string."""
    return of_type(data, str, "a text")


def name(data: Data) -> str:
    """A name as certificates write it."""
    found = text(data)
    limited(len(found), "name")
    need(NAME.fullmatch(found), f"{found!r} is no name of letters and digits")
    return found


def new(data: Data) -> str:
    """A name for something, which is no word of the sentence."""
    found = name(data)
    need(found not in WORDS, f"{found!r} is a word of the sentence")
    return found


def one_of(data: Data, *choices: str) -> str:
    """One of a closed list of texts."""
    found = text(data)
    need(found in choices, f"{found[:40]!r} is not one of {', '.join(choices)}")
    return found


def flag(data: dict[str, Data], field: str) -> bool:
    """True where the field stands there, which is then true; False where it is missing."""
    need(data.get(field, True) is True, f"{field}: expected true, or no such field")
    return field in data


def whole(data: Data, least: int, most: int | None = None) -> int:
    """A whole number, not a flag."""
    found = of_type(data, int, "a whole number")
    need(found >= least, f"{found} is less than {least}")
    need(most is None or found <= most, f"{found} is beyond {most}")
    return found


def rational(data: Data) -> Fraction:
    """A rational number in lowest terms, in quotes."""
    found = text(data)
    need(NUMBER.fullmatch(found), f"{found[:40]!r} is no rational number")
    limited(max(map(len, found.lstrip("-").split("/"))), "digits")
    number = Fraction(found)
    need(str(number) == found, f"{found!r} is not in lowest terms: {number}")
    return number
