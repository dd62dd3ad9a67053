"""What was found about a parametrisation, as it is shown: a page, LaTeX, data, a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from verify.mirror.answer import EXCLUDED, OPEN, Answer, Block
from verify.mirror.formula_written import LATEX, terms
from verify.mirror.record import data
from verify.mirror.written import Style, combination, element, exact, latex
from verify.process.written import MIRROR as SCHEMA
from verify.process.written import as_json
from verify.report.mirror_program import program
from verify.report.mirror_screen import screen
from verify.report.mirror_words import function, sentence


@dataclass(frozen=True, repr=False)
class Mirror:
    """Whether a parametrisation is a mirror flow from a start, and of which potential.

    ``print(x)`` shows everything; ``x.latex()``, ``x.json()`` and ``x.python()`` are texts,
    ``x.verdict`` is "mirror", "time change", "excluded" or "undecided".
    """

    answer: Answer = field(repr=False)

    @property
    def verdict(self) -> str:
        return self.answer.verdict

    @property
    def data(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **data(self.answer), "said": sentence(self.answer)}

    def __str__(self) -> str:
        return screen(self.answer, True)

    def __repr__(self) -> str:
        return f"{self.answer.given.name}: {sentence(self.answer)}"

    def json(self) -> str:
        return as_json(self.data)

    def python(self) -> str:
        """Raises NoValue where there is no potential."""
        return program(self.answer)

    def latex(self) -> str:
        """An ``align*`` of the outputs, and of the mirror map or of what excludes one."""
        s = latex(self.answer.given.field.names)
        rows = [
            f"  {latex([n]).name(0)} &= {element(f, s)}"
            for n, f in zip(self.answer.given.output_names, self.answer.given.outputs, strict=True)
        ]
        for b in self.answer.blocks:
            rows += _latex_of(self.answer, b, s)
        body = " \\\\\n".join(rows)
        return f"\\begin{{align*}}\n{body}\n\\end{{align*}}\n"


def _latex_of(a: Answer, b: Block, s: Style) -> list[str]:
    names = [latex([a.given.output_names[i]]).name(0) for i in b.outputs]
    if b.verdict in (EXCLUDED, OPEN):
        w = b.word
        if w is None:
            return [f"  & \\text{{undecided: {b.why}}}"]
        return [f"  {function(w, True)} &= {exact(w.value)} && \\text{{at the start}}"]
    rows = [
        f"  \\frac{{\\partial Q}}{{\\partial {n}}} &= {combination(h, s)}"
        for n, h in zip(names, b.mirror, strict=False)
    ]
    if b.formula is not None:
        own = latex([a.given.output_names[i] for i in b.outputs])
        rows += [f"  &= {terms(r, own, LATEX)}" for r in b.formula.gradient[:1]] * (len(names) == 1)
    rows += [f"  {combination(f, s)} &= \\text{{const}}" for f in b.laws]
    if b.speed is not None:
        rows.append(f"  d\\tau &= {combination(b.speed, s)} \\, dt")
    return rows
