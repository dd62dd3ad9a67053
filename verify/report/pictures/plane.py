"""The plane of two scalar layers as numbers: fibres, balanced lines, level sets of the moment, and
flow lines of a motion.

    fibres       w1 w2 = x           level sets   w1^2 - w2^2 = G           balanced   w1^2 = w2^2
They are drawn from closed forms; flow lines are integrated from exact starts that lie on them:
    (u, x/u) on a fibre,   ((u + G/u)/2, +-(u - G/u)/2) on a level set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate
from math import cos, cosh, exp, hypot, log, pi, sin, sinh, sqrt

from verify.exact.errors import BadInput
from verify.report.pictures.lines import pieces
from verify.report.pictures.picture import Plane, Points, Stroke
from verify.report.pictures.plane_flow import PlaneFlow

HALF = 3  # the window is [-HALF, HALF]^2
PRODUCTS = tuple(Fraction(s * n, 4) for n in (1, 4, 9) for s in (1, -1))
LEVELS = tuple(Fraction(s * n) for n in (1, 3) for s in (1, -1))
FAR, WIDE, SMALL = (
    Fraction(14, 5),
    Fraction(5),
    Fraction(1, 10),
)  # |u| of the starts: near the frame, and near 0
HORIZON, DIGITS = Fraction(4), 20
POINTS, NEAR, PER_STEP = 60, 0.03, 30
ARROW_AT = 0.45  # of the length that is seen


def plane(flow: PlaneFlow, circles: bool) -> Plane:
    """The two foliations, the balanced lines and the motion's flow lines; its title is what exact
    polynomials say that it keeps.
    """
    strokes = [fibres(), levels(), balanced(), *([touching()] if circles else []), flow_lines(flow)]
    kept = [name for name, keeps in (("x", flow.keeps_product), ("G", flow.keeps_moment)) if keeps]
    title = (
        f"{flow.words}: keeps {' and '.join(kept)}"
        if kept
        else f"{flow.words}: keeps neither x nor G"
    )
    return Plane(
        title,
        tuple(strokes),
        f"flow lines: {DIGITS} digits, exact starts, not validated",
        float(HALF),
    )


def listed(values: Sequence[Fraction]) -> str:
    """+-1/4, +-1: each size once."""
    return ", ".join(f"+-{v}" for v in values if v > 0)


def fibres() -> Stroke:
    """w2 = x/w1, evenly in log w1 from frame to frame, both branches."""
    parts = []
    for x in map(float, PRODUCTS):
        reach = log(HALF * HALF / abs(x))
        across = [abs(x) / HALF * exp(reach * j / POINTS) for j in range(POINTS + 1)]
        parts += [(tuple(s * w for w in across), tuple(s * x / w for w in across)) for s in (1, -1)]
    return Stroke(f"fibres w1 w2 = x, x = {listed(PRODUCTS)}", "fibre", tuple(parts))


def levels() -> Stroke:
    """(sqrt G cosh s, sqrt G sinh s), or the other way round for G < 0."""
    parts: list[Points] = []
    for level in map(float, LEVELS):
        root = sqrt(abs(level))
        reach = log(HALF / root + sqrt(HALF * HALF / abs(level) - 1))
        steps = [reach * (2 * j / POINTS - 1) for j in range(POINTS + 1)]
        for sign in (1, -1):
            long, short = (
                tuple(sign * root * cosh(s) for s in steps),
                tuple(root * sinh(s) for s in steps),
            )
            parts.append((long, short) if level > 0 else (short, long))
    return Stroke(f"level sets w1^2 - w2^2 = G, G = {listed(LEVELS)}", "level", tuple(parts))


def balanced() -> Stroke:
    ends = (float(-HALF), float(HALF))
    return Stroke("balanced: w1^2 = w2^2, G = 0", "balanced", ((ends, ends), (ends, ends[::-1])))


def touching() -> Stroke:
    """w1^2 + w2^2 = 2 |x|: one point on each branch of the fibre of x and of -x, and it is
    balanced.
    """
    turn = [2 * pi * j / (4 * POINTS) for j in range(4 * POINTS + 1)]
    radii = [sqrt(2 * float(x)) for x in PRODUCTS if x > 0]
    parts = tuple((tuple(r * cos(t) for t in turn), tuple(r * sin(t) for t in turn)) for r in radii)
    return Stroke("w1^2 + w2^2 = 2 |x|, its least value on the fibre of x", "circle", parts)


def starts(flow: PlaneFlow) -> Iterator[tuple[Fraction, Fraction]]:
    """Exact points near the frame: on fibres where the flow stays on them, else on level sets."""
    if flow.keeps_product:
        for x in PRODUCTS:
            for u in (FAR, -FAR):
                yield from ((u, x / u), (x / u, u))
    else:
        for level in (*LEVELS, Fraction(0)):
            for u in (WIDE, -WIDE):
                x, y = (u + level / u) / 2, (u - level / u) / 2
                yield from ((x, y), (x, -y))
        yield from ((SMALL, SMALL), (-SMALL, -SMALL))  # away from the saddle at 0


def flow_lines(flow: PlaneFlow) -> Stroke:
    """From every start until HORIZON or the frame. Raises BadInput where none moves."""
    found = [path for start in starts(flow) if len((path := traced(flow, start))[0]) > 1]
    if not found:
        raise BadInput(f"--plot: {flow.words} does not move from any start; leave --plot out")
    label = f"flow lines of the {flow.words}; dots: starts"
    return Stroke(label, "flow", tuple(found), tuple(map(arrow, found)))


def traced(flow: PlaneFlow, start: tuple[Fraction, Fraction]) -> Points:
    """Points of one flow line, NEAR or more apart, up to the last that lies in the window."""
    xs, ys = [float(start[0])], [float(start[1])]
    before = Fraction(0)
    for piece in pieces(flow.system(start, {}), HORIZON, DIGITS):
        for j in range(1, PER_STEP + 1):
            x, y = (
                int(c) / (1 << piece.bits)
                for c in piece.at(before + (piece.end - before) * j / PER_STEP)
            )
            if max(abs(x), abs(y)) > HALF:
                return tuple(xs), tuple(ys)
            if hypot(x - xs[-1], y - ys[-1]) >= NEAR:
                xs.append(x)
                ys.append(y)
        before = piece.end
    return tuple(xs), tuple(ys)


def arrow(path: Points) -> tuple[float, float, float, float]:
    """Place and direction of the step at which ARROW_AT of the length is passed."""
    steps = [
        (b - a, d - c)
        for a, b, c, d in zip(path[0], path[0][1:], path[1], path[1][1:], strict=False)
    ]
    reached = list(accumulate(hypot(*step) for step in steps))
    here = next(k for k, length in enumerate(reached) if length >= ARROW_AT * reached[-1])
    return path[0][here], path[1][here], *steps[here]
