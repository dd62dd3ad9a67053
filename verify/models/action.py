"""A linear group action on a parametrisation phi of an abstract loss E(phi(theta)), of which moment
maps speak.

The flow is theta' = -dphi(theta)^T g. The vector g = E'(phi) is free, so one identity covers every
C^1 loss of phi.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, up_to
from verify.models.action_cases import (
    DIGITS,
    LARGEST,
    DeepLinear,
    Diagonal,
    LinearSystem,
    Units,
    limited,
    shown,
)
from verify.models.explicit import Explicit
from verify.spelling.tex import sentence

__all__ = [
    "DIGITS",
    "LARGEST",
    "MODELS",
    "Action",
    "DeepLinear",
    "Diagonal",
    "Explicit",
    "LinearSystem",
    "Model",
    "Units",
    "limited",
    "shown",
]

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
