"""Sums of words in the blocks of an action: what a moment is stated with."""

from __future__ import annotations

from dataclasses import dataclass

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, shorten, up_to
from verify.exact.names import LETTER, refuse_no_name


@dataclass(frozen=True, slots=True)
class Factor:
    """A block of coordinates as a matrix: ``letter`` with the group's own index plus ``shift``;
    starred: transposed.
    """

    letter: str
    shift: tuple[int, ...] = ()
    star: bool = False

    def __post_init__(self) -> None:
        """Raises BadInput for a letter, a shift or a star of another type."""
        refuse_no_name("Factor", self.letter, "'W'", LETTER)
        shifts = isinstance(self.shift, tuple) and all(type(s) is int for s in self.shift)
        if not shifts or type(self.star) is not bool:
            raise BadInput(
                f"Factor({self.letter!r}, {self.shift!r}, {self.star!r}); expected a letter, whole"
                " numbers, True or False"
            )

    def text(self, tex: bool = False) -> str:
        names = ",".join(
            n + (f"+{s}" if s else "") for n, s in zip("kij", self.shift, strict=False)
        )
        if tex:
            index, star = f"{{{names}}}", "^{*}"
        else:
            index, star = names if len(names) == 1 else f"({names})", "*"
        return self.letter + (f"_{index}" if names else "") + star * self.star


Words = tuple[tuple[int, tuple[Factor, ...]], ...]  # a sum of integer multiples of words


def checked(whose: str, words: object) -> None:
    """Raises BadInput unless these are pairs of a whole number other than 0 and a tuple of factors,
    at least one of each.
    """
    pairs = words if isinstance(words, tuple) else ()
    right = [
        isinstance(p, tuple)
        and len(p) == 2
        and type(p[0]) is int
        and p[0]
        and isinstance(p[1], tuple)
        and p[1]
        for p in pairs
    ]
    most = max((abs(p[0]) for p, fine in zip(pairs, right, strict=True) if fine), default=0)
    if len(pairs) > LIMITS["entries"] or most > LIMITS["multiple"]:
        expected = (
            f"expected {up_to('entries', 'words')}, with multiples of"
            f" {up_to('multiple')}: write it shorter"
        )
        raise BadInput(
            f"{whose}: {len(pairs)} words, the largest multiple {shorten(str(most))}; {expected}"
        )
    if (
        not right
        or not all(right)
        or not all(isinstance(f, Factor) for _, word in pairs for f in word)
    ):
        raise BadInput(
            f"{whose}: {words!r}; expected ((1, (Factor('W', (0,)), Factor('W', (0,), True))),"
            " ...): multiples of words"
        )


def added(words: Words, tex: bool = False) -> str:
    """In text, or in LaTeX."""
    terms = [
        ("-" if c < 0 else "+")
        + " "
        + (f"{abs(c)}{chr(92) + ',' if tex else ' '}" if abs(c) != 1 else "")
        + " ".join(f.text(tex) for f in w)
        for c, w in words
    ]
    return " ".join(terms).removeprefix("+ ")


def wired(words: Words) -> list:
    """The words as a certificate holds them: pairs of a coefficient and its factors."""
    return [[c, [[f.letter, list(f.shift), f.star] for f in word]] for c, word in words]
