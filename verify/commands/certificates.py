"""``python -m verify.commands.certificates FOLDER``: write one certificate for each claim of a
package that has one.

FOLDER holds ``certificates/`` and ``enclosures/``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from verify.claims.request import Request
from verify.judge.decide import judge
from verify.library.registry import claims
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
