"""Questions about expressions in matrices: exact matrices by name, or an instance."""

from __future__ import annotations

from fractions import Fraction

from verify.exact.errors import BadInput
from verify.models.matrices import Matrices
from verify.terms import matrices as star
from verify.theories.words.frame import frame
from verify.theories.words.instance import Instance
from verify.values.lower_words import word
from verify.values.matrices import Layers, layers
from verify.values.question import Question, each
from verify.values.record import Value


def of_matrices(q: Question) -> Value:
    """Raises BadInput for what is not well formed, NoValue where there is none."""
    if q.time is not None:
        raise BadInput(
            "a time does not apply to matrices of every size, whose loss is abstract: use a System"
        )
    if q.setting is not None and not isinstance(q.setting, Matrices):
        raise BadInput(
            f"setting {type(q.setting).__name__}: the state has matrices; expected Matrices(...)"
        )
    here, indices = _stated(q)
    wanted = q.wanted
    scalars = tuple(here.instance.scalars)
    e = (
        word(wanted, here.letters(), here.setting.sequences, scalars)
        if isinstance(wanted, str)
        else wanted
    )
    if not isinstance(e, star.Mat):
        raise BadInput(
            f"{wanted!r:.60}; expected an expression in matrices (verify.terms.matrices), or its"
            " text"
        )
    if q.derivative:
        if here.setting.motion.kind == "still":
            raise BadInput(
                "a derivative needs a motion: give P = E'(X) for the gradient flow of E(X), or a"
                " setting that moves"
            )
        e = star.dot(e)
    scopes = here.scopes(e, indices, q.place)
    if len(scopes) > 1:
        scopes = [s for s in scopes if here.exists(e, s)] or scopes[:1]
    return each(scopes, lambda scope: here.value(e, scope))


def _stated(q: Question) -> tuple[Layers, dict[str, int]]:
    """The exact matrices, and the indices that the state names."""
    state, setting = q.state, q.setting
    if isinstance(state, Instance):
        setting = setting or Matrices(layers="W" in state.values)
        return Layers(setting, frame(setting, ()), state), {}
    known = dict(state.values)
    indices = {n: int(known.pop(n)) for n in ("k", "p") if isinstance(known.get(n), Fraction)}
    return layers(setting, known), indices
