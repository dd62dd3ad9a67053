"""What an argument of the command names: installed claims by id or glob, or claims of a file or a
folder by its path.

An argument with a slash or one that ends in .py is a path; FILE.py::NAME is one claim of it, by its
id or its Python name, and a glob chooses several. Of a folder these are the files claims_*.py that
import verify, by name; folders within it are not entered.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from verify.claims.claim import Claim
from verify.exact.errors import BadInput, EnginesDisagree
from verify.library.claims_file import load
from verify.library.folders import beside, files
from verify.library.ids import apart_from_installed, distinct
from verify.library.registry import Found, claims, is_pattern, left_out, matching, named
from verify.library.slips import Misstated, Slip, line_in, told
from verify.process.channel import loading
from verify.process.limits import out_of_memory


@dataclass(frozen=True)
class Chosen:
    """The claims that an argument names, in order, and what could not be used."""

    found: tuple[Found, ...]
    slips: tuple[Slip, ...] = ()


def is_path(text: str) -> bool:
    """Whether an argument names a file or folder and no claim: it has a slash or ends in .py."""
    return (
        "/" in text
        or os.sep in text
        or text in (".", "..")
        or text.endswith(".py")
        or ".py::" in text
    )


def choose(text: str, listed: bool = False) -> Chosen:
    """Both empty where a glob or a folder holds none. Raises BadInput for an unknown name, a
    missing file or one without claims. What was ``listed`` by a process before this one is not
    compared with the installed claims again.
    """
    if not is_path(text):
        if is_pattern(text):
            return Chosen(tuple(matching(text)))
        return Chosen((_named(text),))
    path, name = _parts(text)
    stated = stated_in(files(path))
    if not listed:
        found, slips = apart_from_installed(stated.found)
        stated = Chosen(tuple(found), (*stated.slips, *slips))
    return _selected(text, name, stated)


def stated_in(files: Iterable[tuple[Path, str]]) -> Chosen:
    """The claims of files, each with the name that is shown of it."""
    found: list[Found] = []
    slips: list[Slip] = []
    todo = [(file.absolute(), shown) for file, shown in files]
    for file, shown in todo:
        if shown in left_out():  # it was the end of a process before this one
            slips.append(Slip(shown, 0, left_out()[shown]))
            continue
        kind = "reading" if shown == todo[-1][1] else "reading one of several"
        try:
            with loading(shown, kind):
                loaded = load(file, shown)
        except BadInput as error:
            slips.append(Slip(shown, 0, str(error).removeprefix(f"{shown}: ")))
            continue
        found += [Found(w.claim, shown, shown, file, w.line, w.name) for w in loaded.written]
        slips += loaded.slips
    found, twice = distinct(found)
    slips += twice
    found = [replace(f, beside=tuple(x.claim for x in found)) for f in found]
    lost = {
        f.claim.id: slip for f in found if (slip := _dangling(f, {x for s in slips for x in s.ids}))
    }
    return Chosen(tuple(f for f in found if f.claim.id not in lost), (*slips, *lost.values()))


def _dangling(f: Found, broken: set[str]) -> Slip | None:
    """A claim that names another which there is not: what it says of it could not be judged."""
    near = {x.id for x in f.beside} | broken
    for name, how in f.claim.refers().items():
        if name not in near and name not in (installed := claims()):
            guess = get_close_matches(name, [*near, *installed], 1, 0.5)
            hint = f"did you mean {guess[0]}?" if guess else "see: verify list"
            return _slip(
                f,
                f.line,
                f"claim {f.claim.id}: {how} names no claim of this file and none that is installed:"
                f" {hint}",
            )
    return None


def _named(text: str) -> Found:
    try:
        return named(text)
    except BadInput as error:
        near = next((x for x in (text, f"{text}.py") if os.path.exists(x)), None)
        if near:
            raise BadInput(
                f"{error}; for the file or folder of that name write ./{near}"
            ) from error
        raise


def _parts(text: str) -> tuple[Path, str | None]:
    """The path and what follows ``::``; a folder's own name may hold ``::`` as well."""
    if "\0" in text or not text.strip():
        raise BadInput(f"{text!r}: expected FILE.py, FILE.py::NAME or a folder")
    if os.path.lexists(text):
        return Path(text), None
    head, colons, name = text.rpartition("::")
    if not colons or not (os.path.lexists(head) or head.endswith(".py")):
        return Path(text), None
    if not name:
        raise BadInput(f"{text}: no name after '::'; expected a claim's id or its Python name")
    return Path(head), name


def _selected(text: str, name: str | None, stated: Chosen) -> Chosen:
    """By id, Python name or glob. Raises BadInput, offering the nearest name."""
    if name is None:
        return stated
    found, slips = stated.found, stated.slips
    chosen = [f for f in found if fits(name, [f.claim.id, f.name, *f.claim.also])]
    wrong = [s for s in slips if fits(name, [*s.ids, *s.names])]
    if chosen or wrong:
        return Chosen(tuple(chosen), tuple(wrong))
    unreadable = [s for s in slips if not s.ids and not s.names]
    if unreadable and not found:
        return Chosen((), tuple(unreadable))
    if is_pattern(name):
        return Chosen(())
    known = [x for f in found for x in (f.claim.id, f.name) if x] + [
        x for s in slips for x in (*s.ids, *s.names)
    ]
    near = get_close_matches(name, known, 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else f"it has: {', '.join(known) or 'none'}"
    raise BadInput(f"{text}: no claim {name!r} there: {hint}")


def fits(pattern: str, names: list[str]) -> bool:
    """Whether one of the names of a claim is the pattern or matches it."""
    return any(
        n == pattern or (is_pattern(pattern) and fnmatchcase(n, pattern)) for n in names if n
    )


def the_claim(claim: object, whose: str) -> Found:
    """One claim: an object, the id of an installed one, or FILE.py::NAME. Raises BadInput, in the
    name of the function that was called.
    """
    if isinstance(claim, Claim):
        return Found(claim, "")
    if not isinstance(claim, str):
        kind = "class " + claim.__name__ if isinstance(claim, type) else f"{type(claim).__name__}"
        raise BadInput(
            f"{whose}({kind}): expected a Claim, the id of an installed claim, or 'FILE.py::NAME'"
        )
    chosen = choose(claim)
    if chosen.slips and not chosen.found:
        raise BadInput(chosen.slips[0].text())
    if len(chosen.found) != 1:
        listed = ", ".join(f.claim.id for f in chosen.found) or "none"
        raise BadInput(f"{whose}({claim!r}): expected one claim, it names: {listed}")
    return chosen.found[0]


@contextmanager
def at_its_line(found: Found) -> Iterator[None]:
    """Judge a claim within. What its author has to mend is raised as Misstated, with its line;
    complaints about options stay.
    """
    if found.home is None:
        yield
        return
    path = found.home
    with beside(path):
        try:
            yield
        except (EnginesDisagree, MemoryError):
            raise
        except BadInput as error:
            if str(error).startswith("--") or out_of_memory(error):
                raise
            line = (
                line_in(str(path), error) or found.line
            )  # of her own function, where the judge called one
            raise Misstated(_slip(found, line, str(error))) from error
        except Exception as error:
            line = line_in(str(path), error)
            if not line or out_of_memory(error):
                raise
            raise Misstated(
                _slip(found, line, f"claim {found.claim.id}: {told(error, path)}")
            ) from error


def _slip(found: Found, line: int, why: str) -> Slip:
    return Slip(found.file, line, why, [found.name] if found.name else [], [found.claim.id])
