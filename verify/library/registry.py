"""Claims are found through the entry-point group ``verify.claims``: ours and those of any other
distribution.

A package that does not load is left out, with a warning; the others go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from verify.claims.claim import Claim
from verify.claims.wellformed import postponed
from verify.exact.errors import BadInput
from verify.process.channel import GROUP, OURS, is_ours, loading, send
from verify.process.limits import out_of_memory

#: where certificates lie beside a package, by the kind of setting
SHIPPED = {"trajectories": "enclosures", "declared": "steps"}

_left_out: dict[str, str] = {}  # packages of this process that do not load, and why


@dataclass(frozen=True)
class Found:
    """A claim and the package that ships it (its certificates lie in ``certificates/`` beside it),
    or the file that states it.
    """

    claim: Claim
    package: str
    file: str = ""  # as the user named it, where it is a file of claims
    home: Path | None = None  # the same, from the root
    line: int = 0
    name: str = ""  # in that file
    beside: tuple[Claim, ...] = field(default=(), repr=False)  # what the same file or folder states

    @property
    def address(self) -> str:
        """The argument that names it on the command line."""
        if not self.file:
            return self.claim.id
        return f"{'./' if self.file.startswith('-') else ''}{self.file}::{self.claim.id}"

    def known(self) -> dict[str, Found]:
        """The claims that one can refer to: those beside it, else the installed ones."""
        return claims() | {c.id: replace(self, claim=c, name="") for c in self.beside}

    def linkable(self) -> dict[str, Claim]:
        """Those that its links may name, by id and by other names."""
        known = [f.claim for f in self.known().values()] if self.claim.links else []
        return {name: c for c in known for name in (*c.also, c.id)}

    def shipped(self, conclusion: str = "") -> Path | None:
        """Where the committed certificate of this claim would lie, or that with the steps of one
        conclusion.
        """
        if self.file:
            return None
        spec = find_spec(self.package)
        if spec is None or spec.origin is None:
            return None
        package = Path(spec.origin).parent
        if conclusion:
            return package / "steps" / f"{self.claim.id}.{conclusion}.json"
        folder = SHIPPED.get(self.claim.setting.kind, "certificates")
        return package / folder / f"{self.claim.id}.json"


def leave_out(names: dict[str, str]) -> None:
    """Packages that an earlier process could not load: they are not tried again."""
    _left_out.update(names)


def left_out() -> dict[str, str]:
    """The packages that did not load, and why."""
    return dict(_left_out)


def claims() -> dict[str, Found]:
    """Every claim by id, sorted. Packages that do not load, or clash with others, are left out."""
    first = lambda p: (not is_ours(called(p)), p.name, p.value)  # ours, then by name
    points = sorted(entry_points(group=GROUP), key=first)
    packages = {called(p): loaded for p in points if (loaded := _load(p)) is not None}
    while True:
        found: dict[str, Found] = {}
        for package, claims_of in packages.items():
            trouble = next(_clashes(claims_of, found), "")
            if trouble:
                _give_up(package, trouble)
            else:
                found |= {f.claim.id: f for f in claims_of}
        dangling = {
            p: why
            for p, fs in packages.items()
            if p not in _left_out and (why := _dangling(fs, found))
        }
        for package, why in dangling.items():
            _give_up(package, why)
        packages = {p: fs for p, fs in packages.items() if p not in _left_out}
        if not dangling:
            return dict(sorted(found.items()))


def of_models() -> list[Claim]:
    """The claims that can state a law of a model, by id: of ours without loading the others, where
    nothing else is installed.
    """
    points = list(entry_points(group=GROUP))
    package = called(points[0]) if len(points) == 1 else ""
    if is_ours(package) and package not in _left_out:
        try:
            with loading(package), postponed():
                some = EntryPoint(OURS, f"{points[0].module}:OF_MODELS", GROUP).load()
            return sorted(some, key=lambda c: c.id)
        except Exception:  # all are loaded, and it is told what does not load
            pass
    return [f.claim for f in claims().values()]


def is_shipped(found: Found) -> bool:
    """Whether it is a claim of the package that comes with this program."""
    ours = (p for p in entry_points(group=GROUP) if p.name == OURS)
    return not found.file and found.package in {p.module for p in ours}


def called(point: EntryPoint) -> str:
    """What a package of claims is called in messages."""
    return f"entry point {point.name} = {point.value} of group {GROUP}"


def _load(point: EntryPoint) -> list[Found] | None:
    """The claims of one package, each once; whatever goes wrong there is its own affair."""
    package = called(point)
    if package in _left_out:
        return None
    try:
        with loading(package), postponed() if is_ours(package) else nullcontext():
            loaded = [_claim(x) for x in point.load()]
        ids = [c.id for c in loaded]
        twice = next((i for i in ids if ids.count(i) > 1), None)
        if twice is not None:
            raise ValueError(f"the claim id {twice!r} occurs twice: rename one")
        return [Found(c, point.module) for c in loaded]
    except BaseException as error:  # SystemExit and KeyboardInterrupt of a module as well
        if is_ours(package) and out_of_memory(error):
            raise  # the limit is too low, and nothing is wrong with the package
        _give_up(package, _said(error))
        return None


def _claim(value: object) -> Claim:
    if not isinstance(value, Claim):
        raise TypeError(
            f"it holds {_short(value)} of type {type(value).__name__}; expected a tuple of"
            " verify.Claim"
        )
    return value


def _short(value: object) -> str:
    try:
        return f"{value!r:.60}"
    except BaseException:
        return "something"


def _said(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"[:300]
    except BaseException:
        return type(error).__name__


def _give_up(package: str, why: str) -> None:
    _left_out[package] = why
    send("left out", [package, why])


def _clashes(new: list[Found], found: dict[str, Found]) -> Iterator[str]:
    """Why these claims cannot stand beside those that are known: ids and other names lead to one
    claim each.
    """
    owners = {n: f for f in found.values() for n in (f.claim.id, *f.claim.also)}
    for f in new:
        for n in (f.claim.id, *f.claim.also):
            other = owners.setdefault(n, f)
            if other is not f:
                yield (
                    f"claim {f.claim.id}: the name {n!r} is taken by {other.claim.id} of"
                    f" {other.package}: rename one"
                )


def _dangling(claims_of: list[Found], found: dict[str, Found]) -> str:
    """The first claim whose printed form, or whose correction, no package ships."""
    for f in claims_of:
        for what in ("as_printed", "corrects"):
            name = getattr(f.claim, what)
            if name and name not in found:
                return f"claim {f.claim.id}: {what} names {name!r}, which no package ships"
    return ""


def named(wanted: str) -> Found:
    """One claim, by its id or another name of it. Raises BadInput, offering the nearest name."""
    known = claims()
    if wanted in known:
        return known[wanted]
    for found in known.values():
        if wanted in found.claim.also:
            return found
    near = get_close_matches(wanted, known, 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else "see: verify list"
    raise BadInput(f"unknown claim {wanted!r}: {hint}")


def printed(found: Found) -> Found:
    """The claim that states what the paper prints, beside it or installed. Raises BadInput where
    that is no other sentence.
    """
    wanted = found.claim.as_printed
    if not wanted:
        known = ", ".join(name for name, f in claims().items() if f.claim.as_printed)
        raise BadInput(
            f"--as-printed: {found.claim.id} corrects nothing that is printed; these do: {known}"
        )
    near = [replace(found, claim=c, name="") for c in found.beside if c.id == wanted]
    return near[0] if near else named(wanted)


def matching(pattern: str) -> list[Found]:
    """Claims of which the id or another name matches a glob; empty if none does."""
    return [
        f
        for f in claims().values()
        if any(fnmatchcase(n, pattern) for n in (f.claim.id, *f.claim.also))
    ]


def is_pattern(text: str) -> bool:
    """Whether a text has one of the signs * ? [ of patterns."""
    return any(c in text for c in "*?[")
