"""What the user asks for: sizes, loss, data, start, seed, digits and what is left out. Checked
before anything runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from os.path import isdir
from typing import TYPE_CHECKING

from verify.claims.hypotheses import DepthAtLeast
from verify.claims.verdict import exit_code, stronger
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, up_to
from verify.exact.numbers import number
from verify.models.data.cells import read_text
from verify.models.losses import Family, Loss, family
from verify.models.losses.base import Family as LossFamily
from verify.models.losses.data import seeded, simple
from verify.models.losses.grammar import parse_loss

if TYPE_CHECKING:
    from verify.claims.claim import Claim
    from verify.claims.verdict import Verdict
    from verify.models.data.scatter import Scatter
    from verify.models.point import Start

MOST_NUMERIC = 20_000  # depth * width of a trajectory: about 1 GiB at 50 digits
MOST_DRAWN = 400  # depth * width of an exact state that is drawn; larger requests get a smaller one
MOST_DEPTH = 128  # of such a state: its products have that many factors


LINE_END, _BETWEEN = re.compile(r"\r\n|\r|\n"), re.compile(r"[ \t\f\v,]+")


DIGITS = 50


@dataclass(frozen=True)
class Request:
    """Options of one run. None means: the claim's own default, or abstract. ``applies`` knows which
    speak of which claims.
    """

    depth: int | None = None
    width: int | None = None
    loss: str | None = None
    scatter: Scatter | None = None
    start: Start | None = None
    digits: int | None = None
    seed: int = 0
    without: tuple[str, ...] = ()
    expect: Verdict | None = None
    at_least: Verdict | None = None
    cited: bool = True
    numeric: bool = True
    horizon: Fraction | None = None
    dims: tuple[int, ...] | None = None  # d_0..d_N of matrices

    @cached_property
    def family(self) -> Family | None:
        """The loss that was asked for: a name, or an expression of the small grammar. Raises
        BadInput.
        """
        if self.loss is None:
            return None
        if _is_name(self.loss):
            return family(self.loss)
        expr = parse_loss(self.loss)
        used = [x.args[1] for x in expr.walk() if x.head == "at"]
        return LossFamily(
            "expression", self.loss, lambda width: expr, widths=(max([1, *used]), 10**9)
        )

    def digits_or(self, own: int = DIGITS) -> int:
        """The digits that were asked for; where none were, those of the engine that asks."""
        return own if self.digits is None else self.digits

    def closing(self, claim: Claim, verdict: Verdict) -> tuple[Verdict, int, list[str]]:
        """What was expected, the exit code, and a note where the verdict is stronger than that."""
        expected = self.expect or claim.expected
        code = exit_code(verdict, expected)
        if (
            self.at_least is not None
            and verdict is not self.at_least
            and not stronger(verdict, self.at_least)
        ):
            code = code or 4
        better = f"stronger than expected ({expected.name}): raise the expectation of this claim"
        return expected, code, [better] if stronger(verdict, expected) else []

    def sizes(self, claim: Claim) -> tuple[int, int]:
        """Depth and width of the instance. Raises BadInput where they contradict each other, the
        data or the memory limit.
        """
        bounds = [h.bound for h in claim.assuming if isinstance(h, DepthAtLeast)]
        least = max([claim.depth, claim.setting.least_depth, *bounds])
        depth = len(self.start) if self.start else self.depth or least
        width = len(self.start[0]) if self.start else self.width or self._natural_width(claim)
        for name, given, found in (("--depth", self.depth, depth), ("--width", self.width, width)):
            if given is not None and given != found:
                raise BadInput(
                    f"{name} {given} contradicts the start file, which has {found}: leave"
                    f" {name} out"
                )
        if self.scatter and width != len(self.scatter.columns):
            raise BadInput(
                f"width {width} contradicts {self.scatter.name}, which has"
                f" {len(self.scatter.columns)} columns: leave --width out"
            )
        if self.numeric and claim.experiments and depth * width > MOST_NUMERIC:
            raise BadInput(
                f"depth {depth} x width {width} = {depth * width} weights exceed the limit of"
                f" {MOST_NUMERIC} for a trajectory (memory); the proof holds for every size: add"
                " --no-numeric, or ask for a smaller instance"
            )
        if self.start and depth * width > LIMITS["weights"]:
            raise BadInput(
                f"--start has {depth} x {width} = {depth * width} weights; an exact start has"
                f" {up_to('weights')}"
            )
        return depth, width

    def exact_sizes(self, depth: int, width: int) -> tuple[int, int]:
        """The sizes of exact states: those asked for, or smaller ones where these are too many
        weights to write and re-read.
        """
        if self.start is not None:
            return depth, width
        if self.scatter is not None:
            return min(depth, MOST_DEPTH, LIMITS["weights"] // width), width
        depth = min(depth, MOST_DEPTH)
        return depth, min(width, max(2, MOST_DRAWN // depth))

    def _natural_width(self, claim: Claim) -> int:
        if self.scatter:
            return len(self.scatter.columns)
        low, high = self.family.widths if self.family else (1, claim.width)
        return min(max(low, claim.width), high)

    def losses(self, width: int, default: str) -> list[Loss]:
        """The concrete losses of this run: one from data, or a few drawn ones; empty for an
        abstract loss. Raises BadInput.
        """
        if self.scatter:
            return [(self.family or family(default)).on(self.scatter)]
        if self.family is None:
            return []
        if self.loss and not _is_name(self.loss) and width < self.family.widths[0]:
            raise BadInput(
                f"--loss {self.loss}: it uses w{self.family.widths[0]}, but the width is {width}:"
                " raise --width"
            )
        draws = [simple(), *(seeded(self.seed, f"loss {turn}") for turn in range(3))]
        return [self.family.build(width, draw) for draw in draws]


def _is_name(text: str) -> bool:
    """Words joined by '-', one of them longer than the letters of an expression."""
    words = text.split("-")
    return all(w.isalpha() for w in words) and any(
        len(w) > 2 and w not in ("log", "exp") for w in words
    )


def dims_of(text: str) -> tuple[int, ...]:
    """d_0,..,d_N: two or more whole numbers from 1 on. Raises BadInput."""
    parts = text.split(",")
    if len(parts) < 2 or not all(
        x.isascii() and x.isdigit() and 1 <= len(x) <= 4 and int(x) for x in parts
    ):
        raise BadInput(
            f"--sizes {text!r}: expected d_0,d_1,..,d_N, two or more whole numbers from 1 on, for"
            " example 2,3,1,2"
        )
    return tuple(map(int, parts))


def read_start(path: str) -> Start:
    """L lines of n rationals such as ``1/2 -3 0.25``, separated by spaces or commas. Raises
    BadInput with the line.
    """
    rows = []
    if isdir(path):
        raise BadInput(
            f"--start {path} is a directory; expected a file with L lines of n rationals"
        )
    for at, line in enumerate(LINE_END.split(read_text(path)), 1):
        cells = [cell for cell in _BETWEEN.split(line.split("#")[0]) if cell]
        if cells:
            places = (f"--start {path}, line {at}, cell {j}" for j in range(1, len(cells) + 1))
            rows.append(
                tuple(
                    number(cell, place, "rescale the start")
                    for cell, place in zip(cells, places, strict=True)
                )
            )
    if not rows:
        raise BadInput(
            f"--start {path}: no numbers found; expected L lines of n rationals, one line for each"
            " layer"
        )
    if len({len(row) for row in rows}) > 1:
        raise BadInput(
            f"--start {path}: lines have {sorted({len(row) for row in rows})} numbers; each layer"
            " needs the same width"
        )
    return tuple(rows)
