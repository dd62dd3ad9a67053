"""The frame of a sentence: theory, motion and relations, as the prover uses them. Gradients and the fibre's relation are derived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from verify.hypotheses_matrix import Holds
from verify.settings.matrices import Matrices
from verify.settings.motions import ActionFlow, FibreFlow, GradientFlow, GradientStep, Prescribed, Still
from verify.star.affine import Affine, k, p
from verify.star.expand import Expander
from verify.star.expr import Mat, const, dot, inner, total, w
from verify.star.gradient import coefficient, gradient
from verify.star.relation import Equal
from verify.star.theory import RUNS, Letter

FIBRE = "fibre"


@dataclass(frozen=True)
class Frame:
    """``relations`` hold always along the motion once ``started`` (names of relations of the start) are known to be kept."""

    expander: Expander
    relations: Mapping[str, tuple[Equal, ...]]
    started: tuple[str, ...]


def frame(setting: Matrices, assuming: tuple[Holds, ...]) -> Frame:
    """Raises NotGeneric where the motion cannot be derived."""
    relations = dict(setting.definitions) | {h.id: h.equations for h in assuming}
    expander = _moving(setting, _tied(setting, relations))
    relations = relations | _fibre(setting) | _moved(setting, expander)
    flows = not isinstance(setting.motion, (Still, GradientStep))  # else the sentence is about one state
    started = tuple(h.id for h in assuming if h.when != "always" and flows)
    return Frame(expander, relations, started)


def at_index(e: Mat) -> Callable[[Affine | None], Mat]:
    """An expression in k as a function of its index."""
    return lambda i: e if i is None else e.put("k", i)


def rate_of(spec: Letter, e: Mat) -> Callable[[Affine | None], Mat]:
    """How a letter moves. A family that is zero at its ends for all time does not move there: its rate is one of 0 < k < N alone."""
    rate = at_index(e)
    if spec.index != "inner":
        return rate
    first, less = RUNS[spec.index]
    return lambda i: Mat("within", (_given(i), first, less, rate(i)))


def _tied(setting: Matrices, relations: Mapping[str, tuple[Equal, ...]]) -> frozenset[str]:
    """Letters that a relation ties to what moves: they move too, and nothing says how, unless the motion does."""
    motion = setting.motion
    moving = {"W", "A", "B", "X", "P"} if setting.layers else set()
    moving |= set(motion.rates) if isinstance(motion, Prescribed) else {motion.family} if isinstance(motion, FibreFlow) else set()
    if isinstance(motion, Prescribed) and setting.definitions:  # their derivatives tie the rates
        moving |= set().union(*(e.letters() for e in motion.rates.values()))
    named = frozenset(setting.theory().letters) | frozenset(setting.sequences)
    together = [(e.left - e.right).letters() & named for es in relations.values() for e in es]
    while more := [names for names in together if names & moving and not names <= moving]:
        moving |= set().union(*more)
    return frozenset(moving)


def _moving(setting: Matrices, tied: frozenset[str]) -> Expander:
    """Letters that nothing moves are constant."""
    theory, motion = setting.theory(), setting.motion
    fixed = (frozenset(theory.letters) | theory.sequences) - tied
    if isinstance(motion, (GradientFlow, GradientStep)):
        grad = gradient(motion.objective, "W", theory, fixed | {"P"})  # P is what it is where the gradient is taken
        if isinstance(motion, GradientStep):
            return Expander(theory, fixed=fixed, steps={"W": at_index(Mat("letter", ("W", k)) - const("eta") * grad)})
        return Expander(theory, {"W": at_index(-grad)}, fixed)
    if isinstance(motion, ActionFlow):
        return Expander(theory, {"W": lambda i: w(motion.family, _given(i))}, fixed)
    if isinstance(motion, FibreFlow):
        return Expander(theory, {"W": lambda i: -w(motion.family, _given(i))}, fixed)
    if isinstance(motion, Prescribed):
        return Expander(theory, {name: rate_of(theory.letters[name], e) for name, e in motion.rates.items()}, fixed)
    return Expander(theory)


def _given(i: Affine | None) -> Affine:
    assert i is not None
    return i


def _fibre(setting: Matrices) -> dict[str, tuple[Equal, ...]]:
    """What b satisfies: <w_b, w_a> = d objective(w_a) for every a, read off as the coefficient of a_k."""
    motion = setting.motion
    if not isinstance(motion, FibreFlow):
        return {}
    theory = setting.theory()
    a = Letter("a", "k", "k", "inner")
    wide = replace(theory, letters={**theory.letters, "a": a})
    along = Expander(wide, {"W": lambda i: w("a", _given(i))}, frozenset({"a", motion.family}))
    metric = coefficient(total(inner(w(motion.family, p), w("a", p))), "a", along)
    slope = coefficient(dot(motion.objective), "a", along)
    return {FIBRE: (Equal(metric, slope, 1, 1),)}


def _moved(setting: Matrices, expander: Expander) -> dict[str, tuple[Equal, ...]]:
    """The derivatives of definitions, which hold as well; only where every letter's derivative is given."""
    if not isinstance(setting.motion, Prescribed) or not setting.motion.rates:
        return {}
    return {f"{name}'": tuple(replace(e, left=dot(e.left), right=dot(e.right)) for e in es) for name, es in setting.definitions.items()}
