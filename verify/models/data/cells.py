"""Text of a file and one cell of a table, read exactly."""

from __future__ import annotations

import os
import stat
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.exact.limits import shorten
from verify.exact.numbers import is_infinite, is_number, number

MAX_BYTES = 64_000_000  #: size of a file

_MISSING = frozenset(
    {"", "na", "n/a", "nan", "null", "none", "nil", "?", "-", "--", ".", "#n/a", "missing"}
)


def parse_cell(text: str, place: str) -> Fraction:
    """The exact value of one cell: ``parse_cell("-1.50", ...) == Fraction(-3, 2)``.

    ``place`` says where the cell stands and opens the message. Raises BadInput for a missing value
    and for what is no number.
    """
    if text.strip().lower() in _MISSING:
        raise BadInput(
            f"{place}: missing value {shorten(text.strip())}; every cell must hold a number. Fill"
            " it in or remove the row."
        )
    try:
        return number(text, place, "rescale the column")
    except BadInput:
        if is_number(text) or is_infinite(text) or not text.strip().isalpha():
            raise
        raise BadInput(
            f"{place}: {shorten(text.strip())} is not a rational number such as -1.5, 2e-3 or 1/2."
            " Encode the column or remove it."
        ) from None


def read_text(path: str) -> str:
    """The text of a regular UTF-8 file of at most MAX_BYTES bytes. Raises BadInput for everything
    else.
    """
    if not path.strip():
        raise BadInput(f"the name of a file is {path!r}; expected the path of a text file.")
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise BadInput(f"{path} is a directory; expected a text file.")
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(f"{path} is not a regular file; save it to a file first.")
        if status.st_size > MAX_BYTES:
            raise BadInput(
                f"{path} has {status.st_size} bytes; at most {MAX_BYTES} are read. Take fewer rows."
            )
        with open(path, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(f"there is no file {path}; check the spelling and the directory.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadInput(
            f"{shorten(path, 200)} cannot be read: {reason}. Check the path and its permissions."
        ) from None
    return decode(raw, os.path.basename(path))


def decode(raw: bytes, name: str) -> str:
    """UTF-8 text, a byte-order mark removed. Raises BadInput for other encodings and for bytes that
    are no text.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(f"{name} is UTF-16 text; expected UTF-8. Save it again as CSV in UTF-8.")
    if b"\x00" in raw:
        raise BadInput(
            f"{name} is not text (zero byte at position {raw.index(0)}); expected a CSV file."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{name}, line {line}: byte 0x{raw[error.start]:02x} is not UTF-8 text; save the file"
            " again in UTF-8."
        ) from None
