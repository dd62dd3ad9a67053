"""What was decided about a parametrisation, in one sentence."""

from __future__ import annotations

from verify.mirror.answer import MIRROR, OPEN, RETIMED, Answer, Block
from verify.mirror.exclude import Word
from verify.mirror.solve import Combination
from verify.mirror.written import combination, exact, text

EACH = "grad Q(beta) = -grad L(beta) for every loss L of beta"


def sentence(a: Answer) -> str:
    """What was decided, in one line."""
    if a.verdict == MIRROR:
        return f"Mirror flow: PROVED, (d/dt) {EACH}"
    if a.verdict == RETIMED:
        c = worded(a, next(b.speed for b in a.blocks if b.speed))
        return f"Mirror flow after a change of time dtau = {c} dt: PROVED, (d/dtau) {EACH}"
    if a.verdict == OPEN:
        return "Undecided whether it is a mirror flow from this start"
    b = next(b for b in a.blocks if b.verdict != MIRROR and b.word)
    w = b.word
    assert w is not None
    said = f"Not a mirror flow from this start: {function(w)} = {exact(w.value)} there"
    return f"{said}; {_clock(a, b)}"


def _clock(a: Answer, b: Block) -> str:
    if len(a.blocks) > 1:
        return "a change of time is excluded too, as other outputs share no parameter with these"
    if b.further is not None:
        w = b.further
        return f"a change of time is excluded too: {_condition(w)} = {exact(w.value)} there"
    return "with a change of time it is possible: not excluded, and none was found"


def _condition(w: Word) -> str:
    """What a change of time would make 0; S_ik = K^-1 J [X_i, X_k]."""
    i, k, *rest = (n + 1 for n in w.indices)
    fields = _fields(w)
    if w.what == "closed":
        return f"{fields}(X_1 mu_2 - X_2 mu_1 - nu)"
    if w.what == "vertical-shape":
        return f"{fields}det K (v(K)_11 K_{i}{k} - v(K)_{i}{k} K_11)"
    size = "" if w.what == "shape-solved" else "det K "
    if w.what == "slope":
        return f"{fields}{size}((S_{i}{k})_{k} - (S_{i}{rest[0]})_{rest[0]})"
    return f"{fields}{size}(S_{i}{k})_{rest[0]}"


def _fields(w: Word, tex: bool = False) -> str:
    return "".join(f"X_{{{i + 1}}} " if tex else f"X_{i + 1} " for i in w.fields)


def function(w: Word, tex: bool = False) -> str:
    """What a word says is not 0."""
    i, k, *rest = (n + 1 for n in w.indices)
    bracket = f"[X_{{{i}}}, X_{{{k}}}]" if tex else f"[X_{i}, X_{k}]"
    if w.what == "defect":
        inner = f"(J {bracket})_{{{rest[0]}}}" if tex else f"(J {bracket})_{rest[0]}"
    else:
        mark = f"K_{{{rest[0]}{rest[1]}}}" if tex else f"K_{rest[0]}{rest[1]}"
        inner = f"{bracket}({mark})"
    return _fields(w, tex) + inner


def worded(a: Answer, f: Combination) -> str:
    """In the names of the parameters."""
    return combination(f, text(a.given.field.names))
