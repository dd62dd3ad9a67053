"""What stands around the laws in a file of claims."""

from __future__ import annotations

import re

HEAD = '''"""What gradient flow conserves, for every size: {title}.

Found at {shapes}; verify claim THIS_FILE decides it for every size.{rest}
"""

from fractions import Fraction

from verify import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, gate, loss, parameter
from verify.terms.indices import Index, Sum

__all__ = ["CLAIMS", "Fraction", "constant", "gate"]
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
