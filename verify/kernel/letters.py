"""Letters: each has one role, which fixes everything else about it; words in matrix letters, and
what may stand as a real factor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from verify.kernel.affine import ONE, ZERO, Affine, Index, Interval, Same, Size, Symbol, single
from verify.kernel.limits import Any, limited, need

Values = Mapping[Symbol, Any]
Shape = tuple[Size, Size] | None


class Letter(Symbol):
    """A real number or a matrix for each value of its indices.

    `size`: rows and columns, of a matrix; `sign`, of a real one: "", ">", ">=" or "!="; `fixed`: it
    does not change in time (computed, if defined); `smooth`: continuous in time by its role;
    `hermitian`: its own adjoint; `ends`: indices, the first and the last, at which it is 0;
    `layers`: of a product, or of a part of it, the letter and what its layers run through; `term`:
    what it is made of, if one was written; `parts`: letters beside it (product: P, perhaps R;
    chain: A, B; loss: its gradient); `over`: indices of a loss's argument; `degree`: of a root or
    a loss.
    """

    hermitian, degree = False, ONE
    ends: tuple[Affine, ...] = ()
    parts: tuple[Letter, ...] = ()
    over: Sequence[Index] = ()
    layers: Any = None
    term: Any = None
    twin: Letter | None = None

    def __init__(
        self,
        name: str,
        role: str,
        indices: Sequence[Index] = (),
        size: Shape = None,
        sign: str = "",
        fixed: bool = False,
        smooth: bool = False,
    ) -> None:
        super().__init__(name)
        self.role, self.indices, self.size, self.sign = role, tuple(indices), size, sign
        self.fixed, self.smooth = fixed, smooth

    def at(self, entries: Sequence[Affine]) -> dict[Symbol, Affine]:
        """These for its own indices."""
        return dict(zip(self.indices, entries, strict=True))

    def shape(self, at: Sequence[Affine]) -> Shape:
        """Its rows and columns at these indices; None for a real number."""
        values = self.at(at)
        return (self.size[0].at(values), self.size[1].at(values)) if self.size else None

    def end(self, more: int = 0) -> None:
        """It is 0 at the first and the last place of its only index, which are new to a name."""
        kinds = [i.kind for i in self.indices if isinstance(i.kind, Interval)]
        one = len(self.indices) == len(kinds) == 1
        need(one and not self.sign, "ends of what has not one interval, or has a sign")
        low, high = kinds[0].low.plus(-more), kinds[0].high.plus(more)
        self.indices[0].kind, self.ends = Interval(low, high), (low, high)

    def inner(self) -> Interval:
        """Where it is not at an end."""
        low, high = self.ends
        return Interval(low.plus(1), high.plus(-1))

    def own(self) -> list[Affine]:
        """Its own indices, as entries."""
        return [single(x) for x in self.indices]

    def start(self) -> Letter:
        """Its value at the start, a letter that no certificate can write."""
        if self.twin is None:
            twin = Letter(self.name + "@0", "start", self.indices, self.size, self.sign, True, True)
            self.twin, twin.hermitian, twin.twin = twin, self.hermitian, self
        return self.twin


class Power(Same):
    """A matrix letter at its indices to a natural power; `star`: 1 its conjugate transpose, 2 its
    conjugate, 3 its transpose.
    """

    def __init__(self, letter: Letter, at: tuple[Affine, ...], star: int, power: Affine) -> None:
        self.letter, self.at, self.power = letter, at, power
        self.star = star & (2 if letter.hermitian else 3)
        super().__init__(letter, at, self.star, power)

    def alike(self, other: Power) -> bool:
        """The same but for the power."""
        return self.parts[:3] == other.parts[:3]

    def to(self, power: Affine) -> Power:
        return Power(self.letter, self.at, self.star, power)

    def side(self, mark: int = 0) -> Size:
        """The size of its rows; or, marked as transposed, of its columns."""
        shape = self.letter.shape(self.at)
        assert shape is not None
        return shape[(self.star ^ mark) & 1]

    @cached_property
    def key(self) -> str:
        at = ",".join([a.key for a in self.at])
        return f"{self.letter.key}{('', '*', '~', '~*')[self.star]}({at})^{self.power.key}"


Word = tuple[Power, ...]


def joined(letters: Iterable[Power]) -> Word:
    """Neighbours that are alike become one power; M^0 = I is left out."""
    found: list[Power] = []
    for x in letters:
        if found and found[-1].alike(x):
            x = x.to(found.pop().power + x.power)
        if x.power != ZERO:
            found.append(x)
    limited(len(found), "factors")
    return tuple(found)


def marked(word: Iterable[Power], mark: int) -> Word:
    """Each letter marked; of its (conjugate) transpose the order is turned round."""
    found = [Power(x.letter, x.at, x.star ^ mark, x.power) for x in word]
    return tuple(found[:: -1 if mark & 1 else 1])


def turns(word: Word) -> list[Word]:
    """All words with the same Re tr that are seen: cyclic turns of it and of its adjoint; and of
    both conjugates, where one of its letters is.
    """
    marks = range(4 if any(x.star & 2 for x in word) else 2)
    return [w[k:] + w[:k] for m in marks for w in [marked(word, m)] for k in range(len(word))]


class Base(Same):
    """What may stand as a real factor: a letter, an integer or index as a number, Re tr of a word,
    the number |s| of a size, or [a = 0].
    """

    def __init__(
        self,
        head: Symbol | None = None,
        at: tuple[Affine, ...] = (),
        word: Word = (),
        size: Size | None = None,
    ) -> None:
        super().__init__(head, at, word, size)
        self.head, self.at, self.word, self.size = head, at, word, size

    @cached_property
    def key(self) -> str:
        if self.head is not None:
            return f"{self.head.key}({','.join([a.key for a in self.at])})"
        if self.word:
            return "tr " + min(" ".join(x.key for x in w) for w in turns(self.word))
        return f"|{self.size.key}|" if self.size else f"[{self.at[0].key}]"

    def sign(self) -> str:
        """What its declaration says: "", ">", ">=", "!="."""
        if isinstance(self.head, Letter):
            return self.head.sign
        if self.head is not None:
            return "" if isinstance(self.head, Index) else ">"
        return "" if self.word else ">" if self.size else ">="
