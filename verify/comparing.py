"""Comparing two numbers at instances: what refutes, what supports, and what a near miss must show.

Numbers are Fractions or balls. A difference that excludes 0 decides; one that contains 0 bounds the violation that could hide in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.evidence import Measured
from verify.exhibit import Exhibit
from verify.samples.balls import Wide, ball
from verify.samples.base import Instance

DEPTHS = tuple(2**j for j in range(3, 12))  # of a sequence: in geometric progression
FEWEST = 2


@dataclass(frozen=True)
class Sample(Exhibit):
    """An instance at which a conclusion about samples fails; ``ring`` says whether both numbers are exact."""

    sentence: Any
    instance: str
    values: tuple[tuple[str, str], ...]
    ring: str

    def text(self) -> str:
        said = ", ".join(f"{name} = {value}" for name, value in self.values)
        return f"{self.instance}: {said} ({'exact' if self.ring == 'exact' else 'enclosed'})"

    def data(self) -> dict[str, Any]:
        what = {"instance": self.instance, "values": dict(self.values), "arithmetic": self.ring}
        return {"refutes": self.sentence.conclusion.render(), **what}


@dataclass(frozen=True)
class Found:
    """``status`` as of an experiment; ``miss`` what became of the near miss; a ``witness`` refutes."""

    status: str
    text: str
    miss: str = ""
    scope: str = ""
    witness: Sample | None = None


def agreeing(sentence: Any, instances: Sequence[Instance], near_miss: str | None, digits: int) -> Found:
    """Equal at every instance, as far as balls show; the near miss must differ at every instance."""
    c = sentence.conclusion
    pairs = [(i, i.values[c.quantity](), i.values[c.other]()) for i in instances]
    for instance, a, b in pairs:
        if sign(a, b):
            return _refuted(sentence, instance, a, b, "differ")
    limit = max(hidden(a, b) for _, a, b in pairs)
    if limit > Fraction(1, 10**digits):
        return Found("inconclusive", f"the balls are too wide: a difference of {shown(limit)} of the size could hide; more digits")
    gap = min(apart(i.values[near_miss](), a) for i, a, _ in pairs) if near_miss else Fraction(0)
    words = f"equal at {len(pairs)} instances, {seen(limit)}"
    return _closed(c.quantity, pairs, words, near_miss, gap > 0, f"it differs at every instance, by {shown(gap)} of the size or more")


def not_below(sentence: Any, instances: Sequence[Instance], near_miss: str | None, digits: int) -> Found:
    """Nowhere below the other, and the near miss, a larger bound, must be undercut somewhere."""
    c = sentence.conclusion
    pairs = [(i, i.values[c.quantity](), i.values[c.other]()) for i in instances]
    for instance, a, b in pairs:
        if sign(a, b) < 0:
            return _refuted(sentence, instance, a, b, "are the wrong way round")
    limit = max(hidden(a, b) for _, a, b in pairs)
    if limit > Fraction(1, 10**digits):
        return Found("inconclusive", f"the balls are too wide: a violation of {shown(limit)} of the size could hide; more digits")
    closest = min(apart(a, b) for _, a, b in pairs)
    below = sum(sign(a, i.values[near_miss]()) < 0 for i, a, _ in pairs) if near_miss else 0
    words = f"never below at {len(pairs)} instances, {seen(limit)}; the closest lies {shown(closest)} of the size above"
    return _closed(c.quantity, pairs, words, near_miss, below > 0, f"{below} instances lie below it")


def at_order(sentence: Any, instances: Sequence[Instance], near_miss: int | None) -> Found:
    """The slope of log |error| against log N, extrapolated, at every instance; the near miss is another order."""
    from verify.experiments.late_slope import late_slope
    from verify.experiments.rates import judged

    c = sentence.conclusion
    if near_miss is None:
        return Found("inconclusive", "no near miss is named")
    records: list[Measured] = []
    for instance in instances:
        errors = [instance.values[c.quantity](n) - instance.values[c.other](n) for n in DEPTHS]
        if not all(e > 0 or e < 0 for e in errors):
            return Found("inconclusive", f"{instance.text}: the error is not told from 0: more digits")
        sizes = [(rational(abs(e)), Fraction(radius(e))) for e in errors]
        rate = late_slope(DEPTHS, [s for s, _ in sizes], [r for _, r in sizes])
        what = f"{instance.text}, exponent of the error for N = {DEPTHS[0]} to {DEPTHS[-1]}, clock log N"
        records.append(judged(rate, -c.degree, -near_miss, what=what, named=f"order N^(-{near_miss})", conclusion=sentence.name))
    worst = next((m for m in records if m.status != "agrees"), records[0])
    agreeing = sum(m.status == "agrees" for m in records)
    return Found(worst.status, worst.text, f"{agreeing} of {len(records)} instances agree and reject it", f"{len(records)} instances")


def _refuted(sentence: Any, instance: Instance, a: Any, b: Any, how: str) -> Found:
    c = sentence.conclusion
    ring = "exact" if isinstance(a, Fraction) and isinstance(b, Fraction) else "balls"
    values = ((c.quantity, _value(a)), (c.other, _value(b)))
    text = f"{'exact' if ring == 'exact' else 'enclosed'} numbers {how} at an instance"
    return Found("contradicts", text, witness=Sample(sentence, instance.text, values, ring))


def _closed(name: str, pairs: list, words: str, near_miss: str | None, told: bool, how: str) -> Found:
    """What is common: how far the instances vary, and the near miss."""
    values = [rational(a) for _, a, _ in pairs]
    spread = f"{name} runs from {shown(min(values))} to {shown(max(values))}"
    if len(set(values)) < FEWEST:
        return Found("inconclusive", f"{words}; but all instances have the same value: nothing varies")
    if near_miss is None:
        return Found("inconclusive", f"{words}; {spread}; no near miss is named")
    said = f"near miss {near_miss}: {'rejected, ' + how if told else 'NOT rejected'}"
    return Found("agrees" if told else "inconclusive", f"{words}; {spread}", said, f"{len(pairs)} instances")


def sign(a: Any, b: Any) -> int:
    """1 where a > b beyond doubt, -1 where a < b, 0 where that is not decided or they are equal."""
    d = difference(a, b)
    return 1 if d > 0 else -1 if d < 0 else 0


def difference(a: Any, b: Any) -> Any:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a - b
    return _balled(a) - _balled(b)


def hidden(a: Any, b: Any) -> Fraction:
    """The largest violation, relative to the size, that an undecided difference could hide; 0 for exact numbers."""
    if sign(a, b) > 0 or isinstance(difference(a, b), Fraction):
        return Fraction(0)
    d, size = difference(a, b), _size(a, b)
    return (rational(abs(d)) + Fraction(radius(d))) / size


def apart(a: Any, b: Any) -> Fraction:
    """How far two numbers are apart beyond doubt, relative to the size."""
    d = difference(a, b)
    least = abs(d) if isinstance(d, Fraction) else rational(abs(d)) - Fraction(radius(d))
    return max(least, Fraction(0)) / _size(a, b)


def _size(a: Any, b: Any) -> Fraction:
    return max(abs(rational(a)), abs(rational(b))) or Fraction(1)


def _balled(x: Any) -> Any:
    return ball(x) if isinstance(x, Fraction) else x


def radius(x: Any) -> Fraction:
    """The radius of a ball. Raises Wide where it is not finite."""
    return Fraction(0) if isinstance(x, Fraction) else _dyadic(_finite(x).rad())


def rational(x: Any) -> Fraction:
    """The midpoint of a ball, exact. Raises Wide where it is not finite."""
    return x if isinstance(x, Fraction) else _dyadic(_finite(x).mid())


def _finite(x: Any) -> Any:
    if not x.is_finite():
        raise Wide(f"a number of an instance is not enclosed: {x}; more digits")
    return x


def _dyadic(x: Any) -> Fraction:
    mantissa, exponent = x.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _value(x: Any) -> str:
    return str(x) if isinstance(x, Fraction) else x.str(12)


def shown(x: Fraction) -> str:
    from verify.enclosing import short

    return short(x)


def seen(limit: Fraction) -> str:
    return f"a violation of {shown(limit)} of the size would have been seen" if limit else "every difference decided"
