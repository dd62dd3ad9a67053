"""What an expression may be made of, checked before anything is done with it: heads, arguments,
names, exact numbers, moderate size.

Types are exact, not instances: a subclass of ``str`` or of an index could print as one thing and be
proved as another.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TypeGuard

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, SPOKEN, fits, long, up_to
from verify.terms.affine import Affine
from verify.terms.matrices import MARKS, Mat

_LEAST = -1
#: the heads that an author writes ("within" is the machinery's own) and their arguments: "i" an
# index, "i?" one or none, "e" an : exponent, "m" an expression, "n" a name, "q" a number, "*" a
# mark
_ARGUMENTS = {
    "num": "q",
    "const": "n",
    "seq": "n i",
    "letter": "n i?",
    "+": "m m",
    "*": "m m",
    "^": "m e",
    "mark": "* m",
}
_ARGUMENTS |= {
    "D": "m",
    "next": "m",
    "tr": "m",
    "sum": "n i i m",
    "loss": "",
    "G": "i",
    "H": "n i",
    "w": "n i",
}
_INDEX = re.compile(r"[a-z]")
#: what indices, the clock, the signs of the notation and the words of its sentences are called
RESERVED = SPOKEN | frozenset("k p q t e I Re Tr conj after of with over".split())


def fault(e: object) -> str:
    """What is wrong with the build of an expression; "" for nothing."""
    level: list = [e]
    count, levels = 0, 0
    while level:
        count, levels = count + len(level), levels + 1
        if count > LIMITS["nodes"] // 4:
            return f"too long an expression: a quarter of {up_to('nodes', 'parts')}; split it"
        if levels > LIMITS["nesting"]:
            return f"an expression nested too deeply: {up_to('nesting', 'levels')}; split it"
        wrong = next((text for x in level if (text := _node(x))), "")
        if wrong:
            return wrong
        level = [y for x in level for y in x.args if isinstance(y, Mat)]
    return ""


def unclaimed(e: object) -> str:
    """What no claim may be made of: a fault, or a sum inside a sum, which no certificate says."""
    why = fault(e)
    if why:
        return why
    assert isinstance(e, Mat)
    outer = next((x for x in e.walk() if x.head == "sum" and x.args[3].has("sum")), None)
    return (
        f"a sum inside a sum, over {outer.args[0]}; expected sums of terms without sums: take the"
        " inner one out as a factor, or state a claim for each"
        if outer is not None
        else ""
    )


def _node(x: object) -> str:
    if (
        type(x) is not Mat
        or type(x.head) is not str
        or x.head not in _ARGUMENTS
        or type(x.args) is not tuple
    ):
        head = getattr(x, "head", x)
        return (
            f"{str(head)[:40]!r} of type {type(x).__name__}; expected an expression with one of the"
            f" heads {sorted(_ARGUMENTS)}"
        )
    wanted = _ARGUMENTS[x.head].split()
    if len(wanted) != len(x.args) or not all(
        _fits(y, kind) for y, kind in zip(x.args, wanted, strict=True)
    ):
        wrong = next((y for y in x.args if affine_fits(y) and not _single(y)), None)
        if why := next((text for y in x.args if (text := beyond(y, x.head))), ""):
            return why
        if wrong is not None:
            return (
                f"the index {wrong} of {x.head}; expected a number, or one variable plus a number,"
                " such as k + 1 or N - 1"
            )
        return (
            f"{x.head} with {len(x.args)} arguments of types {[type(y).__name__ for y in x.args]};"
            " use the builders of verify.terms.matrices"
        )
    return (
        ""
        if x.head != "sum" or _INDEX.fullmatch(x.args[0])
        else f"a sum over {x.args[0]!r}; expected one small letter, such as p"
    )


def beyond(x: object, head: str) -> str:
    """What is said of a number, an index or an exponent that the readers do not read."""
    if isinstance(x, Fraction) and not fits(x):
        return long(x)
    if not isinstance(x, Affine) or any(type(c) is not int for c in _coefficients(x)):
        return ""
    if len(x.terms) + (x.const != 0) > LIMITS["variables"]:
        return f"an index or exponent of too many parts; expected {up_to('variables')}"
    if max(map(abs, _coefficients(x))) > LIMITS["index"]:
        return f"an index or exponent with a number too far from 0; expected {up_to('index')}"
    if head == "^" and not x.terms and abs(x.const) > LIMITS["factors"]:
        return f"the power {x.const}; expected {up_to('factors')}: write it as a product"
    return ""


def _coefficients(x: Affine) -> tuple:
    return (x.const, *(c for _, c in x.terms))


def _fits(x: object, kind: str) -> bool:
    if kind == "m":
        return isinstance(x, Mat)
    if kind in ("n", "*"):
        return type(x) is str and (kind == "n" or x in MARKS)
    if kind == "q":
        return type(x) is Fraction and fits(x)
    if kind == "e" and affine_fits(x) and not x.terms and abs(x.const) > LIMITS["factors"]:  # type: ignore[attr-defined]
        return False
    return (x is None and kind == "i?") or (affine_fits(x) and (kind == "e" or _single(x)))


def _single(x: Affine) -> bool:
    """One variable plus a number, or a number alone."""
    return len(x.terms) <= 1 and all(c == 1 for _, c in x.terms)


def affine_fits(x: object) -> TypeGuard[Affine]:
    """Whole numbers of moderate size."""
    if (
        type(x) is not Affine
        or type(x.terms) is not tuple
        or any(type(n) is not str for n, _ in x.terms)
    ):
        return False
    few = len(x.terms) + (x.const != 0) <= LIMITS["variables"]
    return few and all(type(c) is int and abs(c) <= LIMITS["index"] for c in _coefficients(x))


def place_fits(first: object, less: object) -> bool:
    """The ends of a range k = first..N - less."""
    return all(type(x) is int and _LEAST <= x <= LIMITS["ends"] for x in (first, less))


def expression(where: str, x: object) -> None:
    """Raises BadInput for what is no expression in matrices, naming what it is and what to
    write.
    """
    if type(x) is Mat:
        return
    number = isinstance(x, (int, Fraction)) and not isinstance(x, bool)
    mend = (
        f"write num({x})"
        if number
        else (
            "build it from W, A, B, X, P, letter(..), const(..), num(..) with + - * ** .H tr(..)"
            " dot(..)"
        )
    )
    raise BadInput(
        f"{where} = {str(x)[:60]!r} of type {type(x).__name__}; expected an expression in matrices:"
        f" {mend}"
    )


def sequence(where: str, x: object, kind: type) -> None:
    """Raises BadInput for what is no tuple of ``kind``."""
    if not isinstance(x, (tuple, list)) or any(not isinstance(y, kind) for y in x):
        lone = isinstance(x, kind)
        raise BadInput(
            f"{where} = {str(x)[:60]!r} of type {type(x).__name__}; expected a tuple of"
            f" {kind.__name__}" + (f": write ({kind.__name__}(..),) with a comma" if lone else "")
        )


def bound(e: Mat) -> set[str]:
    """Names of the indices that sums within the expression bind."""
    return {n.args[0] for n in e.walk() if n.head == "sum"}
