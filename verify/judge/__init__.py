"""The only orchestrator: what decides a claim, whether each hypothesis is needed, certificates, and
results of earlier runs.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    """``from verify.judge import judge``, loaded when it is asked for: who reads a certificate pays
    for no judge.
    """
    if name == "judge":
        from verify.judge.decide import judge

        return judge
    raise AttributeError(f"module 'verify.judge' has no attribute {name!r}")
