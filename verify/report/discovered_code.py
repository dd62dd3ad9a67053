"""What was discovered of a model, as LaTeX, as a Python module, as a file of claims."""

from __future__ import annotations

from verify.discover.flows import GRADIENT
from verify.discover.laws import latex
from verify.discover.laws.claims import NoTheory, claim_file
from verify.discover.laws.source import module, usable
from verify.discover.records import Discovery
from verify.exact.errors import BadInput, NoValue
from verify.spelling.tex import displayed, plain

FORMS = ("latex", "python", "torch", "claims")


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
        rows += [*([said] if said else []), displayed(latex.family(d.layout, w.family))]
    return "\n".join(rows) + "\n"


def _claims(d: Discovery) -> str:
    if d.flow is not GRADIENT or not d.every_loss:
        raise BadInput("--format claims is for gradient flow of any loss")
    families = [w.family for w in d.written if w.proved == len(w.laws)]
    try:
        return claim_file(d.graph, d.layout, families, d.graph.name)
    except NoTheory as why:
        raise NoValue(f"no claim for every size can be written: {why}") from why
