"""Given sizes, and what the relations of a sentence say of its letters there: for the gate and for
every derivation entry by entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from verify.models.layers import sides
from verify.terms.affine import k
from verify.terms.matrices import Mat
from verify.terms.relation import Equal
from verify.theories.words.roles import closure

if TYPE_CHECKING:
    from verify.claims.conclusions.of_matrices import Obligation
    from verify.claims.hypotheses.matrices import Holds
    from verify.models.matrices import Matrices

#: a mark as two bits: transposed, conjugated
MARK_BITS = {"": (False, False), "H": (True, True), "T": (True, False), "C": (False, True)}
_BALANCE = Equal(*sides(k), 1, 1)


class Beyond(Exception):
    """The expression cannot be worked out entry by entry at these sizes; the message says why."""


@dataclass(frozen=True)
class Sizes:
    """d_0, .., d_N and the sizes that letters name themselves (2 where nothing is said)."""

    d: tuple[int, ...]
    own: Mapping[str, int] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        return len(self.d) - 1

    def of(self, text: str, at: int | None) -> int:
        """What "k", "k-1", "0", "N" or a name stands for."""
        if text in ("k", "k-1"):
            assert at is not None
            return self.d[at - (text == "k-1")]
        if text in ("0", "N"):
            return self.d[0 if text == "0" else -1]
        return self.own.get(text, 2)


@dataclass
class Sorted:
    """Relations by what they are good for."""

    defined: dict[str, Mat] = field(default_factory=dict)
    mirrored: dict[str, int] = field(default_factory=dict)
    balance: bool = False


def sort(setting: Matrices, assuming: tuple[Holds, ...], obligation: Obligation) -> Sorted:
    """Raises Beyond for a relation with which nothing is known to do."""
    found = Sorted()
    found.mirrored = {
        n: 1 for n, x in setting.theory().letters.items() if x.form in ("hermitian", "positive")
    }
    named = chain(
        setting.definitions.values(), (h.equations for h in assuming), obligation.given.values()
    )
    for equation in chain.from_iterable(named):
        _place(found, equation)
    for name in found.defined:
        found.mirrored.pop(name, None)
    return found


def _place(found: Sorted, e: Equal) -> None:
    if (e.left, e.right) == (_BALANCE.left, _BALANCE.right):
        found.balance = True
        return
    for letter, other in ((e.right, e.left), (e.left, e.right)):
        if letter.head != "letter" or letter.args[0] in found.defined:
            continue
        name = letter.args[0]
        sign = {letter.H: 1, -letter.H: -1}.get(other)
        if sign:
            found.mirrored[name] = sign
            return
        if name not in ("W", "A", "B", "X", "P") and name not in closure(
            other.letters(), found.defined
        ):
            found.defined[name] = other
            return
    negative = -e.right if e.left.head == "mark" else -e.left
    mark = e.left if e.left.head == "mark" else e.right
    if (
        mark.head == "mark"
        and mark.args[0] == "H"
        and negative.head == "*"
        and negative.args[1] == -mark.args[1]
    ):
        found.mirrored[mark.args[1].args[0]] = -1
        return
    raise Beyond("a relation that no parametrisation is known for")
