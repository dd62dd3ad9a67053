"""Verdicts, witnesses and exit codes of all claims as they are recorded: what moves files or merges
code must leave them as they are.

``python -m tests.laws.recorded`` writes the record anew. A row that changes needs its reason in the
commit that changes it.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from verify.claims.evidence import Report
from verify.report.plain import witness_data

FILE = Path(__file__).with_name("recorded.json")
LONGEST = 600  # characters of a witness that are kept; of a longer one its hash


def row(report: Report) -> dict[str, Any]:
    """What must not change: the exit code, and each conclusion's verdict and witness; which
    hypotheses are needed, by which witness.
    """
    conclusions = {n: [o.verdict.name, _kept(o.witness)] for n, o in report.outcomes.items()}
    needed = {n.hypothesis: [n.verdict, _kept(n.witness)] for n in report.needed}
    return {
        "exit": report.exit,
        "verdict": report.verdict.name,
        "conclusions": conclusions,
        "needed": needed,
    }


def _kept(witness: Any) -> Any:
    data = json.loads(json.dumps(witness_data(witness), default=str))
    text = json.dumps(data, sort_keys=True)
    return data if len(text) <= LONGEST else sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    from tests.laws.test_claims import IDS, judged

    rows = [
        f"{json.dumps(name)}: {json.dumps(row(judged(name)), sort_keys=True)}"
        for name in sorted(IDS)
    ]
    FILE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
