"""The frame of a sentence: theory, motion and relations, as the prover uses them. Gradients and the
fibre's relation are derived.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from verify.claims.hypotheses.matrices import Holds
from verify.exact.errors import NotGeneric
from verify.models.matrices import Matrices
from verify.models.motions import (
    ActionFlow,
    FibreFlow,
    GradientFlow,
    GradientStep,
    Prescribed,
    Still,
)
from verify.terms.affine import Affine, k, p
from verify.terms.letters import RUNS, Letter
from verify.terms.matrices import Mat, const, dot, inner, total, w
from verify.terms.relation import Equal
from verify.theories.words.derive import derivative
from verify.theories.words.element import Key
from verify.theories.words.expand import Expander
from verify.theories.words.gradient import coefficient, gradient
from verify.theories.words.roles import Roles, roles

FIBRE = "fibre"


@dataclass(frozen=True)
class Frame:
    """``relations`` hold always along the motion once ``started`` (names of relations of the start)
    are known to be kept.
    """

    expander: Expander
    relations: Mapping[str, tuple[Equal, ...]]
    started: tuple[str, ...]
    roles: Roles = field(default_factory=Roles)
    always: tuple[str, ...] = ()

    def ideal(self) -> dict[str, tuple[Equal, ...]]:
        """What holds always by itself: not the relations of the start, and no derivatives of
        relations.
        """
        return {name: self.relations[name] for name in self.always}

    def constant(self, term: Key) -> bool:
        """Is a term of a normal form made of what does not move?"""
        sequences = {name for (name, _), _ in term[0]} & self.expander.theory.sequences
        return {name for name, *_ in term[2]} | sequences <= self.expander.fixed


def frame(setting: Matrices, assuming: tuple[Holds, ...]) -> Frame:
    """Raises NotGeneric where the motion cannot be derived."""
    always = dict(setting.definitions) | {h.id: h.equations for h in assuming if h.when == "always"}
    flows = not isinstance(
        setting.motion, (Still, GradientStep)
    )  # else the sentence is about one state
    found = _roles(setting, always)
    expander = _moving(setting, found)
    fibre = _fibre(setting)
    relations = (
        dict(setting.definitions)
        | {h.id: h.equations for h in assuming}
        | fibre
        | _moved(setting, found, expander)
    )
    started = tuple(h.id for h in assuming if h.when != "always" and flows)
    return Frame(
        expander,
        relations,
        started,
        Roles(fixed=found.fixed) if isinstance(setting.motion, Still) else found,
        (*always, *fibre),
    )


def at_index(e: Mat) -> Callable[[Affine | None], Mat]:
    """An expression in k as a function of its index."""
    return lambda i: e if i is None else e.put("k", i)


def rate_of(spec: Letter, e: Mat) -> Callable[[Affine | None], Mat]:
    """How a letter moves. A family that is zero at its ends for all time does not move there: its
    rate is one of 0 < k < N alone.
    """
    rate = at_index(e)
    if spec.index != "inner":
        return rate
    first, less = RUNS[spec.index]
    return lambda i: Mat("within", (_given(i), first, less, rate(i)))


def roles_said(
    setting: Matrices, assuming: tuple[Holds, ...], written: Callable[[str], str] = str
) -> list[str]:
    """How the author's letters move that have no rate: what a reader could not tell from the
    motion.
    """
    motion = setting.motion
    if isinstance(motion, (Still, GradientStep)):
        return []
    found = _roles(
        setting,
        dict(setting.definitions) | {h.id: h.equations for h in assuming if h.when == "always"},
    )
    told = (
        {*motion.rates}
        if isinstance(motion, Prescribed)
        else {motion.family}
        if isinstance(motion, FibreFlow)
        else set()
    )
    said: dict[str, list[str]] = {}
    for name in (*(x.name for x in setting.letters), *setting.sequences):
        if name not in told:
            said.setdefault(_role(name, found), []).append(name)
    return [f"{', '.join(map(written, names))} {role}" for role, names in said.items()]


def _role(name: str, found: Roles) -> str:
    if name in found.fixed:
        return "constant"
    if name in found.controls:
        return "free: any path along which the relations hold"
    return (
        "moving as what the relations name"
        if name in found.named
        else "moving as the relations say"
    )


def _roles(setting: Matrices, always: Mapping[str, tuple[Equal, ...]]) -> Roles:
    motion = setting.motion
    rates = motion.rates if isinstance(motion, Prescribed) else {}
    moving = {"W", "A", "B", "X", "P"} if setting.layers else set()
    moving |= {motion.family} if isinstance(motion, FibreFlow) else set(rates)
    return roles(
        setting.theory(),
        frozenset(moving),
        rates,
        [(name, e) for name, es in always.items() for e in es],
    )


def _moving(setting: Matrices, found: Roles) -> Expander:
    """Letters that nothing moves are constant; what a relation names moves as that does."""
    theory, motion, fixed = setting.theory(), setting.motion, found.fixed
    named = {name: rate_of(theory.letters[name], dot(e)) for name, e in found.named.items()}
    if isinstance(motion, (GradientFlow, GradientStep)):
        grad = gradient(
            motion.objective, "W", theory, fixed | {"P"}
        )  # P is what it is where the gradient is taken
        if isinstance(motion, GradientStep):
            return Expander(
                theory,
                fixed=fixed,
                steps={"W": at_index(Mat("letter", ("W", k)) - const("eta") * grad)},
            )
        return Expander(theory, {**named, "W": at_index(-grad)}, fixed)
    if isinstance(motion, ActionFlow):
        return Expander(theory, {**named, "W": lambda i: w(motion.family, _given(i))}, fixed)
    if isinstance(motion, FibreFlow):
        return Expander(theory, {**named, "W": lambda i: -w(motion.family, _given(i))}, fixed)
    if isinstance(motion, Prescribed):
        return Expander(
            theory,
            named | {name: rate_of(theory.letters[name], e) for name, e in motion.rates.items()},
            fixed,
        )
    return Expander(theory)


def _given(i: Affine | None) -> Affine:
    assert i is not None
    return i


def _fibre(setting: Matrices) -> dict[str, tuple[Equal, ...]]:
    """What b satisfies: <w_b, w_a> = d objective(w_a) for every a, read off as the coefficient of
    a_k.
    """
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


def _moved(setting: Matrices, found: Roles, expander: Expander) -> dict[str, tuple[Equal, ...]]:
    """The derivatives of definitions that do more than name a letter hold as well; where every
    letter's derivative is given.
    """
    if not isinstance(setting.motion, Prescribed) or not setting.motion.rates:
        return {}
    primed = {}
    for name in setting.definitions:
        equations = [e for n, e in found.residual if n == name]
        try:
            for e in equations:
                derivative(expander.rates, expander.fixed, e.left - e.right)
        except NotGeneric:
            continue  # it speaks of letters that move in no known way
        if equations:
            primed[f"{name}'"] = tuple(
                replace(e, left=dot(e.left), right=dot(e.right)) for e in equations
            )
    return primed
