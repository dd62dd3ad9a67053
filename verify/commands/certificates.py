"""``python -m verify.commands.certificates FOLDER [ID...]``: write one certificate for each claim
of a package that has one, or for these claims.

FOLDER holds ``certificates/``, ``enclosures/`` and, for the kernel, ``steps/``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path

from verify.claims.certified import Certified
from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import NotGeneric
from verify.judge.decide import judge
from verify.judge.parts import steps_of
from verify.library.registry import SHIPPED, claims
from verify.process.files import write_text


def _asked(ids: Collection[str], package: str) -> Iterator[tuple[str, Claim]]:
    """The claims of a package with these ids, or all. Exits with 2 where there is no such claim."""
    mine = {x: found.claim for x, found in claims().items() if found.package == package}
    if unknown := [x for x in ids if x not in mine]:
        print(f"no claim of {package}: {', '.join(unknown)}", file=sys.stderr)
        sys.exit(2)
    return ((x, claim) for x, claim in mine.items() if x in ids or not ids)


def main(folder: Path, package: str = "proofs", ids: Collection[str] = ()) -> None:
    """Claims without an exact conclusion have none; those about formulas have steps alone. A test
    fails when a file here is stale.
    """
    for name, claim in _asked(ids, package):
        if claim.setting.kind in ("samples", "formulas"):
            continue
        along = claim.setting.kind == "trajectories"
        certificate = judge(claim, Request(numeric=along)).certificate
        if certificate is not None:
            inner = SHIPPED.get(claim.setting.kind, "certificates")
            path = folder / inner / f"{name}.json"
            write_text(path, certificate.text)
            print(f"{name}: {certificate.statement[:100]}")


def steps(folder: Path, package: str = "proofs", ids: Collection[str] = ()) -> None:
    """What the kernel reads: one file for each conclusion of which steps, or a witness, are
    found.
    """
    for _, claim in _asked(ids, package):
        for name, text in stepped(claim).items():
            if isinstance(text, NotGeneric):
                print(f"{claim.id} {name}: {text}")
            else:
                write_text(folder / "steps" / f"{claim.id}.{name}.json", text)


def stepped(claim: Claim) -> dict[str, str | NotGeneric]:
    """The text of the kernel's certificate for each conclusion of a claim that is settled, or why
    there is none. Empty where nothing writes them.
    """
    write, found = steps_of(claim), dict[str, str | NotGeneric]()
    for name, o in judge(claim, Request(numeric=False)).outcomes.items() if write else ():
        if write and o.verdict in (Verdict.PROVED, Verdict.REFUTED):
            found[name] = _text(partial(write, name, o))
    return found


def _text(make: Callable[[], Certified]) -> str | NotGeneric:
    try:
        made = make()
    except NotGeneric as gap:
        return gap
    return NotGeneric(f"the kernel refuses: {made.refusal}") if made.refusal else made.text


if __name__ == "__main__":
    main(Path(sys.argv[1]), ids=sys.argv[2:])
    steps(Path(sys.argv[1]), ids=sys.argv[2:])
