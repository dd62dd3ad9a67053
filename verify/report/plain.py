"""A report as plain data: the JSON of ``verify claim --format json``, schema version 1. Everything
but ``timing`` is reproducible.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verify.claims.certified import Certified
from verify.claims.evidence import Linked, Measured, Needed, Outcome, Report
from verify.claims.rules import statement_of
from verify.exact.exhibit import Exhibit
from verify.process.versions import versions
from verify.process.written import SCHEMA_VERSION
from verify.theories.sums.certificate import point_wire


def as_data(report: Report, path: Path | None) -> dict[str, Any]:
    """JSON keys in a fixed order."""
    outcomes = report.outcomes
    refuted = next((o for o in outcomes.values() if o.witness is not None), None)
    rules = sorted({r for o in outcomes.values() for r in o.rules})
    return {
        "schema_version": SCHEMA_VERSION,
        "claim": report.claim,
        "source": report.source,
        "parameters": report.parameters,
        "statement": report.statement,
        "dropped": [{"hypothesis": name, "reason": reason} for name, reason in report.dropped],
        "verdict": report.verdict.name,
        "given": sorted({g for o in outcomes.values() for g in o.given}),
        "scope": {name: o.scope for name, o in outcomes.items()},
        "expected": report.expected.name,
        "hypotheses": [{"id": i, "statement": p, "when": w} for i, p, w in report.hypotheses],
        "conclusions": {name: _conclusion(o) for name, o in outcomes.items()},
        "links": [_link(x) for x in report.links],
        "evidence": [_measured(m) for m in report.measured],
        "necessity": [_needed(x) for x in report.needed],
        "rules": {r: statement_of(r) for r in rules},
        "witness": witness_data(refuted.witness) if refuted else None,
        "certificate": None if report.certificate is None else _certificate(report, path),
        "notes": list(report.notes),
        "seed": report.seed,
        "versions": versions(),
        "exit": report.exit,
        "timing": {k: round(v, 6) for k, v in report.timing.items()},
    }


def _link(x: Linked) -> dict[str, Any]:
    own = {"claim": x.claim, "by": x.by, "statement": x.statement, "verdict": x.verdict.name}
    return {**own, "reason": x.reason, "exit": x.exit}


def _measured(m: Measured) -> dict[str, Any]:
    head = {"kind": m.kind, "conclusion": m.conclusion, "status": m.status, "text": m.text}
    return head | m.numbers


def _needed(x: Needed) -> dict[str, Any]:
    head = {"hypothesis": x.hypothesis, "kind": x.kind, "verdict": x.verdict, "text": x.text}
    return {**head, "witness": witness_data(x.witness)}


def _conclusion(o: Outcome) -> dict[str, Any]:
    own = {"statement": o.stated, "verdict": o.verdict.name, "reason": o.reason, "scope": o.scope}
    return {**own, "steps": None if o.steps is None else _steps(o.steps)}


def _steps(read: Certified) -> dict[str, Any]:
    """What the kernel has accepted."""
    kept = {"path": read.path or None, "sha256": read.sha256, "checked": read.statement}
    return {"reader": "kernel", "count": read.steps, **kept}


def _certificate(report: Report, path: Path | None) -> dict[str, Any]:
    assert report.certificate is not None
    return {
        "path": str(path) if path else None,
        "sha256": report.certificate.sha256,
        "checked": report.certificate.statement,
    }


def witness_data(witness: Any) -> dict[str, Any] | None:
    if witness is None:
        return None
    if isinstance(witness, Exhibit):
        return witness.data()
    point = point_wire(witness.point, witness.sentence.constants())
    return {
        "refutes": witness.sentence.conclusion.render(),
        "formula": witness.point.loss.text,
        **point,
        "indices": dict(witness.indices),
        "what": witness.failure.what,
        "value": witness.failure.value,
        "arithmetic": witness.ring,
    }
