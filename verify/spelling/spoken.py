r"""A sentence of ours is written once, as text with LaTeX between ``\(`` and ``\)``; plain text is
read from it.
"""

from __future__ import annotations

import re

#: in this order; a command that is not here is read by its name
_READ = (
    (r"\\[()]", ""),
    (r"\\,", " "),
    (r"\\dot(?!s) ?\\?(\w+)", r"\1'"),
    (r"\\(?:operatorname|mathrm)\{(\w+)\}", r"\1"),
    (r"\\tfrac\{d\}\{dt\}", "d/dt"),
    (r"\\lVert ?| ?\\rVert", "||"),
    (r"\\langle ?", "<"),
    (r" ?\\rangle", ">"),
    (r"\\c?dots\b", "..."),
    (r"\\le\b", "<="),
    (r"\\ge\b", ">="),
    (r"\\ne\b", "!="),
    (r"\\nabla\b", "grad"),
    (r"\\ell(?![a-z])", "l"),
    (r'\\"o', "oe"),
    (r"\\var(?=[a-z])", ""),
    (r"\\(?=[a-z])", ""),
    (r"\^\{\*\}", "*"),
    (r"\^\{top\} ?", "'"),
    (r"([_^])\{(-?\w)\}", r"\1\2"),
    (r"([_^])\{([^{}]*)\}", r"\1(\2)"),
)


def spoken(text: str) -> str:
    r"""The same without LaTeX.

    >>> spoken(r"\(\dot\theta = 0\), \(W_{k+1}^{*} \ne 0\) for \(k \le N\)")
    "theta' = 0, W_(k+1)* != 0 for k <= N"
    """
    for pattern, instead in _READ:
        text = re.sub(pattern, instead, text)
    return text
