"""Laws as a certificate writes them: sum of c x^e, whole exponents of either sign, and of
c log |polynomial|; the direction in which such a law grows; how it reads.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from verify.kernel.limits import need
from verify.kernel.load import Data, fields, flag, items, of_type, rational, whole
from verify.kernel.traced.effort import TRACED
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import ONE, Entry, Number, Poly, gather, plain

Monomial = tuple[tuple[int, int], ...]  # (coordinate, exponent), no exponent 0
Terms = dict[Monomial, Number]


@dataclass(frozen=True)
class Law:
    """``logs``: (factor, what stands inside); ``unseen``: how far the outputs move along each
    motion that no loss sees; ``still``: of a heavy ball, without exp(tau t).
    """

    terms: Terms
    logs: list[tuple[Number, Terms]]
    claimed: dict[int, Poly]
    unseen: list[Poly]
    still: bool


def law(data: Data, program: Program) -> Law:
    """Read strictly; not constant as it is written."""
    may = ("still" if program.speeds else "logs") + " unseen" * bool(program.motions)
    given = fields(data, "sum moves", may)
    logs = items(given["logs"]) if "logs" in given else []
    need(logs or "logs" not in given, "logs: an empty list is not written")
    inside = []
    for row in logs:
        c, poly = items(row, 2)
        terms = _terms(poly, program, least=1)
        need(len(terms) > 1 or sum(e for m in terms for _, e in m) == 1, "log: of a power")
        inside.append((_not_zero(c), terms))
    terms = _terms(given["sum"], program, least=-TRACED["degree"])
    need(terms or inside, "a law is no constant")
    claimed = _claimed(given["moves"], program)
    amounts = items(given.get("unseen", [[]] * len(program.motions)), len(program.motions))
    unseen = [_polynomial(x, program, 1) for x in amounts]
    return Law(terms, inside, claimed, unseen, flag(given, "still"))


def _not_zero(data: Data) -> Number:
    found = rational(data)
    need(found, "a factor that is 0")
    return plain(found)


def _terms(data: Data, program: Program, least: int) -> Terms:
    made: Terms = {}
    for row in items(data):
        c, exponents = items(row, 2)
        powers = of_type(exponents, dict, "coordinates with their exponents")
        for name, e in powers.items():
            need(name in program.coordinates, f"{name[:40]!r} is no coordinate of a tensor")
            need(whole(e, least), "an exponent 0")
        degree = sum(map(abs, powers.values()))
        need(degree <= TRACED["degree"], "a degree that is not read")
        m = tuple(sorted((program.coordinates[name], e) for name, e in powers.items()))
        need(m and m not in made, "a constant, or a monomial that stands there twice")
        made[m] = _not_zero(c)
    return made


def _claimed(data: Data, program: Program) -> dict[int, Poly]:
    """By variable; what moves in an entry moves there."""
    made: dict[int, Poly] = {}
    last = -1
    for row in items(data):
        place, poly = items(row, 2)
        last = whole(place, last + 1)
        scale, v = _shown(place, program)
        made[v] = _polynomial(poly, program, scale)
        need(made[v], "what stands still is not written")
    return made


def _shown(data: Data, program: Program) -> Entry:
    """By the number of the first entry that shows a variable."""
    entry = whole(data, 0)
    need(entry < len(program.entries), "no such entry")
    c, v = program.entries[entry]
    need(v != ONE and program.first[v] == entry, "an entry that was there before, or a number")
    return c, v


def _polynomial(data: Data, program: Program, scale: Number) -> Poly:
    """In entries, over a number."""
    found = Poly()
    for number, factors in (items(x, 2) for x in items(data)):
        product = [_shown(x, program) for x in items(factors)]
        amount = prod([c for c, _ in product], start=_not_zero(number) / Fraction(scale))
        gather(found, plain(amount), {(): 1}, tuple(v for _, v in product), program.variables)
    return found


def direction(found: Law, program: Program) -> dict[int, Poly]:
    """grad h times what clears its denominators: the insides of logarithms, and powers."""
    clear: Counter[int] = Counter()
    for i, e in (x for m in found.terms for x in m if x[1] < 0):
        clear[i] = max(clear[i], 1 - e)
    made: dict[int, Poly] = {}
    for but, (c, terms) in enumerate([(1, found.terms), *found.logs], -1):
        rest: Poly = {(): c}
        for k, (_, inside) in enumerate(found.logs):
            rest = rest if k == but else _times(rest, _poly(inside), program)
        for m, amount in terms.items():
            for by, e in m:
                powers = Counter(dict(m)) + clear - Counter([by])
                more = tuple(powers.elements())
                gather(made.setdefault(by, {}), amount * e, rest, more, program.variables)
    return {i: p for i, p in sorted(made.items()) if p}


def bent(start: dict[int, Poly], program: Program) -> dict[int, Poly]:
    """The direction by the rates of the flow."""
    rates = [{(i,) * k: c} for i, (c, k) in enumerate(program.metric)]
    return {i: _times(rates[i], poly, program) for i, poly in start.items()}


def _poly(terms: Terms) -> Poly:
    return {tuple(Counter(dict(m)).elements()): c for m, c in terms.items()}


def _times(a: Poly, b: Poly, program: Program) -> Poly:
    made = Poly()
    for m, c in a.items():
        gather(made, c, b, m, program.variables)
    return made


def excluded(found: Law, program: Program) -> list[str]:
    """What must not be 0 where the law is written down."""
    made = [program.name(i) for m in found.terms for i, e in m if e < 0]
    made += [written(p, program.name) for _, p in found.logs]
    return list(dict.fromkeys(made))


def spoken(found: Law, program: Program) -> str:
    """As it reads."""
    logs = [(c, f"log |{written(p, program.name)}|") for c, p in found.logs]
    return _sum(_parts(found.terms, program.name) + logs)


def written(terms: Terms, name: Callable[[int], str]) -> str:
    """A sum."""
    return _sum(_parts(terms, name))


def _parts(terms: Terms, name: Callable[[int], str]) -> list[tuple[Number, str]]:
    power = lambda e: "" if e == 1 else f"^{e}" if e > 0 else f"^({e})"
    return [(c, " ".join(name(i) + power(e) for i, e in m)) for m, c in terms.items()]


def _sum(parts: list[tuple[Number, str]]) -> str:
    made = ""
    for c, said in parts:
        made += (" - " if made else "-") if c < 0 else " + " if made else ""
        made += said if said and abs(c) == 1 else f"{abs(c)} {said}".rstrip()
    return made
