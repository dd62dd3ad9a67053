"""Expressions: the sentences' own letters, as frozen trees.

An expression is a head and arguments; it is built with ``+ - * / **`` from atoms such as ``u[l,
i]`` and serialises to the JSON of ``proofs/certificates/FORMAT.md``. It never simplifies: deciding
is the business of the normal forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verify.exact.errors import BadInput, WrongIndex, require
from verify.exact.numbers import exactly

Number = int | Fraction
Index = str | int

#: heads that bind an index variable: (variable, kind, body)
BINDERS = frozenset({"sum", "prod", "max", "min"})
KINDS = ("coordinates", "layers")


@dataclass(frozen=True, slots=True)
class Expr:
    """A node: ``head`` names the operation, ``args`` are sub-expressions (or, for leaves, names,
    indices, a Fraction).
    """

    head: str
    args: tuple

    def __add__(self, other: Expr | Number) -> Expr:
        return Expr("+", (self, lift(other)))

    def __radd__(self, other: Number) -> Expr:
        return Expr("+", (lift(other), self))

    def __sub__(self, other: Expr | Number) -> Expr:
        return Expr("+", (self, -lift(other)))

    def __rsub__(self, other: Number) -> Expr:
        return Expr("+", (lift(other), -self))

    def __neg__(self) -> Expr:
        return num(-self.args[0]) if self.head == "num" else Expr("*", (num(-1), self))

    def __mul__(self, other: Expr | Number) -> Expr:
        return Expr("*", (self, lift(other)))

    def __rmul__(self, other: Number) -> Expr:
        return Expr("*", (lift(other), self))

    def __truediv__(self, other: Expr | Number) -> Expr:
        require(lift(other) != num(0), "a quotient with the divisor", 0, "a divisor that is not 0")
        return Expr("*", (self, Expr("^", (lift(other), num(-1)))))

    def __rtruediv__(self, other: Number) -> Expr:
        return lift(other) / self

    def __pow__(self, exponent: Expr | Number) -> Expr:
        return Expr("^", (self, lift(exponent)))

    def __abs__(self) -> Expr:
        return Expr("abs", (self,))

    def walk(self) -> Iterator[Expr]:
        """Every node, the root first."""
        yield self
        for arg in self.args:
            if isinstance(arg, Expr):
                yield from arg.walk()

    def has(self, *heads: str) -> bool:
        return any(node.head in heads for node in self.walk())

    def atoms(self) -> frozenset[str]:
        """Names of the indexed atoms that occur."""
        return frozenset(node.args[0] for node in self.walk() if node.head == "at")

    def constants(self) -> frozenset[str]:
        return frozenset(node.args[0] for node in self.walk() if node.head == "const")

    def free_indices(self) -> dict[str, str]:
        """Index variables bound by no sum, each with its kind, in order of appearance."""
        found: dict[str, str] = {}
        _collect_free(self, frozenset(), found)
        return found


def _collect_free(node: Expr, bound: frozenset[str], found: dict[str, str]) -> None:
    if node.head == "at":
        name, *indices = node.args
        for place, index in enumerate(indices):
            if isinstance(index, str) and index not in bound:
                found.setdefault(index, kind_of(name, place))
    elif node.head in BINDERS:
        _collect_free(node.args[2], bound | {node.args[0]}, found)
    else:
        for arg in node.args:
            if isinstance(arg, Expr):
                _collect_free(arg, bound, found)


def kind_of(name: str, place: int) -> str:
    """Layer indices come first (u, P: one; R: two), coordinates last."""
    layers = {"u": 1, "P": 1, "R": 2}.get(name, 0)
    return "layers" if place < layers else "coordinates"


@dataclass(frozen=True, slots=True)
class Family:
    """An indexed family of atoms: ``Family("u", 2)[l, i]``."""

    name: str
    arity: int

    def __getitem__(self, indices: Index | tuple[Index, ...]) -> Expr:
        indices = indices if isinstance(indices, tuple) else (indices,)
        if len(indices) != self.arity:
            raise WrongIndex(
                f"{self.name} takes {self.arity} indices, got {len(indices)}: {indices!r}; expected"
                f" {self.arity}"
            )
        for x in indices:
            if isinstance(x, (bool, float, Fraction, Expr)) or (isinstance(x, int) and x < 1):
                raise BadInput(
                    f"{self.name}[{', '.join(map(repr, indices))}]: index {x!r:.40}; expected a"
                    " name or a number from 1 on"
                )
        return Expr("at", (self.name, *indices))


def num(value: Number) -> Expr:
    """A number. Raises BadInput for one that is not exact."""
    return Expr("num", (exactly(value),))


def lift(value: Expr | Number) -> Expr:
    """An expression as it is, an exact number as one."""
    return value if isinstance(value, Expr) else num(value)


def const(name: str) -> Expr:
    require(
        isinstance(name, str) and name, "const", name, "a name in quotes, such as const('kappa')"
    )
    return Expr("const", (name,))


def total(index: str, body: Expr | Number, kind: str = "coordinates") -> Expr:
    """sum over all coordinates (or layers) of ``body``. Raises BadInput where the index stands in
    places of the other kind.
    """
    require(isinstance(index, str), "total", index, "the index first: total('i', u['l', 'i'] ** 2)")
    return Expr("sum", (index, kind, _bound(index, lift(body), kind)))


def over_layers(head: str, index: str, body: Expr) -> Expr:
    """``head`` is sum, prod, max or min, taken over all layers."""
    require(
        isinstance(head, str) and head in BINDERS,
        "over_layers",
        head,
        f"one of {', '.join(sorted(BINDERS))}",
    )
    return Expr(head, (index, "layers", _bound(index, lift(body), "layers")))


def _bound(index: str, body: Expr, kind: str) -> Expr:
    """The body, with the index where it may stand."""
    if not isinstance(index, str) or kind not in KINDS:
        raise BadInput(
            f"a sum over {index!r:.40} of kind {kind!r:.40}; expected the name of an index and one"
            f" of {', '.join(KINDS)}"
        )
    used = body.free_indices().get(index, kind)
    if used != kind:
        raise BadInput(
            f"a sum over {index!r} runs over {kind}, but {index!r} stands where {used} are counted:"
            f" write total({index!r}, ..., {used!r})"
        )
    return body


def dot(body: Expr) -> Expr:
    """Time derivative along the flow."""
    return Expr("D", (lift(body),))


def after(body: Expr) -> Expr:
    """Value after one descent step."""
    return Expr("next", (lift(body),))


def start(body: Expr) -> Expr:
    """Value at time 0."""
    return Expr("start", (lift(body),))


def quad(matrix: str) -> Expr:
    """The quadratic form w' A w of a matrix named in the loss data."""
    require(
        isinstance(matrix, str),
        "quad",
        matrix,
        "the name of a matrix of the data, such as quad('S_W')",
    )
    return Expr("form", ("quad", matrix))


def lin(vector: str) -> Expr:
    """The linear form m' w of a vector named in the loss data."""
    require(
        isinstance(vector, str), "lin", vector, "the name of a vector of the data, such as lin('m')"
    )
    return Expr("form", ("lin", vector))


def log(body: Expr) -> Expr:
    return Expr("log", (lift(body),))


def exp(body: Expr) -> Expr:
    return Expr("exp", (lift(body),))


def euler(body: Expr) -> Expr:
    """Euler operator sum_i w_i d/dw_i of an expression in forms and coordinates."""
    return Expr("euler", (lift(body),))


def substitute(node: Expr, rule) -> Expr:
    """Rebuild the tree from the leaves; ``rule(node)`` returns a replacement or the node itself."""
    args = tuple(substitute(a, rule) if isinstance(a, Expr) else a for a in node.args)
    return rule(Expr(node.head, args))


# the letters of arXiv:2603.02622v1 as they are used in every claim
L, n, eta, k = const("L"), const("n"), const("eta"), const("k")
u, P, R = Family("u", 2), Family("P", 2), Family("R", 3)
w, g, q = Family("w", 1), Family("g", 1), Family("q", 1)
S_B, S_W, V = Family("S_B", 2), Family("S_W", 2), Family("V", 2)
J = Expr("loss", ())
