"""What the independent readers read at most. Their table is the only one: nothing longer is let in
or written.

A certificate that the reader refuses proves nothing, so a number, an expression or an index beyond
LIMITS is refused where it enters (``refuse_beyond``), and a state that grew beyond them is no
instance and no witness (``fits``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from verify.check import LIMITS, SPOKEN, up_to
from verify.exact.errors import BadInput

__all__ = [
    "LIMITS",
    "SPOKEN",
    "bits",
    "digits",
    "fits",
    "is_power",
    "is_short",
    "is_word",
    "refuse_beyond",
    "shorten",
    "up_to",
]

_FRAME = 10  # levels of a certificate around an expression: object, loss, expr, ...
_RATIONAL = re.compile(r"-?[0-9]+(/[0-9]+)?")


def shorten(text: str, limit: int = 40) -> str:
    """Text quoted for a message: printable and short, whatever a file contains."""
    return repr(text if len(text) <= limit else text[: limit - 3] + "...")


def digits(x: Fraction | int) -> int:
    """Of the numerator or of the denominator, whichever has more. Never converts what is far too
    long.
    """
    size = max(abs(x.numerator), x.denominator)
    rough = size.bit_length() * 1233 // 4096  # log10(2) = 0.30103, rounded down
    return rough + (size >= 10**rough) if rough <= 4000 else rough


def fits(x: Fraction | int) -> bool:
    """Whether the readers read this number."""
    return digits(x) <= LIMITS["digits"]


def is_word(pattern: str, text: str, limit: str = "name") -> bool:
    """Whether the readers read this text where they expect one of such a form."""
    return len(text) <= LIMITS[limit] and re.fullmatch(pattern, text) is not None


def is_short(x: Fraction | int) -> bool:
    """Whether the readers compute with this number as a coefficient."""
    return bits(x) <= LIMITS["coefficient"]


def bits(x: Fraction | int) -> int:
    """Of a number: above and below the line together."""
    return x.numerator.bit_length() + x.denominator.bit_length()


def is_power(n: Fraction) -> bool:
    """Whether the readers of formulas take this exponent."""
    return n.denominator == 1 and abs(n) <= LIMITS["power"]


def refuse_beyond(wire: object, place: str) -> None:
    """Raises BadInput for a number, nesting or size in the JSON of a certificate that its reader
    would refuse; ``place`` names it.
    """
    level, depth, count = [wire], _FRAME, 0
    while level:
        depth, count = depth + 1, count + len(level)
        if depth > LIMITS["nesting"]:
            raise BadInput(
                f"{place} is nested too deeply: its certificate {up_to('nesting', 'levels')},"
                f" {_FRAME} of them around it; write sums and products flat, or split it"
            )
        if count > LIMITS["nodes"] // 4:
            raise BadInput(
                f"{place} takes more than a quarter of its certificate: {up_to('nodes', 'parts')};"
                " split it"
            )
        for number in _numbers(level):
            if digits(number) > LIMITS["digits"]:
                raise BadInput(f"{place}: {long(number)}; use shorter numbers: rescale")
        level = [
            y
            for x in level
            if isinstance(x, (dict, list, tuple))
            for y in (x.values() if isinstance(x, dict) else x)
        ]


def long(x: Fraction | int) -> str:
    """A number beyond the limit, for a message."""
    shown = shorten(str(x)) if digits(x) <= 4000 else "a number"
    return (
        f"{shown} has {digits(x)} digits; a rational number has"
        f" {up_to('digits', 'above and below the line')}"
    )


def _numbers(level: list) -> Iterator[Fraction | int]:
    for x in level:
        if isinstance(x, int):
            yield x
        elif isinstance(x, str) and len(x) > LIMITS["digits"] and _RATIONAL.fullmatch(x):
            top, _, below = x.partition("/")
            yield (
                Fraction(int(top), int(below or 1))
                if max(len(top), len(below)) <= 4000 and int(below or 1)
                else 10 ** len(x)
            )
