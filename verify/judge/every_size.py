"""Laws of a model, found at some sizes, as sentences for every size: judged like any claim, and
compared with what installed claims say.

Nothing here knows which setting speaks of which model: a setting is a model's where it moves the
same letters by the same equations, as normal forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.conclusions.matrix_kinds import Identity, Root, Unchanged
from verify.claims.conclusions.of_actions import MomentConserved
from verify.claims.hypotheses import Balanced, Homogeneous, Hypothesis, Product
from verify.claims.hypotheses.matrices import balanced
from verify.claims.sentence import Sentence
from verify.claims.verdict import Verdict
from verify.exact.errors import NotGeneric
from verify.judge.decide import said
from verify.judge.model_settings import Setting
from verify.models.action import Action
from verify.models.declared import Declared
from verify.models.flow import Flow
from verify.models.layers import LAYERS
from verify.models.matrices import Matrices
from verify.terms.affine import N
from verify.terms.array_translations import to_expr, to_mat
from verify.terms.expr import q, total
from verify.terms.matrices import Mat, W, X, dot
from verify.terms.matrix_words import words
from verify.theories.symmetries.actions import OF, Case, Matrix, build
from verify.theories.symmetries.families import Family, Span
from verify.theories.symmetries.linear import with_sign
from verify.theories.symmetries.stabiliser import stabiliser
from verify.theories.words.frame import frame


@dataclass(frozen=True)
class Judged:
    """What the judge says of a sentence for every size; ``so`` is what follows from it by a cited
    rule.
    """

    statement: str
    verdict: Verdict
    scope: str
    assumes: tuple[str, ...]
    claim: Claim
    so: str = ""


def judged(
    setting: Setting,
    family: Family,
    assuming: tuple[Hypothesis, ...] = (),
    slope: Mat | None = None,
) -> Judged | None:
    """None where the sentence cannot be said in the setting's language. Of words about matrices
    with a scale-invariant loss: (law)' = ``slope``, a multiple of <X, P>, which is 0 by Euler's
    identity.
    """
    if isinstance(setting, Flow):
        quantity = to_expr(family.array, "i")
        return None if quantity is None else decided(setting, assuming, Conserved(quantity))
    word = to_mat(family.array, family.index)
    if word is None:
        return None
    less = 0 if family.last in ("", "N") else int(family.last.removeprefix("N-"))
    if not assuming:
        return decided(setting, (), Unchanged(word, family.first, less))
    if slope is None:
        return None
    found = decided(setting, (), Identity(dot(word), slope, family.first, less))
    return replace(found, so="by Euler's identity")


def decided(
    setting: Setting | Declared, assuming: tuple[Hypothesis, ...], conclusion: Any
) -> Judged:
    """The verdict on one sentence, as the kernel reads its steps, else as its own reader does."""
    claim = Claim(
        id="candidate",
        title="found by verify candidates",
        setting=setting,
        assuming=assuming,
        concluding={"law": conclusion},
        source=Source.own("verify candidates"),
    )
    outcome = said(claim)["law"]
    assumes = tuple(h.id for h in assuming)
    return Judged(conclusion.render(), outcome.verdict, outcome.scope, assumes, claim)


def quasi_norm(setting: Setting) -> Judged | None:
    """Under balance |u_l|^2 = sum_i |w_i|^(2/L), where the network is entrywise."""
    if not isinstance(setting, Flow):
        return None
    return decided(setting, (Homogeneous(), Balanced()), Conserved(total("i", q["i"])))


def root_of_product(setting: Setting, claims: Iterable[Claim]) -> Judged | None:
    """W_N W_N* = (X X*)^(1/N) at balance, as the first installed claim says it whose setting has
    the model's layers: it brings the steps of the proof. None where there is no such claim.
    """
    if isinstance(setting, Flow):
        return None
    for claim in claims:
        if not isinstance(claim.setting, Matrices) or not _only_named(claim):
            continue
        named = {e.right: e.left for es in claim.setting.definitions.values() for e in es}
        for name, c in claim.concluding.items():
            if isinstance(c, Root) and (named.get(c.root), c.of) == (W[N] * W[N].H, X * X.H):
                alone = replace(claim, concluding={name: c}, hints={name: claim.hints[name]})
                outcome = said(alone)[name]
                text = f"{words(named[c.root])} = ({words(c.of)})^(1/N)"
                if outcome.verdict is Verdict.PROVED:
                    return Judged(text, outcome.verdict, outcome.scope, ("balance",), claim)
    return None


def _only_named(claim: Claim) -> bool:
    """Whether a claim about layers assumes balance and nothing else: every depth and size, and
    definitions that give names to expressions in the layers, one for each further letter.
    """
    setting = claim.setting
    assert isinstance(setting, Matrices)
    relations = [e for es in setting.definitions.values() for e in es]
    letters = [Mat("letter", (x.name, None)) for x in setting.letters]
    return (
        claim.expected is Verdict.PROVED
        and claim.assuming == (balanced(),)
        and setting.layers
        and (setting.least_depth, setting.square, setting.positive) == (1, False, ())
        and sorted((e.right for e in relations), key=repr) == sorted(letters, key=repr)
        and all(x.index == "" and x.form in ("free", "hermitian") for x in setting.letters)
        and all(e.left.letters() <= {x.name for x in LAYERS} for e in relations)
    )


def stating(found: Judged, claims: Iterable[Claim]) -> list[str]:
    """Ids of claims with the same setting and hypotheses, one of whose conclusions says the same up
    to a factor.
    """
    mine = found.claim
    if isinstance(mine.setting, Declared):  # its letters and indices have names of their own
        return []
    if "law" not in mine.concluding:  # an installed claim
        return [mine.id]
    ours = _comparable(mine, mine.concluding["law"])
    assumed = set(mine.assuming)
    return [
        claim.id
        for claim in claims
        if claim.expected is Verdict.PROVED
        and claim.setting == mine.setting
        and {h for h in claim.assuming if not isinstance(h, Product)} == assumed
        and any(
            type(c) is type(mine.concluding["law"]) and _proportional(ours, _comparable(claim, c))
            for c in claim.concluding.values()
        )
    ]


def _comparable(claim: Claim, conclusion: Any) -> dict:
    """The normal form; of what has none, and so is not what a law says, nothing."""
    try:
        return _normal(claim, conclusion)
    except NotGeneric:
        return {}


def _normal(claim: Claim, conclusion: Any) -> dict:
    if isinstance(claim.setting, Flow):
        sentence = Sentence(claim.setting, claim.assuming, "law", conclusion)
        return dict(sentence.algebra().normal(conclusion.quantity))
    free = {"k": conclusion.place()}
    assert isinstance(claim.setting, Matrices)
    expander = frame(claim.setting, ()).expander
    if isinstance(conclusion, Identity):  # that of a slope: what it is the slope of, and its value
        if conclusion.left.head != "D":
            return {}
        sides = {"of": conclusion.left.args[0], "slope": conclusion.right}
        both = {s: expander.normal(e, free) for s, e in sides.items()}
        return {("place", free["k"]): Fraction(1)} | {
            (s, key): x for s, found in both.items() for key, x in found.items()
        }
    found = expander.normal(conclusion.quantity, free)
    return {("place", free["k"]): Fraction(1), **found} if found else {}


def _proportional(a: dict, b: dict) -> bool:
    if a.keys() != b.keys() or not a:
        return False
    ratios = {Fraction(b[key]) / Fraction(a[key]) for key in a if key[:1] != ("place",)}
    return len(ratios) == 1


def stating_at(
    model: str, case: Case, laws: Iterable[Matrix], claims: Iterable[Claim]
) -> list[str]:
    """Ids of claims about group actions of the model (or of polynomials of their own), one of whose
    cases has the same phi, and whose symmetric elements give all the laws.
    """
    wanted = list(laws)
    return [
        claim.id
        for claim in claims
        if isinstance(claim.setting, Action)
        and claim.expected is Verdict.PROVED
        and any(isinstance(c, MomentConserved) for c in claim.concluding.values())
        and any(
            OF.get(type(x), model) == model and _gives(case, wanted, _case(x), claim.setting.found)
            for x in claim.setting.cases
        )
    ]


_case = cache(build)  # each law of a model is compared with the same ones


def _gives(case: Case, laws: list[Matrix], other: Case, found: bool) -> bool:
    """The coordinates of the two are matched by their letters and indices."""
    places = {at: i for i, at in _places(other).items()}
    mine = _places(case)
    if len(places) != case.size or set(mine.values()) != set(places):
        return False
    to = [places[mine[i]] for i in range(case.size)]
    ours = {frozenset((tuple(sorted(to[i] for i in m)), x) for m, x in p.items()) for p in case.phi}
    if ours != {frozenset(p.items()) for p in other.phi}:
        return False
    space = Span(with_sign(stabiliser(other) if found else other.matrices(), 1))
    return all(not space.rest({(to[i], to[j]): x for (i, j), x in s.items()}) for s in laws)


def _places(case: Case) -> dict[int, tuple]:
    """Of each coordinate its letter and its indices, those of one row or one column left out."""
    found = {}
    for (letter, index), block in case.blocks.items():
        tall, wide = len(block) > 1, len(block[0]) > 1
        for r, row in enumerate(block, 1):
            for c, i in enumerate(row, 1):
                found[i] = letter, *index, *([r] if tall else []), *([c] if wide else [])
    return found
