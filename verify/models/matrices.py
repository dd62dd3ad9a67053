"""Matrices of every depth and size: the deep linear network X = W_N ... W_1 and its kin, at rest,
flowing or stepping.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from verify.exact.errors import BadInput, quoted, require
from verify.models.layers import LAYERS, meanings
from verify.models.matrix_letters import MEANINGS, moves_latex
from verify.models.matrix_text import moves, span, stated, stated_latex
from verify.models.motions import (
    MOTIONS,
    ActionFlow,
    FibreFlow,
    GradientFlow,
    GradientStep,
    Motion,
    Prescribed,
    Still,
)
from verify.spelling import tex
from verify.spelling.called import in_quotes
from verify.spelling.tex import inline
from verify.terms.letters import Letter, Theory, theory
from verify.terms.matrices import Mat
from verify.terms.matrix_grammar import sequence
from verify.terms.matrix_wire import encode, relation
from verify.terms.matrix_words import LATEX
from verify.terms.relation import Equal

__all__ = ["Example", "Letter", "Matrices", "span", "stated", "stated_latex"]
_MEANINGS = {
    **meanings(),
    "G": f"{meanings()['G']}, G_0 = G_N = 0",
    "w": f"{meanings()['w']}, c_0 = c_N = 0",
    "H": f"{meanings()['H']}, H_0(c) = H_N(c) = 0",
    "loss": "E any C^1 function, P = E'(X)",
}
_FORMS = {
    "hermitian": "Hermitian",
    "positive": "Hermitian and positive definite",
    "invertible": "invertible",
}


@dataclass(frozen=True)
class Example:
    """Exact numbers for the letters, where none can be drawn. Untrusted: used only after every
    relation was checked.

    ``values``: rows of entries, a list of such for a family; an entry is an int, a Fraction or a
    pair (real, imaginary).
    """

    values: Mapping[str, Any]
    depth: int = 1
    dims: tuple[int, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    scalars: Mapping[str, int | Fraction] = field(default_factory=dict)
    sequences: Mapping[str, tuple[int | Fraction, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Matrices:
    """``letters`` stand beside W, A, B, X, P (left out unless ``layers``); ``definitions`` are
    relations that hold always.

    ``constants`` names the real numbers that occur; ``sequences`` real numbers s_k with s_0 = s_N =
    0. ``square``: all sizes are equal.
    """

    motion: Motion = Still()
    letters: tuple[Letter, ...] = ()
    definitions: Mapping[str, tuple[Equal, ...]] = field(default_factory=dict)
    sequences: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()  # constants that are > 0, and so take negative powers
    square: bool = False
    layers: bool = True
    least_depth: int = 1
    note: str = ""
    examples: tuple[Example, ...] = ()
    kind: ClassVar[str] = "matrices"
    decay: ClassVar[None] = None

    def __post_init__(self) -> None:
        """Raises BadInput for what is no motion, letter, definition or example, where it is
        written.
        """
        if not isinstance(self.motion, MOTIONS):
            raise BadInput(
                f"Matrices: motion = {self.motion!r:.60}; expected one of"
                f" {', '.join(x.__name__ for x in MOTIONS)}"
            )
        for name, kind in (
            ("letters", Letter),
            ("sequences", str),
            ("positive", str),
            ("examples", Example),
        ):
            sequence(f"Matrices: {name}", getattr(self, name), kind)
        for name in ("square", "layers"):
            value = getattr(self, name)
            require(type(value) is bool, f"Matrices: {name}", value, "True or False")
        if not isinstance(self.definitions, Mapping):
            raise BadInput(
                f"Matrices: definitions = {self.definitions!r:.60}; expected a map such as"
                ' {"root": (Equal(..),)}'
            )
        for name, equations in self.definitions.items():
            sequence(f"Matrices: definitions[{name!r:.30}]", equations, Equal)

    def theory(self) -> Theory:
        own = (*(LAYERS if self.layers else ()), *self.letters)
        if isinstance(self.motion, FibreFlow) and self.motion.family not in {x.name for x in own}:
            own = (*own, Letter(self.motion.family, "k", "k", "inner"))
        return theory(own, self.sequences, self.square, self.least_depth, self.positive)

    def title(self) -> str:
        product = "X = W_N ... W_1, " if self.layers else ""
        sizes = "every square size" if self.square else "every size, hidden widths included"
        return (
            f"{moves(self.motion, tuple(self.theory().letters.values()))}; {product}{sizes}, real"
            " and complex"
        )

    def detail(self, *parts: Mat) -> str:
        """What else a reader must know of the letters: those that the ``parts`` use, or all."""
        about = [
            f"{x.name}{_run(x)}: {quoted(x.about)}" for x in self.letters if x.about
        ]  # the reader prints none
        given = [
            f"{in_quotes(name)}: {stated(e)}"
            for name, equations in self.definitions.items()
            for e in equations
        ]
        return "; ".join(
            [
                *self._layers(parts),
                *self._forms(),
                *about,
                *given,
                *([quoted(self.note)] if self.note else []),
            ]
        )

    def latex(self, *parts: Mat) -> str:
        """Motion, product, sizes, and the meaning of the letters that are used; an author's words
        only where they are words.
        """
        product = "\\(X = W_N \\cdots W_1\\)" if self.layers else ""
        sizes = "every square size" if self.square else "every size, hidden widths included"
        about = [
            f"{inline(LATEX.name(x.name))} {tex.quoted(x.about)}"
            for x in self.letters
            if tex.only_words(x.about)
        ]
        given = [stated_latex(e) for equations in self.definitions.values() for e in equations]
        moves = moves_latex(self.motion, tuple(self.theory().letters.values()))
        meanings = [MEANINGS[name] for name in self._used(parts)]
        return tex.sentence(
            (
                moves,
                product,
                f"{sizes}, real and complex",
                *meanings,
                *self._forms_latex(),
                *given,
                *about,
            )
        )

    def _forms_latex(self) -> list[str]:
        found = [
            f"{inline(_indexed(x))} {_FORMS[x.form]}" for x in self.letters if x.form != "free"
        ]
        ends = [x.name for x in self.letters if x.index == "inner"] + list(self.sequences)
        names = {name: LATEX.name(name) for name in (*ends, *self.positive)}
        found += [inline(f"{names[name]}_{{0}} = {names[name]}_{{N}} = 0") for name in ends]
        return [*found, *(inline(f"{names[name]} > 0") for name in self.positive)]

    def _forms(self) -> list[str]:
        """What is assumed of letters and numbers by declaring them."""
        found = [f"{x.name}{_run(x)} {_FORMS[x.form]}" for x in self.letters if x.form != "free"]
        ends = [x.name for x in self.letters if x.index == "inner"] + list(self.sequences)
        return [
            *found,
            *(f"{name}_0 = {name}_N = 0" for name in ends),
            *(f"{name} > 0" for name in self.positive),
        ]

    def _layers(self, parts: tuple[Mat, ...]) -> list[str]:
        return [_MEANINGS[name] for name in self._used(parts)]

    def _used(self, parts: tuple[Mat, ...]) -> list[str]:
        """The letters of the layers that occur."""
        moving = (
            [self.motion.objective]
            if isinstance(self.motion, (GradientFlow, GradientStep, FibreFlow))
            else []
        )
        moving = [*self.motion.rates.values()] if isinstance(self.motion, Prescribed) else moving
        nodes = [n for e in (*parts, *moving) for n in e.walk()]
        used = {n.head for n in nodes} | {n.args[0] for n in nodes if n.head == "letter"}
        used |= {"loss"} if "P" in used else set()
        used |= {"w"} if isinstance(self.motion, (ActionFlow, FibreFlow)) else set()
        return [name for name in _MEANINGS if self.layers and (not parts or name in used)]

    def wire(self) -> dict:
        """As the certificate carries it."""
        motion: dict[str, Any] = {"kind": self.motion.kind}
        if isinstance(self.motion, (GradientFlow, GradientStep, FibreFlow)):
            motion["objective"] = encode(self.motion.objective)
        if isinstance(self.motion, (ActionFlow, FibreFlow)):
            motion["family"] = self.motion.family
        if isinstance(self.motion, Prescribed):
            motion["rates"] = {name: encode(e) for name, e in self.motion.rates.items()}
        return {
            "letters": [x.wire() for x in self.letters],
            "sequences": list(self.sequences),
            "positive": list(self.positive),
            "square": self.square,
            "layers": self.layers,
            "least_depth": self.least_depth,
            "motion": motion,
            "definitions": {
                name: [relation(e) for e in es] for name, es in self.definitions.items()
            },
        }


def _indexed(x: Letter) -> str:
    """With its index, where it has one."""
    return f"{LATEX.name(x.name)}_{{k}}" if x.index else LATEX.name(x.name)


def _run(x: Letter) -> str:
    return "_k" if x.index else ""
