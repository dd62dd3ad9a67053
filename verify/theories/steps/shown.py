"""What a sentence about matrices shows: its expressions, and the constants in them."""

from __future__ import annotations

from verify.models.motions import GradientFlow
from verify.terms.matrices import Mat
from verify.theories.words.theory import MatrixSentence


def constants(sentence: MatrixSentence) -> list[str]:
    """Names of numbers, the depth aside."""
    found = {n.args[0] for e in shown(sentence) for n in e.walk() if n.head == "const"}
    return sorted(map(str, found - {"N"}))


def shown(sentence: MatrixSentence) -> list[Mat]:
    """Every expression of a sentence: conclusion, objective, hypotheses, definitions, lemmas."""
    c, given = sentence.conclusion, sentence.setting
    found = [getattr(c, x) for x in ("left", "right", "quantity", "factor") if hasattr(c, x)]
    if isinstance(given.motion, GradientFlow):
        found.append(given.motion.objective)
    lemmas = sentence.aid.lemmas
    stated = [e for h in sentence.assuming for e in h.equations]
    stated += [e for es in given.definitions.values() for e in es]
    found += [x for e in (*stated, *(y.equation for y in lemmas)) for x in (e.left, e.right)]
    helps = [*sentence.aid.uses.values(), *(y.uses for y in lemmas)]
    return found + [x for us in helps for u in us for x in (u.left, u.right)]
