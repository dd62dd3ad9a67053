"""Which hypotheses of a claim stay assumed in a run, and which are dropped: by the user, the loss,
the start or the depth.

A dropped hypothesis changes the sentence that is judged; the theorem itself is then neither proved
nor refuted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar

from verify.claims.claim import Claim
from verify.claims.conclusions.base import Hints
from verify.claims.hypotheses import Homogeneous, Hypothesis
from verify.claims.request import Request
from verify.claims.sentence import Sentence
from verify.exact.errors import BadInput
from verify.exact.limits import fits
from verify.models.flow import Flow
from verify.models.losses import Loss, family
from verify.models.losses.constant import why_constant
from verify.models.losses.data import seeded, simple
from verify.models.losses.degree import degree_of, refute_degree
from verify.models.point import Point, Start
from verify.theories.states.sampler import balanced_start, near_one, points
from verify.theories.states.search import moves

_DEEP, _LARGE = (
    8,
    400,
)  # deeper starts are moved towards 1; larger ones are not searched for the best


@dataclass(frozen=True)
class Plan:
    """Sizes, losses and hypotheses of one run. ``exact``: sizes of exact states, smaller for very
    large requests.

    ``still`` says why nothing can move; ``only_depth`` limits a proof's scope.
    """

    depth: int
    width: int
    exact: tuple[int, int]
    losses: tuple[Loss, ...]
    start: Start | None
    seed: int
    setting: Flow
    assuming: tuple[Hypothesis, ...]
    dropped: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    still: str = ""
    only_depth: int | None = None
    other_depths: tuple[int, ...] = ()  # also searched for witnesses where the user fixed no depth

    no_hints: ClassVar[Hints] = Hints()

    def sentence(self, claim: Claim, name: str) -> Sentence:
        return Sentence(
            self.setting,
            self.assuming,
            name,
            claim.concluding[name],
            tuple(claim.concluding.values()),
        )

    def points(self, sentence: Sentence) -> Iterator[Point]:
        """Points that satisfy the sentence's hypotheses, in the order in which they are tried."""
        rounds = 24 if sentence.conclusion.exact else 400
        depth, width = self.exact
        yield from _readable(
            points(
                sentence,
                depth,
                width,
                losses=self.losses,
                fixed=self.start,
                seed=self.seed,
                rounds=rounds,
            )
        )
        for depth in self.other_depths:
            yield from _readable(
                points(
                    sentence, depth, width, losses=self.losses, seed=self.seed, rounds=rounds // 3
                )
            )

    def numeric_points(self, claim: Claim, request: Request) -> list[Point]:
        """A start for the trajectory: the user's own, or a seeded one that satisfies the hypotheses
        and moves.
        """
        losses = request.losses(self.width, claim.loss)
        loss = (
            losses[-1]
            if losses
            else family(claim.loss).build(self.width, seeded(self.seed, "trajectory loss"))
        )
        sentence = self.sentence(claim, next(iter(claim.concluding)))
        found = points(
            sentence,
            self.depth,
            self.width,
            losses=[loss],
            fixed=self.start,
            seed=self.seed + 1,
            rounds=6,
        )
        if self.start is None and self.depth > _DEEP:
            found = (replace(p, start=near_one(p.start)) for p in found)
        if self.depth * self.width > _LARGE:
            return list(islice(found, 1))
        moving = (p for p in found if moves(sentence, p))
        return sorted(moving, key=lambda p: -len({abs(x) for row in p.start for x in row}))[:1]

    def about(self) -> str:
        """The losses and the start that the user named, where there are any: a measurement is then
        about these alone.
        """
        texts = list(dict.fromkeys(loss.text for loss in self.losses))
        parts = [f"for J = {' and J = '.join(texts)}"] if texts else []
        rows = [
            f"u_{l} = ({', '.join(map(str, row))})" for l, row in enumerate(self.start or (), 1)
        ]
        return ", ".join([*parts, *([f"from the start {', '.join(rows)}"] if rows else [])])


def _readable(found: Iterator[Point]) -> Iterator[Point]:
    """Without the points whose numbers have more digits than the readers of certificates read."""
    return (p for p in found if all(fits(x) for row in p.start for x in row))


def plan(claim: Claim, request: Request) -> Plan:
    """Raises BadInput where the request does not fit the claim."""
    depth, width = request.sizes(claim)
    exact = request.exact_sizes(depth, width)
    facts = _facts(claim, request, (depth, width), exact)
    losses = tuple(request.losses(exact[1], claim.loss))
    for name in request.without:
        claim.hypothesis(name)
    dropped: dict[str, str] = {}
    notes: list[str] = []
    for h in claim.assuming:
        reason = _why_dropped(h, request, losses, depth, exact[1])
        if not reason:
            continue
        cannot = h.automatic(depth, width)
        if cannot and not isinstance(h, Homogeneous):
            notes.append(
                f"`{h.id}` cannot fail at depth {depth}: {cannot}; the claim is unchanged there"
            )
        else:
            dropped[h.id] = reason
    kept = tuple(h for h in claim.assuming if h.id not in dropped)
    setting = claim.flow
    for h in claim.assuming:
        setting = h.setting_without(setting) if h.id in dropped else setting
    only_depth = depth if notes else None
    still = (
        "" if setting.decay else _why_still(kept, losses, (width, exact[1]), request)
    )  # decay moves the weights by itself
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
        only_depth,
        (2, 1, 4) if request.depth is None and request.start is None else (),
    )


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
        from verify.models.data import rank_of, require_definite

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
