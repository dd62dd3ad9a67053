"""What the kernel has resolved, written down again as a certificate writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import Any

from verify.kernel.affine import Affine, Index, Interval, Kind, Size
from verify.kernel.affine import number as whole_number
from verify.kernel.letters import Base, Power
from verify.kernel.names import Names
from verify.kernel.ring import Poly
from verify.kernel.terms import opened

Data = object
USES = ("by", "base", "step", "power-by", "total-by")  # fields of steps that list uses


def text_of(certificate: Mapping[str, Data]) -> str:
    """The bytes of a certificate: compact, in the order in which it is read."""
    return json.dumps(certificate, separators=(",", ":")) + "\n"


def label(name: str) -> str:
    """A name of letters and digits: any-start becomes anyStart."""
    first, *rest = "".join(x if x.isalnum() else " " for x in name).split() or ["n"]
    found = first + "".join(x[:1].upper() + x[1:] for x in rest)
    return found if found[0].isalpha() else "n" + found


def affine(a: Affine) -> Data:
    """An index or exponent: a number, a name, or coefficients."""
    if not a.terms:
        return int(a.const) if a.const.denominator == 1 else str(a.const)
    if len(a.terms) == 1 and a.terms[0][1] == 1 and not a.const:
        return a.terms[0][0].name
    found: dict[str, Data] = {x.name: _coefficient(c) for x, c in a.terms}
    return {**found, "": _coefficient(a.const)} if a.const else found


def _coefficient(c: Fraction) -> Data:
    return int(c) if c.denominator == 1 else str(c)


def exponent(a: Affine) -> Data:
    """A number in quotes, or as an index."""
    return affine(a) if a.terms else str(a.const)


def size(s: Size) -> Data:
    """A set, or a member of a family."""
    return [s.of.name, affine(s.member)] if type(s.of).__name__ == "Family" else s.of.name


def kind(k: Kind) -> Data:
    """What an index runs through."""
    if isinstance(k, Interval):
        return {"from": affine(k.low), "to": affine(k.high)}
    return size(k)


def ranges(indices: Sequence[Index]) -> dict[str, Data]:
    """A `for` or `sum`."""
    return {x.name: kind(x.kind) for x in indices}


def named(bound: Sequence[Index], scope: Names) -> None:
    """Names for bound indices that a certificate may write there."""
    free = (
        x for k in count(1) if (x := f"j{k}") not in scope.names and x not in scope.setting.taken
    )
    for index in bound:
        index.name = next(free)


def factor(base: Base, power: Affine) -> Data:
    """A real factor: a letter, an integer, a trace, a size."""
    if base.head is not None:
        found: list[Data] = ["at", base.head.name, *map(affine, base.at)]
    elif base.word:
        found = ["tr", product([letter(x) for x in base.word])]
    elif base.size is not None:
        found = ["size", size(base.size)]
    else:
        found = ["is", affine(base.at[0]), 0]
    return found if power == whole_number(1) else ["^", found, exponent(power)]


def letter(x: Power) -> Data:
    """A matrix letter, perhaps adjoint, perhaps a power."""
    found: list[Data] = ["at", x.letter.name, *map(affine, x.at)]
    for mark, op in ((2, "C"), (1, "H")):
        found = [op, found] if x.star & mark else found
    return found if x.power == whole_number(1) else ["^", found, exponent(x.power)]


def product(parts: Sequence[Data]) -> Data:
    """A product of at least one part."""
    return parts[0] if len(parts) == 1 else ["*", *parts]


def cofactor(c: Fraction, factors: Sequence[tuple[Base, Affine]]) -> Data:
    """A number times real factors."""
    parts = [factor(base, e) for base, e in factors]
    return product([str(c), *parts]) if c != 1 or not parts else product(parts)


def terms(p: Poly, scope: Names) -> Data:
    """A real polynomial."""
    found = []
    for mono, c in p.terms.items():
        bound, factors, _ = opened(mono)
        named(bound, scope)
        found.append(cofactor(c, factors))
        for x in reversed(bound):
            found[-1] = ["sum", x.name, kind(x.kind), found[-1]]
    return ["+", *found] if len(found) > 1 else found[0] if found else "0"


def needed(
    steps: Sequence[Mapping[str, Any]], by: Sequence[Mapping[str, Any]], rates: bool = False
) -> list[Mapping[str, Any]]:
    """Steps without those that nothing uses; rates where they are asked for."""
    used, found = {x["use"] for x in by}, list[Mapping[str, Any]]()
    for x in reversed(steps):
        rows = x["of"] if x["rule"] == "keep" else [x]
        if (x["rule"] == "rate" and rates) or any(row.get("name") in used for row in rows):
            found.insert(0, x)
            for row in rows:
                used |= {u["use"] for f in USES for u in row.get(f, [])}
                used |= {row["use"]} if "use" in row else set()
    return found
