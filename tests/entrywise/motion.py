"""How entries move: gradients by partial derivatives, the chain rule for a loss of the product, and
what b satisfies on a fibre.

E is a symbol of its own in an objective. dE = Re Tr(P* dX), so every partial derivative of E is
that of Re Tr(P* X) with P held fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from tests.entrywise.entries import CONJ, PLAIN, Entries
from tests.entrywise.letters import COMPLEX, Poly, places
from verify.terms.affine import Affine, k
from verify.terms.matrices import Mat, w
from verify.theories.words.sizes import Beyond


def rates(here: Entries) -> dict[int, Poly]:
    """The derivative of each moving symbol."""
    motion: Any = here.setting.motion
    if motion.kind == "gradient-flow":
        return gradient(here, -motion.objective)
    if motion.kind in ("action-flow", "fibre-flow"):
        direction = w(motion.family, k)
        return _given(here, {"W": direction if motion.kind == "action-flow" else -direction})
    if motion.kind == "prescribed" and motion.rates:
        return _given(here, motion.rates)
    raise Beyond("a derivative where nothing moves")


def steps(here: Entries) -> list[Poly]:
    """The value of each symbol after one step."""
    motion: Any = here.setting.motion
    if motion.kind != "gradient-step":
        raise Beyond("a step where nothing steps")
    eta, found = here.symbols.scalar("eta"), list(here.symbols.gens)
    for i, f in gradient(here, motion.objective).items():
        found[i] -= eta * f
    return found


def _given(here: Entries, named: dict[str, Mat]) -> dict[int, Poly]:
    """Rates that are stated as matrices, entry by entry."""
    found: dict[int, Poly] = {}
    for name, rate in named.items():
        if name not in here.symbols.specs:
            raise Beyond(f"a rate for {name}, which is not free to move")
        for at in places(here.specs[name], here.sizes.depth):
            for conj in (
                (False, True)
                if here.field == COMPLEX and name not in here.symbols.mirrored
                else (False,)
            ):
                value = here.value(rate, {} if at is None else {"k": at}, CONJ if conj else PLAIN)
                found |= _entries(here, name, at, conj, value)
    return found


def _entries(here: Entries, name: str, at: int | None, conj: bool, value) -> dict[int, Poly]:
    if not isinstance(value, tuple):
        raise Beyond(f"the rate of {name} is a number")
    upper = name in here.symbols.mirrored and here.field != COMPLEX
    places_ = product(range(len(value)), range(len(value[0])))
    return {
        here.symbols.index(name, at, i, j, conj): value[i][j]
        for i, j in places_
        if not upper or i <= j
    }


def gradient(here: Entries, objective: Mat) -> dict[int, Poly]:
    """The gradient in every entry of every W_k, and its conjugate at the conjugate symbols."""
    f = here.value(objective, {})
    slope = _slope(here, f)
    found = {}
    for layer in range(1, here.sizes.depth + 1):
        for i, j in product(range(here.sizes.d[layer]), range(here.sizes.d[layer - 1])):
            z, conj = (here.symbols.index("W", layer, i, j, c) for c in (False, True))
            if here.field == COMPLEX:
                found[z], found[conj] = 2 * slope(conj), 2 * slope(z)
            else:
                found[z] = slope(z)
    return found


def _slope(here: Entries, f: Poly) -> Callable[[int], Poly]:
    """The partial derivative in a symbol z, with dE/dz that of Re Tr(P* X)."""
    by_loss = f.derivative(here.loss)
    if by_loss == 0:
        return f.derivative
    if by_loss.is_constant():
        return (f + by_loss * here.pairing).derivative
    return lambda z: f.derivative(z) + by_loss * here.pairing.derivative(z)


def fibre_equations(here: Entries) -> list[Poly]:
    """What b satisfies at every W: d/da of <w_b, w_a> - d objective(w_a), entry by entry of a, a
    family ``~a`` of symbols.
    """
    motion: Any = here.setting.motion
    along = _given(here, {"W": w("~a", k)})
    slope = here.along(here.value(motion.objective, {}), along)
    metric = here.zero
    for i in range(1, here.sizes.depth + 1):
        x, y = (Mat("w", (name, Affine(i))) for name in (motion.family, "~a"))
        metric += here.value(Mat("tr", (x.H * y,)), {})
    return [(metric - slope).derivative(s) for s in here.symbols.of("~a")]
