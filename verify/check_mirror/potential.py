"""A potential: mirror map, laws and dual as identities, and why h is a function of the outputs."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

from verify.check_mirror.base import need
from verify.check_mirror.combinations import slopes_of, whole
from verify.check_mirror.formula import formula_said
from verify.check_mirror.integral import integral_said
from verify.check_mirror.rational import Fn
from verify.check_mirror.record import Record
from verify.check_mirror.words import bracket, said_at, said_of


def block_said(r: Record, b: dict[str, Any], several: bool) -> str:
    """What was checked of a block, in words."""
    members = b["outputs"]
    d, rows = len(members), [r.rows[i] for i in members]
    used = [k for k in range(r.n) if any(row[k].top for row in rows)]
    kernel = [[r.dot(r.fields[i], r.rows[k]) for k in members] for i in members]
    need(full_rank(r, rows, used, kernel), "the Jacobian has not full rank at the start")
    verdict = b["verdict"]
    if verdict == "excluded":
        said = said_at(r, members, b["excluded_by"])
        more = b.get("change_of_time_excluded_by")
        also = (
            "" if more is None else f"; after a change of time neither: {said_of(r, members, more)}"
        )
        return f"no mirror flow: {said} at the start{also}"
    laws = [slopes_of(r, f) for f in b["laws"]]
    for f in laws:
        need(not any(r.dot(r.fields[i], f).top for i in members), "a law is none")
    speed, without = r.number(1), ""
    if verdict == "time change":
        need(not several and b["speed"], "a change of time that is none")
        speed = whole(r, b["speed"])
        need(r.positive(speed), "c is not positive at the start")
        if r.degree is None:  # with a letter as degree nothing is said of the plain clock
            without = f" (without it none: {said_at(r, members, b['excluded_by'])})"
    mirror = potential(r, b, members, speed)
    leaf(r, b["why"], members, used, laws, bool(mirror), kernel)
    need(mirror or verdict == "mirror", "a change of time without its mirror map")
    clock = "" if verdict == "mirror" else " after a change of time"
    clock += without
    delta = "delta_ij" if verdict == "mirror" else "c delta_ij"
    in_beta = formula_said(r, members, b)
    stated = f"X_i h_j = {delta}{in_beta}" if mirror else "no h is stated"
    found = integral_said(r, members, b) or stated
    return f"mirror flow{clock}: {found}, {len(laws)} laws, rank J = {d} ({b['why']})"


def potential(r: Record, b: dict[str, Any], members: list[int], speed: Fn) -> list[Any]:
    """The mirror map as it is stated, where it and the dual have the derivatives that they need."""
    mirror, d = b["mirror_map"] or [], len(members)
    need(len(mirror) in (0, d), "a mirror map that does not fit")
    for j, h in enumerate(map(lambda f: slopes_of(r, f), mirror)):
        for i in range(d):
            right = speed if i == j else r.number(0)
            need(not (r.dot(r.fields[members[i]], h) - right).top, "h is no mirror map")
    if b["dual"]:
        h = slopes_of(r, b["dual"])
        for i in members:
            need(not (r.dot(r.fields[i], h) - speed * r.outputs[i]).top, "the dual is none")
    return list(mirror)


def leaf(r: Record, why: str, members: list[int], used: list[int], laws: list[list[Fn]],
         found: bool, kernel: list[list[Fn]]) -> None:  # fmt: skip
    """Why h is a function of the outputs on the leaf."""
    if why == "one output":
        return need(len(members) == 1, "more outputs than one")
    if why == "commuting":
        pairs = combinations(members, 2)
        return need(
            not any(x.top for i, k in pairs for x in bracket(r, i, k)), "brackets are not 0"
        )
    need(found, "no mirror map is stated")
    if why == "laws":
        rows = [[f[k] for k in used] for f in (*(r.rows[i] for i in members), *laws)]
        return need(
            len(used) == len(members)
            or (r.degree is None and rank([[r.at(x) for x in row] for row in rows]) == len(used)),
            "outputs and laws are not as many as parameters",
        )
    need(why == "involutive" and len(members) <= 3, "a reason that is not known")
    for i, k in combinations(members, 2):
        v = bracket(r, i, k)
        row = [r.dot(r.rows[m], v) for m in members]
        size = fn_det(r, kernel)
        for a in used:
            x = size * v[a]
            for p, j in enumerate(members):
                for q in range(len(members)):
                    x = x - fn_cofactor(r, kernel, p, q) * row[q] * r.fields[j][a]
            need(not x.top, "a bracket that is no combination of the fields")
    return None


def fn_det(r: Record, rows: list[list[Fn]]) -> Fn:
    found = r.number(0 if rows else 1)
    for j in range(len(rows)):
        found = found + rows[0][j] * fn_cofactor(r, rows, 0, j)
    return found


def fn_cofactor(r: Record, rows: list[list[Fn]], i: int, j: int) -> Fn:
    rest = [[x for b, x in enumerate(row) if b != j] for a, row in enumerate(rows) if a != i]
    return r.number((-1) ** (i + j)) * fn_det(r, rest)


def full_rank(r: Record, rows: list[list[Fn]], used: list[int], kernel: list[list[Fn]]) -> bool:
    if r.degree is None:
        return bool(used) and rank([[r.at(row[k]) for k in used] for row in rows]) == len(rows)
    return len(rows) <= 4 and r.positive(fn_det(r, kernel))


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [list(x) for x in rows], 0
    for j in range(len(rows[0]) if rows else 0):
        p = next((i for i in range(found, len(rows)) if rows[i][j]), None)
        if p is None:
            continue
        rows[found], rows[p] = rows[p], rows[found]
        for i in range(found + 1, len(rows)):
            q = rows[i][j] / rows[found][j]
            rows[i] = [x - q * y for x, y in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found
