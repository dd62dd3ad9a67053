"""Sentences about matrices in the letters of a certificate: setting and motion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from verify.exact.errors import NotGeneric
from verify.models.layers import moment, moved
from verify.models.matrices import Matrices
from verify.models.motions import (
    ActionFlow,
    FibreFlow,
    GradientFlow,
    GradientStep,
    Motion,
    Prescribed,
    Still,
)
from verify.terms.affine import Affine, N, affine, index
from verify.terms.letters import RUNS, Letter, Theory
from verify.terms.matrices import Mat, num
from verify.terms.relation import Equal
from verify.theories.steps.matrix_terms import (
    MOMENTS,
    interval,
    inverse_of,
    pair,
    place,
    ranges,
    size,
    term,
)
from verify.theories.steps.paths import roots
from verify.theories.words.derive import direction
from verify.theories.words.roles import Roles

Data = object
Fields = dict[str, Data]
#: what the kernel has beside W; a sentence's letter of such a name is one of these
GIVEN = frozenset(("W", "A", "B", "X", "P", "E"))
#: a family that vanishes at 0 and N
ENDS: Fields = {"for": {"k": interval(0, 0)}, "ends": True}
INSIDE = "inside"


def setting(
    given: Matrices,
    of: Theory,
    constants: Iterable[str],
    inverses: set[str],
    gradient: bool,
    known: Roles,
) -> Fields:
    """The letters of a sentence and what moves; E and its gradient P only if they are mentioned.
    Raises NotGeneric.
    """
    moves = given.motion
    for x in given.sequences:
        _still(x, given, known)
    flows = isinstance(moves, GradientFlow | GradientStep | FibreFlow)
    eta = {"eta"} if isinstance(moves, GradientStep) else set[str]()
    letters: Fields = {x: _constant(given, x) for x in sorted({*constants} | eta)}
    letters |= {x: {"role": "constant", **ENDS} for x in given.sequences}
    if given.layers:
        letters["W"] = _primitive(of, of.letters["W"], "parameter")
        letters["X"] = {"role": "chain", "of": "W", "left": "A", "right": "B"}
    if of.letters.get("G") is MOMENTS:
        letters["G"] = {**_within(term(moment(index("k")), of)), "form": "hermitian"}
    if isinstance(moves, GradientFlow) and _partly(moves.objective) != moves.objective:
        if INSIDE in letters:
            raise NotGeneric(f"a letter called {INSIDE}: not written yet")
        letters[INSIDE], of = _within("1"), replace(of, sequences=of.sequences | {INSIDE})
    if isinstance(moves, FibreFlow):
        letters[moves.family] = _primitive(of, of.letters[moves.family], "free")
    if flows and gradient:
        letters["E"] = {"role": "loss", "of": ["at", "X"], "gradient": "P"}
    elif given.layers and gradient:
        role = "constant" if isinstance(moves, Still) else "free"  # nothing says how it moves
        letters["P"] = _primitive(of, of.letters["P"], role)
    _own(given, of, known, inverses, letters)
    return {
        "integers": {"N": given.least_depth},
        "sets": _sets(given),
        "families": [] if given.square else ["d"],
        "letters": letters,
        "motion": _motion(moves, of),
    }


def _own(given: Matrices, of: Theory, known: Roles, inverses: set[str], letters: Fields) -> None:
    """The author's letters, beside the ones that are there. Raises NotGeneric."""
    own = [x.name for x in given.letters]
    every = [*own, *map(inverse_of, inverses - of.definite)]
    for name in every:
        if name in letters or every.count(name) > 1:
            raise NotGeneric(f"two letters called {name}: not written yet")
    ties = roots(given, known)
    made = {**known.named, **{x: e.right for x, e in ties.items()}}
    for letter in sorted(given.letters, key=lambda x: _links(x.name, made)):
        declared = letters[letter.name] = _letter(letter, given, of, known, ties)
        if letter.name in inverses - of.definite:
            letters[inverse_of(letter.name)] = _inverse(letter, declared)


def _sets(given: Matrices) -> list[str]:
    """Sizes by their names; d_0, .., d_N are a family; where all are alike they are one set."""
    if given.square:
        return ["d"]
    return sorted({x for y in given.letters for x in (y.rows, y.cols)} - {"k", "k-1", "0", "N"})


def _motion(moves: Motion, of: Theory) -> Data:
    if isinstance(moves, GradientStep):
        return {"kind": moves.kind, "of": term(moves.objective, of), "size": "eta"}
    if isinstance(moves, FibreFlow):
        along = {"chain": "X", "along": moves.family}
        return {"kind": moves.kind, "of": term(moves.objective, of), **along}
    if isinstance(moves, GradientFlow):
        return {"kind": moves.kind, "of": term(_partly(moves.objective), of)}
    if isinstance(moves, ActionFlow):
        rate = moved(lambda at: direction(moves.family, at), index("k"))
        return {"kind": "flow", "rates": {"W": term(rate, of)}}
    if isinstance(moves, Prescribed):
        runs = {x: index("k") if of.letters[x].index else None for x in moves.rates}
        rates = {x: _rate(Mat("letter", (x, runs[x])), e, of) for x, e in moves.rates.items()}
        return {"kind": "flow", "rates": rates}
    return {"kind": "still"}


def _rate(letter: Mat, e: Mat, of: Theory) -> Data:
    """Of the letter's own type."""
    return ["*", "0", term(letter, of)] if e == num(0) else pair(Equal(letter, e), of)[1]


def _within(of: Data) -> Fields:
    """A name for what is so at k = 1..N-1, and 0 at both ends."""
    return {"role": "name", **ENDS, "for": ranges(1, 1), "is": of}


def _partly(e: Mat) -> Mat:
    """What is summed over k = 1..N-1 alone, and does not vanish beyond, is multiplied by what is 1
    there, so that the gradient is read at each k.
    """
    args = tuple(_partly(x) if isinstance(x, Mat) else x for x in e.args)
    if e.head == "sum" and e.args[1:3] == (affine(1), N - 1) and not e.has("G", "seq"):
        k, first, last, body = args
        args = k, first, last, Mat("seq", (INSIDE, index(str(k)))) * body
    return Mat(e.head, args)


def _constant(given: Matrices, name: str) -> Data:
    return {"role": "constant", **({"sign": ">"} if name in given.positive else {})}


def _primitive(of: Theory, letter: Letter, role: str) -> Fields:
    """A letter whose values are given. A family that vanishes at its ends has them; where it moves
    as it is told, which is said inside, it is no letter there: what is said at its ends has none.
    """
    over: Fields = {"for": ranges(*RUNS[letter.index])} if letter.index else {}
    if letter.index == "inner" and role != "parameter":
        over = ENDS
    rows, cols = of.shape(letter.name, _at(letter))
    return {"role": role, **over, "rows": size(rows), "cols": size(cols)}


def _at(letter: Letter) -> Affine | None:
    return index("k") if letter.index else None


def _called(letter: Letter, e: Mat, of: Theory) -> Fields:
    """A name, at every index of its letter; at the ends of a family that has them it is 0."""
    ends = {"ends": True} if letter.index == "inner" else {}
    over = {"for": ranges(*RUNS[letter.index]), **ends} if letter.index else {}
    own = Equal(Mat("letter", (letter.name, _at(letter))), e)
    return {"role": "name", **over, "is": pair(own, of)[1]}


def _links(name: str, named: Mapping[str, Mat]) -> int:
    """What a name is made of is declared before it."""
    made = named[name].letters() if name in named else ()
    return max((1 + _links(x, named) for x in made), default=0)


def _letter(
    letter: Letter, given: Matrices, of: Theory, known: Roles, ties: Mapping[str, Equal]
) -> Data:
    """A root, a name, what moves as it is told or freely, or a constant. Raises NotGeneric."""
    if letter.name in GIVEN and given.layers:
        raise NotGeneric(f"the letter {letter.name}: not written yet")
    form = {"form": "hermitian"} if letter.form in ("hermitian", "positive") else {}
    if letter.name in of.definite:
        form["sign"] = ">"
    if letter.name in ties:
        return _root(ties[letter.name], of)
    if letter.name in known.named:
        return {**_called(letter, known.named[letter.name], of), **form}
    if isinstance(given.motion, Prescribed) and letter.name in given.motion.rates:
        return {**_primitive(of, letter, "parameter"), **form}
    if letter.name in known.controls and ties:
        return {**_primitive(of, letter, "free"), **form}
    _still(letter.name, given, known)
    return {**_primitive(of, letter, "constant"), **form}


def _root(e: Equal, of: Theory) -> Fields:
    """R^n = x, positive definite."""
    degree = e.left.args[1] if e.left.head == "^" else affine(1)
    return {"role": "root", "degree": place(degree), "is": pair(e, of)[1], "sign": ">"}


def _still(name: str, given: Matrices, known: Roles) -> None:
    """Raises NotGeneric for what need not stand still."""
    if not isinstance(given.motion, Still) and name not in known.fixed:
        raise NotGeneric(f"{name} moves, and is no name: not written yet")


def _inverse(letter: Letter, declared: Data) -> Data:
    """Its inverse is a constant of its own, with two equations."""
    invertible = letter.form in ("positive", "invertible") and not letter.index
    if not invertible or declared["role"] != "constant":  # type: ignore[index]
        raise NotGeneric(f"the inverse of {letter.name}: not written yet")
    return declared
