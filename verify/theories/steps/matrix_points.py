"""Exact states of sentences about matrices, as certificates have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from flint import fmpq_mat

from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.matrix_kinds import (
    Decays,
    FibreMinimum,
    Identity,
    NonNegative,
    Root,
    Settles,
)
from verify.exact.errors import NotGeneric
from verify.kernel.exact import Value
from verify.models.motions import GradientStep
from verify.terms.affine import N, index
from verify.terms.matrices import Mat, X, after, const, dot, num
from verify.theories.steps import asked
from verify.theories.steps.shown import sides_of
from verify.theories.words.complex_matrix import CMat
from verify.theories.words.drawing import Sized, any_values
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.frame import frame
from verify.theories.words.instance import Instance

Data = object
MOST = 4  # drawn


def real(point: Instance) -> Instance:
    """The state itself, or, of a complex one, that of its real forms [[re, -im], [im, re]]: sums,
    products, adjoints and so all relations between words are kept.
    """
    every = [x for v in point.values.values() for x in (v if isinstance(v, list) else [v])]
    if not any(x != 0 for m in every for x in m.im.entries()):
        return point
    return replace(
        point,
        dims=tuple(2 * n for n in point.dims),
        sizes={x: 2 * n for x, n in point.sizes.items()},
        values={
            x: [_real(m) for m in v] if isinstance(v, list) else _real(v)
            for x, v in point.values.items()
        },
    )


def _real(x: CMat) -> CMat:
    found = x.embedded()
    return CMat(found, fmpq_mat(found.nrows(), found.ncols()))


def instance(point: Instance, setting: Mapping[str, Any]) -> dict[str, Data]:
    """An exact state, and a gradient of E there. Raises NotGeneric for what is not real."""
    letters, square = setting["letters"], not setting["families"]
    values: dict[str, Data] = {"E": "0", "P": _value(point, "P")} if "E" in letters else {}
    for name, declared in letters.items():
        if declared["role"] in ("parameter", "constant", "free", "root"):
            values[name] = _value(point, name)
    family = any(isinstance(x.get(y), list) for x in letters.values() for y in ("rows", "cols"))
    dims = {str(k): n for k, n in enumerate(point.dims)} if family else {}
    side = point.dims[0] if point.dims else next(iter(point.sizes.values()))
    return {
        "integers": {"N": point.depth},
        "sets": {"d": side} if square else dict(sorted(point.sizes.items())),
        "families": {} if square else {"d": dims},
        "values": values,
    }


def _value(point: Instance, name: str) -> Data:
    if name.endswith("inv") and name[:-3] in point.values:
        found = point.values[name[:-3]]
        assert isinstance(found, CMat)
        return matrix(found.inverse())
    if name in point.values:
        found = point.values[name]
        if not isinstance(found, list):
            return matrix(found)
        return [matrix(x) for x in found]
    if name in point.sequences:
        return [str(Fraction(x)) for x in point.sequences[name]]
    return str(Fraction(point.scalars[name]))


def matrix(x: CMat) -> Data:
    """Its rows, in quotes. Raises NotGeneric."""
    re, im = x.re, x.im
    if any(v != 0 for row in im.tolist() for v in row):
        raise NotGeneric("a complex state: the kernel's points are real")
    return [[str(Fraction(int(v.p), int(v.q))) for v in row] for row in re.tolist()]


def heres(setting: Mapping[str, Any], sentence: Any, state: Instance) -> Iterator[asked.Here]:
    """An exact state with what the claim's expressions are worth there; then drawn values of the
    letters alone, as a state can be special (V = 1 is its own adjoint). Raises NotGeneric.
    """
    yield _here(setting, sentence, real(state), False)
    given, dims = sentence.setting, real(state).dims
    sized = Sized(dims, True, tuple(state.scalars), given.layers)
    for seed in range(MOST):
        try:
            drawn = any_values(given, frame(given, ()), sized, Random(seed))
            yield _here(setting, sentence, drawn, True)
        except (KeyError, ArithmeticError, NotGeneric):  # not all letters can be drawn
            continue


def _here(setting: Mapping[str, Any], sentence: Any, point: Instance, loose: bool) -> asked.Here:
    data = instance(point, setting)
    value = Evaluator(point, frame(sentence.setting, sentence.assuming).expander)
    stated = _stated(sentence.conclusion, sentence.aid)
    moves = after if isinstance(sentence.setting.motion, GradientStep) else dot

    def rate(name: str, at: Sequence[int]) -> Value | None:
        one = Mat("letter", (name, index("k") if at else None))
        change = moves(one) - one if moves is after else moves(one)
        return _worth(value, change, {"k": at[0]} if at else {})

    return asked.Here(data, lambda at: [_worth(value, e, at) for e in stated], loose, rate)


def _stated(c: Any, aid: Aid) -> list[Mat]:
    """In the order in which a certificate has them."""
    if isinstance(c, Identity):
        return [*sides_of(c)]
    if isinstance(c, NonNegative):
        return [c.quantity, num(0)]
    if isinstance(c, Root):
        return [c.root**N, c.of]
    if isinstance(c, FibreMinimum):
        return [c.value, c.root, X, const("N")]
    if isinstance(c, Settles):
        return [c.quantity, dot(c.quantity), num(2 * aid.factor)]
    return [c.quantity, dot(c.quantity), *([c.factor] if isinstance(c, Decays) else [])]


def _worth(of: Evaluator, e: Mat, at: Mapping[str, int]) -> Value | None:
    """As the kernel has it; None of what is complex, or is not computed there."""
    try:
        found = of(e, at)
        if not isinstance(found, CMat):
            return Fraction(int(found.p), int(found.q))
        rows: Any = matrix(found)
    except (NotGeneric, KeyError, ArithmeticError):
        return None
    return tuple(tuple(map(Fraction, row)) for row in rows)
