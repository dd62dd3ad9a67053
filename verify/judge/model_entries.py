"""Laws of a model for every size in declared letters, entry by entry: where no setting of networks
or of words has the model's equations.

Nothing is typed: the objective is any function of the entries of phi, and the kernel derives the
rates from it. A law is what the judge says of it; nothing here can make it true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

from verify.claims.conclusions import Conserved
from verify.claims.hypotheses.related import Scales
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.every_size import Judged, decided
from verify.models.catalogue.base import Model, numbers
from verify.models.declared import Declared, loss, parameter, product
from verify.models.declared import Letter as Named
from verify.terms.affine import Affine
from verify.terms.array_entries import Entries, NotInEntries, exponent, extents
from verify.terms.array_families import put, walk
from verify.terms.arrays import Array, Letter
from verify.terms.expr import Expr
from verify.terms.indices import Index
from verify.theories.symmetries.candidates import Candidates
from verify.theories.symmetries.families import Family
from verify.theories.symmetries.solved import Powers

FALSE = "it is a law of these sizes: false at others"
OWN = "it is a law of these entries"
NEITHER = "the judge finds no proof for every size"
Said = tuple[Judged | None, str]  # what is proved, or why nothing is


@dataclass(frozen=True)
class InEntries:
    """``given``: sizes that have their value, as the law may be one of theirs."""

    setting: Declared
    entries: Entries
    given: dict[str, int]

    def judged(self, law: Expr, scaled: bool = False) -> Said:
        """With the sizes that are given in its scope; under a loss of degree 0."""
        loss_of = self.setting.letters[-1].name
        assuming = (Scales.of("scaling", loss_of, 0),) if scaled else ()
        found = decided(self.setting, assuming, Conserved(law))
        scope = ", ".join([found.scope, *(f"{n} = {x}" for n, x in self.given.items())])
        if found.verdict is Verdict.PROVED:
            return replace(found, scope=scope), ""
        wider = self.given or self.entries.apart or found.verdict is not Verdict.REFUTED
        return None, NEITHER if wider else FALSE


def law_in_entries(found: Candidates, family: Family, scaled: bool) -> Said:
    """Of a law for every loss, or of one that a scale-invariant loss keeps."""

    def said(given: dict[str, int]) -> Said:
        here = in_entries(found.model, given)
        array = _given(family.array, given)
        at = map(here.entries.index, extents(array))
        return here.judged(here.entries.of(array, *at), scaled)

    return _first(found, said)


def powers_in_entries(found: Candidates, law: Powers) -> Said:
    """Of a sum of powers of one coordinate of each letter, with 2 - D in the place of its value
    first.
    """
    return _first(found, lambda given: _powers(found, law, given))


def _powers(found: Candidates, law: Powers, given: dict[str, int]) -> Said:
    at = _coordinates(found)
    free = free_exponents(found.model.phi) - given.keys()
    symbolic = {2 - numbers(found.sizes)[n]: Affine(2, ((n, -1),)) for n in free}
    signs, terms = {}, list[tuple[Letter, int, Affine]]()
    for i, e, c in law:
        (letter, index), _, column = at[i]
        if index or column or e == 0 or c.denominator > 1:
            return None, OWN
        e_ = symbolic.get(e, Affine(e))
        signs[letter.name] = ">" if e_.terms else "!=" if e < 0 else ""
        terms.append((letter, int(c), e_))
    here = in_entries(found.model, given, signs)
    places = {at[i][1] for i, _, _ in law}
    size = {x.rows for x, _, _ in terms}
    if len(places) > 1 or len(size) > 1:
        return None, OWN
    place = here.entries.index(size.pop())
    total = None
    for letter, factor, e_ in terms:
        term = here.entries.of(letter.whole, place, None) ** exponent(e_)
        term = term if factor == 1 else factor * term
        total = term if total is None else total + term
    assert total is not None
    return here.judged(total)


def _coordinates(found: Candidates) -> list[tuple[tuple[Letter, tuple[int, ...]], int, int]]:
    """Letter and index, row and column, of every coordinate."""
    letters = {x.name: x for x in found.model.letters}
    at = {
        i: ((letters[name], index), r, c)
        for (name, index), block in found.case.blocks.items()
        for r, row in enumerate(block)
        for c, i in enumerate(row)
    }
    return [at[i] for i in range(found.case.size)]


def _first(found: Candidates, said: Callable[[dict[str, int]], Said]) -> Said:
    """With no size given, then with those that stand in exponents."""
    own = sorted(free_exponents(found.model.phi))
    why = ""
    for given in ({}, {n: numbers(found.sizes)[n] for n in own})[: 1 + bool(own)]:
        try:
            judged, reason = said(given)
        except (NotInEntries, BadInput) as unsaid:
            judged, reason = None, f"declared letters do not say it: {unsaid}"
        if judged is not None:
            return judged, ""
        why = why or reason
    return None, why


def in_entries(
    model: Model, given: dict[str, int], signs: dict[str, str] | None = None
) -> InEntries:
    """The model's setting. ``signs`` are those of letters, such as "!=" of one that is divided by.
    Raises NotInEntries.
    """
    phi, taken = _given(model.phi, given), {x.name for x in model.letters}
    sets = {s.name: s.about if _a_set(s.about) - taken else s.name for s in model.sizes}
    families = list(dict.fromkeys(x.args[0] for x in walk(phi) if x.head == "each"))
    entries = Entries(sets, {x.name: f"{x.name}all" for x in families}, count(1))
    named = {x.name: _parameter(x, entries, (signs or {}).get(x.name, "")) for x in model.letters}
    made = [product(f"{x.name}all", of=named[x.name], others=f"{x.name}rest") for x in families]
    body = phi.args[3] if phi.head == "stack" else phi
    at = map(entries.index, extents(body))
    name = next(x for x in ("E", "J", "loss") if x not in taken)
    slope = next(x for x in (model.gradient.name, "slope") if x not in taken)
    objective = loss(name, entries.of(body, *at), gradient=slope)
    least = {s.name: s.least for s in model.sizes if s.name in free_exponents(phi)}
    letters = (*named.values(), *made, objective)
    return InEntries(Declared(letters, flow=objective.here, least=least), entries, given)


def free_exponents(phi: Array) -> set[str]:
    """Names of sizes that stand in an exponent."""
    powers = [x.args[1] for x in walk(phi) if x.head == "^"]
    return {name for e in powers if isinstance(e, Affine) for name, _ in e.terms}


def _a_set(about: str) -> set[str]:
    """What a size counts, where that is one word."""
    return {about} if about.isalpha() else set()


def _given(x: Array, given: dict[str, int]) -> Array:
    for name, value in given.items():
        x = put(x, name, Affine(value))
    return x


def _parameter(x: Letter, entries: Entries, sign: str) -> Named:
    indices = [Index(x.index, f"{x.first}..{x.last}")] if x.index else []
    indices += [i for i in map(entries.index, (x.rows, x.columns)) if i is not None]
    return parameter(x.name, *indices, sign=sign)
