"""What the user asks for: sizes, loss, data, start, seed, digits and what is left out. Checked before anything runs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from verify.errors import BadInput
from verify.losses import Family, Loss, family
from verify.losses.base import Family as LossFamily

if TYPE_CHECKING:
    from verify.claim import Claim
    from verify.data.scatter import Scatter
    from verify.sampler import Start
    from verify.verdict import Verdict

MOST_WEIGHTS = 200_000  # depth * width; at 50 digits the numeric part then stays below about 2 GiB


@dataclass(frozen=True)
class Request:
    """Options of one run. None means: the claim's own default, or abstract."""

    depth: int | None = None
    width: int | None = None
    loss: str | None = None
    scatter: Scatter | None = None
    start: Start | None = None
    digits: int = 50
    seed: int = 0
    without: tuple[str, ...] = ()
    expect: Verdict | None = None
    at_least: Verdict | None = None
    cited: bool = True
    numeric: bool = True

    @cached_property
    def family(self) -> Family | None:
        """The loss that was asked for: a name, or an expression of the small grammar. Raises BadInput."""
        if self.loss is None:
            return None
        if self.loss.replace("-", "").isalpha() and len(self.loss) > 1:
            return family(self.loss)
        from verify.losses.grammar import parse_loss

        expr = parse_loss(self.loss)
        used = [x.args[1] for x in expr.walk() if x.head == "at"]
        return LossFamily("expression", self.loss, lambda width: expr, widths=(max([1, *used]), 10**9))

    def sizes(self, claim: Claim) -> tuple[int, int]:
        """Depth and width of the instance. Raises BadInput where they contradict each other, the data or the memory limit."""
        depth = len(self.start) if self.start else self.depth or claim.depth
        width = len(self.start[0]) if self.start else self.width or self._natural_width(claim)
        for name, given, found in (("--depth", self.depth, depth), ("--width", self.width, width)):
            if given is not None and given != found:
                raise BadInput(f"{name} {given} contradicts the start file, which has {found}: leave {name} out")
        if self.scatter and width != len(self.scatter.columns):
            raise BadInput(
                f"width {width} contradicts {self.scatter.name}, which has {len(self.scatter.columns)} columns: leave --width out"
            )
        if depth * width > MOST_WEIGHTS:
            raise BadInput(
                f"depth {depth} x width {width} = {depth * width} weights exceed the limit of {MOST_WEIGHTS} (memory of the numeric"
                " instance); the proof holds for every size anyway: leave --depth and --width out, or ask for a smaller instance"
            )
        return depth, width

    def _natural_width(self, claim: Claim) -> int:
        if self.scatter:
            return len(self.scatter.columns)
        low, high = self.family.widths if self.family else (1, claim.width)
        return min(max(low, claim.width), high)

    def losses(self, width: int, default: str) -> list[Loss]:
        """The concrete losses of this run: one from data, or a few drawn ones; empty for an abstract loss. Raises BadInput."""
        from verify.sampler import seeded, simple

        if self.scatter:
            return [(self.family or family(default)).on(self.scatter)]
        if self.family is None:
            return []
        draws = [simple(), *(seeded(self.seed, f"loss {turn}") for turn in range(3))]
        return [self.family.build(width, draw) for draw in draws]


def positive(name: str, text: str, most: int = 10**7) -> int:
    """A positive integer from the command line. Raises BadInput naming the option and its value."""
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 18 and 1 <= int(text) <= most):
        raise BadInput(f"{name} {text!r}: expected a whole number from 1 to {most}")
    return int(text)


def read_start(path: str) -> Start:
    """L lines of n rationals such as ``1/2 -3 0.25``, separated by spaces or commas. Raises BadInput with the line."""
    from verify.data.cells import read_text

    rows = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        cells = line.split("#")[0].replace(",", " ").split()
        if cells:
            rows.append(tuple(_rational(path, number, cell) for cell in cells))
    if not rows:
        raise BadInput(f"--start {path}: no numbers found; expected L lines of n rationals, one line for each layer")
    if len({len(row) for row in rows}) > 1:
        raise BadInput(f"--start {path}: lines have {sorted({len(row) for row in rows})} numbers; each layer needs the same width")
    return tuple(rows)


def _rational(path: str, line: int, cell: str) -> Fraction:
    try:
        if len(cell) > 1000 or "e" in cell.lower():
            raise ValueError
        return Fraction(cell)
    except (ValueError, ZeroDivisionError):
        raise BadInput(f"--start {path}, line {line}: {cell[:40]!r} is not a rational number such as 1/2, -3 or 0.25") from None
