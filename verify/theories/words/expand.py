"""From expressions to normal forms: products, marks, traces, sums, derivatives along a flow and one
step of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.terms.affine import ONE, ZERO, Affine, N
from verify.terms.letters import Theory
from verify.terms.matrices import Mat
from verify.theories.words.derive import Rates, derivative, stepped, unfolded
from verify.theories.words.element import (
    Element,
    add,
    affordable,
    effort,
    family_range,
    marked,
    multiply,
    narrowed,
    place_range,
    scalar,
    shrunk,
    traced,
)
from verify.theories.words.sums import met, settled, summed


@dataclass(frozen=True)
class Expander:
    """``rates``: the derivative of each letter along the flow (a letter without one is constant if
    it stands in ``fixed``); ``steps``: its value after one step.
    """

    theory: Theory
    rates: Rates = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    steps: Rates = field(default_factory=dict)
    work: list[int] = field(
        default_factory=lambda: [0, 1], compare=False, repr=False
    )  # of this expression, and how often it is read

    def element(self, e: Mat) -> Element:
        """Raises NotGeneric where the expression has no normal form."""
        return getattr(self, _RULES[e.head])(e)

    def normal(self, e: Mat, free: Mapping[str, tuple[int, int]]) -> Element:
        """The normal form of a sentence's expression; ``free`` gives (first, N - last) of each free
        index.
        """
        self.work[:] = 0, self._readings(free)
        found = self.element(e)
        self.work[:] = 0, 1
        for name, (first, less) in free.items():
            found = met(found, name, first, less, self.theory)
        return settled(found, self.theory)

    def _readings(self, free: Mapping[str, tuple[int, int]]) -> int:
        """At least so often the reader multiplies it out: at every depth up to 10 and every k, and
        near the ends of larger ones.
        """
        depths, ends = range(self.theory.least_depth, 11), list(free.values()) or [(4, 4)]
        large = max(9 - first - less for first, less in ends)
        return large + (
            sum(max(0, n - less - first + 1) for n in depths for first, less in ends)
            if free
            else len(depths)
        )

    def _num(self, e: Mat) -> Element:
        return scalar(e.args[0])

    def _const(self, e: Mat) -> Element:
        return {(((((e.args[0]), None), ONE),), False, (), ()): Fraction(1)}

    def _seq(self, e: Mat) -> Element:
        name, at = e.args
        where = family_range("inner", at, self.theory)
        return {} if where is None else {((((name, at), ONE),), False, (), where): Fraction(1)}

    def _letter(self, e: Mat) -> Element:
        name, at = e.args
        spec = self.theory.letters[name]
        if at is None:
            return {((), False, ((name, None, "", ONE),), ()): Fraction(1)}
        where = family_range(spec.index, at, self.theory)
        word = shrunk(((name, at, "", ONE),), self.theory)
        return {} if where is None else narrowed({((), False, word, ()): Fraction(1)}, where)

    def _add(self, e: Mat) -> Element:
        return add(self.element(e.args[0]), self.element(e.args[1]))

    def _times(self, e: Mat) -> Element:
        return self._product(self.element(e.args[0]), self.element(e.args[1]))

    def _product(self, x: Element, y: Element) -> Element:
        self.work[0] += self.work[1] * effort(x, y)
        affordable(self.work[0])
        return multiply(x, y, self.theory)

    def _power(self, e: Mat) -> Element:
        base, exponent = e.args
        x = self.element(base)
        if exponent.terms or exponent.const < 0:
            return self._symbolic(x, exponent)
        found = scalar(1)
        for _ in range(exponent.const):
            found = self._product(found, x)
        return found

    def _symbolic(self, x: Element, exponent: Affine) -> Element:
        """A single letter, or a positive constant, to a symbolic or negative power."""
        if len(x) != 1:
            raise NotGeneric(f"a sum to the power {exponent}")
        (scalars, is_trace, word, ranges), c = next(iter(x.items()))
        if (
            c == 1
            and not is_trace
            and not word
            and len(scalars) == 1
            and scalars[0][1] == ONE
            and not ranges
        ):
            name = scalars[0][0][0]
            self._check(name, exponent, name in self.theory.positive)
            return {(((scalars[0][0], exponent),), False, (), ()): c}
        if c != 1 or is_trace or scalars or ranges or len(word) != 1 or word[0][3] != ONE:
            raise NotGeneric(f"a product to the power {exponent}")
        name, at, mark, _ = word[0]
        if self.theory.letters[name].form == "free":
            raise NotGeneric(
                f"{name}^({exponent}): only Hermitian and invertible letters take such powers"
            )
        self._check(name, exponent, self.theory.invertible(name))
        return {((), False, ((name, at, mark, exponent),) if exponent != ZERO else (), ()): c}

    def _check(self, name: str, exponent: Affine, invertible: bool) -> None:
        """Negative powers are for what can be inverted; an exponent with an index is looked at
        where the index is met.
        """
        if invertible or any(n != "N" for n, _ in exponent.terms):
            return
        if exponent.coefficient("N") < 0 or exponent.at({"N": self.theory.least_depth}) < 0:
            raise NotGeneric(f"{name}^({exponent}): {name} need not be invertible")

    def _mark(self, e: Mat) -> Element:
        return marked(self.element(e.args[1]), e.args[0], self.theory)

    def _trace(self, e: Mat) -> Element:
        return traced(self.element(e.args[0]), self.theory)

    def _sum(self, e: Mat) -> Element:
        over, first, last, body = e.args
        return summed(self.element(body), over, first.const, (N - last).const, self.theory)

    def _within(self, e: Mat) -> Element:
        at, first, less, body = e.args
        where = place_range(first, less, True, at, self.theory)
        return {} if where is None else narrowed(self.element(body), where)

    def _defined(self, e: Mat) -> Element:
        return self.element(unfolded(e))

    def _loss(self, e: Mat) -> Element:
        raise NotGeneric("E(X) is an abstract function; only its derivative has a normal form")

    def _derivative(self, e: Mat) -> Element:
        return self.element(
            derivative(self.rates, self.fixed, e.args[0], least=self.theory.least_depth)
        )

    def _next(self, e: Mat) -> Element:
        return self.element(stepped(self.steps, self.fixed, e.args[0]))


_RULES = {
    "num": "_num",
    "const": "_const",
    "seq": "_seq",
    "letter": "_letter",
    "+": "_add",
    "*": "_times",
    "^": "_power",
    "mark": "_mark",
    "tr": "_trace",
    "sum": "_sum",
    "G": "_defined",
    "H": "_defined",
    "w": "_defined",
    "within": "_within",
    "loss": "_loss",
    "D": "_derivative",
    "next": "_next",
}
