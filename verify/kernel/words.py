"""Words in matrix letters, and what may stand as a real factor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verify.kernel.affine import ZERO, Affine, Index, Same, Size, Symbol
from verify.kernel.letters import Letter
from verify.kernel.limits import LIMITS, Any, need

Values = Mapping[Symbol, Any]
Names = Mapping[Symbol, str]


class Power(Same):
    """A matrix letter at its indices, perhaps its conjugate transpose, to a natural power."""

    __slots__ = ("at", "letter", "power", "star")

    def __init__(self, letter: Letter, at: tuple[Affine, ...], star: bool, power: Affine) -> None:
        self.letter, self.at, self.power = letter, at, power
        self.star = star and not letter.hermitian
        super().__init__(letter, at, self.star, power)

    def alike(self, other: Power) -> bool:
        """The same but for the power."""
        return self.parts[:3] == other.parts[:3]

    def to(self, power: Affine) -> Power:
        """Another power of the same."""
        return Power(self.letter, self.at, self.star, power)

    def side(self) -> Size:
        """The size of its rows."""
        shape = self.letter.shape(self.at)
        assert shape is not None
        return shape[self.star]

    def spell(self, names: Names) -> str:
        """A key."""
        at = ",".join([a.spell(names) for a in self.at])
        return f"{self.letter.key}{'*' if self.star else ''}({at})^{self.power.spell(names)}"


Word = tuple[Power, ...]


def joined(letters: Iterable[Power]) -> Word:
    """Neighbours that are alike become one power; M^0 = I is left out."""
    found: list[Power] = []
    for x in letters:
        if found and found[-1].alike(x):
            x = x.to(found.pop().power + x.power)
        if x.power != ZERO:
            found.append(x)
    need(len(found) <= LIMITS["factors"], "a longer word than is read")
    return tuple(found)


def starred(word: Iterable[Power]) -> Word:
    """The conjugate transpose: reversed, each letter marked."""
    return tuple(Power(x.letter, x.at, not x.star, x.power) for x in reversed(tuple(word)))


def turns(word: Word) -> list[Word]:
    """All words with the same Re tr that are seen: cyclic turns of it and of its adjoint."""
    return [w[k:] + w[:k] for w in (word, starred(word)) for k in range(len(word))]


class Base(Same):
    """What may stand as a real factor: a letter, an integer or index as a number, Re tr of a word,
    the number |s| of a size, or [a = 0].
    """

    __slots__ = ("at", "head", "size", "word")

    def __init__(
        self,
        head: Symbol | None = None,
        at: tuple[Affine, ...] = (),
        word: Word = (),
        size: Size | None = None,
    ) -> None:
        super().__init__(head, at, word, size)
        self.head, self.at, self.word, self.size = head, at, word, size

    def spell(self, names: Names) -> str:
        """A key."""
        if self.head is not None:
            at = ",".join([a.spell(names) for a in self.at])
            return f"{names.get(self.head) or self.head.key}({at})"
        if self.word:
            return "tr " + min(" ".join(x.spell(names) for x in w) for w in turns(self.word))
        return f"|{self.size.spell(names)}|" if self.size else f"[{self.at[0].spell(names)}]"

    def sign(self) -> str:
        """What its declaration says: "", ">", ">=", "!="."""
        if isinstance(self.head, Letter):
            return self.head.sign
        if self.head is not None:
            return "" if isinstance(self.head, Index) else ">"
        return "" if self.word else ">" if self.size else ">="
