"""What is read at most, and what a refusal is."""

TYPE_CHECKING = False  # that of typing, which costs more than it is worth here
if TYPE_CHECKING:
    from typing import Any as Any
    from typing import Self as Self
    from typing import TypeVar

    T = TypeVar("T")
else:
    Any = Self = T = object

#: the only table of limits; whoever writes certificates reads it from here
LIMITS = {
    "bytes": 1 << 20,  # of a file
    "nesting": 60,  # of its JSON
    "nodes": 100_000,  # entries of its JSON
    "name": 31,  # letters of a name
    "digits": 60,  # of a numerator or a denominator that is written
    "bits": 4000,  # of one that is computed
    "integer": 9,  # digits of a whole number without quotes
    "power": 64,  # a whole exponent that is multiplied out
    "exponent": 1000,  # numerator or denominator of an exponent
    "size": 12,  # of an integer, a set, a member of a family at a point
    "values": 50_000,  # values that are computed at a point
    "monomials": 20_000,  # of one polynomial
    "bound": 12,  # indices bound in one monomial
    "factors": 40,  # of one monomial, letters of a word
    "work": 20_000,  # monomials that are formed, each by its length
    "declared": 100,  # letters, hypotheses, steps, conclusions: of each
}


class NotACertificate(Exception):
    """Not JSON, not an object, or without this format and version."""


class Refused(Exception):
    """What does not hold, is not understood, or is beyond the limits; the reason in words."""


class At:
    """A refusal of what is read inside ``with At(what)`` says where it is."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, Refused):
            error.args = (f"{self.what}: {error}",)


def need(condition: object, reason: str) -> None:
    """Refuse, unless the condition holds."""
    if not condition:
        raise Refused(reason)


def limited(amount: int, what: str) -> None:
    """Refuse more of something than the table says."""
    need(amount <= LIMITS[what], f"more than {LIMITS[what]} {what}")


class Work:
    """What was done for the certificate that is read: work on monomials, values at its point."""

    done = dict.fromkeys(("work", "values"), 0)

    @classmethod
    def spend(cls, what: str, amount: int = 1) -> None:
        """So much more of it, at most what the table says."""
        cls.done[what] += amount
        limited(cls.done[what], what)

    @classmethod
    def begin(cls) -> None:
        cls.done = dict.fromkeys(cls.done, 0)
