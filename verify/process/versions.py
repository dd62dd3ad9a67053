"""Versions of what took part in a run."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from verify import __version__
from verify.process.fingerprint import of_package

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
    found.update(str(of_package("verify", ".py")).encode())
    return found.hexdigest()[:16]
