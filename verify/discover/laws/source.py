"""Laws as a Python module: one function for each family, for NumPy or PyTorch arrays, and an
assertion for a test.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from keyword import iskeyword

from verify.discover.laws.atoms import Atom, Inner, Law, Log, Minor, Power, Total
from verify.discover.laws.families import Family, Row
from verify.discover.laws.layout import Layout
from verify.discover.laws.text import coordinate, family, letters_of, matrix, norm, part

LIBRARIES = {"numpy": ("import numpy as np", "np"), "torch": ("import torch", "torch")}
ASSERTION = '''

def assert_conserved(before, after, rtol=1e-6, atol=1e-9):
    """Raises AssertionError for the first law whose value differs between two states of training,
    each a dict of the tensors by name. A gradient flow keeps the values; gradient descent changes
    them by the square of its step in each step.
    """
    for law in LAWS:
        was, now = law(**before), law(**after)
        gap = abs(was - now)
        allowed = atol + rtol * abs(was)
        assert bool((gap <= allowed).all()), f"{law.__doc__}: {was} became {now}"
'''


def module(
    layout: Layout, found: Sequence[tuple[Family, bool]], title: str, library: str = "numpy"
) -> str:
    """The text of a module. Each family comes with whether all of it is proved."""
    head, xp = LIBRARIES[library]
    arguments = ", ".join(layout.shapes)
    functions = []
    for number, (f, proved) in enumerate(found, 1):
        said = "proved" if proved else "held at random points, not proved"
        text = family(layout, f).replace("\\", " ")
        functions.append(
            f"def law_{number}({arguments}):\n"
            f'    """{text}: {said}."""\n'
            f"    return {expression(layout, f, xp)}\n"
        )
    names = "".join(f"law_{n}, " for n in range(1, len(found) + 1)).rstrip()
    safe = title.replace("\\", "/").replace('"', "'")
    shapes = ", ".join(f"{n} {s}" for n, s in layout.shapes.items())
    top = f'"""What gradient flow conserves: {safe}.\n\nTensors: {shapes}.\n"""\n\n{head}\n'
    return "\n\n".join([top, *functions, f"LAWS = ({names})\n{ASSERTION}"])


def usable(layout: Layout) -> str | None:
    """The first name of a tensor that no argument of a function can have, or None."""
    taken = {"np", "torch", "abs", "range"}
    return next((n for n in layout.shapes if not n.isidentifier() or iskeyword(n) or n in taken),
                None)  # fmt: skip


def expression(layout: Layout, f: Family, xp: str) -> str:
    """A family as an expression in the tensors."""
    if f.kind == "single":
        return _single(layout, f.laws[0], xp)
    if f.kind == "whole":
        return _sum([(r.c, r.tensor) for r in f.rows])
    n, h = letters_of(layout)
    over = h if f.times > 1 else None
    stack = "np.array" if xp == "np" else "torch.stack"
    if f.kind == "matrix":
        plain = _sum([(r.c, matrix(layout, r, f.count, over)) for r in f.rows])
        said = re.sub(r"\b(outer|einsum)\(", rf"{xp}.\1(", plain)
    else:
        unit = n if f.count > 1 else None
        said = _sum([(r.c, _norm(layout, r, unit, f.step, over, xp)) for r in f.rows])
        said = f"{stack}([{said} for {n} in range({f.count})])" if unit else said
    said = f"{stack}([{said} for {h} in range({f.times})])" if over else said
    return re.sub(rf"\b(\d+)({n}|{h})\b", r"\1 * \2", said)


def _norm(layout: Layout, r: Row, unit: str | None, step: int, over: str | None, xp: str) -> str:
    inside = norm(layout, r, unit, step, over).removesuffix("^2").strip("|")
    return f"{xp}.sum({inside} ** 2)"


def _number(c: Fraction) -> str:
    return str(c) if c.denominator == 1 else f"{c.numerator} / {c.denominator}"


def _sum(pieces: list[tuple[Fraction, str]]) -> str:
    out = ""
    for c, text in pieces:
        size = "" if abs(c) == 1 else f"{_number(abs(c))} * "
        sign = ("-" if c < 0 else "") if not out else (" - " if c < 0 else " + ")
        wrapped = f"({text})" if size and "@" in text else text
        out += f"{sign}{size}{wrapped}"
    return out


def _atom(layout: Layout, a: Atom | Minor, xp: str) -> str:
    if isinstance(a, Inner):
        left, right = part(layout, a.left), part(layout, a.right)
        return f"{xp}.sum({left} ** 2)" if a.left == a.right else f"{xp}.sum({left} * {right})"
    if isinstance(a, Total):
        return f"{xp}.sum({part(layout, a.part)})"
    if isinstance(a, Power):
        return " * ".join(f"{coordinate(layout, i)} ** {e}" for i, e in a.factors)
    if isinstance(a, Minor):
        all_rows = len(a.rows) == layout.shapes[a.tensor][0]
        picked = f"[:, {list(a.columns)}]" if all_rows else f"[{list(a.rows)}]"
        return f"{xp}.linalg.det({a.tensor}{picked})"
    return f"{xp}.log(abs({_atom(layout, a.of, xp)}))"


def _single(layout: Layout, law: Law, xp: str) -> str:
    if not all(isinstance(a, Log) for _, a in law.sum):
        return _sum([(c, _atom(layout, a, xp)) for c, a in law.sum])
    parts = [(c, _atom(layout, a.of, xp)) for c, a in law.sum if isinstance(a, Log)]
    whole = all(c.denominator == 1 for c, _ in parts)
    powers = [f"({x if whole else f'abs({x})'}) ** ({_number(c)})" for c, x in parts]
    return " * ".join(powers)
