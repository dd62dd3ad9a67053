"""``verify ode``: the equations of a model, derived from its phi, for every size or entry by
entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.commands.options import SEED
from verify.commands.sizes import Sizes, sizes_of
from verify.exact.errors import BadInput, NoValue
from verify.models.catalogue import MODELS, Model, model
from verify.models.derived import Motion, motion, shown
from verify.models.entries import Entries, entries, identifier
from verify.models.objectives import Objective, objective
from verify.process.channel import emit, tell
from verify.process.exits import UNSETTLED
from verify.process.width import fitted
from verify.process.written import as_json
from verify.terms.array_words import LATEX, TEXT, Style, words
from verify.terms.arrays import Letter

PAGE = 40  # lines of a screen
SCHEMA = "flowlaw-ode/1"


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


def tell_ode(name: str, form: str, **o: Any) -> int:
    """Exit code 0 with the equations, 4 where they are too many to write. Raises BadInput."""
    found = model(name)
    sizes = sizes_of(found, o["depth"], o["width"], o["sizes"])
    loss = None if o["loss"] is None else objective(found, o["loss"])
    if form in ("sympy", "python") and sizes is None:
        sizes = found.defaults()
    if sizes is not None and loss is not None:
        loss.refuse_beyond(found, sizes)
    of = motion(found, descent=o["descent"], decay=o["decay"])
    try:
        written = None if sizes is None else entries(of, sizes, loss)
    except NoValue as why:
        if form == "json":
            emit(as_json({"schema": SCHEMA, "model": name, "equations": None, "reason": str(why)}))
        tell(f"verify: undecided: {why}")
        return UNSETTLED
    emit(FORMS[form](of, loss, sizes, written, o["verbose"]))
    return 0


def _text(
    of: Motion, loss: Objective | None, sizes: Sizes | None, written: Entries | None, all_: bool
) -> str:
    m = of.model
    lines = [f"{m.name}    {m.title}", ""]
    kind = "one descent step" if of.descent else "gradient flow"
    kind += " with weight decay" if of.decay else ""
    lines += _labelled("Motion", [f"{kind} of {_objective_text(of, loss)}"])
    lines += _labelled(
        "Equations", [f"{e}{r}" for e, r in zip(of.equations(), _ranges(m), strict=True)]
    )
    lines += _labelled("where", _where(of, loss))
    lines += _labelled("Sizes", [f"every one; {m.meaning()}"])
    if written is not None:
        assert sizes is not None
        rows = written.text()
        room = PAGE - len(lines) - 3
        if len(rows) > room and not all_:
            rows = [*rows[: room - 1], f"... {len(rows) - room + 1} lines more: --verbose"]
        lines += ["", f"  At {shown(sizes)}", *(f"    {row}" for row in rows)]
    return fitted("\n".join(lines).rstrip() + "\n")


def _objective_text(of: Motion, loss: Objective | None) -> str:
    m = of.model
    if loss is None:
        return f"J({m.output}), J any C^1 loss"
    return f"J({loss.z.name}) = {words(loss.value)}"


def _where(of: Motion, loss: Objective | None) -> list[str]:
    """What the letters of the equations are."""
    given = [] if loss is None else loss.given()
    given += ["kappa >= 0"] if of.decay else []
    given += ["eta > 0"] if of.descent else []
    told = [f"given: {', '.join(given)}"] if given else []
    return [*of.meanings(), *_gradient_text(of.model, loss, TEXT), *told]


def _gradient_text(m: Model, loss: Objective | None, style: Style) -> list[str]:
    g = words(m.gradient.here, {}, style)
    if loss is None:
        z = m.output if not style.latex else words(Letter(m.output).whole, {}, style)
        return [f"{g} = dJ/d{z}, free"] if not style.latex else [f"{g} = \\partial J/\\partial {z}"]
    return [f"{g} = {words(loss.gradient(), {}, style)}"]


def _ranges(m: Model) -> list[str]:
    return [f"    for {x.index} = {x.first}..{x.last}" if x.index else "" for x in m.letters]


def _labelled(label: str, lines: list[str]) -> list[str]:
    return [f"  {label if not i else '':10}  {line}" for i, line in enumerate(lines)]


def _latex(
    of: Motion, loss: Objective | None, sizes: Sizes | None, written: Entries | None, all_: bool
) -> str:
    rows = [*of.equations(LATEX), *of.meanings(LATEX), *_gradient_text(of.model, loss, LATEX)]
    if written is not None:
        rows += written.latex()
    body = " \\\\\n".join(f"  {row.replace(' = ', ' &= ', 1)}" for row in rows)
    return f"\\begin{{align*}}\n{body}\n\\end{{align*}}\n"


def _source(sympy: bool) -> Any:
    def write(
        of: Motion, loss: Objective | None, sizes: Sizes | None, written: Entries | None, all_: bool
    ) -> str:
        assert written is not None and sizes is not None
        parts, sides = written.source()
        names = list(map(identifier, written.names))
        others = list(map(identifier, written.others))
        what = "one descent step" if of.descent else "the flow"
        head = f'"""{of.model.title}: {what} at {shown(sizes)}, derived from it."""\n\n'
        if sympy:
            return head + _as_sympy(names, others, parts, sides)
        return head + _as_python(names, others, parts, sides)

    return write


def _as_sympy(names: list[str], others: list[str], parts: list[str], sides: list[str]) -> str:
    letters = [*names, *others]
    lines = ["from sympy import Rational as Fraction, exp, log, symbols", ""]
    lines += [f"{', '.join(letters)} = symbols({' '.join(letters)!r}, real=True)"]
    lines += parts
    lines += ["", "rates = {", *(f"    {n}: {e}," for n, e in zip(names, sides, strict=True)), "}"]
    return "\n".join(lines).replace("symbols('", "symbols('", 1) + "\n"


def _as_python(names: list[str], others: list[str], parts: list[str], sides: list[str]) -> str:
    lines = ["from fractions import Fraction", "from math import exp, log", "", ""]
    lines += ["def field(theta, given):"]
    lines += [f"    {', '.join(names)}, = theta"]
    lines += [f"    {', '.join(others)}, = given"] if others else []
    lines += [f"    {p}" for p in parts]
    lines += ["    return [", *(f"        {e}," for e in sides), "    ]"]
    lines += ["", "", f"THETA = {names!r}", f"GIVEN = {others!r}"]
    return "\n".join(lines) + "\n"


def _json(
    of: Motion, loss: Objective | None, sizes: Sizes | None, written: Entries | None, all_: bool
) -> str:
    m = of.model
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "model": m.name,
        "title": m.title,
        "phi": words(m.phi.args[3] if m.phi.head == "stack" else m.phi),
        "descent": of.descent,
        "decay": of.decay,
        "loss": None if loss is None else {"name": loss.name, "J": words(loss.value)},
        "equations": [_equation(x, t, l) for x, t, l in _both(of)],
        "where": _where(of, loss),
        "sizes": sizes,
        "entries": None if written is None else _entries_data(of, written),
    }
    return as_json(body)


def _both(of: Motion) -> list[tuple[Letter, str, str]]:
    return list(zip(of.rates, of.equations(), of.equations(LATEX), strict=True))


def _equation(x: Letter, text: str, latex: str) -> dict[str, Any]:
    span = {"index": x.index, "first": x.first, "last": str(x.last)} if x.index else None
    return {"letter": x.name, "range": span, "text": text, "latex": latex}


def _entries_data(of: Motion, written: Entries) -> dict[str, Any]:
    rows = written.text()
    count = len(written.names)
    return {
        "coordinates": list(written.names),
        "given": list(written.others),
        "equations": rows[:count],
        "with": [r.removeprefix("with ").strip() for r in rows[count:]],
    }


FORMS = {
    "text": _text,
    "latex": _latex,
    "sympy": _source(True),
    "python": _source(False),
    "json": _json,
}
