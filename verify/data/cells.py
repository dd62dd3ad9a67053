"""Text of a file and one cell of a table, read exactly: a decimal is a mantissa and a power of ten, never a float."""

from __future__ import annotations

import os
import re
import stat

from verify.errors import BadInput

MAX_BYTES = 64_000_000  #: size of a file
MAX_DIGITS = 100  #: digits in one number: doubles print 17, quadruple precision 36
MAX_EXPONENT = 400  #: size of the power of ten: doubles end at 308

_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "nil", "?", "-", "--", ".", "#n/a", "missing"})
_INFINITE = frozenset({"inf", "infinity", "+inf", "-inf", "+infinity", "-infinity"})

Decimal = tuple[int, int]  # (mantissa, exponent): mantissa * 10**exponent


def shorten(text: str, limit: int = 40) -> str:
    """Text quoted for a message: printable and short, whatever a file contains."""
    return repr(text if len(text) <= limit else text[: limit - 3] + "...")


def is_number(text: str) -> bool:
    """True for decimal text such as ``-1.5e3``, whatever its size."""
    match = _DECIMAL.fullmatch(text.strip())
    return bool(match and (match[2] or match[3]))


def parse_decimal(text: str, place: str) -> Decimal:
    """The exact value of decimal text: ``parse_decimal("-1.50", ...) == (-150, -2)``.

    ``place`` says where the cell stands and opens the message. Raises BadInput for a missing value, for nan and inf,
    for text that is not a decimal number, and for more than MAX_DIGITS digits or a size beyond 10^MAX_EXPONENT.
    """
    text = text.strip()
    if text.lower() in _MISSING:
        raise BadInput(f"{place}: missing value {shorten(text)}; every cell must hold a number. Fill it in or remove the row.")
    if text.lower() in _INFINITE:
        raise BadInput(f"{place}: {shorten(text)} is not a finite number. Correct it or remove the row.")
    match = _DECIMAL.fullmatch(text)
    if not match or not (match[2] or match[3]):
        raise BadInput(f"{place}: {shorten(text)} is not a decimal number{_hint(text)}.")
    sign, whole, fraction, power = match[1], match[2], match[3] or "", match[4] or "0"
    digits = (whole + fraction).lstrip("0")
    if len(whole + fraction) > MAX_DIGITS:
        raise BadInput(f"{place}: {shorten(text)} has {len(whole + fraction)} digits; at most {MAX_DIGITS} are read. Round the number.")
    # the length first: converting an exponent of a million digits would take for ever
    if len(power.lstrip("+-0")) > 4 or abs(int(power) - len(fraction)) > MAX_EXPONENT + MAX_DIGITS:
        raise BadInput(
            f"{place}: {shorten(text)} has an exponent out of range; expected a size between 1e-{MAX_EXPONENT} and "
            f"1e{MAX_EXPONENT}. Change the unit of the column."
        )
    mantissa = int(digits or "0")
    exponent = int(power) - len(fraction)
    if mantissa and not -MAX_EXPONENT <= exponent + len(digits) - 1 <= MAX_EXPONENT:
        raise BadInput(
            f"{place}: {shorten(text)} is out of range; expected a size between 1e-{MAX_EXPONENT} and "
            f"1e{MAX_EXPONENT}. Change the unit of the column."
        )
    return (-mantissa if sign == "-" else mantissa, exponent if mantissa else 0)


def _hint(text: str) -> str:
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]{3})*,[0-9]+", text):
        return "; write the decimal mark as a point, not as a comma"
    if re.search(r"[0-9][_ ' ][0-9]", text):
        return "; leave out the marks between thousands"
    if text.endswith("%"):
        return "; write per cent as a fraction, without the sign"
    return "; feature columns hold numbers such as -1.5 or 2e-3. Encode the column or remove it"


def read_text(path: str) -> str:
    """The text of a regular UTF-8 file of at most MAX_BYTES bytes. Raises BadInput for everything else."""
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise BadInput(f"{path} is a directory; expected a text file.")
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(f"{path} is not a regular file; save it to a file first.")
        if status.st_size > MAX_BYTES:
            raise BadInput(f"{path} has {status.st_size} bytes; at most {MAX_BYTES} are read. Take fewer rows.")
        with open(path, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(f"there is no file {path}; check the spelling and the directory.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadInput(f"{shorten(path, 200)} cannot be read: {reason}. Check the path and its permissions.") from None
    return decode(raw, os.path.basename(path))


def decode(raw: bytes, name: str) -> str:
    """UTF-8 text, a byte-order mark removed. Raises BadInput for other encodings and for bytes that are no text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(f"{name} is UTF-16 text; expected UTF-8. Save it again as CSV in UTF-8.")
    if b"\x00" in raw:
        raise BadInput(f"{name} is not text (zero byte at position {raw.index(0)}); expected a CSV file.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{name}, line {line}: byte 0x{raw[error.start]:02x} is not UTF-8 text; save the file again in UTF-8.") from None
