"""The equations of a model's motion, derived from its phi, in every form in which they are given: a
page, LaTeX, programs, data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.models.catalogue import Model
from verify.models.derived import Motion, shown
from verify.models.entries import Entries, entries, identifier
from verify.models.objectives import Objective
from verify.process.written import ODE, as_json
from verify.terms.array_values import Sizes
from verify.terms.array_words import LATEX, TEXT, Style, words
from verify.terms.arrays import Letter

PAGE = 40  # lines of a screen


@dataclass(frozen=True, repr=False)
class Equations:
    """How the letters of a model move: for every size, and entry by entry where sizes are given.

    ``print(x)`` shows all of it, ``x`` alone the equations for every size; ``x.latex()``,
    ``x.json()``, ``x.python()``, ``x.sympy()`` are texts, ``x.data`` is what the JSON says.
    """

    of: Motion
    loss: Objective | None = None
    sizes: Sizes | None = None

    @property
    def equations(self) -> list[str]:
        """One for each letter, for every size."""
        return [f"{e}{r}" for e, r in zip(self.of.equations(), _ranges(self.of.model), strict=True)]

    def __repr__(self) -> str:
        return "\n".join([f"{self._motion()} ({self.of.model.name})", *self.equations])

    def __str__(self) -> str:
        return self.text(0)

    def _repr_latex_(self) -> str:
        return self.latex().replace("align*", "aligned").join(("$$\n", "$$"))

    def text(self, page: int = PAGE) -> str:
        """At most ``page`` lines; 0 for all."""
        m = self.of.model
        lines = [f"{m.name}    {m.title}", "", *_labelled("Motion", [self._motion()])]
        lines += _labelled("Equations", self.equations)
        lines += _labelled("where", self._where(TEXT))
        lines += _labelled("Sizes", [f"every one; {m.meaning()}"])
        if self.sizes is not None:
            rows = self.entries().text()
            room = page - len(lines) - 3
            if page and len(rows) > room:
                rows = [*rows[: room - 1], f"... {len(rows) - room + 1} lines more: --verbose"]
            lines += ["", f"  At {shown(self.sizes)}", *(f"    {row}" for row in rows)]
        return "\n".join(lines).rstrip()

    def entries(self) -> Entries:
        """Entry by entry, at the usual sizes where none were given. Raises NoValue for too many,
        BadInput where the loss uses a coordinate that there is not.
        """
        if self.loss is not None:
            self.loss.refuse_beyond(self.of.model, self._at())
        return entries(self.of, self._at(), self.loss)

    def _at(self) -> Sizes:
        return self.of.model.defaults() if self.sizes is None else self.sizes

    def _motion(self) -> str:
        kind = "one descent step" if self.of.descent else "gradient flow"
        kind += " with weight decay" if self.of.decay else ""
        if self.loss is None:
            return f"{kind} of J({self.of.model.output}), J any C^1 loss"
        return f"{kind} of J({self.loss.z.name}) = {words(self.loss.value)}"

    def _where(self, style: Style) -> list[str]:
        """What the letters of the equations are."""
        given = [] if self.loss is None else self.loss.given()
        given += ["kappa >= 0"] if self.of.decay else []
        given += ["eta > 0"] if self.of.descent else []
        told = [f"given: {', '.join(given)}"] if given and not style.latex else []
        return [*self.of.meanings(style), *self._gradient(style), *told]

    def _gradient(self, style: Style) -> list[str]:
        m = self.of.model
        g = words(m.gradient.here, {}, style)
        if self.loss is not None:
            return [f"{g} = {words(self.loss.gradient(), {}, style)}"]
        z = m.output if not style.latex else words(Letter(m.output).whole, {}, style)
        return [f"{g} = \\partial J/\\partial {z}" if style.latex else f"{g} = dJ/d{z}, free"]

    def latex(self) -> str:
        """An ``align*`` of the equations, and of the entries where sizes are given."""
        rows = [f"{tex}{_range_latex(x)}" for x, _, tex in self._both()] + self._where(LATEX)
        rows += [] if self.sizes is None else self.entries().latex()
        body = " \\\\\n".join(f"  {row.replace(' = ', ' &= ', 1)}" for row in rows)
        return f"\\begin{{align*}}\n{body}\n\\end{{align*}}\n"

    def python(self) -> str:
        """A program with ``field(theta, given)``, THETA and GIVEN, exact on fractions."""
        return self._program(_as_python)

    def sympy(self) -> str:
        """A program with the letters as symbols and ``rates`` of each coordinate."""
        return self._program(_as_sympy)

    def _program(self, write: Any) -> str:
        written, m = self.entries(), self.of.model
        what = "one descent step" if self.of.descent else "the flow"
        head = f'"""{m.title}: {what} at {shown(self._at())}, derived from it."""\n\n'
        names, others = (list(map(identifier, x)) for x in (written.names, written.others))
        return head + write(names, others, *written.source())

    @property
    def data(self) -> dict[str, Any]:
        m = self.of.model
        loss = self.loss
        return {
            "schema": ODE,
            "model": m.name,
            "title": m.title,
            "phi": words(m.phi.args[3] if m.phi.head == "stack" else m.phi),
            "descent": self.of.descent,
            "decay": self.of.decay,
            "loss": None if loss is None else {"name": loss.name, "J": words(loss.value)},
            "equations": [_equation(x, t, l) for x, t, l in self._both()],
            "where": self._where(TEXT),
            "sizes": self.sizes,
            "entries": None if self.sizes is None else _entries_data(self.entries()),
        }

    def json(self) -> str:
        return as_json(self.data)

    def _both(self) -> list[tuple[Letter, str, str]]:
        return list(zip(self.of.rates, self.of.equations(), self.of.equations(LATEX), strict=True))


def _ranges(m: Model) -> list[str]:
    return [f"    for {x.index} = {x.first}..{x.last}" if x.index else "" for x in m.letters]


def _labelled(label: str, lines: list[str]) -> list[str]:
    return [f"  {label if not i else '':10}  {line}" for i, line in enumerate(lines)]


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


def _range_latex(x: Letter) -> str:
    at = LATEX.index(x.index)
    return f" \\quad ({at} = {x.first}, \\dots, {x.last})" if x.index else ""


def _equation(x: Letter, text: str, latex: str) -> dict[str, Any]:
    span = {"index": x.index, "first": x.first, "last": str(x.last)} if x.index else None
    return {"letter": x.name, "range": span, "text": text, "latex": latex}


def _entries_data(written: Entries) -> dict[str, Any]:
    rows = written.text()
    count = len(written.names)
    return {
        "coordinates": list(written.names),
        "given": list(written.others),
        "equations": rows[:count],
        "with": [r.removeprefix("with ").strip() for r in rows[count:]],
    }
