"""The potential q of depth 2 for small and large arguments, the shape of the start in it, and how
sharply the potentials of each depth tell a vertex from the middle of a face.

Reference: Woodworth et al., arXiv:2002.09277v3; the expansions are derived.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.precision import precision
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

LARGE = Quantity(
    "z (q(z) - z log z + z - 2), z = s N", "the closed form", r"z(q(z) - z\log z + z - 2)"
)
MINUS_ONE = Quantity("-1", "exact")
SMALL = Quantity("(q(z) - z^2/4)/z^4, z = s/N", "the closed form", "(q(z) - z^{2}/4)/z^{4}")
FOURTH = Quantity("-1/192", "exact", r"-\tfrac{1}{192}")
NEXT = Quantity(
    "(q(z) - z^2/4 + z^4/192)/z^6, z = s/N",
    "the closed form",
    "(q(z) - z^{2}/4 + z^{4}/192)/z^{6}",
)
SIXTH = Quantity("1/2560", "exact", r"\tfrac{1}{2560}")
GAP = Quantity("|q(z) - z log z| at z = 10^6 s", "the closed form", r"|q(z) - z\log z|")
PRINTED = Quantity("1000/z at z = 10^6 s", "exact", "1000/z")
FLAT = Quantity("4 alpha^2 Q(b), alpha = N", "the closed form", r"4\alpha^{2} Q(b)")
WEIGHTED_L2 = Quantity("sum_i b_i^2/w0_i^2", "exact", r"\sum_i b_i^{2}/w_{0,i}^{2}")
SCALED = Quantity(
    "Q(b) - log(1/alpha^2) |b|_1, alpha = 1/N",
    "the closed form",
    r"Q(b) - \log(\alpha^{-2}) \lVert b\rVert_1",
)
REST = Quantity(
    "sum_i |b_i| (log(|b_i|/w0_i^2) - 1)",
    "as written",
    r"\sum_i |b_i| (\log(|b_i|/w_{0,i}^{2}) - 1)",
)
SHAPED = Quantity(
    "Q(b) - log(1/alpha^2) sum_i c_i |b_i|, w0_i = alpha^(c_i - 1), alpha = 1/N",
    "the closed form",
    r"Q(b) - \log(\alpha^{-2}) \sum_i c_i |b_i|,\ w_{0,i} = \alpha^{c_i - 1}",
)
PLAIN_REST = Quantity("sum_i |b_i| (log |b_i| - 1)", "as written", r"\sum_i |b_i| (\log |b_i| - 1)")
SHARP = Quantity("Q_D(e_1)/Q_D(1/sqrt(d))", "the closed form", r"Q_D(e_1)/Q_D(1_d/\sqrt{d})")
SHARPER = Quantity(
    "Q_(D+1)(e_1)/Q_(D+1)(1/sqrt(d))", "the closed form", r"Q_{D+1}(e_1)/Q_{D+1}(1_d/\sqrt{d})"
)
KERNEL = Quantity("Q_D(e_1)/Q_D(1/sqrt(d)), kappa = N", "the closed form", SHARP.tex)
ONE = Quantity("1", "exact")
RICH = Quantity("Q_D(e_1)/Q_D(1/sqrt(d)), kappa = N^(-4p)", "the closed form", SHARP.tex)
FACE = Quantity("1/sqrt(d)", "exact", r"1/\sqrt{d}")

BITS = 700


def q(z: Any) -> Any:
    """Of depth 2, for z > 0."""
    return 2 - (4 + z * z).sqrt() + z * (z / 2).asinh()


def draw_expansion(size: tuple, source: Random) -> Instance:
    """s from 1/4 to 4."""
    s = Fraction(source.randint(16, 256), 64)
    large, small = lambda n: ball(s * n), lambda n: ball(s / n)
    far = ball(s * 10**6)
    values: dict[Quantity, Callable[..., Any]] = {
        LARGE: lambda n: large(n) * (q(large(n)) - large(n) * large(n).log() + large(n) - 2),
        MINUS_ONE: lambda n: Fraction(-1),
        SMALL: lambda n: (q(small(n)) - small(n) ** 2 / 4) / small(n) ** 4,
        FOURTH: lambda n: Fraction(-1, 192),
        NEXT: lambda n: (q(small(n)) - small(n) ** 2 / 4 + small(n) ** 4 / 192) / small(n) ** 6,
        SIXTH: lambda n: Fraction(1, 2560),
        GAP: lambda: abs(q(far) - far * far.log()),
        PRINTED: lambda: 1000 / (s * 10**6),
    }
    return Instance(f"s = {s}", values)


def draw_shape(size: tuple, source: Random) -> Instance:
    """b and w0 rational, c_1 = 1, the others 2 or 3, d = 3, no entry 0."""
    some = lambda most: [Fraction(source.randint(1, most), 3) for _ in range(3)]
    b, w0, c = some(9), some(9), [1, source.randint(2, 3), source.randint(2, 3)]
    values: dict[Quantity, Callable[..., Any]] = {
        FLAT: lambda n: 4 * n**2 * total(b, [ball(n**2 * w**2) for w in w0]),
        WEIGHTED_L2: lambda n: sum((v**2 / w**2 for v, w in zip(b, w0, strict=True)), Fraction(0)),
        SCALED: lambda n: (
            total(b, [ball(w**2 / n**2) for w in w0]) - 2 * ball(n).log() * ball(sum(b))
        ),
        REST: lambda n: sum(
            (ball(v) * (ball(v / w**2).log() - 1) for v, w in zip(b, w0, strict=True)), ball(0)
        ),
        SHAPED: lambda n: (
            total(b, [ball(Fraction(1, n ** (2 * e))) for e in c])
            - 2 * ball(n).log() * ball(sum(v * e for v, e in zip(b, c, strict=True)))
        ),
        PLAIN_REST: lambda n: sum((ball(v) * (ball(v).log() - 1) for v in b), ball(0)),
    }
    named = (("b", b), ("w0", w0), ("c", c))
    text = ", ".join(f"{k} = ({', '.join(map(str, x))})" for k, x in named)
    return Instance(text, values)


def total(b: list[Fraction], scales: list[Any]) -> Any:
    """sum_i s_i q(b_i/s_i)."""
    return sum((s * q(ball(v) / s) for v, s in zip(b, scales, strict=True)), ball(0))


def draw_sharpness(size: tuple, source: Random) -> Instance:
    """Depth D, d a square, kappa from 10^(-8) to 1. Raises BadInput unless D >= 2 is whole."""
    if len(size) != 1 or type(size[0]) is not int or size[0] < 2:
        raise BadInput(f"sharpness: (D) = {size}; expected a whole number D >= 2")
    depth, root = size[0], source.randint(2, 12)
    kappa = Fraction(1, 10 ** source.randint(0, 8)) * Fraction(source.randint(1, 9), 9)
    p = 1 if depth == 2 else Fraction(depth, depth - 2)
    values: dict[Quantity, Callable[..., Any]] = {
        SHARP: lambda: sharpness(depth, root, kappa),
        SHARPER: lambda: sharpness(depth + 1, root, kappa),
        KERNEL: lambda n: sharpness(depth, root, Fraction(n)),
        ONE: lambda n: Fraction(1),
        RICH: lambda n: sharpness(depth, root, Fraction(1, n ** int(4 * p))),
        FACE: lambda n: Fraction(1, root),
    }
    return Instance(f"D = {depth}, d = {root**2}, kappa = {kappa}", values)


def sharpness(depth: int, root: int, kappa: Fraction) -> Any:
    """Q(e_1)/Q(1_d/sqrt d), d = root^2."""
    from verify.bias.potential import Potential

    found = Potential(depth)
    with precision(BITS):  # more than is asked for: at the rich end most of it cancels
        one, many = ball(1 / kappa), ball(1 / (kappa * root))
        return found.value(one) / (root**2 * found.value(many))


EXPANSION = Family(
    "expansion", "the potential q of depth 2 at z = s N and s/N, s from 1/4 to 4",
    r"the potential \(q\) of depth 2 at \(z = s N\) and \(s/N\), \(s\) from \(1/4\) to 4", (),
    (LARGE, MINUS_ONE, SMALL, FOURTH, NEXT, SIXTH, GAP, PRINTED), draw_expansion,
)  # fmt: skip
SHAPE = Family(
    "shape", "Q(b) = sum_i alpha^2 w0_i^2 q(b_i/(alpha^2 w0_i^2)); b, w0, c rational, d = 3",
    r"\(Q(b) = \sum_i \alpha^{2} w_{0,i}^{2} q(b_i/(\alpha^{2} w_{0,i}^{2}))\); \(b\), \(w_0\),"
    r" \(c\) rational, \(d = 3\)", (),
    (FLAT, WEIGHTED_L2, SCALED, REST, SHAPED, PLAIN_REST), draw_shape,
)  # fmt: skip
SHARPNESS = Family(
    "sharpness", "Q_D at e_1 and at the vector of entries 1/sqrt(d), d a square; p = D/(D-2)",
    r"\(Q_D\) at \(e_1\) and at the vector of entries \(1/\sqrt{d}\), \(d\) a square;"
    r" \(p = D/(D-2)\)", ("D",),
    (SHARP, SHARPER, KERNEL, ONE, RICH, FACE), draw_sharpness,
)  # fmt: skip
