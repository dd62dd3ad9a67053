"""Instances for proofs and witnesses against sentences, small and real ones first, every size drawn
from one seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import Any

from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.of_matrices import Obligation, OfMatrices
from verify.claims.hypotheses.matrices import Holds
from verify.exact.errors import NotGeneric
from verify.exact.exhibit import Exhibit
from verify.models.matrices import Matrices
from verify.models.motions import GradientStep, Prescribed, Still
from verify.spelling.tex import inline, number
from verify.terms.matrices import Mat
from verify.terms.matrix_words import latex, words
from verify.terms.relation import free_indices
from verify.theories.words.complex_matrix import CMat, Value, vanishes
from verify.theories.words.drawing import Sized, drawn
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.frame import Frame, frame
from verify.theories.words.instance import Instance
from verify.theories.words.lasting import Lasting, lasting, stays
from verify.theories.words.points import Relations, examples

_REAL, _TURNS = 2, 4  # instances drawn at each sizes, the first ones real


@dataclass(frozen=True)
class MatrixSentence:
    """Setting, hypotheses and one conclusion with the help for its proof; ``sizes``: the d_0..d_N
    that were asked for, if any.
    """

    setting: Matrices
    assuming: tuple[Holds, ...]
    conclusion: OfMatrices
    aid: Aid = field(default_factory=Aid)
    sizes: tuple[int, ...] | None = None
    seed: int = 0
    depth: int = 3

    def frame(self) -> Frame:
        return self._frame

    @cached_property
    def _frame(self) -> Frame:
        return frame(self.setting, self.assuming)

    def lasting(self) -> Lasting:
        return lasting(self.frame())

    def examples(self) -> Iterator[Instance]:
        """The author's instances."""
        return examples(self.setting, self.frame(), {})

    def expressions(self) -> list[Mat]:
        """Everything that the sentence mentions."""
        motion = self.setting.motion
        found = [
            *self.conclusion.parts(),
            *([motion.objective] if hasattr(motion, "objective") else []),
        ]
        found += motion.rates.values() if isinstance(motion, Prescribed) else []
        found += [x for h in self.assuming for e in h.equations for x in (e.left, e.right)]
        found += [
            x for es in self.setting.definitions.values() for e in es for x in (e.left, e.right)
        ]
        return found

    def constants(self) -> tuple[str, ...]:
        names = {n.args[0] for e in self.expressions() for n in e.walk() if n.head == "const"} - {
            "N"
        }
        return tuple(
            sorted(names | ({"eta"} if isinstance(self.setting.motion, GradientStep) else set()))
        )

    def loss(self) -> bool:
        return any(
            n.head == "loss" or n.args[:1] == ("P",) for e in self.expressions() for n in e.walk()
        )


@dataclass(frozen=True)
class MatrixWitness(Exhibit):
    """An exact instance at which a sentence fails: what was evaluated, at which index, and its
    value.
    """

    sentence: Any
    instance: Instance
    obligation: Obligation
    index: int | None
    value: str
    tex: str = ""  # the value as mathematics

    def text(self) -> str:
        where = f"; k = {self.index}" if self.index is not None else ""
        return f"{self.instance.text()}{where}: {words(self.obligation.gap)} = {self.value} (exact)"

    def latex(self) -> str:
        where = f"; {inline(f'k = {self.index}')}" if self.index is not None else ""
        return (
            f"{self.instance.latex()}{where}:"
            f" {inline(f'{latex(self.obligation.gap)} = {self.tex}')}"
        )

    def wire(self) -> dict[str, Any]:
        return {"obligation": self.obligation.name, "index": self.index, **self.instance.wire()}

    def data(self) -> dict[str, Any]:
        what = {"what": words(self.obligation.gap), "value": self.value, "arithmetic": self.ring}
        return {"refutes": self.sentence.conclusion.render(), **self.wire(), **what}


def points(s: MatrixSentence, given: Relations) -> Iterator[Instance]:
    """Examples first, then drawn ones: sizes that were asked for, or small ones, real before
    complex.
    """
    here = s.frame()
    yield from examples(s.setting, here, given)
    rng = Random(f"{s.seed} {s.conclusion.render()}")
    for dims in sizes_of(s):
        for turn in range(_TURNS):
            yield from drawn(
                s.setting, here, given, Sized(dims, turn < _REAL, s.constants(), s.loss()), rng
            )


def sizes_of(s: MatrixSentence) -> list[tuple[int, ...]]:
    if s.sizes is not None:
        return [s.sizes]
    least = max(s.setting.least_depth, 2)
    found = [(1,) * (n + 1) for n in (least, s.depth) if n >= least]
    found += [(2,) * (n + 1) for n in (least, s.depth) if n >= least]
    if not s.setting.square:
        found += [tuple((2, 3, 1, 2, 2)[j % 5] for j in range(n + 1)) for n in (least, s.depth)]
        found += [
            tuple((1, 2, 2, 3)[j % 4] for j in range(n + 1)) for n in (least, s.depth, s.depth + 1)
        ]
    return list(dict.fromkeys(found))


def refute(s: MatrixSentence) -> MatrixWitness | None:
    """The first exact instance at which the sentence fails and from which its relations last, or
    None, which proves nothing.
    """
    return next((w for w in _failing(s) if stays(w.instance, s.frame(), s.lasting())), None)


def doubtful(s: MatrixSentence) -> str:
    """Where it is not known that what holds always can last: what is not, and whether a state
    violates the sentence all the same.
    """
    try:
        doubt = s.lasting().doubt
    except NotGeneric:
        return ""
    if not doubt:
        return ""
    return (
        f"; a state violates it, but {doubt}"
        if next(_failing(s), None) is not None
        else f"; {doubt}"
    )


def _failing(s: MatrixSentence) -> Iterator[MatrixWitness]:
    """Exact instances of all relations at which the sentence fails."""
    try:
        doubts = list(s.conclusion.doubtful(s.setting))
        here = s.frame()
    except NotGeneric:
        return
    for doubt, how in doubts:
        for x in points(s, doubt.given):
            for index, value in values(x, here, doubt):
                if failing(value, how):
                    yield MatrixWitness(s, x, doubt, index, shown(value), shown_latex(value))


def values(x: Instance, here: Frame, o: Obligation) -> Iterator[tuple[int | None, Value]]:
    """The gap at every index; nothing where a letter's motion is not known."""
    evaluate = Evaluator(x, here.expander)
    run: list[int | None] = [None]
    if "k" in free_indices(o.gap):
        run = list(range(o.first, x.depth - o.less + 1))
    for j in run:
        try:
            yield j, evaluate(o.gap, {} if j is None else {"k": j})
        except (NotGeneric, KeyError, ArithmeticError):
            return


def failing(value: Value, how: str) -> bool:
    """Is the gap not zero, or negative, as it is asked?"""
    if how == "negative":
        return not isinstance(value, CMat) and value < 0
    return not vanishes(value)


def shown(value: Value) -> str:
    return value.text() if isinstance(value, CMat) else str(value)


def shown_latex(value: Value) -> str:
    return (
        value.latex() if isinstance(value, CMat) else number(Fraction(int(value.p), int(value.q)))
    )


def moving_instance(s: MatrixSentence) -> Instance | None:
    """An instance of all hypotheses at which something moves; at rest, at which the sentence's
    first expression is not zero.
    """
    here, known = s.frame(), s.lasting()
    for x in sorted(points(s, {}), key=lambda x: -min(x.depth, 3) * max(x.dims, default=1)):
        if moves(s, here, x) and stays(x, here, known):
            return x
    return None


def moves(s: MatrixSentence, here: Frame, x: Instance) -> bool:
    evaluate = Evaluator(x, here.expander)
    if isinstance(s.setting.motion, Still):
        first = s.conclusion.parts()[0]
        return any(
            not vanishes(v)
            for _, v in values(x, here, Obligation("", first, *s.conclusion.place()))
        )
    if isinstance(s.setting.motion, GradientStep):
        letters = [(Mat("next", (y,)) - y) for y in x.letters(["W"])]
    else:
        letters = [Mat("D", (y,)) for y in x.letters(sorted(here.expander.rates))]
    try:
        return any(not vanishes(evaluate(e)) for e in letters)
    except ArithmeticError:  # no inverse, or a number beyond what its reader computes: no instance
        return False
