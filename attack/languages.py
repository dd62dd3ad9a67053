"""The languages by name, and what the campaign asks of each."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from attack import (
    actions,
    actions_read,
    declared,
    declared_read,
    sums,
    sums_read,
    towers,
    towers_read,
    trajectories,
    trajectories_read,
    words_draw,
    words_read,
)

#: one turn of draws; the same order for every seed
TURN = (
    "towers",
    "words",
    "towers",
    "words",
    "sums",
    "towers",
    "words",
    "trajectories",
    "sums",
    "actions",
    "declared",
)


class Language:
    """Draws, judges without numeric experiments, reads back. One of them for each language."""

    def __init__(self, draws: Any, reads: Any) -> None:
        self.draw, self.admits, self.misprints, self.wrong = (
            draws,
            reads.admits,
            reads.misprints,
            reads.wrong,
        )

    def judged(self, claim: Any) -> Any:
        from verify.claims.request import Request
        from verify.judge.decide import judge

        return judge(claim, Request(numeric=False))

    def reads(self, body: dict) -> str:
        from verify import check

        return check.check(check.load(json.dumps(body).encode()))

    def refusals(self) -> tuple[type[Exception], ...]:
        from verify import check

        return (check.Refused, check.NotACertificate)


class Followed(Language):
    """Enclosures: few digits, and a reader of their own."""

    def judged(self, claim: Any) -> Any:
        from verify.claims.request import Request
        from verify.judge.decide import judge

        return judge(claim, Request(digits=12))

    def reads(self, body: dict) -> str:
        from verify import check_enclosure

        return check_enclosure.check(json.loads(json.dumps(body)))

    def refusals(self) -> tuple[type[Exception], ...]:
        from verify import check_enclosure

        return (check_enclosure.Refused, check_enclosure.NotACertificate)


class Stepped(Language):
    """Formulas and declared letters, which the kernel alone reads."""

    def reads(self, body: dict) -> str:
        from verify.kernel.certificate import verified

        return verified(json.dumps(body).encode())

    def refusals(self) -> tuple[type[Exception], ...]:
        from verify.kernel.limits import NotACertificate, Refused

        return (Refused, NotACertificate)


LANGUAGES: dict[str, Language] = {
    "actions": Language(actions.draw, actions_read),
    "towers": Stepped(towers.draw, towers_read),
    "words": Language(words_draw.draw, words_read),
    "sums": Language(sums.draw, sums_read),
    "declared": Stepped(declared.draw, declared_read),
    "trajectories": Followed(trajectories.draw, trajectories_read),
}


def of(name: str) -> Language:
    return LANGUAGES[name]


def turn() -> list[str]:
    """The languages that there are, in the order in which draws are dealt."""
    return [x for x in TURN if x in LANGUAGES]


def seeded(language: str, seed: int, index: int) -> Random:
    return Random(f"{language} {seed} {index}")
