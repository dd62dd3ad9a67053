"""What a claim about matrices may be made of: closed lists, letters that mean one thing, products whose sizes fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verify.conclusions.matrix_kinds import MATRIX
from verify.conclusions.of_matrices import Aid, Decays
from verify.errors import BadInput
from verify.hypotheses_matrix import Holds
from verify.settings.matrices import Matrices
from verify.settings.motions import MOTIONS, ActionFlow, FibreFlow, GradientFlow, GradientStep, Prescribed
from verify.star.expr import HEADS, Mat
from verify.star.relation import Equal, free_indices
from verify.star.shapes import IllShaped, shape
from verify.star.theory import FORMS, LAYERS, RUNS

if TYPE_CHECKING:
    from verify.claim import Claim

_TAKEN = frozenset({x.name for x in LAYERS} | {"G", "H", "w", "N", "E", "eta"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_WHEN = ("always", "at the start")


def matrices(claim: Claim, setting: Matrices) -> None:
    """Raises BadInput naming what is not from the closed lists, is declared twice, or does not fit."""
    from verify.wellformed import closed

    closed(claim, "motion", setting.motion, MOTIONS)
    _letters(claim, setting)
    for h in claim.assuming:
        closed(claim, "hypothesis", h, (Holds,))
        assert isinstance(h, Holds)
        if h.when not in _WHEN or h.id in setting.definitions or h.id == "fibre":
            raise BadInput(f"claim {claim.id}: hypothesis {h.id!r} [{h.when}]; expected one of {_WHEN} and a name of its own")
        for e in h.equations:
            _equation(claim, setting, e)
    for name, equations in setting.definitions.items():
        if name.endswith("'") or name == "fibre":
            raise BadInput(f"claim {claim.id}: definition {name!r}; that name is taken")
        for e in equations:
            _equation(claim, setting, e)
    for moved in _motion(setting):
        _fits(claim, setting, moved)
    for conclusion in claim.concluding.values():
        closed(claim, "conclusion", conclusion, MATRIX)
        _conclusion(claim, setting, conclusion)
    for hint in claim.hints.values():
        closed(claim, "hint", hint, (Aid,))
    if claim.experiments:
        raise BadInput(
            f"claim {claim.id}: experiments of a claim about matrices of every size; state a claim about trajectories instead"
        )


def _letters(claim: Claim, setting: Matrices) -> None:
    names = [x.name for x in setting.letters] + list(setting.sequences)
    taken = _TAKEN if setting.layers else frozenset({"N", "E"})
    for name in names:
        if names.count(name) > 1 or name in taken or not _NAME.fullmatch(name):
            raise BadInput(f"claim {claim.id}: letter {name!r}; expected a name of its own, not one of {sorted(taken)}")
    for x in setting.letters:
        if x.form not in FORMS or (x.index and x.index not in RUNS):
            raise BadInput(f"claim {claim.id}: letter {x.name}: form {x.form!r}, index {x.index!r}; expected {FORMS}, {tuple(RUNS)}")
        if x.form != "free" and x.rows != x.cols:
            raise BadInput(f"claim {claim.id}: letter {x.name} is {x.form} and {x.rows} x {x.cols}; expected a square matrix")
        if not x.index and {"k", "k-1"} & {x.rows, x.cols}:
            raise BadInput(f"claim {claim.id}: letter {x.name} has no index, but sizes {x.rows} x {x.cols}")


def _motion(setting: Matrices) -> list[Mat]:
    motion = setting.motion
    if isinstance(motion, (GradientFlow, GradientStep, FibreFlow)):
        return [motion.objective]
    if isinstance(motion, Prescribed):
        return [Mat("letter", (n, _index(setting, n))) - e for n, e in motion.rates.items()]
    if isinstance(motion, ActionFlow):
        from verify.star.affine import k

        return [Mat("w", (motion.family, k))]
    return []


def _index(setting: Matrices, name: str):
    from verify.star.affine import k

    spec = setting.theory().letters.get(name)
    return k if spec is not None and spec.index else None


def _equation(claim: Claim, setting: Matrices, e: Equal) -> None:
    _fits(claim, setting, e.left - e.right)
    if free_indices(e.left - e.right) - {"k"}:
        raise BadInput(f"claim {claim.id}: a relation with indices {sorted(free_indices(e.left - e.right))}; expected k alone")


def _fits(claim: Claim, setting: Matrices, e: Mat) -> None:
    strange = [n.head for n in e.walk() if n.head not in HEADS]
    if strange:
        raise BadInput(f"claim {claim.id}: an expression with {strange[0]!r}; expected one of {sorted(HEADS)}")
    bound = [n.args[0] for n in e.walk() if n.head == "sum"]
    if {"k", "N", "q"} & set(bound):
        raise BadInput(f"claim {claim.id}: a sum over {sorted(set(bound))}; k, q and N are taken")
    for n in e.walk():
        if n.head == "sum" and (n.args[1].terms or n.args[2].base != "N"):
            raise BadInput(f"claim {claim.id}: a sum from {n.args[1]} to {n.args[2]}; expected a number and N minus a number")
    names = {n.args[0] for n in e.walk() if n.head == "const"}
    if names & {*(x.name for x in setting.letters), *setting.sequences} or any(not _NAME.fullmatch(n) for n in names):
        raise BadInput(f"claim {claim.id}: constants {sorted(names)}; expected names of their own")
    try:
        shape(e, setting.theory())
    except IllShaped as why:
        raise BadInput(f"claim {claim.id}: {why}") from None


def _conclusion(claim: Claim, setting: Matrices, c) -> None:
    parts = c.parts()
    for e in parts:
        _fits(claim, setting, e)
        if free_indices(e) - {"k"}:
            raise BadInput(f"claim {claim.id}: a conclusion with indices {sorted(free_indices(e))}; expected k alone")
    if c.kind == "matrix-identity":
        _fits(claim, setting, c.left - c.right)
    if isinstance(c, Decays) and c.factor.has("letter", "seq", "G", "H", "w", "loss", "D", "next", "sum", "tr"):
        raise BadInput(f"claim {claim.id}: the factor of a decay is a constant")
    if setting.motion.kind != "gradient-step" and any(e.has("next") for e in parts):
        raise BadInput(f"claim {claim.id}: a value after a step, but the setting takes no step")
