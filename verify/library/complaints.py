"""Python's own complaints about a call, with what the thing that was called expects."""

from __future__ import annotations

import inspect
import re
from difflib import get_close_matches
from traceback import walk_tb
from typing import Any

_CALL = re.compile(r"TypeError: (?:<lambda>.*\.)?(\w+)(?:\.__init__)?\(\) (.*)")
_NOTATION = {
    "'Family' object is not callable": "indices stand in brackets: u['l', 'i']",
    "'Expr' object is not callable": "a product is written with *",
    "'Mat' object is not callable": "a product is written with *",
}


def complaint(error: TypeError, said: str) -> str:
    """``said``, which begins with the name of the error; of a call with its arguments, the missing
    ones first.
    """
    for text, mend in _NOTATION.items():
        if text in said:
            return f"{said}; {mend}"
    match = _CALL.fullmatch(said)
    called = _called(error, match[1]) if match else None
    if match is None or called is None:
        return said
    takes = [n for n in inspect.signature(called).parameters if n != "self"]
    unknown = re.search(r"unexpected keyword argument '(\w+)'", match[2])
    near = get_close_matches(unknown[1], takes, 1, 0.5) if unknown else []
    missing = re.findall(r"'(\w+)'", match[2]) if "missing" in match[2] else []
    what = f"missing {', '.join(missing)}" if missing else match[2].partition(". Did you")[0]
    return (
        f"{match[1]}(): {what}; {f'did you mean {near[0]}? ' if near else ''}its arguments:"
        f" {', '.join(takes)}"
    )


def _called(error: TypeError, name: str) -> Any:
    """What the author called by that name, where it is a class or a function."""
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    found = next(
        (
            x
            for f in reversed(frames)
            for x in (f.f_locals.get(name), f.f_globals.get(name))
            if x is not None
        ),
        None,
    )
    return found if inspect.isclass(found) or inspect.isfunction(found) else None
