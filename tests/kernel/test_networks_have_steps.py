"""Drawn sentences about networks that are decided have steps, or a witness, that the kernel
accepts, but for three kinds of them.

The kind: a sentence that is decided and that the kernel is never asked about, without a reason.
"""

from __future__ import annotations

import pytest

from attack import languages
from attack.examine import built
from verify.exact.errors import NotGeneric
from verify.judge.parts import steps_of

#: what is missing of each; rows only go
WHY = (
    "y: D needs a motion in time",  # a rule of derivation, which holds whatever moves
    "P has no derivative along the motion",
    "g has no derivative along the motion",  # of a loss of which more is known than that
)
DRAWS, EACH = 120, 30


@pytest.mark.parametrize("part", range(DRAWS // EACH))
def test_what_is_drawn_has_steps_or_a_reason(part: int) -> None:
    """Of each part at least 8 of 10 that are decided have steps."""
    kind, have, decided = languages.of("sums"), 0, 0
    for k in range(part * EACH, (part + 1) * EACH):
        claim = built(kind.draw(languages.seeded("sums", 3, k)).source)
        for name, found in kind.judged(claim).outcomes.items():
            if found.verdict.name not in ("PROVED", "REFUTED"):
                continue
            decided, have = decided + 1, have + (found.steps is not None)
            if found.steps is None:
                write = steps_of(claim)
                assert write is not None
                with pytest.raises(NotGeneric) as gap:
                    write(name, found)
                assert any(x in str(gap.value) for x in WHY), str(gap.value)
    assert decided > 20 and have >= 0.8 * decided
