"""A sentence about matrices in the frame of a certificate: what it assumes and defines gets names,
its conclusion is written as terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from json import dumps

from verify.claims.conclusions.matrix_kinds import (
    Decays,
    FibreMinimum,
    Identity,
    NonNegative,
    Root,
    Settles,
    Unchanged,
)
from verify.exact.errors import NotGeneric
from verify.models.motions import FibreFlow, GradientStep, Prescribed, Still
from verify.terms.affine import N, index
from verify.terms.letters import RUNS, Theory
from verify.terms.matrices import Mat
from verify.terms.relation import Equal
from verify.theories.steps.layers import setting
from verify.theories.steps.matrix_terms import inverse_of, inverted, over, pair, size, term
from verify.theories.steps.minimum import on_balance
from verify.theories.steps.paths import definite, root_of, roots
from verify.theories.steps.shown import constants, shown, sides_of, theory
from verify.theories.steps.stated import Fields, Stated
from verify.theories.words.frame import FIBRE, frame
from verify.theories.words.roles import Roles
from verify.theories.words.search import MatrixSentence
from verify.theories.written import label

Data = object
Names = dict[tuple[str, int], str]


@dataclass(frozen=True)
class Relations:
    """A sentence, and by what names its author's relations are facts of the certificate."""

    stated: Stated
    first: str  # the name of the conclusion's first side, if it has one
    names: Mapping[tuple[str, int], str]
    lasting: tuple[str, ...]  # hypotheses about what moves that are said to hold always
    of: Theory


def relations(sentence: MatrixSentence, name: str, apart: bool = False) -> Relations:
    """``apart``: the first side of an equation has a name, of which it is said what it is; so an
    identity that the kernel would not state says something. Raises NotGeneric for what is not
    written yet.
    """
    sentence = on_balance(sentence)
    given, every = sentence.setting, shown(sentence)
    inverses = inverted(every)
    gradient = any("P" in e.letters() or e.has("loss") for e in every)
    known = _roles(sentence)
    of = replace(theory(sentence), definite=definite(given, known, every))
    letters = setting(given, of, constants(sentence), inverses, gradient, known)
    assume, found = _inverses(of, sorted(inverses - of.definite)), Names()
    lasting, ties = list[str](), roots(given, known)
    if isinstance(given.motion, FibreFlow):  # the kernel forms the relation that determines b
        found[FIBRE, 0] = given.motion.family + "@"
    for relation, part, when, e in _equations(sentence):
        if own := _name(e, of, known) if when != "at the start" else "":
            found[relation, part] = own + "@"
            continue
        if e in ties.values():
            found[relation, part] = f"{root_of(e)}@"
            found[relation + "'", part] = f"{root_of(e)}@rate"
            continue
        called = f"{relation} is" if when == "defined" else relation
        own = found[relation, part] = _fresh(label(called), assume)
        flows = not isinstance(given.motion, Still | GradientStep)
        early = when == "at the start" or _moves(sentence, e)
        time = "start" if flows and early else "always"
        assume[own] = {"time": time, **over(e), "eq": pair(e, of)}
        told = "P" in e.left.letters() | e.right.letters() or _moves(sentence, e)
        if when != "at the start" and told and not isinstance(given.motion, Still):
            lasting.append(own)
    concluded = _conclusion(sentence, of, known)
    first = _named(letters, concluded) if apart else ""  # type: ignore[arg-type]
    stated = Stated(letters, assume, label(name), concluded)
    return Relations(stated, first, found, tuple(lasting), of)


def _named(setting: Fields, concluded: Fields) -> str:
    """The first side of an equation is a name. Raises NotGeneric for a derivative, and for what is
    no equation.
    """
    if "eq" not in concluded:
        raise NotGeneric("what is no equation has no side for a name")
    side, over = concluded["eq"][0], {"for": concluded["for"]} if "for" in concluded else {}
    if any(f'"{x}"' in dumps(side) for x in ("D", "next")):
        raise NotGeneric("a derivative that has a name: not written yet")
    found = _fresh("Y", setting["letters"])
    setting["letters"][found] = {"role": "name", **over, "is": side}
    concluded["eq"] = [["at", found, *over.get("for", {})], concluded["eq"][1]]
    return found


def _roles(sentence: MatrixSentence) -> Roles:
    """What the letters are along the motion. Of one state, or of one step: those that a definition
    of their name says, in terms of the layers alone, are names. Raises NotGeneric.
    """
    given = sentence.setting
    known = frame(given, sentence.assuming).roles
    if not isinstance(given.motion, Still | GradientStep):
        return known
    named = {
        x.name: e.left
        for x in given.letters
        for e in given.definitions.get(x.name, ())
        if e.right == Mat("letter", (x.name, None)) and not e.indexed
        if e.left.letters() <= {"W", "X", "A", "B"}
    }
    return replace(known, named=named)


def _name(e: Equal, of: Theory, known: Roles) -> str:
    """The letter that an equation says everywhere, if it is a name for that."""
    for one, other in ((e.right, e.left), (e.left, e.right)):
        name = str(one.args[0]) if one.head == "letter" else ""
        if known.named.get(name) == other:
            run = RUNS[x] if (x := of.letters[name].index) else None
            here = Mat("letter", (name, index("k") if run else None))
            if one == here and run == ((e.first, e.less) if e.indexed else None):
                return name
    return ""


def _moves(sentence: MatrixSentence, e: Equal) -> bool:
    """Whether an equation speaks of layers, or of what is told to move: what then holds always has
    to last, so that it is supposed at the start alone, and kept.
    """
    told = sentence.setting.motion
    moving = {"W", "X", "A", "B", *(told.rates if isinstance(told, Prescribed) else ())}
    return bool((e.left.letters() | e.right.letters()) & moving)


def _fresh(name: str, taken: Mapping[str, object]) -> str:
    return next(x for k in count(1) if (x := name if k == 1 else f"{name}{k}") not in taken)


def _inverses(of: Theory, inverses: list[str]) -> Fields:
    """Both equations of each inverse."""
    found = Fields()
    for x in inverses:
        one, other = ["at", x], ["at", inverse_of(x)]
        side = size(of.shape(x, None)[0])
        for k, (a, b) in enumerate(((one, other), (other, one))):
            eq = [["*", a, b], ["I", side]]
            found[f"{x}Inverse" + "Too" * k] = {"time": "always", "eq": eq}
    return found


def _equations(sentence: MatrixSentence) -> Iterator[tuple[str, int, str, Equal]]:
    """Definitions and what is assumed: relation, part, when, equation."""
    for name, equations in sentence.setting.definitions.items():
        yield from ((name, k, "defined", e) for k, e in enumerate(equations))
    for h in sentence.assuming:
        for k, e in enumerate(h.equations):
            yield h.id, k, h.when, e


def _conclusion(sentence: MatrixSentence, of: Theory, known: Roles) -> Fields:
    c = sentence.conclusion
    if isinstance(c, Identity):
        left, right = sides_of(c)
        equal = Equal(left, right, c.first, c.less)
        return {"kind": "equation", **over(equal), "eq": pair(equal, of)}
    if isinstance(c, NonNegative):
        return {"kind": "inequality", "ge": [term(c.quantity, of), "0"]}
    if isinstance(c, Root):
        _square(sentence, c.root, known)
        return {"kind": "equation", "eq": pair(Equal(c.root**N, c.of), of)}
    if isinstance(c, FibreMinimum):
        return {
            "kind": "least",
            "of": "X",
            "root": str(c.root.args[0]),
            "factor": term(c.value, of),
        }
    if isinstance(c, Settles):
        factor = str(2 * sentence.aid.factor)
        return {"kind": "settles", "what": term(c.quantity, of), "factor": factor}
    if not isinstance(c, Unchanged | Decays):
        raise NotGeneric(f"a conclusion of kind {c.kind}: not written yet")
    what = over(Equal(c.quantity, c.quantity, c.first, c.less))
    found: Fields = {**what, "what": term(c.quantity, of)}
    if isinstance(c, Decays):
        return {"kind": "decay", **found, "rate": term(c.factor, of)}
    return {"kind": "conserved", **found}


def _square(sentence: MatrixSentence, root: Mat, known: Roles) -> None:
    """A root is >= 0 by what its name stands for, x x*, which the certificate says. Raises
    NotGeneric for any other one.
    """
    squares = [y.x for y in sentence.aid.squares]
    squares = [x * (x.args[1] if x.head == "mark" and x.args[0] == "H" else x.H) for x in squares]
    if root.head != "letter" or known.named.get(str(root.args[0])) not in squares:
        raise NotGeneric("a root that is not named as a square: not written yet")
