"""What a sentence about matrices shows: its expressions, constants, and what a rate of 0 says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from verify.claims.conclusions.matrix_help import Use
from verify.claims.conclusions.matrix_kinds import Decays, Identity, Unchanged
from verify.exact.errors import NotGeneric
from verify.models.motions import FibreFlow, GradientFlow, GradientStep, Still
from verify.terms.letters import Theory
from verify.terms.matrices import Mat, num
from verify.terms.relation import free_indices
from verify.theories.steps.matrix_terms import MOMENTS, interval, place, term
from verify.theories.words.derive import unfolded
from verify.theories.words.theory import MatrixSentence


def constants(sentence: MatrixSentence) -> list[str]:
    """Names of numbers, the depth aside."""
    found = {n.args[0] for e in shown(sentence) for n in e.walk() if n.head == "const"}
    return sorted(map(str, found - {"N"}))


def shown(sentence: MatrixSentence) -> list[Mat]:
    """Every expression of a sentence: conclusion, objective, hypotheses, definitions, lemmas."""
    c, given = sentence.conclusion, sentence.setting
    found = [
        getattr(c, x)
        for x in ("left", "right", "quantity", "factor", "root", "of")
        if hasattr(c, x)
    ]
    if isinstance(given.motion, GradientFlow | GradientStep | FibreFlow):
        found.append(given.motion.objective)
    lemmas = sentence.aid.lemmas
    stated = [e for h in sentence.assuming for e in h.equations]
    stated += [e for es in given.definitions.values() for e in es]
    found += [x for e in (*stated, *(y.equation for y in lemmas)) for x in (e.left, e.right)]
    helps = [*sentence.aid.uses.values(), *(y.uses for y in lemmas)]
    return found + [x for us in helps for u in us for x in (u.left, u.right)]


def sides_of(c: Identity) -> tuple[Mat, Mat]:
    """A sum that is 0 is its first summand and minus the other, so that it says something."""
    whole = unfolded(c.left) if c.left.head in ("G", "H", "w") else c.left
    whole = whole.args[-1] if whole.head == "within" else whole
    if c.right == num(0) and whole.head == "+":
        return whole.args[0], -whole.args[1]
    return c.left, c.right


def standing(sentence: MatrixSentence) -> MatrixSentence:
    """A derivative that is 0 along a flow, a decay with the rate 0: the quantity is constant."""
    c, what = sentence.conclusion, None
    if isinstance(c, Decays) and _nothing(sentence, c.factor):
        what = c.quantity
    flows = not isinstance(sentence.setting.motion, Still | GradientStep)
    if isinstance(c, Identity) and flows and c.left.head == "D" and _nothing(sentence, c.right):
        (what,) = c.left.args
    return sentence if what is None else replace(sentence, conclusion=Unchanged(what, *c.place()))


def _nothing(sentence: MatrixSentence, e: Mat) -> bool:
    """Whether it is 0 as it stands."""
    try:
        at = dict.fromkeys(free_indices(e), sentence.conclusion.place())
        return not sentence.frame().expander.normal(e, at)
    except NotGeneric:
        return False


def theory(sentence: MatrixSentence) -> Theory:
    """Its letters; with the moments where the objective or a direction speaks of them."""
    moves, found = sentence.setting.motion, sentence.setting.theory()
    nodes = [x for e in shown(sentence) for x in e.walk()]
    named = any(x.head in ("w", "H") and x.args[0] == "G" for x in nodes)
    if isinstance(moves, GradientFlow | GradientStep | FibreFlow):
        named = named or moves.objective.has("G")
    if not named:
        return found
    if "G" in found.letters.keys() | found.sequences | {*constants(sentence)}:
        raise NotGeneric("another letter called G: not written yet")
    return replace(found, letters={**found.letters, "G": MOMENTS})


def suggested(
    u: Use, own: str, names: Mapping[tuple[str, int], str], of: Theory
) -> dict[str, object]:
    """An author's suggested step as a use; of the statement itself, as the induction hypothesis."""
    use: dict[str, object] = {"use": names.get((u.relation, u.part), u.relation)}
    if u.relation == own:
        use["use"] = "IH@"
    elif u.at is not None:
        use["at"] = [place(u.at)]
    for side, e in (("left", u.left), ("right", u.right)):
        if e != num(1):
            use[side] = term(e, of)
    if u.mark:
        use["mark"] = u.mark
    if u.trace:
        use["tr"] = True
    if u.over is not None:
        use["sum"] = {"p": interval(*u.over)}
    return use
