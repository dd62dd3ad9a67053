"""Numbers as text, one grammar wherever text becomes a number: files, options, losses, states.
Exact, never a float.

    number  =  [sign] digits "/" digits  |  [sign] decimal ["e" [sign] digits]
    decimal =  digits ["." [digits]]  |  "." digits

Digits are 0 to 9; spaces around a number do not count. So ``-3``, ``1/2``, ``.25``, ``2.``,
``1e-14`` and the ``1.000000000000000000e-01`` of ``numpy.savetxt`` are numbers; nan, inf, 0x10,
1_000, 1,5 and 1/0 are none.

>>> number("2.5E-3", "here")
Fraction(1, 400)
"""

from __future__ import annotations

import re
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
)
from fractions import Fraction
from numbers import Number, Rational

from verify.exact.errors import BadInput, WrongType
from verify.exact.limits import LIMITS, digits, long, shorten, up_to

#: a decimal without sign, as it occurs inside expressions
UNSIGNED = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER = re.compile(rf"[+-]?(?:[0-9]+/[0-9]+|{UNSIGNED})")
_POWER = re.compile(r"[eE]([+-]?[0-9]+)$")
_SPACES = " \t\r\n\f\v"
_INFINITE = frozenset({"inf", "infinity", "nan"})


def rational(x: object) -> Fraction | None:
    """An int, Fraction, or whole number of NumPy as a fraction; None for everything else, floats
    and truth values first of all.
    """
    if type(x) is Fraction and type(x.numerator) is int is type(
        x.denominator
    ):  # NumPy's numbers overflow
        return x
    if isinstance(x, bool) or not isinstance(x, Rational):
        return None
    return Fraction(int(x.numerator), int(x.denominator))


def exactly(value: object) -> Fraction:
    """An exact number, also one of NumPy or SymPy. Raises WrongType for floats and all else."""
    if (found := rational(value)) is not None:
        return found
    number = isinstance(value, (Number, str))
    mend = "write a Fraction" if number else "write letters of the setting's language"
    raise WrongType(f"exact numbers only: got {value!r:.60} of type {type(value).__name__}; {mend}")


def is_number(text: str) -> bool:
    """True for text of the grammar, whatever its size."""
    return bool(_NUMBER.fullmatch(text.strip(_SPACES)))


def is_infinite(text: str) -> bool:
    """True for inf and nan, whatever their sign: floats write them."""
    return text.strip(_SPACES).lower().lstrip("+-") in _INFINITE


def number(text: str, place: str, mend: str = "rescale it") -> Fraction:
    """The exact value of a number. ``place`` opens the message, ``mend`` says how to mend what is
    too long.

    Raises BadInput for what is not of the grammar, a denominator 0, and more digits than the
    readers of certificates read.
    """
    text = text.strip(_SPACES)
    if is_infinite(text):
        raise BadInput(
            f"{place}: {shorten(text)} is not a finite rational number such as 1/2. Correct it or"
            " remove it."
        )
    if not _NUMBER.fullmatch(text):
        raise BadInput(
            f"{place}: {shorten(text)} is not a rational number such as 1/2, -3, 0.25 or"
            f" 2e-3{_hint(text)}."
        )
    most = LIMITS["digits"]
    power = _POWER.search(text)
    # the length first: converting an exponent of a million digits would take for ever
    if power and (len(power[1].lstrip("+-0")) > 4 or abs(int(power[1])) > 2 * most):
        raise BadInput(
            f"{place}: {shorten(text)} has an exponent out of range; a rational number has"
            f" {up_to('digits', 'digits')}: {mend}."
        )
    if len(text) > 6 * most:
        raise BadInput(
            f"{place}: {shorten(text)} has {len(text)} digits; a rational number has"
            f" {up_to('digits')}: {mend}."
        )
    if "/" in text and not int(text.partition("/")[2]):
        raise BadInput(
            f"{place}: {shorten(text)} has the denominator 0; a rational number such as 1/2 has"
            " none."
        )
    value = Fraction(text)
    if digits(value) > most:
        raise BadInput(
            f"{place}: {shorten(text)} is out of range: {long(value).partition(' ')[2]}: {mend}."
        )
    return value


def _hint(text: str) -> str:
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]{3})*,[0-9]+", text):
        return "; write the decimal mark as a point, not as a comma"
    if re.search(r"[0-9][_ ' ][0-9]", text):
        return "; leave out the marks between thousands"
    if text.endswith("%"):
        return "; write per cent as a fraction, without the sign"
    if not text.isascii():
        return "; write digits 0 to 9 and the signs + and - of the keyboard"
    return ""


def short(x: Fraction, digits: int = 3, up: bool | None = None) -> str:
    """A few digits, also far beyond the range of doubles; rounded down or up where asked for, else
    to the nearest.
    """
    rounding = ROUND_HALF_EVEN if up is None else ROUND_CEILING if up else ROUND_FLOOR
    context = Context(prec=digits, rounding=rounding, Emax=MAX_EMAX, Emin=MIN_EMIN)
    found = context.divide(Decimal(x.numerator), Decimal(x.denominator)).normalize(context)
    return (
        f"{found:f}"
        if -5 < found.adjusted() < digits + 3 or not found
        else f"{found:e}".replace("e+", "e")
    )
