"""Is a hypothesis needed? A theory looks for a witness to the sentence without it; where there is
none, the claim without it is decided as any claim is.

An author's reason stands, marked as such, only where neither tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from verify.claims.claim import Break
from verify.claims.evidence import Needed, Outcome
from verify.claims.hypotheses import Hypothesis
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.theories.protocol import Theory

Settled = Callable[[Theory], Mapping[str, Outcome]]  # every conclusion, as its reader accepts it


def needed(
    theory: Theory, h: Hypothesis, outcomes: Mapping[str, Outcome], settled: Settled
) -> Needed | None:
    """None where the run leaves the question out."""
    hint = next((b for b in theory.claim.breaks if b.hypothesis == h.id), Break(h.id))
    proved = all(o.verdict is Verdict.PROVED for o in outcomes.values())
    proof_first = proved and h.about == "size"  # a search at other sizes is long, a proof is not
    if proof_first:
        shown = _without(theory, h, Needed(h.id, hint.kind, "not shown", ""), settled)
        if shown.verdict == "not needed":
            return shown
    found = theory.needed(h, hint)
    if found is not None and found.verdict != "not shown":
        return found
    if found is not None and proved and not proof_first:
        found = _without(theory, h, found, settled)
    if hint.not_needed and (found is None or found.verdict == "not shown"):
        return Needed(h.id, "stated", "not shown", hint.said)
    return found


def _without(theory: Theory, h: Hypothesis, found: Needed, settled: Settled) -> Needed:
    """``found``, unless the claim without the hypothesis is proved, with the author's hints or
    without them: a lemma may need what is left out.
    """
    request = replace(theory.request, without=(), numeric=False, digits=None)
    try:
        less = theory.less(h)
        forms = [less, replace(less, hints={})] if less.hints else [less]
        for claim in forms:
            outcomes = settled(type(theory)(claim, request, theory.progress)).values()
            if all(o.verdict is Verdict.PROVED for o in outcomes):
                scopes = dict.fromkeys(o.scope for o in outcomes if o.scope)
                text = "; ".join(["PROVED without it", *scopes])
                return Needed(h.id, found.kind, "not needed", text)
    except BadInput:  # without it there is no sentence: something in it has no meaning
        return found
    return found
