"""A sentence about matrices in the frame of a certificate: what it assumes and defines gets names,
its conclusion is written as terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from verify.claims.conclusions.matrix_kinds import Decays, Identity, Unchanged
from verify.exact.errors import NotGeneric
from verify.models.motions import GradientStep, Still
from verify.terms.matrices import Mat
from verify.terms.relation import Equal
from verify.theories.steps import layers
from verify.theories.steps.shown import constants, shown
from verify.theories.steps.stated import Fields, Stated
from verify.theories.steps.written import label
from verify.theories.words.search import MatrixSentence

Data = object
KINDS = {Identity: "equation", Unchanged: "conserved", Decays: "decay"}
Names = dict[tuple[str, int], str]


@dataclass(frozen=True)
class Relations:
    """A sentence, and by what names its author's relations are facts of the certificate."""

    stated: Stated
    names: Mapping[tuple[str, int], str]


def relations(sentence: MatrixSentence, name: str) -> Relations:
    """Raises NotGeneric for what is not written yet."""
    given = sentence.setting
    inverses = {x for e in shown(sentence) for x in layers.inverted(e)}
    gradient = any("P" in e.letters() or e.has("loss") for e in shown(sentence))
    setting = layers.setting(given, constants(sentence), inverses, gradient)
    assume, names = _inverses(sentence, sorted(inverses)), Names()
    for relation, part, when, e in _equations(sentence):
        if when == "named":
            names[relation, part] = relation + "@"
            continue
        called = f"{relation} is" if when == "defined" else relation
        own = names[relation, part] = _fresh(label(called), assume)
        still = isinstance(given.motion, Still | GradientStep)
        time = "start" if when == "at the start" and not still else "always"
        assume[own] = {"time": time, **over(e), "eq": layers.pair(e, given)}
    return Relations(Stated(setting, assume, label(name), _conclusion(sentence)), names)


def over(e: Equal) -> Fields:
    """The index of an equation with what it runs through."""
    return {"for": layers.ranges(e.first, e.less)} if e.indexed else {}


def _fresh(name: str, taken: Mapping[str, object]) -> str:
    return next(x for k in count(1) if (x := name if k == 1 else f"{name}{k}") not in taken)


def _inverses(sentence: MatrixSentence, inverses: list[str]) -> Fields:
    """Both equations of each inverse."""
    found = Fields()
    for x in inverses:
        one, other = Mat("letter", (x, None)), Mat("letter", (layers.inverse_of(x), None))
        side = layers.rows(one, sentence.setting)
        for k, (a, b) in enumerate(((one, other), (other, one))):
            eq = [["*", layers.term(a), layers.term(b)], ["I", side]]
            found[f"{x}Inverse" + "Too" * k] = {"time": "always", "eq": eq}
    return found


def _equations(sentence: MatrixSentence) -> Iterator[tuple[str, int, str, Equal]]:
    """Definitions, of which the kernel's letters may hold one already ("named"), and what is
    assumed: relation, part, when, equation.
    """
    by = {x.name: x for x in sentence.setting.letters}
    for name, equations in sentence.setting.definitions.items():
        for k, e in enumerate(equations):
            held = name in by and layers.names(e, by[name])
            yield name, k, "named" if held else "defined", e
    for h in sentence.assuming:
        for k, e in enumerate(h.equations):
            yield h.id, k, h.when, e


def _conclusion(sentence: MatrixSentence) -> Fields:
    c, given = sentence.conclusion, sentence.setting
    kind = KINDS.get(type(c))
    if kind is None:
        raise NotGeneric(f"a conclusion of kind {c.kind}: not written yet")
    if isinstance(c, Identity):
        shown = Equal(c.left, c.right, c.first, c.less)
        return {"kind": kind, **over(shown), "eq": layers.pair(shown, given)}
    what = Equal(c.quantity, c.quantity, c.first, c.less)  # type: ignore[attr-defined]
    found: Fields = {"kind": kind, **over(what), "what": layers.term(what.left)}
    return {**found, "rate": layers.term(c.factor)} if isinstance(c, Decays) else found
