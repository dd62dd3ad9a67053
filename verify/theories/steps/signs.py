"""What terms of a certificate are by the look of them: not negative, positive."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any


def not_negative(t: Any, letters: Mapping[str, Any]) -> bool:
    """Sums and products of even powers and of what is positive."""
    match t:
        case str():
            return not t.startswith("-")
        case ["+" | "*", *parts]:
            return all(not_negative(x, letters) for x in parts)
        case ["^", inner, str(e)]:
            return Fraction(e) % 2 == 0 or not_negative(inner, letters)
        case ["at", str(name), *_]:
            return positive(t, letters) or letters[name]["role"] == "root"
    return False


def positive(t: Any, letters: Mapping[str, Any]) -> bool:
    """Sums of what is not negative with something positive in it; products and powers."""
    match t:
        case str():
            return Fraction(t) > 0
        case ["+", *parts]:
            every = all(not_negative(x, letters) for x in parts)
            return every and any(positive(x, letters) for x in parts)
        case ["*", *parts]:
            return all(positive(x, letters) for x in parts)
        case ["^", ["at", str(name), *_], str(e)] if Fraction(e) % 2 == 0:
            return letters[name].get("sign") in (">", "!=") or letters[name]["role"] == "exp"
        case ["^", inner, _]:
            return positive(inner, letters)
        case ["at", str(name), *_]:
            return letters[name].get("sign") == ">" or letters[name]["role"] == "exp"
    return False
