"""Comparing two numbers at instances: what refutes, what supports, and what a near miss must show.

Numbers are Fractions or balls. A difference that excludes 0 decides; one that contains 0 bounds the
violation that could hide in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.claims.conclusions.agrees import Agrees
from verify.claims.evidence import Measured
from verify.claims.experiments.compare import NEAR
from verify.exact.exhibit import Exhibit
from verify.exact.numbers import short
from verify.exact.rings import ball
from verify.models.samples import Instance, Quantity
from verify.spelling import notation
from verify.spelling.called import in_quotes
from verify.spelling.many import many
from verify.spelling.tex import inline, value
from verify.theories.measure.late_slope import late_slope
from verify.theories.measure.rates import judged
from verify.theories.samples.differences import (
    apart,
    difference,
    hidden,
    number,
    radius,
    rational,
    seen,
    sign,
    size_of,
    written,
)
from verify.theories.samples.twice import one_computation

DEPTHS = tuple(2**j for j in range(3, 12))  # of a sequence: in geometric progression
FEWEST = 5  # different instances that can support anything
CLEAR = 1000  # the gap to the near miss, in detection limits


@dataclass(frozen=True)
class Sample(Exhibit):
    """An instance at which a conclusion about samples fails; ``ring`` says whether both numbers are
    exact.
    """

    sentence: Any
    instance: str
    values: tuple[tuple[Quantity, str], ...]
    ring: str

    def text(self) -> str:
        said = ", ".join(f"{in_quotes(q.name)} = {value}" for q, value in self.values)
        return f"{self.instance}: {said} ({'exact' if self.ring == 'exact' else 'enclosed'})"

    def latex(self) -> str:
        equal = "=" if self.ring == "exact" else "\\approx"
        said = ", ".join(inline(f"{q.latex()} {equal} {value(x)}") for q, x in self.values)
        return f"{', '.join(inline(notation.name(x)) for x in self.instance.split('; '))}: {said}"

    def data(self) -> dict[str, Any]:
        what = {
            "instance": self.instance,
            "values": {q.name: x for q, x in self.values},
            "arithmetic": self.ring,
        }
        return {"refutes": self.sentence.conclusion.render(), **what}


@dataclass(frozen=True)
class Found:
    """``status`` as of an experiment; ``miss`` what became of the near miss; a ``witness``
    refutes.
    """

    status: str
    text: str
    miss: str = ""
    scope: str = ""
    witness: Sample | None = None


def missed(instance: Instance, near_miss: Quantity | Fraction, other: Any) -> Any:
    """The near miss at an instance: a quantity of it, or a factor of the second side."""
    if isinstance(near_miss, Quantity):
        return number(instance, near_miss)
    return near_miss * other if isinstance(other, Fraction) else ball(near_miss) * other


def compared(
    sentence: Any, instances: Sequence[Instance], near_miss: Quantity | Fraction | None, digits: int
) -> Found:
    """Equal at every instance, as far as balls show, and the near miss must differ at each; or
    nowhere below the other, and the near miss, a larger bound, must be undercut somewhere.
    """
    c = sentence.conclusion
    equal = isinstance(c, Agrees)
    if why := one_computation(instances[0], c.quantity, c.other):
        return Found("inconclusive", why)
    pairs = [(i, number(i, c.quantity), number(i, c.other)) for i in instances]
    for instance, a, b in pairs:
        if sign(a, b) < 0 or (equal and sign(a, b)):
            how = "differ" if equal else "are the wrong way round"
            return _refuted(sentence, instance, a, b, how)
    limit = max(hidden(a, b) for _, a, b in pairs)
    if limit > Fraction(1, 10**digits):
        what = f"a {'difference' if equal else 'violation'} of {short(limit)} of the size"
        return Found("inconclusive", f"the balls are too wide: {what} could hide; more digits")
    misses = [missed(i, near_miss, b) for i, _, b in pairs] if near_miss else []
    beside = [(m, a) for m, (_, a, _) in zip(misses, pairs, strict=bool(misses))]
    if equal:
        gap = min((apart(m, a) for m, a in beside), default=Fraction(0))
        words = f"equal at {len(pairs)} instances, {seen(limit)}"
        how = f"it differs at every instance, by {short(gap)} of the size or more"
        return _closed(c, pairs, words, (near_miss, misses), gap > CLEAR * limit, how)
    closest = short(min(apart(a, b) for _, a, b in pairs))
    below = sum(sign(a, m) < 0 for m, a in beside)
    words = f"never below at {len(pairs)} instances, {seen(limit)}; the closest lies {closest}"
    how = f"{many(below, 'instance')} lie{'s' * (below == 1)} below it"
    return _closed(c, pairs, f"{words} of the size above", (near_miss, misses), below > 0, how)


def at_order(
    sentence: Any, instances: Sequence[Instance], near_miss: int | Fraction | None, digits: int
) -> Found:
    """The slope of log |error| against log N, extrapolated, at every instance; the near misses are
    orders on both sides.
    """
    c = sentence.conclusion
    if near_miss is None:
        return Found("inconclusive", "no near miss is named")
    if abs(near_miss - c.degree) > NEAR:
        away = f"more than {NEAR} away from the order {c.degree}"
        return Found("inconclusive", f"near miss N^(-{near_miss}) is not near: {away}")
    if few := _few(instances):
        return Found("inconclusive", few)
    if why := one_computation(instances[0], c.quantity, c.other, DEPTHS[0]):
        return Found("inconclusive", why)
    pairs = []
    for instance in instances:
        errors = [
            difference(*(number(instance, q, n) for q in (c.quantity, c.other))) for n in DEPTHS
        ]
        if not all(e > 0 or e < 0 for e in errors):
            why = f"{instance.text}: the error is not told from 0: more digits"
            return Found("inconclusive", why)
        misses = (near_miss, 2 * c.degree - near_miss)
        pairs.append([_order(sentence, instance, errors, miss, digits) for miss in misses])
    records = [m for pair in pairs for m in pair]
    worst = next((m for m in records if m.status != "agrees"), records[0])
    agreeing = sum(all(m.status == "agrees" for m in pair) for pair in pairs)
    said = f"{agreeing} of {len(instances)} instances agree and reject both"
    return Found(worst.status, worst.text, said, f"{len(instances)} instances")


def _order(
    sentence: Any, instance: Instance, errors: list[Any], miss: int | Fraction, digits: int
) -> Measured:
    """The exponent of the error at an instance, against the stated order and one beside it."""
    rate = late_slope(
        DEPTHS, [rational(abs(e)) for e in errors], [Fraction(radius(e)) for e in errors]
    )
    what = (
        f"{instance.text}, {digits} digits, exponent of the error for N = {DEPTHS[0]} to"
        f" {DEPTHS[-1]}, clock log N"
    )
    stated, named = sentence.conclusion.degree, f"order N^(-{miss})"
    return judged(rate, -stated, -miss, what=what, named=named, conclusion=sentence.name)


def _refuted(sentence: Any, instance: Instance, a: Any, b: Any, how: str) -> Found:
    c = sentence.conclusion
    ring = "exact" if isinstance(a, Fraction) and isinstance(b, Fraction) else "balls"
    values = ((c.quantity, written(a)), (c.other, written(b)))
    text = f"{'exact' if ring == 'exact' else 'enclosed'} numbers {how} at an instance"
    return Found("contradicts", text, witness=Sample(sentence, instance.text, values, ring))


def _few(instances: Sequence[Instance]) -> str:
    """Why these are too few, counting each only once."""
    different = len({i.text for i in instances})
    return (
        f"{different} different instance{'s' * (different != 1)}, at least {FEWEST} are needed:"
        " raise each"
        if different < FEWEST
        else ""
    )


def _closed(
    c: Any,
    pairs: list,
    words: str,
    miss: tuple[Quantity | Fraction | None, list],
    told: bool,
    how: str,
) -> Found:
    """What is common: how many instances there are, how far they vary, and how near the near miss
    is.
    """
    values, (near_miss, misses) = [rational(a) for _, a, _ in pairs], miss
    spread = f"{in_quotes(c.quantity.name)} runs from {short(min(values))} to {short(max(values))}"
    if len(set(values)) < 2:
        return Found(
            "inconclusive", f"{words}; but all instances have the same value: nothing varies"
        )
    if few := _few([i for i, _, _ in pairs]):
        return Found("inconclusive", f"{words}; {spread}; {few}")
    if near_miss is None:
        return Found("inconclusive", f"{words}; {spread}; no near miss is named")
    away = [abs(rational(m) - rational(b)) for m, (_, _, b) in zip(misses, pairs, strict=True)]
    far = max(d / size_of(m, b) for d, m, (_, _, b) in zip(away, misses, pairs, strict=True))
    name = in_quotes((near_miss if isinstance(near_miss, Quantity) else c.other).name)
    name = name if isinstance(near_miss, Quantity) else f"{near_miss} of {name}"
    if far > NEAR:
        return Found(
            "inconclusive",
            f"{words}; {spread}; near miss {name} is not near: it differs by {short(far)} of the"
            " size",
        )
    if max(away) > max(values) - min(values):
        return Found(
            "inconclusive",
            f"{words}; {spread}; near miss {name} is not near: it differs by {short(max(away))},"
            f" more than the instances do, {short(max(values) - min(values))}",
        )
    said = f"near miss {name}: {'rejected, ' + how if told else 'NOT rejected'}"
    return Found(
        "agrees" if told else "inconclusive", f"{words}; {spread}", said, f"{len(pairs)} instances"
    )
