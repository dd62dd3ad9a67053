"""The kernel beside the old readers: what was proved, and has steps that are found, is asked of it
too. Where it refuses, or states another sentence, nothing is proved.
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
    if write is None or outcome.verdict is not Verdict.PROVED:
        return outcome
    try:
        found = write(name, outcome)
    except NotGeneric:
        return outcome
    return (
        outcome.refused(KERNEL, found.refusal) if found.refusal else replace(outcome, steps=found)
    )
