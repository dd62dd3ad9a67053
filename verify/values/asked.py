"""What ``verify value`` is asked: text, ID:CONCLUSION of an installed claim, or FILE.py::NAME; and
the state where none is given.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions.base import Conclusion
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.library.claims_file import load
from verify.library.registry import left_out, named
from verify.models.trajectories import Trajectories
from verify.process.channel import loading
from verify.terms.expr import Expr
from verify.terms.matrices import Mat

_OF_A_CLAIM = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*):([A-Za-z0-9_-]+)")


@dataclass(frozen=True)
class Asked:
    """Arguments of ``value``; ``note`` says where the state comes from."""

    expression: Any
    at: Any = None
    setting: Any = None
    note: str = ""


def asked(text: str, at: str | None) -> Asked:
    """Raises BadInput for an unknown claim, conclusion, file or name, and for an expression without
    a state.
    """
    if ".py::" in text:
        return _of_file(text, at)
    if match := _OF_A_CLAIM.fullmatch(text.strip()):
        return _of_claim(named(match[1]).claim, match[2], at)
    if at is None:
        raise BadInput(
            f"--at is missing: give the state at which {text[:60]!r} is taken, a file or text such"
            " as 'x=1/2, y=3'"
        )
    return Asked(text, at)


def _of_claim(claim: Claim, name: str, at: str | None) -> Asked:
    if name not in claim.concluding:
        near = get_close_matches(name, claim.concluding, 1, 0.5)
        known = (
            f"did you mean {near[0]}?" if near else f"it concludes {', '.join(claim.concluding)}"
        )
        raise BadInput(f"claim {claim.id} has no conclusion {name!r}: {known}")
    conclusion = claim.concluding[name]
    if isinstance(claim.setting, Trajectories):
        label, build = next(iter(claim.setting.starts.items()))
        system = build()
        quantity = getattr(conclusion, "quantity", None)
        if at is None:
            return Asked(quantity, system, None, f" ({label})")
        return Asked(quantity, at, system)
    if claim.setting.kind in ("action", "samples", "declared"):
        raise BadInput(
            f"{claim.id}:{name} speaks of no quantity at a state (setting {claim.setting.kind}):"
            " give an expression"
        )
    if at is not None:
        return Asked(conclusion, at, claim.setting)
    return Asked(
        conclusion, _instance(claim, name), claim.setting, f" (the exact instance of {claim.id})"
    )


def _instance(claim: Claim, name: str) -> Any:
    """The state that the judge found: an instance of a proof, or a witness. Raises BadInput where
    there is none.
    """
    outcomes = judge(claim, Request(numeric=False)).outcomes
    for outcome in (outcomes[name], *outcomes.values()):
        for found in (outcome.instance, outcome.witness):
            point = getattr(found, "instance", getattr(found, "point", found))
            if point is not None:
                return point
    raise BadInput(
        f"{claim.id}: no exact instance was found, so give the state: --at FILE, or --at 'x=1/2,"
        " y=3'"
    )


def _of_file(text: str, at: str | None) -> Asked:
    """FILE.py::NAME. The file is its author's program and runs in this process, which is a
    child.
    """
    path, _, name = text.rpartition("::")
    if not os.path.lexists(path):
        raise BadInput(f"{path}: no such file; expected FILE.py::NAME")
    if path in left_out():  # it was the end of a process before this one
        raise BadInput(f"{path}: {left_out()[path]}")
    with loading(path, "reading"):
        loaded = load(Path(path), path)
    head, _, rest = name.replace(":", ".").partition(".")
    broken = next((slip for slip in loaded.slips if head in slip.names or head in slip.ids), None)
    if broken is not None:
        raise BadInput(broken.text())
    found = loaded.names.get(head) if head.isidentifier() else None
    found = (
        found
        if found is not None
        else next((w.claim for w in loaded.written if w.claim.id == head), None)
    )
    if found is None:
        names = [n for n, x in loaded.names.items() if not n.startswith("_") and _is_askable(x)]
        problem = f"; {loaded.slips[0].text()}" if loaded.slips and not names else ""
        raise BadInput(
            f"{path} has no {head!r}; it has"
            f" {', '.join(names) or 'no expression, System or claim'}{problem}"
        )
    return _of_object(f"{path}::{head}", found, rest, at)


def _is_askable(x: object) -> bool:
    return isinstance(x, (Expr, Mat, System, Claim, Conclusion))


def _of_object(where: str, found: Any, rest: str, at: str | None) -> Asked:
    if isinstance(found, Claim):
        if not rest and len(found.concluding) > 1:
            raise BadInput(
                f"{where} has the conclusions {', '.join(found.concluding)}; ask for one:"
                f" {where}.{next(iter(found.concluding))}"
            )
        return _of_claim(found, rest or next(iter(found.concluding)), at)
    if isinstance(found, System):
        if not rest:
            known = list(dict.fromkeys([*found.quantities, *found.names]))
            raise BadInput(
                f"{where} is a System; ask for one of its quantities: {where}.{known[0]} (it has"
                f" {', '.join(known)})"
            )
        return Asked(rest, found if at is None else at, found)
    if rest or not _is_askable(found):
        raise BadInput(
            f"{where}{'.' + rest if rest else ''}: {type(found).__name__}; expected an expression,"
            " a System or a claim"
        )
    if at is None:
        raise BadInput(f"{where} needs a state: --at FILE, or --at 'x=1/2, y=3'")
    return Asked(found, at)
