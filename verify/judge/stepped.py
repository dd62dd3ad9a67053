"""The kernel beside the old readers: what was proved, and has steps that are found, is asked of it
too, and what was refuted at a point that it can evaluate. Where it refuses steps, or states another
sentence, nothing is settled.
"""

from __future__ import annotations

from dataclasses import replace

from verify.claims.evidence import Outcome
from verify.claims.verdict import Verdict
from verify.exact.errors import NotGeneric
from verify.judge.parts import steps_of

KERNEL = "the kernel"


def stepped(name: str, outcome: Outcome) -> Outcome:
    """With the certificate that the kernel has accepted; as it is where no steps are found."""
    write = steps_of(outcome.sentence)
    if write is None or outcome.verdict not in (Verdict.PROVED, Verdict.REFUTED):
        return outcome
    try:
        found = write(name, outcome)
    except NotGeneric:
        return outcome
    return (
        outcome.refused(KERNEL, found.refusal) if found.refusal else replace(outcome, steps=found)
    )
