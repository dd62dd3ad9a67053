"""Proofs of sentences about matrices: obligations reduced to zero modulo relations, lemmas first,
every step written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verify.claims.conclusions.matrix_help import Aid, Lemma, Use
from verify.claims.conclusions.of_matrices import Obligation, OfMatrices
from verify.claims.hypotheses.matrices import Holds
from verify.exact.errors import NotGeneric
from verify.models.matrices import Matrices
from verify.terms.affine import Affine, N, affine, index, k
from verify.terms.matrices import Mat, dot
from verify.terms.matrix_words import words
from verify.terms.relation import Equal
from verify.theories.words.element import BOUND, FREE, Element, add, joined
from verify.theories.words.frame import Frame, frame
from verify.theories.words.gate import refuses
from verify.theories.words.lasting import Lasting, lasting
from verify.theories.words.rewrite import Cofactor, Rules
from verify.theories.words.sums import settled


@dataclass(frozen=True, slots=True)
class Proved:
    """A lemma with the steps of its direct proof, or of its base and its induction step."""

    lemma: Lemma
    steps: tuple[Cofactor, ...] = ()
    base: tuple[Cofactor, ...] = ()


@dataclass(frozen=True)
class MatrixProof:
    """``steps`` by obligation; ``kept`` for each relation of the start, why it stays true;
    ``lasting`` the same for all others.
    """

    obligations: tuple[Obligation, ...]
    steps: Mapping[str, tuple[Cofactor, ...]]
    kept: Mapping[str, tuple[tuple[Cofactor, ...], ...]]
    lemmas: tuple[Proved, ...]
    rules: tuple[str, ...]
    cited: tuple[str, ...]
    aid: Aid = field(default_factory=Aid)
    lasting: Lasting = field(default_factory=Lasting)


@dataclass(frozen=True, slots=True)
class NoProof:
    """Why the rewriting found no proof; it says nothing about truth."""

    reason: str


def prove(
    setting: Matrices, assuming: tuple[Holds, ...], conclusion: OfMatrices, aid: Aid
) -> MatrixProof | NoProof:
    """A proof for every depth and size that the setting admits, or why there is none here."""
    try:
        here = frame(setting, assuming)
        known = lasting(here)
        kept = {name: _kept(here, name) for name in here.started}
        obligations = tuple(conclusion.demands(setting, aid))
        for o in obligations:
            if refuses(setting, o, assuming=assuming):
                raise NotGeneric(f"{words(o.gap)} = 0 fails at a random point modulo 2^61 - 1")
        lemmas = _lemmas(here, aid, obligations)
        steps = {o.name: _discharged(here, o, obligations, lemmas, aid) for o in obligations}
    except NotGeneric as gap:
        return NoProof(str(gap))
    rules = [conclusion.rule] if conclusion.rule else []
    rules += ["INDUCTION_OVER_LAYERS"] if any(x.lemma.by for x in lemmas) else []
    rules += ["IDEAL_IS_INVARIANT"] if here.started or known.kept else []
    return MatrixProof(obligations, steps, kept, lemmas, tuple(rules), conclusion.cited, aid, known)


def _discharged(
    here: Frame,
    o: Obligation,
    obligations: tuple[Obligation, ...],
    lemmas: tuple[Proved, ...],
    aid: Aid,
) -> tuple[Cofactor, ...]:
    known = {**here.relations, **o.given}
    if (
        _given(obligations) <= o.given.keys()
    ):  # lemmas may rest on what the sentence puts in another obligation
        known |= {x.lemma.name: (x.lemma.equation,) for x in lemmas}
    gap = here.expander.normal(o.gap, o.free())
    return reduced_to_zero(
        Rules(here.expander, known, o.free()), gap, aid.uses.get(o.name, ()), words(o.gap)
    )


def _given(obligations: tuple[Obligation, ...]) -> set[str]:
    return {name for o in obligations for name in o.given}


def reduced_to_zero(
    rules: Rules, gap: Element, uses: tuple[Use, ...], what: str
) -> tuple[Cofactor, ...]:
    """Suggested steps first, then what matches. Raises NotGeneric with what is left over."""
    steps: list[Cofactor] = []
    for use in uses:
        for step in _suggested(rules, use):
            gap = settled(add(gap, rules.value(step), Fraction(-1)), rules.expander.theory)
            steps.append(step)
    rest, more = rules.reduced(gap)
    if rest:
        raise NotGeneric(
            f"{what} = 0 does not follow: {len(rest)} term{'s' if len(rest) > 1 else ''} left over"
        )
    return (*steps, *more)


def _suggested(rules: Rules, use: Use) -> list[Cofactor]:
    """A suggested step as cofactors: one for each term of its factors."""
    if use.relation not in rules.relations or not 0 <= use.part < len(
        rules.relations[use.relation]
    ):
        raise NotGeneric(f"the help uses a relation {use.relation!r}[{use.part}] that there is not")
    ranges = tuple(
        (n, first - 1, less, FREE, FREE) for n, (first, less) in sorted(rules.free.items())
    )
    if use.over is not None:
        ranges = tuple(sorted((*ranges, (BOUND, use.over[0] - 1, use.over[1], FREE, FREE))))
    left, right = (rules.expander.element(_over(x, use)) for x in (use.left, use.right))
    at = use.at if use.at is None else use.at.put("p", index(BOUND))
    found = []
    for (s, t, word, some), c in left.items():
        for (z, traced, after, more), d in right.items():
            where = joined(some, more)
            if t or traced or z or (use.over is None and any(r[0] == BOUND for r in where)):
                raise NotGeneric("the help multiplies by something other than a matrix")
            where = joined(_plain(where), ranges)
            found.append(
                Cofactor(
                    c * d, use.relation, use.part, at, use.mark, word, after, s, use.trace, where
                )
            )
    return found


def _over(e: Mat, use: Use) -> Mat:
    """The index p of a suggested sum becomes its bound index."""
    return e.put("p", index(BOUND)) if use.over is not None else e


def _plain(ranges: tuple) -> tuple:
    return tuple(
        (n, low, high, FREE, FREE) for n, low, high, _, _ in ranges if (low, high) != (FREE, FREE)
    )


def _kept(here: Frame, name: str) -> tuple[tuple[Cofactor, ...], ...]:
    """The derivative of each relation of the start, modulo the relations."""
    found = []
    for e in here.relations[name]:
        free = {"k": (e.first, e.less)} if e.indexed else {}
        gap = here.expander.normal(dot(e.left - e.right), free)
        found.append(
            reduced_to_zero(Rules(here.expander, here.relations, free), gap, (), f"d/dt of {name}")
        )
    return tuple(found)


def _lemmas(here: Frame, aid: Aid, obligations: tuple[Obligation, ...]) -> tuple[Proved, ...]:
    """In order; each may use those before it. Relations that the sentence puts are there when every
    obligation with lemmas has them.
    """
    given = {name: e for o in obligations for name, e in o.given.items()}
    known = {**here.relations, **given}
    found: list[Proved] = []
    for lemma in aid.lemmas:
        if lemma.name in known:
            raise NotGeneric(f"two relations are called {lemma.name!r}")
        found.append(_proved(here, lemma, known))
        known[lemma.name] = (lemma.equation,)
    return tuple(found)


def _proved(here: Frame, lemma: Lemma, known: dict[str, tuple[Equal, ...]]) -> Proved:
    e, name = lemma.equation, f"lemma {lemma.name}"
    if not lemma.by:
        free = {"k": (e.first, e.less)} if e.indexed else {}
        gap = here.expander.normal(e.left - e.right, free)
        return Proved(
            lemma, reduced_to_zero(Rules(here.expander, known, free), gap, lemma.uses, name)
        )
    at, step = induction(e, lemma.by)
    base = here.expander.normal((e.left - e.right).put("k", at), {})
    proof = reduced_to_zero(Rules(here.expander, known), base, (), f"{name} at k = {at}")
    free = {"k": (e.first + (step < 0), e.less + (step > 0))}
    before = {**known, lemma.name: (e,)}
    gap = here.expander.normal(e.left - e.right, free)
    steps = reduced_to_zero(
        Rules(here.expander, before, free, lemma.name), gap, lemma.uses, f"the step of {name}"
    )
    if any(s.relation == lemma.name and s.at != k + step for s in steps):
        raise NotGeneric(f"{name}: its own statement is used at an index other than {k + step}")
    return Proved(lemma, steps, proof)


def induction(e: Equal, by: str) -> tuple[Affine, int]:
    """Where it begins, and where the statement is already known: k + 1 downwards, k - 1 upwards."""
    return (N - e.less, 1) if by == "down" else (affine(e.first), -1)
