"""The parametrisations that a claim about an action may name, at given sizes: a closed list, so
that words and polynomials cannot drift apart. phi of the first four is that of a model of the
catalogue; ``Explicit`` prints its own polynomials.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, up_to
from verify.spelling.many import many
from verify.spelling.tex import inline

LARGEST = 12  # of a size in one model: coefficients are written out
WIDTH, DIGITS = (
    ("coordinates", "coordinates"),
    ("digits of one number", "digits"),
)  # as words, and as the readers call the limit


@dataclass(frozen=True, slots=True)
class DeepLinear:
    """X = W_N ... W_1, W_k of size d_k x d_(k-1); g_k in GL(d_k), 0 < k < N, acts by W_k -> g_k W_k
    g_(k-1)^(-1).
    """

    sizes: tuple[int, ...]

    def __post_init__(self) -> None:
        whole("DeepLinear", "sizes", self.sizes, 3)
        coordinates = sum(a * b for a, b in pairwise(self.sizes))
        limited(
            "DeepLinear",
            (coordinates, *WIDTH),
            (len(self.sizes) - 1, "factors of one term", "degree"),
        )

    def title(self) -> str:
        product = " ".join(f"W_{k}" for k in range(len(self.sizes) - 1, 0, -1))
        return f"phi = {product}, layer sizes {shown(self.sizes)}, hidden GL"

    def latex(self) -> tuple[str, str]:
        """What it is, and its sizes: of several models with one description only the sizes
        differ.
        """
        return (
            "\\(\\varphi = W_N \\cdots W_1\\) with the hidden general linear groups, layer sizes",
            inline(shown(self.sizes)),
        )


@dataclass(frozen=True, slots=True)
class Diagonal:
    """w_i = u_(1,i) ... u_(L,i); a factor moves from one layer of a coordinate to the next."""

    depth: int
    width: int

    def __post_init__(self) -> None:
        whole("Diagonal", "depth and width", (self.depth, self.width), 2)
        limited("Diagonal", (self.depth * self.width, *WIDTH))

    def title(self) -> str:
        return f"phi_i = product of u_(l,i) over l, depth {self.depth}, width {self.width}, torus"

    def latex(self) -> tuple[str, str]:
        what = "\\(\\varphi_i = \\prod_{\\ell} u_{\\ell,i}\\) with the torus, depth and width"
        return what, inline(shown((self.depth, self.width)))


@dataclass(frozen=True, slots=True)
class Units:
    """sum_k a_k <w_k, x>^2 as a form in x: phi_ij = sum_k a_k w_(k,i) w_(k,j). Scalings (c w_k, a_k
    / c^2), permutations of units.
    """

    units: int
    inputs: int

    def __post_init__(self) -> None:
        whole("Units", "units and inputs", (self.units, self.inputs), 2)
        limited("Units", (self.units * (self.inputs + 1), *WIDTH))

    def title(self) -> str:
        return (
            f"phi_ij = sum over k of a_k w_(k,i) w_(k,j), {many(self.units, 'unit')} with"
            f" {many(self.inputs, 'input')}, degree 2; scalings and permutations of the units"
        )

    def latex(self) -> tuple[str, str]:
        what = (
            "\\(\\varphi_{ij} = \\sum_{k} a_k w_{k,i} w_{k,j}\\) with scalings and permutations of"
            " the units, units and inputs"
        )
        return what, inline(shown((self.units, self.inputs)))


@dataclass(frozen=True, slots=True)
class LinearSystem:
    """(A, B, C) with n states: phi = (C A^k B, k < 2n), which fixes H(z) = C (z - A)^(-1) B. M acts
    by (M A M^-1, M B, C M^-1).
    """

    states: int
    inputs: int = 1
    outputs: int = 1

    def __post_init__(self) -> None:
        whole(
            "LinearSystem", "states, inputs, outputs", (self.states, self.inputs, self.outputs), 3
        )
        coordinates = self.states * (self.states + self.inputs + self.outputs)
        limited("LinearSystem", (coordinates, *WIDTH))

    def title(self) -> str:
        return (
            f"phi = (C A^k B, k < {2 * self.states}), which fixes H(z) = C (z I - A)^(-1) B;"
            f" {many(self.states, 'state')}, {many(self.inputs, 'input')},"
            f" {many(self.outputs, 'output')}, GL_{self.states}"
        )

    def latex(self) -> tuple[str, str]:
        what = (
            "\\(\\varphi = (C A^{k} B)_{k < 2n}\\), which fixes \\(H(z) = C (z I - A)^{-1} B\\),"
            " with \\(\\mathrm{GL}_n\\), numbers of states \\(n\\), inputs and outputs"
        )
        return what, inline(shown((self.states, self.inputs, self.outputs)))


def limited(whose: str, *sizes: tuple[int, str, str]) -> None:
    """(how many, of what, the name of the readers' limit). Raises BadInput for more than a
    certificate may have.
    """
    for size, what, limit in sizes:
        if size > LIMITS[limit]:
            raise BadInput(
                f"{whose:.100}: {size} {what}; its certificate has {up_to(limit)}: choose a"
                " smaller model"
            )


def shown(sizes: Sequence[int]) -> str:
    """(2, 1, 2)."""
    return "(" + ", ".join(map(str, sizes)) + ")"


def whole(model: str, what: str, sizes: tuple[int, ...], least: int) -> None:
    """Raises BadInput unless these are at least ``least`` whole numbers from 1 on."""
    if (
        not isinstance(sizes, tuple)
        or len(sizes) < least
        or any(type(d) is not int or not 1 <= d <= LARGEST for d in sizes)
    ):
        raise BadInput(
            f"{model}: {what} {sizes!r}; expected at least {least} whole numbers from 1 to"
            f" {LARGEST}"
        )
