"""The picture of a claim about matrices of every size: what it says of two scalar layers, where
there is a plane to draw in.

The motion of the claim is drawn beside the flows that cross it: balancing flows run along fibres,
the learning flow along level sets of the moment. Figure 1 of arXiv:2511.01137v2 calls the two
foliations orthogonal. That is so for d = 1: there the gradients (w2, w1) and (2 w1, -2 w2) are
orthogonal. For d >= 2, over an invertible X and over the reals, fibre and level set share (N-1) d
(d-1)/2 dimensions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from verify.claims.claim import Claim
from verify.claims.conclusions.matrix_kinds import Decays
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.models.matrices import Matrices
from verify.models.motions import FibreFlow, GradientFlow
from verify.report.pictures.lines import Line, computed, enclosed
from verify.report.pictures.picture import (
    Curve,
    Panel,
    Picture,
    Plane,
    Progress,
    Span,
    curve,
    decay,
    middle,
    title_of,
    trust,
)
from verify.report.pictures.plane import plane
from verify.report.pictures.plane_flow import PlaneFlow, letters, terms
from verify.report.pictures.scalar import (
    INDEX,
    RATE,
    NoScalarForm,
    learning,
    moment_map,
    plane_flow,
    regularising,
    value,
)
from verify.theories.enclosures.enclosing import follow_start

# on the fibre of x = 1, whose least w1^2 + w2^2 is 2 |x|
START, LEAST = (Fraction(14, 5), Fraction(5, 14)), 2
MOMENT, NORM, SURPLUS = "G_1 = w1^2 - w2^2", "||W||^2", "||W||^2 - min"
TEX = {MOMENT: "w_1^2 - w_2^2", NORM: r"\|W\|^2", SURPLUS: r"\|W\|^2 - \min"}
HORIZON, ACROSS, DIGITS = Fraction(3), Fraction(2), 30  # ACROSS: there and past balance
CAPTION = (
    "Drawn for d = 1, N = 2: x = w1 w2, G = w1^2 - w2^2. Fibres and level sets of G meet at right"
    " angles; for d = 1 only: for d >= 2 (real, X invertible) they share (N-1) d (d-1)/2"
    " dimensions, and are not orthogonal."
)


def check(claim: Claim, wanted: str | None, others: Callable[[], str]) -> None:
    """Raises BadInput, before anything is decided, where the claim has no plane, or a time axis is
    asked for that is not there.

    ``others`` says which claims have a picture.
    """
    try:
        flow = plane_flow(claim.setting)  # type: ignore[arg-type]
        laws = list(decays(claim))
    except NoScalarForm as why:
        raise BadInput(f"--plot: there is no picture of {claim.id}: {why}; {others()}") from why
    if wanted and not timed(flow, laws):
        raise BadInput(
            f"--plot-time {wanted}: the picture of {claim.id} has no time axis; leave"
            " --plot-time out"
        )


def has_plane(claim: Claim) -> bool:
    assert isinstance(claim.setting, Matrices)
    try:
        plane_flow(claim.setting)
        list(decays(claim))
    except NoScalarForm:
        return False
    return True


def drawn(
    claim: Claim, request: Request, report: Report, wanted: str | None, progress: Progress
) -> Picture:
    progress(f"{claim.id}: drawing")
    setting = claim.setting
    assert isinstance(setting, Matrices)
    flow = plane_flow(setting)
    flows = [
        flow,
        *(f for f in (regularising(), learning()) if not f.same_as(flow) and across(flow, f)),
    ]
    moves = isinstance(setting.motion, (GradientFlow, FibreFlow))
    panels: list[Panel | Plane] = [plane(f, circles=not moves and f is flow) for f in flows]
    laws = list(decays(claim))
    followed = [along(f, wanted) for f in together(flow)] if timed(flow, laws) else []
    panels += time_panels(laws, followed) if balances(flow) or laws else orbit_panels(followed)
    starts = [
        f"{x.label} from (w1, w2) = ({', '.join(map(str, x.system.start))}): {x.words}"
        for x in followed
    ]
    at = followed[0].at if followed else None
    return Picture(
        title_of(report),
        (CAPTION, *chosen(setting), *starts),
        at.label if at else "t",
        bool(at and at.log),
        tuple(panels),
    )


def across(flow: PlaneFlow, other: PlaneFlow) -> bool:
    """Whether the other shows what this one does not: of flows along fibres the balancing one
    stands beside the group alone.
    """
    return not (flow.keeps_product and other.keeps_product) or not balances(flow)


def balances(flow: PlaneFlow) -> bool:
    """Whether it stands still at (1, 1), a balanced point."""
    return not any(sum(c for _, c in terms(p)) for p in (flow.first, flow.second))


def chosen(setting: Matrices) -> Iterator[str]:
    """Constants of the claim that have been given a value."""
    f = setting.motion.objective if isinstance(setting.motion, (GradientFlow, FibreFlow)) else None
    names = (
        sorted({str(node.args[0]) for node in f.walk() if node.head == "const"} - {"N"})
        if f is not None
        else []
    )
    if names:
        yield f"drawn for {', '.join(f'{name} = {RATE}' for name in names)}"


def decays(claim: Claim) -> Iterator[tuple[str, Fraction]]:
    """Name and rate of each law q' = -rate q that the claim states for the moment of two scalar
    layers. Raises NoScalarForm.
    """
    for name, conclusion in claim.concluding.items():
        if isinstance(conclusion, Decays):
            factor = terms(value(conclusion.factor, INDEX))
            if value(conclusion.quantity, INDEX) == moment_map() and all(
                powers == (0, 0) for powers, _ in factor
            ):
                yield name, -sum((c for _, c in factor), Fraction(0))


def timed(flow: PlaneFlow, laws: list[tuple[str, Fraction]]) -> bool:
    """Whether something is drawn over time: a law of the claim, or what happens on one fibre."""
    return bool(laws) or flow.keeps_product


def together(flow: PlaneFlow) -> list[PlaneFlow]:
    """The flow, and the regularising one where both run along fibres."""
    beside = flow.keeps_product and balances(flow) and not flow.same_as(regularising())
    return [flow, *([regularising()] if beside else [])]


def along(flow: PlaneFlow, wanted: str | None) -> Line:
    """Moment and, on a fibre, ||W||^2 and what it has above its least value: enclosed, or computed
    twice where that fails.

    From START; a flow that does not come to rest from its mirror image, so that it passes through
    balance.
    """
    w1, w2 = letters()
    names = {MOMENT: moment_map()} | (
        {NORM: w1**2 + w2**2, SURPLUS: w1**2 + w2**2 - LEAST} if flow.keeps_product else {}
    )
    passing = flow.keeps_product and not balances(flow)
    system, horizon = (
        flow.system(START[::-1] if passing else START, names),
        ACROSS if passing else HORIZON,
    )
    followed = follow_start(flow.words, lambda: system, horizon, {}, DIGITS)
    if followed.enclosure is None:
        return computed(followed, system.quantities, horizon, DIGITS, wanted)
    return enclosed(followed, system.quantities, wanted)


def time_panels(laws: list[tuple[str, Fraction]], lines: Sequence[Line]) -> Iterator[Panel]:
    """Logarithmic in both quantities: a law is a straight line, and the surplus falls like the
    square of the moment.
    """
    for quantity, power in ((MOMENT, 1), (SURPLUS, 2)):
        seen = [x for x in lines if quantity in x.spans]
        if not seen:
            continue
        spans = [x.spans[quantity] for x in seen]
        curves = [
            curve(x.label, x.at.x, s, True, hue=k)
            for k, (x, s) in enumerate(zip(seen, spans, strict=True))
        ]
        stated = [_law(name, power, power * rate, seen[0], spans[0]) for name, rate in laws]
        yield Panel(
            quantity,
            (*curves, *stated),
            True,
            trust(spans, all(x.validated for x in seen)),
            quantity,
            TEX[quantity],
        )


def orbit_panels(lines: Sequence[Line]) -> Iterator[Panel]:
    """||W||^2 along an orbit of the group: convex, and least at balance."""
    for x in lines:
        spans = x.spans[NORM]
        least = Curve(
            f"least value 2 |x| = {LEAST}", x.at.x, (float(LEAST),) * len(x.at.x), kind="bound"
        )
        yield Panel(
            f"{NORM} along the orbit over x = 1",
            (curve(x.label, x.at.x, spans, False), least),
            note=trust([spans], x.validated),
            y=NORM,
            tex=TEX[NORM],
        )


def _law(name: str, power: int, rate: Fraction, x: Line, spans: Sequence[Span]) -> Curve:
    """The moment's law from its exact start; the slope of its square through the last value, over
    the last half.
    """
    times = x.at.clock
    if power == 1:
        first, second = x.system.start
        start = Fraction(0), first**2 - second**2
        return decay(
            f"{name}, as stated: G_1(0) e^({-rate} t)", rate, x.at, range(len(times)), start
        )
    late = range(bisect_left(times, times[-1] / 2), len(times))
    return decay(
        f"slope of e^({-rate} t), twice the rate of {name}",
        rate,
        x.at,
        late,
        (times[-1], middle(spans[-1])),
    )
