"""What a claim about matrices is made of: closed lists, letters of one meaning, sizes that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.matrix_kinds import MATRIX
from verify.claims.conclusions.of_matrices import Decays
from verify.claims.fields import closed
from verify.claims.hypotheses.matrices import Holds
from verify.claims.wellformed_letters import letters
from verify.claims.wellformed_names import positive_constants
from verify.claims.wellformed_sizes import demanded
from verify.claims.wellformed_words import (
    bound_by,
    built,
    equation,
    exists,
    fits,
    index,
)
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, up_to
from verify.models.matrices import Matrices
from verify.models.motions import (
    MOTIONS,
    ActionFlow,
    FibreFlow,
    GradientFlow,
    GradientStep,
    Prescribed,
)
from verify.terms.affine import k
from verify.terms.letters import RUNS
from verify.terms.matrices import Mat
from verify.terms.matrix_grammar import bound, place_fits

if TYPE_CHECKING:
    from verify.claims.claim import Claim

_WHEN = ("always", "at the start")


def matrices(claim: Claim, setting: Matrices) -> None:
    """Raises BadInput naming what is not from the closed lists, is declared twice, or does not
    fit.
    """
    closed("motion", setting.motion, MOTIONS)
    if type(setting.least_depth) is not int or not 1 <= setting.least_depth <= LIMITS["least"]:
        raise BadInput(
            f"least depth {setting.least_depth!r}; expected a whole number from 1 on,"
            f" {up_to('least')}"
        )
    letters(setting)
    words = [x.about for x in setting.letters] + [
        y for h in claim.assuming for y in (h.id, getattr(h, "word", ""))
    ]
    for text in (setting.note, *words, *setting.definitions):
        if type(text) is not str or not text.isprintable():
            raise BadInput(f"{text!r:.60}; expected prose and names of one line")
    for limit, texts in (
        ("name", [*setting.definitions, *(h.id for h in claim.assuming)]),
        ("words", words),
    ):
        if long := [text for text in texts if len(text) > LIMITS[limit]]:
            raise BadInput(
                f"{long[0]!r:.60} has {len(long[0])} letters; expected {up_to(limit)}: shorten it"
            )
    _relations(claim, setting)
    for moved in _motion(setting):
        fits(setting, moved)
    if isinstance(setting.motion, Prescribed):
        _rates(setting, setting.motion)
    if isinstance(setting.motion, (GradientFlow, GradientStep, FibreFlow)):
        exists(setting, setting.motion.objective, moved=True)
    for conclusion in claim.concluding.values():
        closed("conclusion", conclusion, MATRIX)
        _conclusion(setting, conclusion)
    _one_meaning(claim, setting)
    _hints(claim, setting)
    if claim.experiments:
        raise BadInput(
            "experiments of a claim about matrices of every size; state a claim about"
            " trajectories instead"
        )


def _hints(claim: Claim, setting: Matrices) -> None:
    """Help, and conclusions together with theirs."""
    for hint in claim.hints.values():
        closed("hint", hint, (Aid,))
        assert isinstance(hint, Aid)
        _help(setting, hint)
    for name, conclusion in claim.concluding.items():
        demanded(setting, conclusion, claim.hints.get(name, Aid()))  # type: ignore[arg-type]


def _relations(claim: Claim, setting: Matrices) -> None:
    """Hypotheses and definitions, each with a name of its own."""
    for h in claim.assuming:
        closed("hypothesis", h, (Holds,))
        assert isinstance(h, Holds)
        if h.when not in _WHEN or h.id in setting.definitions or h.id == "fibre":
            raise BadInput(
                f"hypothesis {h.id!r} [{h.when}]; expected one of {_WHEN} and a name of its own"
            )
        for e in h.equations:
            equation(setting, e)
    for name, equations in setting.definitions.items():
        if name.endswith("'") or name == "fibre":
            raise BadInput(f"definition {name!r}; that name is taken")
        for e in equations:
            equation(setting, e)


def _one_meaning(claim: Claim, setting: Matrices) -> None:
    """A constant of one sentence is no index of a sum in another, and neither is the size of a
    letter.
    """
    relations = [e for es in setting.definitions.values() for e in es] + [
        e
        for h in claim.assuming
        for e in h.equations  # type: ignore[attr-defined]
    ]
    several = [*_motion(setting), *(x for e in relations for x in (e.left, e.right))]
    several += [x for c in claim.concluding.values() for x in c.parts()]  # type: ignore[attr-defined]
    indices = set().union(*map(bound, several))
    constants = {n.args[0] for e in several for n in e.walk() if n.head == "const"}
    positive_constants(setting.positive, constants)
    sizes = {d for x in setting.letters for d in (x.rows, x.cols)} - {"k", "k-1", "0", "N"}
    if sizes & (indices | constants):
        raise BadInput(
            f"{sorted(sizes & (indices | constants))}: a size of a letter, and a constant or the"
            " index of a sum; rename one of the two"
        )
    if both := indices & constants:
        raise BadInput(
            f"constants {sorted(both)}, which are indices of sums elsewhere; rename one of the two"
        )


def _help(setting: Matrices, aid: Aid) -> None:
    """Help is untrusted, but what it is made of fits the setting all the same."""
    uses = [u for us in (*aid.uses.values(), *(x.uses for x in aid.lemmas)) for u in us]
    built(*(s.x for s in aid.squares), *(x for u in uses for x in (u.left, u.right)))
    for lemma in aid.lemmas:
        equation(setting, lemma.equation)
    for square in aid.squares:
        fits(setting, square.value())
        exists(setting, square.value())


def _motion(setting: Matrices) -> list[Mat]:
    motion = setting.motion
    if isinstance(motion, (GradientFlow, GradientStep, FibreFlow)):
        built(motion.objective)
        if motion.objective.has("D", "next"):
            raise BadInput("a derivative or a step inside the objective that makes the motion")
        bound_by(
            motion.objective, "an objective: sum over its layers with total(...); it is", set()
        )
        return [motion.objective]
    if isinstance(motion, Prescribed):
        built(*motion.rates.values())
        if any(e.has("D", "next") for e in motion.rates.values()):
            raise BadInput("a derivative or a step inside the rates that make the motion")
        return [Mat("letter", (n, index(setting, n))) - e for n, e in motion.rates.items()]
    if isinstance(motion, ActionFlow):
        return [Mat("w", (motion.family, k))]
    return []


def _rates(setting: Matrices, motion: Prescribed) -> None:
    """A rate speaks of letters that are there wherever its own letter moves."""
    letters = setting.theory().letters
    for name, e in motion.rates.items():
        run = letters[name].index
        bound_by(e, f"the rate of {name}", {"k"} if run else set())
        exists(setting, e, *(RUNS[run] if run else (1, 1)), moved=True)


def _conclusion(setting: Matrices, c) -> None:
    parts = c.parts()
    built(*parts)
    if not place_fits(*c.place()):
        raise BadInput(
            f"k = {c.place()[0]!r}..N - {c.place()[1]!r}; expected whole numbers from -1 on,"
            f" {up_to('ends')}"
        )
    for e in parts:
        fits(setting, e)
        bound_by(e, "a conclusion", {"k"})
        exists(setting, e, *c.place())
    if c.kind == "matrix-identity":
        fits(setting, c.left - c.right)
    if isinstance(c, Decays) and c.factor.has(
        "letter", "seq", "G", "H", "w", "loss", "D", "next", "sum", "tr"
    ):
        raise BadInput("the factor of a decay is a constant")
    if setting.motion.kind != "gradient-step" and any(e.has("next") for e in parts):
        raise BadInput("a value after a step, but the setting takes no step")
