"""Every forgery is refused, and for the reason that belongs to it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.kernel.forgeries import FORGERIES
from tests.kernel.read import answer


@pytest.mark.parametrize(("data", "why"), [f[1:] for f in FORGERIES], ids=[f[0] for f in FORGERIES])
def test_it_is_refused_for_its_reason(data: Any, why: str) -> None:
    code, said = answer(data)
    assert code == 1 and re.search(why, said), said
