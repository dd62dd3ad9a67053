"""Where a run's certificate lies: the shipped file if it is the same, otherwise the cache, or where
the user wants it.
"""

from __future__ import annotations

from pathlib import Path

from verify.claims.certified import Certified
from verify.library.registry import Found
from verify.process.files import holds, keep, write_text


def place(found: Found, certificate: Certified | None, wanted: Path | None = None) -> Path | None:
    """Store the certificate and return its path; None where it is kept nowhere. Raises BadInput
    where ``wanted`` cannot be written.
    """
    if certificate is None:
        return None
    text = certificate.text
    if wanted is not None:
        write_text(wanted, text)
        return wanted
    shipped = found.shipped()
    if shipped is not None and holds(shipped, text):
        return _near(shipped)
    return keep(f"{found.claim.id}-{certificate.sha256[:12]}.json", text)


def _near(path: Path) -> Path:
    """Relative where that is shorter to type."""
    try:
        return path.relative_to(Path.cwd())
    except (ValueError, OSError):  # the working directory may be gone
        return path
