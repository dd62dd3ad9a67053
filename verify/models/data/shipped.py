"""Four data sets that scikit-learn ships as plain files, read without importing it (that import
costs seconds).

Each file opens with rows, columns and class names (digits: no first line); the last cell of a row
is the class number. The names of the columns are those of ``sklearn.datasets.load_*``.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

from verify.exact.errors import BadInput
from verify.exact.limits import shorten
from verify.models.data.cells import decode, parse_cell
from verify.models.data.table import Table

_MEASURES = (
    *(
        "radius",
        "texture",
        "perimeter",
        "area",
        "smoothness",
        "compactness",
        "concavity",
        "concave points",
        "symmetry",
    ),
    "fractal dimension",
)


@dataclass(frozen=True)
class Shipped:
    """``file`` inside scikit-learn's ``datasets/data``; ``rows`` and the names are what the file
    must hold.
    """

    file: str
    rows: int
    columns: tuple[str, ...]
    classes: tuple[str, ...]
    titled: bool = True


SHIPPED = {
    "iris": Shipped(
        "iris.csv",
        150,
        ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
        ("setosa", "versicolor", "virginica"),
    ),
    "wine": Shipped(
        "wine_data.csv",
        178,
        (
            *(
                "alcohol",
                "malic_acid",
                "ash",
                "alcalinity_of_ash",
                "magnesium",
                "total_phenols",
                "flavanoids",
            ),
            *("nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue"),
            *("od280/od315_of_diluted_wines", "proline"),
        ),
        ("class_0", "class_1", "class_2"),
    ),
    "breast-cancer": Shipped(
        "breast_cancer.csv",
        569,
        (
            *(f"mean {m}" for m in _MEASURES),
            *(f"{m} error" for m in _MEASURES),
            *(f"worst {m}" for m in _MEASURES),
        ),
        ("malignant", "benign"),
    ),
    "digits": Shipped(
        "digits.csv.gz",
        1797,
        tuple(f"pixel_{i}_{j}" for i in range(8) for j in range(8)),
        tuple("0123456789"),
        titled=False,
    ),
}


def shipped_table(name: str) -> Table:
    """The data set ``name``, a key of SHIPPED. Raises BadInput if scikit-learn or its file is
    absent or has changed.
    """
    entry = SHIPPED[name]
    lines = lines_of(entry, name)
    if entry.titled:
        title = [str(entry.rows), str(len(entry.columns)), *entry.classes]
        if not lines or lines[0].split(",") != title:
            raise _changed(
                entry,
                f"it begins with {shorten(lines[0] if lines else '')}, expected"
                f" {','.join(title)!r}",
            )
        lines = lines[1:]
    if len(lines) != entry.rows:
        raise _changed(entry, f"it has {len(lines)} rows, expected {entry.rows}")
    labels, cells = [], []
    seen: dict[str, Fraction] = {}  # few distinct cells occur, so each is parsed once
    for number, line in enumerate(lines, 1):
        *features, label = line.split(",")
        place = f"{entry.file}, row {number}"
        if len(features) != len(entry.columns):
            raise _changed(
                entry, f"row {number} has {len(features)} features, expected {len(entry.columns)}"
            )
        for text in features:
            if text not in seen:
                seen[text] = parse_cell(text, place)
        if label not in map(str, range(len(entry.classes))):
            raise _changed(entry, f"row {number} has the class {shorten(label)}")
        labels.append(entry.classes[int(label)])
        cells.append(tuple(seen[text] for text in features))
    return Table(
        name,
        entry.columns,
        entry.classes,
        tuple(labels),
        tuple(cells),
        tuple(range(1, len(cells) + 1)),
    )


def lines_of(entry: Shipped, name: str) -> list[str]:
    """The lines of its file. Raises BadInput as ``shipped_table``."""
    try:
        spec = find_spec("sklearn")
    except ValueError:  # a half-removed module without a spec
        spec = None
    homes = spec.submodule_search_locations if spec else None
    if not homes:
        raise BadInput(
            f"data set {name}: it comes with scikit-learn, which is not installed: pip install"
            " flowlaw[data]"
        )
    path = Path(next(iter(homes))) / "datasets" / "data" / entry.file
    try:
        raw = path.read_bytes()
        raw = gzip.decompress(raw) if entry.file.endswith(".gz") else raw
    except (OSError, EOFError, zlib.error) as error:
        raise _changed(entry, f"it cannot be read ({type(error).__name__})") from None
    return decode(raw, entry.file).splitlines()


def _changed(entry: Shipped, what: str) -> BadInput:
    return BadInput(
        f"scikit-learn's file {entry.file} is not as expected: {what}. Reinstall it (pip install"
        " --force-reinstall scikit-learn), or pass your own file: --data FILE.csv --label COLUMN."
    )
