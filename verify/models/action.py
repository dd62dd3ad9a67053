"""Parametrisations phi of an abstract loss E(phi(theta)), each with a linear group action: what
moment maps speak about.

The flow is theta' = -dphi(theta)^T g. The vector g = E'(phi) is free, so one identity covers every
C^1 loss of phi. The models are a closed list, so that their words and their polynomials cannot
drift apart; ``Explicit`` prints its own polynomials.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, SPOKEN, digits, up_to
from verify.exact.names import refuse_alike
from verify.spelling.tex import inline, matrix, number, sentence
from verify.terms.expr import Expr, Number, const
from verify.terms.words import scalars, words

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = SPOKEN | {"g", "phi", "theta", "xi", "mu", "s"}  # what sentences are written with
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


@dataclass(frozen=True, slots=True)
class Explicit:
    """phi written out over constants named as the coordinates; ``generators`` are matrices, row by
    row.
    """

    names: tuple[str, ...]
    phi: tuple[Expr, ...]
    generators: tuple[tuple[tuple[Number, ...], ...], ...] = ()

    def __post_init__(self) -> None:
        rows = (
            self.names,
            self.phi,
            self.generators,
            *(self.generators if isinstance(self.generators, tuple) else ()),
        )
        if not all(isinstance(x, tuple) for x in rows) or not all(
            isinstance(x, str) for x in self.names
        ):
            raise BadInput(
                f"Explicit: names {self.names!r}, phi {self.phi!r}, generators {self.generators!r};"
                " expected tuples: names in quotes, polynomials, matrices as tuples of rows"
            )
        if not all(isinstance(p, Expr) for p in self.phi):
            raise BadInput(
                f"Explicit: phi {self.phi!r}; expected expressions over const(name): write x, y ="
                " const('x'), const('y')"
            )
        m = len(self.names)
        words = all(_NAME.fullmatch(x) and x.split("_")[0] not in _TAKEN for x in self.names)
        if not m or not self.phi or len(set(self.names)) < m or not words:
            raise BadInput(
                f"Explicit: names {self.names!r}, {len(self.phi)} polynomials; expected different"
                " names, none a word of the sentences such as g or theta, and a polynomial"
            )
        refuse_alike(self.names, "Explicit")
        limited(
            "Explicit",
            (m, *WIDTH),
            (max(map(len, self.names)), "letters in the name of a coordinate", "name"),
        )
        limited(
            "Explicit",
            (len(self.phi), "functions", "entries"),
            (len(self.generators), "generators", "entries"),
        )
        for xi in self.generators:
            if len(xi) != m or any(not isinstance(row, tuple) or len(row) != m for row in xi):
                raise BadInput(
                    f"Explicit: a generator {xi!r}; expected {m} rows of {m} numbers, one for each"
                    f" of {self.names}"
                )
            if any(type(x) not in (int, Fraction) for row in xi for x in row):
                raise BadInput(
                    f"Explicit: a generator {xi!r}; expected exact numbers: an int or a Fraction"
                )
            if not any(x for row in xi for x in row):
                raise BadInput(
                    f"Explicit: a generator {xi!r}; expected one that is not zero: it generates"
                    " nothing, leave it out"
                )
            entries = [x for row in xi for x in row if x]
            limited(
                "Explicit: a generator",
                (len(entries), "entries that are not 0", "entries"),
                (max(map(digits, entries)), *DIGITS),
            )

    def title(self) -> str:
        acts = "; ".join(
            str([[str(x) for x in row] for row in xi]).replace("'", "") for xi in self.generators
        )
        return f"phi({', '.join(self.names)}) = ({', '.join(map(words, self.phi))})" + (
            f", action of {acts}" if acts else ""
        )

    def latex(self) -> tuple[str, str]:
        letters = ", ".join(scalars(const(x)) for x in self.names)
        acts = ", ".join(matrix([[number(x) for x in row] for row in xi]) for xi in self.generators)
        text = inline(f"\\varphi({letters}) = ({', '.join(map(scalars, self.phi))})")
        return text + (f", the action of {inline(acts)}" if acts else ""), ""


Model = DeepLinear | Diagonal | Units | LinearSystem | Explicit
MODELS: tuple[type, ...] = (DeepLinear, Diagonal, Units, LinearSystem, Explicit)


@dataclass(frozen=True, slots=True)
class Action:
    """Every conclusion is decided for each of ``cases``. With ``found`` the algebra is the symmetry
    algebra of phi itself.
    """

    cases: tuple[Model, ...]
    found: bool = False
    kind: ClassVar[str] = "action"
    least_depth: ClassVar[int] = 1
    decay: ClassVar[None] = None

    def __post_init__(self) -> None:
        """Raises BadInput unless the cases are models in a tuple, not more than a certificate
        has.
        """
        if (
            not isinstance(self.cases, tuple)
            or any(type(case) not in MODELS for case in self.cases)
            or type(self.found) is not bool
        ):
            known = ", ".join(m.__name__ for m in MODELS)
            raise BadInput(
                f"Action: cases {self.cases!r}, found {self.found!r}; expected a tuple of models"
                f" ({known}) and True or False: write Action((DeepLinear((2, 2, 2)),))"
            )
        if len(self.cases) > LIMITS["cases"]:
            raise BadInput(
                f"Action: {len(self.cases)} cases; expected {up_to('cases')}: make several claims"
            )

    def title(self) -> str:
        algebra = (
            "; xi in the algebra of all matrices with dphi(theta) xi theta = 0"
            if self.found
            else ""
        )
        return (
            f"theta' = -dphi(theta)^T g, g free (every C^1 loss of phi){algebra};"
            f" {'; '.join(case.title() for case in self.cases)}"
        )

    def brief(self) -> str:
        """The title with each kind of model once, and the sizes of all: for a screen."""
        sizes: dict[str, list[str]] = {}
        for case in self.cases:
            what, _, size = case.title().partition(", layer sizes ")
            size, _, group = size.partition("), ")
            product = isinstance(case, DeepLinear)
            what, size = (
                (f"phi = W_N ... W_1, {group}, layer sizes", f"{size})")
                if product
                else (case.title(), "")
            )
            sizes.setdefault(what, []).extend([size] if size else [])
        models = [f"{what} {', '.join(found)}".strip() for what, found in sizes.items()]
        return f"{self.title().partition('; phi')[0]}; {'; '.join(models)}"

    def detail(self) -> str:
        """What the letters mean."""
        return (
            "g = E'(phi) for a loss E(phi(theta)), <.,.> is the Euclidean product of the"
            " coordinates theta"
        )

    def latex(self, *parts: object) -> str:
        """The flow, and the models: each description once, with its sizes."""
        sizes: dict[str, list[str]] = {}
        for what, size in (case.latex() for case in self.cases):
            sizes.setdefault(what, []).extend([size] if size else [])
        models = [f"{what} {', '.join(of)}".strip() for what, of in sizes.items()]
        flow = (
            "the flow \\(\\dot\\theta = -d\\varphi(\\theta)^{T} g\\), \\(g = E'(\\varphi)\\) free"
        )
        flow += ": every \\(C^{1}\\) loss of \\(\\varphi\\)"
        algebra = (
            "\\(\\xi\\) in the algebra of all matrices with \\(d\\varphi(\\theta)\\,\\xi\\theta ="
            " 0\\)"
        )
        found = algebra if self.found else ""
        return sentence((flow, found, *models))

    def wire(self) -> dict:
        return {
            "kind": self.kind,
            "found": self.found,
            "cases": [case.title() for case in self.cases],
        }


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


def many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def shown(sizes: Sequence[int]) -> str:
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
