"""For every place of every certificate: a change alters the sentence or is refused.

Where it does neither it only puts entries in another order (uses, cofactors that commute). What is
accepted with another sentence was read: other instances, other names, the same terms otherwise.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest

from tests.kernel.mutants import silent
from tests.kernel.read import CERTIFICATES, certificate


@pytest.mark.parametrize("name", [p.stem for p in CERTIFICATES])
def test_a_change_alters_the_sentence_or_is_refused(name: str, tail: Fraction) -> None:
    assert silent(certificate(name), ceil(600 * max(tail, Fraction(1, 40)))) == []
