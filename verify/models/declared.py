"""Declared: a setting in the one language: letters with roles, and what moves them.

The kernel derives every rate from the objective; sets, integers and their ranges are those of the
indices. All statements are for all finite sets and all integers from their least values on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from verify.exact.errors import require
from verify.models.declared_letters import (
    CALLED,
    DECLARED,
    Letter,
    constant,
    gate,
    let,
    log,
    loss,
    parameter,
    product,
    root,
)
from verify.spelling.tex import inline, sentence
from verify.terms.expr import Expr
from verify.terms.indices import Index, ends, free, term
from verify.terms.words import latex, words

__all__ = [
    "Declared", "Letter", "constant", "gate", "let", "log", "loss", "parameter", "product", "root",
]  # fmt: skip


@dataclass(frozen=True)
class Declared:
    """``flow``: the objective of a gradient flow. ``step``: that of one descent step of the length
    ``size``, a constant. Neither: nothing moves. ``speeds``: by the name of a parameter what its
    gradient is multiplied with, made of positive constants. ``least``: least values of integers.

    Raises BadInput for a field of another type; what the names mean is looked at with the claim.
    """

    letters: tuple[Letter, ...]
    flow: Expr | None = None
    step: Expr | None = None
    size: Letter | None = None
    speeds: Mapping[str, Expr] = field(default_factory=dict, hash=False)
    least: Mapping[str, int] = field(default_factory=dict, hash=False)
    kind: ClassVar[str] = "declared"
    least_depth: ClassVar[int] = 1
    decay: ClassVar[None] = None

    def __post_init__(self) -> None:
        """Raises BadInput naming the field, its value and what was expected."""
        fits = isinstance(self.letters, tuple) and all(
            type(x) is Letter and x.role in DECLARED for x in self.letters
        )
        require(fits, "Declared: letters", self.letters, "a tuple: (parameter('a', j), ...)")
        for name in ("flow", "step"):
            value = getattr(self, name)
            fits = value is None or isinstance(value, Expr)
            require(fits, f"Declared: {name}", value, "an expression: the objective, E.here")
        require(
            self.flow is None or self.step is None,
            "Declared: step",
            "beside a flow",
            "a flow or a step",
        )
        fits = (self.step is None) == (self.size is None) and (
            self.size is None or isinstance(self.size, Letter)
        )
        require(fits, "Declared: size", self.size, "the constant that a step is as long as")
        for name, kind in (("speeds", Expr), ("least", int)):
            value = getattr(self, name)
            fits = isinstance(value, Mapping) and all(
                isinstance(k, str) and type(x) is kind for k, x in value.items()
            )
            require(fits, f"Declared: {name}", value, "values by name, such as {'L': 2}")

    def moving(self) -> tuple[Letter, ...]:
        """Parameters, where there is a motion."""
        moves = self.flow is not None or self.step is not None
        return tuple(x for x in self.letters if moves and x.role == "parameter")

    def signed(self) -> tuple[Letter, ...]:
        """What moves and has a sign: a statement speaks up to the first time at which it fails."""
        found = [x for x in self.letters if x.sign and x.role in ("parameter", "root")]
        return tuple(found) if self.moving() else ()

    def indices(self, *parts: Expr) -> tuple[Index, ...]:
        """Every index that occurs, once by name and range, in the order of the letters; then those
        of ``parts``.
        """
        found: dict[tuple[str, str], Index] = {}
        for i in (*self._indices(), *(i for e in parts for i in bound(e))):
            found.setdefault((str(i), i.kind), i)
        return tuple(found.values())

    def _indices(self) -> list[Index]:
        found: list[Index] = []
        for x in self.letters:
            found += x.indices
            found += bound(x.of) if isinstance(x.of, Expr) else []
        for e in (self.flow, self.step):
            found += bound(e) if e is not None else []
        return found

    def sets(self, more: tuple[Index, ...] = ()) -> tuple[str, ...]:
        """Finite sets, also those that are sizes of matrices."""
        kinds = [i.kind for i in (*self.indices(), *more) if ends(i.kind) is None]
        sizes = [s for x in self.letters if x.size for s in x.size]
        return tuple(dict.fromkeys([*kinds, *sizes]))

    def integers(self, more: tuple[Index, ...] = ()) -> dict[str, int]:
        """Integers by name, with their least values."""
        both = [e for i in (*self.indices(), *more) for e in ends(i.kind) or ()]
        names = [e.split("+")[0].split("-")[0].strip() for e in both if not e.isdigit()]
        return {x: self.least.get(x, 1) for x in dict.fromkeys([*names, *self.least])}

    def title(self, *parts: Expr) -> str:
        """Letters, loss, motion, and what every index runs through, those of ``parts`` too, in one
        line.
        """
        said = (*self._said(False), self._motion(False), self._runs(False, *parts))
        return "; ".join(x for x in said if x)

    def _said(self, tex: bool) -> list[str]:
        wrap = inline if tex else str
        found = []
        matrices = any(x.size for x in self.letters)
        for role, called in CALLED.items():
            own = sorted((x for x in self.letters if x.role == role), key=lambda x: not x.sign)
            mine = [wrap(x.text(tex) + size_of(x, tex)) for x in own]  # "x, k > 0" could be both
            if mine:
                found.append(f"{called}{'s' * (len(mine) > 1)} {', '.join(mine)}")
        found += ["matrices real or complex"] if matrices else []
        for x in self.letters:
            if x.role == "gate":
                where = f"{wrap(saying(tex)(x.here))} is 1 where {wrap(saying(tex)(x.of))} > 0"
                found.append(f"{where} and 0 where it is < 0".replace("> 0", wrap("> 0")))
            elif x.role == "loss":
                over = wrap(saying(tex)(x.of))
                all_of = f", all {', '.join(map(wrap, x.indices))}" if x.indices else ""
                slope = wrap(saying(tex)(x.partner.here))
                said = f"{wrap(x.name)} any {wrap('C^1')} function of {over}{all_of}"
                found.append(f"{said}, gradient {slope}")
            elif x.role not in CALLED:
                found.append(wrap(x.text(tex)))
        return found

    def _motion(self, tex: bool) -> str:
        wrap, said = (inline if tex else str), saying(tex)
        if self.flow is not None:
            found = f"gradient flow of {wrap(said(self.flow))}"
        elif self.step is not None and self.size is not None:
            found = (
                f"one descent step of {wrap(said(self.step))}, length {wrap(said(self.size.here))}"
            )
        else:
            return "nothing moves"
        speeds = [f"{wrap(x)}: {wrap(said(e))}" for x, e in self.speeds.items()]
        found += f", gradients times {', '.join(speeds)}" if speeds else ""
        gates = any(x.role == "gate" for x in self.letters)
        signs = bool(self.signed())
        found += ", on each activation region" if gates else ""
        return found + (", as long as these signs hold" if signs else "")

    def _runs(self, tex: bool, *parts: Expr) -> str:
        """What the indices run through."""
        wrap = inline if tex else str
        by_kind: dict[str, list[str]] = {}
        for i in self.indices(*parts):
            by_kind.setdefault(i.kind, []).append(str(i))
        return ", ".join(
            f"{', '.join(map(wrap, xs))} {_within(k, tex)}" for k, xs in by_kind.items()
        )

    def detail(self) -> str:
        """For which sizes."""
        sets, least = self.sets(), self.integers()
        found = [f"all finite sets {', '.join(sets)}"] if sets else []
        found += [f"every {x} >= {n}" for x, n in least.items()]
        return "; ".join(found) or "numbers alone"

    def latex(self, *parts: Expr) -> str:
        """As ``title`` says it."""
        return sentence((*self._said(True), self._motion(True), self._runs(True, *parts)))

    def wire(self) -> dict[str, Any]:
        """The setting as the kernel reads it, but for sets and integers that only a conclusion
        speaks of.
        """
        return {"kind": self.kind, **self.declared()}

    def declared(
        self, degrees: Mapping[str, Any] | None = None, more: tuple[Index, ...] = ()
    ) -> dict[str, Any]:
        """The setting of a certificate; ``degrees``: of losses, by name, that are assumed."""
        letters = {x.name: x.wire() for x in self.letters}
        for name, degree in (degrees or {}).items():
            letters[name]["degree"] = degree
        return {
            "integers": self.integers(more),
            "sets": [*self.sets(more)],
            "families": [],
            "letters": letters,
            "motion": self._moved(),
        }

    def _moved(self) -> dict[str, Any]:
        if self.flow is None and self.step is None:
            return {"kind": "still"}
        of = term(self.flow if self.flow is not None else self.step)  # type: ignore[arg-type]
        found = {"kind": "gradient-flow" if self.flow is not None else "gradient-step", "of": of}
        if self.size is not None:
            found["size"] = self.size.name
        if self.speeds:
            found["speeds"] = {x: term(e) for x, e in self.speeds.items()}
        return found


def saying(tex: bool) -> Any:
    """How an expression is written."""
    return latex if tex else words


def size_of(x: Letter, tex: bool) -> str:
    """Rows and columns of a matrix."""
    if x.size is None:
        return ""
    rows, cols = x.size
    return f" \\in \\mathbb{{K}}^{{{rows}\\times {cols}}}" if tex else f" ({rows} x {cols})"


def bound(e: Expr) -> list[Index]:
    """Indices that occur in an expression, bound or not."""
    inner = [x.args[0] for x in e.walk() if x.head == "sum"]
    return [*free(e), *(i for i in inner if isinstance(i, Index))]


def _within(kind: str, tex: bool) -> str:
    """A set by its name; a range with its ends."""
    first, dots, last = kind.partition("..")
    if not (tex and dots):
        return f"in {kind}"
    return f"from {inline(first)} to {inline(last)}"
