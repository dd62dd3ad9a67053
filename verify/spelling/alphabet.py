"""How the letters and the layout of one output language look: plain text, LaTeX, and LaTeX of
formulas in named numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Alphabet:
    """How the letters and the layout of one output language look."""

    name: str
    times: str
    indexed: dict[str, str]
    constants: dict[str, str]
    heads: dict[str, str]
    numbered: bool = (
        False  # is a digit behind a constant's name an index? Only where nothing else has one
    )

    def index(self, indices: tuple) -> str:
        text = ",".join(self.counted(x) for x in indices)
        if self.name == "latex":
            return f"_{{{text}}}"
        return f"_{text}" if len(indices) == 1 else f"_({text})"

    def counted(self, index: object) -> str:
        """The letter that counts layers is no 1 in print."""
        return "\\ell" if self.name == "latex" and index == "l" else str(index)

    def power(self, base: str, exponent: str) -> str:
        if self.name == "latex":
            return f"{base}^{{{exponent}}}"
        return f"{base}^{exponent}" if exponent.isalnum() else f"{base}^({exponent})"

    def bound(self, head: str, index: str, kind: str, body: str, shown: bool) -> str:
        """``shown``: the body shows what the index counts; otherwise its range has to."""
        own = type(kind) is not str or kind not in ("coordinates", "layers")
        if not shown and own:
            low, dots, high = str(kind).partition("..")
            if dots and self.name == "latex":
                return f"{self.heads[head]}_{{{self.counted(index)}={low}}}^{{{high}}} {body}"
            over = f"{{{self.counted(index)} \\in {self.constant(kind)}}}"
            over = over if self.name == "latex" else f"({index} in {kind})"
            return f"{self.heads.get(head, head)}_{over} {body}"
        last = "n" if kind == "coordinates" else "L"
        if self.name == "latex":
            over = self.counted(index) + ("}" if shown else f"=1}}^{{{last}}}")
            return f"{self.heads[head]}_{{{over} {body}"
        return f"{head}_{index} {body}" if shown else f"{head}_({index}=1..{last}) {body}"

    def constant(self, name: str) -> str:
        """In LaTeX several letters in a row would be a product, and _ an index."""
        if self.name == "words" or len(name) == 1:
            return name
        if self.numbered and (found := re.fullmatch("([A-Za-z]+)([0-9]+)", name)):
            return f"{self.constant(found[1])}_{{{found[2]}}}"
        if re.fullmatch("[A-Za-z][0-9]+", name):
            return name
        return self.constants.get(name) or "\\mathit{" + name.replace("_", "\\_") + "}"

    def form(self, kind: str, name: str) -> str:
        """w' A w, or m' w, of data."""
        if self.name == "words":
            return f"w'{name} w" if kind == "quad" else f"{name}'w"
        head, _, index = name.partition("_")
        letter = (head if len(head) == 1 else f"\\mathit{{{head}}}") + (
            f"_{{{index}}}" if index else ""
        )
        return f"w^{{\\top}} {letter} w" if kind == "quad" else f"{letter}^{{\\top}} w"

    def partial(self, letter: str, body: str) -> str:
        if self.name == "latex":
            return f"\\frac{{\\partial}}{{\\partial {self.constant(letter)}}}\\left({body}\\right)"
        return f"d/d{letter}({body})"


GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi"
    " chi psi omega".split()
)
WORDS = Alphabet(
    "words", " ", {}, {}, {"D": "({})'", "next": "next({})", "start": "{} at t=0", "abs": "|{}|"}
)
LATEX = Alphabet(
    "latex",
    "\\,",
    {"S_B": "(S_B)", "S_W": "(S_W)"},
    {x: f"\\{x}" for x in GREEK},
    {
        "D": "\\frac{{d}}{{dt}}\\left({}\\right)",
        "next": "\\left({}\\right)^{{+}}",
        "start": "{}\\big|_{{t=0}}",
        "abs": "\\left|{}\\right|",
        "exp": "\\exp\\left({}\\right)",
        "log": "\\log\\left({}\\right)",
        "sum": "\\sum",
        "prod": "\\prod",
        "max": "\\max",
        "min": "\\min",
    },
)
SCALARS = replace(LATEX, numbered=True)  # no model's letters: w1 is w_1
