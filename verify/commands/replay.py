"""``verify replay FILE``: by the reader that the certificate is for."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path


def reread(certificate: Path) -> int:
    """What the reader says: 0 accepted, 1 refused, 2 not a certificate. A file that cannot be read is the reader's to name."""
    if not certificate.is_fifo():
        return _read(certificate)
    with tempfile.TemporaryDirectory() as folder:  # a pipe can be read once
        kept = Path(folder) / certificate.name
        kept.write_bytes(certificate.read_bytes())
        return _read(kept)


def _read(certificate: Path) -> int:
    if _is_enclosure(certificate):
        from verify import check_enclosure

        return check_enclosure.main([str(certificate)])
    from verify import check

    return check.main([str(certificate)])


def _is_enclosure(certificate: Path) -> bool:
    try:
        data = json.loads(certificate.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("format") == "flowlaw-enclosure"
