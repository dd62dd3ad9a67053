"""Why a report is not what was expected: what a failing test prints, in a suite of one's own and in
the pytest plugin.
"""

from __future__ import annotations

from verify.claims.evidence import Report
from verify.report.verdict_rows import witness_text


def failure_text(report: Report) -> str:
    """Why a report is not what was expected, for people: begins with the verdict; statement,
    reasons, witness.
    """
    failed = [x for x in report.links if x.exit]
    linked = ", and each link PROVED" if failed else ""
    lines = [
        f"{report.verdict.name}: {report.claim} was expected to be {report.expected.name}{linked}",
        f"  {report.statement}",
    ]
    for name, outcome in report.outcomes.items():
        lines.append(f"  {name}: {outcome.verdict.name}, {outcome.reason}")
        if outcome.witness is not None:
            lines.append(f"  witness: {witness_text(outcome.witness)}")
    lines += [f"  link {x.claim}: {x.verdict.name}, {x.reason}" for x in failed]
    lines += [f"  {m.kind}: {m.status}, {m.text}" for m in report.measured]
    return "\n".join([*lines, f"  seed {report.seed}"])
