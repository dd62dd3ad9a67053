"""Seeded exact instances at which two ways of computing one number are compared: evidence, and
never a proof.

A family says what is drawn and how each of its quantities is computed; its code is a file of
``theories/samples`` of the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verify.exact.errors import BadInput
from verify.models.sample_letters import DRAWN_FROM
from verify.spelling.tex import number, sentence

Size = tuple[int | Fraction, ...]


@dataclass(frozen=True)
class Family:
    """``letters`` name the numbers of a size; ``quantities`` says in words how each is computed;
    ``exact``: none of them in balls.
    """

    name: str
    text: str
    letters: tuple[str, ...]
    quantities: Mapping[str, str]
    exact: bool = False


INTEGRAL = "(sin(pi/N)/pi) int_0^oo t^(1/N) <Y, (X X^T + t)^(-1) Z (X^T X + t)^(-1)> dt"
VOLUME = "2^((N-1) d(d-1)/4) sqrt(van(Sigma^2)/van(Sigma^(2/N)))"
LIMIT = "(sigma_k^2 - sigma_l^2)/(log sigma_k^2 - log sigma_l^2)"
_FRAMES = "X = R Sigma S^T, R and S rational and orthogonal, Sigma rational and distinct"
_ENTRY = (
    "A_N = sum over p = 1..N of sigma_k^(2(N-p)/N) sigma_l^(2(p-1)/N), A_(N,X) in the frames of X"
)
_KERNEL = {
    "A_N/N": "N terms added up",
    LIMIT: "as written",
    "N (A_N/N - limit)/limit": "from the two",
    "-log(sigma_k sigma_l)": "as written",
    "-log(sigma_k sigma_l)/2": "as written",
}

#: the closed list of families
FAMILIES = {
    f.name: f
    for f in (
        Family(
            "integral",
            f"A(P) = sum_p (X X^T)^((N-p)/N) P (X^T X)^((p-1)/N) for {_FRAMES}; Y and Z rational of"
            " size d",
            ("d", "N"),
            {
                INTEGRAL: (
                    "enclosed; the resolvents are exact polynomials in t over the characteristic"
                    " polynomial"
                ),
                "<Y, A^(-1)(Z)>": (
                    "A as a matrix from its definition, powers in the frames of X, and the linear"
                    " system A(P) = Z"
                ),
                "the integral times sin(pi/(N+1))/sin(pi/N)": "enclosed; a wrong constant",
            },
        ),
        Family(
            "entropy",
            f"the orbit of balanced tuples at C, {_FRAMES}; basis E_ij - E_ji, i < j, of so_d for"
            " each of the N - 1 hidden layers",
            ("d", "N"),
            {
                "sqrt det <w_a, w_b>": "w_a from its definition at C, a and b in the basis",
                VOLUME: "from sigma",
                "the formula with van(Sigma^(1/N)) in place of van(Sigma^(2/N))": (
                    "from sigma; a wrong exponent"
                ),
            },
        ),
        Family(
            "depth", f"{_ENTRY}; sigma_k and sigma_l rational, sigma_k sigma_l /= 1", (), _KERNEL
        ),
        Family("reciprocal", f"{_ENTRY}; sigma_k rational, sigma_l = 1/sigma_k", (), _KERNEL),
        Family(
            "equal",
            f"{_ENTRY}; sigma_k = sigma_l rational, not 1",
            (),
            {
                "A_N/N": "N terms added up",
                "sigma_k^2": "as written",
                "sigma_k": "as written; a wrong limit",
            },
        ),
        Family(
            "schatten",
            f"W_k = g_k C_k g_(k-1)^(-1) on the fibre of X, g rational, C balanced, {_FRAMES}",
            ("d", "N", "p"),
            {
                "sum_k ||W_k||_(S_p)": "from the eigenvalues of W_k^T W_k",
                "N ||X||_(S_(p/N))^(1/N)": "from sigma",
                "101/100 of N ||X||_(S_(p/N))^(1/N)": "from sigma; a bound that is too large",
                "sum_k ||C_k||_(S_p)": "from the eigenvalues of C_k^T C_k",
            },
        ),
        Family(
            "largest",
            "diagonal rational tuples of N layers of size 2 with product X whose largest singular"
            " values add up to N ||X||^(1/N)",
            ("N",),
            {
                "sum_k sigma_max(W_k)": "exact",
                "N sigma_max(X)^(1/N)": "exact, sigma_max(X) is an N-th power",
                "N sigma_min(X)^(1/N)": "exact; a wrong value",
                "||G||^2": "exact",
                "0": "exact",
            },
            exact=True,
        ),
        Family(
            "fibre",
            "W_k = g_k U_k g_(k-1)^(-1) on the fibre of X, g rational, U a balanced lift of X with"
            " sigma_i = lambda_i^N, i <= r",
            ("r", "d_0", "...", "d_N"),
            {
                "||W||^2": "exact",
                "N sum sigma^(2/N)": "exact, from lambda",
                "101/100 of N sum sigma^(2/N)": "exact",
                "||U||^2": "exact, at the balanced lift",
            },
            exact=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Samples:
    """``each`` instances of a family for each size. Raises BadInput for a family that there is not,
    or without sizes.
    """

    family: str
    sizes: tuple[Size, ...]
    each: int
    kind: ClassVar[str] = "samples"
    least_depth: ClassVar[int] = 1
    decay: ClassVar[None] = None

    def __post_init__(self) -> None:
        if not isinstance(self.family, str) or self.family not in FAMILIES:
            raise BadInput(
                f"Samples: family {self.family!r}; expected one of: {', '.join(FAMILIES)}"
            )
        if not self.sizes or type(self.each) is not int or self.each < 2:
            raise BadInput(
                f"Samples({self.family}): sizes {self.sizes!r}, each {self.each!r}; expected a"
                " size, and at least 2 of each"
            )
        letters = FAMILIES[self.family].letters
        for size in self.sizes if isinstance(self.sizes, tuple) else (self.sizes,):
            fits = isinstance(size, tuple) and (
                len(size) == len(letters) or ("..." in letters and len(size) >= len(letters) - 1)
            )
            if not fits or any(type(x) not in (int, Fraction) or x <= 0 for x in size):
                raise BadInput(
                    f"Samples({self.family}): size {size!r}; expected a tuple of tuples"
                    f" ({', '.join(letters)}) of exact numbers > 0: {self.family!r},"
                    f" sizes=(({', '.join('2' for _ in letters)}{',' * (len(letters) == 1)}),)"
                )

    def title(self) -> str:
        return FAMILIES[self.family].text

    def detail(self) -> str:
        letters = ", ".join(FAMILIES[self.family].letters)
        sizes = "; ".join("(" + ", ".join(map(str, s)) + ")" for s in self.sizes)
        named = f"({letters}) = {sizes}; " if letters else ""
        return f"{named}{self.each} instances{' of each' if letters else ''}"

    def latex(self, *parts: object) -> str:
        """What is drawn, and how many of each size."""
        sizes = ", ".join(f"({', '.join(map(number, s))})" for s in self.sizes)
        letters = ", ".join({"...": "\\dots"}.get(x, x) for x in FAMILIES[self.family].letters)
        named = f"for \\(({letters}) \\in \\{{{sizes}\\}}\\)" if letters else ""
        drawn = f"{self.each} instances{' of each' if letters else ''}, drawn exactly"
        return sentence((DRAWN_FROM[self.family], f"{named} {drawn}".strip()))

    def wire(self) -> dict:
        return {
            "kind": self.kind,
            "family": self.family,
            "sizes": [[str(x) for x in s] for s in self.sizes],
            "each": self.each,
        }
