"""Claims are found through the entry-point group ``verify.claims``: ours and those of any other distribution."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from verify.claim import Claim
from verify.errors import BadInput

GROUP = "verify.claims"


@dataclass(frozen=True)
class Found:
    """A claim and the package that ships it (its certificates lie in ``certificates/`` beside it), or the file that states it."""

    claim: Claim
    package: str
    file: str = ""  # as the user named it, where it is a file of claims
    line: int = 0
    name: str = ""  # in that file
    beside: tuple[Claim, ...] = field(default=(), repr=False)  # what the same file or folder states

    @property
    def address(self) -> str:
        """The argument that names it on the command line."""
        if not self.file:
            return self.claim.id
        return f"{'./' if self.file.startswith('-') else ''}{self.file}::{self.claim.id}"

    def shipped(self) -> Path | None:
        """Where the committed certificate of this claim would lie."""
        if self.file:
            return None
        spec = find_spec(self.package)
        if spec is None or spec.origin is None:
            return None
        folder = "enclosures" if self.claim.setting.kind == "trajectories" else "certificates"
        return Path(spec.origin).parent / folder / f"{self.claim.id}.json"


def claims() -> dict[str, Found]:
    """Every claim by id, sorted. Raises BadInput where a distribution's claims cannot be loaded or an id is taken twice."""
    found: dict[str, Found] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        try:
            loaded = tuple(point.load())
        except (Exception, SystemExit) as error:
            raise BadInput(f"entry point {point.name} = {point.value} of group {GROUP} does not load: {error!r}") from error
        strange = [x for x in loaded if not isinstance(x, Claim)]
        if strange:
            raise BadInput(
                f"entry point {point.name} = {point.value} of group {GROUP} holds {strange[0]!r:.60}; expected a tuple of verify.Claim"
            )
        for claim in loaded:
            if claim.id in found:
                raise BadInput(f"claim id {claim.id!r} is shipped by {found[claim.id].package} and by {point.module}: rename one")
            found[claim.id] = Found(claim, point.module)
    _distinct(found)
    return dict(sorted(found.items()))


def _distinct(found: dict[str, Found]) -> None:
    """Other names and printed forms lead to one claim each. Raises BadInput."""
    owners: dict[str, str] = {name: name for name in found}
    for name, f in sorted(found.items()):
        for other in f.claim.also:
            if other in owners:
                raise BadInput(f"claim {name}: its other name {other!r} is a name of {owners[other]}: choose another one")
            owners[other] = name
        if f.claim.as_printed and f.claim.as_printed not in found:
            raise BadInput(f"claim {name}: as_printed names {f.claim.as_printed!r}, which no package ships")


def named(name: str) -> Found:
    """One claim, by its id or another name of it. Raises BadInput, offering the nearest name."""
    known = claims()
    if name in known:
        return known[name]
    for found in known.values():
        if name in found.claim.also:
            return found
    near = get_close_matches(name, known, 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else "see: verify list"
    raise BadInput(f"unknown claim {name!r}: {hint}")


def printed(found: Found) -> Found:
    """The claim that states what the paper prints, beside it or installed. Raises BadInput where that is no other sentence."""
    wanted = found.claim.as_printed
    if not wanted:
        known = ", ".join(name for name, f in claims().items() if f.claim.as_printed)
        raise BadInput(f"--as-printed: {found.claim.id} corrects nothing that is printed; these do: {known}")
    near = [replace(found, claim=c, name="") for c in found.beside if c.id == wanted]
    return near[0] if near else named(wanted)


def known(found: Found) -> dict[str, Found]:
    """The claims that one can refer to: those beside it, else the installed ones."""
    return claims() | {c.id: replace(found, claim=c, name="") for c in found.beside}


def matching(pattern: str) -> list[Found]:
    """Claims whose id matches a glob; empty if none does."""
    return [f for name, f in claims().items() if fnmatchcase(name, pattern)]


def is_pattern(text: str) -> bool:
    return any(c in text for c in "*?[")
