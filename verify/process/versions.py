"""Versions of what took part in a run."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

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
