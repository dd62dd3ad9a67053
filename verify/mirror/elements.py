"""The graph of a traced function run over a differential field: exponentials, logarithms and roots
are adjoined, one letter for equal ones.

exp(sum of c_i m_i) with monomials m_i becomes a product of powers of one letter for each monomial,
so that e^w, e^-w and e^(2 w) are powers of one letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod
from typing import Any, NoReturn

import numpy as np

from verify.exact.errors import BadInput, NoValue
from verify.mirror.field import Element, Field
from verify.mirror.given import Given, begun, refuse_many
from verify.mirror.written import element, text
from verify.trace.graph import Graph
from verify.trace.numbers import Arrays

MOST_LETTERS = 60  #: adjoined
MOST_OUTPUTS = 40


class Elements(Arrays):
    """Arrays of elements of a field. Raises BadInput for what is not smooth."""

    def __init__(self, field: Field) -> None:
        super().__init__(field.number, object)
        self.field = field

    def inv(self, z: Any) -> Any:
        return self.each(lambda x: self.field.number(1) / x, z)

    def exp(self, place: int, z: Any) -> Any:
        return self.each(lambda x: exponential(self.field, x), z)

    def log(self, place: int, z: Any) -> Any:
        slope = lambda x: self.field.number(1) / x
        return self.each(lambda x: self._adjoined("log", x, slope), z)

    def sqrt(self, place: int, z: Any) -> Any:
        return self.each(self._root, z)

    def _root(self, x: Element) -> Element:
        known = adjoined(self.field, "sqrt", x)
        if known is None:
            known = self.field.adjoin(_named("sqrt", x), {})
            self.field.made[known] = ("sqrt", x)
            twice = self.field.number(2) * self.field.letter(known)
            self.field.rates[known] = {k: d / twice for k, d in self.field.derived(x).items()}
        return self.field.letter(known)

    def _adjoined(self, kind: str, x: Element, slope: Callable[[Element], Element]) -> Element:
        known = adjoined(self.field, kind, x)
        if known is None:
            rates = {k: slope(x) * d for k, d in self.field.derived(x).items()}
            known = self.field.adjoin(_named(kind, x), rates)
            self.field.made[known] = (kind, x)
        return self.field.letter(known)

    def erf(self, place: int, z: Any, density: Any) -> NoReturn:
        raise NoValue("erf: mirror maps with erf are not decided")

    def free(self, place: int, name: str) -> NoReturn:
        raise NoValue(f"{name}: transcendental constants are not decided")

    def step(self, place: int, z: Any) -> NoReturn:
        raise BadInput(
            "it is not smooth (relu, maximum, abs, where or a comparison of what is trained);"
            " expected a smooth parametrisation: write the piece on which the start lies"
        )

    def top(self, place: int, z: Any, k: int, axis: int) -> NoReturn:
        self.step(place, z)


def _named(kind: str, x: Element) -> str:
    return f"{kind}({element(x, text(x.field.names))})"


def adjoined(field: Field, kind: str, x: Element) -> int | None:
    """The letter that is this function of x already."""
    return next((i for i, (k, y) in field.made.items() if k == kind and y.same(x)), None)


def exponential(field: Field, x: Element) -> Element:
    """e^x, as powers of one letter for each monomial of x."""
    if x.nothing:
        return field.number(1)
    if not x.bottom.is_one():
        return _exp_of(field, x, 1)
    found = field.number(1)
    for exponents, c in x.top.terms():
        monomial = field.number(Fraction(1, int(c.q)))
        for i, e in enumerate(exponents):
            monomial = monomial * field.letter(i) ** int(e) if e else monomial
        found = found * _exp_of(field, monomial, int(c.p))
    return found


def _exp_of(field: Field, x: Element, times: int) -> Element:
    known = adjoined(field, "exp", x)
    if known is None:
        known = field.adjoin(_named("exp", x), {})
        field.made[known] = ("exp", x)
        one = field.letter(known)
        field.rates[known] = {k: d * one for k, d in field.derived(x).items()}
    return field.letter(known) ** times


def of_graph(graph: Graph, start: Sequence[Fraction] | None = None) -> Given:
    """A traced function without inputs; its parameters are the entries of its arrays. Raises
    BadInput for inputs, for what is not smooth and for a start that does not fit; NoValue for too
    many parameters or functions of them.
    """
    if graph.inputs:
        first, shape = next(iter(graph.inputs.items()))
        raise BadInput(
            f"{graph.name}: beta depends on the input {first} of shape {shape}; expected a function"
            " of what is trained alone: move it behind the *, or fix the inputs in the function"
        )
    refuse_many(graph.parameters)
    adjoining = sum(prod(n.shape) for n in graph.nodes if n.op in ("exp", "log", "sqrt"))
    letters = [
        name + (f"[{','.join(str(i + 1) for i in at)}]" if at else "")
        for name, at in graph.coordinates
    ]
    field = Field(letters, min(MOST_LETTERS, 3 * adjoining))
    values, ring = {}, Elements(field)
    for name, shape, place in graph.slices():
        made = np.empty(place.stop - place.start, dtype=object)
        made[:] = [field.letter(i) for i in range(place.start, place.stop)]
        values[name] = made.reshape(shape)
    try:
        results = graph.results(graph.run(ring, values))
    except BadInput as error:
        raise BadInput(f"{graph.name}: {error}") from error
    outputs = [x for r in results for x in np.ravel(r)]
    if len(outputs) > MOST_OUTPUTS:
        raise NoValue(f"{len(outputs)} outputs; up to {MOST_OUTPUTS} are decided")
    several = len(results) > 1
    names = tuple(
        f"beta{f'_{n}' if several else ''}{x}"
        for n, r in enumerate(results, 1)
        for x in _places(np.shape(r), several)
    )
    title = "; ".join(graph.notes)
    return begun(Given(graph.name, title, "", field, tuple(outputs), names, (), ()), start)


def _places(shape: tuple[int, ...], several: bool) -> list[str]:
    """_i of a vector, [i,j] of what has more axes."""
    if not shape or (len(shape) == 1 and not several):
        return [f"_{i + 1}" for i in range(prod(shape))] if shape else [""]
    return [f"[{','.join(str(i + 1) for i in at)}]" for at in np.ndindex(*shape)]
