"""Tables of real data that scikit-learn ships, read from its files; it is not imported."""

from __future__ import annotations

import gzip
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from numpy import array, loadtxt

from verify.exact.errors import BadInput

#: name: file of features, with a column of labels at the end; or a second file of targets
FILES = {
    "diabetes": ("diabetes_data_raw.csv.gz", "diabetes_target.csv.gz"),
    "breast cancer": ("breast_cancer.csv",),
    "iris": ("iris.csv",),
    "digits": ("digits.csv.gz",),
}
HEADED = ("breast_cancer.csv", "iris.csv")  # their first line counts rows and columns


def table(name: str) -> tuple[Any, Any]:
    """Features and targets, as they are shipped. Raises BadInput where scikit-learn, or a file of
    it, is not there.
    """
    read = [_read(file) for file in FILES[name]]
    if len(read) == 2:
        return read[0], read[1].ravel()
    return read[0][:, :-1], read[0][:, -1]


def _read(file: str) -> Any:
    path = _folder() / file
    try:
        opened = gzip.open(path, "rt") if path.suffix == ".gz" else open(path, encoding="utf-8")
        with opened as lines:
            rows = lines.read().splitlines()[file in HEADED :]
    except OSError as why:
        raise BadInput(f"{path}: {why.strerror}; expected a file that scikit-learn ships") from None
    return array(loadtxt(rows, delimiter="," if "," in rows[0] else None, ndmin=2))


def _folder() -> Path:
    found = find_spec("sklearn")
    if found is None or not found.submodule_search_locations:
        raise BadInput(
            "the data are those that scikit-learn ships, which is not installed; expected the extra"
            " data: pip install 'flowlaw[data]'"
        )
    return Path(found.submodule_search_locations[0]) / "datasets" / "data"
