"""What was discovered of a model: in a notebook, as LaTeX, a Python module, a file of claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.discover.flows import GRADIENT
from verify.discover.laws import latex
from verify.discover.laws.source import module, usable
from verify.discover.records import Discovery
from verify.exact.errors import BadInput, NoValue
from verify.report.discovered import screen
from verify.report.discovered_data import data, json
from verify.spelling.tex import displayed, plain

FORMS = ("latex", "python", "torch", "claims")


@dataclass(frozen=True, repr=False)
class Discovered:
    """What was discovered, in a notebook: ``print(x)`` shows everything, ``x`` alone a page;
    ``x.found`` holds the laws themselves, ``x.data`` is what the JSON says.
    """

    found: Discovery

    @property
    def data(self) -> dict[str, Any]:
        return data(self.found)

    def __str__(self) -> str:
        return screen(self.found, True)

    def __repr__(self) -> str:
        return screen(self.found, False)

    def json(self) -> str:
        return json(self.found)

    def latex(self) -> str:
        return self.code("latex")

    def code(self, form: str = "python") -> str:
        """latex, python, torch or claims. Raises BadInput and NoValue as ``written`` does."""
        return written(self.found, form)


def written(d: Discovery, form: str) -> str:
    """In one of FORMS. Raises BadInput where a name or a flow cannot be written so, NoValue where
    there is nothing to write.
    """
    if not d.written:
        raise NoValue(f"no law was found that could be written as {form}")
    if form == "latex":
        return _latex(d)
    if form == "claims":
        return _claims(d)
    if any(w.tex for w in d.written):
        raise BadInput(f"--format {form}: laws of a heavy ball, in tau and t, are written as LaTeX")
    bad = usable(d.layout)
    if bad is not None:
        raise BadInput(f"tensor {bad!r:.60}: no name of an argument in Python; expected another")
    library = "numpy" if form == "python" else "torch"
    found = [(w.family, w.proved == len(w.laws)) for w in d.written]
    return module(d.layout, found, _title(d), library)


def _title(d: Discovery) -> str:
    said = d.graph.name if d.flow is GRADIENT else f"{d.graph.name}, {d.flow.text}"
    if d.graph.losses is not None:
        return f"{said}, {d.losses}"
    return said if d.loss == "any" else f"{said}, {d.loss} losses"


def _latex(d: Discovery) -> str:
    rows = [plain(f"Conserved by {_title(d)}:")]
    for w in d.written:
        said = "" if w.proved == len(w.laws) else "Held at random points, not proved:"
        rows += [*([said] if said else []), displayed(w.tex or latex.family(d.layout, w.family))]
    return "\n".join(rows) + "\n"


def _claims(d: Discovery) -> str:
    if d.flow is not GRADIENT or not d.every_loss:
        raise BadInput("--format claims is for gradient flow of any loss")
    if d.every_size is None or not d.every_size.text:
        why = d.every_size.note if d.every_size else "it was not asked"
        raise NoValue(f"no claim for every size is written: {why or 'none is proved'}")
    return d.every_size.text
