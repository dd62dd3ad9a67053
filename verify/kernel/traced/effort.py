"""What is done at most for one traced model, and what the reader does not know."""

from typing import ClassVar

from verify.kernel.limits import Refused

#: limits beyond those of ``verify.kernel.limits``
TRACED = {
    "parameters": 64,  # of a count
    "coordinates": 5_000,  # of all tensors and inputs
    "axes": 8,
    "entries": 100_000,  # of all nodes
    "products": 300_000,  # of all definitions
    "degree": 64,  # of a product in a law
    "rewritten": 10_000_000,  # factors of products that are rewritten or compared
    "expanded": 60_000,  # products of one polynomial
    "eliminated": 10_000_000,  # entries of rows
    "brackets": 4,  # infinitesimals of a count
    "multiplications": 20_000_000,  # of a count
    "motions": 5_000_000,  # entries of all brackets of motions of the outputs
    "tried": 20_000_000,  # variables, at all points modulo the prime
    "enclosed": 10_000_000,  # products, at all points
}


class Beyond(Refused):
    """A model that may be as it is said, and that is more than this reader counts."""


def known(condition: object, reason: str) -> None:
    """Beyond, unless the condition holds."""
    if not condition:
        raise Beyond(reason)


class Effort:
    """Work done for the certificate that is read."""

    done: ClassVar[dict[str, int]] = {}

    @classmethod
    def begin(cls) -> None:
        """For the next certificate."""
        cls.done = {}

    @classmethod
    def spend(cls, what: str, amount: int) -> None:
        """Refuse beyond the table, before the work is done."""
        cls.done[what] = cls.done.get(what, 0) + amount
        if cls.done[what] > TRACED[what]:
            raise Beyond(f"more than {TRACED[what]} {what}")
