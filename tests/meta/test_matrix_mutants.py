"""Mutants of the identities between matrices, sorted into true and false entry by entry at several
sizes, real and complex.

No code of the judge takes part in the sorting. A false mutant must have no proof; a true one has a
proof or stands in the list that is printed; what the gate refuses must be false.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from math import ceil
from random import Random

import pytest

from tests.entrywise.gap import holds
from tests.meta.matrix_mutants import conclusions, settings
from tests.star_table import ROWS, Row
from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.of_matrices import Obligation, OfMatrices
from verify.claims.hypotheses.matrices import Holds
from verify.exact.errors import NotGeneric
from verify.models.matrices import Matrices
from verify.terms.shapes import IllShaped, shape
from verify.theories.words.gate import refuses
from verify.theories.words.prove import NoProof, prove
from verify.theories.words.sizes import Beyond, Sizes

SEED, OF_EACH = 20251101, 8
EQUAL = ((2, 2, 2), (1, 1, 1, 1), (2, 2), (1, 1), (2, 2, 2, 2), (1,) * 5)
UNEQUAL = ((2, 1, 2), (1, 2, 1, 1), (2, 2, 1), (1, 2), (1, 1), (1, 2, 1, 2), (1, 1, 2, 1, 1))


def sizes(setting: Matrices) -> list[Sizes]:
    """Of all depths that the setting admits; sizes with a name of their own are 1, 2, 3, in
    turn, or like the others.
    """
    named = sorted({x for letter in setting.letters for x in (letter.rows, letter.cols)})
    found = EQUAL if setting.square else UNEQUAL
    own = [
        {n: d[0] if setting.square else 1 + (i + k) % 3 for i, n in enumerate(named)}
        for k, d in enumerate(found)
    ]
    return [Sizes(d, o) for d, o in zip(found, own, strict=True) if len(d) > setting.least_depth]


@dataclass(frozen=True)
class Mutant:
    row: str
    what: str
    setting: Matrices
    assuming: tuple[Holds, ...]
    conclusion: OfMatrices
    aid: Aid

    def obligations(self) -> list[Obligation]:
        return list(self.conclusion.demands(self.setting, self.aid))

    def __str__(self) -> str:
        return (
            f"{self.row} ({self.what}{', square' if self.setting.square else ''}):"
            f" {self.conclusion.render()}"
        )


def every(row: Row, square: bool) -> list[Mutant]:
    setting = replace(row.setting, square=square)
    found = [(what, setting, c) for what, c in conclusions(row.conclusion)]
    found += [(what, s, row.conclusion) for what, s in settings(setting)]
    mutants = [Mutant(row.name, what, s, row.assuming, c, row.aid) for what, s, c in found]
    return [m for m in mutants if fits(m)]


def fits(m: Mutant) -> bool:
    """Whether the shapes allow it, both sides together; an objective is a number."""
    theory = m.setting.theory()
    objective = getattr(m.setting.motion, "objective", None)
    try:
        sizes = [shape(o.gap, theory) for o in m.obligations()]
        return bool(sizes) and (objective is None or shape(objective, theory) is None)
    except (IllShaped, NotGeneric, ValueError):
        return False


def decided(row: Row, square: bool) -> bool:
    """Whether the entries can tell the sentence itself; not so with relations that have no
    parametrisation.
    """
    return (
        truth(
            Mutant(
                row.name,
                "",
                replace(row.setting, square=square),
                row.assuming,
                row.conclusion,
                row.aid,
            )
        )
        != "no sentence"
    )


@pytest.fixture(scope="module")
def each(tail: Fraction) -> int:
    """How many mutants of each row are drawn."""
    return ceil(OF_EACH * tail)


@cache
def chosen(each: int) -> tuple[Mutant, ...]:
    random = Random(SEED)
    found = []
    for row in ROWS:
        for square in (True,) if row.setting.square else (True, False):
            mutants = every(row, square) if decided(row, square) else []
            found += random.sample(mutants, min(each, len(mutants)))
    return tuple(found)


def truth(m: Mutant) -> str:
    """ "true", "false", or "no sentence" where it speaks of a layer that some admitted depth does
    not have.
    """
    try:
        demands = m.obligations()
    except NotGeneric:
        return "no sentence"
    for at in sizes(m.setting):
        for over in ("real", "complex"):
            try:
                if not all(holds(m.setting, o, at, over, m.assuming) for o in demands):
                    return "false"
            except Beyond:
                return "no sentence"
    return "true"


@cache
def sorted_mutants(each: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {"true": [], "false": [], "no sentence": []}
    for n, m in enumerate(chosen(each)):
        found[truth(m)].append(n)
    return found


@cache
def proof_of(n: int, each: int) -> bool:
    m = chosen(each)[n]
    return not isinstance(prove(m.setting, m.assuming, m.conclusion, m.aid), NoProof)


def test_enough_of_every_kind(each: int) -> None:
    found = sorted_mutants(each)
    print({kind: len(x) for kind, x in found.items()}, dict(Counter(m.what for m in chosen(each))))
    share = each / OF_EACH
    assert sum(map(len, found.values())) >= 300 * share
    assert len(found["false"]) >= 200 * share and len(found["true"]) >= 20 * share


@pytest.mark.parametrize("kind", ["false", "no sentence"])
def test_nothing_false_is_proved(kind: str, each: int) -> None:
    assert [str(chosen(each)[n]) for n in sorted_mutants(each)[kind] if proof_of(n, each)] == []


def test_what_is_true_is_proved_or_listed(each: int) -> None:
    """A true mutant without a proof is no defect: the rewriting is not complete. It is listed, and
    most are proved.
    """
    true = sorted_mutants(each)["true"]
    listed = [str(chosen(each)[n]) for n in true if not proof_of(n, each)]
    print(
        f"{len(true) - len(listed)} of {len(true)} true mutants proved; without a proof:",
        *listed,
        sep="\n  ",
    )
    assert len(listed) < len(true) / 2


def test_the_gate_refuses_nothing_true(each: int) -> None:
    found = sorted_mutants(each)
    refused = {
        n for n, m in enumerate(chosen(each)) if n not in found["no sentence"] and gate_refuses(m)
    }
    assert refused <= set(found["false"])
    missed = [str(chosen(each)[n]) for n in found["false"] if n not in refused]
    print(
        f"the gate refuses {len(refused)} of {len(found['false'])} false mutants; let through:",
        *missed,
        sep="\n  ",
    )
    assert len(refused) > 0.8 * len(found["false"])


def gate_refuses(m: Mutant) -> bool:
    return any(refuses(m.setting, o, None, m.assuming) for o in m.obligations())
