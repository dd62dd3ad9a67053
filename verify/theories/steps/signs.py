"""What terms of a certificate are by the look of them: not negative, positive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
        case ["^", inner, _]:
            return positive(inner, letters)
        case ["at", str(name)] if letters[name]["role"] == "let":
            return not_negative(letters[name]["is"], letters)
        case ["at", str(name), *_]:
            return positive(t, letters) or letters[name]["role"] == "root"
    return False


def positive(t: Any, letters: Mapping[str, Any], not_zero: Collection[str] = ()) -> bool:
    """Sums of what is not negative with something positive in it; products and powers; of what is
    known not to be 0 even ones.
    """
    match t:
        case str():
            return Fraction(t) > 0
        case ["+", *parts]:
            every = all(not_negative(x, letters) for x in parts)
            return every and any(positive(x, letters, not_zero) for x in parts)
        case ["*", *parts]:
            return all(positive(x, letters, not_zero) for x in parts)
        case ["^", ["at", str(name), *_], str(e)] if Fraction(e) % 2 == 0:
            known = letters[name].get("sign") in (">", "!=") or repr(t[1]) in not_zero
            return known or letters[name]["role"] == "exp"
        case ["^", inner, _]:
            return positive(inner, letters, not_zero)
        case ["at", str(name)] if letters[name]["role"] == "let":
            return positive(letters[name]["is"], letters, not_zero)
        case ["at", str(name), *_]:
            return letters[name].get("sign") == ">" or letters[name]["role"] == "exp"
    return False
