"""What the kernel says of a certificate, without a process of its own."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from verify.kernel.certificate import verified
from verify.kernel.limits import NotACertificate, Refused

HERE = Path(__file__).parent
CERTIFICATES = sorted((HERE / "certificates").glob("*.json"))


@cache
def text(name: str) -> str:
    return (HERE / "certificates" / f"{name}.json").read_text()


def certificate(name: str) -> dict[str, Any]:
    return deepcopy(json.loads(text(name)))


def answer(data: object) -> tuple[int, str]:
    """(0, sentence), (1, reason) or (2, reason); whatever else is raised is a failure."""
    try:
        return 0, verified(json.dumps(data).encode())
    except Refused as error:
        return 1, str(error)
    except NotACertificate as error:
        return 2, str(error)


def proves(data: object, says: str) -> None:
    """It is accepted, and the sentence says so."""
    code, said = answer(data)
    assert code == 0 and says in said, said


def refuses(data: object, why: str) -> None:
    """It is refused for this reason."""
    code, said = answer(data)
    assert code == 1 and why in said, said
