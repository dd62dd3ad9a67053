"""An author's folder: the files of claims that it holds, and its place on Python's path while one
of them is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from verify.exact.errors import BadInput
from verify.library.ours import is_ours

NAMED = "claims file "  # begins the names of their modules: no package is called so


@contextmanager
def beside(path: Path, first: bool = False) -> Iterator[None]:
    """The file's folder is on the path: first, as for ``python FILE.py``; later last, so that what
    is installed is found before it.

    Modules of that folder are forgotten afterwards: files of two folders may each have a
    ``helper``.
    """
    folder = str(path.resolve().parent)
    added = [folder, *_root(path)]
    _needed_before(folder)
    before, kept = set(sys.modules), list(sys.path)
    sys.path[:] = [*added, *kept] if first else [*kept, *added]
    try:
        yield
    finally:
        sys.path[:] = kept
        for name in set(sys.modules) - before:
            home = getattr(sys.modules[name], "__file__", None)
            if (
                isinstance(home, str)
                and home.startswith(folder + os.sep)
                and not name.startswith(("verify.", NAMED))
            ):
                del sys.modules[name]


def _needed_before(folder: str) -> None:
    """A file such as flint.py in an author's folder must not be taken for the package that
    decides.
    """
    names = {entry.removesuffix(".py") for entry in os.listdir(folder)}
    if "flint" in names:
        import flint  # noqa: F401
    if "mpmath" in names:
        import mpmath  # noqa: F401
    if names & {"numpy", "scipy"}:
        import scipy  # noqa: F401


def packages(path: Path) -> tuple[list[str], Path]:
    """The packages that the file lies in, outermost first, and the folder that holds them."""
    parts: list[str] = []
    folder = path.resolve().parent
    while (folder / "__init__.py").is_file():
        parts.insert(0, folder.name)
        folder = folder.parent
    return parts, folder


def _root(path: Path) -> list[str]:
    """Where relative imports begin; nowhere outside a package."""
    parts, folder = packages(path)
    return [str(folder)] if parts else []


def files(path: Path) -> Iterator[tuple[Path, str]]:
    """Files to load, each with the name that is shown. Raises BadInput."""
    if path.is_dir():
        try:
            names = sorted(n for n in os.listdir(path) if fnmatchcase(n, "claims_*.py"))
        except OSError as error:
            raise BadInput(
                f"{path}: {error.strerror or error}; expected a folder with files claims_*.py"
            ) from error
        for name in names:
            if is_ours(path / name) is not False:
                yield path / name, str(path / name)
        return
    if not os.path.lexists(path):
        raise BadInput(
            f"{path}: no such file{_nearest(path)}; a new one: verify new"
            f" {path if path.suffix == '.py' else 'FILE.py'}"
        )
    if path.suffix != ".py":
        raise BadInput(
            f"{path}: expected a Python file that ends in .py, or a folder with files claims_*.py"
        )
    yield path, str(path)


def _nearest(path: Path) -> str:
    try:
        names = [
            n for n in os.listdir(path.parent) if n.endswith(".py") or (path.parent / n).is_dir()
        ]
    except OSError:
        return f": there is no folder {str(path.parent)!r}"
    near = get_close_matches(path.name, names, 1, 0.6)
    return f", did you mean {path.parent / near[0]}?" if near else ""
