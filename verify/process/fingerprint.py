"""The files of a package as one number: with any other file it is another one."""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path


@cache
def of_package(package: str, ending: str = "") -> str | None:
    """Of a package or module that is installed, with all data in its folder, or with the files of
    one ending; None where they are not known.
    """
    spec = find_spec(package.partition(".")[0])
    if spec is None or spec.origin is None:
        return None
    origin = Path(spec.origin)
    whole = spec.submodule_search_locations is not None
    paths = sorted(_files(origin.parent, ending)) if whole else [origin]
    digest = sha256()
    try:
        for path in paths:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(origin.parent)}\0{len(content)}\0".encode())
            digest.update(content)
    except (OSError, ValueError):
        return None
    return digest.hexdigest()


def _files(folder: Path, ending: str) -> list[Path]:
    found: list[Path] = []
    for here, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f != "__pycache__"]
        found += [Path(here, name) for name in names if name.endswith(ending)]
    return found
