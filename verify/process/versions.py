"""Versions of what took part in a run."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from verify import __version__

_PACKAGES = ("python-flint", "mpmath")


def versions() -> dict[str, str]:
    """Versions of what took part."""
    found = {"flowlaw": __version__}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


@cache
def fingerprint() -> str:
    """Of our sources and what they stand on: two machines with one fingerprint do the same work."""
    found = hashlib.sha256(repr(sorted(versions().items())).encode())
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        found.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]
