"""Sentences about matrices in the letters of a certificate: setting and motion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.exact.errors import NotGeneric
from verify.models.layers import moved
from verify.models.matrices import Matrices
from verify.models.motions import ActionFlow, GradientFlow, GradientStep, Prescribed, Still
from verify.terms.affine import Affine, index
from verify.terms.letters import RUNS, Letter, Theory
from verify.terms.matrices import Mat
from verify.terms.relation import Equal
from verify.theories.steps.matrix_terms import interval, inverse_of, ranges, size, term
from verify.theories.words.derive import direction

Data = object
Fields = dict[str, Data]
#: what the kernel has beside W; a sentence's letter of such a name is one of these
GIVEN = frozenset(("W", "A", "B", "X", "P", "E"))
ENDS: Fields = {"k": interval(0, 0)}


def setting(
    given: Matrices, constants: Iterable[str], inverses: set[str], gradient: bool
) -> Fields:
    """The letters of a sentence and what moves; E and its gradient P only if they are mentioned.
    Raises NotGeneric.
    """
    moves, of = given.motion, given.theory()
    if not isinstance(moves, GradientFlow | GradientStep | ActionFlow | Prescribed | Still):
        raise NotGeneric("this motion: not written yet")
    flows = isinstance(moves, GradientFlow | GradientStep)
    eta = {"eta"} if isinstance(moves, GradientStep) else set[str]()
    letters: Fields = {x: _constant(given, x) for x in sorted({*constants} | eta)}
    letters |= {x: {"role": "constant", "for": ENDS} for x in given.sequences}
    if given.layers:
        letters["W"] = _primitive(of, of.letters["W"], "parameter")
        letters["X"] = {"role": "chain", "of": "W", "left": "A", "right": "B"}
    if flows and gradient:
        letters["E"] = {"role": "loss", "of": ["at", "X"], "gradient": "P"}
    elif given.layers and gradient:
        letters["P"] = _primitive(of, of.letters["P"], "constant")
    own = [x.name for x in given.letters]
    for name in [*own, *map(inverse_of, inverses)]:
        if name in letters or [*own, *map(inverse_of, inverses)].count(name) > 1:
            raise NotGeneric(f"two letters called {name}: not written yet")
    for letter in given.letters:
        declared = letters[letter.name] = _letter(letter, given, of)
        if letter.name in inverses:
            letters[inverse_of(letter.name)] = _inverse(letter, declared)
    return {
        "integers": {"N": given.least_depth},
        "sets": _sets(given),
        "families": [] if given.square else ["d"],
        "letters": letters,
        "motion": _motion(moves, of),
    }


def _sets(given: Matrices) -> list[str]:
    """Sizes by their names; d_0, .., d_N are a family; where all are alike they are one set."""
    if given.square:
        return ["d"]
    return sorted({x for y in given.letters for x in (y.rows, y.cols)} - {"k", "k-1", "0", "N"})


def _motion(moves: object, of: Theory) -> Data:
    if isinstance(moves, GradientStep):
        return {"kind": moves.kind, "of": term(moves.objective, of), "size": "eta"}
    if isinstance(moves, GradientFlow):
        return {"kind": moves.kind, "of": term(moves.objective, of)}
    if isinstance(moves, ActionFlow):
        along = moved(lambda at: direction(moves.family, at), index("k"))
        return {"kind": "flow", "rates": {"W": term(along, of)}}
    if isinstance(moves, Prescribed):
        return {"kind": "flow", "rates": {x: term(e, of) for x, e in moves.rates.items()}}
    return {"kind": "still"}


def _constant(given: Matrices, name: str) -> Data:
    return {"role": "constant", **({"sign": ">"} if name in given.positive else {})}


def _primitive(of: Theory, letter: Letter, role: str) -> Fields:
    """A letter whose values are given; a family that vanishes at its ends has them."""
    run = RUNS[letter.index] if letter.index else None
    over: Fields = {}
    if run:
        over = {"for": ENDS if letter.index == "inner" else ranges(*run)}
    rows, cols = of.shape(letter.name, index("k") if run else None)
    return {"role": role, **over, "rows": size(rows), "cols": size(cols)}


def _letter(letter: Letter, given: Matrices, of: Theory) -> Data:
    """A name for what defines it, what moves as it is told, or a constant. Raises NotGeneric."""
    if letter.name in GIVEN and given.layers:
        raise NotGeneric(f"the letter {letter.name}: not written yet")
    form = {"form": "hermitian"} if letter.form in ("hermitian", "positive") else {}
    for e in given.definitions.get(letter.name, ()):
        if names(e, letter):
            return {"role": "name", "is": term(e.left, of), **form}
    if not isinstance(given.motion, Still) and letter.name in given.definitions:
        raise NotGeneric(f"the definition of {letter.name}: not written yet")
    if isinstance(given.motion, Prescribed) and letter.name in given.motion.rates:
        if form:
            raise NotGeneric(f"the form of {letter.name}, which moves: not written yet")
        return _primitive(of, letter, "parameter")
    return {**_primitive(of, letter, "constant"), **form}


def _inverse(letter: Letter, declared: Data) -> Data:
    """Its inverse is a constant of its own, with two equations."""
    invertible = letter.form in ("positive", "invertible") and not letter.index
    if not invertible or declared["role"] != "constant":  # type: ignore[index]
        raise NotGeneric(f"the inverse of {letter.name}: not written yet")
    return declared


def names(e: Equal, letter: Letter) -> bool:
    """Whether an equation says what a single letter is, in terms of the layers alone."""
    of = e.left.letters() <= {"W", "X", "A", "B"}
    return e.right == Mat("letter", (letter.name, None)) and not e.indexed and of


def ends(given: Matrices) -> Iterator[tuple[str, Data]]:
    """What families and sequences are at 0 and N: nothing."""
    for x in (*(y.name for y in given.letters if y.index == "inner"), *given.sequences):
        for end, at in (("First", Affine(0)), ("Last", index("N"))):
            head = "seq" if x in given.sequences else "letter"
            here = term(Mat(head, (x, at)), given.theory())
            yield x + end, {"time": "always", "eq": [here, "0"]}
