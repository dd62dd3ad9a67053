"""flowlaw: prove, refute and measure claims about gradient-flow training dynamics.

>>> from verify import decide
>>> report = decide("diag-balance")  # a Claim, the id of an installed one, or "FILE.py::NAME"
>>> report.verdict.name, report.exit  # report.statement, .certificate, .latex(), .plot()
('PROVED', 0)

>>> from verify import candidates, ode
>>> ode("layers", loss="squared")  # .latex(), .python(), .sympy(), .json(); print() shows all
gradient flow of J(X) = 1/2 |X - Y|^2 (layers)
W_p' = -A_p^T P B_p^T    for p = 1..N
>>> candidates("diagonal", depth=3, width=1)  # derived, judged and compared with claims
diagonal at L = 3, n = 1 conserves:
u_l^2 - u_m^2    for l, m = 1..L

What is public is in ``dir(verify)``. The letters and kinds that claims are made of are in
``verify.terms.expr``, ``verify.models`` and, in ``verify.claims``, ``hypotheses``, ``conclusions``
and ``experiments``; assertions for tests are in ``verify.testing``, strategies for Hypothesis in
``verify.strategies``.

``import verify`` is cheap on purpose: it pulls in neither SymPy nor NumPy. Names are loaded when
first used.
"""

import sys
from importlib import import_module

from verify.process.interrupts import note_if_command

note_if_command()  # before anything else is loaded

from verify.process.moved import Moved  # noqa: E402

TYPE_CHECKING = False  # that of typing, which costs more than all else here and delays main()

if TYPE_CHECKING:  # the same names for type checkers and editors
    from verify.claims.claim import Break as Break
    from verify.claims.claim import Claim as Claim
    from verify.claims.source import Source as Source
    from verify.claims.verdict import Verdict as Verdict
    from verify.commands.candidates import candidates as candidates
    from verify.commands.discover import discover_laws as discover_laws
    from verify.commands.mirror import mirror_flow as mirror_flow
    from verify.commands.notebook import Report as Report
    from verify.commands.notebook import decide as decide
    from verify.commands.ode import ode as ode
    from verify.exact.errors import BadInput as BadInput
    from verify.testing import assert_conserved as assert_conserved
    from verify.testing import assert_verdict as assert_verdict
    from verify.values.evaluate import value as value

__version__ = "0.2.0"

if Moved not in sys.meta_path:
    sys.meta_path.insert(0, Moved)  # type: ignore[arg-type]

_HOMES = {
    "BadInput": "verify.exact.errors",
    "Break": "verify.claims.claim",
    "Claim": "verify.claims.claim",
    "Report": "verify.commands.notebook",
    "Source": "verify.claims.source",
    "Verdict": "verify.claims.verdict",
    "assert_conserved": "verify.testing",
    "assert_verdict": "verify.testing",
    "candidates": "verify.commands.candidates",
    "decide": "verify.commands.notebook",
    "discover_laws": "verify.commands.discover",
    "mirror_flow": "verify.commands.mirror",
    "ode": "verify.commands.ode",
    "value": "verify.values.evaluate",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str):
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'verify' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
