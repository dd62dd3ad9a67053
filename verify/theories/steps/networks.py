"""Sentences about diagonal networks in the letters of a certificate: setting, terms, points."""

from __future__ import annotations

from collections.abc import Mapping

from verify.claims.hypotheses import Homogeneous
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.theories.steps.forms import AFTER, LAYERS, LETTERS, RUNS, Data, Forms, exponent
from verify.theories.steps.stated import Fields, Stated
from verify.theories.written import label

PAIR = {"l": LAYERS, "m": LAYERS, "i": "coord"}
EACH = {"l": LAYERS, "i": "coord"}
STEPPED = [["at", "v", "l", "i"], ["next", ["at", "u", "l", "i"]]]
KINDS = {
    "equation": "equation", "conserved": "conserved", "linear-law": "decay",
    "keeps-sign": "keeps-sign-squared",
}  # fmt: skip
#: what a law says of its quantity besides
FACTORS = {"linear-law": "rate", "keeps-sign": "cofactor"}
TAKEN = LETTERS | {"J", "coord", "d", "r", "y", *AFTER.values()}


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
    assume = supposed(sentence)
    if forms.after:
        own["letters"] |= _after(forms)
        assume["after"] = {"time": "always", "for": EACH, "eq": STEPPED}
    return Stated(own, assume, label(sentence.name), stated)


def _after(forms: Forms) -> Fields:
    """The layers after a step, and what is made of them."""
    found: Fields = {
        "v": {"role": "constant", "for": EACH},
        "z": {"role": "product", "of": "v", "others": "o"},
    }
    square = ["^", ["at", "z", "i"], "2"]
    root = {"role": "root", "for": {"i": "coord"}, "degree": "L", "is": square}
    return {**found, "p": root} if "p" in forms.after else found


def supposed(sentence: Sentence) -> Fields:
    """Balance, where it is a hypothesis."""
    equal = [square("l", "i"), square("m", "i")]
    balance = {"time": "start", "for": PAIR, "eq": equal}
    return {"balance": balance} if sentence.balanced else {}


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
