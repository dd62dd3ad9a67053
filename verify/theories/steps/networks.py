"""Sentences about diagonal networks in the letters of a certificate: setting, terms, points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from verify.claims.hypotheses import Homogeneous
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.exact.rings import Exact, Inexact
from verify.models.jets import Motion
from verify.models.point import Point
from verify.terms.expr import dot
from verify.theories.steps import asked
from verify.theories.steps.forms import LAYERS, LETTERS, RUNS, Data, Forms, data, exponent
from verify.theories.steps.stated import Fields, Stated
from verify.theories.written import label

PAIR = {"l": LAYERS, "m": LAYERS, "i": "coord"}
EACH = {"l": LAYERS, "i": "coord"}
KINDS = {
    "equation": "equation", "conserved": "conserved", "linear-law": "decay",
    "keeps-sign": "keeps-sign-squared",
}  # fmt: skip
#: what a law says of its quantity besides
FACTORS = {"linear-law": "rate", "keeps-sign": "cofactor"}
TAKEN = LETTERS | {"J", "coord", "d", "r", "y"}


def ranges(free: Mapping[str, str], pair: tuple | None = None) -> dict[str, Data]:
    """Indices of a statement with what they run through: of two layers that differ the second one
    through those below the first.
    """
    found = {x: RUNS[kind] for x, kind in free.items()}
    if pair is None:
        return found
    first, second = pair
    return {first: LAYERS, **found, second: {"from": 1, "to": {first: 1, "": -1}}}


def _either_way(sentence: Sentence) -> tuple | None:
    """The two layers of R, if there are any: what is said of l > m is said of l < m, too, as the
    sentence stays what it is when they change places, up to the sign of what it speaks of. Raises
    NotGeneric where it does not.
    """
    pair, e = sentence.pair(), sentence.conclusion.expressions()
    if pair is None:
        return None
    if not set(pair) <= sentence.free_indices().keys():
        raise NotGeneric("R of layers that are no indices of the sentence: not written yet")
    algebra, other = sentence.algebra(), dict(zip(pair, pair[::-1], strict=True))
    before = [algebra.normal(x) for x in e]
    after = [algebra.collect(algebra.terms(x, other)) for x in e]
    signs = len(e) if sentence.conclusion.kind == "equation" else 1
    turned = [{m: -c for m, c in p.items()} for p in after[:signs]] + after[signs:]
    if before not in (after, turned):
        raise NotGeneric("what differs for l < m and for l > m: not written yet")
    return pair


def square(*at: Data) -> Data:
    """u_(l,i)^2."""
    return ["^", ["at", "u", *at], "2"]


def stated(sentence: Sentence, refuting: bool = False, apart: bool = False) -> Stated:
    """A sentence in the frame of a certificate; to refute it, where q > 0, as q then has a rate at
    once. ``apart``: the first side of an equation has a name. Raises NotGeneric for what is not
    written yet.
    """
    forms = Forms()
    stated = conclusion(sentence, forms)
    if apart:
        over = {"for": stated["for"]} if "for" in stated else {}
        forms.named("y", {"role": "name", **over, "is": stated["eq"][0]})
        stated["eq"][0] = ["at", "y", *over.get("for", {})]
    own = setting(sentence, forms)
    if refuting and "q" in own["letters"]:
        own["letters"]["q"] |= {"sign": ">"}
    equal = [square("l", "i"), square("m", "i")]
    balance = {"time": "start", "for": PAIR, "eq": equal}
    assume = {"balance": balance} if sentence.balanced else {}
    return Stated(own, assume, label(sentence.name), stated)


def conclusion(sentence: Sentence, forms: Forms) -> Fields:
    """Kind, indices and terms. Raises NotGeneric."""
    term = forms.term
    kind, e = sentence.conclusion.kind, sentence.conclusion.expressions()
    if kind not in KINDS:
        raise NotGeneric(f"a conclusion of kind {kind}: not written yet")
    free = ranges(sentence.free_indices(), _either_way(sentence))
    found: Fields = {"kind": KINDS[kind], **({"for": free} if free else {})}
    if kind == "equation":
        return {**found, "eq": [term(e[0]), term(e[1])]}
    factor = {FACTORS[kind]: term(e[1])} if kind in FACTORS else {}
    return {**found, "what": term(e[0]), **factor}


def setting(sentence: Sentence, forms: Forms) -> Fields:
    """The gradient flow of J(w), or one step of it, with weight decay where there is one. Raises
    NotGeneric.
    """
    constants = {c: {"role": "constant"} for c in sentence.declared() if c not in ("L", "n")}
    if constants.keys() & TAKEN:
        raise NotGeneric("a constant called like a letter: not written yet")
    motion: Fields = {"kind": "gradient-flow", "of": _objective(sentence.setting.decay)}
    if sentence.setting.kind == "step":
        motion = {**motion, "kind": "gradient-step", "size": "eta"}
        constants["eta"] = {"role": "constant"}
    pairs = {"pairs": "R"} if sentence.pair() else {}
    letters: dict[str, Data] = {
        **constants,
        **{x: {"role": "constant", "for": run} for x, (_, run) in forms.data.items()},
        "u": {"role": "parameter", "for": {"l": LAYERS, "i": "coord"}, **_sign(sentence, "!=")},
        "w": {"role": "product", "of": "u", "others": "P", **pairs},
        "J": _loss(sentence.homogeneous),
        **forms.names,
    }
    if uses_root(sentence):
        square = ["^", ["at", "w", "i"], "2"]
        root = {"role": "root", "for": {"i": "coord"}, "degree": "L", "is": square}
        letters["q"] = {**root, **_sign(sentence, ">")}
    return {
        "integers": {"L": sentence.least_depth},
        "sets": ["coord"],
        "families": [],
        "letters": letters,
        "motion": motion,
    }


def _sign(sentence: Sentence, sign: str) -> dict[str, Data]:
    """The sign that no coordinate of w is 0 gives: up to the first time that one is."""
    return {"sign": sign} if sentence.nonzero else {}


def uses_root(sentence: Sentence) -> bool:
    """Whether q_i = |w_i|^(2/L) occurs."""
    return any("q" in e.atoms() for e in sentence.conclusion.expressions())


def _loss(homogeneous: Homogeneous | None) -> dict[str, Data]:
    found: dict[str, Data] = {
        "role": "loss",
        "for": {"i": "coord"},
        "of": ["at", "w", "i"],
        "gradient": "g",
    }
    return {**found, "degree": exponent(homogeneous.degree)} if homogeneous else found


def _objective(decay: str | None) -> Data:
    """J, and kappa/2 of the sum of squares of all weights."""
    if decay is None:
        return ["at", "J"]
    squares = ["sum", "l", LAYERS, ["sum", "i", "coord", ["^", ["at", "u", "l", "i"], "2"]]]
    return ["+", ["at", "J"], ["*", "1/2", ["at", decay], squares]]


def _values(sentence: Sentence, point: Point) -> dict[str, Data]:
    here = Motion(point, Exact(), 0, decay=sentence.setting.decay, balanced=sentence.balanced)
    values: dict[str, Data] = {
        "u": [[str(x) for x in row] for row in point.start],
        "J": str(here.loss().c[0]),
        "g": [str(x.c[0]) for x in here.g],
    }
    if uses_root(sentence):
        values["q"] = [str(here.root(i).c[0]) for i in range(point.width)]
    return values


def instance(sentence: Sentence, point: Point) -> dict[str, Data]:
    """An exact state, with the value and gradient that the loss has there. Raises NotGeneric where
    one of them is no fraction, or is not defined.
    """
    try:
        values = _values(sentence, point)
    except (Inexact, ZeroDivisionError) as error:
        raise NotGeneric(f"no point in fractions: {error}") from None
    forms = Forms()
    conclusion(sentence, forms)
    values |= data(forms, point)
    for c in sentence.declared():
        if c not in ("L", "n"):
            values[c] = str(point.constants[c])
    return {
        "integers": {"L": point.depth},
        "sets": {"coord": point.width},
        "families": {},
        "values": values,
    }


def here(sentence: Sentence, point: Point) -> asked.Here:
    """An exact state with what the claim's expressions are worth there, by a Taylor jet. Raises
    NotGeneric.
    """
    own, e = sentence.setting, sentence.conclusion.expressions()
    kind = sentence.conclusion.kind
    stated = [*e] if kind == "equation" else [e[0], dot(e[0]), *e[1:]]
    try:
        motion = Motion(point, Exact(), 2, decay=own.decay, balanced=sentence.balanced)
    except (Inexact, ZeroDivisionError, OverflowError) as why:  # the loss has no value there
        raise NotGeneric(str(why)) from None

    def values(at: Mapping[str, int]) -> list[Fraction | None]:
        try:
            return [motion.value(x, at).c[0] for x in stated]
        except (Inexact, ZeroDivisionError, OverflowError):
            return [None] * len(stated)

    return asked.Here(instance(sentence, point), values)
