"""The letters of a theory: their shapes, where their index runs, and which of them are Hermitian or
invertible.

Those of the deep linear network are read off its model (``verify.models.layers``): X = W_N ... W_1,
A_k = W_N ... W_(k+1), B_k = W_(k-1) ... W_1, so A_k W_k = A_(k-1), W_k B_k = B_(k+1), A_k B_(k+1) =
X, A_N = B_1 = I. Sizes d_0, .., d_N are arbitrary unless ``square``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from verify.exact.errors import BadInput
from verify.terms.affine import Affine, affine, index

#: first and last index of a family: first, and what is subtracted from N
RUNS = {"layers": (1, 0), "ends": (0, 0), "inner": (1, 1), "inputs": (1, -1), "joints": (2, 0)}
FORMS = ("free", "hermitian", "positive", "invertible")
Dim = tuple[str, Affine | None]


@dataclass(frozen=True, slots=True)
class Letter:
    """A matrix, or a family of matrices whose index runs over ``index``; ``inner`` families vanish
    at the ends 0 and N.

    ``rows`` and ``cols`` name sizes: "k", "k-1" (d_k, d_(k-1) of a family), "0", "N" (d_0, d_N) or
    a size of its own such as "n". ``form``: free, hermitian, positive (Hermitian and positive
    definite, so invertible), invertible; only the last three take powers.
    """

    name: str
    rows: str
    cols: str
    index: str = ""
    form: str = "free"
    about: str = ""  # what a reader must know of it

    def __post_init__(self) -> None:
        """Raises BadInput for a letter that means nothing, where it is declared."""
        texts = (self.name, self.rows, self.cols, self.index, self.form, self.about)
        if any(not isinstance(x, str) for x in texts) or not self.name:
            raise BadInput(
                f"Letter{texts!r:.80}; expected texts: a name, rows and columns, such as"
                " Letter('Y', 'n', 'n')"
            )
        if self.index and self.index not in RUNS:
            raise BadInput(
                f"Letter {self.name}: index {self.index!r}; expected '' for a single matrix, or one"
                f" of {', '.join(RUNS)}"
            )
        if self.form not in FORMS:
            raise BadInput(
                f"Letter {self.name}: form {self.form!r}; expected one of {', '.join(FORMS)}"
            )

    def indices(self, depth: int) -> Sequence[int | None]:
        """Where it is: every index of a family, None of a single matrix."""
        if not self.index:
            return (None,)
        first, less = RUNS[self.index]
        return range(first, depth - less + 1)

    def wire(self) -> dict:
        return {x: getattr(self, x) for x in ("name", "rows", "cols", "index", "form")}


@dataclass(frozen=True)
class Theory:
    """Letters by name. ``sequences`` are real numbers s_k that vanish at 0 and N; every other
    scalar is a constant.
    """

    letters: dict[str, Letter] = field(default_factory=dict)
    sequences: frozenset[str] = frozenset()
    square: bool = False
    least_depth: int = 1
    positive: frozenset[str] = frozenset()  # constants
    definite: frozenset[str] = frozenset()  # positive letters with an inverse that needs no name

    def hermitian(self, name: str) -> bool:
        return self.letters[name].form in ("hermitian", "positive")

    def invertible(self, name: str) -> bool:
        return self.letters[name].form in ("positive", "invertible")

    def shape(self, name: str, at: Affine | None) -> tuple[Dim, Dim]:
        """(rows, columns) of a letter at an index."""
        spec = self.letters[name]
        return self._dim(spec.rows, at), self._dim(spec.cols, at)

    def _dim(self, text: str, at: Affine | None) -> Dim:
        if self.square:
            return ("d", None)
        if text in ("k", "k-1"):
            assert at is not None
            return ("d", at - int(text == "k-1"))
        if text in ("0", "N"):
            return ("d", affine(0) if text == "0" else index("N"))
        return (text, None)


def theory(
    letters: tuple[Letter, ...],
    sequences: tuple[str, ...] = (),
    square: bool = False,
    least_depth: int = 1,
    positive: tuple[str, ...] = (),
) -> Theory:
    """What the rewriting of words knows of a setting: its letters, sequences, depths and signs."""
    return Theory(
        {x.name: x for x in letters}, frozenset(sequences), square, least_depth, frozenset(positive)
    )
