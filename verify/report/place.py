"""Where a run's certificate lies: the shipped file if it is the same, otherwise the cache, or where
the user wants it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from verify.claims.certified import Certified
from verify.claims.evidence import Report
from verify.library.registry import Found
from verify.process.files import holds, keep, write_text
from verify.theories.written import label


def place(found: Found, report: Report, wanted: Path | None = None) -> tuple[Report, Path | None]:
    """Store the certificate and what the kernel reads, one file for each conclusion: beside
    ``wanted`` true.json lies true.steps.NAME.json, but for steps that are the certificate. The
    report, which says where its steps lie, and the path of the certificate; None where it is kept
    nowhere. Raises BadInput where ``wanted`` cannot be written.
    """
    placed, whole, path = dict(report.outcomes), report.certificate, None
    if whole is not None and not report.by_steps:
        path = _placed(whole, found.claim.id, found.shipped(), wanted)
    for name, o in report.outcomes.items():
        if o.steps is not None:
            alone = report.by_steps and whole is not None and whole.text == o.steps.text
            own = f"{found.claim.id}.{label(name)}"
            beside = wanted if alone else wanted and wanted.with_name(_beside(wanted, name))
            there = _placed(o.steps, own, found.shipped(name), beside)
            placed[name] = replace(o, steps=replace(o.steps, path=str(there or "")))
            path = there if alone else path
    return replace(report, outcomes=placed), path


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
