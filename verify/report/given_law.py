"""What was decided of a law that was given, as it is shown: a page, and JSON."""

from __future__ import annotations

from typing import Any

from verify.discover.flows import GRADIENT, Flow
from verify.discover.given import Given
from verify.discover.losses import LOSSES
from verify.process.written import DISCOVER
from verify.trace.graph import Graph


def law_data(graph: Graph, found: Given, flow: Flow, loss: str) -> dict[str, Any]:
    """As JSON says it; an exact number is text."""
    witness = found.witness
    return {
        "schema": DISCOVER,
        "model": graph.name,
        "parameters": graph.parameters,
        "flow": flow.text,
        "loss": _losses(graph, loss),
        "law": found.text,
        "verdict": found.verdict,
        "entries": found.entries,
        "proved": found.proved,
        "excluded": list(found.excluded),
        "at": found.at,
        "reason": found.reason,
        "witness": None if witness is None else {
            "state": {n: [str(x) for x in row] for n, row in witness.values.items()},
            "loss_gradient": [str(x) for x in witness.losses],
            "rate": witness.rate_text(),
            "exact": witness.exact,
        },
        "notes": list(graph.notes),
    }  # fmt: skip


def law_screen(graph: Graph, found: Given, flow: Flow, loss: str) -> str:
    """A page."""
    rows = [("Law", found.text)]
    excluded = ", ".join(found.excluded)
    rows += [("While", f"{excluded} != 0")] if excluded else []
    rows += [("For", flow.text)] if flow.text != GRADIENT.text else []
    every = loss == "any" and graph.losses is None
    rows += [] if every else [("Losses", _losses(graph, loss))]
    if found.witness is not None:
        where = f"{found.at}: " if found.at else ""
        rows.append(("Against it", where + found.witness.text()))
    elif found.verdict == "PROVED":
        how = (
            "no such loss sees how the outputs move" if graph.losses else "each output stands still"
        )
        rows.append(("Proof", f"{how} along the gradient of {_all(found)}"))
    else:
        where = f"{found.at}: " if found.at else ""
        rows.append(("Open", f"{found.proved} of {found.entries} proved; {where}{found.reason}"))
    rows += [("Notes", note) for note in graph.notes]
    lines = [f"  {label:10}  {text}" for label, text in rows]
    return "\n".join([graph.name, "", *lines, "", found.verdict])


def _losses(graph: Graph, loss: str) -> str:
    return graph.losses.text if graph.losses else LOSSES[loss]


def _all(found: Given) -> str:
    return "the law" if found.entries == 1 else f"each of its {found.entries} entries"
