"""What one run looks at: sizes, losses, the hypotheses that stay assumed, and the points that
satisfy these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from verify.claims.claim import Claim
from verify.claims.hypotheses import Hypothesis
from verify.claims.request import Request
from verify.claims.sentence import Sentence
from verify.exact.limits import fits
from verify.models.flow import Flow
from verify.models.losses import Loss, family
from verify.models.losses.data import seeded
from verify.models.point import Point, Start
from verify.theories.states.sampler import near_one, points
from verify.theories.states.search import moves

# deeper starts are moved towards 1; larger ones are not searched for the best
_DEEP, _LARGE = 8, 400


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
