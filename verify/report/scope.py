"""For what a conclusion was settled, in one line, whatever it is about."""

from __future__ import annotations

from verify.claims.evidence import Outcome, Report
from verify.exact.exhibit import Exhibit


def scope(outcome: Outcome) -> str:
    """The sizes of a proof, or what refutes it."""
    witness = outcome.witness
    if witness is None:
        return outcome.scope or "none"
    if isinstance(witness, Exhibit):
        return f"witness: {witness.text()}"
    return f"witness of depth {witness.point.depth}, width {witness.point.width}"


def scopes(report: Report) -> str:
    """Of every conclusion, by name."""
    return "; ".join(f"{name}: {scope(outcome)}" for name, outcome in report.outcomes.items())
