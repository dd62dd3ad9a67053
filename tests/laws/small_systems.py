"""Small systems from exact starts."""

from __future__ import annotations

from fractions import Fraction as F

from verify.integrate.system import System


def system(*start, field, **more) -> System:
    return System(
        "tested flow",
        tuple(f"x{j}" for j in range(len(start))),
        tuple(map(F, start)),
        field,
        **more,
    )


def logistic(x=F(1, 4)) -> System:
    return system(x, field=lambda x, m: [x[0] * (1 - x[0])])


def rotation() -> System:
    """An isometry: local errors add up on the way and do not grow. max |x| <= 1."""
    return system(1, 0, field=lambda x, m: [-x[1], x[0]])
