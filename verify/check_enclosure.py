"""The independent reader of enclosures: ``python -I verify/check_enclosure.py FILE`` (0 accepted, 1 refused, 2 not a certificate)."""

from __future__ import annotations


class NotACertificate(Exception):
    """Not JSON, not an object, or without this format and version."""


class Refused(Exception):
    """A certificate that does not hold, or that cannot be verified within the limits."""


def check(data: object) -> str:
    """The statement that was verified, in words. Raises NotACertificate or Refused, nothing else."""
    raise NotImplementedError


def load(text: bytes) -> object:
    """JSON without duplicate keys, floats or huge integers. Raises NotACertificate or Refused."""
    raise NotImplementedError


def main(argv: list[str]) -> int:
    """0 if every file is accepted, otherwise the worst code."""
    raise NotImplementedError
