"""What stands around the laws in a file of claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import count
from keyword import iskeyword

TAKEN = {"Claim", "Conserved", "Declared", "Fraction", "Index", "Nearby", "Source", "Sum",
         "constant", "gate", "loss", "parameter", "CLAIMS", "SETTING"}  # fmt: skip
HEAD = '''"""What gradient flow conserves, for every size: {title}.

Found at {shapes}; verify claim THIS_FILE decides it for every size.{rest}
"""

from fractions import Fraction

from verify import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, gate, loss, parameter
from verify.terms.indices import Index, Sum

__all__ = ["CLAIMS", "Fraction", "Sum", "constant", "gate"]
'''


def claim(named: str, kept: list[tuple[int, tuple[str, tuple[str, str]]]], title: str) -> list[str]:
    """The lines of a claim of these laws, each with its number, its text, itself and a near one."""
    rows = [f'        "law{k}": Conserved({x}),  # {t}' for k, (t, (x, _)) in kept]
    what = "factor 11/10 on the first tensor"
    near = [f'        Nearby("law{k}", Conserved({x}), "{what}"),' for k, (_, (_, x)) in kept]
    return [
            "    Claim(", f'        id="{named}",',
            f'        title="what {plain(title)} conserves",', "        setting=SETTING,",
            "        assuming=(),",
            "        concluding={", *(f"    {x}" for x in rows), "        },",
            "        experiments=(", *(f"    {x}" for x in near), "        ),",
            '        source=Source.own("verify discover"),', "    ),",
    ]  # fmt: skip


def plain(title: str) -> str:
    """Words that can stand in quotes."""
    return re.sub("[^A-Za-z0-9 .,:_-]+", " ", title)


def lettered(names: Sequence[str], taken: Callable[[str], bool]) -> dict[str, str]:
    """A letter for each: its name where a letter can be called so, else what is left of it without
    signs, and more signs x where that is not enough.
    """
    free = lambda word: not (taken(word) or iskeyword(word) or word in TAKEN
                             or re.fullmatch("[isg][0-9]+", word))  # fmt: skip
    fit = lambda name: re.fullmatch("[A-Za-z][A-Za-z0-9]*", name) and free(name)
    found = {name: name for name in names if fit(name)}
    for name in names:
        if name not in found:
            stem = re.sub("^(?=[0-9]|$)", "w", re.sub("[^A-Za-z0-9]", "", name))
            options = (stem + "x" * n for n in count())
            found[name] = next(x for x in options if free(x) and x not in found.values())
    return {name: found[name] for name in names}
