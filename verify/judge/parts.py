"""Which theory decides the claims of which setting, and what it says from the claim alone. A theory
is loaded when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import NotGeneric
from verify.judge.restated import restated

if TYPE_CHECKING:
    from verify.claims.certified import Certified
    from verify.claims.claim import Claim
    from verify.claims.evidence import Outcome
    from verify.claims.sentence import Sentence
    from verify.theories.protocol import Theory
    from verify.theories.steps.stated import Stated

    #: of the name of a conclusion and its outcome; raises NotGeneric where no steps are found
    Steps = Callable[[str, Outcome], Certified]
    #: of the name of a conclusion, its sentence, and whether it is to be refuted: what a
    #: certificate may state of it
    Wordings = Callable[[str, Any, bool], Iterator[Stated]]

AGAINST = "not-exponential"  # what the kernel proves where a conclusion is refuted without a point


def theory_of(claim: Claim | Sentence) -> type[Theory]:
    """By the kind of the setting."""
    return _part_of(claim)[0]


def steps_of(claim: Claim | Sentence) -> Steps | None:
    """What writes the steps of a proof for the kernel; None where nothing does."""
    return _part_of(claim)[1]


def wordings_of(claim: Claim) -> Wordings | None:
    """How the kernel may be told the sentences of a claim; None where it is told of none."""
    return _part_of(claim)[2]


def _part_of(claim: Claim | Sentence) -> tuple[type[Theory], Steps | None, Wordings | None]:
    """Each in its own module, so that one claim does not load them all."""
    steps: Steps | None = None
    wordings: Wordings | None = None
    match claim.setting.kind:
        case "trajectories":
            from verify.theories.enclosures.follow import Enclosures as theory
        case "matrices":
            from verify.judge.of_matrices import steps, theory, wordings  # type: ignore[assignment]
        case "samples":
            from verify.theories.samples.sampling import Sampled as theory  # type: ignore[assignment]
        case "action":
            from verify.theories.symmetries.theory import Symmetries as theory  # type: ignore[assignment]
        case "formulas":
            from verify.judge.of_formulas import steps, theory, wordings  # type: ignore[assignment]
        case "declared":
            from verify.theories.declared.theory import Declaring as theory  # type: ignore[assignment]
        case _:
            from verify.judge.of_networks import steps, theory, wordings  # type: ignore[assignment]
    return theory, steps, wordings


def settled_by(body: Mapping[str, Any], claim: Claim) -> Verdict | None:
    """What a certificate says of a claim as it stands today. Its reader has accepted it before. Of
    several conclusions that have one each none proves the claim.
    """
    theory = theory_of(claim)
    if not theory.by_steps:
        found = theory.settled(body, claim)
        empty = (_empty(claim, name) for name in claim.concluding)
        return None if found is Verdict.PROVED and any(empty) else found
    every = {stated_by(body, claim, name) for name in claim.concluding}
    if Verdict.REFUTED in every:
        return Verdict.REFUTED
    return Verdict.PROVED if every == {Verdict.PROVED} and len(claim.concluding) == 1 else None


def stated_by(body: Mapping[str, Any], claim: Claim, name: str) -> Verdict | None:
    """What a certificate that the kernel has accepted says of one conclusion; None if it is about
    another.
    """
    against = "witness" in body
    if name not in claim.concluding or not {"setting", "assume", "conclude"} <= body.keys():
        return None
    if not any(x.is_stated_by(body) for x in told(claim, name, against)):
        return None
    refutes = against or any(x["kind"] == AGAINST for x in body["conclude"].values())
    if refutes:
        return Verdict.REFUTED
    return None if _empty(claim, name) else Verdict.PROVED


def _empty(claim: Claim, name: str) -> bool:
    """Whether a conclusion says no more than a hypothesis: what proves it settles nothing."""
    return bool(restated(claim.setting, claim.assuming, claim.concluding[name]))


def told(claim: Claim, name: str, against: bool) -> Iterator[Stated]:
    """What a certificate of the kernel may state of a conclusion, or state ``against`` it; nothing
    where the kernel cannot be told.
    """
    theory, _, wordings = _part_of(claim)
    if wordings is None:
        return
    sentence = theory(claim, Request(), lambda text: None).sentence(name)
    try:
        yield from wordings(name, sentence, against)
    except NotGeneric:
        return


def reach_of(claim: Claim, name: str) -> str:
    """Of what a proof or an enclosure of one conclusion speaks: sizes, values, starts and times.
    From the claim alone.
    """
    return theory_of(claim).reach(claim, name)
