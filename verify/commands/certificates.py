"""``python -m verify.commands.certificates FOLDER``: write one certificate for each claim of a
package that has one.

FOLDER holds ``certificates/``, ``enclosures/`` and, for the kernel, ``steps/``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import NotGeneric
from verify.judge.decide import judge
from verify.library.registry import claims
from verify.process.files import write_text
from verify.theories.steps.diagonal import certificate, sentences
from verify.theories.steps.written import text_of
from verify.theories.sums.certificate import write


def main(folder: Path, package: str = "proofs") -> None:
    """Claims without an exact conclusion have none. A test fails when a file here is stale."""
    for name, found in claims().items():
        if found.package != package:
            continue
        if found.claim.setting.kind == "samples":
            continue
        along = found.claim.setting.kind == "trajectories"
        certificate = judge(found.claim, Request(numeric=along)).certificate
        if certificate is not None:
            write(
                certificate.body,
                folder / ("enclosures" if along else "certificates") / f"{name}.json",
            )
            print(f"{name}: {certificate.statement[:100]}")


def steps(folder: Path, package: str = "proofs") -> None:
    """Certificates with steps: one for each sentence for which they are found."""
    for found in claims().values():
        if found.package != package or found.claim.expected is not Verdict.PROVED:
            continue
        for name, sentence in sentences(found.claim).items():
            try:
                data, _ = certificate(sentence)
            except NotGeneric as gap:
                print(f"{found.claim.id} {name}: {gap}")
                continue
            write_text(folder / "steps" / f"{found.claim.id}.{name}.json", text_of(data))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    steps(Path(sys.argv[1]))
