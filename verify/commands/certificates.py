"""``python -m verify.commands.certificates FOLDER``: write one certificate for each claim of a
package that has one.

FOLDER holds ``certificates/``, ``enclosures/`` and, for the kernel, ``steps/``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from verify.claims.certified import Certified
from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import NotGeneric
from verify.judge.decide import judge
from verify.library.registry import SHIPPED, claims
from verify.process.files import write_text
from verify.theories.steps import deep_linear, diagonal


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
            inner = SHIPPED.get(found.claim.setting.kind, "certificates")
            path = folder / inner / f"{name}.json"
            write_text(path, certificate.text)
            print(f"{name}: {certificate.statement[:100]}")


def steps(folder: Path, package: str = "proofs") -> None:
    """Certificates with steps: one for each sentence for which they are found."""
    for found in claims().values():
        if found.package != package or found.claim.expected is not Verdict.PROVED:
            continue
        for name, text in stepped(found.claim).items():
            if isinstance(text, NotGeneric):
                print(f"{found.claim.id} {name}: {text}")
            else:
                write_text(folder / "steps" / f"{found.claim.id}.{name}.json", text)


def stepped(claim: Claim) -> dict[str, str | NotGeneric]:
    """The text of a certificate with steps for each conclusion of a claim about networks or
    matrices, or why there is none.
    """
    found: dict[str, str | NotGeneric] = {}
    for name, sentence in diagonal.sentences(claim).items():
        found[name] = _text(partial(diagonal.certificate, sentence))
    if claim.setting.kind == "matrices":
        for name, outcome in judge(claim, Request(numeric=False)).outcomes.items():
            found[name] = _text(partial(deep_linear.certified, name, outcome))
    return found


def _text(make: Callable[[], Certified]) -> str | NotGeneric:
    try:
        made = make()
    except NotGeneric as gap:
        return gap
    return NotGeneric(f"the kernel refuses: {made.refusal}") if made.refusal else made.text


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    steps(Path(sys.argv[1]))
