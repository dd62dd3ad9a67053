"""What the kernel says of what was found: of as much as it reads. What is more than it knows of is
left out by name, first the count, then a law at a time, and the others are certified.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from verify.discover.certificate import Data, Draft, draft, written
from verify.discover.records import Discovery, Kernel
from verify.kernel.certificate import verified
from verify.kernel.limits import LIMITS, NotACertificate, Refused
from verify.kernel.traced.effort import TRACED, Beyond

ONE_BY_ONE = 3  #: laws that are left out alone; then all from the next one on
LARGE = "a certificate of more entries than the kernel reads"


def asked(found: Discovery, however_large: bool = False) -> Kernel:
    """The kernel's answer: with the count as far as it counts, then for the laws alone. Of a model
    whose arguments of exp, roots or erf are related it is about the model as it is rewritten.
    """
    most = TRACED["parameters"]
    large = found.size > most
    above = f"{found.size} parameters, the kernel counts up to {most}" if large else ""
    if large and not however_large:
        return Kernel(reason=above)
    if found.graph.parameters > TRACED["coordinates"]:
        return Kernel(reason=f"more than {TRACED['coordinates']} coordinates")
    declared = found.graph.losses is not None
    graph = found.graph if declared else written(found)
    made = draft(found, graph)
    if large:
        made.data.pop("count", None)
    answer = _read(made, "the kernel counts the laws of every loss" if declared else above)
    return replace(answer, anew=graph is not found.graph, left_out=tuple(made.left_out))


def _read(made: Draft, reason: str) -> Kernel:
    """``reason``: why there is no count in it."""
    reason = _fitted(made) or reason
    alone, last = 0, -1
    while made.names or "count" in made.data:
        text, counts = _text(made.data), "count" in made.data
        if len(text) > LIMITS["bytes"] or _size(made.data) > LIMITS["nodes"]:
            return _none(made, LARGE)
        try:
            return Kernel(text, verified(text.encode()), counts, reason, laws=len(made.names))
        except Beyond as why:
            law = re.match(r"law (\d+): (.*)", str(why), re.DOTALL)
            reason = reason or str(why)
            if law is None and not counts:
                return _none(made, str(why))
            made.data.pop("count", None)
            if law is not None:
                first = int(law[1]) - 1
                rest = first == last or alone == ONE_BY_ONE
                _leave_out(made, first, len(made.names) if rest else first + 1, law[2])
                alone, last = alone + 1, first
        except (Refused, NotACertificate) as why:
            return Kernel(text, reason=str(why), refused=True)
    return Kernel(reason=reason or "there is nothing to certify")


def _none(made: Draft, why: str) -> Kernel:
    """The model is beyond the kernel, whatever its laws are."""
    made.left_out.clear()
    return Kernel(reason=why)


def _leave_out(made: Draft, first: int, end: int, why: str) -> None:
    made.left_out += [(x, f"beyond the kernel: {why}") for x in made.names[first:end]]
    del made.names[first:end], made.data["laws"][first:end]


def _fitted(made: Draft) -> str:
    """Laws as long as there is room for them; why not for all."""
    frame = made.data | {"laws": []}
    length, size = len(_text(frame)), _size(frame)
    for n, law in enumerate(made.data["laws"]):
        length, size = length + len(_text(law)), size + _size(law)
        if length > LIMITS["bytes"] or size > LIMITS["nodes"]:
            made.data.pop("count", None)
            _leave_out(made, n, len(made.names), LARGE)
            return LARGE
    return ""


def _text(made: Data) -> str:
    return json.dumps(made, separators=(",", ":")) + "\n"


def _size(data: Any) -> int:
    """Entries of its JSON, as the kernel counts them."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(_size, inner))
