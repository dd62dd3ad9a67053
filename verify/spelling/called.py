"""Names that an author gave to starts and quantities, as they stand in a printed sentence.

A name states nothing, so none may read as a part of the sentence: a quantity called ``0 < x``
would make ``0 < x < 1`` of what was decided of x < 1, a start called ``every start`` a sentence
about all.
"""

from __future__ import annotations

import re

_FUNCTIONS = frozenset(
    "det min max sqrt exp log ln sin cos tan sinh cosh tanh abs tr rank norm sign".split()
)
_GREEK = frozenset(
    "alpha beta gamma delta epsilon eta theta kappa lambda lam mu nu xi rho sigma Sigma tau phi psi"
    " omega".split()
)


def in_quotes(name: str) -> str:
    """A label, always in quotes."""
    return repr(name)


def called(name: str) -> str:
    """A quantity's name: as it is where it is one word or reads as one formula, else in quotes.

    >>> called("det W"), called("w2/w1"), called("0 < x"), called("x for every start")
    ('det W', 'w2/w1', "'0 < x'", "'x for every start'")
    """
    bare = re.sub(r"_?\d+(,\d+)+|\[\d+(, ?\d+)*\]|(?<=[\w)|])'+", "", name)  # indices, derivatives
    words = {w for w in re.findall(r"[^\W\d_]+", bare) if len(w) > 1}
    plain = words <= _FUNCTIONS | _GREEK and not re.search(r"[^\w ()|+*/^.-]|\.\.|->", bare)
    one = re.fullmatch(r"\w+", bare)
    return name if one or plain else repr(name)
