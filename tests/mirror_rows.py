"""Parametrisations with the verdict that the theory knows, for several folders of tests."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from verify.mirror.decide import decide
from verify.mirror.field import Field
from verify.mirror.given import Given, begun
from verify.report.mirror import Mirror


def asked(count: int, f: Callable[..., list[Any]], start: tuple = ()) -> Mirror:
    field = Field([f"x{i}" for i in range(1, count + 1)])
    outputs = tuple(f(*(field.letter(i) for i in range(count))))
    names = tuple(f"beta_{i}" for i in range(1, len(outputs) + 1))
    given = Given("own", "of a test", "", field, outputs, names, (), ())
    return Mirror(decide(begun(given, [Fraction(x) for x in start] or None)))


TWICE = lambda a: a + a
ROWS: dict[str, tuple[int, Callable[..., list[Any]], tuple, str]] = {
    "u^2 - v^2": (2, lambda u, v: [u**2 - v**2], (), "mirror"),
    "u^5 - v^5": (2, lambda u, v: [u**5 - v**5], (), "mirror"),
    "two signed powers": (4, lambda u, v, s, t: [u**3 - v**3, s**2 - t**2], (), "mirror"),
    "u v, balanced": (2, lambda u, v: [u * v], (1, 1), "mirror"),
    "u v, not": (2, lambda u, v: [u * v], (1, 3), "mirror"),
    "u v - s t": (4, lambda u, v, s, t: [u * v - s * t], (), "mirror"),
    "five layers": (5, lambda *x: [x[0] * x[1] * x[2] * x[3] * x[4]], (), "mirror"),
    "u^2 v w": (3, lambda u, v, w: [u**2 * v * w], (), "mirror"),
    "a(y, z)": (3, lambda a, y, z: [a * y, a * z], (), "time change"),
    "a(y, z), balanced": (3, lambda a, y, z: [a * y, a * z], (5, 3, 4), "time change"),
    "a(y, z), a < 0": (3, lambda a, y, z: [a * y, a * z], (-1, 2, 0), "time change"),
    "a(x, y, z)": (4, lambda a, x, y, z: [a * x, a * y, a * z], (), "time change"),
    "a b (y, z)": (4, lambda a, b, y, z: [a * b * y, a * b * z], (), "time change"),
    "a^3 (y, z)": (3, lambda a, y, z: [a**3 * y, a**3 * z], (), "time change"),
    "overlap": (3, lambda u, v, w: [u * v, v * w], (), "time change"),
    "chain": (4, lambda a, b, c, d: [a * b, b * c, c * d], (), "excluded"),
    "triangle": (3, lambda a, b, c: [a * b, b * c, c * a], (), "excluded"),
    "two warped": (6, lambda a, x, y, b, s, t: [a * x, a * y, b * s, b * t], (), "excluded"),
    "warped beside separable": (4, lambda a, x, y, u: [a * x, a * y, u**2], (), "excluded"),
    "diag U U^T": (4, lambda a, b, c, d: [a**2 + b**2, c**2 + d**2], (), "mirror"),
    "U U^T": (
        4, lambda a, b, c, d: [a**2 + b**2, a * c + b * d, c**2 + d**2], (), "excluded",
    ),
    "commuting measurements": (
        4,
        lambda a, b, c, d: [a**2 + b**2 + c**2 + d**2, TWICE(a * c + b * d)],
        (),
        "mirror",
    ),
    "A w^3": (2, lambda u, v: [u**3 + TWICE(v**3), u**3 - v**3], (), "mirror"),
    "a^T W": (
        8,
        lambda a, b, *w: [a * w[i] + b * w[3 + i] for i in range(3)],
        (),
        "excluded",
    ),
    "rational": (1, lambda w: [w / (w + w.field.number(1))], (), "mirror"),
}  # fmt: skip
