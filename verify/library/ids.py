"""One id, one claim: within what is stated in files, and between files and installed packages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verify.claims.claim import Claim
from verify.library.registry import Found, claims
from verify.library.slips import Slip


def distinct(found: list[Found]) -> tuple[list[Found], list[Slip]]:
    """An id that is used twice decides neither of the claims."""
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
        other = installed.get(f.claim.id)
        if other is None or said(other.claim) == said(f.claim):
            kept.append(f)
            continue
        why = (
            f"claim {f.claim.id}: this id is taken by an installed claim of {other.package}, which"
            " states another sentence; rename this one"
        )
        slip = Slip(f.file, f.line, why)
        slip.ids, slip.names = [f.claim.id], [f.name]
        slips.append(slip)
    return kept, slips


def said(claim: Claim) -> list[Any]:
    """Its sentence, as certificates write it."""
    parts: list[Any] = [claim.setting, *claim.assuming, *claim.concluding.values()]
    return [claim.id, list(claim.concluding), *(x.wire() for x in parts)]
