"""A second reading of laws that are proved by weights: their rates along gradients of random losses
at random points modulo the prime, by the operations of draws, which know nothing of weights.

A rate that is not 0 is a polynomial over another one, whose degrees are counted; it vanishes at a
random point with a probability of at most degree / prime (Schwartz, Zippel). Of a model with
activation patterns that is said of the pieces that were drawn, one for each point.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from verify.discover.bounding import searching
from verify.discover.degrees import degrees
from verify.discover.flows import GRADIENT
from verify.discover.laws.atoms import Law
from verify.discover.laws.forms import along
from verify.discover.laws.layout import Layout
from verify.discover.laws.search import FEW
from verify.discover.records import Discovery
from verify.exact.errors import EnginesDisagree, NoValue
from verify.spelling.many import many
from verify.trace.jets import NoRoot
from verify.trace.prime import PRIMES

POINTS = 3  #: of a model without patterns; else as many as decide a proposal


def read_again(made: Discovery, laws: Collection[Law]) -> None:
    """One of the notes says how surely they hold. Raises EnginesDisagree where one does not."""
    if not laws:
        return
    sampler, layout = searching(made, GRADIENT), Layout.of(made.graph.params)
    points = FEW if sampler.rules.patterns or sampler.rules.branches else POINTS
    said = f"{many(len(laws), 'law')} proved by weights"
    try:
        theta, fields = replace(sampler, seed=made.seed + 7).fields(points)
    except (NoValue, NoRoot) as why:
        made.notes.append(f"{said}, read once: {why}")
        return
    for law in laws:
        if along(law.form(layout), theta, fields).any():
            raise EnginesDisagree(f"a law that weights prove changes at a point modulo {PRIMES[0]}")
    made.notes.append(f"{said}, read again at {points} points modulo {PRIMES[0]}{_surely(made)}")


def _surely(made: Discovery) -> str:
    """Along a gradient whose slope is drawn: P' Q - P Q' over Q^2, times a law's of degree 1."""
    found = degrees(made.graph, pieces=True)
    if found is None:
        return ""
    chance = min(1.0, (sum(found) + 2) / PRIMES[0])
    if degrees(made.graph) is None:
        return (f", each with a pattern of its own: what is false in one is not seen there with"
                f" probability at most {chance:.0e}")  # fmt: skip
    return f": a false one is not seen with probability at most {chance**POINTS:.0e}"
