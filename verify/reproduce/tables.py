"""Tables of real data that scikit-learn ships, in doubles; it is not imported."""

from __future__ import annotations

from typing import Any

from numpy import array, loadtxt

from verify.models.data.shipped import SHIPPED, Shipped, lines_of, shipped_table

#: of a regression, which has no classes: features, and targets
DIABETES = tuple(Shipped(f"diabetes_{x}.csv.gz", 442, (), ()) for x in ("data_raw", "target"))
NAMES = ("diabetes", *(x for x in SHIPPED if x != "wine"))


def table(name: str) -> tuple[Any, Any]:
    """Features and targets, as they are shipped; a class by its number. Raises BadInput where
    scikit-learn, or a file of it, is not there.
    """
    if name == "diabetes":
        x, y = (array(loadtxt(lines_of(entry, name), ndmin=2)) for entry in DIABETES)
        return x, y.ravel()
    found = shipped_table(name)
    number = {label: k for k, label in enumerate(found.classes)}
    cells = [[float(v) for v in row] for row in found.cells]
    return array(cells), array([float(number[x]) for x in found.labels])
