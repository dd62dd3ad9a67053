"""``verify mirror``, and ``mirror_flow`` in a notebook: whether the gradient flow of a
parametrisation is a mirror flow, of which potential, or what excludes one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from verify.commands.ode import list_models
from verify.commands.sizes import sizes_of, texts
from verify.exact.errors import BadInput, NoValue
from verify.exact.numbers import exactly, number
from verify.exact.precision import precision
from verify.library.functions import names_a_function
from verify.mirror.decide import decide
from verify.mirror.given import Given, of_model
from verify.mirror.symbolic import with_a_letter
from verify.models.catalogue import Model
from verify.models.catalogue import model as named
from verify.models.data.cells import read_text
from verify.process.channel import emit, part, tell
from verify.process.exits import UNSETTLED
from verify.process.width import fitted
from verify.report.mirror import Mirror
from verify.report.mirror_screen import screen

__all__ = ["list_models", "tell_mirror"]


def tell_mirror(name: str, form: str, verbose: bool, **o: Any) -> int:
    """Exit code 0 with a potential or an exact exclusion, else 4. Raises BadInput."""
    part(f"the geometry of {name}")
    try:
        found = answered(name, start_of(o["start"]), **{n: o[n] for n in _SIZES})
        emit(_written(found, form, verbose))
    except NoValue as why:
        tell(f"verify: undecided: {why}")
        return UNSETTLED
    return 0 if found.answer.decided else UNSETTLED


_SIZES = ("depth", "width", "sizes")


def _written(found: Mirror, form: str, verbose: bool) -> str:
    if form == "text":
        return fitted(screen(found.answer, verbose) + "\n")
    made: str = getattr(found, form)()
    return made


@precision(200)
def answered(name: str, start: Sequence[Fraction] | None, dash: str = "--", **o: Any) -> Mirror:
    """Raises BadInput, or NoValue where it is too large or not defined at the start."""
    return Mirror(decide(_given(name, start, dash, o)))


def _given(name: str, start: Sequence[Fraction] | None, dash: str, o: dict[str, Any]) -> Given:
    if names_a_function(name):
        return _of_file(name, start, dash, o)
    found = named(name)
    letter = _letter(found, o["sizes"])
    if letter is not None:
        least = next(str(max(s.least, 2)) for s in found.sizes if s.name == letter)
        parts = [least if x.strip() == letter else x for x in o["sizes"].split(",")]
        asked = sizes_of(found, None, None, ",".join(parts), dash)
        assert asked is not None
        return with_a_letter(found, letter, asked, start)
    sizes = sizes_of(found, o["depth"], o["width"], o["sizes"], dash) or found.defaults()
    return of_model(found, sizes, start)


def _letter(found: Model, sizes: str | None) -> str | None:
    """A size that is given as its own name: D,2."""
    parts = [] if sizes is None else [x.strip() for x in sizes.split(",")]
    return next((s.name for s in found.sizes if s.name in parts and not s.run), None)


def _of_file(name: str, start: Sequence[Fraction] | None, dash: str, o: dict[str, Any]) -> Given:
    from verify.commands.mirror_file import given_in  # NumPy and SciPy, which a model needs not

    asked = next((n for n, x in o.items() if x is not None), None)
    if asked is not None:
        raise BadInput(
            f"{dash}{asked} {o[asked]}: {name} is a function, its shapes stand in it; leave it out"
        )
    return given_in(name, start)


def start_of(text: str | None) -> list[Fraction] | None:
    """Numbers, or a file of numbers, with blanks, commas or line ends between. Raises BadInput."""
    if text is None:
        return None
    if re.search(r"[A-Za-z]{2}|[A-Za-z]$|/[^0-9]", text) and Path(text).exists():
        text = read_text(text)
    parts = [x for x in re.split(r"[,\s;]+", text) if x]
    if not parts:
        raise BadInput(f"--start {text!r:.40}: expected numbers such as 1,2,1/2, or a file of them")
    return [number(x, f"--start: number {i}") for i, x in enumerate(parts, 1)]


def mirror_flow(
    model: str,
    *,
    depth: int | None = None,
    width: int | None = None,
    sizes: Sequence[int] | None = None,
    start: Sequence[Any] | None = None,
) -> Mirror:
    """Whether the gradient flow of a model of the catalogue is a mirror flow in its outputs from a
    start (one exact number for each parameter; None: a generic one), as ``verify mirror`` shows.

    The result shows itself; it has ``verdict``, ``latex()``, ``json()``, ``python()``. Raises
    BadInput for an unknown model, sizes or a start that do not fit, and where rank J < d; NoValue
    where it is too large.
    """
    asked = texts(model, depth, width, sizes, None)
    asked.pop("loss")
    if isinstance(start, str) or not (start is None or hasattr(start, "__iter__")):
        raise BadInput(f"start={start!r:.60}: expected one exact number for each parameter")
    return answered(model, None if start is None else list(map(exactly, start)), "", **asked)
