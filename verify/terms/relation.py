"""Relations between matrices: equations that a setting defines, a hypothesis assumes or a lemma has
proved, for a range of an index.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.exact.errors import NotGeneric
from verify.terms.affine import Affine
from verify.terms.letters import Theory
from verify.terms.matrices import Mat
from verify.terms.matrix_grammar import expression


@dataclass(frozen=True, slots=True)
class Equal:
    """left = right; for every k = first..N - less where ``k`` occurs in them."""

    left: Mat
    right: Mat
    first: int = 1
    less: int = 1

    def __post_init__(self) -> None:
        """Raises BadInput for a side that is no expression."""
        expression("Equal: left", self.left)
        expression("Equal: right", self.right)

    @property
    def indexed(self) -> bool:
        return "k" in free_indices(self.left) | free_indices(self.right)

    def places(self, depth: int) -> list[dict[str, int]]:
        """Every value of its index."""
        return (
            [{"k": j} for j in range(self.first, depth - self.less + 1)] if self.indexed else [{}]
        )

    def difference(self, at: Affine | None) -> Mat:
        gap = self.left - self.right
        return gap if at is None else gap.put("k", at)

    def check_place(
        self, at: Affine | None, ranges: dict[str, tuple[int, int]], theory: Theory
    ) -> None:
        """Raises NotGeneric unless the equation is there for every value of the index; ``ranges``:
        (first, N - last) of variables.
        """
        if not self.indexed:
            if at is not None:
                raise NotGeneric("a relation without an index used at an index")
            return
        if at is None:
            raise NotGeneric("a relation with an index used without one")
        base, offset = at.base, at.const
        if base == "":
            fine = self.first <= offset and offset <= theory.least_depth - self.less
        elif base == "N":
            fine = offset <= -self.less and theory.least_depth + offset >= self.first
        else:
            first, less = ranges[base]
            fine = first + offset >= self.first and less - offset >= self.less
        if not fine:
            raise NotGeneric(f"the relation is not there at {at}")


def free_indices(e: Mat) -> set[str]:
    """Index variables that no sum binds, the depth aside."""
    if e.head == "sum":
        return free_indices(e.args[3]) - {e.args[0]}
    found = {n for x in e.args if isinstance(x, Affine) for n, _ in x.terms} - {"N"}
    for x in e.args:
        found |= free_indices(x) if isinstance(x, Mat) else set()
    return found
