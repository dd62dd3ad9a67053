"""Drawn exact instances that satisfy the relations of a sentence, as far as these can be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from verify.models.matrices import Matrices
from verify.models.motions import FibreFlow
from verify.terms.affine import k
from verify.terms.matrices import Mat
from verify.theories.words.balanced_points import balanced_layers
from verify.theories.words.complex_matrix import CMat
from verify.theories.words.drawn_matrices import draw, shaped
from verify.theories.words.fibre_points import solved
from verify.theories.words.frame import FIBRE, Frame
from verify.theories.words.instance import Instance
from verify.theories.words.points import BALANCE, Relations, admitted, completed, says


@dataclass(frozen=True, slots=True)
class Sized:
    """What is drawn: d_0..d_N, over Q or Q(i), numbers for the constants named, and P = E'(X) where
    there is a loss.
    """

    dims: tuple[int, ...]
    real: bool
    constants: tuple[str, ...] = ()
    loss: bool = True

    @property
    def depth(self) -> int:
        return len(self.dims) - 1


def drawn(
    setting: Matrices, here: Frame, given: Relations, sized: Sized, rng: Random
) -> Iterator[Instance]:
    """One instance at these sizes, where one can be drawn."""
    try:
        made = _drawn(setting, here, given, sized, rng)
    except (KeyError, ArithmeticError):
        return
    if admitted(made, here, given):
        yield made


def any_values(setting: Matrices, here: Frame, sized: Sized, rng: Random) -> Instance:
    """Of all letters, whatever is supposed of them; what is defined by others is computed. Raises
    KeyError or ArithmeticError where that cannot be.
    """
    return _drawn(setting, here, {}, sized, rng)


def _drawn(setting: Matrices, here: Frame, given: Relations, sized: Sized, rng: Random) -> Instance:
    theory, depth, dims, real = setting.theory(), sized.depth, sized.dims, sized.real
    sizes = {
        text: dims[0] if setting.square else 2
        for x in setting.letters
        for text in (x.rows, x.cols)
        if text not in ("k", "k-1", "0", "N")
    }
    made = Instance(theory, depth, dims, sizes)
    values: dict[str, CMat | list[CMat]] = {}
    relations = {**here.relations, **given}
    said = (says(setting, e) for es in setting.definitions.values() for e in es)
    defined = {found[0] for found in said if found is not None}
    if setting.layers:
        flat = any((e.left, e.right) == BALANCE for es in relations.values() for e in es)
        values["W"] = (
            balanced_layers(dims, rng, real)
            if flat
            else [draw(made.dim("W", j), rng, real) for j in range(1, depth + 1)]
        )
        if sized.loss:
            values["P"] = draw(made.dim("P", None), rng, real)
    solve = setting.motion.family if isinstance(setting.motion, FibreFlow) else None
    for spec in setting.letters:
        if spec.name == solve or spec.name in defined:
            continue
        form = "hermitian" if _hermitian(spec.name, relations) else spec.form
        places = spec.indices(depth)
        found = [shaped(made.dim(spec.name, j), form, rng, real) for j in places]
        values[spec.name] = found if spec.index else found[0]
    scalars = {n: Fraction(rng.randint(1, 5), rng.randint(2, 3)) for n in sized.constants}
    sequences = {
        n: [Fraction(rng.randint(-3, 3)) for _ in range(depth - 1)] for n in setting.sequences
    }
    made = Instance(theory, depth, dims, sizes, values, scalars, sequences)
    if solve is not None:
        made = solved(made, here, solve, here.relations[FIBRE])
    return completed(setting, here, made)


def _hermitian(name: str, relations: Relations) -> bool:
    letters = [Mat("letter", (name, k)), Mat("letter", (name, None))]
    return any(e.right in letters and e.left == e.right.H for es in relations.values() for e in es)
