"""Letters of a claim about matrices: names of their own, sizes that are no letters, known forms."""

from __future__ import annotations

from verify.claims.wellformed_words import LETTERS, NAME, TAKEN
from verify.exact.errors import BadInput
from verify.exact.limits import is_word
from verify.models.layers import LAYERS
from verify.models.matrices import Matrices
from verify.models.motions import ActionFlow, FibreFlow
from verify.terms.letters import FORMS, RUNS, Letter
from verify.terms.matrix_grammar import RESERVED


def letters(setting: Matrices) -> None:
    """Raises BadInput for a letter that is none, whose name is taken, or whose shape is none."""
    names: list = [getattr(x, "name", x) for x in setting.letters] + list(setting.sequences)
    taken = TAKEN if setting.layers else RESERVED | {"N", "E"}
    for x in setting.letters:
        if type(x) is not Letter or any(
            type(y) is not str for y in (x.name, x.rows, x.cols, x.index, x.form, x.about)
        ):
            raise BadInput(f"letter {x!r}; expected a Letter made of texts")
    family = setting.motion.family if isinstance(setting.motion, (ActionFlow, FibreFlow)) else "a"
    for name in [*names, family]:
        if (
            names.count(name) > 1
            or type(name) is not str
            or name.rstrip("0123456789") in taken
            or not is_word(NAME, name)
        ):
            raise BadInput(
                f"letter {name!r:.40}; expected a name of its own, {LETTERS}, not one of"
                f" {sorted(taken)}"
            )
    for x in setting.letters:
        _shape(x, {"d", *names, *(y.name for y in LAYERS * setting.layers)})


def _shape(x: Letter, other: set[str]) -> None:
    """Sizes that are no letters, an index of a known run, a form that the sizes allow."""
    strange = [
        d
        for d in (x.rows, x.cols)
        if d not in ("k", "k-1", "0", "N") and not (is_word(NAME, d) and d not in other)
    ]
    if strange:
        expected = f"expected k, k-1, 0, N or a name of its own such as n, {LETTERS}"
        raise BadInput(f"letter {x.name}: size {strange[0]!r:.40}; {expected}")
    if x.form not in FORMS or (x.index and x.index not in RUNS):
        raise BadInput(
            f"letter {x.name}: form {x.form!r}, index {x.index!r}; expected {FORMS}, {tuple(RUNS)}"
        )
    if x.form != "free" and x.rows != x.cols:
        raise BadInput(
            f"letter {x.name} is {x.form} and {x.rows} x {x.cols}; expected a square matrix"
        )
    if not x.index and {"k", "k-1"} & {x.rows, x.cols}:
        raise BadInput(f"letter {x.name} has no index, but sizes {x.rows} x {x.cols}")
