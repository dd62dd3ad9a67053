"""Sentences about deep linear networks in the letters of a certificate: setting, terms, points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow, GradientStep, Still
from verify.terms.affine import Affine
from verify.terms.letters import RUNS, Letter
from verify.terms.matrices import Mat
from verify.terms.relation import Equal
from verify.theories.words.complex_matrix import CMat
from verify.theories.words.instance import Instance

Data = object
LAYERS: Data = {"from": 1, "to": "N"}
WEIGHTS: Data = {
    "role": "parameter",
    "for": {"k": LAYERS},
    "rows": ["d", "k"],
    "cols": ["d", {"k": 1, "": -1}],
}
#: what the kernel has beside W; a sentence's letter of such a name is one of these
FAMILY = frozenset(("k", "k-1", "0", "N"))
GIVEN = frozenset(("W", "A", "B", "X", "P", "E"))


def place(a: Affine) -> Data:
    """An index or exponent."""
    if not a.terms:
        return a.const
    if len(a.terms) == 1 and a.terms[0][1] == 1 and not a.const:
        return a.terms[0][0]
    found: dict[str, Data] = {name: c for name, c in a.terms if c}
    return {**found, "": a.const} if a.const else found


def ranges(first: int, less: int) -> dict[str, Data]:
    """k = first..N - less."""
    return {"k": interval(first, less)}


def interval(first: int, less: int) -> Data:
    """first..N - less."""
    return {"from": first, "to": {"N": 1, "": -less} if less else "N"}


def setting(
    given: Matrices, constants: Iterable[str], inverses: set[str], gradient: bool
) -> dict[str, Data]:
    """The gradient flow of E(X), or nothing that moves, and the letters beside it; E and its
    gradient P only if they are mentioned. Raises NotGeneric.
    """
    moves = given.motion
    if (
        not isinstance(moves, GradientFlow | GradientStep | Still)
        or given.square
        or given.sequences
    ):
        raise NotGeneric("this motion, equal sizes or sequences: not written yet")
    flows = isinstance(moves, GradientFlow | GradientStep)
    eta = {"eta"} if isinstance(moves, GradientStep) else set[str]()
    letters: dict[str, Data] = {x: _constant(given, x) for x in sorted({*constants} | eta)}
    if given.layers:
        letters["W"] = WEIGHTS
        letters["X"] = {"role": "chain", "of": "W", "left": "A", "right": "B"}
    if flows and gradient:
        letters["E"] = {"role": "loss", "of": ["at", "X"], "gradient": "P"}
    elif given.layers and gradient:
        letters["P"] = {"role": "constant", "rows": ["d", "N"], "cols": ["d", 0]}
    own = [x.name for x in given.letters]
    for name in [*own, *map(inverse_of, inverses)]:
        if name in letters or [*own, *map(inverse_of, inverses)].count(name) > 1:
            raise NotGeneric(f"two letters called {name}: not written yet")
    for letter in given.letters:
        declared = letters[letter.name] = _letter(letter, given)
        if letter.name in inverses:
            letters[inverse_of(letter.name)] = _inverse(letter, declared)
    return {
        "integers": {"N": given.least_depth},
        "sets": sorted({x for y in given.letters for x in (y.rows, y.cols)} - FAMILY),
        "families": ["d"],
        "letters": letters,
        "motion": _motion(moves),
    }


def _motion(moves: object) -> Data:
    if isinstance(moves, GradientStep):
        return {"kind": moves.kind, "of": term(moves.objective), "size": "eta"}
    if isinstance(moves, GradientFlow):
        return {"kind": moves.kind, "of": term(moves.objective)}
    return {"kind": "still"}


def _constant(given: Matrices, name: str) -> Data:
    return {"role": "constant", **({"sign": ">"} if name in given.positive else {})}


def _letter(letter: Letter, given: Matrices) -> Data:
    """A name for what defines it, or a constant matrix or family. Raises NotGeneric."""
    if (letter.name in GIVEN and given.layers) or letter.index == "inner":
        raise NotGeneric(f"the letter {letter.name}: not written yet")
    form = {"form": "hermitian"} if letter.form in ("hermitian", "positive") else {}
    for e in given.definitions.get(letter.name, ()):
        if names(e, letter):
            return {"role": "name", "is": term(e.left), **form}
    if not isinstance(given.motion, Still) and letter.name in given.definitions:
        raise NotGeneric(f"the definition of {letter.name}: not written yet")
    over = ranges(*RUNS[letter.index]) if letter.index else None
    where: dict[str, Data] = {"for": over} if over else {}
    sizes = {"rows": _size(letter.rows), "cols": _size(letter.cols)}
    return {"role": "constant", **where, **sizes, **form}


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


def _size(text: str) -> Data:
    if text in ("k", "k-1"):
        return ["d", text if text == "k" else {"k": 1, "": -1}]
    return ["d", 0 if text == "0" else "N"] if text in FAMILY else text


def term(e: Mat, side: Data = None) -> Data:
    """An expression as a term; where it is a square matrix of a size, a number in it is that
    multiple of the identity. Raises NotGeneric for what the kernel has no operation for.
    """
    match e:
        case Mat("num", (x,)):
            one = ["I", side]
            return str(x) if side is None else one if x == 1 else ["*", str(x), one]
        case Mat("const", (name,)):
            return ["at", name]
        case Mat("loss"):
            return ["at", "E"]
        case Mat("letter" | "seq", (name, at)):
            return ["at", name] if at is None else ["at", name, place(at)]
        case Mat("+", parts):
            return ["+", *(term(x, side) for x in parts)]
        case Mat("*", parts):
            return ["*", *map(term, parts)]
        case Mat("^", (Mat("letter", (name, None)), power)) if not power.terms and power.const < 0:
            inverse = ["at", inverse_of(str(name))]
            return inverse if power.const == -1 else ["^", inverse, str(-power.const)]
        case Mat("^", (inner, power)):
            return ["^", term(inner), place(power) if power.terms else str(power.const)]
        case Mat("mark", ("H", inner)):
            return ["H", term(inner)]
        case Mat("tr" | "D" | "next" as head, (inner,)):
            return [head, term(inner)]
        case Mat("G", (at,)):
            here, above = ["at", "W", place(at)], ["at", "W", place(at + 1)]
            return ["+", ["*", here, ["H", here]], ["*", "-1", ["H", above], above]]
        case Mat("sum", (name, first, last, body)):
            return ["sum", name, {"from": place(first), "to": place(last)}, term(body, side)]
    raise NotGeneric(f"{e.head}: no operation of the kernel")


def inverse_of(name: str) -> str:
    """The letter for the inverse of a letter."""
    return name + "inv"


def inverted(e: Mat) -> set[str]:
    """Letters that stand with a negative power."""
    powers = [x.args for x in e.walk() if x.head == "^" and not x.args[1].terms]
    return {str(x.args[0]) for x, n in powers if n.const < 0 and x.head == "letter"}


def rows(e: Mat, given: Matrices) -> Data:
    """The size of the rows of an expression; None of a real one, and where only numbers stand."""
    if e.head in ("letter", "^", "mark"):
        return _side(e, given, 0)
    if e.head == "G":
        return ["d", place(e.args[0])]
    if e.head in ("num", "const", "seq", "tr", "loss"):
        return None
    parts = [x for x in e.args if isinstance(x, Mat)]
    return next((r for x in parts if (r := rows(x, given)) is not None), None)


def _side(e: Mat, given: Matrices, k: int) -> Data:
    if e.head == "mark":
        return _side(e.args[1], given, 1 - k)
    if e.head in ("^", "D"):
        return rows(e.args[0], given)
    if e.head != "letter":
        return rows(e, given) if k == 0 else None
    (of, at) = given.theory().shape(e.args[0], e.args[1])[k]
    return of if at is None else ["d", place(at)]


def pair(e: Equal, given: Matrices) -> Data:
    """The sides of an equation."""
    side = rows(e.left, given) or rows(e.right, given)
    return [term(e.left, side), term(e.right, side)]


def instance(point: Instance, letters: Mapping[str, Data], family: bool) -> dict[str, Data]:
    """An exact state, and a gradient of E there. Raises NotGeneric for what is not real."""
    values: dict[str, Data] = {"E": "0", "P": _value(point, "P")} if "E" in letters else {}
    for name, declared in letters.items():
        if declared["role"] in ("parameter", "constant"):  # type: ignore[index]
            values[name] = _value(point, name)
    dims = {str(k): n for k, n in enumerate(point.dims)} if family else {}
    return {
        "integers": {"N": point.depth},
        "sets": dict(sorted(point.sizes.items())),
        "families": {"d": dims},
        "values": values,
    }


def _value(point: Instance, name: str) -> Data:
    if name.endswith("inv") and name[:-3] in point.values:
        found = point.values[name[:-3]]
        assert isinstance(found, CMat)
        return matrix(found.inverse())
    if name in point.values:
        found = point.values[name]
        return [matrix(x) for x in found] if isinstance(found, list) else matrix(found)
    if name in point.sequences:
        return [str(Fraction(x)) for x in point.sequences[name][1:]]
    return str(Fraction(point.scalars[name]))


def matrix(x: CMat) -> Data:
    """Its rows, in quotes. Raises NotGeneric."""
    re, im = x.re, x.im
    if any(v != 0 for row in im.tolist() for v in row):
        raise NotGeneric("a complex state: the kernel's points are real")
    return [[str(Fraction(int(v.p), int(v.q))) for v in row] for row in re.tolist()]
