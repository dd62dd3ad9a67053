"""Is a hypothesis on a network needed? The sentence without it is searched for a witness that
satisfies all the others.
"""

from __future__ import annotations

from itertools import islice

from verify.claims.claim import Break, Claim
from verify.claims.evidence import Needed, Outcome, Witness
from verify.claims.hypotheses import DepthAtLeast, Hypothesis
from verify.claims.request import Request
from verify.claims.sentence import Sentence
from verify.claims.verdict import Verdict
from verify.models.losses import family
from verify.theories.measure.run import alone
from verify.theories.states.sampler import points
from verify.theories.states.search import refute, trapped
from verify.theories.sums.plan import Plan


def needed(claim: Claim, h: Hypothesis, hint: Break, work: Plan, request: Request) -> Needed:
    """Where it cannot fail at the sizes asked for, a witness of other sizes is looked for."""
    named = deepest(claim)
    if isinstance(h, DepthAtLeast) and h.bound <= named:
        said = f"layer {named}, of which the sentence speaks, is there from depth {named} on"
        return Needed(h.id, hint.kind, "cannot fail", said)
    depth, width = max(work.exact[0], claim.flow.least_depth), max(work.exact[1], 2)
    cannot = h.automatic(work.depth, work.width) if not isinstance(h, DepthAtLeast) else None
    if isinstance(h, DepthAtLeast):
        depth = h.bound - 1
    elif cannot:
        depth = work.exact[0] + 1
    witness = _witness(claim, h, hint, depth, min(width, 6), work.seed)
    if witness is None and hint.kind == "contrast":
        return _contrast(claim, h, hint, work, request)
    if witness is None:
        text = (
            f"cannot fail at depth {work.depth}: {cannot}"
            if cannot
            else "no witness found: its need is not shown"
        )
        return Needed(h.id, hint.kind, "cannot fail" if cannot else "not shown", text)
    at = f"at depth {work.depth} it cannot fail ({cannot}); at depth {depth}: " if cannot else ""
    at += f"at width {witness.point.width}: " if witness.point.width != work.width else ""
    return Needed(h.id, hint.kind, "needed", at, witness)


def deepest(claim: Claim) -> int:
    """The largest layer that a conclusion calls by its number; 1 where there is none."""
    sentences = [Sentence(claim.flow, (), n, c) for n, c in claim.concluding.items()]
    return max([1, *(x for s in sentences for x in s.numbered("layers"))])


def _witness(
    claim: Claim, h: Hypothesis, hint: Break, depth: int, width: int, seed: int
) -> Witness | None:
    """The first conclusion that fails without the hypothesis."""
    rest = tuple(x for x in claim.assuming if x is not h)
    setting = h.setting_without(claim.flow)
    families = (family(hint.loss),) if hint.loss else None
    for name, conclusion in claim.concluding.items():
        sentence = Sentence(setting, rest, name, conclusion)
        rounds = 24 if conclusion.exact else 400
        candidates = points(sentence, depth, width, families=families, seed=seed, rounds=rounds)
        if not conclusion.exact:
            witness = trapped(sentence, candidates)
        else:
            witness = refute(sentence, candidates)
        if witness is not None:
            return witness
    return None


def _contrast(claim: Claim, h: Hypothesis, hint: Break, work: Plan, asked: Request) -> Needed:
    """The claim's own experiment without the hypothesis: if it stops agreeing, the need is sampled,
    not shown.
    """
    if not asked.numeric:
        return Needed(
            h.id, "contrast", "not shown", "shown by an experiment, which --no-numeric leaves out"
        )
    rest = tuple(x for x in claim.assuming if x is not h)
    setting = h.setting_without(claim.flow)
    request = Request(
        depth=work.exact[0], width=max(work.exact[1], 2), seed=work.seed, digits=asked.digits
    )
    sentences = {n: Sentence(setting, rest, n, c) for n, c in claim.concluding.items()}
    outcomes = {n: Outcome(s, Verdict.UNDECIDED, "") for n, s in sentences.items()}
    families = (family(hint.loss),) if hint.loss else None
    for experiment in claim.experiments:
        sentence = sentences[experiment.conclusion]
        start = list(
            islice(
                points(
                    sentence,
                    work.exact[0],
                    max(work.exact[1], 2),
                    families=families,
                    seed=work.seed,
                ),
                1,
            )
        )
        for m in alone(experiment, outcomes, start, request):
            if m.status == "contradicts":  # giving up is no contrast
                return Needed(h.id, "contrast", "needed (sampled only)", m.text)
    return Needed(
        h.id,
        "contrast",
        "not shown",
        "the experiment does not fail clearly without it: its need is not shown",
    )
