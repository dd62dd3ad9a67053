"""Exact instances: a depth, sizes, and a matrix over Q(i) for every letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import fmpq, fmpq_mat

from verify.exact.exhibit import Exhibit
from verify.terms.affine import Affine
from verify.terms.letters import RUNS, Dim, Theory
from verify.terms.matrices import Mat
from verify.theories.words.complex_matrix import CMat
from verify.theories.words.instance_words import in_latex, in_words


@dataclass(frozen=True, repr=False)
class Instance(Exhibit):
    """``dims``: d_0..d_N; ``sizes``: other sizes by name; families are lists in the order of their
    index.
    """

    theory: Theory
    depth: int
    dims: tuple[int, ...]
    sizes: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, CMat | list[CMat]] = field(default_factory=dict)
    scalars: Mapping[str, Fraction] = field(default_factory=dict)
    sequences: Mapping[str, list[Fraction]] = field(default_factory=dict)

    def dim(self, name: str, at: int | None) -> tuple[int, int]:
        spec = self.theory.letters[name]
        return self._size(spec.rows, at), self._size(spec.cols, at)

    def _size(self, text: str, at: int | None) -> int:
        if text in ("k", "k-1"):
            assert at is not None
            return self.dims[at - (text == "k-1")]
        if text in ("0", "N"):
            return self.dims[0 if text == "0" else self.depth]
        return self.sizes[text]

    def size(self, d: Dim, at: Mapping[str, int]) -> int:
        """What a side of a shape is here."""
        name, i = d
        if name != "d":
            return self.sizes[name]
        return self.dims[0 if i is None else i.at({**at, "N": self.depth})]

    def letter(self, name: str, at: int | None) -> CMat:
        """Zero where a family with vanishing ends is asked for its ends. Raises KeyError where
        there is no value.
        """
        if name in ("A", "B", "X") and name not in self.values:
            return self._products[name] if at is None else self._products[name, at]
        found = self.values[name]
        if at is None:
            assert isinstance(found, CMat)
            return found
        first, less = RUNS[self.theory.letters[name].index]
        if not first <= at <= self.depth - less:
            if self.theory.letters[name].index != "inner":
                raise KeyError(f"{name}_{at}")
            m, n = self.dim(name, at)
            return CMat(fmpq_mat(m, n), fmpq_mat(m, n))
        assert isinstance(found, list)
        return found[at - first]

    @cached_property
    def _products(self) -> dict[Any, CMat]:
        w = self.values["W"]
        assert isinstance(w, list)
        found: dict[Any, CMat] = {
            ("A", self.depth): CMat.scalar(self.dims[-1], fmpq(1)),
            ("B", 1): CMat.scalar(self.dims[0], fmpq(1)),
        }
        for j in range(self.depth, 0, -1):
            found["A", j - 1] = found["A", j] * w[j - 1]
        for j in range(1, self.depth + 1):
            found["B", j + 1] = w[j - 1] * found["B", j]
        found["X"] = found["A", 0]
        return found

    def letters(self, names: Iterable[str]) -> Iterator[Mat]:
        """Each at all of its indices."""
        for name in names:
            for j in self.theory.letters[name].indices(self.depth):
                yield Mat("letter", (name, None if j is None else Affine(j)))

    def put(self, values: Mapping[str, CMat | list[CMat]]) -> Instance:
        """The same with other values of some letters."""
        return replace(self, values={**self.values, **values})

    def wire(self) -> dict[str, Any]:
        return {
            "depth": self.depth,
            "sizes": {"d": list(self.dims), **self.sizes},
            "values": {
                n: [x.wire() for x in v] if isinstance(v, list) else v.wire()
                for n, v in sorted(self.values.items())
            },
            "scalars": {n: str(x) for n, x in sorted(self.scalars.items())},
            "sequences": {n: [str(x) for x in xs] for n, xs in sorted(self.sequences.items())},
        }

    data = wire

    def text(self) -> str:
        return in_words(self)

    def latex(self) -> str:
        return in_latex(self)

    def __repr__(self) -> str:
        return f"<{in_words(self, everything=True)}>"
