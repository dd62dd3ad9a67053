"""What expressions in matrices and relations between them may be made of in a claim."""

from __future__ import annotations

from verify.claims.wellformed_sizes import shaped
from verify.exact.errors import BadInput
from verify.exact.limits import is_word, up_to
from verify.models.layers import LAYERS
from verify.models.matrices import Matrices
from verify.terms.affine import k
from verify.terms.matrices import Mat
from verify.terms.matrix_grammar import RESERVED, bound, place_fits, unclaimed
from verify.terms.relation import Equal, free_indices
from verify.terms.shapes import missing

TAKEN = frozenset({x.name for x in LAYERS} | {"G", "H", "w", "N", "E", "eta"}) | RESERVED
NAME = "[A-Za-z][A-Za-z0-9]*"
LETTERS = f"letters and digits, {up_to('name')}"


def index(setting: Matrices, name: str):
    """The index of a family: k, or None for one letter."""
    spec = setting.theory().letters.get(name)
    return k if spec is not None and spec.index else None


def built(*several: object) -> None:
    """Raises BadInput for what is no expression that a claim may be made of."""
    for e in several:
        why = unclaimed(e)
        if why:
            raise BadInput(f"{why}")


def _relation(e: Equal) -> None:
    if type(e) is not Equal or not place_fits(e.first, e.less):
        raise BadInput(
            f"relation {e!r:.80}; expected an Equal for k = first..N - less, {up_to('ends')}"
        )
    built(e.left, e.right)


def equation(setting: Matrices, e: Equal) -> None:
    """Raises BadInput where its sides do not fit the setting."""
    _relation(e)
    fits(setting, e.left - e.right)
    bound_by(e.left - e.right, "a relation", {"k"})
    exists(setting, e.left - e.right, e.first, e.less, every=True)


def bound_by(e: Mat, what: str, free: set[str]) -> None:
    """No index but those in ``free`` that no sum binds."""
    if free_indices(e) - free:
        raise BadInput(
            f"{what} with indices {sorted(free_indices(e))}; expected"
            f" {' and '.join(free) or 'none'}"
        )


def exists(
    setting: Matrices,
    e: Mat,
    first: int = 1,
    less: int = 1,
    moved: bool = False,
    every: bool = False,
) -> None:
    """``every``: nothing else may ever look at it. Elsewhere the normal form refuses a letter that
    does not move and is not there.
    """
    name = missing(e, {"k": (first, less)}, setting.theory(), moved or every)
    if name:
        moving = moved or e.has("D", "next")
        raise BadInput(
            f"{'the motion of ' * moving}{name}, which is not there at every index and depth;"
            " change the range, or assume a larger least depth"
        )


def fits(setting: Matrices, e: Mat) -> None:
    """Raises BadInput for letters and indices that the setting does not have."""
    built(e)
    own = {*(x.name for x in setting.letters), *setting.sequences}
    if {"k", "q", "t"} & bound(e) or own & bound(e):
        raise BadInput(f"a sum over {sorted(bound(e))}; k, q, t and the names of letters are taken")
    for n in e.walk():
        if n.head == "sum" and (n.args[1].terms or n.args[2].base != "N"):
            raise BadInput(
                f"a sum from {n.args[1]} to {n.args[2]}; expected a number and N minus a number"
            )
    names = {n.args[0] for n in e.walk() if n.head == "const"}
    taken = {*own, *bound(e), *(TAKEN - {"N", "eta"} if setting.layers else RESERVED)}
    if any(n.rstrip("0123456789") in taken or n in taken or not is_word(NAME, n) for n in names):
        expected = f"expected names of their own, {LETTERS}, not one of {sorted(taken)}"
        raise BadInput(f"constants {sorted(names)!s:.60}; {expected}")
    shaped(setting, e)
