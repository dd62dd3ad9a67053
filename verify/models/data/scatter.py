"""Within-class and between-class scatter of a labelled table, as exact fractions.

With classes c of n_c rows, class means mu_c and the mean mu of all n rows, after each column j is
divided by 10^(p_j),

    S_W = sum_c sum_{x in c} (x - mu_c)(x - mu_c)'      S_B = sum_c n_c (mu_c - mu)(mu_c - mu)'.

For two classes m = mu_1 - mu_2 and S_B = (n_1 n_2 / n) m m'. The power p_j is the one with
10^(2 p_j - 1) <= (variance of column j) < 10^(2 p_j + 1), decided between integers; it is 0 for a
constant column.
Dividing column j by c multiplies its weight w_j by c: the losses are the same function in other
coordinates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from operator import mul

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, digits, shorten, up_to
from verify.models.data.table import Table
from verify.spelling.many import many

Matrix = tuple[tuple[Fraction, ...], ...]
Vector = tuple[Fraction, ...]


@dataclass(frozen=True)
class Scatter:
    """Exact scatter matrices (columns x columns, symmetric, positive semidefinite) with what they
    were computed from.

    ``scales[j]`` is the power of ten by which column j was divided; ``counts[c]`` the rows of class
    c; ``m`` is None unless there are two classes; ``constant_columns`` are constant inside every
    class (then S_W has a zero row).
    """

    name: str
    columns: tuple[str, ...]
    scales: tuple[Fraction, ...]
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    S_B: Matrix
    S_W: Matrix
    m: Vector | None
    constant_columns: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(self.counts)

    @property
    def width(self) -> int:
        return len(self.columns)

    def describe(self) -> str:
        """Rows, columns, classes and powers of ten in one line of words."""
        sizes = ", ".join(f"{c} {n}" for c, n in zip(self.classes[:10], self.counts, strict=False))
        more = f" and {len(self.classes) - 10} more" if len(self.classes) > 10 else ""
        text = (
            f"{self.name}: {self.rows} rows, {many(self.width, 'column')}, {len(self.classes)}"
            " classes"
        )
        text += f" ({sizes}{more}); {_powers(self.scales)}"
        if self.constant_columns:
            shown = ", ".join(self.constant_columns[:8]) + (
                ", ..." if len(self.constant_columns) > 8 else ""
            )
            text += (
                f"; {many(len(self.constant_columns), 'column')} constant inside each class"
                f" ({shown})"
            )
        return text


def _powers(scales: Sequence[Fraction]) -> str:
    exponents = [len(str(s.numerator)) - len(str(s.denominator)) for s in scales]
    count = Counter(exponents)
    if count[0] == len(scales):
        return "columns as they are"
    if len(count) == 1:
        return f"every column divided by 10^{exponents[0]}"
    if len(scales) <= 16:
        return "columns divided by 10^p, p = " + ", ".join(map(str, exponents))
    groups = (f"10^{e} ({many(count[e], 'column')})" for e in sorted(count))
    return "columns divided by powers of ten: " + ", ".join(groups)


def scatter_of(table: Table) -> Scatter:
    """The scatter of a table with at least two classes. Exact; O(rows * columns^2) integer
    multiplications.

    Raises BadInput, naming the cell, where an entry has more digits than the readers of
    certificates read.
    """
    integers, units = zip(
        *(_integer_column(column) for column in zip(*table.cells, strict=True)), strict=True
    )
    powers = [
        _power_near_deviation(column, unit) for column, unit in zip(integers, units, strict=True)
    ]
    factors = tuple(unit / _ten(power) for unit, power in zip(units, powers, strict=True))
    order = {c: k for k, c in enumerate(table.classes)}
    counts = Counter(table.labels)
    sums = [_class_sums(column, table.labels, order) for column in integers]
    sizes = [counts[c] for c in table.classes]
    within, between = _scatter_pair(integers, sums, sizes, factors)
    means = _mean_difference(factors, sums, sizes)
    _require_short(table, within, between, means or ())
    return Scatter(
        table.name,
        table.columns,
        tuple(_ten(p) for p in powers),
        table.classes,
        tuple(sizes),
        between,
        within,
        means,
        tuple(c for j, c in enumerate(table.columns) if not within[j][j]),
    )


def _require_short(table: Table, within: Matrix, between: Matrix, means: Vector) -> None:
    """Sums of products grow: one cell of another size than its column, or many digits in a cell,
    are named. Raises BadInput.
    """
    most = LIMITS["digits"]
    for j, column in enumerate(table.columns):
        pairs = zip(within[j], between[j], strict=True)
        longest = max(
            map(digits, (*(x for a, b in pairs for x in (a, b, a + b)), *means[j : j + 1]))
        )
        if longest > most:
            cells = [row[j] for row in table.cells]
            usual = sorted(map(digits, cells))[len(cells) // 2]
            worst = max(
                range(len(cells)), key=lambda r: (abs(digits(cells[r]) - usual), digits(cells[r]))
            )
            raise BadInput(
                f"{table.name}, row {worst + 1} (line {table.lines[worst]}), column"
                f" {shorten(column)}: with the cell {shorten(str(cells[worst]))} an entry of the"
                f" scatter matrices has {longest} digits; a rational number has {up_to('digits')}"
                " above and below the line. Round the cells or rescale the column to cells of like"
                " size."
            )


def _mean_difference(
    factors: Vector, sums: Sequence[Sequence[int]], sizes: Sequence[int]
) -> Vector | None:
    if len(sizes) != 2:
        return None
    first, second = sizes
    return tuple(
        f * (Fraction(a, first) - Fraction(b, second))
        for f, (a, b) in zip(factors, sums, strict=True)
    )


def _integer_column(column: Sequence[Fraction]) -> tuple[list[int], Fraction]:
    """Integers X and one unit with x = X unit for every cell."""
    below = lcm(*(x.denominator for x in column))
    integers = [x.numerator * (below // x.denominator) for x in column]
    above = gcd(*integers) or 1
    return [x // above for x in integers], Fraction(above, below)


def _power_near_deviation(column: Sequence[int], unit: Fraction) -> int:
    """p with 10^(2p-1) <= variance < 10^(2p+1); the variance is v/n^2 * unit^2 with v an
    integer.
    """
    n = len(column)
    v = (n * sum(map(mul, column, column)) - sum(column) ** 2) * unit.numerator**2
    square = (n * unit.denominator) ** 2
    if not v:
        return 0
    p = (len(str(v)) - len(str(square))) // 2 - 1  # 10^(2p-1) < v / square for certain
    while v * 10 ** max(0, -2 * p - 1) >= square * 10 ** max(0, 2 * p + 1):
        p += 1
    return p


def _class_sums(column: Sequence[int], labels: Sequence[str], order: dict[str, int]) -> list[int]:
    sums = [0] * len(order)
    for x, label in zip(column, labels, strict=True):
        sums[order[label]] += x
    return sums


def _scatter_pair(
    columns: Sequence[Sequence[int]],
    sums: Sequence[Sequence[int]],
    counts: Sequence[int],
    factors: Vector,
) -> tuple[Matrix, Matrix]:
    """(S_W, S_B) over one common denominator d: x'y - sum_c s_c t_c / n_c and sum_c s_c t_c / n_c -
    s t / n.
    """
    n, width = sum(counts), len(columns)
    d = lcm(n, *counts)
    shares = [d // count for count in counts]
    totals = [sum(s) for s in sums]
    within = [[Fraction(0)] * width for _ in columns]
    between = [[Fraction(0)] * width for _ in columns]
    for j in range(width):
        weighted = list(map(mul, sums[j], shares))
        for k in range(j + 1):
            grouped = sum(map(mul, weighted, sums[k]))
            unit = factors[j] * factors[k] / d
            within[j][k] = within[k][j] = unit * (
                d * sum(map(mul, columns[j], columns[k])) - grouped
            )
            between[j][k] = between[k][j] = unit * (grouped - d // n * totals[j] * totals[k])
    return tuple(map(tuple, within)), tuple(map(tuple, between))


def _ten(power: int) -> Fraction:
    return Fraction(10) ** power
