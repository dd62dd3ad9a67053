"""Names that a sentence brings along: data of a loss, indices, constants that are > 0."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from verify.exact.errors import BadInput
from verify.exact.limits import is_word, up_to

if TYPE_CHECKING:
    from verify.terms.expr import Expr

#: numbers that the flow itself is written with: no index and no datum is called so
NUMBERS = frozenset({"L", "n", "eta", "kappa"})
_MATRICES = frozenset({"S_B", "S_W", "V"})
_NAME = "(?![uPRwgqVJ][0-9]+$)[A-Za-z][A-Za-z0-9_]*"


def data_of_the_loss(expressions: Iterable[Expr], taken: frozenset[str]) -> None:
    """One name is a matrix or a vector, and reads as nothing else of the sentence.

    ``taken``: letters and words of sentences. Raises BadInput.
    """
    nodes = [x for e in expressions for x in e.walk()]
    others = {x.args[0] for x in nodes if x.head == "const"} | NUMBERS
    others |= {i for x in nodes if x.head == "at" for i in x.args[1:] if isinstance(i, str)}
    kinds: dict[str, str] = {}
    for kind, name in (x.args for x in nodes if x.head == "form"):
        own = name in _MATRICES if kind == "quad" else False
        fits = own or (
            is_word(_NAME, name) and not {name, name.replace("_", "")} & (taken | others)
        )
        if not fits or kinds.setdefault(name, kind) != kind:
            raise BadInput(
                f"{'matrix' if kind == 'quad' else 'vector'} {name!r} of the"
                " loss; expected a name of its own, such as S_B for a matrix and m for a vector,"
                " which no constant, index, letter or word of the sentence has,"
                f" {up_to('name', 'letters')}"
            )


def is_index(name: str, taken: frozenset[str]) -> bool:
    """Small letters that mean nothing else."""
    return is_word("[a-z]+", name) and name not in taken | NUMBERS


def positive_constants(names: Iterable[str], constants: Iterable[str]) -> None:
    """What is said to be > 0 is a constant of the claim. Raises BadInput."""
    if strange := {*names} - ({*constants} - {"N"}):
        raise BadInput(
            f"positive = {sorted(strange)}; expected constants that occur in the claim: const('r')"
        )
