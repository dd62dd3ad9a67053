"""Exact instances that satisfy every relation of a sentence: an author's examples, or drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from flint import fmpq

from verify.exact.errors import BadInput, NotGeneric
from verify.exact.limits import LIMITS, up_to
from verify.models.layers import LAYERS, sides
from verify.models.matrices import Example, Matrices, stated
from verify.terms.affine import k
from verify.terms.letters import RUNS
from verify.terms.matrices import Mat
from verify.terms.relation import Equal
from verify.theories.words.complex_matrix import CMat, plus, positive, vanishes
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.frame import Frame, frame
from verify.theories.words.instance import Instance

Relations = Mapping[str, tuple[Equal, ...]]
BALANCE = sides(k)


def examples(setting: Matrices, here: Frame, given: Relations) -> Iterator[Instance]:
    """The author's examples that satisfy every relation."""
    for number, example in enumerate(setting.examples, 1):
        made = completed(setting, here, _made(setting, example, number))
        if admitted(made, here, given):
            yield made


def refused(setting: Matrices) -> str:
    """Which example does not fit the letters or the definitions, and how; "" for none. One that is
    not used would say nothing.
    """
    try:
        here = frame(setting, ())
    except NotGeneric:
        return ""
    for number, example in enumerate(setting.examples, 1):
        x = completed(setting, here, _made(setting, example, number))
        value = Evaluator(x, here.expander)
        if not _formed(x):
            return (
                f"example {number} of the setting: a matrix without the shape or the form that its"
                " letter has"
            )
        for name, equations in here.relations.items():
            try:
                wrong = [
                    e
                    for e in equations
                    for at in e.places(x.depth)
                    if not vanishes(value(e.left - e.right, at))
                ]
            except (KeyError, ZeroDivisionError, NotGeneric):
                continue
            if wrong:
                return (
                    f"example {number} of the setting violates {name!r}: {stated(wrong[0])}; change"
                    " the example or the relation"
                )
    return ""


def admitted(x: Instance, here: Frame, given: Relations) -> bool:
    """Every relation holds, and every letter has its form and shape."""
    value = Evaluator(x, here.expander)
    try:
        return _formed(x) and all(
            vanishes(value(e.left - e.right, at))
            for equations in {**here.relations, **given}.values()
            for e in equations
            for at in e.places(x.depth)
        )
    except (KeyError, ArithmeticError, NotGeneric):
        # it speaks of a letter without a value, of an inverse, or of how something moves that moves
        # in no known way
        return False


def _formed(x: Instance) -> bool:
    for name, v in x.values.items():
        spec = x.theory.letters[name]
        several = v if isinstance(v, list) else [v]
        for at, m in zip(spec.indices(x.depth), several, strict=False):
            if m.shape != x.dim(name, at):
                return False
            if spec.form == "hermitian" and not vanishes(m.marked("H") + m.times(fmpq(-1))):
                return False
            if spec.form == "positive" and not positive(m):
                return False
            if spec.form == "invertible" and not m.embedded().det():
                return False
    return True


def _made(setting: Matrices, example: Example, number: int) -> Instance:
    """Raises BadInput for an example that does not fit the letters."""
    try:
        return _of(setting, example)
    except ValueError as why:
        said = str(why)
    except (AttributeError, IndexError, KeyError, TypeError) as why:
        said = f"{type(why).__name__}: {why}"
    raise BadInput(f"example {number} of the setting does not fit its letters: {said}")


def _of(setting: Matrices, e: Example) -> Instance:
    theory = setting.theory()
    most = LIMITS["least"]
    if not 1 <= e.depth <= most or not all(1 <= d <= most for d in (*e.dims, *e.sizes.values())):
        raise ValueError(
            f"depth {e.depth}, sizes {e.dims}, {dict(e.sizes)}: expected 1 on, {up_to('least')}"
        )
    sides = {d for x in theory.letters.values() for d in (x.rows, x.cols)} - {"k", "k-1", "0", "N"}
    known = {"values": {*theory.letters}, "sizes": sides, "sequences": {*setting.sequences}}
    for what, names in known.items():
        given = {*getattr(e, what)}
        if strange := given - names:
            raise ValueError(f"{what} of {sorted(strange)}: expected some of {sorted(names)}")
        if what != "values" and given != names:
            raise ValueError(f"no {what} of {sorted(names - given)}: give each a value")
    runs = {n: RUNS[theory.letters[n].index] for n in e.values if theory.letters[n].index}
    wrong = [
        n
        for n, (first, less) in runs.items()
        if len(e.values[n]) != max(0, e.depth - less - first + 1)
    ]
    if wrong or (setting.layers and len(e.dims) != e.depth + 1):
        raise ValueError(
            f"depth {e.depth}, sizes {e.dims}, families {wrong}: expected d_0, .., d_N and a matrix"
            " for each index"
        )
    values = {
        n: [CMat.of(x) for x in v] if theory.letters[n].index else CMat.of(v)
        for n, v in e.values.items()
    }
    scalars = {n: Fraction(x) for n, x in e.scalars.items()}
    sequences = {n: [Fraction(x) for x in xs] for n, xs in e.sequences.items()}
    return Instance(theory, e.depth, e.dims, dict(e.sizes), values, scalars, sequences)


def says(setting: Matrices, e: Equal) -> tuple[str, Mat] | None:
    """A letter that an equation says everywhere, and what it is: the letter on the right first, and
    none of the layers.
    """
    layers = {x.name for x in LAYERS} if setting.layers else set()
    for one, other in ((e.right, e.left), (e.left, e.right)):
        if one.head != "letter" or one.args[0] in layers or one.args[0] in other.letters():
            continue
        run = {x.name: x.index for x in setting.letters}.get(one.args[0], "")
        if (
            not e.indexed
            if one.args[1] is None
            else one.args[1] == k and (e.first, e.less) == RUNS[run]
        ):
            return one.args[0], other
    return None


def completed(setting: Matrices, here: Frame, x: Instance) -> Instance:
    """With the letters that a definition says, in order: each the value of the other side."""
    for equations in setting.definitions.values():
        for e in equations:
            found = says(setting, e)
            if found is not None and found[0] not in x.values:
                name, other = found
                spec = x.theory.letters[name]
                value = [_value(x, here, name, other, j) for j in spec.indices(x.depth)]
                x = x.put({name: value if spec.index else value[0]})
    return x


def _value(x: Instance, here: Frame, name: str, e: Mat, at: int | None) -> CMat:
    """A number stands for that multiple of the identity."""
    m, n = x.dim(name, at)
    value = plus(
        CMat.of([[0] * n] * m), Evaluator(x, here.expander)(e, {} if at is None else {"k": at})
    )
    assert isinstance(value, CMat)
    return value
