"""A linear subspace in which the leaf lies."""

from __future__ import annotations

from typing import Any

from verify.check_mirror.base import need, rational
from verify.check_mirror.rational import Fn, Poly, plus, slope, times
from verify.check_mirror.record import Record


def within(r: Record, w: dict[str, Any]) -> str:
    """The subspace: its basis is orthogonal, with the metric's weights; the outputs are those of
    the whole space there, and their slopes lie in it.
    """
    basis = [[rational(x) for x in b] for b in w["basis"]]
    wide = len(w["parameters"])
    need(len(basis) == r.n and all(len(b) == wide for b in basis), "a basis that does not fit")
    need(len(w["whole"]) == len(r.outputs) and r.count == r.n, "a subspace that is not checked")
    inner = lambda x, y: sum(p * q for p, q in zip(x, y, strict=True))
    for i, b in enumerate(basis):
        need(not any(inner(b, x) for x in basis[:i]), "a basis that is not orthogonal")
        need(inner(b, b) * r.weights[i] == 1, "a metric that is not the induced one")
    put = [
        {tuple(int(n == k) for n in range(r.n)): b[j] for k, b in enumerate(basis) if b[j]}
        for j in range(wide)
    ]
    for stated, own in zip(w["whole"], r.outputs, strict=True):
        need(
            all(len(e) == wide and all(type(k) is int and k >= 0 for k in e) for _, e in stated),
            "no polynomial",
        )
        poly = {tuple(e): rational(c) for c, e in stated}
        here = Fn(composed(poly, put, r), r.number(1).bottom)
        need(not (here - own).top, "outputs that are not those of the whole space")
        slopes = [composed(slope(poly, j), put, r) for j in range(wide)]
        for j in range(wide):  # what is left of a slope after its projection onto the basis
            rest = slopes[j]
            for k, b in enumerate(basis):
                for m in range(wide):
                    if b[j] and b[m]:
                        c = r.weights[k] * b[j] * b[m]
                        rest = plus(rest, {e: c * x for e, x in slopes[m].items()}, -1)
            need(not rest, "the flow leaves the subspace")
    return f", in a linear subspace of dimension {r.n} to which the flow is tangent"


def composed(poly: Poly, put: list[Poly], r: Record) -> Poly:
    found: Poly = {}
    for e, c in poly.items():
        term: Poly = {r.zero: c} if c else {}
        for j, k in enumerate(e):
            for _ in range(k):
                term = times(term, put[j])
        found = plus(found, term)
    return found
