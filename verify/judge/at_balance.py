"""The law that a scale-invariant loss adds at balance: a sum of powers 2/degree of what the model
puts out, equal there to a norm of its letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from verify.claims.claim import Claim
from verify.judge.every_size import Judged, quasi_norm, root_of_product
from verify.judge.model_settings import Setting
from verify.spelling.notation import name as spelt
from verify.terms.array_words import words
from verify.theories.symmetries.candidates import Balanced, Candidates


def balanced_law(
    found: Candidates, setting: Setting | None, claims: Sequence[Claim]
) -> tuple[dict[str, Any], Judged | None]:
    """The law as data, and what the judge says of it for every size."""
    at = found.balanced
    assert at is not None
    if at.equal is not None:
        said = None if setting is None else root_of_product(setting, claims)
        return _of_a_product(found, at), said
    return _of_entries(found, at), None if setting is None else quasi_norm(setting)


def _of_entries(found: Candidates, at: Balanced) -> dict[str, Any]:
    output, g = found.model.output, found.model.gradient
    vector = g.columns == 1 and not g.index
    of = f"all {output}" if g.index else output
    over, one = (
        ("sum_i ", f"|{output}_i|") if vector else (f"sum over the entries z of {of} of ", "|z|")
    )
    degree = exponent(Fraction(2, at.degree))
    each = one if degree == "1" else f"{one}^{degree}"
    z = "z" if not vector else f"{spelt(output)}_{{i}}"
    below = "i" if vector else f"z \\text{{ in {of}}}"
    return {
        "law": over + each,
        "latex": f"\\sum_{{{below}}} |{z}|{_raised(degree)}",
        "where": "the factors of each entry have equal squares",
        "each": each,
        "as": f"the square of each factor is {each}",
        "from": words(at.of.array),
        "degree": degree,
    }


def _of_a_product(found: Candidates, at: Balanced) -> dict[str, Any]:
    assert at.equal is not None
    x, (letter,) = found.model.output, found.model.letters
    degree = exponent(Fraction(1, at.degree))
    power = "" if degree == "1" else f"^{degree}"
    last = f"{letter.name}_{letter.last}"
    return {
        "law": f"tr ({x} {x}^T){power}",
        "latex": f"\\operatorname{{tr}}\\,({x} {x}^{{T}}){_raised(degree)}",
        "where": f"{words(at.equal.array)} = 0 {at.equal.range()}".strip(),
        "as": f"{last} {last}^T is ({x} {x}^T)^(1/{letter.last})",
        "from": words(at.of.array),
        "degree": exponent(Fraction(2, at.degree)),
    }


def _raised(degree: str) -> str:
    return "" if degree == "1" else f"^{{{degree.strip('()')}}}"


def exponent(e: Fraction) -> str:
    """As it stands behind a power sign."""
    return str(e) if e.denominator == 1 else f"({e})"
