"""Which hypotheses of a claim stay assumed in a run, and which are dropped: by the user, the loss,
the start or the depth.

A dropped hypothesis changes the sentence that is judged; the theorem itself is then neither proved
nor refuted.
"""

from __future__ import annotations

from verify.claims.claim import Claim
from verify.claims.hypotheses import Homogeneous, Hypothesis
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.models.data import rank_of, require_definite
from verify.models.losses import Loss, family
from verify.models.losses.constant import why_constant
from verify.models.losses.data import simple
from verify.models.losses.degree import degree_of, refute_degree
from verify.models.point import Point
from verify.theories.states.sampler import balanced_start
from verify.theories.sums.plan import Plan


def plan(claim: Claim, request: Request) -> Plan:
    """Raises BadInput where the request does not fit the claim."""
    depth, width = request.sizes(claim)
    exact = request.exact_sizes(depth, width)
    facts = _facts(claim, request, (depth, width), exact)
    losses = tuple(request.losses(exact[1], claim.loss))
    for name in request.without:
        claim.hypothesis(name)
    dropped, notes = _left_out(claim, request, losses, (depth, exact[1]), width)
    kept = tuple(h for h in claim.assuming if h.id not in dropped)
    setting = claim.flow
    for h in claim.assuming:
        setting = h.setting_without(setting) if h.id in dropped else setting
    # decay moves the weights by itself
    still = "" if setting.decay else _why_still(kept, losses, (width, exact[1]), request)
    return Plan(
        depth,
        width,
        exact,
        losses,
        request.start,
        request.seed,
        setting,
        kept,
        tuple(dropped.items()),
        (*facts, *notes),
        still,
        depth if notes else None,
        (2, 1, 4) if request.depth is None and request.start is None else (),
    )


def _left_out(
    claim: Claim, request: Request, losses: tuple[Loss, ...], sizes: tuple[int, int], width: int
) -> tuple[dict[str, str], list[str]]:
    """Why which hypothesis is dropped, and notes on those that cannot fail. ``sizes``: the depth,
    and the width of exact states.
    """
    dropped: dict[str, str] = {}
    notes: list[str] = []
    for h in claim.assuming:
        reason = _why_dropped(h, request, losses, *sizes)
        if not reason:
            continue
        cannot = h.automatic(sizes[0], width)
        if cannot and not isinstance(h, Homogeneous):
            notes.append(
                f"`{h.id}` cannot fail at depth {sizes[0]}: {cannot}; the claim is unchanged there"
            )
        else:
            dropped[h.id] = reason
    return dropped, notes


def _facts(
    claim: Claim, request: Request, sizes: tuple[int, int], exact: tuple[int, int]
) -> list[str]:
    """What the data are, what a singular S_W means here, and what is known about the loss. Raises
    BadInput where S_W > 0 is needed.
    """
    facts = []
    if exact != sizes:
        facts.append(
            f"exact states (instance, witnesses) have depth {exact[0]}, width {exact[1]}; the proof"
            " is for every size"
        )
    if request.scatter is not None:
        if any(h.needs_definite for h in claim.assuming):
            require_definite(request.scatter)
        facts.append(request.scatter.describe())
        rank = rank_of(request.scatter).rank
        if rank < request.scatter.width:
            facts.append(
                f"S_W is singular (rank {rank} of {request.scatter.width}): the statement is about"
                " w with w'S_W w != 0"
            )
    return facts


def _why_dropped(
    h: Hypothesis, request: Request, losses: tuple[Loss, ...], depth: int, width: int
) -> str:
    """In words, or empty: the hypothesis stays."""
    if h.id in request.without:
        return "left out by --without"
    if isinstance(h, Homogeneous):
        return _loss_breaks(h, losses[0]) if losses else ""
    if (h.about == "loss" and not losses) or (h.about == "start" and not request.start):
        return ""
    start = request.start or balanced_start(depth, width, simple())
    loss = losses[0] if losses else family("norm").build(width, simple())
    return h.violated(Point(start, loss, {})) or ""


def _loss_breaks(h: Homogeneous, loss: Loss) -> str:
    """Empty if the loss has the degree that is assumed. Raises BadInput where neither can be
    shown.
    """
    degree = degree_of(loss.expr)
    if h.degree.head == "const" and degree is not None:
        return ""
    if h.degree.head == "num" and degree == h.degree.args[0]:
        return ""
    if h.degree.head == "const":
        return f"this loss, J = {loss.text}, is not homogeneous"
    wanted = h.degree.args[0]
    if degree is None and refute_degree(loss, wanted) is None:
        raise BadInput(
            f"--loss {loss.text}: could neither show that it is homogeneous of degree {wanted} nor"
            " find a point where it is not; write it without nested logarithms and roots"
        )
    kind = "scale-invariant" if wanted == 0 else f"homogeneous of degree {wanted}"
    return f"this loss, J = {loss.text}, is not {kind}" + (
        f" (its degree is {degree})" if degree is not None else ""
    )


def _why_still(
    kept: tuple[Hypothesis, ...], losses: tuple[Loss, ...], sizes: tuple[int, int], request: Request
) -> str:
    """Why theta' = 0 at every point, exactly; empty if that is not shown. ``sizes``: the width
    asked for, and that of the losses.
    """
    reasons = [why_constant(loss, sizes[1]) for loss in losses]
    if losses and all(reasons):
        return f"nothing moves: {(request.family.still if request.family else '') or reasons[0]}"
    if sizes[0] == 1 and any(isinstance(h, Homogeneous) and h.invariant for h in kept):
        return (
            "nothing moves: at width 1 a scale-invariant loss is constant on each half-line, so"
            " grad J = 0"
        )
    return ""
