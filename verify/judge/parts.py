"""Which theory decides the claims of which setting, and what it says from the claim alone. A theory
is loaded when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from verify.claims.verdict import Verdict
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
    """What a certificate says of a claim as it stands today; None where that says nothing. Its
    reader has accepted it before.
    """
    found = theory_of(claim).settled(body, claim)
    empty = (restated(claim.setting, claim.assuming, c) for c in claim.concluding.values())
    return None if found is Verdict.PROVED and any(empty) else found


def reach_of(claim: Claim, name: str) -> str:
    """Of what a proof or an enclosure of one conclusion speaks: sizes, values, starts and times.
    From the claim alone.
    """
    return theory_of(claim).reach(claim, name)
