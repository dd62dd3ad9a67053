"""Where a run's certificate lies: the shipped file if it is the same, otherwise the cache, or where
the user wants it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from verify.claims.certified import Certified
from verify.claims.evidence import Outcome
from verify.library.registry import Found
from verify.process.files import holds, keep, write_text
from verify.theories.written import label

Outcomes = dict[str, Outcome]


def place(found: Found, certificate: Certified | None, wanted: Path | None = None) -> Path | None:
    """Store the certificate and return its path; None where it is kept nowhere. Raises BadInput
    where ``wanted`` cannot be written.
    """
    if certificate is None:
        return None
    return _placed(certificate, found.claim.id, found.shipped(), wanted)


def place_steps(found: Found, outcomes: Mapping[str, Outcome], wanted: Path | None) -> Outcomes:
    """The same for what the kernel reads, one file for each conclusion: beside ``wanted`` true.json
    lies true.steps.NAME.json. Raises BadInput where one cannot be written.
    """
    placed = dict(outcomes)
    for name, o in outcomes.items():
        if o.steps is not None:
            own = f"{found.claim.id}.{label(name)}"
            beside = wanted and wanted.with_name(_beside(wanted, name))
            path = _placed(o.steps, own, found.shipped(name), beside)
            placed[name] = replace(o, steps=replace(o.steps, path=str(path or "")))
    return placed


def _beside(wanted: Path, name: str) -> str:
    return f"{wanted.stem}.steps.{label(name)}{wanted.suffix}"


def _placed(
    certificate: Certified, name: str, shipped: Path | None, wanted: Path | None
) -> Path | None:
    text = certificate.text
    if wanted is not None:
        write_text(wanted, text)
        return wanted
    if shipped is not None and holds(shipped, text):
        return _near(shipped)
    return keep(f"{name}-{certificate.sha256[:12]}.json", text)


def _near(path: Path) -> Path:
    """Relative where that is shorter to type."""
    try:
        return path.relative_to(Path.cwd())
    except (ValueError, OSError):  # the working directory may be gone
        return path
