"""Starts that violate a hypothesis: the sentence without it, and whether it is needed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions import ENCLOSED
from verify.claims.evidence import Needed
from verify.claims.hypotheses import Hypothesis
from verify.claims.hypotheses.start import AtStart
from verify.claims.request import Request
from verify.claims.sentence import Sentence
from verify.exact.errors import BadInput
from verify.integrate.evaluate import ends, value
from verify.models.trajectories import Trajectories
from verify.theories.enclosures.enclosing import Excluded, checked_system, follow_start

Progress = Callable[[str], None]
OF_NEED = 30  # digits of an enclosure that shows a need, where none are asked for


def starts_of(
    claim: Claim, setting: Trajectories, request: Request
) -> dict[str, Callable[[], Any]]:
    """The setting's starts, or those that violate what is left out: one for each hypothesis."""
    found = dict(contrary(claim, setting, name, request.without) for name in request.without)
    return found or dict(setting.starts)


def contrary(
    claim: Claim, setting: Trajectories, name: str, without: tuple[str, ...] = ()
) -> tuple[str, Callable[[], Any]]:
    """The start that violates a hypothesis, and no other but those ``without``. Raises BadInput
    where there is none.
    """
    claim.hypothesis(name)
    if name not in setting.contrary:
        raise BadInput(
            f"claim {claim.id} has no start that violates {name}; leave --without {name} out"
        )
    label, build = setting.contrary[name]
    for h in claim.assuming:
        if h.id == name or h.id not in without:
            check_start(claim, label, build, h, h.id != name)
    return label, build


def check_start(
    claim: Claim, label: str, build: Callable[[], Any], h: Hypothesis, wanted: bool
) -> None:
    """A start satisfies a hypothesis, or does not: decided in balls. Raises BadInput where it is
    not as ``wanted``.
    """
    assert isinstance(h, AtStart)
    system = checked_system(label, build, {})
    if h.quantity not in system.quantities:
        raise BadInput(
            f"claim {claim.id}: hypothesis {h.id} speaks of {h.quantity!r}, which {system.title}"
            " does not have"
        )
    ball = value(system, system.quantities[h.quantity], system.start, Fraction(0))
    found = {h.admits(x) for x in ends(ball)} if ball.is_finite() else {None}
    if found != {wanted}:
        what = (
            "does not satisfy" if wanted else "is listed as violating, and is not shown to violate,"
        )
        raise BadInput(
            f"claim {claim.id}: the start {label} {what} {h.id}: {h.prose()}; {h.quantity} ="
            f" {ball.str(5)}"
        )


def needed_start(
    claim: Claim,
    setting: Trajectories,
    h: Hypothesis,
    horizon: Fraction,
    request: Request,
    progress: Progress,
) -> Needed:
    """Does a conclusion fail from the start that violates a hypothesis?"""
    if h.id not in setting.contrary:
        return Needed(h.id, "enclosure", "not shown", "no start that violates it is listed")
    label, build = contrary(claim, setting, h.id)
    progress(f"{claim.id}: is {h.id} needed?")
    throughout = {n: c for n, c in claim.concluding.items() if isinstance(c, ENCLOSED)}
    run = follow_start(label, build, horizon, throughout, request.digits_or(OF_NEED))
    failed = next(((n, d) for n, d in run.decided.items() if d.holds is False), None)
    if failed is None:
        return Needed(
            h.id, "enclosure", "not shown", f"the conclusions were not excluded from {label}"
        )
    name, d = failed
    sentence = Sentence(
        setting, tuple(x for x in claim.assuming if x is not h), name, throughout[name]
    )  # type: ignore[arg-type]
    return Needed(
        h.id,
        "enclosure",
        "needed",
        f"{name} fails without it, ",
        Excluded(sentence, label, run.system, d),
    )
