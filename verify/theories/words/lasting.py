"""What can last along a motion: relations that hold always, and the forms of letters.

A relation that only names a letter lasts, for the letter follows. Any other lasts where its
derivative lies in the ideal of the relations (IDEAL_IS_INVARIANT), or differs from that by what is
constant and zero at the state; also where nothing moves, or where every rate is a letter of its
own, free to be any path, and the derivatives of the relations are independent: they cut out a
manifold then, and the rates are tangent to it. A Hermitian letter needs a Hermitian rate, or a
Hermitian expression that it names; positive and invertible are open conditions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flint import fmpq, fmpq_mat

from verify.exact.errors import NotGeneric
from verify.terms.affine import Affine
from verify.terms.letters import RUNS
from verify.terms.matrices import Mat, dot
from verify.terms.relation import Equal
from verify.terms.shapes import shape
from verify.theories.words import after_step
from verify.theories.words.complex_matrix import CMat, flat, vanishes
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.frame import Frame
from verify.theories.words.instance import Instance
from verify.theories.words.rewrite import Cofactor, Rules

Steps = tuple[Cofactor, ...]


@dataclass(frozen=True)
class Lasting:
    """``kept``: why each residual relation stays; ``forms``: why Hermitian letters stay so;
    ``doubt``: what is not known.
    """

    kept: Mapping[str, tuple[Steps, ...]] = field(default_factory=dict)
    forms: Mapping[str, Steps] = field(default_factory=dict)
    doubt: str = ""


def lasting(here: Frame) -> Lasting:
    """For every state at once; of a step each state shows it by itself."""
    if here.expander.steps:
        return Lasting(doubt=after_step.doubt(here))
    kept: dict[str, list[Steps]] = {}
    forms: dict[str, Steps] = {}
    try:
        for name, e in here.roles.residual:
            what = f"relation {name!r}"
            kept.setdefault(name, []).append(_reduced(here, dot(e.left - e.right), e))
        for name in _stiff(here):
            what = f"the form of {name}"
            forms[name] = _form(here, name)
    except NotGeneric as gap:
        return Lasting(
            doubt=f"{what} holds at one instant, and whether it can last is not known ({gap})"
        )
    return Lasting({name: tuple(steps) for name, steps in kept.items()}, forms)


def stays(x: Instance, here: Frame, known: Lasting) -> bool:
    """Does a motion from this state keep every relation and every form? False where it is not
    known.
    """
    at = Evaluator(x, here.expander)
    try:
        if here.expander.steps:
            return after_step.keeps(x, here)
        if not known.doubt:
            return all(map(vanishes, _derivatives(x, here, at))) and all(
                _skewless(x, at, name) for name in _stiff(here)
            )
        return _rests(x, here, at) or (
            _tangent(x, here, at) and all(_upright(x, here, at, name) for name in _stiff(here))
        )
    except (NotGeneric, KeyError, ArithmeticError):
        return False


def _stiff(here: Frame) -> list[str]:
    """Hermitian letters that move, or are named by what moves."""
    return [n for n in here.expander.rates if here.expander.theory.hermitian(n)]


def _reduced(here: Frame, gap: Mat, e: Equal) -> Steps:
    free = {"k": (e.first, e.less)} if e.indexed else {}
    rest, steps = Rules(here.expander, here.ideal(), free).reduced(here.expander.normal(gap, free))
    if not all(map(here.constant, rest)):
        raise NotGeneric(
            f"it does not follow: {len(rest)} term{'s' if len(rest) > 1 else ''} left over"
        )
    return tuple(steps)


def _form(here: Frame, name: str) -> Steps:
    """x - x* of the rate, modulo the relations; of what the letter names, by itself: the letter's
    form must not prove itself.
    """
    rate = _rate(here, name)
    run = here.expander.theory.letters[name].index
    place = Equal(rate, rate.H, *(RUNS[run] if run else (1, 1)))
    if name not in here.roles.named:
        return _reduced(here, rate - rate.H, place)
    if here.expander.normal(rate - rate.H, {"k": RUNS[run]} if run else {}):
        raise NotGeneric(f"{name} names something that need not be Hermitian")
    return ()


def _rate(here: Frame, name: str) -> Mat:
    """The rate, or what the letter names."""
    if name in here.roles.named:
        return here.roles.named[name]
    run = here.expander.theory.letters[name].index
    return here.expander.rates[name](Affine(0, (("k", 1),)) if run else None)


def _rests(x: Instance, here: Frame, at: Evaluator) -> bool:
    """Nothing moves: the state itself is a motion."""
    return all(vanishes(at(dot(e))) for e in x.letters(sorted(here.expander.rates)))


def _upright(x: Instance, here: Frame, at: Evaluator, name: str) -> bool:
    """The rate is Hermitian here and made of letters that do not move or are free to follow; or it
    is so at every state.
    """
    rate = _rate(here, name)
    if name not in here.roles.named and rate.letters() <= here.expander.fixed | here.roles.controls:
        return _skewless(x, at, name)
    run = here.expander.theory.letters[name].index
    return not here.expander.normal(rate - rate.H, {"k": RUNS[run]} if run else {})


def _skewless(x: Instance, at: Evaluator, name: str) -> bool:
    """The rate is Hermitian here."""
    return all(vanishes(at(dot(e - e.H))) for e in x.letters([name]))


def _tangent(x: Instance, here: Frame, at: Evaluator) -> bool:
    """The derivatives of the residual relations vanish for the rates given, and reach every value
    for other rates.

    Rank at one state is enough only because it is full: then the relations are a submersion there,
    their zeros a manifold near the state (implicit function theorem), and every rate in the kernel
    is that of a path in it. A smaller rank, however constant it looks,
    is none: at a corner (x y = 0, x^2 = 0, det W = 0 where W has a lower rank) the kernel is larger
    than what paths can do.
    """
    if not here.roles.residual:
        return True
    if not here.roles.controls or not all(map(vanishes, _derivatives(x, here, at))):
        return False
    rows = [
        [y for v in _derivatives(z, here, Evaluator(z, here.expander)) for y in flat(v)]
        for z in _variations(x, here)
    ]
    width = len(rows[0]) if rows else 0
    if not width or any(len(row) != width for row in rows):
        return False
    return fmpq_mat(len(rows), width, [y for row in rows for y in row]).rank() == _dimension(
        x, here
    )


def _derivatives(x: Instance, here: Frame, at: Evaluator) -> list[CMat | fmpq]:
    return [
        at(dot(e.left - e.right), place)
        for _, e in here.roles.residual
        for place in e.places(x.depth)
    ]


def _dimension(x: Instance, here: Frame) -> int:
    """Of the real space in which the relations have their values: Hermitian matrices where both
    sides always are.
    """
    found = 0
    for _, e in here.roles.residual:
        gap = e.left - e.right
        size = shape(gap, here.expander.theory)
        own = size is None or not here.expander.normal(
            gap - gap.H, {"k": (e.first, e.less)} if e.indexed else {}
        )
        for place in e.places(x.depth):
            rows, cols = (x.size(d, place) for d in size) if size else (1, 1)
            found += rows * cols * (1 if own else 2)
    return found


def _variations(x: Instance, here: Frame) -> Iterator[Instance]:
    """The instance with one rate a unit (Hermitian for a Hermitian letter) and all other rates
    zero.
    """
    letters = here.expander.theory.letters
    rates = {
        n: here.expander.rates[n]
        for n in here.expander.rates
        if _rate(here, n).letters() & here.roles.controls
    }
    still = {n: _zeros(x, n) for n in here.roles.controls}
    for name in rates:
        control = next(iter(_rate(here, name).letters()))
        upright = any(letters[n].form in ("hermitian", "positive") for n in (name, control))
        zeros = still[control]
        for j, zero in enumerate(zeros if isinstance(zeros, list) else [zeros]):
            for unit in _units(zero.shape, upright):
                value = [*zeros[:j], unit, *zeros[j + 1 :]] if isinstance(zeros, list) else unit
                yield x.put({**still, control: value})


def _zeros(x: Instance, name: str) -> CMat | list[CMat]:
    value = x.values[name]
    return [y.times(fmpq(0)) for y in value] if isinstance(value, list) else value.times(fmpq(0))


def _units(shape: tuple[int, int], upright: bool) -> Iterator[CMat]:
    m, n = shape
    for a in range(m):
        for b in range(n):
            for unit in ((1, 0), (0, 1)):
                x = CMat.of(
                    [[unit if (i, j) == (a, b) else 0 for j in range(n)] for i in range(m)], shape
                )
                yield x + x.marked("H") if upright else x
