"""Shapes: an expression is a number or a matrix of declared sizes. Ill-shaped products are refused
before anything is proved.
"""

from __future__ import annotations

from verify.terms.affine import Affine
from verify.terms.letters import RUNS, Dim, Theory
from verify.terms.matrices import Mat
from verify.terms.matrix_words import words

Shape = tuple[Dim, Dim] | None


class IllShaped(ValueError):
    """The message names the expression and what was expected."""


def shape(e: Mat, theory: Theory) -> Shape:
    """(rows, columns), or None for a number. Raises IllShaped."""
    if e.head in ("num", "const", "seq", "loss"):
        if e.head == "seq" and e.args[0] not in theory.sequences:
            raise IllShaped(
                f"sequence {e.args[0]!r} is not declared; sequences: {sorted(theory.sequences)}"
            )
        return None
    if e.head == "letter":
        return _letter(e, theory)
    if e.head in ("G", "H", "w"):
        return _defined(e, theory)
    if e.head in ("+", "*"):
        return (_sum if e.head == "+" else _product)(
            e, shape(e.args[0], theory), shape(e.args[1], theory)
        )
    inner = shape(
        e.args[1] if e.head == "mark" else e.args[-1] if e.head in ("sum", "within") else e.args[0],
        theory,
    )
    if e.head == "mark":
        return inner if inner is None or e.args[0] == "C" else inner[::-1]
    if e.head in ("tr", "^"):
        if inner is None and e.head == "tr":
            raise IllShaped(
                f"{words(e)}: {words(e.args[0])} is a number, and a number has no trace: write the"
                " number itself"
            )
        if inner is not None and inner[0] != inner[1]:
            raise IllShaped(f"{words(e)}: {_said(inner)} is not square")
        return None if e.head == "tr" else inner
    if (
        e.head == "sum"
        and inner is not None
        and any(at is not None and at.coefficient(e.args[0]) for _, at in inner)
    ):
        raise IllShaped(f"{words(e)}: the size of what is summed changes with {e.args[0]}")
    return inner


def _letter(e: Mat, theory: Theory) -> Shape:
    name, at = e.args
    if name not in theory.letters:
        raise IllShaped(f"letter {name!r} is not declared; letters: {sorted(theory.letters)}")
    if (at is None) != (not theory.letters[name].index):
        raise IllShaped(f"letter {name!r} {'needs an' if at is None else 'has no'} index")
    return theory.shape(name, at)


def _defined(e: Mat, theory: Theory) -> Shape:
    at: Affine = e.args[-1]
    if "W" not in theory.letters:
        raise IllShaped(f"{words(e)}: there are no layers W here")
    if e.head != "G":
        name = e.args[0]
        if name != "G" and (name not in theory.letters or theory.letters[name].index != "inner"):
            raise IllShaped(f"{words(e)}: {name!r} is no family a_1..a_(N-1)")
    rows, cols = theory.shape("W", at)
    return (rows, cols) if e.head == "w" else (rows, rows)


def _sum(e: Mat, x: Shape, y: Shape) -> Shape:
    """A number beside a square matrix is that multiple of the identity."""
    if x == y:
        return x
    matrix = x if x is not None else y
    number = e.args[1] if x is not None else e.args[0]
    if matrix is not None and (x is None or y is None):
        if number == Mat("num", (0,)) or matrix[0] == matrix[1]:
            return matrix
    raise IllShaped(f"{words(e)}: {_said(x)} and {_said(y)} cannot be added")


def _product(e: Mat, x: Shape, y: Shape) -> Shape:
    if x is None or y is None:
        return y if x is None else x
    if x[1] != y[0]:
        raise IllShaped(f"{words(e)}: {_said(x)} times {_said(y)}")
    return (x[0], y[1])


def _said(x: Shape) -> str:
    if x is None:
        return "a number"
    return " x ".join(name + (f"_({at})" if at is not None else "") for name, at in x)


def missing(e: Mat, ranges: dict[str, tuple[int, int]], theory: Theory, moved: bool = False) -> str:
    """What is asked for at an index where it is not there; "" for nothing. ``ranges``: (first, N -
    last) of the free indices.

    Families with vanishing ends, sequences and moments are there from 0 to N, and beyond that they
    are not zero but nothing. Of other letters this is about those of which a derivative, a step or
    a gradient is taken (``moved``): it would count as zero there. Elsewhere the normal form refuses
    such a letter itself.
    """
    if e.head in ("letter", "seq", "G", "H"):
        return words(e) if _asked(e, theory, moved) and not _there(e, ranges, theory) else ""
    if e.head == "sum":
        ranges = {**ranges, e.args[0]: (e.args[1].const, -e.args[2].const)}
    moved = moved or e.head in ("D", "next")
    return next(
        (
            text
            for x in e.args
            if isinstance(x, Mat) and (text := missing(x, ranges, theory, moved))
        ),
        "",
    )


def _asked(e: Mat, theory: Theory, moved: bool) -> bool:
    if e.head != "letter":
        return True
    return e.args[1] is not None and (moved or theory.letters[e.args[0]].index == "inner")


def _there(e: Mat, ranges: dict[str, tuple[int, int]], theory: Theory) -> bool:
    """Certainly, at every depth. An index that is a number has to be there at the least depth."""
    at: Affine = e.args[-1]
    run = theory.letters[e.args[0]].index if e.head == "letter" else "inner"
    first, less = (0, 0) if run == "inner" else RUNS[run]
    if not at.terms:
        return first <= at.const <= theory.least_depth - less
    if at.base == "N":
        return at.const <= -less and theory.least_depth + at.const >= first
    low, high = ranges[at.base]
    return low + at.const >= first and high - at.const >= less
