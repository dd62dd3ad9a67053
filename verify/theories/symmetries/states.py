"""One exact state of an action, theta with a free g, of what a source draws, and a sentence
there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from verify.claims.conclusions.of_actions import MomentIs
from verify.claims.evidence import Checked
from verify.exact.exhibit import Exhibit
from verify.spelling.tex import inline, vector
from verify.terms.polynomials import value
from verify.theories.symmetries.actions import Matrix
from verify.theories.symmetries.counts import Point, jacobian
from verify.theories.symmetries.finding import (
    Subject,
    applied,
    at,
    entries,
    in_words,
    row,
    texts,
    velocity,
)
from verify.theories.symmetries.linear import transpose, with_sign
from verify.theories.symmetries.moment_map import stated

_REACH, _SLOPES = 2, 3  # theta and g have whole entries up to these
Gap = tuple[str, Fraction]


@dataclass(frozen=True, repr=False)
class Placed(Exhibit):
    """theta of one case of the setting, and g = grad J there, which is free."""

    subject: Subject
    theta: Point
    g: Point

    def text(self) -> str:
        case = self.subject.case
        return f"{case.title}: {at(case, self.theta)}; g = {row(self.g)}"

    def latex(self) -> str:
        where = inline(rf"\theta = {vector(self.theta)}")
        return f"{where}; {inline(f'g = {vector(self.g)}')}"

    def data(self) -> dict[str, Any]:
        case, own = self.subject.case.title, {"theta": texts(self.theta), "g": texts(self.g)}
        return {"case": case, "arithmetic": self.ring, **own}

    def slope(self) -> Point:
        """theta' = -dphi(theta)^T g."""
        return velocity(self.subject.case, self.theta, self.g)


def state(subjects: Sequence[Subject], source: Random) -> Placed:
    subject = source.choice(list(subjects))
    case = subject.case
    theta = entries(case.size, source, _REACH)
    return Placed(subject, theta, entries(len(case.phi), source, _SLOPES))


def checked(conclusion: Any, x: Placed) -> Checked:
    """What vanishes at every state, where the sentence is one about states."""
    gaps = _GAPS.get(conclusion.kind)
    if gaps is None:
        return Checked(None, "it is about the algebra as a whole, not about one state")
    count = 0
    for what, gap in gaps(conclusion, x):
        count += 1
        if gap:
            return Checked(False, f"{what} = {gap} (exact)")
    return Checked(True, "exact") if count else Checked(None, "the algebra has no such element")


def _inner(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def _preserves(conclusion: Any, x: Placed) -> Iterator[Gap]:
    """dphi xi theta, and phi(s theta) - phi(theta)."""
    case = x.subject.case
    slopes = jacobian(case, x.theta)
    for xi in x.subject.algebra:
        moved = applied(xi, x.theta)
        for slope in slopes:
            yield f"dphi xi theta, xi: {in_words(xi, case)}", _inner(slope, moved)
    for s in case.permutations:
        turned = tuple(x.theta[i] for i in s)
        for p in case.phi:
            yield "phi(s theta) - phi(theta)", value(p, turned) - value(p, x.theta)


def _drifts(elements: Sequence[Matrix], x: Placed) -> Iterator[Gap]:
    """<theta, xi theta>' = <xi theta, theta'> + <xi^T theta, theta'>."""
    slope = x.slope()
    for xi in elements:
        drift = _inner(applied(xi, x.theta), slope) + _inner(applied(transpose(xi), x.theta), slope)
        yield f"<theta, xi theta>', xi: {in_words(xi, x.subject.case)}", drift


def _symmetric(conclusion: Any, x: Placed) -> Iterator[Gap]:
    return _drifts(with_sign(x.subject.algebra, 1), x)


def _every(conclusion: Any, x: Placed) -> Iterator[Gap]:
    return _drifts(x.subject.algebra, x)


def _permuted(conclusion: Any, x: Placed) -> Iterator[Gap]:
    own = x.subject.case.permutations
    return _drifts([{(i, j): Fraction(1) for i, j in enumerate(s)} for s in own], x)


def _orthogonal(conclusion: Any, x: Placed) -> Iterator[Gap]:
    slope = x.slope()
    for xi in x.subject.algebra:
        what = f"<xi theta, theta'>, xi: {in_words(xi, x.subject.case)}"
        yield what, _inner(applied(xi, x.theta), slope)


def _skew(conclusion: Any, x: Placed) -> Iterator[Gap]:
    for xi in with_sign(x.subject.algebra, -1):
        yield f"<theta, xi theta>, xi: {in_words(xi, x.subject.case)}", _moment(xi, x)


def _stated(conclusion: MomentIs, x: Placed) -> Iterator[Gap]:
    """mu_(j,i) against <theta, xi theta> of the generator at (i, j); a first variation is twice
    both.
    """
    case = x.subject.case
    for group in dict.fromkeys(g.group for g in case.generators):
        mu = stated(case, conclusion.words, group)
        for generator in (g for g in case.generators if g.group == group):
            i, j = generator.at
            what = f"<theta, xi theta> - mu, xi: {in_words(generator.xi, case)}"
            yield what, _moment(generator.xi, x) - value(mu[j][i], x.theta)


def _moment(xi: Matrix, x: Placed) -> Fraction:
    return _inner(x.theta, applied(xi, x.theta))


_GAPS: dict[str, Callable[[Any, Placed], Iterator[Gap]]] = {
    "preserves": _preserves,
    "moment-conserved": _symmetric,
    "every-element": _every,
    "finite-moment": _permuted,
    "orthogonal": _orthogonal,
    "skew-empty": _skew,
    "moment-is": _stated,
    "first-variation": _stated,
}
