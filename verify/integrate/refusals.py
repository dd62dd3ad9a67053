"""What a symbol refuses: everything that asks it for a truth value, a number, a hash or an order.

A field, loss or quantity is run once, on symbols that stand for all states. Python's defaults would
answer such questions without a word (two symbols are not equal, a symbol is true), and one branch
would be recorded for all states. So each of them raises BadInput, names the operation and the
author's line, and leaves a note on the tape: a ``try`` in the author's function does not hide it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from linecache import getline
from types import FrameType
from typing import Any, NoReturn

from verify.exact.errors import BadInput

BRANCH = (
    "a branch would be recorded for one of them only; write one formula with + - * / **, exp, log,"
    " sqrt, tanh, sigmoid, softplus"
)
NUMBER = (
    "a symbol has no value; write the function with + - * / ** and the symbol's own methods:"
    " x.exp(), x.log(), x.sqrt(), x.tanh()"
)
KEY = (
    "two symbols are never known to be the same key; use the position of the state in the list"
    " instead"
)
CORNER = (
    "it has a corner, where the field is not smooth and the engines' bounds do not hold; use a"
    " smooth one, such as x.softplus()"
)
WAVE = (
    "the engines have no sine and cosine; let them be two further states with s' = c z' and c' ="
    " -s z'"
)

#: method -> (what the author's line does, why it is refused and how to mend it)
REFUSED: dict[str, tuple[str, str]] = {
    "__eq__": ("compares symbols with ==", BRANCH),
    "__ne__": ("compares symbols with !=", BRANCH),
    "__lt__": ("compares symbols with <", BRANCH),
    "__le__": ("compares symbols with <=", BRANCH),
    "__gt__": ("compares symbols with >", BRANCH),
    "__ge__": ("compares symbols with >=", BRANCH),
    "__bool__": ("asks a symbol whether it is true", BRANCH),
    "__contains__": ("looks for something in a symbol", BRANCH),
    "__hash__": ("uses a symbol as a key, or as a member of a set", KEY),
    "__float__": ("takes float() of a symbol, as functions of math do", NUMBER),
    "__int__": ("takes int() of a symbol", NUMBER),
    "__complex__": ("takes complex() of a symbol, as functions of cmath do", NUMBER),
    "__index__": ("uses a symbol as an index or a count", NUMBER),
    "__round__": ("rounds a symbol", NUMBER),
    "__trunc__": ("rounds a symbol", NUMBER),
    "__floor__": ("rounds a symbol", NUMBER),
    "__ceil__": ("rounds a symbol", NUMBER),
    "as_integer_ratio": ("takes the fraction of a symbol", NUMBER),
    "__len__": ("takes the length of a symbol", NUMBER),
    "__iter__": ("runs through a symbol", NUMBER),
    "__reversed__": ("runs through a symbol", NUMBER),
    "__reduce_ex__": ("stores a symbol", KEY),
    "__abs__": ("takes |x| of a symbol", CORNER),
    "__floordiv__": ("rounds a quotient of symbols with //", NUMBER),
    "__rfloordiv__": ("rounds a quotient of symbols with //", NUMBER),
    "__mod__": ("takes the remainder of symbols with %", NUMBER),
    "__rmod__": ("takes the remainder of symbols with %", NUMBER),
    "__divmod__": ("takes divmod() of symbols", NUMBER),
    "__rdivmod__": ("takes divmod() of symbols", NUMBER),
    "__and__": ("joins symbols with &", BRANCH),
    "__rand__": ("joins symbols with &", BRANCH),
    "__or__": ("joins symbols with |", BRANCH),
    "__ror__": ("joins symbols with |", BRANCH),
    "__xor__": ("joins symbols with ^; a power is written **", BRANCH),
    "__rxor__": ("joins symbols with ^; a power is written **", BRANCH),
    "__invert__": ("negates a symbol with ~", BRANCH),
}
MISSING = "the engines do not have this function; they have + - * / **, exp and log"
_CORNERS = "abs fabs absolute relu maximum minimum max min sign heaviside clip hypot"
_NUMBERS = "floor ceil rint trunc item isnan isfinite"
_MISSING = "arcsin arccos arctan asin acos atan arctan2 arcsinh arccosh arctanh erf gelu cbrt"
for _names, _mend in (
    (_CORNERS, CORNER),
    (_NUMBERS, NUMBER),
    ("sin cos tan", WAVE),
    (_MISSING, MISSING),
):
    REFUSED |= {name: (f"takes {name}() of a symbol", _mend) for name in _names.split()}


def refusing(cls: type) -> type:
    """Give a class of symbols every method of REFUSED."""
    for name, (operation, mend) in REFUSED.items():
        setattr(cls, name, _refused(operation, mend))
    return cls


def _refused(operation: str, mend: str) -> Callable:
    def refused(self: Any, *_: object, **__: object) -> NoReturn:
        raise self.tape.noted(BadInput(f"it {operation}{here()}: {mend}"))

    return refused


def here() -> str:
    """The author's line that is running, as `` at FILE, line N: TEXT``; nothing where there is
    none.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not _is_authors(frame.f_code.co_filename):
        frame = frame.f_back
    return "" if frame is None else place(frame.f_code.co_filename, frame.f_lineno)


def where(problem: BaseException) -> str:
    """The author's line that an exception came from, the innermost one."""
    found, trace = "", problem.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        found = place(name, trace.tb_lineno) if _is_authors(name) else found
        trace = trace.tb_next
    return found


def place(name: str, line: int) -> str:
    """Where in a file of the author: name and line, and its text where it can be printed."""
    text = getline(name, line).strip()
    return f" at {os.path.basename(name)}, line {line}" + (
        f": {text[:80]}" if text.isprintable() and text else ""
    )


_OWN = os.path.dirname(os.path.abspath(__file__))
_STANDARD = os.path.dirname(os.path.abspath(os.__file__))


def _is_authors(name: str) -> bool:
    """Neither the tracer nor a library through which the author's function went."""
    if name.startswith((_OWN + os.sep, "<frozen")):
        return False
    if "site-packages" in name:
        return f"{os.sep}numpy{os.sep}" not in name and f"{os.sep}scipy{os.sep}" not in name
    return not name.startswith(_STANDARD + os.sep)
