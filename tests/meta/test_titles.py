"""A title is a name. What a claim says is its sentence, and that is what `verify list` prints.

The kind: a title promises more than the sentence states ("converges", "the only", "for ever",
"whatever the depth"). A stranger reads titles in lists, in LaTeX, in a test's name. So the list is
closed: a title may use a word of scope only if the sentence, written from the objects of the claim,
has that scope. To the kind belong synonyms (whenever, no matter, alone), false promises of one
direction ("exactly where"), verbs of limits (tends, converges, vanishes, decays), and superlatives.
"""

from __future__ import annotations

import re

import pytest

from proofs import CLAIMS
from verify.report.stated import listed, sentence, setting

#: words of scope, with what the sentence must say where a title uses one
SCOPE = {
    "all": ("every", "for each", "any"),
    "every": ("every", "for each", "any"),
    "each": ("every", "for each", "_l", "_k", "_i"),
    "any": ("every", "for each", "any"),
    "everywhere": ("every",),
    "whatever": ("every", "any"),
    "whenever": ("every", "any"),
    "always": ("for as long as",),
    "never": ("for as long as",),
    "ever": ("for ever",),
    "forever": ("for ever",),
    "only": ("exactly where", "at most one"),
    "alone": ("exactly where", "at most one"),
    "exactly": ("exactly",),
    "iff": ("exactly",),
    "unique": ("exactly one", "at most one"),
    "uniquely": ("exactly one", "at most one"),
    "none": ("there is no",),
    "nothing": ("there is no",),
    "cannot": ("there is no",),
    "converges": ("converges",),
    "converge": ("converges",),
    "tends": ("->", "tends"),
    "vanishes": ("->", "= 0"),
    "vanish": ("->", "= 0"),
    "decays": ("e^(", "decays"),
    "decay exponentially": ("e^(", "decays"),
    "grows": ("grows", "->"),
    "conserved": ("is constant", "is conserved"),
    "conserves": ("is constant", "is conserved"),
    "constant along": ("is constant",),
    "optimal": ("min of",),
    "least": ("min of", ">=", "min"),
    "minimum": ("min of", ">=", "min"),
    "smallest": ("min of", ">="),
    "largest": ("max of", "<="),
    "no matter": ("every", "any"),
    "independent of": ("every", "any"),
    "if and only if": ("exactly",),
    "regardless": ("every", "any"),
    "almost": ("outside the zeros",),
    "globally": ("every",),
    "stays": ("for as long as", "up to the horizon"),
    "stay": ("for as long as", "up to the horizon"),
    "must": ("every",),
    "guarantees": ("every",),
    "implies": ("implies",),
    "is false": ("false",),
    "true": ("true",),
}


def promised(title: str, said: str) -> list[str]:
    """Words of scope in a title that the sentence does not have."""
    words = [
        w for w in SCOPE if re.search(rf"(?<![A-Za-z]){re.escape(w)}(?![A-Za-z])", title.lower())
    ]
    return [w for w in words if not any(s in said for s in SCOPE[w])]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.id)
def test_a_title_promises_nothing(claim) -> None:
    assert not promised(claim.title, f"{sentence(claim)} {setting(claim)}"), claim.title


PROMISES = {
    "matrix completion: the determinant stays positive, so the free entry grows without bound": (
        "razin-cohen-rate"
    ),
    "the direction tends to S_W^-1 m, whatever the depth": "lda-gd-order",
    "signs and zeros of w are kept for ever, and only then": "quasi-norm",
    "the regularising flow converges": "dln-regflow",
    "the unique minimum": "quasi-norm",
    "from every start": "bah-convergence",
    "exactly where mu = 0": "quasi-norm",
}


@pytest.mark.parametrize("title", PROMISES)
def test_the_list_finds_promises(title: str) -> None:
    (claim,) = [c for c in CLAIMS if c.id == PROMISES[title]]
    assert promised(title, sentence(claim))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.id)
def test_the_list_prints_the_sentence(claim) -> None:
    """The first conclusion whole, the hypotheses, starts and sizes where they belong to it; the
    title in quotes, at the end.
    """
    text = listed(claim)
    shown = [c.render() for c in claim.concluding.values()]
    assert (
        shown[0] in text
        and all(h.prose() in text for h in claim.assuming)
        and text.endswith(f'"{claim.title}"')
    )
    left = sum(s not in text for s in shown)
    assert (f"; and {left} more" in text) is bool(left)
    if claim.setting.kind == "trajectories":
        assert (
            all(label in text for label in claim.setting.starts)
            and str(claim.setting.horizon) in text
        )
    if claim.setting.kind == "action":
        assert all(case.title() in text for case in claim.setting.cases)
