"""Laws that are independent at the start, and why a function of the leaf is one of beta."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flint import fmpq, fmpq_mat

from verify.exact.errors import NoValue
from verify.mirror.exclude import adjugate_of, determinant
from verify.mirror.field import Element
from verify.mirror.geometry import Geometry
from verify.mirror.given import Given
from verify.mirror.solve import Combination


def independent(g: Geometry, laws: Sequence[Combination], given: Given) -> list[Combination]:
    """Laws whose slopes at the start are independent of each other and of J, first ones first."""
    given = _sampled(given)
    rows = [_row(g, row, given) for row in g.slopes]
    if any(r is None for r in rows):
        return []
    kept, found = [r for r in rows if r], []
    for law in sorted(laws, key=lambda f: any(a.kind != "power" for _, a in f.terms)):
        row = _row(g, law.slopes(g), given)
        if row is not None and _rank([*kept, row]) > len(kept):
            kept.append(row)
            found.append(law)
    return found


def _sampled(given: Given) -> Given:
    """A degree that stays a letter at 7: which laws are shown depends on it, and no proof does."""
    values = [fmpq(7) if isinstance(x, Element) else x for x in given.values]
    return replace(given, values=tuple(values))


def _row(g: Geometry, slopes: dict[int, Element], given: Given) -> list[fmpq] | None:
    """Exact slopes at the start; None where one is not rational or not defined."""
    try:
        row = [slopes[k].at(given.values) if k in slopes else fmpq(0) for k in g.parameters]
    except NoValue:
        return None
    return row if all(isinstance(x, fmpq) for x in row) else None


def _rank(rows: list[list[fmpq]]) -> int:
    return int(fmpq_mat(len(rows), len(rows[0]), [x for r in rows for x in r]).rank())


def spans(g: Geometry, laws: Sequence[Combination], given: Given) -> str:
    """Why functions of the leaf are functions of beta there: "laws" where J and the laws have rank
    p at the start, "involutive" where brackets are combinations of the fields; else "".
    """
    exact = all(isinstance(x, fmpq) for x in given.values)
    if exact and g.count + len(laws) == len(g.parameters):
        return "laws"
    if len(g.parameters) == g.count:
        return "laws"
    return "involutive" if g.count <= 3 and _involutive(g) else ""


def _involutive(g: Geometry) -> bool:
    """v = [X_i, X_k] - J^T S_ik is 0 as an identity."""
    adjugate, size = adjugate_of(g.kernel, g), determinant(g.kernel, g)
    for i, k in g.pairs:
        row = [g.defects[i, k, m] for m in range(g.count)]
        s = [sum((a * x for a, x in zip(r, row, strict=True)), g.field.number(0)) for r in adjugate]
        for a in g.parameters:
            x = g.brackets[i, k].get(a, g.field.number(0)) * size
            for j in range(g.count):
                if a in g.fields[j]:
                    x = x - g.fields[j][a] * s[j]
            if not x.nothing:
                return False
    return True
