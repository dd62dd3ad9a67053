"""The independent reader of enclosures: ``python -I verify/check_enclosure.py FILE`` (0 accepted, 1 refused, 2 not a certificate).

Standard library and python-flint only; nothing of this project is imported. The format is ``proofs/enclosures/FORMAT.md``. A flow
x' = f(x, clock), polynomials p on links and numbers mu are given; everything else is derived here, in ball arithmetic:

- a flow given by its loss is differentiated here, backwards along its program;
- p' - f(p) on an interval of tau: Taylor coefficients up to order m about the middle, from series arithmetic, and the rest by
  Taylor's theorem, from the coefficient of order m + 1 with the whole interval as the point of expansion (R. E. Moore, Methods and
  Applications of Interval Analysis, 1979);
- mu I - (J + J^T)/2 is positive definite on the tube: J by forward differentiation over balls, then the pivots of L D L^T;
- the distance from the true solution: |e|' <= mu |e| + |p' - f(p)|, from the exact start, across the jumps between polynomials;
- a fact, q > bound or q < bound at all times of an interval: the Taylor polynomial of q(p) on finer and finer pieces, less its
  remainder, less sup |grad q| times the distance.

What is then printed says which flow, from where, for how long and what was found. Whatever is not understood is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

try:
    from flint import arb, arb_mat, arb_poly, arb_series, ctx, fmpq
except ImportError:
    sys.exit("this checker needs python-flint: pip install python-flint") if __name__ == "__main__" else None
    raise

MOST_BYTES, MOST_DEPTH, MOST_ITEMS = 1 << 24, 12, 400_000
MOST_NODES, MOST_STATES, MOST_LENGTH, MOST_BITS, MOST_EXPONENT = 20_000, 400, 4000, 1 << 15, 1000
MOST_LEVELS = 4000
MOST_WORK = 600_000_000  # about one unit in a microsecond
SPLITS, PIECES = 8, 12  # halvings of an interval; halvings of the argument of a polynomial that is already known
LARGE = 1 << 12  # numbers beyond 2^LARGE count as not defined
_work = [0]


class NotACertificate(Exception):
    """Not JSON, not an object, or without this format and version."""


class Refused(Exception):
    """A certificate that does not hold, or that cannot be verified within the limits."""


class Loose(Exception):
    """A bound that may exist on a shorter interval."""


def need(condition: object, reason: str) -> None:
    if not condition:
        raise Refused(reason)


def spend(amount: float) -> None:
    _work[0] += int(amount)
    need(_work[0] <= MOST_WORK, "the certificate needs more work than this checker does")


# --- reading ------------------------------------------------------------------------------------------------------------------------


def fields(data: Any, where: str, names: str) -> Any:
    """An object with exactly these keys."""
    need(isinstance(data, dict) and {*data} == {*names.split()}, f"{where} is not an object with exactly the keys {names}")
    return data


def listed(data: Any, where: str, low: int, high: int) -> list:
    need(isinstance(data, list) and low <= len(data) <= high, f"{where} is not a list of {low} to {high} entries")
    return data


def text(x: Any, where: str, most: int = 400) -> str:
    need(isinstance(x, str) and len(x) <= most and x.isprintable(), f"{where} is not one line of at most {most} letters")
    return x


def rational(x: Any) -> Fraction:
    fits = isinstance(x, str) and re.fullmatch(r"-?[0-9]{1,1300}(/[0-9]{1,1300})?", x)
    need(fits, f"{str(x)[:20]!r} is not a rational number in quotes, of at most 1300 digits")
    top, _, below = x.partition("/")
    need(int(below or 1), "a number with denominator 0")
    return Fraction(int(top), int(below or 1))


def number(x: Fraction | int) -> Any:
    """A ball at the present precision."""
    return arb(fmpq(x.numerator, x.denominator))


def node_of(x: Any, at: int) -> tuple:
    """One line of a program; it may refer to earlier nodes only."""
    line = x if isinstance(x, str) and len(x) <= 1 << 20 else ""
    head, _, rest = line.partition(" ")

    def earlier(i: str) -> int:
        need(re.fullmatch(r"[0-9]{1,6}", i) and int(i) < at, f"node {at} refers to {i[:20]!r}, which is no earlier node")
        return int(i)

    if head == "sum" and rest:
        constant, *others = rest.split(";")
        parts = [o.split() for o in others]
        need(all(len(p) in (2, 3) for p in parts), f"node {at}: a sum has terms 'a i' and 'a i j'")
        found = [(rational(a), *map(earlier, i)) for a, *i in parts]
        return ("sum", rational(constant), tuple(p for p in found if len(p) == 2), tuple(p for p in found if len(p) == 3))
    args = rest.split(" ") if rest else []
    if head == "power" and len(args) == 2:
        e = rational(args[1])
        need(e and abs(e.numerator) <= MOST_EXPONENT and e.denominator <= MOST_EXPONENT, f"node {at}: an exponent that is 0 or too large")
        return ("power", earlier(args[0]), e)
    count = {"clock": 0, "mul": 2, "exp": 1, "log": 1}.get(head)
    need(count is not None and len(args) == count, f"node {at} is not understood: {str(x)[:30]!r}")
    return (head, *map(earlier, args))


def program_of(lines: Any, states: int) -> list[tuple]:
    nodes: list[tuple] = [("state",)] * states
    level = [0] * states  # products above one another: exponents of numbers at most double with each
    for line in listed(lines, "nodes", 0, MOST_NODES):
        node = node_of(line, len(nodes))
        below = [j for part in (node[2] + node[3] if node[0] == "sum" else [node]) for j in part[1:] if type(j) is int]
        level.append(max((level[j] for j in below), default=0) + (10 if node[0] in ("power", "exp") else 1))
        need(level[-1] <= MOST_LEVELS, f"more than {MOST_LEVELS} levels of nodes")
        nodes.append(node)
    return nodes


def output_of(x: Any, nodes: list[tuple]) -> tuple[int, Fraction]:
    """'factor node' as (node, factor)."""
    fits = re.fullmatch(r"(\S+) ([0-9]{1,6})", text(x, "an output", 3000))
    need(fits and int(fits[2]) < len(nodes), f"{str(x)[:30]!r} is not an output 'factor node'")
    assert fits
    return int(fits[2]), rational(fits[1])


@dataclass
class Link:
    """The polynomials on begin <= clock <= end, with tau = (clock - begin)/h from 0 to theta."""

    begin: Fraction
    end: Fraction
    h: Fraction
    bits: int
    x: list[list[int]]
    mu: list[Fraction]
    before: Any = None
    within: Any = None
    polys: Any = None

    @property
    def theta(self) -> Fraction:
        return (self.end - self.begin) / self.h


def link_of(data: Any, begin: Fraction, states: int) -> Link:
    fields(data, "a link", "end h bits x mu")
    bits = data["bits"]
    need(type(bits) is int and 0 <= bits <= MOST_BITS, f"bits are not an integer from 0 to {MOST_BITS}")
    end, h = rational(data["end"]), rational(data["h"])
    need(end > begin and h > 0, "a link does not go forward")
    rows = [text(c, "a polynomial", 1 << 22).split(" ") for c in listed(data["x"], "x", states, states)]
    for c in rows:
        need(len(c) <= MOST_LENGTH and all(re.fullmatch(r"-?[0-9a-f]{1,16384}", x) for x in c), "a polynomial is not a row of hexadecimals")
    mu = [rational(m) for m in text(data["mu"], "mu", 1 << 20).split(" ")]
    need(len(mu) <= 1024 and (end - begin) / h <= 1 << 10, "more than 1024 parts, or a step that is cut short by too much")
    return Link(begin, end, h, bits, [[int(x, 16) for x in c] for c in rows], mu)


# --- the program: backwards, in words, in series, in balls -----------------------------------------------------------------------------


def gradient_flow(nodes: list[tuple], states: int, loss: tuple[int, Fraction], log_clock: bool) -> tuple[list[tuple], list]:
    """The slopes -rate * factor * d node / d x_j, where the rate is 1 or exp(clock)."""
    nodes, size = list(nodes), len(nodes)
    waiting: list[list[tuple]] = [[] for _ in nodes]  # (a, i) and (a, i, j): contributions to an adjoint

    def push(*node: Any) -> int:
        nodes.append(node)
        return len(nodes) - 1

    rate = push("exp", push("clock")) if log_clock else push("sum", Fraction(1), (), ())
    waiting[loss[0]].append((-loss[1], rate))
    slopes = []
    for i in reversed(range(size)):
        if not waiting[i] and i >= states:
            continue
        parts = [tuple(p for p in waiting[i] if len(p) == count) for count in (2, 3)]
        here = push("sum", Fraction(0), *parts)
        waiting[i] = []
        if i < states:
            slopes.append((here, Fraction(1)))
        for child, part in partials(nodes[i], i, here, push):
            waiting[child].append(part)
    return nodes, slopes[::-1]


def partials(node: tuple, i: int, here: int, push: Any) -> list[tuple]:
    """What the adjoint of a node adds to those of its children."""
    match node[0]:
        case "sum":
            linear = [(j, (a, here)) for a, j in node[2]]
            return linear + [(j, (a, here, k)) for a, p, q in node[3] for j, k in ((p, q), (q, p))]
        case "mul":
            return [(node[1], (Fraction(1), here, node[2])), (node[2], (Fraction(1), here, node[1]))]
        case "power":
            lower = (push("power", node[1], node[2] - 1),) if node[2] != 1 else ()
            return [(node[1], (node[2], here, *lower))]
        case "exp":
            return [(node[1], (Fraction(1), here, i))]
        case "log":
            return [(node[1], (Fraction(1), here, push("power", node[1], Fraction(-1))))]
    return []


def in_words(nodes: list[tuple], output: tuple[int, Fraction], names: list[str], clock: str) -> str:
    """A formula; where it is long, its inner parts are '...'."""
    room = [60]

    def said(i: int, depth: int) -> str:
        node, room[0] = nodes[i], room[0] - 1
        if node[0] in ("state", "clock"):
            return names[i] if node[0] == "state" else clock
        if room[0] < 0 or depth > 12:
            return "..."
        below = lambda j: said(j, depth + 1)  # noqa: E731
        if node[0] == "sum":
            parts = [str(node[1])] if node[1] or not node[2] + node[3] else []
            for a, *factors in node[2] + node[3]:
                if room[0] < 0:
                    parts.append("...")
                    break
                parts.append("*".join([*([] if a == 1 else ["-" if a == -1 else f"({a})"]), *map(below, factors)]).replace("-*", "-"))
            return parts[0] if len(parts) == 1 else f"({' + '.join(parts)})"
        if node[0] == "mul":
            return f"{below(node[1])}*{below(node[2])}"
        return f"({below(node[1])})^({node[2]})" if node[0] == "power" else f"{node[0]}({below(node[1])})"

    factor = "" if output[1] == 1 else f"({output[1]})*"
    return factor + said(output[0], 0)


def sane(x: Any) -> Any:
    """A ball that says something."""
    if not abs(x) < arb(2) ** LARGE:
        raise Loose("a number is not defined or not bounded")
    return x


def raised(x: Any, e: Fraction) -> Any:
    if e.denominator == 1:
        return x ** int(e) if e > 0 else 1 / x ** int(-e)
    return x ** number(e)


def composed(head: str, x: list, e: Fraction) -> list:
    """Taylor coefficients of x^e, exp x or log x from those of x, by the equations x y' = e x' y, y' = x' y and x y' = x'."""
    if head == "exp":
        y = [x[0].exp()]
        scaled = [j * c for j, c in enumerate(x)]
        for k in range(1, len(x)):
            y.append(sum((scaled[j] * y[k - j] for j in range(1, k + 1)), arb(0)) / k)
        return y
    over = 1 / sane(x[0])
    if head == "log":
        y = [x[0].log()]
        for k in range(1, len(x)):
            y.append((x[k] - sum((j * y[j] * x[k - j] for j in range(1, k)), arb(0)) / k) * over)
        return y
    y, a, b = [raised(x[0], e)], e.numerator, e.denominator
    for k in range(1, len(x)):
        y.append(sum(((a * j - b * (k - j)) * x[j] * y[k - j] for j in range(1, k + 1)), arb(0)) * over / (k * b))
    return y


def series(nodes: list[tuple], states: list[list], clock: list, length: int) -> list:
    """Taylor coefficients of every node, as many as ``length``."""
    ctx.cap = length
    found: list[Any] = []
    for i, node in enumerate(nodes):
        match node[0]:
            case "state":
                y = arb_series(states[i][:length], prec=length)
            case "clock":
                y = arb_series(clock[:length], prec=length)
            case "sum":
                y = arb_series([number(node[1])], prec=length)
                for a, j in node[2]:
                    y = y + found[j] * number(a)
                for a, j, k in node[3]:
                    y = y + found[j] * found[k] * number(a)
            case "mul":
                y = found[node[1]] * found[node[2]]
            case "power" if node[2].denominator == 1 and node[2] > 0:
                y = whole_power(found[node[1]], int(node[2]))
            case _:
                x = found[node[1]]
                spend(length * length / 4)
                y = arb_series(composed(node[0], [x[k] for k in range(length)], node[-1]), prec=length)
        if not sum((abs(c) for c in y.coeffs()), arb(0)) < arb(2) ** LARGE:
            raise Loose("a function is not defined, or not bounded")
        found.append(y)
    return found


def whole_power(x: Any, e: int) -> Any:
    if e == 1:
        return x
    half = whole_power(x, e // 2)
    return half * half * x if e % 2 else half * half


def effort(nodes: list[tuple]) -> int:
    return sum(1 + len(n[2]) + 3 * len(n[3]) if n[0] == "sum" else 4 for n in nodes)


def moves(nodes: list[tuple], x: list, clock: Any) -> tuple[list, list]:
    """Values of the nodes over balls, and their derivatives by the states (rows, or None where they are 0)."""
    spend(effort(nodes) * (2 + len(x) / 8))
    value: list[Any] = []
    row: list[Any] = []
    for i, node in enumerate(nodes):
        v, parts = step(node, i, x, clock, value)
        value.append(sane(v))
        total = None
        for j, by in parts:
            if row[j] is not None:
                total = row[j] * sane(by) if total is None else total + row[j] * sane(by)
        row.append(arb_mat([[int(k == i) for k in range(len(x))]]) if node[0] == "state" else total)
    return value, row


def step(node: tuple, i: int, x: list, clock: Any, value: list) -> tuple[Any, list]:
    """The value of a node, and (child, partial derivative)."""
    match node[0]:
        case "state":
            return x[i], []
        case "clock":
            return clock, []
        case "sum":
            parts = [(j, number(a)) for a, j in node[2]]
            v = number(node[1]) + sum((value[j] * a for j, a in parts), arb(0))
            for a, j, k in node[3]:
                v += number(a) * value[j] * value[k]
                parts += [(j, number(a) * value[k]), (k, number(a) * value[j])]
            return v, parts
        case "mul":
            j, k = node[1:]
            return value[j] * value[k], [(j, value[k]), (k, value[j])]
        case "power":
            e = node[2]
            return raised(value[node[1]], e), [(node[1], number(e) * (arb(1) if e == 1 else raised(value[node[1]], e - 1)))]
        case "exp":
            return value[node[1]].exp(), [(node[1], value[node[1]].exp())]
    return value[node[1]].log(), [(node[1], 1 / value[node[1]])]


# --- a link: defect, logarithmic norm, radius --------------------------------------------------------------------------------------------


@dataclass
class Flow:
    names: list[str]
    start: list[Fraction]
    nodes: list[tuple]
    slopes: list[tuple[int, Fraction]]

    @property
    def states(self) -> int:
        return len(self.start)


def recentred(poly: Any, middle: Any) -> list:
    return poly(arb_poly([middle, 1])).coeffs() or [arb(0)]


def high(x: Any) -> Any:
    return abs(x).upper()


def size(c: list, half: Any) -> Any:
    """A bound of sum |c_k| half^k."""
    total = arb(0)
    for x in reversed(c):
        total = (total * half).upper() + high(x)
    return total.upper()


def models(
    nodes: list[tuple], outputs: list, link: Link, low: Fraction, top: Fraction, order: int, bits: int
) -> tuple[list[list], list[list], list, Any]:
    """On low <= tau <= top, about the middle: the states' coefficients, the outputs' up to ``order``, bounds of the outputs' rest, half."""
    spend(effort(nodes) * order * (4 + order / 16) * (2 + bits / 256))
    ctx.prec = bits
    middle, half = number((low + top) / 2), number((top - low) / 2).upper()
    start, h = number(link.begin) + number(link.h) * middle, number(link.h)
    x = [recentred(p, middle) for p in link.polys]
    found = series(nodes, x, [start, h], order + 1)
    values = [[found[i][k] * number(a) for k in range(order + 1)] for i, a in outputs]
    ctx.prec = 96
    wide = [widened(c, half) for c in x]
    found = series(nodes, wide, [start + h * arb(0, half), h], order + 2)
    power = half ** (order + 1)
    return x, values, [high(found[i][order + 1] * number(a) * power) for i, a in outputs], half


def widened(c: list, half: Any) -> list:
    """Coefficients about every point within ``half`` of the middle."""
    whole = recentred(arb_poly([high(x) for x in c]), half)
    return [x + arb(0, high(s - high(x))) for x, s in zip(c, whole + [arb(0)] * len(c), strict=False)]


def defect(flow: Flow, link: Link, low: Fraction, top: Fraction, splits: int = SPLITS) -> Any:
    """A bound of |dp/dtau - h f(p)| (Euclidean) on low <= tau <= top."""
    length = max(map(len, link.x))
    order, bits, best = length + 4, link.bits + 64, None
    for _ in range(5):
        try:
            x, slopes, rest, half = models(flow.nodes, flow.slopes, link, low, top, order, bits)
        except Loose:
            break
        h, ctx.prec = number(link.h), bits
        left = [difference(c, s, h) for c, s in zip(x, slopes, strict=True)]
        ctx.prec = 96
        cut, round_ = norm([high(h * r) for r in rest]), norm([size([c.rad() for c in g], half) for g in left])
        total = norm([size(g, half) + high(h * r) for g, r in zip(left, rest, strict=True)])
        best = total if best is None or total < best else best
        if cut * 4 < total and round_ * 4 < total:
            break
        order, bits = order + (order // 4 if cut * 4 > total else 0), bits + (bits // 2 if round_ * 4 > total else 0)
    if best is not None:
        return best
    need(splits, f"the flow is not bounded along the polynomials near clock {float(link.begin):.6g}")
    middle = (low + top) / 2
    parts = [defect(flow, link, *part, splits - 1) for part in ((low, middle), (middle, top))]
    return parts[0].max(parts[1])


def difference(x: list, slope: list, h: Any) -> list:
    """Coefficients of dx/dtau - h slope."""
    moved = [k * c for k, c in enumerate(x)][1:] + [arb(0)] * (len(slope) + 1 - len(x))
    return [m - h * s for m, s in zip(moved, slope, strict=True)]


def norm(parts: list) -> Any:
    return sum((high(x) ** 2 for x in parts), arb(0)).sqrt().upper()


def tube(link: Link, low: Fraction, top: Fraction, radius: Any) -> tuple[list, Any]:
    """States and clock on low <= tau <= top, as balls, within ``radius`` of the polynomials."""
    middle, half = number((low + top) / 2), number((top - low) / 2).upper()
    all_ = middle + arb(0, half)
    x = [p(middle) + p.derivative()(all_) * arb(0, half) + arb(0, radius) for p in link.polys]
    return x, number(link.begin) + number(link.h) * all_


def bounds_growth(flow: Flow, link: Link, mu: Fraction, low: Fraction, top: Fraction, radius: Any, splits: int = SPLITS) -> None:
    """Is mu I - (J + J^T)/2 positive definite all over the tube?"""
    try:
        x, clock = tube(link, low, top, radius)
        _, rows = moves(flow.nodes, x, clock)
        zero = arb_mat(1, flow.states)
        j = [(zero if rows[i] is None else rows[i] * number(a)).entries() for i, a in flow.slopes]
        if is_definite(j, number(mu)):
            return
    except Loose:
        pass
    need(splits, f"mu = {float(mu):.6g} is not shown to bound the logarithmic norm near clock {float(link.begin + link.h * low):.6g}")
    middle = (low + top) / 2
    for part in ((low, middle), (middle, top)):
        bounds_growth(flow, link, mu, *part, radius, splits - 1)


def is_definite(j: list[list], mu: Any) -> bool:
    """mu I - (J + J^T)/2 > 0: the pivots of the middle, when the largest row sum of the radii is taken off mu."""
    n = len(j)
    spend(n**3 / 6)
    both = [[(j[a][b] + j[b][a]) / 2 for b in range(n)] for a in range(n)]
    spread = arb(0)
    for row in both:
        spread = spread.max(sum((x.rad() for x in row), arb(0)).upper())
    left = [[(mu - spread if a == b else 0) - both[a][b].mid() for b in range(n)] for a in range(n)]
    for k in range(n):
        if not left[k][k] > 0:
            return False
        for a in range(k + 1, n):
            factor = left[a][k] / left[k][k]
            for b in range(k + 1, a + 1):
                left[a][b] -= factor * left[b][k]
    return True


def carried(before: Any, slope: Any, link: Link) -> tuple[Any, Any]:
    """The largest distance on the link and the last one, if mu holds: |e| -> e^(mu dt) |e| + D dt max(1, e^(mu dt))."""
    radius = within = before
    pushed = slope * number(link.theta / len(link.mu))
    for m in link.mu:
        factor = (number(m) * number((link.end - link.begin) / len(link.mu))).exp()
        grown = factor.max(arb(1))
        within = within.max(((radius + pushed) * grown).upper())
        radius = (radius * factor + pushed * grown).upper()
        need(within < arb(2) ** LARGE, "the distance from the polynomials is not bounded")
    return within, radius


def walk(flow: Flow, links: list[Link]) -> None:
    """Derives the radius of every link."""
    point, radius = [number(x) for x in flow.start], arb(0)
    for link in links:
        ctx.prec = link.bits + 64
        link.polys = [arb_poly(c) * arb(2) ** -link.bits for c in link.x]
        link.before = (radius + norm([a - p(arb(0)) for a, p in zip(point, link.polys, strict=True)])).upper()
        slope = defect(flow, link, Fraction(0), link.theta)
        ctx.prec = 96
        link.within, radius = carried(link.before, slope, link)
        room = 2 * link.within + arb(2) ** -(link.bits + 64)  # the bound is less: the solution does not reach the edge of its tube
        part = link.theta / len(link.mu)
        for k, m in enumerate(link.mu):
            bounds_growth(flow, link, m, part * k, part * (k + 1), room)
        ctx.prec = link.bits + 64
        point = [p(number(link.theta)) for p in link.polys]


# --- facts, parts, files -----------------------------------------------------------------------------------------------------------------


@dataclass
class Fact:
    nodes: list[tuple]
    value: tuple[int, Fraction]
    sign: int
    bound: Fraction
    after: Fraction
    says: str

    def holds(self, link: Link, low: Fraction, top: Fraction, splits: int = SPLITS) -> None:
        """For the true solution at low <= tau <= top, or Refused."""
        try:
            ctx.prec = 96
            x, clock = tube(link, low, top, link.within)
            _, rows = moves(self.nodes, x, clock)
            row = rows[self.value[0]]
            steep = arb(0) if row is None else norm(row.entries()) * abs(number(self.value[1]))
            order = max(map(len, link.x)) + 4
            _, values, rest, half = models(self.nodes, [self.value], link, low, top, order, link.bits + 64)
            above = [self.sign * c for c in values[0]]
            above[0] -= self.sign * number(self.bound)
            if positive(above, half, (rest[0] + steep * link.within).upper()):
                return
        except Loose:
            pass
        need(splits, f"not shown near clock {float(link.begin + link.h * low):.6g}: {self.says}")
        middle = (low + top) / 2
        for part in ((low, middle), (middle, top)):
            self.holds(link, *part, splits - 1)


def positive(c: list, half: Any, error: Any) -> bool:
    """Is sum c_k sigma^k > error for all |sigma| <= half?"""
    poly = arb_poly(c)
    slope = poly.derivative()
    level = [arb(0)]
    for depth in range(PIECES):
        wide = (half / 2**depth).upper()
        spend(len(level) * len(c))
        level = [m for m in level if not poly(m) - high(slope(m + arb(0, wide))) * wide > error]
        if len(level) > 64 or any(poly(m) < error for m in level):
            return False
        level = [m + wide / 2 * s for m in level for s in (-1, 1)]
        if not level:
            return True
    return False


def part_of(data: Any) -> str:
    """One start: derives everything and says it."""
    fields(data, "a part", "label names start clock flow horizon links facts")
    names = [text(x, "a name", 60) for x in listed(data["names"], "names", 1, MOST_STATES)]
    need(len({*names}) == len(names) and all(re.fullmatch(r"[A-Za-z][^\s()*+^-]*", x) for x in names), "names are not different words")
    start = [rational(x) for x in listed(data["start"], "start", len(names), len(names))]
    need(data["clock"] in ("plain", "log"), "the clock is plain or log")
    flow, said = flow_of(data["flow"], names, start, data["clock"])
    horizon, links, at = rational(data["horizon"]), [], Fraction(0)
    for item in listed(data["links"], "links", 1, 100_000):
        links.append(link_of(item, at, len(names)))
        at = links[-1].end
    need(at == horizon, f"the links end at {at}, the horizon is {horizon}")
    facts = [fact_of(f, names, data["clock"], horizon) for f in listed(data["facts"], "facts", 0, 1000)]
    walk(flow, links)
    for fact in facts:
        for link in links:
            if link.end >= fact.after:
                fact.holds(link, max(Fraction(0), (fact.after - link.begin) / link.h), link.theta)
    symbol = "s" if data["clock"] == "log" else "t"
    largest = max(float(link.within) for link in links)
    begin = shortened(", ".join(f"{n} = {x}" for n, x in zip(names, start, strict=True)))
    return "\n".join(
        [
            f"{text(data['label'], 'label')}: {said}",
            f"  from {begin} at {symbol} = 0: the solution exists for 0 <= {symbol} <= {horizon}",
            f"  and stays within {largest:.3g} (Euclidean) of the {len(links)} given polynomials;",
            *(f"  {fact.says}" for fact in facts),
        ]
    )


def flow_of(data: Any, names: list[str], start: list[Fraction], clock: str) -> tuple[Flow, str]:
    fields(data, "flow", "kind nodes outputs")
    kind, states, symbol = data["kind"], len(names), "s" if clock == "log" else "t"
    need(kind in ("gradient", "field"), "a flow is a gradient or a field")
    nodes, count = program_of(data["nodes"], states), states if kind == "field" else 1
    outputs = [output_of(x, nodes) for x in listed(data["outputs"], "outputs", count, count)]
    if kind == "gradient":
        said = f"dx/d{symbol} = -{'e^s ' if clock == 'log' else ''}grad J, J = {in_words(nodes, outputs[0], names, symbol)}"
        nodes, slopes = gradient_flow(nodes, states, outputs[0], clock == "log")
    else:
        said = "; ".join(f"{n}' = {in_words(nodes, o, names, symbol)}" for n, o in zip(names, outputs, strict=True))
        slopes = outputs
    said = f"the flow {shortened(said)} ({len(data['nodes'])} nodes, sha-256 {digest([data, names, clock])})"
    return Flow(names, start, nodes, slopes), said + (", where ' is d/ds and t = e^s - 1" if clock == "log" else "")


def fact_of(data: Any, names: list[str], clock: str, horizon: Fraction) -> Fact:
    fields(data, "a fact", "name words nodes value relation bound after")
    relation, bound, after = data["relation"], rational(data["bound"]), rational(data["after"])
    need(relation in ("<", ">"), "a relation is < or >")
    need(0 <= after <= horizon, f"a fact begins at a time of [0, {horizon}]")
    nodes, symbol = program_of(data["nodes"], len(names)), "s" if clock == "log" else "t"
    value = output_of(data["value"], nodes)
    formula = f"{shortened(in_words(nodes, value, names, symbol))} ({len(data['nodes'])} nodes, sha-256 {digest([data['nodes'], data['value'], names])})"
    says = f"{text(data['name'], 'name', 60)} {relation} {bound} for all {after} <= {symbol} <= {horizon}, where it is {formula}"
    text(data["words"], "words", 2000)
    return Fact(nodes, value, 1 if relation == ">" else -1, bound, after, says)


def digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def shortened(words: str) -> str:
    return words if len(words) <= 600 else words[:600] + " ..."


def verified(data: dict) -> str:
    level, count = [data], 0
    for _ in range(MOST_DEPTH):
        count += len(level)
        need(count <= MOST_ITEMS, "too many items")
        level = [y for x in level if isinstance(x, (dict, list)) for y in (x.values() if isinstance(x, dict) else x)]
    need(not level, "nested too deeply")
    fields(data, "certificate", "format version claim statement parts")
    need(isinstance(data["claim"], str) and isinstance(data["statement"], str), "claim and statement are text")
    parts = [part_of(x) for x in listed(data["parts"], "parts", 1, 1000)]
    return "\n".join(["ENCLOSED", *parts])


def check(data: object) -> str:
    """The statement that was verified, in words. Raises NotACertificate or Refused, nothing else."""
    marks = (data.get("format"), data.get("version")) if isinstance(data, dict) else (None, None)
    if marks != ("flowlaw-enclosure", 1) or type(marks[1]) is not int:
        raise NotACertificate("not an object with format flowlaw-enclosure and version 1")
    before = ctx.prec, ctx.cap
    _work[0] = 0
    try:
        return verified(data)  # type: ignore[arg-type]
    except Refused:
        raise
    except Exception as problem:
        raise Refused(f"not understood: {type(problem).__name__}: {problem}"[:200]) from problem
    finally:
        ctx.prec, ctx.cap = before


def load(text: bytes) -> object:
    """JSON without duplicate keys, floats or huge integers. Raises NotACertificate or Refused."""

    def pairs(items: list) -> dict:
        need(len({k for k, _ in items}) == len(items), "a key occurs twice")
        return dict(items)

    def exact(digits: str) -> int:
        need(re.fullmatch(r"[0-9]{1,9}", digits), f"{digits[:20]} is not an exact number in quotes, nor a small integer")
        return int(digits)

    try:
        need(len(text) <= MOST_BYTES, "a file beyond 16 MB")
        return json.loads(text, object_pairs_hook=pairs, parse_float=exact, parse_constant=exact, parse_int=exact)
    except RecursionError:
        raise Refused("nested too deeply") from None
    except ValueError as problem:
        raise NotACertificate(f"not JSON: {problem}") from None


def main(argv: list[str]) -> int:
    """0 if every file is accepted, otherwise the worst code."""
    codes = [] if argv else [2]
    for path in argv:
        try:
            with open(path, "rb") as file:
                print(check(load(file.read(MOST_BYTES + 1))))
            codes.append(0)
        except (Refused, NotACertificate, OSError) as reason:
            codes.append(1 if isinstance(reason, Refused) else 2)
            print(f"{path}: {'refused' if codes[-1] == 1 else 'not a certificate'}: {reason}", file=sys.stderr)
    if not argv:
        print("usage: python -I check_enclosure.py FILE...", file=sys.stderr)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
