"""The b of a flow on a fibre, solved exactly: the relation is linear in b, consistent at every W,
and w_b is unique.
"""

from __future__ import annotations

from flint import fmpq, fmpq_mat

from verify.terms.relation import Equal
from verify.theories.words.complex_matrix import CMat, flat
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.frame import Frame
from verify.theories.words.instance import Instance


def solved(x: Instance, here: Frame, family: str, equations: tuple[Equal, ...]) -> Instance:
    """The instance with b. Raises ArithmeticError where the relation has no solution."""
    (equation,) = equations
    shapes = [x.dims[j] for j in range(1, x.depth)]
    unknowns = [
        (j, a, b, unit)
        for j, d in enumerate(shapes)
        for a in range(d)
        for b in range(d)
        for unit in ((1, 0), (0, 1))
    ]
    zero = _with(x, family, shapes, None)
    right = [-y for y in _flat(zero, here, equation)]
    columns = []
    for unknown in unknowns:
        value = _flat(_with(x, family, shapes, unknown), here, equation)
        columns.append([y + c for y, c in zip(value, right, strict=True)])
    solution = _least(columns, right)
    if solution is None:
        raise ArithmeticError("the relation of the fibre has no solution here")
    entries = [[[(fmpq(0), fmpq(0))] * d for _ in range(d)] for d in shapes]
    for (j, a, b, unit), c in zip(unknowns, solution, strict=True):
        re, im = entries[j][a][b]
        entries[j][a][b] = (re + c, im) if unit == (1, 0) else (re, im + c)
    return x.put({family: [CMat.of(rows) for rows in entries]})


def _with(x: Instance, family: str, shapes: list[int], unknown: tuple | None) -> Instance:
    value = []
    for j, d in enumerate(shapes):
        rows = [[(0, 0)] * d for _ in range(d)]
        if unknown is not None and unknown[0] == j:
            rows[unknown[1]][unknown[2]] = unknown[3]
        value.append(CMat.of(rows))
    return x.put({family: value})


def _flat(x: Instance, here: Frame, equation: Equal) -> list[fmpq]:
    found: list[fmpq] = []
    for j in range(equation.first, x.depth - equation.less + 1):
        value = Evaluator(x, here.expander)(equation.left - equation.right, {"k": j})
        found += flat(value)
    return found


def _least(columns: list[list[fmpq]], right: list[fmpq]) -> list[fmpq] | None:
    """One solution of the linear system, free unknowns zero; None where there is none."""
    rows, n = len(right), len(columns)
    table = fmpq_mat(
        rows, n + 1, [x for i in range(rows) for x in (*(c[i] for c in columns), right[i])]
    )
    reduced, rank = table.rref()
    found = [fmpq(0)] * n
    for i in range(rank):
        lead = next(j for j in range(n + 1) if reduced[i, j])
        if lead == n:
            return None
        found[lead] = reduced[i, n]
    return found
