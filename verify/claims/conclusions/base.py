"""What every kind of conclusion offers. One file per kind; the kinds are a closed list.

``obligations`` are formed here, from the conclusion alone: an author's hints can help and can never
state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from verify.exact.errors import BadInput, require
from verify.models.samples import Quantity
from verify.spelling.alphabet import LATEX
from verify.spelling.tex import RELATIONS, number
from verify.terms.expr import Expr
from verify.terms.expr_grammar import fault
from verify.terms.matrices import Mat
from verify.terms.matrix_wire import encode as encode_matrix
from verify.terms.own import ours
from verify.terms.wire import encode
from verify.terms.words import at_time, bracketed, latex, words

if TYPE_CHECKING:
    from verify.models.jets import Motion
    from verify.models.point import Point


@dataclass(frozen=True, slots=True)
class Hints:
    """Untrusted help: go ``through`` an expression for a second derivative, or use a ``rule``."""

    through: Expr | None = None
    rule: str | None = None

    def __post_init__(self) -> None:
        """Raises BadInput for help of another type."""
        require(
            self.through is None or isinstance(self.through, Expr),
            "Hints: through",
            self.through,
            "an expression",
        )
        require(
            self.rule is None or isinstance(self.rule, str),
            "Hints: rule",
            self.rule,
            "the name of a rule, such as 'HOLDER'",
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """A conclusion fails at a point: what was evaluated, in words and in LaTeX (mathematics), and
    its value in words.
    """

    what: str
    value: str
    tex: str = ""


def require_expression(where: str, value: object) -> None:
    """Raises BadInput naming the field, what it holds, what was expected and how to mend it. Of
    matrices: ``terms.matrix_grammar``.
    """
    if type(value) is Expr:
        why = fault(value)
        if why:
            raise BadInput(f"{where}: {why}")
        return
    kind = type(value).__name__
    number = isinstance(value, (int, Fraction)) and not isinstance(value, bool)
    mend = f"write num({value})" if number else "write it with the letters of verify.terms.expr"
    if type(value).__module__.startswith("sympy"):
        mend += "; SymPy only displays"
    shown = (
        f"{value!r:.40} of type {kind}"
        if isinstance(value, (int, float, str, Fraction))
        else f"of type {kind}"
    )
    raise BadInput(f"{where} is {shown}; expected an expression: {mend}")


@dataclass(frozen=True, slots=True)
class Trap:
    """A start from which the conclusion fails for ever, by a rule."""

    point: Point
    failure: Failure
    rule: str


class Conclusion:
    """Contract. ``exact`` kinds can be PROVED by ``obligations``; the others are only measured.

    ``said`` and ``tex`` are the sentence in words and in LaTeX; fields stand in braces by their
    names, ``{quantity(t)}`` for the quantity at a time.
    """

    kind: ClassVar[str]
    said: ClassVar[str]
    tex: ClassVar[str]
    rule: ClassVar[str | None] = None
    exact: ClassVar[bool] = True
    display: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Raises BadInput where a field that holds an expression holds something else."""
        for f in fields(self):  # type: ignore[arg-type]
            if f.type == "Expr":
                require_expression(f"{type(self).__name__}: {f.name}", getattr(self, f.name))

    @staticmethod
    def in_latex(x: Any, /) -> str:
        """An expression, or a name."""
        return latex(x)

    def expressions(self) -> tuple[Expr, ...]:
        """Everything that the conclusion mentions."""
        return tuple(
            x
            for f in fields(self)  # type: ignore[arg-type]
            if isinstance(x := getattr(self, f.name), Expr)
        )

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        """Expressions that must vanish identically (modulo the hypotheses) for the conclusion to
        hold.

        Raises NotGeneric where the hints name a rule that does not fit the conclusion's shape.
        """
        raise NotImplementedError(f"{self.kind}: not reduced to an identity")

    def rules(self, hints: Hints) -> tuple[str, ...]:
        """Rules that lead from the obligations to the conclusion."""
        return (self.rule,) if self.rule else ()

    def order(self) -> int:
        """How many time derivatives ``fails`` looks at."""
        return 0

    def fails(self, motion: Motion, scope: Mapping[str, int]) -> Failure | None:
        """A certified failure at time 0+ of a motion, or None (which proves nothing)."""
        raise NotImplementedError

    def trapped(self, candidates: Iterable[Point]) -> Trap | None:
        """For kinds that are not exact: a certified start from which the conclusion fails, or
        None.
        """
        return None

    def render(self) -> str:
        """The one sentence that is printed, stored and certified."""
        apart = [f" ({a} != {b})" for a, b in self.apart()]
        return "".join([self._filled(self.said, False), *apart])

    def latex(self) -> str:
        """The same in LaTeX: mathematics, which is displayed, unless ``display`` is False: then
        text with its own mathematics.
        """
        sign = [(LATEX.counted(a), LATEX.counted(b)) for a, b in self.apart()]
        apart = [f"\\quad ({a} \\ne {b})" for a, b in sign]
        return "".join([self._filled(self.tex, True), *apart])

    def apart(self) -> list[tuple[Any, Any]]:
        """Layers l and m that the sentence needs to be different: it speaks of R_(l,m)."""
        nodes = [node for x in self.expressions() for node in x.walk()]
        found = [n.args[1:3] for n in nodes if ours(n, "R")]
        return [p for p in dict.fromkeys(found) if any(isinstance(x, str) for x in p)]

    def named(self) -> dict[str, Any]:
        """What the names in a sentence stand for."""
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]

    def part(self, name: str, moment: str, tex: bool) -> str:
        """What stands in place of {name} or {name(moment)}. Raises KeyError for a name of
        nothing.
        """
        value = self.named()[name]
        if tex and (isinstance(value, Expr) or name in ("quantity", "other")):
            return at_time(value, moment, self.in_latex) if moment else self.in_latex(value)
        if isinstance(value, Expr):
            return f"{bracketed(value)} at time {moment}" if moment else words(value)
        if tex and isinstance(value, (int, Fraction)):
            return number(value)
        return RELATIONS[value] if tex and name == "relation" else str(value)

    def wire(self) -> dict:
        """JSON form in the certificate."""
        own = {f: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]
        return {"kind": self.kind} | {
            f.name: str(x) if f.type == "Fraction" else wired(x) for f, x in own.items()
        }

    def _filled(self, text: str, tex: bool) -> str:
        """Other braces are LaTeX; what comes in place of a name is not looked into."""

        def put(found: re.Match) -> str:
            try:
                return self.part(found[1], found[2] or "", tex)
            except KeyError:
                return found[0]

        return re.sub(r"\{([a-z]+)(?:\(([t0])\))?\}", put, text)


def wired(value: Any) -> Any:
    """A field as it stands in a certificate."""
    if isinstance(value, Expr):
        return encode(value)
    if isinstance(value, Mat):
        return encode_matrix(value)
    if isinstance(value, Quantity):
        return value.name
    return [wired(x) for x in value] if isinstance(value, tuple) else value


def vanishes(motion: Motion, scope: Mapping[str, int], gap: Expr) -> Failure | None:
    """None where the gap is exactly zero at time 0, otherwise its value there."""
    value = motion.value(gap, scope).c[0]
    return (
        Failure(words(gap), motion.ring.text(value), latex(gap))
        if motion.ring.sign(value)
        else None
    )
