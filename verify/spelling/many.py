"""One and several: a count before a noun."""

from __future__ import annotations


def many(count: int, one: str, more: str = "") -> str:
    """A count with its noun.

    >>> many(1, "exact instance"), many(2, "exact instance"), many(0, "identity", "identities")
    ('1 exact instance', '2 exact instances', '0 identities')
    """
    return f"{count} {one if count == 1 else more or one + 's'}"
