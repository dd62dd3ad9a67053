"""For every place of every certificate: a change alters the sentence or is refused.

Where it does neither it only puts entries in another order (uses, cofactors that commute). What is
accepted with another sentence was read: other instances, other names, the same terms otherwise.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any

import pytest

from tests.kernel.mutants import mutant
from tests.kernel.read import CERTIFICATES, answer, certificate


def leaves(data: Any) -> list[str]:
    if isinstance(data, dict):
        return sorted(x for k, v in data.items() for x in [repr(k), *leaves(v)])
    if isinstance(data, list):
        return sorted(x for v in data for x in leaves(v))
    return [repr(data)]


@pytest.mark.parametrize("name", [p.stem for p in CERTIFICATES])
def test_a_change_alters_the_sentence_or_is_refused(name: str, tail: Fraction) -> None:
    data = certificate(name)
    said, silent = answer(data)[1], []
    for seed in range(ceil(600 * max(tail, Fraction(1, 40)))):
        path, changed = mutant(data, seed)
        if changed == data:
            continue
        code, now = answer(changed)
        assert "not understood" not in now, (path, now)
        if code == 0 and now == said and leaves(changed) != leaves(data):
            silent.append(path)
    assert silent == []
