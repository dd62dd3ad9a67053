"""One id, one claim: within what is stated in files, and between files and installed packages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verify.claims.claim import Claim
from verify.library.registry import Found, claims
from verify.library.slips import Slip


def distinct(found: list[Found]) -> tuple[list[Found], list[Slip]]:
    """An id that is used twice decides neither of the claims; another name of a claim that is
    taken does not decide that one.
    """
    slips = []
    for name in dict.fromkeys(f.claim.id for f in found):
        same = [f for f in found if f.claim.id == name]
        if len(same) > 1:
            where = " and ".join(f"{f.file}:{f.line}" for f in same)
            slip = Slip(
                same[1].file,
                same[1].line,
                f"claim {name}: this id is used twice, at {where}; rename one",
            )
            slip.ids, slip.names = [name], [f.name for f in same]
            slips.append(slip)
    taken = {x for s in slips for x in s.ids}
    owners = {f.claim.id: f for f in found}
    for f in found:
        for name in () if f.claim.id in taken else f.claim.also:
            if (other := owners.setdefault(name, f)) is not f:
                slips.append(_slip(f, f"its other name {name} is taken by {other.claim.id}"))
                taken.add(f.claim.id)
    return [f for f in found if f.claim.id not in taken], slips


def apart_from_installed(found: Iterable[Found]) -> tuple[list[Found], list[Slip]]:
    """A file may state an installed claim again, as the file that is installed does, and no other
    sentence under its name: two verdicts would be told of one id.
    """
    kept, slips = [], []
    installed: dict[str, Found] = {
        n: f for f in claims().values() for n in (f.claim.id, *f.claim.also)
    }
    for f in found:
        for name in (f.claim.id, *f.claim.also):
            other = installed.get(name)
            if other is not None and said(other.claim) != said(f.claim):
                which = "this id" if name == f.claim.id else f"its other name {name}"
                why = f"{which} is taken by an installed claim of {other.package}, which states"
                slips.append(_slip(f, f"{why} another sentence"))
                break
        else:
            kept.append(f)
    return kept, slips


def _slip(f: Found, why: str) -> Slip:
    why = f"claim {f.claim.id}: {why}; rename this one"
    return Slip(f.file, f.line, why, [f.name], [f.claim.id])


def said(claim: Claim) -> list[Any]:
    """Its sentence, as certificates write it."""
    parts: list[Any] = [claim.setting, *claim.assuming, *claim.concluding.values()]
    return [claim.id, list(claim.concluding), *(x.wire() for x in parts)]
