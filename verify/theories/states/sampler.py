"""Exact points that satisfy the hypotheses of a sentence: small readable ones first, then seeded
ones.

``draw`` is any callable that yields small non-zero rationals, so the seeded command line and
Hypothesis share the recipes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod
from random import Random

from verify.claims.sentence import Sentence
from verify.exact.errors import BadInput
from verify.models.losses import FAMILIES, Family, Loss
from verify.models.losses.data import Draw, draw_data, drawing, seeded, simple
from verify.models.losses.degree import degree_of
from verify.models.losses.plain import of_degree
from verify.models.point import Point, Start

Shape = Callable[[int, int, Draw], Start]
_ETAS = (Fraction(1, 10), Fraction(1), Fraction(-1, 2))
#: tried in this order: the first ones are the easiest to check by hand
READABLE = (
    "fraction",
    "norm",
    "linear",
    "ratio",
    "fisher",
    "difference",
    "shifted",
    "squared",
    "ratio-output-regularised",
)


def balanced_start(depth: int, width: int, draw: Draw) -> Start:
    """u_l,i = +-t_i; the signs vary only on the first two layers, where they are easy to read."""
    column = [draw() for _ in range(width)]
    rows = [tuple(column)] * depth
    signs = [Fraction(1) if draw() > 0 else Fraction(-1) for _ in range(width)]
    rows[0] = tuple(s * x for s, x in zip(signs, column, strict=True))
    return tuple(rows)


def rooted_start(depth: int, width: int, draw: Draw) -> Start:
    """Unequal layers whose product is +-s^L, so that |w_i|^(1/L) is rational."""
    columns = []
    for _ in range(width):
        s, factors = draw(), [draw() for _ in range(depth - 1)]
        columns.append([s * f for f in factors] + [s / prod(factors)])
    return tuple(zip(*columns, strict=True))


def free_start(depth: int, width: int, draw: Draw) -> Start:
    return tuple(tuple(draw() for _ in range(width)) for _ in range(depth))


def zeroed_start(depth: int, width: int, draw: Draw) -> Start:
    """One layer vanishes at the first coordinate."""
    rows = [list(row) for row in free_start(depth, width, draw)]
    rows[0][0] = Fraction(0)
    return tuple(tuple(row) for row in rows)


def near_one(start: Start) -> Start:
    """|u| replaced by 1 + (|u| - 1)/L, signs kept: deep products stay of size one; balance, signs
    and zeros are kept.
    """
    depth = len(start)
    move = lambda x: (1 + (abs(x) - 1) / depth) * (1 if x > 0 else -1) if x else x
    return tuple(tuple(move(x) for x in row) for row in start)


def leaving_zero(depth: int, width: int, draw: Draw) -> Start:
    """A balanced one with a coordinate that is 0 in every layer."""
    first, *rest = zip(*balanced_start(depth, width, draw), strict=True)
    return tuple(zip(tuple(0 * x for x in first), *rest, strict=True))


def positive_start(depth: int, width: int, draw: Draw) -> Start:
    return tuple(tuple(abs(x) for x in row) for row in free_start(depth, width, draw))


def shapes(sentence: Sentence) -> list[Shape]:
    """Recipes of starts, one for each shape that the hypotheses admit."""
    keeps = sentence.conclusion.kind == "keeps-sign"
    if sentence.balanced:
        return [balanced_start, *([leaving_zero] if keeps and not sentence.nonzero else [])]
    return [
        *([zeroed_start] if keeps else []),
        rooted_start,
        free_start,
        balanced_start,
        positive_start,
    ]


def admitted(
    sentence: Sentence, families: Sequence[Family], width: int
) -> list[tuple[Family, dict[str, Fraction]]]:
    """Families of the degree that is assumed, each with the value of a symbolic degree."""
    assumed = sentence.homogeneous
    found: list[tuple[Family, dict[str, Fraction]]] = []
    if assumed is not None and assumed.degree.head == "num" and _is_plain(assumed.degree.args[0]):
        families = [*families, of_degree(int(assumed.degree.args[0]))]
    for family in families:
        if not family.widths[0] <= width <= family.widths[1]:
            continue
        if assumed is None:
            found.append((family, {}))
            continue
        degree = degree_of(family.expr(width))
        if degree is None:
            continue
        if assumed.degree.head == "const":
            found.append((family, {assumed.degree.args[0]: degree}))
        elif assumed.degree.args[0] == degree:
            found.append((family, {}))
    return found


def _is_plain(degree: Fraction) -> bool:
    return degree.denominator == 1 and abs(degree) <= 16


def readable() -> tuple[Family, ...]:
    by_name = {f.name: f for f in FAMILIES}
    return tuple(by_name[name] for name in READABLE)


def constants(sentence: Sentence, degrees: dict[str, Fraction], turn: int) -> dict[str, Fraction]:
    """A value for every declared constant."""
    values = {"eta": _ETAS[turn % len(_ETAS)]}
    names = [c for c in sentence.constants() if c not in ("L", "n")]
    return {c: degrees.get(c, values.get(c, Fraction(1, 2))) for c in names}


def points(
    sentence: Sentence,
    depth: int,
    width: int,
    *,
    families: Sequence[Family] | None = None,
    losses: Sequence[Loss] = (),
    fixed: Start | None = None,
    seed: int = 0,
    rounds: int = 24,
    first: int = 0,
) -> Iterator[Point]:
    """Points that satisfy every hypothesis; ``losses`` and ``fixed`` narrow the search to given
    losses or one given start.

    Round 0 is the same for every seed; ``first`` = 1 leaves it out.
    """
    menu = admitted(sentence, families or readable(), width) if not losses else []
    for turn in range(first, rounds):
        draw = simple() if turn == 0 else seeded(seed, f"point {turn}")
        starts: Iterable[Start] = (
            [fixed]
            if fixed is not None
            else [shape(depth, width, draw) for shape in shapes(sentence)]
        )
        for start in starts:
            given = [(loss, _degree_constants(sentence, loss)) for loss in losses]
            drawn = [(_built(family, width, draw), degrees) for family, degrees in menu]
            for loss, degrees in [*given, *drawn]:
                if loss is None:
                    continue
                chosen = start if fixed is not None else adjusted(sentence, start, loss)
                point = _point(sentence, chosen, loss, draw, constants(sentence, degrees, turn))
                if sentence.violated(point) is None:
                    yield point


def drawn_point(sentence: Sentence, depth: int, width: int, source: Random) -> Point | None:
    """One point that satisfies every hypothesis, of a shape, a loss and numbers that the source
    draws; None where no loss goes with that start.
    """
    draw, turn = drawing(source), source.randint(0, len(_ETAS) - 1)
    start = source.choice(shapes(sentence))(depth, width, draw)
    menu = admitted(sentence, readable(), width)
    place = source.randint(0, len(menu) - 1) if menu else 0
    for family, degrees in [*menu[place:], *menu[:place]]:
        loss = _built(family, width, draw)
        if loss is None:
            continue
        chosen = adjusted(sentence, start, loss)
        point = _point(sentence, chosen, loss, draw, constants(sentence, degrees, turn))
        if sentence.violated(point) is None:
            return point
    return None


def _point(
    sentence: Sentence, start: Start, loss: Loss, draw: Draw, numbers: dict[str, Fraction]
) -> Point:
    return Point(start, supplied(sentence, loss, len(start[0]), draw), numbers)


def adjusted(sentence: Sentence, start: Start, loss: Loss) -> Start:
    """The start after every hypothesis that depends on the loss had its say."""
    for h in sentence.assuming:
        start = h.adjusted(start, loss)
    return start


def supplied(sentence: Sentence, loss: Loss, width: int, draw: Draw) -> Loss:
    """The loss together with the matrices that the statement itself mentions."""
    mentioned = {x.args for e in sentence.mentioned() for x in e.walk() if x.head == "form"}
    mentioned |= {
        ("quad", a) for e in sentence.mentioned() for a in e.atoms() & {"S_B", "S_W", "V"}
    }
    missing = sorted((kind, name) for kind, name in mentioned if name not in loss.data)
    if not missing:
        return loss
    extra = {name: draw_data(kind, name, width, draw) for kind, name in missing}
    return replace(loss, data={**loss.data, **extra})


def _built(family: Family, width: int, draw: Draw) -> Loss | None:
    try:
        return family.build(width, draw)
    except BadInput:
        return None


def _degree_constants(sentence: Sentence, loss: Loss) -> dict[str, Fraction]:
    assumed = sentence.homogeneous
    if assumed is None or assumed.degree.head != "const":
        return {}
    degree = degree_of(loss.expr)
    return {} if degree is None else {assumed.degree.args[0]: degree}
