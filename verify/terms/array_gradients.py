"""The gradient of <g, phi> in every letter of phi, for every size: the product rule on named
products, backwards through the tree.

Each node hands what arrives at it to its parts:

    X Y          X gets g Y^T, Y gets X^T g         W_N ... W_1     W_p gets A_p^T g B_p^T
    x * y        x gets g * y, y gets g * x         u_1 * ... * u_L  u_l gets P_l * g
    <x, y>       x gets g y, y gets g x             A^k   sum over i < k of (A^i)^T g (A^(k-1-i))^T

and a sum over the index of a family hands each of its terms to the member that it names.
"""

from __future__ import annotations

from verify.exact.errors import NotGeneric
from verify.terms.affine import Affine, index
from verify.terms.array_families import others, over, product, put
from verify.terms.arrays import (
    ONE,
    ZERO,
    Array,
    Letter,
    exp,
    inner,
    is_number,
    matmul,
    matrix_power,
    number,
    power,
    times,
)

Binder = tuple[str, Affine, Affine]


def gradients(phi: Array, g: Array, moving: tuple[Letter, ...]) -> dict[Letter, Array]:
    """d<g, phi> in each moving letter, at its own index. ``g`` is one matrix, or of a family
    with an index where phi is a stack. Raises NotGeneric for what has no size-free derivative here.
    """
    found = dict.fromkeys(moving, ZERO)
    for letter, part in _parts(phi, g, ()):
        if letter in found:
            found[letter] = found[letter] + part
    return found


def _parts(x: Array, g: Array, bound: tuple[Binder, ...]) -> list[tuple[Letter, Array]]:
    """What arrives at each occurrence of a letter."""
    match x.head, x.args:
        case "letter", (of, at):
            return [(of, _at_own_index(of, at, g, bound))]
        case "+", terms:
            return [p for c, y in terms for p in _parts(y, c * g, bound)]
        case "T", (y,):
            return _parts(y, g.T, bound)
        case "@" | "*", factors:
            return _of_factors(x, factors, g, bound)
        case "^", (y, e):
            factor = number(e) if isinstance(e, Affine) and e.terms else _coefficient(e) * ONE
            return _parts(y, times(factor, power(y, e - 1), g), bound)
        case "pow", (y, e):
            i = index("i" + "'" * sum(b[0].startswith("i") for b in bound))
            body = matmul(matrix_power(y, i).T, g, matrix_power(y, e - 1 - i).T)
            return _parts(y, body, (*bound, (i.base, Affine(0), e - 1)))
        case "sum" | "stack", (at, low, high, body):
            here = g if x.head == "sum" else _member(g, index(at))
            return _parts(body, here, (*bound, (at, low, high)))
        case "dot", (y, z):
            return [*_parts(y, times(g, z), bound), *_parts(z, times(g, y), bound)]
        case "log", (y,):
            return _parts(y, times(power(y, -1), g), bound)
        case "exp", (y,):
            return _parts(y, times(exp(y), g), bound)
        case (("chain" | "each"), (of, low, high)):
            return [(of, _wrapped(_of_run(x.head, of, low, high, g), bound))]
    return []  # numbers


def _coefficient(e: Affine | object):
    return e.const if isinstance(e, Affine) else e


def _of_run(head: str, of: Letter, low: Affine, high: Affine, g: Array) -> Array:
    if (low, high) != (Affine(of.first), of.last):
        raise NotGeneric(f"a product of {of.name} over a part of its range")
    at = index(of.index)
    if head == "each":
        return times(others(of, at), g)
    return matmul(product(of, at + 1).T, g, product(of, 1, at - 1).T)


def _of_factors(
    x: Array, factors: tuple[Array, ...], g: Array, bound: tuple[Binder, ...]
) -> list[tuple[Letter, Array]]:
    found = []
    for i, y in enumerate(factors):
        left, right = factors[:i], factors[i + 1 :]
        if x.head == "@":
            arrives = matmul(matmul(*left).T, g, matmul(*right).T)
        elif is_number(y) and not is_number(x):
            arrives = inner(g, times(*left, *right))
        else:
            arrives = times(*left, *right, g)
        found += _parts(y, arrives, bound)
    return found


def _member(g: Array, at: Affine) -> Array:
    """Of the family of gradients of a stack."""
    of, here = g.args
    return put(g, of.index, at) if here is not None else g


def _at_own_index(of: Letter, at: Affine | None, g: Array, bound: tuple[Binder, ...]) -> Array:
    """The sum over a family's index names each member once: it is read off."""
    if at is None:
        return _wrapped(g, bound)
    own = [b for b in bound if at == index(b[0])]
    if not own or own[0][1:] != (Affine(of.first), of.last):
        raise NotGeneric(f"{of.name}_{at}: expected a sum over the whole range of its index")
    rest = tuple(b for b in bound if b != own[0])
    return put(_wrapped(g, rest), own[0][0], index(of.index))


def _wrapped(g: Array, bound: tuple[Binder, ...]) -> Array:
    for at, low, high in reversed(bound):
        g = over(at, high, g, low)
    return g
