"""How a conclusion is told that is about all times, or by a lemma."""

from __future__ import annotations

from verify.kernel.facts import Fact
from verify.kernel.lemmas import LEMMAS
from verify.theories.steps.spelled import Script

APART = ("not-exponential", *LEMMAS)


def ending(found: Fact, script: Script, why: str) -> str:
    """Of a kind of APART: what is said, and by what."""
    first, *more = map(script.term, found.terms)
    if found.rule == "not-exponential":
        return f"no exponential bounds {first}: times {more[0]} it is {more[1]}, by {why}"
    if found.rule == "settles":
        return (
            f"the sum of all squares moves at the rate of {first}, times minus {more[0]}, by {why};"
            " so every solution is bounded, exists for ever and, in the gradient flow of a"
            f" polynomial, converges to a critical point (Lojasiewicz), and there {first} is 0"
        )
    root, product, _ = more
    return (
        f"where that is so the sum of the squares of all layers is {first} times the trace of"
        f" {root}, by {why}; it depends on {product} alone, as {root} is the one root that is not"
        f" negative; layers with the product {product} whose sum is the least are such, as the sum"
        f" does not fall along the group, which keeps {product}; all of these have it, no others"
    )
