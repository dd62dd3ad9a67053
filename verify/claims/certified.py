"""A certificate as its independent reader reads it: nothing else is kept, printed or written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import ModuleType
from typing import Any

from verify import check
from verify.kernel.certificate import verified
from verify.kernel.limits import NotACertificate, Refused


@dataclass(frozen=True)
class Certified:
    """A certificate as its reader read it; ``refusal`` says why it did not accept it, and then it
    certifies nothing. ``steps`` counts those that the kernel has checked one by one; ``path`` is
    where the file is kept.
    """

    body: dict[str, Any]
    text: str
    statement: str = ""
    refusal: str = ""
    steps: int = 0
    path: str = ""

    @property
    def sha256(self) -> str:
        return sha256(self.text.encode()).hexdigest()


def read(made: Mapping[str, Any], reader: ModuleType | None = None) -> Certified:
    """As its independent reader (check.py, if none is given) reads it from the bytes that are
    stored: that object is the one kept.
    """
    by = reader or check
    text = text_of(made)
    body = json.loads(text)
    try:
        return Certified(body, text, by.check(by.load(text.encode())))
    except (by.Refused, by.NotACertificate) as refusal:
        return Certified(body, text, refusal=str(refusal))


def bytes_of(made: Mapping[str, Any]) -> bytes:
    """A certificate with steps as it is stored; the order of its letters and steps is part of
    it.
    """
    return (json.dumps(made, separators=(",", ":")) + "\n").encode()


def reread_steps(content: bytes) -> Certified:
    """A certificate with steps, as the kernel reads it from these bytes."""
    text = content.decode()
    try:
        said = verified(content)
        return Certified(json.loads(text), text, said)
    except (Refused, NotACertificate) as refusal:
        return Certified({}, text, refusal=str(refusal))


def text_of(body: Mapping[str, Any]) -> str:
    """The bytes that are written and hashed."""
    return json.dumps(body, indent=1, ensure_ascii=True, sort_keys=True) + "\n"
