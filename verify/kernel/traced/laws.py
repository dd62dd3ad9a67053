"""Laws as a certificate writes them: sum of c x^e, whole exponents of either sign, and of
c log |polynomial|; the direction in which such a law grows; how it reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verify.kernel.limits import Refused, need
from verify.kernel.load import Data, fields, items, rational, whole
from verify.kernel.traced.effort import TRACED, Effort
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import Number, Poly, gather, plain

Monomial = tuple[tuple[int, int], ...]  # (coordinate, exponent), no exponent 0
Terms = dict[Monomial, Number]


@dataclass(frozen=True)
class Law:
    """``logs``: (factor, what stands inside)."""

    terms: Terms
    logs: tuple[tuple[Number, Terms], ...]
    claimed: dict[int, Poly]


def law(data: Data, program: Program) -> Law:
    """Read strictly; not constant as it is written."""
    given = fields(data, "sum moves", "logs")
    logs = items(given["logs"]) if "logs" in given else []
    need(logs or "logs" not in given, "logs: an empty list is not written")
    inside = []
    for row in logs:
        c, poly = items(row, 2)
        terms = _terms(poly, program, least=1)
        need(len(terms) > 1 or sum(e for m in terms for _, e in m) == 1, "log: of a power")
        inside.append((plain(_not_zero(c)), terms))
    terms = _terms(given["sum"], program, least=-TRACED["exponent"])
    need(terms or inside, "a law is no constant")
    return Law(terms, tuple(inside), _claimed(given["moves"], program))


def _not_zero(data: Data) -> Fraction:
    found = rational(data)
    need(found, "law: a factor that is 0")
    return found


def _terms(data: Data, program: Program, least: int) -> Terms:
    made: Terms = {}
    for row in items(data):
        c, powers = items(row, 2)
        if not isinstance(powers, dict):
            raise Refused("law: expected coordinates with their exponents")
        found = []
        for name, e in powers.items():
            need(name in program.coordinates, f"law: {name[:40]!r} is no coordinate of a tensor")
            e = whole(e, least)
            need(e and e <= TRACED["exponent"], "law: an exponent that is not read")
            found.append((program.coordinates[name], e))
        m = tuple(sorted(found))
        need(m and m not in made, "law: a constant, or a monomial that stands there twice")
        made[m] = plain(_not_zero(c))
    return made


def _claimed(data: Data, program: Program) -> dict[int, Poly]:
    """By the first entry that shows a variable; what moves in an entry moves there."""
    first: dict[int, int] = {}
    for at, (c, v) in enumerate(program.entries):
        if c:
            first.setdefault(v, at)
    made: dict[int, Poly] = {}
    last = -1
    for row in items(data):
        place, poly = items(row, 2)
        entry = whole(place, last + 1)
        last = entry
        scale, v = _shown(entry, first, program)
        found: Poly = {}
        for number, factors in (items(x, 2) for x in items(poly)):
            places = [whole(x, 0) for x in items(factors)]
            need(len(places) <= TRACED["factors"], "moves: a product of too many factors")
            amount: Number = plain(_not_zero(number) / Fraction(scale))
            product = []
            for x in places:
                more, u = _shown(x, first, program)
                amount = amount * more
                product.append(u)
            gather(found, amount, {(): 1}, tuple(product), program.variables)
        need(found, "moves: what stands still is not written")
        made[v] = found
    return made


def _shown(entry: int, first: dict[int, int], program: Program) -> tuple[Number, int]:
    need(entry < len(program.entries), "moves: no such entry")
    c, v = program.entries[entry]
    need(c and first.get(v) == entry, "moves: an entry that was there before, or is 0")
    return c, v


def direction(found: Law) -> dict[int, Poly]:
    """grad h times what clears its denominators: the insides of logarithms, and powers."""
    lowest: dict[int, int] = {}
    for m in found.terms:
        for i, e in m:
            lowest[i] = min(lowest.get(i, 0), e)
    clear = {i: 1 - e for i, e in lowest.items() if e < 0}
    insides = [_poly(p) for _, p in found.logs]
    made: dict[int, Poly] = {}
    parts: list[tuple[Number, Terms]] = [(1, found.terms), *found.logs]
    for but, (c, terms) in enumerate(parts):
        for m, amount in terms.items():
            for by, e in m:
                powers = dict(m)
                powers[by] -= 1
                for i, more in clear.items():
                    powers[i] = powers.get(i, 0) + more
                one = tuple(i for i, n in sorted(powers.items()) for _ in range(n))
                poly: Poly = {one: c * amount * e}
                for k, p in enumerate(insides, 1):
                    poly = poly if k == but else _times(poly, p)
                _add(made.setdefault(by, {}), poly)
    return {i: p for i, p in sorted(made.items()) if p}


def bent(start: dict[int, Poly], metric: list[tuple[Number, int]]) -> dict[int, Poly]:
    """The direction by the rates of the flow."""
    return {i: {tuple(sorted((*m, *[i] * metric[i][1]))): x * metric[i][0] for m, x in p.items()}
            for i, p in start.items()}  # fmt: skip


def _poly(terms: Terms) -> Poly:
    return {tuple(i for i, e in m for _ in range(e)): c for m, c in terms.items()}


def _add(into: Poly, poly: Poly) -> None:
    for m, x in poly.items():
        into[m] = into.get(m, 0) + x
        if not into[m]:
            del into[m]


def _times(a: Poly, b: Poly) -> Poly:
    Effort.spend("rewritten", len(a) * len(b))
    made: Poly = {}
    for m, x in a.items():
        for n, y in b.items():
            _add(made, {tuple(sorted((*m, *n))): x * y})
    return made


def slopes(start: dict[int, Poly], theta: list[int], p: int) -> list[int]:
    """The direction at a point modulo a prime: grad h times a number that is not 0."""
    made = [0] * len(theta)
    for i, poly in start.items():
        total = 0
        for m, c in poly.items():
            one = int(c.numerator) * pow(int(c.denominator), -1, p)
            for v in m:
                one = one * theta[v] % p
            total += one
        made[i] = total % p
    return made


def excluded(found: Law, names: list[str]) -> list[str]:
    """What must not be 0 where the law is written down."""
    made = [names[i] for m in found.terms for i, e in m if e < 0]
    made += [_text(p, names) for _, p in found.logs]
    return list(dict.fromkeys(made))


def spoken(found: Law, names: list[str]) -> str:
    """As it reads."""
    parts = [_text(found.terms, names)] if found.terms else []
    for c, p in found.logs:
        sign = "-" if c < 0 else "+" if parts else ""
        scale = "" if abs(c) == 1 else f"{abs(c)} "
        parts.append(f"{sign} {scale}log |{_text(p, names)}|".strip())
    return " ".join(parts)


def _text(terms: Terms, names: list[str]) -> str:
    made = ""
    for m, c in terms.items():
        power = [names[i] if e == 1 else f"{names[i]}^{e if e > 0 else f'({e})'}" for i, e in m]
        sign = (" - " if made else "-") if c < 0 else " + " if made else ""
        made += sign + " ".join([*([] if abs(c) == 1 else [str(abs(c))]), *power])
    return made
