"""What a model is: letters, their sizes, and phi. Gradient, motions, systems, symmetries and laws
are derived from these, see ``verify.models.derived``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from verify.exact.errors import BadInput
from verify.terms.array_values import Sizes, extent
from verify.terms.arrays import Array, Letter

LARGEST = 12  #: of one size, as in a certificate


@dataclass(frozen=True, slots=True)
class Size:
    """A whole number from ``least`` on; a ``run`` is d_0, .., d_``run``, given one after the
    other.
    """

    name: str
    about: str
    default: int | tuple[int, ...] = 2
    least: int = 1
    run: str = ""

    def text(self) -> str:
        return f"{self.name}_0,..,{self.name}_{self.run}" if self.run else self.name


@dataclass(frozen=True, slots=True)
class Model:
    """``phi`` maps the ``letters`` to the output; ``gradient`` is what the gradient of a loss in
    the output is called. ``names`` say how the products that the gradient contains are called:
    "others" of a run of entrywise factors ("others of u" where there are several), "above" and
    "below" of a run of matrices. ``depth`` and ``width`` name the sizes that these words mean here.
    """

    name: str
    title: str
    letters: tuple[Letter, ...]
    phi: Array
    output: str
    gradient: Letter
    sizes: tuple[Size, ...]
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    depth: str = ""
    width: str = ""

    def defaults(self) -> dict[str, int | tuple[int, ...]]:
        return self.at(tuple(x for s in self.sizes for x in _row(s.default)))

    def at(self, given: tuple[int, ...]) -> dict[str, int | tuple[int, ...]]:
        """The sizes by name, in the order of ``sizes``. Raises BadInput for too few, too many, too
        small or too large ones.
        """
        wanted = ",".join(s.text() for s in self.sizes)
        run = next((s for s in self.sizes if s.run), None)
        least = len(self.sizes) + (run is not None)
        if len(given) < least or (run is None and len(given) > least):
            raise BadInput(
                f"sizes {','.join(map(str, given)) or 'none'}: the model {self.name} has"
                f" {wanted} ({self.meaning()}); expected {least}"
                f" number{'s' * (least > 1)}{' or more' if run else ''}"
            )
        found: dict[str, int | tuple[int, ...]] = {}
        rest = given
        for s in self.sizes:
            count = len(rest) - (len(self.sizes) - len(found) - 1) if s.run else 1
            mine, rest = rest[:count], rest[count:]
            for x in mine:
                if type(x) is not int or not s.least <= x <= LARGEST:
                    raise BadInput(
                        f"size {s.name} = {x!r} of the model {self.name}: expected a whole number"
                        f" from {s.least} to {LARGEST}"
                    )
            found[s.name] = mine if s.run else mine[0]
            if s.run:
                found[s.run] = len(mine) - 1
        return found

    def meaning(self) -> str:
        return "; ".join(f"{s.text()}: {s.about}" for s in self.sizes)

    def members(self, sizes: Sizes) -> list[tuple[Letter, int | None]]:
        """Every matrix of the model: a letter, and its index where it has one."""
        return [(x, i) for x in self.letters for i in indices(x, sizes)]


def indices(letter: Letter, sizes: Sizes) -> list[int | None]:
    """The indices at which a letter exists at these sizes; [None] for one without an index."""
    if not letter.index:
        return [None]
    return list(range(letter.first, letter.last.at(numbers(sizes)) + 1))


def numbers(sizes: Sizes) -> dict[str, int]:
    """The sizes that are one number."""
    return {n: s for n, s in sizes.items() if isinstance(s, int)}


def shape(letter: Letter, at: int | None, sizes: Sizes) -> tuple[int, int]:
    """Rows and columns of a letter, or of a member of its family."""
    names = numbers(sizes) | ({letter.index: at} if at is not None else {})
    return extent(letter.rows, sizes, names), extent(letter.columns, sizes, names)


def entry_names(letter: Letter, at: int | None, sizes: Sizes) -> list[list[str]]:
    """u_1,2 of a family of vectors, W_1[2,1] of one of matrices, A[1,2], x_1, x."""
    rows, columns = shape(letter, at, sizes)
    head = letter.name if at is None else f"{letter.name}_{at}"
    if letter.rows == letter.columns == 1:
        return [[head]]
    if letter.columns == 1:
        mark = "_" if at is None else ","
        return [[f"{head}{mark}{i}"] for i in range(1, rows + 1)]
    found = [f"{head}[{i},{j}]" for i, j in product(range(1, rows + 1), range(1, columns + 1))]
    return [found[i * columns : (i + 1) * columns] for i in range(rows)]


def _row(x: int | tuple[int, ...]) -> tuple[int, ...]:
    return x if isinstance(x, tuple) else (x,)
