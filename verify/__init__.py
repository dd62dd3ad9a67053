"""flowlaw: prove, refute and measure claims about gradient-flow training dynamics.

    from verify import Claim, Source, decide

    report = decide(MY_CLAIM)   # a Claim, the id of an installed one, or "FILE.py::NAME"
    report.verdict, report.statement, report.certificate, report.latex(), report.plot()

What is public is in ``dir(verify)``. The letters and kinds that claims are made of are in ``verify.algebra.expr``,
``verify.settings``, ``verify.hypotheses``, ``verify.conclusions`` and ``verify.experiments``; assertions for tests are in
``verify.testing``, strategies for Hypothesis in ``verify.strategies``.

``import verify`` is cheap on purpose: it pulls in neither SymPy nor NumPy. Names are loaded when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the same names for type checkers and editors
    from verify.claim import Break as Break
    from verify.claim import Claim as Claim
    from verify.deciding import Report as Report
    from verify.deciding import decide as decide
    from verify.errors import BadInput as BadInput
    from verify.source import Source as Source
    from verify.testing import assert_conserved as assert_conserved
    from verify.testing import assert_verdict as assert_verdict
    from verify.values.evaluate import value as value
    from verify.verdict import Verdict as Verdict

__version__ = "0.2.0"

_HOMES = {
    "BadInput": "verify.errors",
    "Break": "verify.claim",
    "Claim": "verify.claim",
    "Report": "verify.deciding",
    "Source": "verify.source",
    "Verdict": "verify.verdict",
    "assert_conserved": "verify.testing",
    "assert_verdict": "verify.testing",
    "decide": "verify.deciding",
    "value": "verify.values.evaluate",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str):
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'verify' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
