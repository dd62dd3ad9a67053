"""Roots of radicands that differ by a number that is no square: sqrt(3 z) is sqrt(3) times sqrt(z),
counted modulo primes that have a root of 3.

The kind: a model that is refused, or has no search, as it holds two norms of one vector (the root
of the sum of squares and of their mean); and the reverse, a root that is taken for another number,
or for a constant that may be anything, so that laws are lost.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np
import pytest

from tests.discover.test_in_doubles import in_doubles
from verify.discover.certificate import asked
from verify.discover.discovery import discover
from verify.discover.given import judged
from verify.discover.house import shaped
from verify.discover.one_root import primes_of, surd
from verify.trace.functions import rms_norm
from verify.trace.graph import Graph
from verify.trace.prime import PRIMES, Field, has_roots, primes_with_roots
from verify.trace.trace import traced

FACTORS = [Fraction(x) for x in ("2", "3", "5", "6", "3/5", "12", "7/50", "210")]


def beside(c: Fraction, f: Any = lambda r: r) -> Graph:
    """u f(sqrt(c z)) + v f(sqrt(z))."""
    n, d = c.numerator, c.denominator

    def body(x: Any, *, u: Any, v: Any, w: Any) -> Any:
        z = 1 + (w @ x) ** 2
        return u * f(np.sqrt(z * n / d)) + v * f(np.sqrt(z))

    return traced(shaped(body, {"x": (2,)}, {"u": (), "v": (), "w": (2,)}))


@pytest.mark.parametrize("c", FACTORS)
def test_one_law_of_two_roots_is_counted(c: Fraction) -> None:
    """u - sqrt(c) v, which no fraction writes: it is said to be missing."""
    d = discover(beside(c))
    assert (d.upper, d.lower, d.complete) == (1, 0, False)
    assert any(f"sqrt({x})" in d.notes[-1] for x in (surd(c) or (1, ()))[1])
    assert all(has_roots(p, (surd(c) or (1, ()))[1]) for p in d.primes) and d.primes[1] != PRIMES[1]


@pytest.mark.parametrize("c", FACTORS)
def test_what_has_no_law_has_none(c: Fraction) -> None:
    """The squares differ by c, the roots are no multiples once 1 is added."""
    graph = beside(c, lambda r: 1 / (1 + r))
    d = discover(graph)
    assert d.upper == 0 == graph.parameters - in_doubles(graph, 1)


@pytest.mark.parametrize("c", FACTORS[:4])
def test_products_of_roots_are_known(c: Fraction) -> None:
    """u sqrt(c z) sqrt(z) sqrt(c z) + v z sqrt(z): u - c v."""
    n = c.numerator

    def body(x: Any, *, u: Any, v: Any, w: Any) -> Any:
        z = 1 + (w @ x) ** 2
        return u * np.sqrt(n * z) * np.sqrt(z) * np.sqrt(n * z) + v * z * np.sqrt(z)

    graph = traced(shaped(body, {"x": (2,)}, {"u": (), "v": (), "w": (2,)}))
    d = discover(graph)
    assert d.complete and [w.text for w in d.written] == [f"u - {n} v"]
    assert judged(graph, f"u - {n} v").verdict == "PROVED"
    assert judged(graph, f"u - {n + 1} v").verdict == "REFUTED"


@pytest.mark.parametrize("size", (2, 3, 4, 5))
def test_two_norms_of_one_vector(size: int) -> None:
    """Sum and mean of squares differ by the size: |B|^2 is conserved, and nothing else."""

    def model(x: Any, *, A: Any, B: Any) -> Any:
        z = B @ x
        return A @ (z / np.sqrt(np.sum(z * z)) + rms_norm(z) ** 3)

    d = discover(traced(shaped(model, {"x": (2,)}, {"A": (1, size), "B": (size, 2)})))
    assert d.complete and [w.text for w in d.written] == ["|B|^2"], d.notes
    kernel = asked(d)
    assert kernel.laws == 1 and kernel.sentence and not kernel.refused
    assert kernel.counts == (isqrt(size) ** 2 == size)


@pytest.mark.parametrize("c", [*FACTORS, Fraction(9, 4), Fraction(1)])
def test_the_residue_is_the_root(c: Fraction) -> None:
    root = surd(c)
    assert root is not None and root[0] > 0
    for p in primes_with_roots(frozenset(root[1])):
        made = Field(p).surd(*root)
        assert made * made * c.denominator % p == c.numerator % p


@pytest.mark.parametrize("f", (lambda r: np.abs(r - 2), lambda r: np.log(r + 1), np.tanh))
def test_below_functions_and_patterns(f: Any) -> None:
    """No more laws than there are; the search takes the root for any number."""
    graph = beside(Fraction(3), f)
    d, most = discover(graph), graph.parameters - in_doubles(graph, 2)
    if f is np.tanh:  # exponents that are related by the root of 3, which is no fraction
        assert d.upper is None and "small fractions" in d.notes[0]
    else:
        assert d.upper == most == d.lower, d.notes


def test_the_number_e_is_named() -> None:
    """u e^(z + 1) + v e^z conserves u - e v."""
    graph = traced(shaped(lambda x, *, u, v, w: u * np.exp(w * x + 1) + v * np.exp(w * x),
                          {"x": ()}, {"u": (), "v": (), "w": ()}))  # fmt: skip
    d = discover(graph)
    assert (d.upper, d.lower) == (1, 0) and "a power of e" in d.notes[-1]


def test_of_other_numbers_there_is_none() -> None:
    assert surd(Fraction(-2)) is None and surd(Fraction(0)) is None
    assert primes_with_roots(frozenset()) == PRIMES == primes_of(beside(Fraction(4)))


def test_a_root_that_is_a_fraction_modulo_the_prime_alone_makes_no_law() -> None:
    """256 is a fourth root of 2 modulo the first prime, and of no number that anyone trains."""

    def body(z: Any, *, u: Any, v: Any) -> Any:
        return u * np.sqrt(np.sqrt(2 + 2 * z**2)) + v * np.sqrt(np.sqrt(1 + z**2))

    d = discover(traced(shaped(body, {"z": ()}, {"u": (), "v": ()})))
    assert pow(256, 4, PRIMES[0]) == 2
    assert (d.lower, d.written, d.complete) == (0, (), False)
