"""``verify ode``, and ``ode`` in a notebook: the equations of a model, derived from its phi, for
every size or entry by entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verify.commands.options import SEED
from verify.commands.sizes import sizes_of, texts
from verify.exact.errors import BadInput, NoValue
from verify.exact.kinds import flag
from verify.models.catalogue import MODELS, Model, model
from verify.models.derived import motion
from verify.models.objectives import objective
from verify.process.channel import emit, part, tell
from verify.process.exits import UNSETTLED
from verify.process.width import fitted
from verify.process.written import as_json
from verify.report.odes import PAGE, Equations


def list_models(form: str, options: Mapping[str, Any]) -> int:
    """Name, sizes, and what it is. Raises BadInput for an option, which needs a model."""
    usual = (None, False, SEED)
    asked = [n for n, x in options.items() if x not in usual]
    if asked or form not in ("text", "json"):
        option = f"--{asked[0]}" if asked else f"--format {form}"
        raise BadInput(f"{option} without a model; models: {', '.join(m.name for m in MODELS)}")
    if form == "json":
        emit(as_json([_model_data(m) for m in MODELS]))
        return 0
    rows = [(m.name, ",".join(s.text() for s in m.sizes), m.title) for m in MODELS]
    wide = [max(len(r[c]) for r in [*rows, ("model", "sizes", "")]) for c in (0, 1)]
    rows = [("model", "sizes", "what it is"), *rows]
    emit(fitted("".join(f"{a:{wide[0]}}  {b:{wide[1]}}  {c}\n" for a, b, c in rows)))
    return 0


def _model_data(m: Model) -> dict[str, Any]:
    return {
        "name": m.name,
        "title": m.title,
        "sizes": [{"name": s.text(), "about": s.about, "default": s.default} for s in m.sizes],
    }


def tell_ode(name: str, form: str, verbose: bool, **o: Any) -> int:
    """Exit code 0 with the equations, 4 where they are too many to write. Raises BadInput."""
    part(f"the equations of {name}")
    found = equations(name, **o)
    try:
        emit(_written(found, form, verbose))
    except NoValue as why:
        tell(f"verify: undecided: {why}")
        return UNSETTLED
    return 0


def equations(name: str, dash: str = "--", **o: Any) -> Equations:
    """As the options say, which are texts; ``dash`` stands before their names in what is told.
    Raises BadInput.
    """
    found = model(name)
    sizes = sizes_of(found, o["depth"], o["width"], o["sizes"], dash)
    loss = None if o["loss"] is None else objective(found, o["loss"])
    return Equations(motion(found, descent=o["descent"], decay=o["decay"]), loss, sizes)


def _written(found: Equations, form: str, verbose: bool) -> str:
    if form == "text":
        return fitted(found.text(0 if verbose else PAGE) + "\n")
    made: str = getattr(found, form)()
    return made


def ode(
    model: str,
    *,
    depth: int | None = None,
    width: int | None = None,
    sizes: Sequence[int] | None = None,
    loss: str | None = None,
    decay: bool = False,
    descent: bool = False,
) -> Equations:
    """The equations of a model of the catalogue, derived from its phi: those of ``verify ode``.

    For every size, and entry by entry where ``depth``, ``width`` or ``sizes`` are given. The result
    shows itself; it has ``latex()``, ``json()``, ``python()``, ``sympy()``. Raises BadInput for an
    unknown model or loss and for sizes that do not fit; NoValue where entries are asked for and are
    too many.
    """
    flag("decay", decay), flag("descent", descent)
    asked = texts(model, depth, width, sizes, loss)
    return equations(model, dash="", decay=decay, descent=descent, **asked)
