"""Experiments of papers as they can be run again: exact dimensions, grids and seeds.

NAMES lists them without loading numerics; ``run`` runs one. Each is a file with ``run(seed)``.
"""

from __future__ import annotations

from verify.exact.errors import BadInput
from verify.reproduce.base import Outcome, Over, here

#: name: (what it shows, source)
NAMES = {
    "e1": ("sparse regression at 21 scales and four depths", "2002.09277v3"),
    "e1c": ("the scale that is small enough, against the number of samples", "2002.09277v3"),
    "e2": ("exponential and squared loss: scale against accuracy", "2007.06738v1"),
    "e3": ("what depth changes at equal kappa, diagonal part", "2002.09277v3"),
    "e3m": ("matrix completion: width and scale of the start", "2002.09277v3"),
    "cond-jacobian": ("conditioning of J J^T against alpha and depth", "2311.15404v2"),
    "oq1": ("implicit against explicit regularisation", "2311.15404v2"),
    "oq3": ("measurements that do not commute", "2311.15404v2"),
    "check3": ("small against large initialisation on real data", "2311.15404v2"),
    "lasso-path": ("the average over time against the lasso path", "2509.18766v2"),
    "sgd": ("the effective scale of single-sample descent", "2106.09524v3"),
    "control": ("small initialisation is not small ridge", "2002.09277v3"),
}


def run(name: str, seed: int, over: Over = here) -> Outcome:
    """``over``: where its independent parts run. Raises BadInput for a name that is not of NAMES,
    NoValue where a number is not found.
    """
    match name.lower():
        case "e1":
            from verify.reproduce.sparse_regression import run as found
        case "e1c":
            from verify.reproduce.sample_size import run as found
        case "e2":
            from verify.reproduce.accuracy import run as found
        case "e3":
            from verify.reproduce.depths import run as found
        case "e3m":
            from verify.reproduce.completion import run as found
        case "cond-jacobian":
            from verify.reproduce.conditioning import run as found
        case "oq1":
            from verify.reproduce.implicit_explicit import run as found
        case "oq3":
            from verify.reproduce.commutators import run as found
        case "check3":
            from verify.reproduce.real_data import run as found
        case "lasso-path":
            from verify.reproduce.lasso_path import run as found
        case "sgd":
            from verify.reproduce.stochastic import run as found
        case "control":
            from verify.reproduce.ridge_limit import run as found
        case _:
            raise BadInput(f"experiment {name!r:.60}: unknown; experiments: {', '.join(NAMES)}")
    return found(seed, over)
