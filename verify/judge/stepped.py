"""The kernel: what was proved, and has steps that are found, is asked of it, and what was refuted
at a point that it can evaluate. Where it refuses steps, or states another sentence, nothing is
settled; nor where no steps are found, and no other reader reads such sentences.
"""

from __future__ import annotations

from dataclasses import replace

from verify.claims.evidence import Outcome
from verify.claims.verdict import Verdict
from verify.exact.errors import NotGeneric
from verify.judge.parts import steps_of, theory_of

KERNEL = "the kernel"
NO_STEPS = "no steps are found that the kernel accepts"


def stepped(name: str, outcome: Outcome) -> Outcome:
    """With the certificate that the kernel has accepted. Where no steps are found: as it is, or
    undecided if the kernel alone reads such sentences.
    """
    write = steps_of(outcome.sentence)
    if write is None or outcome.verdict not in (Verdict.PROVED, Verdict.REFUTED):
        return outcome
    try:
        found = write(name, outcome)
    except NotGeneric as gap:
        if not theory_of(outcome.sentence).by_steps:
            return outcome
        reason = f"{NO_STEPS}: {gap}"
        return Outcome(outcome.sentence, Verdict.UNDECIDED, reason, about=outcome.about)
    return (
        outcome.refused(KERNEL, found.refusal) if found.refusal else replace(outcome, steps=found)
    )
