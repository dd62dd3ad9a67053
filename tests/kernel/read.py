"""Certificates written by hand, and what the kernel says of them."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from tests.answers import answer

HERE = Path(__file__).parent
CERTIFICATES = sorted((HERE / "certificates").glob("*.json"))


@cache
def text(name: str) -> str:
    return (HERE / "certificates" / f"{name}.json").read_text()


def certificate(name: str) -> dict[str, Any]:
    return deepcopy(json.loads(text(name)))


def proves(data: object, says: str) -> None:
    """It is accepted, and the sentence says so."""
    code, said = answer(data)
    assert code == 0 and says in said, said


def refuses(data: object, why: str) -> None:
    """It is refused for this reason."""
    code, said = answer(data)
    assert code == 1 and why in said, said
