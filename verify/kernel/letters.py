"""Letters: each has one role, which fixes everything else about it."""

from __future__ import annotations

from collections.abc import Sequence

from verify.kernel.affine import Affine, Index, Interval, Size, Symbol, single
from verify.kernel.limits import Any, need


class Letter(Symbol):
    """A real number or a matrix for each value of its indices.

    `size`: rows and columns, of a matrix; `sign`, of a real one: "", ">", ">=" or "!="; `fixed`: it
    does not change in time (computed, if defined); `smooth`: continuous in time by its role;
    `hermitian`: its own adjoint; `ends`: indices, the first and the last, at which it is 0;
    `layers`: of a product, or of a part of it, the letter and what its layers run through; `made`:
    its `Made`.
    """

    __slots__ = (
        "ends", "fixed", "hermitian", "indices", "layers", "made", "role", "sign", "size",
        "smooth", "twin",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        role: str,
        indices: Sequence[Index] = (),
        size: tuple[Size, Size] | None = None,
        sign: str = "",
        fixed: bool = False,
        smooth: bool = False,
    ) -> None:
        super().__init__(name)
        self.role, self.indices, self.size, self.sign = role, tuple(indices), size, sign
        self.fixed, self.smooth, self.hermitian = fixed, smooth, False
        self.twin: Letter | None = None
        self.layers: Any = None
        self.made: Any = None
        self.ends: tuple[Affine, ...] = ()

    def at(self, entries: Sequence[Affine]) -> dict[Symbol, Affine]:
        """These for its own indices."""
        return dict(zip(self.indices, entries, strict=True))

    def shape(self, at: Sequence[Affine]) -> tuple[Size, Size] | None:
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
        """Its value at the start: itself if it does not change, else a letter that no certificate
        can write.
        """
        if self.fixed:
            return self
        if self.twin is None:
            twin = Letter(self.name + "@0", "start", self.indices, self.size, self.sign, True, True)
            self.twin, twin.hermitian, twin.twin = twin, self.hermitian, self
        return self.twin
