"""``verify candidates``, and ``candidates`` in a notebook: what a model conserves, solved for at
given sizes, judged for every size where a theory speaks of it, compared with the installed claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.commands.ode import list_models
from verify.commands.options import seed_of
from verify.commands.sizes import sizes_of, texts
from verify.exact.errors import BadInput, NoValue
from verify.judge.found import told
from verify.library.registry import leave_out, of_models
from verify.models.catalogue import model
from verify.models.objectives import objective
from verify.process.channel import emit, part, tell
from verify.process.exits import UNSETTLED
from verify.process.width import fitted
from verify.report.laws import Laws, screen
from verify.theories.symmetries.candidates import candidates as solved

__all__ = ["list_models", "tell_candidates"]


def tell_candidates(left_out: dict[str, str], name: str, form: str, **o: Any) -> int:
    """Exit code 0 with an answer, 4 where the model is too large to be solved. Raises BadInput."""
    leave_out(left_out)
    part(f"the laws of {name}")
    try:
        found = laws(name, **{n: o[n] for n in ("depth", "width", "sizes", "loss", "seed")})
    except NoValue as why:
        tell(f"verify: undecided: {why}")
        return UNSETTLED
    text = found.json() if form == "json" else fitted(screen(found.data, o["verbose"]) + "\n")
    emit(text)
    return 0


def laws(name: str, dash: str = "--", **o: Any) -> Laws:
    """As the options say, which are texts; ``dash`` stands before their names in what is told.
    Raises BadInput, or NoValue where the model is too large to be solved.
    """
    found = model(name)
    seed = seed_of(o["seed"])
    sizes = sizes_of(found, o["depth"], o["width"], o["sizes"], dash) or found.defaults()
    loss = None if o["loss"] is None else objective(found, o["loss"])
    if loss is not None:
        loss.refuse_beyond(found, sizes)
    return Laws(told(solved(found, sizes, seed), of_models(), loss))


def candidates(
    model: str,
    *,
    depth: int | None = None,
    width: int | None = None,
    sizes: Sequence[int] | None = None,
    loss: str | None = None,
    seed: int = 0,
) -> Laws:
    """What a model of the catalogue conserves at its usual or the given sizes, each law with its
    status and the claims that state it: what ``verify candidates`` shows.

    The result shows itself; it has ``latex()`` and ``json()``. Raises BadInput for an unknown model
    or loss and for sizes that do not fit; NoValue where it is too large to be solved.
    """
    if type(seed) is not int or not 0 <= seed < 10**18:
        raise BadInput(f"seed={seed!r:.60}: expected a whole number from 0 to {10**18 - 1}")
    return laws(model, dash="", seed=str(seed), **texts(model, depth, width, sizes, loss))
