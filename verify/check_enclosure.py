"""The independent reader of enclosures: ``python -I verify/check_enclosure.py FILE`` (0 accepted, 1
refused, 2 not a certificate).

Standard library and python-flint only; nothing of this project is read but check.py beside it: its
tables of limits and of taken words, and how a file is opened, bounded and refused.
Format: ``proofs/enclosures/FORMAT.md``. A flow x' = f(x, clock), polynomials p on links and numbers
mu are given; everything else is
derived here, in ball arithmetic:

- a flow given by its loss is differentiated here, backwards along its program;
- p' - f(p) on an interval: Taylor coefficients up to order m about the middle, by series
  arithmetic, and the rest by Taylor's theorem, from the coefficient of order m + 1 about the whole
  interval (R. E. Moore, Methods and Applications of Interval Analysis, 1979);
- mu I - (J + J^T)/2 is positive definite on the tube: J by forward differentiation over balls, then
  the pivots of L D L^T;
- the distance from the true solution: |e|' <= mu |e| + |p' - f(p)|, from the exact start, across
  the jumps between polynomials;
- a fact, q > bound or q < bound at all times of an interval: the Taylor polynomial of q(p) on finer
  and finer pieces, less its remainder, less sup |grad q| times the distance; or the gap g between q
  and the bound is > 0 at the start and g' = K g + R, R >= 0, K and R polynomials in states, time
  and other functions, by division: then g stays > 0 as long as the solution exists.

What is printed then says which flow, from where, for how long and what was found. Whatever is not
understood is refused.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import sys
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

try:
    from flint import Ordering, arb, arb_mat, arb_poly, arb_series, ctx, fmpq, fmpq_mpoly_ctx
except ImportError:
    if __name__ != "__main__":
        raise
    print("nothing was checked: this reader needs the package python-flint", file=sys.stderr)
    sys.exit(2)


def beside(name: str, what: str) -> Any:
    """A file beside this one, from its path: python -I looks into no folder of a script."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")
    if not os.path.isfile(path):
        print(
            f"nothing was checked: {name}.py, {what}, does not lie beside it",
            file=sys.stderr,
        )
        sys.exit(2)
    spec = importlib.util.spec_from_file_location(f"verify.{name}", path)
    assert spec is not None and spec.loader is not None
    module = sys.modules[f"verify.{name}"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    tables = beside("check", "whose table of limits this reader reads")
    chebyshev = beside("check_chebyshev", "the series that this reader computes with")
    distances = beside("check_distances", "by which this reader derives how far a solution is")
else:
    import verify.check as tables
    import verify.check_chebyshev as chebyshev
    import verify.check_distances as distances

LIMITS, SPOKEN, Refused = tables.LIMITS, tables.SPOKEN, tables.Refused
need, fields, load, up_to = tables.need, tables.fields, tables.load, tables.up_to
NotACertificate = tables.NotACertificate
TIMES = {"t", "s", "e", "d", "pi", "inf"}
TAKEN = SPOKEN | {"grad", "J", "s", "t", "e", "d"}  # what the sentences are written with
WORK = chebyshev.WORK
spend, Loose, Series = WORK.spend, chebyshev.Loose, chebyshev.Series
high, norm, largest, total = distances.high, distances.norm, distances.largest, distances.total
eigenvectors = distances.eigenvectors


# --- reading
# --------------------------------------------------------------------------------------------------


def listed(data: Any, where: str, low: int, limit: str) -> list:
    need(
        isinstance(data, list) and low <= len(data) <= LIMITS[limit],
        f"{where}: not a list of {low} entries or more, {up_to(limit)}",
    )
    return data


def exactly(data: Any, where: str, count: int) -> list:
    need(isinstance(data, list) and len(data) == count, f"{where}: not a list of {count} entries")
    return data


def line(x: Any, where: str, limit: str = "label", times: int = 1) -> str:
    most = times * LIMITS[limit]
    need(
        isinstance(x, str) and len(x) <= most and x.isprintable(),
        f"{where}: not one line of at most {most} letters (limit {limit!r})",
    )
    return x


def place(x: str) -> bool:
    """Is it the number of a node or a row?"""
    return x.isdecimal() and x.isascii() and len(x) <= LIMITS["integer"]


def hexadecimal(x: str) -> bool:
    digits = x.removeprefix("-")
    return len(digits) <= LIMITS["hexadecimals"] and re.fullmatch("[0-9a-f]+", digits) is not None


def rational(x: Any) -> Fraction:
    return tables.rational(x, "constant")


def number(x: Fraction) -> Any:
    """As a ball, at the present precision."""
    return arb(fmpq(x.numerator, x.denominator))


def short(x: Fraction) -> str:
    return str(number(x).str(6, radius=False))


def node_of(x: Any, at: int) -> tuple:
    """("clock",), ("sum", constant, ((a, i, ...), ...)) or (head, i, exponent); it refers to
    earlier nodes only.
    """

    def earlier(i: str) -> int:
        need(
            place(i) and int(i) < at,
            f"node {at} refers to {i[:20]!r}, no earlier node: {up_to('integer', 'digits')}",
        )
        return int(i)

    head, _, rest = line(x, f"node {at}", "letters").partition(" ")
    args = rest.split(" ") if rest else []
    if head == "sum" and rest:
        constant, *terms = (t.split() for t in rest.split(";"))
        need(
            len(constant) == 1 and all(len(t) in (2, 3) for t in terms),
            f"node {at}: a sum has terms 'a i' and 'a i j'",
        )
        return (
            "sum",
            rational(constant[0]),
            tuple((rational(a), *map(earlier, i)) for a, *i in terms),
        )
    if head == "mul" and len(args) == 2:
        return ("sum", Fraction(0), ((Fraction(1), *map(earlier, args)),))
    if head == "power" and len(args) == 2:
        e = rational(args[1])
        need(
            e and max(abs(e.numerator), e.denominator) <= LIMITS["exponent"],
            f"node {at}: an exponent that is 0 or too large: {up_to('exponent')}",
        )
        return ("power", earlier(args[0]), e)
    need(
        (head, len(args)) in (("clock", 0), ("exp", 1), ("log", 1)),
        f"node {at} is not understood: {x[:30]!r}",
    )
    return (head, *map(earlier, args), *([None] if args else []))


def program_of(lines: Any, states: int) -> list[tuple]:
    """The states, then the nodes. Few levels: each can double the length of an exponent's last
    place.
    """
    nodes, level = [("state",)] * states, [0] * states
    for x in listed(lines, "nodes", 0, "operations"):
        node = node_of(x, len(nodes))
        below = [j for t in node[2] for j in t[1:]] if node[0] == "sum" else [*node[1:2]]
        height = 1 if node[0] == "sum" else LIMITS["steep"]
        level.append(max((level[j] for j in below), default=0) + height)
        need(level[-1] <= LIMITS["levels"], f"too many levels of nodes: {up_to('levels')}")
        nodes.append(node)
    return nodes


def output_of(x: Any, nodes: list[tuple]) -> tuple[int, Fraction]:
    """'factor node' as (node, factor)."""
    factor, _, node = line(x, "an output", "constant", 3).partition(" ")
    need(
        place(node) and int(node) < len(nodes),
        f"{x[:30]!r} is not an output 'factor node'",
    )
    return int(node), rational(factor)


@dataclass
class Link:
    """begin <= clock <= end, tau = (clock - begin)/h from 0 to theta; ``within`` bounds the
    distance from the polynomials.
    """

    begin: Fraction
    end: Fraction
    h: Fraction
    bits: int
    x: list[list[int]]
    mu: list[Fraction]
    within: Any = None
    each: int = 0  # parts on which the distance of each state is derived, 0 where it is not

    @property
    def theta(self) -> Fraction:
        return (self.end - self.begin) / self.h

    def polys(self) -> list:
        return [arb_poly(c) * arb(2) ** -self.bits for c in self.x]

    def precision(self) -> int:
        """Bits that it is read with: of its unit, of what lies before the point, and more."""
        above = max(x.bit_length() for c in self.x for x in c) - self.bits
        return self.bits + max(0, above) + LIMITS["guard"]

    def order(self) -> int:
        return max(map(len, self.x)) + LIMITS["beyond"]

    def at(self, tau: Fraction) -> list:
        return [p(number(tau)) for p in self.polys()]

    def over(self, low: Fraction, top: Fraction) -> tuple[list, Any]:
        """Balls around the states and the clock on low <= tau <= top."""
        middle, half = number((low + top) / 2), arb(0, number((top - low) / 2).upper())
        x = [p(middle) + p.derivative()(middle + half) * half for p in self.polys()]
        return x, number(self.begin) + number(self.h) * (middle + half)


class Arc(Link):
    """The same with Chebyshev polynomials, theta <= 1: x has the coefficients of T_0, T_1, ... in
    sigma = 2 tau - 1.
    """

    def on(self, low: Fraction, top: Fraction) -> tuple[list, Any]:
        """The states and the clock on low <= tau <= top, as series there."""
        unit, h = arb(2) ** -self.bits, number(self.h)
        x = [Series([unit * c for c in row]) for row in self.x]
        if (low, top) != (0, 1):
            x = [c.over(2 * low - 1, 2 * top - 1) for c in x]
        clock = [number(self.begin) + h * number((low + top) / 2), h * number((top - low) / 2)]
        return x, Series(clock)

    def over(self, low: Fraction, top: Fraction) -> tuple[list, Any]:
        x, clock = self.on(low, top)
        around = [c.coeffs()[0] + arb(0, c.spread()) for c in (*x, clock)]
        return around[:-1], around[-1]

    def at(self, tau: Fraction) -> list:
        """Bits that the recurrence loses are added to those that are carried."""
        before, ctx.prec = ctx.prec, ctx.prec + 2 * max(map(len, self.x))
        sigma, unit = number(2 * tau - 1), arb(2) ** -self.bits
        found = [Series(row).at(sigma) * unit for row in self.x]
        ctx.prec = before
        return found


def link_of(data: Any, begin: Fraction, states: int) -> Link:
    arc = isinstance(data, dict) and "chebyshev" in data
    apart = " each" if isinstance(data, dict) and "each" in data else ""
    fields(data, "a link", f"end h bits {'chebyshev' if arc else 'x'} mu{apart}")
    bits, end, h = data["bits"], rational(data["end"]), rational(data["h"])
    need(not arc or end - begin <= h, "a link of Chebyshev polynomials goes beyond them")
    need(
        type(bits) is int and 0 <= bits <= LIMITS["places"],
        f"bits: not an integer from 0 on, {up_to('places')}",
    )
    need(
        end > begin and h > 0 and end - begin <= LIMITS["pieces"] * h,
        f"a link that does not go forward, or too far: {up_to('pieces', 'steps')}",
    )
    rows: list[list[str]] = []
    for c in exactly(data["chebyshev" if arc else "x"], "polynomials", states):
        same = re.fullmatch("=([0-9]+)", line(c, "a polynomial", "letters", 4))
        need(
            not same or (place(same[1]) and int(same[1]) < len(rows)),
            "a polynomial refers to a state that comes later",
        )
        rows.append(rows[int(same[1])] if same else c.split(" "))
    for c in rows:
        need(
            len(c) <= LIMITS["coefficients"],
            f"a polynomial of too many coefficients: {up_to('coefficients')}",
        )
        need(
            all(map(hexadecimal, c)),
            f"a polynomial is not a row of hexadecimals, {up_to('hexadecimals', 'digits')}",
        )
    mu = [rational(m) for m in line(data["mu"], "mu", "letters").split(" ")]
    need(len(mu) <= LIMITS["pieces"], f"a link of too many parts: {up_to('pieces')}")
    kind, each = Arc if arc else Link, data.get("each", 1)
    need(
        type(each) is int and 0 < each <= LIMITS["parts"],
        f"each: not a number of parts, {up_to('parts')}",
    )
    x = [[int(x, 16) for x in c] for c in rows]
    return kind(begin, end, h, bits, x, mu, each=each if apart else 0)


# --- programs: differentiated, in words, over series, over balls
# -------------------------------------------------------------------


def descent(
    nodes: list[tuple], states: int, loss: tuple[int, Fraction], log: bool
) -> tuple[list[tuple], list]:
    """The slopes -rate d loss / d x_j, where the rate is 1, or exp(clock)."""
    nodes = list(nodes)
    waiting: list[list[tuple]] = [[] for _ in nodes]  # what adds up to the adjoint of each node
    slopes = []

    def push(*node: Any) -> int:
        nodes.append(node)
        return len(nodes) - 1

    waiting[loss[0]].append(
        (-loss[1], push("exp", push("clock"), None) if log else push("sum", Fraction(1), ()))
    )
    for i in reversed(range(len(waiting))):
        if waiting[i] or i < states:
            here = push("sum", Fraction(0), tuple(waiting[i]))
            slopes += [(here, Fraction(1))] * (i < states)
            for child, part in partials(nodes[i], i, here, push):
                waiting[child].append(part)
    return nodes, slopes[::-1]


def partials(node: tuple, i: int, here: int, push: Any) -> list[tuple]:
    """What the adjoint of a node adds to those of its children."""
    if node[0] == "sum":
        single = [(j, (a, here)) for a, j, *k in node[2] if not k]
        return single + [
            pair
            for a, j, *k in node[2]
            if k
            for pair in ((j, (a, here, k[0])), (k[0], (a, here, j)))
        ]
    if node[0] == "power":
        return [
            (
                node[1],
                (node[2], here)
                if node[2] == 1
                else (node[2], here, push("power", node[1], node[2] - 1)),
            )
        ]
    if node[0] in ("exp", "log"):
        return [
            (
                node[1],
                (
                    Fraction(1),
                    here,
                    i if node[0] == "exp" else push("power", node[1], Fraction(-1)),
                ),
            )
        ]
    return []


def in_words(nodes: list[tuple], output: tuple[int, Fraction], names: list[str], clock: str) -> str:
    """A formula; the inner parts of a long one are '...'."""
    room = [LIMITS["spelled"]]

    def said(i: int, depth: int) -> str:
        node, room[0] = nodes[i], room[0] - 1
        if node[0] in ("state", "clock"):
            return names[i] if node[0] == "state" else clock
        if room[0] < 0 or depth > LIMITS["inside"]:
            return "..."
        if node[0] != "sum":
            inner = f"({said(node[1], depth + 1)})"
            return f"{inner}^({node[2]})" if node[0] == "power" else node[0] + inner
        parts = [str(node[1])] if node[1] or not node[2] else []
        most = max(1, room[0])
        for a, *factors in node[2][:most]:
            parts.append(
                "*".join([*([] if a == 1 else [f"({a})"]), *(said(j, depth + 1) for j in factors)])
            )
        parts += ["..."] if most < len(node[2]) else []
        return f"({' + '.join(parts)})" if len(parts) > 1 else parts[0]

    found = ("" if output[1] == 1 else f"({output[1]})*") + said(output[0], 0)
    return cut(found, "formula")


def cut(text: str, limit: str) -> str:
    return text if len(text) <= LIMITS[limit] else text[: LIMITS[limit]] + " ..."


def run(nodes: list[tuple], states: list, clock: Any, one: Any) -> list:
    """Every node, in the arithmetic of series or of jets. Raises Loose where something is not
    defined.
    """
    found: list[Any] = []
    for i, node in enumerate(nodes):
        if node[0] == "sum":
            y = one * number(node[1])
            for a, j, *k in node[2]:
                term = found[j] * found[k[0]] if k else found[j]
                y = y + (term if a == 1 else term * number(a))
        elif node[0] == "power" and node[2] > 0 and node[2].denominator == 1:
            y = whole_power(found[node[1]], int(node[2]))
        elif node[0] in ("state", "clock"):
            y = states[i] if node[0] == "state" else clock
        else:
            y = composed(node[0], found[node[1]], node[2])
        value = y.value if isinstance(y, Jet) else y
        values = [value] if isinstance(value, arb) else value.coeffs()
        if not sum(map(abs, values), arb(0)) < arb(2) ** LIMITS["large"]:
            raise Loose(f"a number is not defined, or not bounded: {up_to('large', 'bits')}")
        found.append(y)
    return found


def whole_power(x: Any, e: int) -> Any:
    half = whole_power(x, e // 2) if e > 1 else x
    return half if e == 1 else half * half * x if e % 2 else half * half


def composed(head: str, y: Any, e: Any) -> Any:
    if isinstance(y, Jet):
        value = applied(head, y.value, e)
        slope = value if head == "exp" else applied("power", y.value, Fraction(-1))
        if head == "power":
            slope = applied("power", y.value, e - 1) * number(e)
        return Jet(value, None if y.row is None else y.row * slope)
    if isinstance(y, Series):
        return applied(head, y, e)
    x = [y[k] for k in range(y.prec)]
    spend(2 * len(x) ** 2 * (1 + ctx.prec / 512))
    return arb_series(coefficients(head, x, e), prec=len(x))


def applied(head: str, x: Any, e: Any) -> Any:
    """exp x, log x or x^e of a ball or a series on an interval."""
    if isinstance(x, Series):
        if head == "power":
            return chebyshev.raised(x, e)
        return (chebyshev.exponential if head == "exp" else chebyshev.logarithm)(x)
    return raised(x, e) if head == "power" else x.exp() if head == "exp" else x.log()


def coefficients(head: str, x: list, e: Any) -> list:
    """Taylor coefficients of exp x, log x or x^e from those of x, by y' = x' y, x y' = x' and x y'
    = e x' y.
    """
    if head == "exp":
        y, turn = [x[0].exp()], [j * c for j, c in enumerate(x)]
        for k in range(1, len(x)):
            y.append(sum((turn[j] * y[k - j] for j in range(1, k + 1)), arb(0)) / k)
        return y
    over = 1 / x[0]
    if head == "log":
        y, turn = [x[0].log()], [arb(0)]
        for k in range(1, len(x)):
            turn.append((k * x[k] - sum((turn[j] * x[k - j] for j in range(1, k)), arb(0))) * over)
            y.append(turn[k] / k)
        return y
    y, a, b = [raised(x[0], e)], e.numerator, e.denominator
    for k in range(1, len(x)):
        y.append(
            sum(((a * j - b * (k - j)) * x[j] * y[k - j] for j in range(1, k + 1)), arb(0))
            * over
            / (k * b)
        )
    return y


def raised(x: Any, e: Fraction) -> Any:
    """x^e; nothing where x may be 0 or negative and that matters."""
    if e.denominator == 1:
        return x ** int(e) if e >= 0 else 1 / x ** int(-e)
    return x ** number(e) if x > 0 else arb.nan()


class Jet:
    """A ball and the row of its derivatives by the states; None for a row of zeros."""

    def __init__(self, value: Any, row: Any = None) -> None:
        self.value, self.row = value, row

    def __add__(self, other: Any) -> Jet:
        return Jet(self.value + other.value, both(self.row, other.row))

    def __mul__(self, other: Any) -> Jet:
        if not isinstance(other, Jet):
            return Jet(self.value * other, None if self.row is None else self.row * other)
        left = None if self.row is None else self.row * other.value
        return Jet(
            self.value * other.value,
            both(left, None if other.row is None else other.row * self.value),
        )


class Row:
    """Derivatives that are series; 0 by the states that are not named."""

    def __init__(self, entries: dict[int, Any]) -> None:
        self.entries = entries

    def __add__(self, other: Row) -> Row:
        found = dict(self.entries)
        for j, x in other.entries.items():
            found[j] = found[j] + x if j in found else x
        return Row(found)

    def __mul__(self, factor: Any) -> Row:
        return Row({j: x * factor for j, x in self.entries.items()})


def both(a: Any, b: Any) -> Any:
    return b if a is None else a if b is None else a + b


# --- a link: Taylor models, the tube, the distance
# ---------------------------------------------------------------------------------


def effort(nodes: list[tuple]) -> int:
    return sum(
        1 + sum(2 * len(t) - 3 for t in node[2]) if node[0] == "sum" else 8 for node in nodes
    )


def size(c: list, half: Any) -> Any:
    """A bound of sum |c_k| half^k."""
    total = arb(0)
    for x in reversed(c):
        total = (total * half).upper() + high(x)
    return total.upper()


def recentred(poly: Any, middle: Any) -> list:
    return poly(arb_poly([middle, 1])).coeffs() or [arb(0)]


def widened(c: list, half: Any) -> list:
    """Balls for the Taylor coefficients about every point within ``half`` of the middle."""
    about_edge = recentred(arb_poly([high(x) for x in c]), half)
    return [
        x + arb(0, high(s - high(x)))
        for x, s in zip(c, about_edge + [arb(0)] * len(c), strict=False)
    ]


def models(
    nodes: list[tuple], outputs: list, link: Link, low: Fraction, top: Fraction
) -> tuple[list, list, list, Any]:
    """About the middle of low <= tau <= top: coefficients of the states and of the outputs, what
    the outputs lack at most, half.
    """
    order = link.order()
    spend(effort(nodes) * order * (4 + order / 16) * (2 + link.precision() / 256))
    ctx.prec = link.precision()
    middle, half = number((low + top) / 2), number((top - low) / 2).upper()
    at, h = number(link.begin) + number(link.h) * middle, number(link.h)
    x = [recentred(p, middle) for p in link.polys()]
    found = over_series(nodes, x, [at, h], order + 1)
    values = [[found[i][k] * number(a) for k in range(order + 1)] for i, a in outputs]
    ctx.prec, power = LIMITS["coarse"], half ** (order + 1)
    found = over_series(nodes, [widened(c, half) for c in x], [at + h * arb(0, half), h], order + 2)
    return x, values, [high(found[i][order + 1] * number(a) * power) for i, a in outputs], half


def over_series(nodes: list[tuple], states: list[list], clock: list, length: int) -> list:
    ctx.cap = length
    x = [arb_series(c, prec=length) for c in states]
    return run(nodes, x, arb_series(clock, prec=length), arb_series([1], prec=length))


def over_tube(
    nodes: list[tuple], outputs: list, link: Link, low: Fraction, top: Fraction, radius: Any
) -> list[list]:
    """Balls for the derivatives of the outputs by the states, within ``radius`` of the polynomials
    on low <= tau <= top.
    """
    spend(effort(nodes) * (30 + len(link.x)))
    ctx.prec = LIMITS["coarse"]
    (x, clock), n = link.over(low, top), len(link.x)
    around = [v + arb(0, radius) for v in x]
    states = [Jet(v, arb_mat([[int(k == j) for k in range(n)]])) for j, v in enumerate(around)]
    found = run(nodes, states, Jet(clock), Jet(arb(1)))
    rows = [(found[i] * number(a)).row for i, a in outputs]
    return [[arb(0)] * n if row is None else row.entries() for row in rows]


def defect(
    nodes: list[tuple], slopes: list, link: Link, low: Fraction, top: Fraction, splits: int
) -> list:
    """Bounds of |dp/dtau - h f(p)|, one for each state, on low <= tau <= top."""
    try:
        if isinstance(link, Arc):
            return defect_of_series(nodes, slopes, link, low, top)
        x, found, rest, half = models(nodes, slopes, link, low, top)
        ctx.prec = link.precision()
        h, known, lost = number(link.h), [], []
        for c, slope, r in zip(x, found, rest, strict=True):
            left = [h * s for s in slope]
            for k in range(1, len(c)):
                left[k - 1] -= k * c[k]
            known.append(size(left, half))
            lost.append(high(h * r))
        if norm(lost) < norm(known) + arb(2) ** -link.bits or not splits:
            return [(a + b).upper() for a, b in zip(known, lost, strict=True)]
    except Loose as reason:
        need(splits, f"{reason} along the polynomials near clock {short(link.begin)}")
    middle = (low + top) / 2
    parts = ((low, middle), (middle, top))
    halves = [defect(nodes, slopes, link, *part, splits - 1) for part in parts]
    return [x.max(y) for x, y in zip(*halves, strict=True)]


def check_growth(
    nodes: list[tuple],
    slopes: list,
    link: Link,
    mu: Fraction,
    low: Fraction,
    top: Fraction,
    radius: Any,
    splits: int,
) -> None:
    """mu bounds the logarithmic norm all over the tube, or Refused."""
    try:
        if isinstance(link, Arc):
            if is_definite_on(nodes, slopes, link, low, top, radius, mu):
                return
        elif is_definite(over_tube(nodes, slopes, link, low, top, radius), number(mu)):
            return
    except Loose:
        pass
    need(
        splits,
        f"mu = {short(mu)} is not shown to bound the logarithmic norm near clock"
        f" {short(link.begin + link.h * low)}, halved {up_to('splits')}",
    )
    for a, b in ((low, (low + top) / 2), ((low + top) / 2, top)):
        check_growth(nodes, slopes, link, mu, a, b, radius, splits - 1)


def is_definite(j: list[list], mu: Any) -> bool:
    """mu I - (J + J^T)/2 > 0: the pivots of the middle, after the largest row sum of the radii is
    taken off mu.
    """
    n = len(j)
    spend(n**3 / 2)
    symmetric = [[(j[a][b] + j[b][a]) / 2 for b in range(n)] for a in range(n)]
    spread = largest([sum((x.rad() for x in row), arb(0)).upper() for row in symmetric])
    left = [
        [(mu - spread if a == b else 0) - symmetric[a][b].mid() for b in range(n)] for a in range(n)
    ]
    for k in range(n):
        if not left[k][k] > 0:
            return False
        for a in range(k + 1, n):
            factor = left[a][k] / left[k][k]
            for b in range(k + 1, a + 1):
                left[a][b] -= factor * left[b][k]
    return True


def defect_of_series(
    nodes: list[tuple], slopes: list, link: Arc, low: Fraction, top: Fraction
) -> list:
    """The same by Chebyshev series: p' is exact, and what is left of h f(p) is their sum."""
    ctx.prec = link.precision()
    x, clock = link.on(low, top)
    found, h, turn = run(nodes, x, clock, Series([arb(1)])), number(link.h), number(2 / (top - low))
    left = [
        c.derivative() * turn - found[i] * (h * number(a))
        for c, (i, a) in zip(x, slopes, strict=True)
    ]
    return [c.size() for c in left]


def is_definite_on(
    nodes: list[tuple],
    slopes: list,
    link: Arc,
    low: Fraction,
    top: Fraction,
    radius: Any,
    mu: Fraction,
) -> bool:
    """mu I - (J + J^T)/2 > 0 where low <= tau <= top: turned into eigenvectors of its middle (any
    matrix V will do), the pivots of V^T (mu I - (J + J^T)/2) V, fast directions first, are series
    that stay above 0.
    """
    ctx.prec, h = LIMITS["coarse"], number(link.h * (top - low))
    a = symmetric_part(nodes, slopes, link, low, top, radius)
    ctx.prec += bits_of(largest([x.size() for row in a for x in row]) * h)
    if ctx.prec > LIMITS["coarse"]:
        a = symmetric_part(nodes, slopes, link, low, top, radius)
    fine, n = (arb(2) ** -LIMITS["fine"] / h).mid(), range(len(a))
    v = eigenvectors([[a[max(i, j)][min(i, j)].at(arb(0)).mid() for j in n] for i in n])
    right = [[total([a[max(i, k)][min(i, k)] * v[j][k] for k in n]) for j in n] for i in n]
    gram = [[sum((x * y for x, y in zip(v[i], v[j], strict=True)), arb(0)) for j in n] for i in n]
    turned = [
        [
            (total([right[k][j] * -v[i][k] for k in n]) + gram[i][j] * number(mu)).shortened(
                fine / len(a)
            )
            for j in range(i + 1)
        ]
        for i in n
    ]
    return has_pivots(turned, fine)


def bits_of(x: Any) -> int:
    """Of its whole part. Raises Loose beyond the limit."""
    if not x < arb(2) ** LIMITS["large"]:
        raise Loose("the Jacobian is not bounded")
    return max(0, int(x.log().upper().ceil().unique_fmpz()) * 2) if x > 1 else 0


def symmetric_part(
    nodes: list[tuple], slopes: list, link: Arc, low: Fraction, top: Fraction, radius: Any
) -> list[list]:
    """Of the Jacobian on the tube, the lower triangle, as series."""
    x, clock = link.on(low, top)
    one, zero, n = Series([arb(1)]), Series([arb(0)]), range(len(link.x))
    states = [Jet(c.shortened(arb(0)).around(radius), Row({j: one})) for j, c in enumerate(x)]
    found = run(nodes, states, Jet(clock), Jet(one))
    rows = [(found[i] * number(a)).row for i, a in slopes]
    j = [[zero if row is None else row.entries.get(k, zero) for k in n] for row in rows]
    return [[(j[a][b] + j[b][a]) * (arb(1) / 2) for b in range(a + 1)] for a in n]


def has_pivots(left: list[list], fine: Any) -> bool:
    """L D L^T on series, the lower triangle: whether every pivot is shown to be > 0."""
    n = len(left)
    for k in range(n):
        if not left[k][k].least(LIMITS["halvings"]) > 0:
            return False
        over = chebyshev.reciprocal(left[k][k]) if k + 1 < n else left[k][k]
        for a in range(k + 1, n):
            factor = (left[a][k] * over).shortened(fine / (left[a][k].size() + fine) / n)
            for b in range(k + 1, a + 1):
                left[a][b] = (left[a][b] - factor * left[b][k]).shortened(fine / n**2)
    return True


def walk(nodes: list[tuple], slopes: list, start: list[Fraction], links: list[Link]) -> Any:
    """Derives the distance on every link; the largest of all."""
    ctx.prec = links[0].precision()
    point, radius, each = [number(x) for x in start], arb(0), [arb(0)] * len(start)
    for link in links:
        ctx.prec = link.precision()
        jumps = [a - b for a, b in zip(point, link.at(Fraction(0)), strict=True)]
        radius += norm(jumps)
        each = [(r + high(x)).upper() for r, x in zip(each, jumps, strict=True)]
        slope = defect(nodes, slopes, link, Fraction(0), link.theta, LIMITS["splits"])
        radius = carry(link, radius.upper(), norm(slope))
        if link.each:
            each, radius = apart(nodes, slopes, link, each, slope, radius)
        else:
            each = [radius] * len(each)
        ctx.prec, part = LIMITS["coarse"], link.theta / len(link.mu)
        room = 2 * link.within + arb(2) ** -(
            link.bits + LIMITS["guard"]
        )  # more than the bound: the solution does not reach the edge of the tube
        for k, m in enumerate(link.mu):
            ends = part * k, part * (k + 1)
            check_growth(nodes, slopes, link, m, *ends, room, LIMITS["splits"])
        ctx.prec = link.precision()
        point = link.at(link.theta)
    return largest(
        [arb(2) ** -LIMITS["tiny"], *(link.within for link in links)]
    )  # a number that can be printed


def carry(link: Link, radius: Any, slope: Any) -> Any:
    """The distance at the end, if mu holds; the link gets the largest."""
    ctx.prec = LIMITS["coarse"]
    pushed, time = slope * number(link.theta / len(link.mu)), (link.end - link.begin) / len(link.mu)
    link.within, radius = distances.of_all(link.mu, time, radius, pushed)
    need(
        link.within < arb(2) ** LIMITS["large"],
        f"the distance from the polynomials is not bounded: {up_to('large', 'bits')}",
    )
    return radius


def apart(
    nodes: list[tuple], slopes: list, link: Link, each: list, slope: list, radius: Any
) -> tuple[list, Any]:
    """The distance of each state at the end, from what it was and the defects, and of all; the
    largest of the link may become less. ``radius`` is what they are where nothing is found.
    """
    ctx.prec, part = LIMITS["coarse"], link.theta / link.each
    pushed = [(x * number(part)).upper() for x in slope]
    tube = 4 * (norm(each) + norm(slope)) + arb(2) ** -(link.bits + LIMITS["guard"])
    for _ in range(LIMITS["raised"]):
        ends = [(part * k, part * (k + 1)) for k in range(link.each)]
        try:
            moves = [compared(nodes, slopes, link, *end, tube.upper()) for end in ends]
        except Loose:
            break
        within, last = distances.of_each(moves, each, pushed)
        ctx.prec = LIMITS["coarse"]
        if norm(within) < tube:  # inside of it, so that it is not left
            link.within = link.within.min(norm(within))
            return [x.min(radius) for x in last], radius.min(norm(last))
        tube = norm(within) * LIMITS["widened"]
    return [radius] * len(each), radius


def compared(
    nodes: list[tuple], slopes: list, link: Link, low: Fraction, top: Fraction, radius: Any
) -> list[list]:
    """M dt: bounds of the Jacobian on the tube, of the size of what is not on its diagonal."""
    j, time = over_tube(nodes, slopes, link, low, top, radius), number(link.h * (top - low))
    spend(len(j) ** 3)
    return [
        [((x if i == k else abs(x)) * time).upper() for k, x in enumerate(row)]
        for i, row in enumerate(j)
    ]


# --- facts, parts, files
# --------------------------------------------------------------------------------------------------


@dataclass
class Fact:
    nodes: list[tuple]
    value: tuple[int, Fraction]
    sign: int
    bound: Fraction
    after: Fraction
    says: str

    def check(self, link: Link, low: Fraction, top: Fraction, splits: int) -> None:
        """An inequality holds for the true solution at low <= tau <= top, or Refused."""
        try:
            if isinstance(link, Arc):
                if self.is_above(link, low, top):
                    return
                raise Loose("")
            row = over_tube(self.nodes, [self.value], link, low, top, link.within)[0]
            _, values, rest, half = models(self.nodes, [self.value], link, low, top)
            ctx.prec = link.precision()
            above = [self.sign * c for c in values[0]]
            above[0] -= self.sign * number(self.bound)
            if is_above(above, half, (rest[0] + norm(row) * link.within).upper()):
                return
        except Loose:
            pass
        need(
            splits,
            f"not shown near clock {short(link.begin + link.h * low)}, halved {up_to('splits')}:"
            f" {self.says}",
        )
        for a, b in ((low, (low + top) / 2), ((low + top) / 2, top)):
            self.check(link, a, b, splits - 1)

    def is_above(self, link: Arc, low: Fraction, top: Fraction) -> bool:
        """The same by Chebyshev series that hold all that is within the distance."""
        ctx.prec = link.precision()
        x, clock = link.on(low, top)
        found = run(self.nodes, [c.around(link.within) for c in x], clock, Series([arb(1)]))
        above = found[self.value[0]] * number(self.value[1]) + -number(self.bound)
        return (above * self.sign).least(LIMITS["halvings"]) > 0


def is_above(c: list, half: Any, error: Any) -> bool:
    """Is sum c_k sigma^k > error for all |sigma| <= half?"""
    poly, pieces = arb_poly(c), [arb(0)]
    slope = poly.derivative()

    def fails(m: Any) -> bool:
        turn = slope(m + arb(0, half))
        least = [m - half, m + half] if turn > 0 or turn < 0 else []  # monotone: the ends decide
        return not (
            all(poly(x) > error for x in least) if least else poly(m) - high(turn) * half > error
        )

    for _ in range(LIMITS["halvings"]):
        spend(8 * len(pieces) * len(c))
        pieces = [m for m in pieces if fails(m)]
        if not pieces or len(pieces) > LIMITS["parts"] or any(poly(m) < error for m in pieces):
            return not pieces
        half = (half / 2).upper()
        pieces = [m + half * s for m in pieces for s in (-1, 1)]
    return False


def at_start(nodes: list[tuple], value: tuple[int, Fraction], start: list[Fraction]) -> Any:
    """A quantity there: a fraction where everything on the way is one, else an interval."""
    found: list[Any] = []
    for i, node in enumerate(nodes):
        if node[0] == "sum":
            y: Any = node[1]
            for a, j, *k in node[2]:
                y = y + a * (found[j] * found[k[0]] if k else found[j])
        elif node[0] in ("state", "clock"):
            y = start[i] if node[0] == "state" else Fraction(0)
        elif node[0] == "power":
            y = tables.raised(found[node[1]], node[2])
        else:
            y = tables.enclosed("exp" if node[0] == "exp" else "ln", found[node[1]])
        found.append(tables.bounded(y))
    return found[value[0]] * value[1]


# --- barriers
# --------------------------------------------------------------------------------------------------


class TooLong(Exception):
    """A polynomial that is not written out."""


class Letters:
    """Polynomials in the states, the clock and one letter for each node of the flow that is none;
    letters after the states are even where their sign does not matter: those of exp are > 0, and
    the clock is >= 0.
    """

    def __init__(self, nodes: list[tuple], states: int) -> None:
        self.others = [i for i, node in enumerate(nodes) if node[0] in ("power", "exp", "log")]
        self.others = [i for i in self.others if not is_whole_power(nodes[i])]
        self.ring = fmpq_mpoly_ctx.get(("a", states + 1 + len(self.others)), Ordering.degrevlex)
        self.letters, self.states = self.ring.gens(), states
        self.free = [nodes[i][0] == "exp" for i in self.others]

    def times(self, a: Any, b: Any) -> Any:
        spend(len(a) * len(b))
        if len(a) * len(b) > LIMITS["products"]:
            raise TooLong
        c = a * b
        if any(max(abs(x.p), x.q) >> LIMITS["heights"] for x in c.coeffs()):
            raise TooLong
        return c

    def rest(self, rate: Any, gap: Any) -> Any:
        """Of the division; a quotient of that degree has at most so many terms."""
        occur = sum(a + b > 0 for a, b in zip(rate.degrees(), gap.degrees(), strict=True))
        terms = comb(max(0, rate.total_degree() - gap.total_degree()) + occur, occur)
        if terms * len(gap) > LIMITS["products"]:
            raise TooLong
        spend(terms * len(gap))
        return divmod(rate, gap)[1]

    def over(self, nodes: list[tuple], own: bool) -> list:
        """Every node; what is no polynomial is a letter if it is the flow's ``own``."""
        found: list[Any] = []
        for i, node in enumerate(nodes):
            if node[0] == "state":
                y = self.letters[i]
            elif node[0] == "clock":
                y = self.letters[self.states]
            elif node[0] == "sum":
                y = self.ring.constant(rational_of(node[1]))
                for a, j, *k in node[2]:
                    term = self.times(found[j], found[k[0]]) if k else found[j]
                    y = y + term * rational_of(a)
            elif is_whole_power(node):
                y = found[node[1]]
                for _ in range(int(node[2]) - 1):
                    y = self.times(y, found[node[1]])
            elif own:
                y = self.letters[self.states + 1 + self.others.index(i)]
            else:
                raise TooLong
            found.append(y)
        return found

    def is_above(self, rest: Any) -> bool:
        """Is every term >= 0?"""
        free = [False] * self.states + [True, *self.free]
        return all(
            x > 0 and all(ok or e % 2 == 0 for e, ok in zip(powers, free, strict=True))
            for powers, x in zip(rest.monoms(), rest.coeffs(), strict=True)
        )


def is_whole_power(node: tuple) -> bool:
    return node[0] == "power" and node[2] > 0 and node[2].denominator == 1


def rational_of(x: Fraction) -> Any:
    return fmpq(x.numerator, x.denominator)


def is_kept(nodes: list[tuple], slopes: list, start: list[Fraction], fact: Fact) -> bool:
    """Is the gap g between a quantity and its bound > 0 at the start, and g' = K g + R, R >= 0?"""
    letters = Letters(nodes, len(start))
    try:
        value = letters.over(fact.nodes, own=False)[fact.value[0]] * rational_of(fact.value[1])
        gap = (value - rational_of(fact.bound)) * fact.sign
        begin = [rational_of(x) for x in start] + [fmpq(0)] * (len(letters.letters) - len(start))
        if not gap(*begin) > 0 or gap.total_degree() < 1:
            return False
        field, rate = letters.over(nodes, own=True), gap.derivative(len(start))
        for j, (i, a) in enumerate(slopes):
            rate = rate + letters.times(gap.derivative(j), field[i]) * rational_of(a)
        return letters.is_above(letters.rest(rate, gap))
    except TooLong:
        return False


def state_name(x: Any) -> bool:
    """A word of ASCII letters that the sentences are not written with, perhaps with an index."""
    word = re.fullmatch(
        r"([A-Za-z][A-Za-z0-9_]*)(_[0-9]+(,[0-9]+)+|\[[0-9]+(,[0-9]+)*\])?", line(x, "a name")
    )
    return word is not None and len(x) <= LIMITS["name"] and word[1].split("_")[0] not in TAKEN


def title_of(x: Any, names: list[str], value: tuple[int, Fraction]) -> str:
    """What the author calls a quantity: ASCII, no inequality, and no state but the one it is."""
    title = line(x, "name")
    fits = title.isascii() and not re.search("[<>]", title)
    need(
        fits and title == title.strip(), f"the name {title!a:.40} of a fact reads as something else"
    )
    bare = re.sub(r"[\s()\[\]{}'_]", "", title)
    states = {re.sub(r"[\[\]_]", "", n): i for i, n in enumerate(names)}
    own = title in names and value == (names.index(title), 1)
    need(bare not in TIMES, f"a fact bears the name of the time or of a number, {title!r}")
    need(own or bare not in states, f"a fact bears the name of a state, {title!r}, and is another")
    return title


def part_of(data: Any) -> tuple[str, str]:
    """One start: derives everything; what was verified, and the sentence that belongs to the part's
    own statement.
    """
    fields(data, "a part", "label names start clock flow horizon links facts")
    names, clock, label = (
        listed(data["names"], "names", 1, "states"),
        data["clock"],
        line(data["label"], "label"),
    )
    need(clock in ("plain", "log"), "the clock is plain or log")
    symbol = "s" if clock == "log" else "t"
    need(
        all(state_name(x) for x in names)
        and len({x.replace("_", "") for x in names}) == len(names),
        f"names are not different words of their own, {up_to('name', 'letters')}",
    )
    start = [rational(x) for x in exactly(data["start"], "start", len(names))]
    nodes, slopes, said = flow_of(data["flow"], names, symbol)
    horizon = rational(data["horizon"])
    links: list[Link] = []
    for item in listed(data["links"], "links", 1, "links"):
        links.append(link_of(item, links[-1].end if links else Fraction(0), len(names)))
    need(links[-1].end == horizon, f"the links end at {links[-1].end}, not at the horizon")
    facts = [fact_of(f, names, symbol, horizon) for f in listed(data["facts"], "facts", 0, "facts")]
    largest = walk(nodes, slopes, start, links)
    for fact in facts:
        show(fact, nodes, slopes, start, links)
    begin = ", ".join(f"{n} = {x}" for n, x in zip(names, start, strict=True))
    found = [
        f"from {begin} at {symbol} = 0 the solution of {said}",
        f"exists for 0 <= {symbol} <= {horizon}",
    ]
    found[1] += (
        f", within {(largest * 101 / 100).str(3, radius=False)} of"
        f" {len(links)} given polynomial{'s' * (len(links) != 1)} (Euclidean)"
    )
    claims = [claim_of(f, symbol, horizon) for f in data["facts"]]
    where = " (s = log(1 + t), t the time of the flow)" if clock == "log" else ""
    what = (
        "; ".join(claims) or f"the solution exists and is enclosed for 0 <= {symbol} <= {horizon}"
    )
    return "\n  ".join(
        [f"{label!r}: {found[0]}", found[1], *(f.says for f in facts)]
    ), f"{label!r}: from {begin}{where}: {what}"


def show(
    fact: Fact, nodes: list[tuple], slopes: list, start: list[Fraction], links: list[Link]
) -> None:
    """At the start, by what the flow keeps, or link by link; or Refused."""
    if not fact.sign:
        need(at_start(fact.nodes, fact.value, start) == fact.bound, f"not shown: {fact.says}")
        return
    if is_kept(nodes, slopes, start, fact):
        fact.says += "; its distance from the bound is kept > 0 by its own rate"
        return
    for link in links:
        if link.end >= fact.after:
            low = max(Fraction(0), (fact.after - link.begin) / link.h)
            fact.check(link, low, link.theta, LIMITS["splits"])


def claim_of(f: dict, symbol: str, horizon: Fraction) -> str:
    """What a fact claims, as the statement has it."""
    when = f"for {f['after']} <= {symbol} <= {horizon}"
    when = f"at {symbol} = 0" if f["relation"] == "=" else when
    return f"{f['name']!r} {f['relation']} {f['bound']} {when}"


def nodes_of(data: dict) -> str:
    return f"{len(data['nodes'])} node{'s' * (len(data['nodes']) != 1)}"


def flow_of(data: Any, names: list[str], symbol: str) -> tuple[list[tuple], list, str]:
    fields(data, "flow", "kind nodes outputs")
    kind, nodes = data["kind"], program_of(data["nodes"], len(names))
    need(kind in ("gradient", "field"), "a flow is a gradient or a field")
    count = len(names) if kind == "field" else 1
    outputs = [output_of(x, nodes) for x in exactly(data["outputs"], "outputs", count)]
    rate = "exp(s) " if symbol == "s" else ""
    said = f"dx/d{symbol} = -{rate}grad J, J = {in_words(nodes, outputs[0], names, symbol)}"
    if kind == "field":
        said = "; ".join(
            f"d/d{symbol} {n} = {in_words(nodes, o, names, symbol)}"
            for n, o in zip(names, outputs, strict=True)
        )
        said = cut(said, "equations")
    said += (
        f" ({nodes_of(data)}, sha-256"
        f" {digest([kind, data['nodes'], data['outputs'], names, symbol])})"
    )
    slopes = outputs
    if kind == "gradient":
        nodes, slopes = descent(nodes, len(names), outputs[0], symbol == "s")
    return nodes, slopes, said + (", s = log(1 + t), ds/dt = exp(-s)," if symbol == "s" else "")


def fact_of(data: Any, names: list[str], symbol: str, horizon: Fraction) -> Fact:
    fields(data, "a fact", "name words nodes value relation bound after")
    relation, bound, after = data["relation"], rational(data["bound"]), rational(data["after"])
    need(
        relation in ("<", ">", "=") and 0 <= after <= (horizon if relation != "=" else 0),
        f"a fact is < or >, from a time of [0, {horizon}] on, or = at 0",
    )
    nodes = program_of(data["nodes"], len(names))
    words = line(data["words"], "words", "words")
    value = output_of(data["value"], nodes)
    title = title_of(data["name"], names, value)
    says = f"{in_words(nodes, value, names, symbol)} {relation} {bound} " + (
        f"at {symbol} = 0" if relation == "=" else f"for all {after} <= {symbol} <= {horizon}"
    )
    says += (
        f" (called {title!r}{f' in {words!r}' if words else ''}, {nodes_of(data)}, sha-256"
        f" {digest([data['nodes'], data['value'], names, symbol])})"
    )
    return Fact(nodes, value, {">": 1, "<": -1, "=": 0}[relation], bound, after, says)


def digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()


def verified(data: dict) -> str:
    fields(data, "certificate", "format version claim statement parts")
    claim, parts = (
        line(data["claim"], "claim"),
        [part_of(x) for x in listed(data["parts"], "parts", 1, "facts")],
    )
    need(
        data["statement"] == ". ".join(own for _, own in parts),
        "the statement is not the one of these parts",
    )
    return "\n".join([f"ENCLOSED ({claim!r})", *(says for says, _ in parts)])


def check(data: object) -> str:
    """The statement that was verified, in words. Raises NotACertificate or Refused, nothing
    else.
    """
    before, tables.WORK.done = (ctx.prec, ctx.cap), 0
    try:
        return tables.guarded(data, "flowlaw-enclosure", verified, WORK, "depth")
    finally:
        ctx.prec, ctx.cap = before


def main(argv: list[str]) -> int:
    return tables.read_files(argv, check, "python -I check_enclosure.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
