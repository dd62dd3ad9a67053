"""flowlaw: prove, refute and measure claims about gradient-flow training dynamics.

``import verify`` is cheap on purpose: it pulls in neither SymPy nor NumPy. Names are loaded when first used.
"""

from importlib import import_module

__version__ = "0.2.0"

_HOMES = {
    "Claim": "verify.claim",
    "Source": "verify.claim",
    "Break": "verify.claim",
    "Verdict": "verify.verdict",
    "assert_conserved": "verify.testing",
    "assert_verdict": "verify.testing",
    "value": "verify.values.evaluate",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str):
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'verify' has no attribute {name!r}")
