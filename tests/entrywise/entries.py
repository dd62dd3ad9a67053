"""A second way to the sentences about matrices: the same expressions at given sizes, multiplied out
entry by entry.

Independent of the words: products are those of matrices of polynomials, a gradient consists of
partial derivatives of the objective's polynomial, a loss E(X) enters through a generic matrix P =
E'(X), d/dt is the chain rule on entries, a step is a substitution. With <a, b> = Re Tr(a* b) and f
real, the gradient in a complex z = x + iy is f_x + i f_y = 2 df/d(conj z).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flint import fmpq

from tests.entrywise.letters import (
    Matrix,
    Poly,
    Symbols,
    identity,
    mapped,
    plus,
    scaled,
    times,
    total,
    transposed,
    zeros,
)
from verify.terms.affine import Affine
from verify.terms.letters import RUNS, Letter
from verify.terms.matrices import Mat, P, W, X, inner
from verify.theories.words.sizes import MARK_BITS, Beyond, Sizes

if TYPE_CHECKING:
    from verify.models.matrices import Matrices

_LOSS = "E"
_SIGNS = {"+": "plus", "*": "times", "^": "power"}
Marks = tuple[bool, bool]
Value = Any  # a polynomial, or a matrix of polynomials
PLAIN, CONJ = (False, False), (False, True)


class Entries:
    """Values of expressions at one tuple of sizes over one field. ``defined``: what letters stand
    for; the others are symbols.
    """

    def __init__(
        self,
        setting: Matrices,
        sizes: Sizes,
        field: str,
        names: set[str],
        more: tuple[Letter, ...],
        **kind,
    ) -> None:
        self.setting, self.sizes, self.field = setting, sizes, field
        self.defined: Mapping[str, Mat] = kind.get("defined", {})
        products = {"A", "B", "X"} if setting.layers else set()
        specs = [*setting.theory().letters.values(), *more]
        self.specs = {x.name: x for x in specs}
        free = [x for x in specs if x.name not in products and x.name not in self.defined]
        running = [f"{s}{i}" for s in setting.sequences for i in range(1, sizes.depth)]
        scalars = (
            sorted(names - self.specs.keys() - set(setting.sequences) - {"N", "G"})
            + running
            + [_LOSS]
        )
        self.symbols = Symbols(free, scalars, sizes, field, kind.get("mirrored", {}))
        self.zero = self.symbols.zero
        self._known: dict = {}

    def value(self, e: Mat, at: Mapping[str, int], marks: Marks = PLAIN) -> Value:
        """A polynomial or a matrix of polynomials. Raises Beyond."""
        key = (e, marks, tuple(sorted(at.items())))
        if key not in self._known:
            self._known[key] = self._worked(e, at, marks)
        return self._known[key]

    def _worked(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Value:
        rule = getattr(self, f"_of_{_SIGNS.get(e.head, e.head)}", None)
        if rule is None:
            raise Beyond(f"{e.head} has no entries")
        return rule(e, at, marks)

    def _of_num(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Poly:
        return self.zero + fmpq(e.args[0].numerator, e.args[0].denominator)

    def _of_const(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Poly:
        return self.zero + self.sizes.depth if e.args[0] == "N" else self.symbols.scalar(e.args[0])

    def _of_seq(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Poly:
        i = e.args[1].at(self._indices(at))
        return self.symbols.scalar(f"{e.args[0]}{i}") if 0 < i < self.sizes.depth else self.zero

    def _of_letter(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Matrix:
        i = None if e.args[1] is None else e.args[1].at(self._indices(at))
        found = self._letter(e.args[0], i, marks[1])
        return transposed(found) if marks[0] else found

    def _letter(self, name: str, i: int | None, conj: bool) -> Matrix:
        spec, depth = self.specs[name], self.sizes.depth
        if i is not None:
            first, less = RUNS[spec.index]
            if not first <= i <= depth - less:
                if spec.index != "inner":
                    raise Beyond(f"{name}_{i} at depth {depth}")
                return self._nothing(spec, i)
        if name in self.defined:
            return self.value(self.defined[name], {} if i is None else {"k": i}, (False, conj))
        runs = {"A": (depth, i), "B": ((i or 1) - 1, 0), "X": (depth, 0)}
        if self.setting.layers and name in runs:
            return self._product(*runs[name], conj)  # type: ignore[arg-type]
        return self.symbols.matrix(name, i, conj)

    def _nothing(self, spec: Letter, i: int) -> Matrix:
        if not 0 <= i <= self.sizes.depth:
            raise Beyond(f"{spec.name}_{i} has no size at depth {self.sizes.depth}")
        return zeros(self.sizes.of(spec.rows, i), self.sizes.of(spec.cols, i), self.zero)

    def _product(self, high: int, low: int, conj: bool) -> Matrix:
        """W_high ... W_(low+1)."""
        key = ("product", high, low, conj)
        if key not in self._known:
            found = identity(self.sizes.d[low], self.zero)
            if high > low:
                found = times(
                    self.symbols.matrix("W", high, conj),
                    self._product(high - 1, low, conj),
                    self.zero,
                )
            self._known[key] = found
        return self._known[key]

    def _indices(self, at: Mapping[str, int]) -> dict[str, int]:
        return {**at, "N": self.sizes.depth}

    def _of_plus(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Value:
        return self._added(*(self.value(a, at, marks) for a in e.args))

    def _added(self, x: Value, y: Value) -> Value:
        """A number beside a matrix stands for its multiple of the identity."""
        if isinstance(x, tuple) and isinstance(y, tuple):
            return plus(x, y)
        if isinstance(x, tuple) or isinstance(y, tuple):
            m, c = (x, y) if isinstance(x, tuple) else (y, x)
            return m if c == 0 else plus(m, scaled(identity(len(m), self.zero), c))
        return x + y

    def _of_times(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Value:
        x, y = (self.value(a, at, marks) for a in (reversed(e.args) if marks[0] else e.args))
        if isinstance(x, tuple) and isinstance(y, tuple):
            return times(x, y, self.zero)
        if isinstance(x, tuple) or isinstance(y, tuple):
            return scaled(x, y) if isinstance(x, tuple) else scaled(y, x)  # type: ignore[arg-type]
        return x * y

    def _of_power(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Value:
        exponent, base = e.args[1].at(self._indices(at)), self.value(e.args[0], at, marks)
        if exponent < 0:
            raise Beyond(f"the power {exponent} has no polynomial entries")
        if not isinstance(base, tuple):
            return base**exponent
        found = identity(len(base), self.zero)
        for _ in range(exponent):
            found = times(found, base, self.zero)
        return found

    def _of_mark(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Value:
        turn, conj = MARK_BITS[e.args[0]]
        return self.value(e.args[1], at, (marks[0] ^ turn, marks[1] ^ conj))

    def _of_tr(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Poly:
        """Re Tr x = (Tr x + Tr conj x) / 2."""
        sides = [self.value(e.args[0], at, side) for side in (PLAIN, CONJ)]
        if any(not isinstance(x, tuple) or len(x) != len(x[0]) for x in sides):
            raise Beyond("the trace of something that is no square matrix")
        return sum((x[i][i] for x in sides for i in range(len(x))), self.zero) * fmpq(1, 2)

    def _of_sum(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Value:
        over, first, last, body = e.args
        found = self.zero
        for i in range(first.at(self._indices(at)), last.at(self._indices(at)) + 1):
            found = self._added(found, self.value(body, {**at, over: i}, marks))
        return found

    def _of_G(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Matrix:
        i = e.args[0].at(self._indices(at))
        if not 0 < i < self.sizes.depth:
            return self._nothing(Letter("G", "k", "k", "inner"), i)
        return self.value(W[i] * W[i].H - W[i + 1].H * W[i + 1], {}, marks)

    def _family(self, name: str, i: int) -> Mat:
        return Mat("G", (Affine(i),)) if name == "G" else Mat("letter", (name, Affine(i)))

    def _of_w(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Matrix:
        name, i = e.args[0], e.args[1].at(self._indices(at))
        return self.value(
            self._family(name, i) * W[i] - W[i] * self._family(name, i - 1), {}, marks
        )

    def _of_H(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Matrix:
        """H_i(c) = (w_c)_i W_i* - W_(i+1)* (w_c)_(i+1), multiplied out."""
        name, i = e.args[0], e.args[1].at(self._indices(at))
        if not 0 < i < self.sizes.depth:
            return self._nothing(Letter("H", "k", "k", "inner"), i)
        before, after = Mat("w", (name, Affine(i))), Mat("w", (name, Affine(i + 1)))
        return self.value(before * W[i].H - W[i + 1].H * after, {}, marks)

    def _of_loss(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Poly:
        return self.symbols.scalar(_LOSS)

    def _of_D(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Value:
        return mapped(self.value(e.args[0], at, marks), self.moved)

    def _of_next(self, e: Mat, at: Mapping[str, int], marks: Marks) -> Value:
        return mapped(self.value(e.args[0], at, marks), self._stepped)

    def moved(self, f: Poly) -> Poly:
        """d/dt of a polynomial in the entries: the chain rule. Raises Beyond where an entry moves
        in no known way.
        """
        return self.along(f, self.rates)

    def along(self, f: Poly, rates: Mapping[int, Poly]) -> Poly:
        found = []
        for i, degree in enumerate(f.degrees()):
            if degree > 0 and i in self.unknown_rates:
                raise Beyond("P or b moves in no known way")
            if degree > 0 and i == self.loss:
                found.append(
                    f.derivative(i)
                    * total([self.pairing.derivative(z) * x for z, x in rates.items()], self.zero)
                )
            elif degree > 0 and i in rates:
                found.append(f.derivative(i) * rates[i])
        return total(found, self.zero)

    @cached_property
    def unknown_rates(self) -> frozenset[int]:
        """The entries of P, the gradient at a moving X, and of the b of a flow on the fibre."""
        motion: Any = self.setting.motion
        fibre = self.symbols.of(motion.family) if motion.kind == "fibre-flow" else []
        return frozenset(fibre + (self.symbols.of("P") if self.setting.layers else []))

    @cached_property
    def pairing(self) -> Poly:
        """Re Tr(P* X): with P held fixed its derivatives are those of E(X)."""
        return self.value(inner(P, X), {})

    @cached_property
    def loss(self) -> int:
        """The number of the symbol E."""
        return self.symbols.number[_LOSS]

    @cached_property
    def rates(self) -> dict[int, Poly]:
        """The derivative of each symbol that moves. Raises Beyond for a setting in which nothing
        does.
        """
        from tests.entrywise.motion import rates

        return rates(self)

    @cached_property
    def _steps(self) -> list[Poly]:
        from tests.entrywise.motion import steps

        return steps(self)

    def _stepped(self, f: Poly) -> Poly:
        if any(d > 0 and i in self.unknown_rates for i, d in enumerate(f.degrees())):
            raise Beyond("nothing says what P becomes after a step")
        return f.compose(*self._steps)
