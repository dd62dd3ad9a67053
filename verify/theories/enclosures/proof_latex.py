"""The proof by an enclosure in LaTeX: the argument once, and of each start how many steps it took,
how close it stayed and where the quantity comes nearest its bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verify.claims.conclusions import Reaches, Throughout
from verify.claims.evidence import Followed
from verify.exact.numbers import short
from verify.spelling.notation import name as spelt
from verify.spelling.tex import inline, value
from verify.theories.enclosures.deciding import nearest

_ARGUMENT = (
    r"Let \(f\) be the field and \(p\) the polynomial in time that the certificate gives for a"
    r" step. Interval arithmetic gives bounds \(\delta\) of"
    r" \(\lvert\tfrac{d}{d\tau} p - f(p)\rvert\) and, on a tube around \(p\), \(\mu\) of the"
    r" eigenvalues of \(\tfrac12(Df + Df^{T})\). By Gronwall's inequality the distance \(e\) of the"
    r" true solution from \(p\) obeys"
    r" \(\tfrac{d}{d\tau}\lvert e\rvert \le \mu\lvert e\rvert + \delta\) for as long as it is in"
    r" the tube, which it then never leaves; a quantity differs from its value along \(p\) by at"
    r" most \(\lvert e\rvert\) times a bound of its gradient."
)

_KEPT = (
    r"The distance \(g\) of the quantity from its bound is positive at the start, and along the"
    r" flow \(g' = K g + R\) with \(R \ge 0\), \(K\) and \(R\) found by exact division: it stays"
    r" positive for as long as the solution exists."
)


@dataclass(frozen=True)
class EnclosureProof:
    """Every start, followed to the horizon, for one conclusion."""

    name: str
    followed: tuple[Followed, ...]


def argument(conclusion: Throughout | Reaches, proof: EnclosureProof) -> list[str]:
    """The argument, and what it gives from each start, in the order of the setting."""
    return [_ARGUMENT, " ".join(_from(conclusion, proof.name, proof.followed))]


def _from(conclusion: Throughout | Reaches, name: str, followed: Sequence[Followed]) -> list[str]:
    lines = []
    for number, f in enumerate(followed, 1):
        assert f.enclosure is not None
        d, radius = f.decided[name], value(short(f.enclosure.radius, up=True))
        relation, bound = nearest(d, conclusion).split(" ")
        sign = {"<=": r"\le", ">=": r"\ge"}.get(relation, relation)
        start = f"From start ({number})" if len(followed) > 1 else "From the start"
        close = inline(f"\\lvert e\\rvert \\le {radius}")
        kept = inline(f"{spelt(conclusion.quantity)} {sign} {value(bound)}")
        when = inline(f"\\tau \\approx {value(short(d.since, 4))}")
        nearly = "near" if isinstance(conclusion, Reaches) else "nearest its bound at"
        lines.append(
            f"{start} there are {len(f.enclosure.links)} steps, on which {close}, and {kept},"
            f" {nearly} {when}."
        )
        if d.kept:
            lines.append(_KEPT)
    return lines
