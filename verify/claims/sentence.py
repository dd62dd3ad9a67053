"""A sentence: one setting, the hypotheses that are assumed and one conclusion. The judge decides
sentences, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.algebra.generic import Algebra
from verify.claims.hypotheses import Balanced, DepthAtLeast, Homogeneous, Hypothesis, NonZero
from verify.models.diagonal import DiagonalTheory
from verify.models.flow import Flow
from verify.models.trajectories import Trajectories
from verify.terms.expr import Expr, kind_of
from verify.terms.own import ours
from verify.terms.words import latex, words

if TYPE_CHECKING:
    from verify.claims.conclusions.base import Conclusion
    from verify.models.point import Point

_SIZES = ("L", "n")


@dataclass(frozen=True)
class Sentence:
    """``name`` labels the conclusion inside its claim; ``beside`` are the claim's conclusions, so
    that one point serves all.
    """

    setting: Flow | Trajectories
    assuming: tuple[Hypothesis, ...]
    name: str
    conclusion: Conclusion
    beside: tuple[Conclusion, ...] = ()

    def mentioned(self) -> tuple[Expr, ...]:
        """Expressions of this conclusion and of those beside it."""
        return tuple(e for c in (self.conclusion, *self.beside) for e in c.expressions())

    @property
    def balanced(self) -> bool:
        return any(isinstance(h, Balanced) for h in self.assuming)

    @property
    def least_depth(self) -> int:
        return max(2 if self.pair() else 1, self.stated_depth)  # R_l,m needs two layers

    @property
    def stated_depth(self) -> int:
        """The least depth that setting and hypotheses state."""
        bounds = [h.bound for h in self.assuming if isinstance(h, DepthAtLeast)]
        return max([self.setting.least_depth, *bounds])

    @property
    def homogeneous(self) -> Homogeneous | None:
        return next((h for h in self.assuming if isinstance(h, Homogeneous)), None)

    @property
    def nonzero(self) -> bool:
        return any(isinstance(h, NonZero) for h in self.assuming)

    def constants(self) -> tuple[str, ...]:
        """Every constant that occurs, here or in a conclusion beside, sizes first: these get values
        at points.
        """
        return self._constants(self.mentioned())

    def declared(self) -> tuple[str, ...]:
        """The constants of this sentence alone: what a certificate declares."""
        return self._constants(self.conclusion.expressions())

    def _constants(self, expressions: tuple[Expr, ...]) -> tuple[str, ...]:
        found = set().union(*(e.constants() for e in expressions))
        if self.homogeneous:
            found |= self.homogeneous.degree.constants()
        found |= {"eta"} if self.setting.kind == "step" else set()
        found |= {self.setting.decay} if self.setting.decay else set()
        return (*_SIZES, *sorted(found - set(_SIZES)))

    def numbered(self, kind: str) -> set[int]:
        """Layers or coordinates that the conclusion calls by number."""
        nodes = [x.args for e in self.conclusion.expressions() for x in e.walk() if x.head == "at"]
        return {
            x
            for name, *idx in nodes
            for p, x in enumerate(idx)
            if isinstance(x, int) and kind_of(name, p) == kind
        }

    @property
    def least_width(self) -> int:
        """The least width of which a proof of the sentence speaks."""
        invariant = self.homogeneous is not None and self.homogeneous.invariant
        return max([1 + bool(invariant), *self.numbered("coordinates")])

    def pair(self) -> tuple | None:
        """The two layers of R_l,m, which must differ."""
        pairs = {
            node.args[1:3]
            for e in self.conclusion.expressions()
            for node in e.walk()
            if ours(node, "R")
        }
        return min(pairs, key=repr) if pairs else None

    def algebra(self) -> Algebra:
        return Algebra(
            DiagonalTheory(
                balanced=self.balanced and self.setting.kind == "flow",
                nonzero=self.nonzero,
                least_depth=self.least_depth,
                decay=self.setting.decay,
                pair=self.pair(),
                declared=frozenset(self.constants()),
            )
        )

    def relations(self) -> dict[str, Expr]:
        """What the hypotheses make vanish always; a relation of the start alone is never among
        them.
        """
        pairs = ((h.id, h.relation()) for h in self.assuming if h.when == "always")
        return {name: relation for name, relation in pairs if relation is not None}

    def violated(self, point: Point) -> str | None:
        """The first hypothesis that the point does not satisfy, in words."""
        if point.depth < self.least_depth:
            return f"depth {point.depth} < {self.least_depth}"
        return next((reason for h in self.assuming if (reason := h.violated(point))), None)

    def free_indices(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for e in self.conclusion.expressions():
            found.update(e.free_indices())
        return found


def conditions(sentence: Sentence) -> str:
    """``while w_i != 0 for each i``; of a function of forms, ``where`` no divisor vanishes and logs
    and roots are defined.
    """
    if found := _where(sentence, words, "!="):
        return found
    return (
        "while w_i != 0 for each i" if sentence.nonzero and sentence.setting.kind == "flow" else ""
    )


def conditions_latex(sentence: Sentence) -> str:
    """What is excluded besides the hypotheses, each of which is stated."""
    return _where(sentence, latex, "\\neq")


def _where(sentence: Sentence, written: Callable[[Expr], str], unequal: str) -> str:
    found = [
        f"{written(x)} {sign or unequal} 0"
        for e in sentence.conclusion.expressions()
        if e.has("euler")
        for x, sign in _excluded(e)
    ]
    return f"where {' and '.join(dict.fromkeys(found))}" if found else ""


def _excluded(e: Expr) -> Iterator[tuple[Expr, str]]:
    """What is divided by, and with ">" what a log or a root is taken of."""
    for node in e.walk():
        if node.head == "log":
            yield node.args[0], ">"
        elif node.head == "^" and node.args[0].head != "num" and node.args[1].head == "num":
            exponent = node.args[1].args[0]
            if exponent < 0 or exponent.denominator > 1:
                yield node.args[0], "" if exponent.denominator == 1 else ">"


def reach(sentence: Sentence, only_depth: int | None = None) -> str:
    """What a proof of the sentence speaks of: its sizes, and what has to hold on the way."""
    return ", ".join(x for x in (sizes(sentence, only_depth), conditions(sentence)) if x)


def sizes(sentence: Sentence, only_depth: int | None = None) -> str:
    """Depths and widths for which a proof of the sentence speaks."""
    depth = f"every depth >= {sentence.least_depth}" if sentence.least_depth > 1 else "every depth"
    if only_depth is not None:
        depth = f"depth {only_depth}"
    least = sentence.least_width
    return f"{depth}, every width" + (f" >= {least}" if least > 1 else "")
