"""What the laws run over: losses with degrees known by hand, hypotheses whose need is not shown,
and the network entry by entry.

Nothing here is computed by the code under test: degrees are copied from the objectives' derivation
on paper, and ``Net`` is a second, naive implementation of the diagonal network with one polynomial
variable for each weight.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from itertools import product
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

#: degree k of each family, J(c w) = c^k J(w) for c > 0, by hand; None: not homogeneous
DEGREES: dict[str, int | None] = {
    "ratio": 0,  # quotient of two quadratic forms
    "fisher": 0,  # the same with S_B = m m'
    "log-ratio": 0,  # log of the quotient
    "trace-ratio": 0,  # for a vector w the trace ratio is the quotient
    "ratio-trace": 0,
    "log-det": 0,
    "ratio-input-regularised": 0,  # the quadratic form changes, the degree does not
    "ratio-output-regularised": None,  # a constant is added to a form of degree 2
    "trace-ratio-diag": 0,
    "ratio-trace-diag": 0,  # constant in w
    "log-det-diag": 0,  # constant in w
    "ratio-trace-diag-output": None,
    "fraction": 0,
    "difference": 2,
    "squared": None,
    "logistic": None,
    "norm": 2,
    "linear": 1,
    "shifted": None,
}
#: families under which nothing moves
CONSTANT = {"ratio-trace-diag", "log-det-diag"}

Scope = dict[str, int]


@dataclass(frozen=True)
class Ratio:
    """A fraction of polynomials; nothing is cancelled but common factors."""

    top: Any
    bottom: Any

    def __add__(self, o: Ratio) -> Ratio:
        if self.bottom == o.bottom:
            return Ratio(self.top + o.top, self.bottom)
        return Ratio(self.top * o.bottom + o.top * self.bottom, self.bottom * o.bottom)

    def __mul__(self, o: Ratio) -> Ratio:
        top, bottom = self.top * o.top, self.bottom * o.bottom
        if not bottom.is_constant():
            common = top.gcd(bottom)
            top, bottom = top / common, bottom / common
        return Ratio(top, bottom)

    def power(self, e: int) -> Ratio:
        assert e >= 0 or self.top != 0, "a division by zero"
        return (
            Ratio(self.top**e, self.bottom**e) if e >= 0 else Ratio(self.bottom**-e, self.top**-e)
        )


@dataclass(frozen=True)
class Net:
    """The diagonal network of one depth and width, weights and gradient as free variables."""

    depth: int
    width: int
    balanced: bool = False
    nonzero: bool = False
    decay: bool = False
    seed: int = 0

    @cached_property
    def names(self) -> list[str]:
        n = range(1, self.width + 1)
        weights = [f"u{l}_{i}" for l in range(1, self.depth + 1) for i in n]
        matrices = [
            f"{name}{i}_{j}" for name in ("S_B", "S_W", "V") for i in n for j in n if i <= j
        ]
        diagonals = [f"diag_{x}{i}" for x in "BW" for i in n]
        return [
            *weights,
            *(f"g{i}" for i in n),
            *(f"t{i}" for i in n),
            "J",
            "k",
            "eta",
            "kappa",
            "lambda",
            *matrices,
            *diagonals,
        ]

    @cached_property
    def ring(self) -> Any:
        return fmpq_mpoly_ctx.get(self.names, Ordering.degrevlex)

    @cached_property
    def variables(self) -> dict[str, Any]:
        return dict(zip(self.names, self.ring.gens(), strict=True))

    def number(self, x: Fraction | int) -> Ratio:
        x = Fraction(x)
        return Ratio(self.ring.constant(fmpq(x.numerator, x.denominator)), self.ring.constant(1))

    def letter(self, name: str) -> Ratio:
        return Ratio(self.variables[name], self.ring.constant(1))

    def weights(self, i: int, *without: int) -> Ratio:
        """Product of u_(l,i) over the layers that are not named."""
        rest = (self.letter(f"u{l}_{i}") for l in range(1, self.depth + 1) if l not in without)
        return reduce(lambda a, b: a * b, rest, self.number(1))

    def atom(self, name: str, at: list[int]) -> Ratio:
        i = at[-1]
        match name:
            case "u" | "g":
                return self.letter(f"u{at[0]}_{i}" if name == "u" else f"g{i}")
            case "w" | "P" | "R":
                return self.weights(i, *at[:-1])
            case "q":
                assert self.balanced, "|w|^(2/L) is a square of weights for balanced states only"
                return self.letter(f"u1_{i}").power(2)
        return self.letter(f"{name}{min(at)}_{max(at)}")

    def slopes(self) -> dict[str, Ratio]:
        """u' for each weight, and J' = sum_i g_i w_i' by the chain rule through every weight."""
        found = {}
        gain = self.number(0)
        for l, i in product(range(1, self.depth + 1), range(1, self.width + 1)):
            force = self.number(-1) * self.weights(i, l) * self.letter(f"g{i}")
            slope = (
                force + self.number(-1) * self.letter("kappa") * self.letter(f"u{l}_{i}")
                if self.decay
                else force
            )
            found[f"u{l}_{i}"] = slope
            gain = gain + self.letter(f"g{i}") * self.weights(i, l) * slope
        return {**found, "J": gain}

    def derivative(self, x: Ratio) -> Ratio:
        """Along the flow. The gradient itself has no derivative here: where one is needed, the test
        fails.
        """
        used = set(x.top.unused_gens()) & set(x.bottom.unused_gens())
        assert all(f"g{i}" in used for i in range(1, self.width + 1)), (
            "the derivative of g is not known"
        )
        slopes = [(name, s) for name, s in self.slopes().items() if name not in used]
        zero = self.number(0)
        top, bottom = (
            sum((self.partial(p, v) * s for v, s in slopes), start=zero) for p in (x.top, x.bottom)
        )
        lower = Ratio(x.bottom, self.ring.constant(1))
        upper = top * lower + self.number(-1) * Ratio(x.top, self.ring.constant(1)) * bottom
        return upper * lower.power(-2)

    def partial(self, p: Any, name: str) -> Ratio:
        return Ratio(p.derivative(self.names.index(name)), self.ring.constant(1))

    def stepped(self, x: Ratio) -> Ratio:
        """After one descent step: every u_(l,i) is replaced by u_(l,i) - eta P_(l,i) g_i at
        once.
        """
        assert x.bottom.is_constant()
        new = []
        for name in self.names:
            value = self.variables[name]
            if name[0] == "u":
                l, i = map(int, name[1:].split("_"))
                value = (
                    value - self.variables["eta"] * self.weights(i, l).top * self.variables[f"g{i}"]
                )
            new.append(value)
        return Ratio(x.top.compose(*new, ctx=self.ring), x.bottom)

    def on_balance(self, x: Ratio) -> Ratio:
        """u_(l,i) = +-t_i, where balance is assumed."""
        if not self.balanced:
            return x
        draw = random.Random(self.seed)
        new = []
        for name in self.names:
            t = self.variables["t" + name.split("_")[1]] if name[0] == "u" else None
            new.append(self.variables[name] if t is None else t * draw.choice((1, -1)))
        top, bottom = (p.compose(*new, ctx=self.ring) for p in (x.top, x.bottom))
        return Ratio(top, bottom)

    def exponent(self, node: Any) -> int:
        value = self.value(node, {})
        assert value.top.is_constant() and value.bottom.is_constant()
        e = (
            value.top.leading_coefficient() / value.bottom.leading_coefficient()
            if value.top != 0
            else fmpq(0)
        )
        assert e.q == 1, f"the exponent {e} is not an integer at depth {self.depth}"
        return int(e.p)

    def value(self, node: Any, scope: Scope) -> Ratio:
        """An expression of the certificate, entry by entry."""
        if isinstance(node, str):
            return self.number(Fraction(node))
        head, *args = node
        match head:
            case "const":
                sizes = {"L": self.depth, "n": self.width}
                return self.number(sizes[args[0]]) if args[0] in sizes else self.letter(args[0])
            case "loss":
                return self.letter("J")
            case "at":
                return self.atom(args[0], [scope.get(x, x) for x in args[1:]])
            case "+":
                return reduce(lambda a, b: a + b, (self.value(a, scope) for a in args))
            case "*":
                return reduce(lambda a, b: a * b, (self.value(a, scope) for a in args))
            case "^":
                e = self.exponent(args[1])
                assert e >= 0 or self.nonzero or args[0] == ["const", "L"], (
                    "divides by what may vanish"
                )
                return self.value(args[0], scope).power(e)
            case "sum":
                size = self.width if args[1] == "coordinates" else self.depth
                terms = (self.value(args[2], {**scope, args[0]: s}) for s in range(1, size + 1))
                return reduce(lambda a, b: a + b, terms)
            case "D":
                return self.derivative(self.value(args[0], scope))
            case "next":
                return self.stepped(self.value(args[0], scope))
        raise AssertionError(f"{head} has no entrywise value here")
