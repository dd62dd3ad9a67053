"""Planted falsehoods about matrices of every size, which must be caught."""

from __future__ import annotations

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import (
    Aid,
    Decays,
    Identity,
    Lemma,
    NonNegative,
    Square,
    Unchanged,
    Use,
)
from verify.claims.hypotheses.matrices import balanced
from verify.models.matrices import Matrices
from verify.models.motions import ActionFlow, GradientFlow, GradientStep
from verify.terms.affine import N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import LOSS, A, G, W, after, const, dot, letter, norm2, num, total, tr, w
from verify.terms.relation import Equal

S = letter("S")

_HERE = Source("0000.00000v1", note="planted")
_MOMENTS = total(norm2(G(p)), 1, N - 1) / 2
_NORM = total(norm2(W[p])) / 2
_LEARNING = Matrices(GradientFlow(LOSS))
_ACTION = Matrices(ActionFlow("a"), letters=(Letter("a", "k", "k", "inner"),))
_ITSELF = Lemma(
    "itself", Equal(A[k] * A[k].H, num(2) * A[k] * A[k].H, 0, 0), "down", (Use("itself", k),)
)


def _planted(
    name: str, setting: Matrices, conclusion, assuming: tuple = (), aid: Aid | None = None
) -> Claim:
    hints = {"x": aid} if aid else {}
    return Claim(f"planted-{name}", "", setting, assuming, {"x": conclusion}, _HERE, hints=hints)  # type: ignore[arg-type]


#: (why it is false, claim): none may come out PROVED
PLANTED: tuple[tuple[str, Claim], ...] = (
    (
        "a printed constant, -2 for -4",
        _planted(
            "constant",
            Matrices(GradientFlow(_MOMENTS)),
            Identity(dot(_MOMENTS), -2 * total(norm2(w("G", p)))),
        ),
    ),
    (
        "descent conserves the moments",
        _planted("descent", Matrices(GradientStep(LOSS)), Identity(after(G(k)), G(k))),
    ),
    (
        "a conjugate dropped: W^T for W*",
        _planted(
            "transpose", _LEARNING, Unchanged(W[k] * W[k].T - W[k + 1].T * W[k + 1]), (), None
        ),
    ),
    (
        "a letter that stands for what moves, taken as constant",
        _planted(
            "tied",
            Matrices(
                GradientFlow(LOSS),
                letters=(Letter("S", "0", "0", form="hermitian"),),
                definitions={"S": (Equal(W[1].H * W[1], S),)},
            ),
            Unchanged(tr(S)),
        ),
    ),
    (
        "balance under weight decay of another rate",
        _planted(
            "decay",
            Matrices(GradientFlow(LOSS + const("kappa") * _NORM)),
            Decays(G(k), -const("kappa")),
        ),
    ),
    (
        "a moment at an end that does not vanish",
        _planted("end", _LEARNING, Unchanged(W[N].H * W[N])),
    ),
    (
        "squares that do not add up",
        _planted(
            "squares",
            _ACTION,
            NonNegative(dot(dot(_NORM))),
            (),
            Aid(squares=(Square(num(2).args[0], w("a", p), (1, 0)),)),
        ),
    ),
    (
        "a lemma proved by itself",
        _planted(
            "lemma",
            _LEARNING,
            Identity(A[k] * A[k].H, num(2) * A[k] * A[k].H, 0, 0),
            (balanced(),),
            Aid(lemmas=(_ITSELF,)),
        ),
    ),
)
