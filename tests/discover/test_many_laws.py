"""Families of hundreds of laws: ranks of sparse gradients, and laws that few others prove."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from verify.discover import in_doubles
from verify.discover.discovery import discover
from verify.discover.in_doubles import _still, believed, proofs, states
from verify.discover.laws import brackets, polarised
from verify.discover.laws.atoms import Law, square
from verify.discover.laws.brackets import chains
from verify.discover.laws.layout import Layout, Part
from verify.discover.laws.modular import PRIME, independent
from verify.discover.laws.peeling import peeled
from verify.discover.laws.polarised import between
from verify.trace.trace import traced


def linear(n: int) -> Any:
    def two(x=(n,), *, A=(n, n), B=(n, n)):  # type: ignore
        return A @ (B @ x)

    return traced(two)


def units(layout: Layout, n: int, second: int = -1) -> list[Law]:
    """|A[:,i]|^2 + second |B[i,:]|^2."""
    parts = lambda i: (Part("A", ((0, n), i)), Part("B", (i, (0, n))))
    return [Law(tuple(zip((Fraction(1), Fraction(second)), map(square, parts(i)), strict=True)))
            for i in range(n)]  # fmt: skip


def every(of: list[Law]) -> list[Law]:
    return [*of, *(between(a, b) for a, b in combinations(of, 2))]


@pytest.mark.parametrize("seed", range(12))
def test_independent_rows_are_those_of_the_whole_matrix(seed: int) -> None:
    """Pairs of six units of ten columns, sums of rows among them, before and after, and rows that
    have entries at any units.
    """
    random = np.random.default_rng(seed)
    at = random.integers(1, PRIME, (6, 10), dtype=np.uint64)
    rows = []
    for i, j in combinations(range(6), 2):
        row = np.zeros((6, 10), np.uint64)
        row[i], row[j] = at[j], at[i]
        rows.append(row.ravel())
    several = [rows[k] for k in random.choice(len(rows), 4, replace=False)]
    rows += [np.sum(several, axis=0) % np.uint64(PRIME), rows[3] * np.uint64(2) % np.uint64(PRIME)]
    free = random.integers(0, 2, (seed % 4, 6)).repeat(10, axis=1) * random.integers(1, PRIME, 60)
    rows = [x for x in [*rows, *free.astype(np.uint64)] if x.any()]
    rows = [rows[k] for k in random.permutation(len(rows))]
    found = peeled([(np.flatnonzero(x), x[x != 0]) for x in rows], 60)
    assert found.certain and not found.certain & found.rest.keys()
    places = sorted(found.rest)
    rest = np.zeros((len(places), 60), np.uint64)
    for k, i in enumerate(places):
        rest[k, found.rest[i][0]] = found.rest[i][1]
    kept = {places[k] for k in independent(rest)} if places else set()
    assert found.certain | kept == set(independent(np.stack(rows)))


def test_a_row_that_others_add_up_to_stops_nothing() -> None:
    """Pairs of six units of five columns, in each of which their sum is a sixth row."""
    at = np.random.default_rng(1).integers(1, PRIME, (6, 5), dtype=np.uint64)
    rows = []
    for i, j in combinations(range(6), 2):
        row = np.zeros((6, 5), np.uint64)
        row[i], row[j] = at[j], at[i]
        rows.append(row.ravel())
    rows.append(np.sum(rows, axis=0) % np.uint64(PRIME))
    found = peeled([(np.flatnonzero(x), x[x != 0]) for x in rows], 30)
    assert found.certain == set(range(15)) and [len(x) for x, _ in found.rest.values()] == [0]


def test_a_double_bracket_is_the_law_between() -> None:
    """[E01 + E10, [E11, E12 + E21]] = E02 + E20."""
    e = np.zeros((3, 3, 3, 3), int)
    for i, j in np.ndindex(3, 3):
        e[i, j, i, j] = 1
    bracket = lambda a, b: a @ b - b @ a
    found = bracket(e[0, 1] + e[1, 0], bracket(e[1, 1], e[1, 2] + e[2, 1]))
    assert (found == e[0, 2] + e[2, 0]).all()


def test_what_follows_has_a_proof_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = linear(4)
    layout = Layout.of(graph.params)
    laws = every(units(layout, 4))
    alone = proofs(graph, layout, laws)
    assert len(alone.proved) == 10 and not alone.following
    monkeypatch.setattr(brackets, "MANY", 2)
    few = proofs(graph, layout, laws)
    assert len(few.following) == 3 and few.following | few.proved.keys() == alone.proved.keys()
    assert not few.reasons


def test_nothing_follows_from_what_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """|A[:,i]|^2 + |B[i,:]|^2 are no laws, whatever states would say of the sums between them."""
    graph = linear(4)
    layout = Layout.of(graph.params)
    laws = every(units(layout, 4, 1))
    monkeypatch.setattr(brackets, "MANY", 2)
    monkeypatch.setattr(in_doubles, "_still", lambda chain, *_: set(chain.pairs.values()))
    found = proofs(graph, layout, laws)
    assert not found.following and not found.proved and set(laws) == found.reasons.keys()


def test_nothing_follows_from_what_needs_a_symmetry_of_the_loss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Motions that move outputs as the loss allows: their brackets with other motions need not."""
    graph = linear(4)
    layout = Layout.of(graph.params)
    laws = every(units(layout, 4))
    monkeypatch.setattr(brackets, "MANY", 2)

    def by_symmetry(*of: Any) -> Any:
        read = believed(*of)
        for law in list(read.proved)[:1]:
            read.proved[law] = replace(read.proved[law], symmetry=True)
        return read

    monkeypatch.setattr(in_doubles, "believed", by_symmetry)
    assert not proofs(graph, layout, laws).following


def test_nothing_follows_where_the_brackets_do_not_close(monkeypatch: pytest.MonkeyPatch) -> None:
    """c^3 is not c; a law between neighbours is missing; parts share entries."""
    layout = Layout.of({"A": (5, 4), "B": (4, 5)})
    monkeypatch.setattr(brackets, "MANY", 2)
    plain = units(layout, 4)
    assert len(chains(every(plain), layout)[0].pairs) == 3
    assert not chains(every(units(layout, 4, -2)), layout)
    assert not chains([x for x in every(plain) if x != between(plain[1], plain[2])], layout)
    wide = [Law(((Fraction(1), square(Part("A", ((i, i + 2), (0, 4))))),)) for i in range(4)]
    assert not chains(every(wide), layout)


def test_what_follows_is_held_against_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs that are believed of another model: states of this one say otherwise."""
    layout = Layout.of({"A": (4, 4), "B": (4, 4)})
    laws = every(units(layout, 4))
    monkeypatch.setattr(brackets, "MANY", 2)
    (chain,) = chains(laws, layout)

    def other(x=(4,), *, A=(4, 4), B=(4, 4)):  # type: ignore
        return A @ (B @ x) + A @ x

    assert _still(chain, *states(linear(4))) == set(chain.pairs.values())
    assert not _still(chain, *states(traced(other)))


def test_hundreds_of_laws_are_one_family(monkeypatch: pytest.MonkeyPatch) -> None:
    """24 (24 + 1)/2 laws, without a bound from above; beyond the limit those of the units alone."""
    found = discover(linear(24), seconds=0)
    assert [(w.text, len(w.laws), w.proved) for w in found.written] == [
        ("A.T @ A - B @ B.T", 300, 300)
    ] and found.lower == 300  # fmt: skip
    monkeypatch.setattr(polarised, "ENTRIES", 276 * 96 - 1)
    found = discover(linear(24), seconds=0)
    assert [w.text for w in found.written] == ["|A[:,i]|^2 - |B[i,:]|^2 for each i"]
    said = [x for x in found.notes if x.startswith("entries off the diagonal")]
    assert len(said) == 1 and "276 more laws" in said[0] and "would take" in said[0]


def test_more_units_than_they_have_entries() -> None:
    """Of S (A.T, B), S symmetric of 50 rows and (A.T, B) of 6 columns, 50 * 6 - 6 * 5 / 2 are
    independent; the family is whole all the same.
    """

    def two(x=(3,), *, A=(3, 50), B=(50, 3)):  # type: ignore
        return A @ (B @ x)

    found = discover(traced(two))
    assert [(w.text, len(w.laws), w.proved) for w in found.written] == [
        ("A.T @ A - B @ B.T", 1275, 1275)
    ]  # fmt: skip
    assert found.lower == found.upper == 285
