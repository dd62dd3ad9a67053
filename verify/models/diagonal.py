"""The diagonal linear network w = u_1 * ... * u_L, entrywise, of any depth and width.

One generic coordinate carries the whole model: atoms u_l, P_l (product of the other layers), w, the
gradient g and the non-negative root q with q^L = w^2. Relations, for every L and n:

    u_l P_l = w            w^2 = q^L
    balanced               u_l^2 = q (ROOT_OF_NONNEGATIVE)     P_l^2 = q^(L-1)
    two layers l != m      P_l = u_m R,  P_m = u_l R,  w = u_l u_m R

Source: arXiv:2603.02622v1 (abstract) for the model; the size-free form is derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import ClassVar

from verify.exact.errors import NotGeneric
from verify.models.catalogue.diagonal import MODEL
from verify.models.derived import motion
from verify.terms.affine import affine, index
from verify.terms.array_families import put
from verify.terms.array_gradients import gradients
from verify.terms.array_translations import to_expr
from verify.terms.array_words import LATEX, TEXT, Style, words
from verify.terms.arrays import ONE as UNIT
from verify.terms.arrays import Array
from verify.terms.exponents import (
    ONE,
    ZERO,
    Exponent,
    Factors,
    add_exponents,
    is_count,
    multiply_in,
    scale,
)
from verify.terms.expr import Expr, Index, L, const, g, q, total, u, w

_CONSTANT_MATRICES = frozenset({"S_B", "S_W", "V"})
# bound in the model's own sums; no reader accepts a prime in a name, so nothing is captured
_M = "layer'"


@dataclass(frozen=True, slots=True)
class Diagonal:
    """Model: layers u_l in R^n, l = 1..L, signs free; w in R^n."""

    name: ClassVar[str] = "diagonal"

    def title(self) -> str:
        return f"{MODEL.output} = {words(MODEL.phi)} entrywise"

    def latex(self) -> str:
        return f"{MODEL.output} = {words(MODEL.phi, {}, LATEX)}"

    def equation(self, style: Style = TEXT, decay: bool = False, descent: bool = False) -> str:
        """How a layer moves, as words or LaTeX say it."""
        return motion(MODEL, descent, decay).equations(style)[0]


(_LETTER,) = MODEL.letters


@cache
def moved(l: Index, i: Index, decay: bool = False, descent: bool = False) -> Expr:
    """u_l,i' along the gradient flow, or u_l,i after one step, derived from phi for every size."""
    return _entry(motion(MODEL, descent, decay).rates[_LETTER], l, i)


@cache
def partial(l: Index, i: Index) -> Expr:
    """dw_i/du_l,i."""
    return _entry(gradients(MODEL.phi, UNIT, MODEL.letters)[_LETTER], l, i)


def _entry(x: Array, l: Index, i: Index) -> Expr:
    at = index(l) if isinstance(l, str) else affine(l)
    found = to_expr(put(x, _LETTER.index, at), i)
    assert found is not None
    return found


@dataclass(frozen=True, slots=True)
class DiagonalTheory:
    """The relations of the diagonal network under a set of hypotheses, as the algebra of generic
    sums needs them.

    ``least_depth`` is the smallest admitted L; ``decay`` names the weight-decay constant of the
    field or is None; ``pair`` is the one pair of different layers l, m for which a statement uses
    R_l,m.
    """

    balanced: bool = False
    nonzero: bool = False
    least_depth: int = 1
    decay: str | None = None
    pair: tuple | None = None
    declared: frozenset[str] = frozenset({"L", "n"})

    def allows(self, name: str, exponent: Exponent) -> bool:
        """Whether name^exponent is defined on the whole domain of the statement, for every admitted
        depth.
        """
        a, b = exponent
        if name in ("L", "n"):
            return b == 0 and a.denominator == 1
        if name == "w":
            return b == 0 and a.denominator == 1 and (a >= 0 or self.nonzero)
        if name == "q":
            return self.nonzero or (b >= 0 and a + b * self.least_depth >= 0)
        return is_count(exponent)

    def derivative(self, name: str, indices: tuple) -> Expr:
        """Time derivative of an atom along the flow. Raises NotGeneric if the
        atom has none.
        """
        if not indices:
            return self._scalar_derivative(name)
        if name in _CONSTANT_MATRICES:
            return total("i'", 0)
        coordinate, decay = indices[-1], self.decay is not None
        if name == "u":
            return moved(*indices, decay)
        if name == "w":  # the product rule
            return total(_M, partial(_M, coordinate) * moved(_M, coordinate, decay), "layers")
        if name == "q" and self.balanced:  # the square of any layer
            return 2 * u[1, coordinate] * moved(1, coordinate, decay)
        if name == "q" and self.nonzero:
            inner = self.derivative("w", indices)
            return 2 * L**-1 * q[coordinate] * w[coordinate] ** -1 * inner
        if name == "q":
            raise NotGeneric("|w|^(2/L) is not differentiable at w = 0: assume balance or w != 0")
        raise NotGeneric(f"{name} has no entry in the vector field")

    def _scalar_derivative(self, name: str) -> Expr:
        if name == "J":
            return total("i'", g["i'"] * self.derivative("w", ("i'",)))
        if name in self.declared:
            return total("i'", 0)
        raise NotGeneric(
            f"{name} has neither an entry in the vector field nor a declaration as constant"
        )

    def stepped(self, name: str, indices: tuple) -> Expr:
        """Value of an atom after one descent step."""
        if name == "u":
            return moved(*indices, descent=True)
        if name in _CONSTANT_MATRICES or name in self.declared:
            return Expr("at", (name, *indices)) if indices else const(name)
        raise NotGeneric(
            f"{name} after a step is a product over all layers: not size-free; state it in u"
        )

    def reduce(self, factors: Factors) -> Factors:
        """Apply the relations to a monomial until nothing changes."""
        if self.pair is not None:
            factors = _split_pair(factors, *self.pair)
        while True:
            before = dict(factors)
            _join(factors)
            if self.balanced:
                _square(factors)
            _root(factors)
            if factors == before:
                return factors


def _split_pair(factors: Factors, l: object, m: object) -> Factors:
    """P_l -> u_m R, P_m -> u_l R, R_m,l -> R_l,m and u_l u_m R -> w."""
    other, result = {l: m, m: l}, Factors()
    for (name, idx), e in factors.items():
        if name == "P" and idx[0] in other:
            multiply_in(result, ("u", (other[idx[0]], idx[1])), e)
            multiply_in(result, ("R", (l, m, idx[1])), e)
        elif name == "R":
            if {*idx[:2]} != {l, m}:
                raise NotGeneric("R with a second pair of layers")
            multiply_in(result, ("R", (l, m, idx[2])), e)
        else:
            multiply_in(result, (name, idx), e)
    for i in {idx[2] for name, idx in result if name == "R"}:
        trio = [("u", (l, i)), ("u", (m, i)), ("R", (l, m, i))]
        times = min(result.get(atom, ZERO)[0] for atom in trio)
        for atom in trio:
            multiply_in(result, atom, (-times, Fraction(0)))
        multiply_in(result, ("w", (i,)), (times, Fraction(0)))
    return result


def _join(factors: Factors) -> None:
    """u_l P_l -> w."""
    for (name, idx), (a, _) in list(factors.items()):
        if name == "u" and ("P", idx) in factors:
            times = min(a, factors[("P", idx)][0])
            for atom in ("u", "P"):
                multiply_in(factors, (atom, idx), (-times, Fraction(0)))
            multiply_in(factors, ("w", (idx[1],)), (times, Fraction(0)))


def _square(factors: Factors) -> None:
    """Balanced: u_l^2 -> q, P_l^2 -> q^(L-1), w u_l -> q P_l, w P_l -> q^(L-1) u_l."""
    to_q = {"u": ONE, "P": (Fraction(-1), Fraction(1))}
    partner = {"u": "P", "P": "u"}
    for (name, idx), (a, _) in list(factors.items()):
        if name not in to_q:
            continue
        pairs, odd = divmod(a, 2)
        if pairs:
            multiply_in(factors, (name, idx), (Fraction(-2 * pairs), Fraction(0)))
            multiply_in(factors, ("q", (idx[1],)), scale(to_q[name], pairs))
        wi = ("w", (idx[1],))
        if odd and is_count(add_exponents(factors.get(wi, ZERO), (Fraction(-1), Fraction(0)))):
            multiply_in(factors, (name, idx), (Fraction(-1), Fraction(0)))
            multiply_in(factors, wi, (Fraction(-1), Fraction(0)))
            multiply_in(factors, ("q", (idx[1],)), to_q[name])
            multiply_in(factors, (partner[name], idx), ONE)


def _root(factors: Factors) -> None:
    """w^2 -> q^L, also for negative powers (where w != 0 was assumed)."""
    for (name, idx), (a, _) in list(factors.items()):
        if name == "w":
            pairs = a // 2
            if pairs:
                multiply_in(factors, (name, idx), (Fraction(-2 * pairs), Fraction(0)))
                multiply_in(factors, ("q", idx), (Fraction(0), Fraction(pairs)))
