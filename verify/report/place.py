"""Where a run's certificate lies: the shipped file if it is the same, otherwise the cache, or where the user wants it."""

from __future__ import annotations

from pathlib import Path

from verify.evidence import Certified
from verify.registry import Found
from verify.report.files import cache_folder, write_text


def place(found: Found, certificate: Certified | None, wanted: Path | None = None) -> Path | None:
    """Store the certificate and return its path. Raises BadInput where it cannot be written."""
    if certificate is None:
        return None
    text = certificate.text
    if wanted is not None:
        write_text(wanted, text)
        return wanted
    shipped = found.shipped()
    if shipped is not None and shipped.is_file() and shipped.read_text(encoding="utf-8") == text:
        return _near(shipped)
    path = cache_folder() / f"{found.claim.id}-{certificate.sha256[:12]}.json"
    if not (path.is_file() and path.read_text(encoding="utf-8") == text):
        write_text(path, text)
    return path


def _near(path: Path) -> Path:
    """Relative where that is shorter to type."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
