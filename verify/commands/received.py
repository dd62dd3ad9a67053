"""What a worker elsewhere has sent of a claim, before any of it is taken. A certificate is read
here, and what is said then is read off it. Without one only what is no exact verdict is taken on a
worker's word; an exact one is reached here, or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from verify.claims.rules import CITED
from verify.claims.verdict import Verdict, exit_code
from verify.commands.run import undecided
from verify.process.exits import INTERNAL, OK, REFUTED_EXIT, UNSETTLED, USAGE
from verify.process.files import MOST_BYTES

SAME = ("claim", "statement", "expected", "seed")
OF_ROWS = ("verdict", "scope", "given", "exit", "error", "during")
MOST_TEXT = 100_000  # characters of a row
FAILS = (REFUTED_EXIT, USAGE, INTERNAL, UNSETTLED)
EXACT = (Verdict.PROVED, Verdict.ENCLOSED, Verdict.REFUTED)
REFUSED = "the certificate that a worker sent is refused here, or is not of this claim"


@dataclass(frozen=True)
class Received:
    """A row to be taken, or a certificate to be read, under its name in the cache; with neither the
    claim is judged here.
    """

    row: dict[str, Any] | None = None
    certificate: str = ""
    kernel: str = ""  # what the kernel has read beside it
    name: str = ""
    told: bool = False  # the row is what the worker says


class _NoRow(Exception):
    """Why an answer is none."""


def received(outline: dict[str, Any], found: Any) -> Received:
    """``found`` is anything at all."""
    if isinstance(found, Exception):
        why = f"{type(found).__name__}: {found}"
        return Received(undecided(outline, f"the worker did not finish: {_short(why)}"))
    try:
        return _answer(outline, found)
    except _NoRow as why:
        return Received(undecided(outline, f"what a worker sent is no answer: {why}"))


def confirmed(own: dict[str, Any], told: dict[str, Any], where: str) -> dict[str, Any]:
    """The row of a claim that was judged here after a worker; where they differ neither."""
    apart = [k for k in OF_ROWS if own.get(k) != told.get(k)]
    if not apart:
        return own
    why = f"a worker at {where} says {told['verdict']}, here it is {own['verdict']}"
    if "verdict" not in apart:
        why = f"{own['verdict']} here and at {where}, with another {' and another '.join(apart)}"
    return undecided({**own, "scope": [], "given": []}, f"{why}: one of the two is wrong", INTERNAL)


def _answer(outline: dict[str, Any], found: Any) -> Received:
    if not (isinstance(found, dict) and found.keys() == {"row", "kept", "said"}):
        raise _NoRow(f"expected a row, found {_short(found)}")
    row, kept, said = (found[x] for x in ("row", "kept", "said"))
    if row is None:
        why = _short(said) if isinstance(said, str) else "without a reason"
        return Received(undecided(outline, f"the worker gave no verdict: {why}"))
    if not isinstance(row, dict) or not isinstance(kept, dict):
        raise _NoRow(f"expected a row, found {_short(row)}")
    for key in SAME:
        if type(row.get(key)) is not type(outline[key]) or row[key] != outline[key]:
            raise _NoRow(f"it is of another {key}: {_short(row.get(key))}")
    verdict = _checked(row, outline["expected"])
    for name, text in kept.items():
        if _is_certificate(outline["claim"], name, text):
            kernel = kept.get(f"kernel-{name}")
            if isinstance(kernel, str) and len(kernel) <= MOST_BYTES:
                return Received(None, text, kernel, name)
    if verdict in EXACT:
        return Received()
    return Received({**outline, **{k: row[k] for k in OF_ROWS if k in row}}, told=True)


def _is_certificate(claim: str, name: Any, text: Any) -> bool:
    named = re.compile(rf"run-{re.escape(claim)}-[0-9a-f]{{16}}\.json")
    if not (isinstance(name, str) and isinstance(text, str) and named.fullmatch(name)):
        return False
    if len(text) > MOST_BYTES:
        raise _NoRow(f"a certificate of {len(text)} characters, at most {MOST_BYTES} are read")
    return True


def _checked(row: dict[str, Any], expected: str) -> Verdict:
    """Of a row that has the form of one, with an exit code that follows from its verdict."""
    for key in row.keys() - {*SAME, *OF_ROWS}:
        raise _NoRow(f"no row has {_short(key)}")
    texts: list[Any] = [row.get("error", ""), row.get("during", "")]
    for key in ("scope", "given"):
        if not isinstance(row.get(key), list):
            raise _NoRow(f"its {key} is {_short(row.get(key))}")
        texts += row[key]
    if not all(isinstance(x, str) for x in texts) or sum(map(len, texts)) > MOST_TEXT:
        raise _NoRow(f"it says something else than at most {MOST_TEXT} characters of text")
    if set(row["given"]) - {*CITED}:
        raise _NoRow(f"nothing of this name is cited: {_short(row['given'])}")
    verdict, code = row.get("verdict"), row.get("exit")
    if not isinstance(verdict, str) or verdict not in Verdict.__members__:
        raise _NoRow(f"its verdict is {_short(verdict)}")
    own = Verdict[verdict]
    least = exit_code(own, Verdict[expected])
    fits = type(code) is int and (code in FAILS or code == least == OK)  # a link may fail, too
    if not fits or (code == OK and "error" in row):
        raise _NoRow(f"its exit code is {_short(code)}, of {verdict} {least} is expected")
    return own


def _short(value: Any) -> str:
    said = value if isinstance(value, str) else type(value).__name__
    said = repr(value) if isinstance(value, int | float | None) else said
    return said if len(said) <= 200 else f"{said[:200]}..."
