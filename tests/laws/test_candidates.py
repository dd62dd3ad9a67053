"""What ``candidates`` finds, against phi written by hand: the printed laws have derivative zero at
exact points for arbitrary gradients, near misses have not, and counts agree with a count by brute
force over a prime field and with published numbers.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from functools import cache
from random import Random

import pytest

from tests.laws.models_table import TABLE
from tests.laws.test_models import gradient_by_hand, row, slope_at_zero
from verify.exact.errors import EnginesDisagree, NoValue
from verify.judge.found import independent
from verify.judge.model_settings import setting_of
from verify.models.catalogue import MODELS, model
from verify.models.catalogue.base import numbers
from verify.models.derived import arranged, coordinates
from verify.terms.array_values import Values
from verify.terms.array_words import words
from verify.terms.arrays import Array, plus
from verify.theories.symmetries import counts
from verify.theories.symmetries import solved as module
from verify.theories.symmetries.candidates import Candidates, candidates
from verify.theories.symmetries.families import Family, families
from verify.theories.symmetries.of_model import case_of

CASES = [
    (name, sizes)
    for name, entry in TABLE.items()
    for sizes in entry.sizes
    if len(coordinates(model(name), model(name).at(sizes))) <= 12
]
P = 2_147_483_647


@cache
def found_at(name: str, sizes: tuple[int, ...]) -> Candidates:
    return candidates(model(name), model(name).at(sizes))


def velocity(name: str, given: tuple[int, ...], theta: list[F], g: list[F]) -> list[F]:
    phi = TABLE[name].phi
    J = lambda x: sum((a * b for a, b in zip(g, phi(x, given), strict=True)), F(0))
    return [-x for x in gradient_by_hand(J, theta, 5)]


def ranges(family: Family, name: str, sizes) -> list[dict[str, int]]:
    """Every value of the family's indices."""
    if not family.index:
        return [{}]
    head, _, less = family.last.partition("-")
    last = numbers(sizes)[head] - int(less or 0)
    span = range(family.first, last + 1)
    pairs = [(i, j) for i in span for j in (span if family.pair else [0])]
    return [{family.index: i, **({family.pair: j} if family.pair else {})} for i, j in pairs]


def rates(name: str, given, array: Array, family: Family, theta, speed) -> list[F]:
    """The derivative of each entry, along theta' = speed: entries are quadratic along a line."""
    m = model(name)
    sizes = m.at(given)

    @cache
    def entries(t: F) -> list[F]:
        x = [a + t * v for a, v in zip(theta, speed, strict=True)]
        values = Values(arranged(m.members(sizes), sizes, x), sizes)
        found = [values.rows(array, **at) for at in ranges(family, name, sizes)]
        return [c for rows in found for r in rows for c in r]

    return [slope_at_zero(lambda t, k=k: entries(t)[k], 2) for k in range(len(entries(F(0))))]


@pytest.mark.parametrize(("name", "given"), CASES)
def test_what_is_printed_is_conserved(name: str, given: tuple[int, ...]) -> None:
    found, draw = found_at(name, given), Random(f"{name}{given}")
    for _ in range(2):
        theta = row(draw, found.case.size)
        g = row(draw, len(TABLE[name].phi(theta, given)))
        speed = velocity(name, given, theta, g)
        assert any(speed)
        for family in found.families:
            assert not any(rates(name, given, family.array, family, theta, speed))
        for powers in found.powers:
            slopes = [c * (e or 1) * theta[i] ** (e - 1) * speed[i] for i, e, c in powers]
            assert sum(slopes, F(0)) == 0
        for law in found.others:
            form = [[law.get((i, j), F(0)) for j in range(len(theta))] for i in range(len(theta))]
            moved = [sum((a * x for a, x in zip(r, theta, strict=True)), F(0)) for r in form]
            assert sum((a * v for a, v in zip(moved, speed, strict=True)), F(0)) == 0


@pytest.mark.parametrize(("name", "given"), CASES)
def test_near_misses_drift(name: str, given: tuple[int, ...]) -> None:
    """A tenth more of the last term, and it is no law: the test above can fail."""
    found, draw = found_at(name, given), Random(f"{name}{given}")
    for family in found.families:
        (*first, (c, last)) = family.array.terms
        if not first:
            continue
        theta = row(draw, found.case.size)
        speed = velocity(name, given, theta, row(draw, len(TABLE[name].phi(theta, given))))
        off = plus([*first, (c * F(11, 10), last)])
        assert any(rates(name, given, off, family, theta, speed)), words(off)


@pytest.mark.parametrize(("name", "given"), CASES)
def test_what_a_scale_invariant_loss_adds(name: str, given: tuple[int, ...]) -> None:
    """For g with <phi, g> = 0 the norms stand still; for g = phi they do not."""
    found, draw = found_at(name, given), Random(f"{name}{given}")
    assert found.scaled, "every phi here is homogeneous in some of its letters"
    theta = row(draw, found.case.size)
    z = TABLE[name].phi(theta, given)
    g = row(draw, len(z))
    part = sum((a * b for a, b in zip(z, g, strict=True)), F(0))
    part /= sum((a * a for a in z), F(0))
    level = [b - part * a for a, b in zip(z, g, strict=True)]
    for family in found.scaled:
        still = velocity(name, given, theta, level)
        assert not any(rates(name, given, family.array, family, theta, still))
        assert any(rates(name, given, family.array, family, theta, velocity(name, given, theta, z)))


def brute_force(name: str, given: tuple[int, ...]) -> int:
    """Dimension of the symmetric S with dphi S theta = 0 at many integer points, modulo a prime."""
    draw, phi = Random(7), TABLE[name].phi
    size = found_at(name, given).case.size
    places = [(i, j) for i in range(size) for j in range(i, size)]
    rows: list[list[int]] = []
    for _ in range(len(places)):
        theta = [F(draw.randint(-9, 9)) for _ in range(size)]
        for r in range(len(phi(theta, given))):
            slope = gradient_by_hand(lambda x, r=r: F(phi(x, given)[r]), theta, 5)
            row_ = [slope[i] * theta[j] + (slope[j] * theta[i] if i != j else 0) for i, j in places]
            rows.append([int(x) % P for x in row_])
        if len(rows) > 2 * len(places):
            break
    return len(places) - rank_modulo(rows)


def rank_modulo(rows: list[list[int]]) -> int:
    rank, rows = 0, [r[:] for r in rows]
    for c in range(len(rows[0])):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][c]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        inverse = pow(rows[rank][c], -1, P)
        top = [x * inverse % P for x in rows[rank]]
        rows[rank] = top
        for i in range(rank + 1, len(rows)):
            if k := rows[i][c]:
                rows[i] = [(x - k * y) % P for x, y in zip(rows[i], top, strict=True)]
        rank += 1
    return rank


SMALL = [(n, s) for n, s in CASES if len(coordinates(model(n), model(n).at(s))) <= 7]


@pytest.mark.parametrize(("name", "given"), SMALL)
def test_counts_against_brute_force(name: str, given: tuple[int, ...]) -> None:
    counted = found_at(name, given).counted
    assert len(counted.laws) == counted.upper == brute_force(name, given)


#: (model, sizes, independent laws of any kind, quadratic ones): by closure of brackets modulo a
# prime, elsewhere; 2307.00144 for the two-layer formula
PUBLISHED = (
    ("layers", (1, 1, 1), 1, 1),
    ("layers", (1, 2, 1), 3, 4),
    ("layers", (2, 3, 1), 6, 6),
    ("layers", (3, 2, 1), 3, 3),
    ("layers", (2, 2, 2), 3, 3),
    ("layers", (2, 2, 2, 2), 6, 6),
    ("diagonal", (2, 3), 3, 3),
    ("diagonal", (3, 2), 4, 4),
    ("relu", (2, 2, 2), 2, 2),
    ("signed-power", (2, 2), 2, 2),
    ("signed-power", (3, 2), 2, 0),
)


@pytest.mark.parametrize(("name", "given", "any_kind", "quadratic"), PUBLISHED)
def test_published_counts(name: str, given, any_kind: int, quadratic: int) -> None:
    found = found_at(name, given)
    assert len(found.counted.laws) == found.counted.upper == quadratic
    assert independent(found) == any_kind == found.case.size - len(found.counted.fields)


def said(found: Candidates) -> list[str]:
    return [f"{words(f.array)} {f.range()}".strip() for f in found.families]


def test_balancedness_comes_out() -> None:
    found = found_at("layers", (2, 2, 2))
    assert said(found) == ["W_p W_p^T - W_(p+1)^T W_(p+1) for p = 1..N-1"] and not found.others


def test_the_quasi_norm_comes_out() -> None:
    found = found_at("diagonal", (3, 2))
    assert said(found) == ["u_l^2 - u_m^2 for l, m = 1..L"]
    assert [words(f.array) for f in found.scaled] == ["|u_l|^2"]
    assert found.balanced is not None and found.balanced.degree == 3
    of_a_product = found_at("layers", (2, 2, 2)).balanced
    assert of_a_product is not None and of_a_product.degree == 2
    assert found_at("completion", (2, 2, 2)).balanced is None  # no monomials, no family


def test_others_come_out() -> None:
    assert said(found_at("completion", (2, 2, 2))) == ["U^T U - V^T V"]
    assert said(found_at("linear-system", (2, 1, 1))) == ["A A^T - A^T A + B B^T - C^T C"]
    assert said(found_at("units", (2, 2))) == ["a_j^2 - 1/2 |w_j|^2 for j = 1..h"]
    assert said(found_at("relu", (2, 2, 1))) == ["|a_j|^2 - |b_j|^2 for j = 1..h"]
    assert said(found_at("signed-power", (2, 2))) == ["u*v"]
    assert len(found_at("layers", (1, 2, 1)).others) == 1


def test_a_false_law_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One planted where laws are solved for: two routes to one number differ, nothing is told."""
    m = model("diagonal")
    sizes = m.at((2, 2))
    case = case_of(m, sizes)
    true = counts.quadratic_laws(case)
    planted = {(0, 0): F(1), (1, 1): F(-1)}  # u_1,1^2 - u_1,2^2: of two coordinates
    assert families(m, sizes, case, []) == []
    honest = counts.count_laws(case, 0)

    false = replace(honest, laws=(*honest.laws[:-1], planted))
    monkeypatch.setattr(module, "count_laws", lambda case, seed: false)
    with pytest.raises(EnginesDisagree, match="no identity"):
        candidates(m, sizes)
    assert len(true) == 2


def test_settings_are_found_by_their_equations() -> None:
    kinds = {m.name: s.kind for m in MODELS if (s := setting_of(m)) is not None}
    assert kinds.pop("diagonal") == "flow"
    assert {"layers", "completion"} <= kinds.keys() and set(kinds.values()) == {"matrices"}
    entries = [x for n in kinds for x in model(n).letters if x.columns == 1]
    assert entries == [], "words have matrices with named sizes"


def test_too_large() -> None:
    with pytest.raises(NoValue, match="72 coordinates"):
        candidates(model("layers"), model("layers").at((6, 6, 6)))
