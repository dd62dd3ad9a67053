"""Flows from exact starts whose solutions are known in closed form; fields that branch on symbols,
and functions that change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from attack.claims import FALSE, HEAD, REFUSED, TRUE, UNKNOWN, Draw
from attack.scalars import name
from attack.trees import Tree, num, prod

Interval = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Flow:
    """``field`` by state, or ``loss``; ``quantity`` is monotone in t; ``at(t)`` encloses it,
    exactly where both ends agree.
    """

    states: tuple[str, ...]
    start: tuple[Fraction, ...]
    field: tuple[Tree, ...]
    loss: Tree | None
    quantity: Tree
    at: Callable[[Fraction], Interval]
    label: str


@dataclass(frozen=True)
class Statement:
    flow: Flow
    relation: str
    bound: Fraction
    horizon: Fraction


def exp(x: Fraction) -> Interval:
    """e^x for |x| <= 8, by Taylor's series with its remainder."""
    if x < 0:
        low, high = exp(-x)
        return 1 / high, 1 / low
    total, term, n = Fraction(0), Fraction(1), 0
    while n < 60:
        total, n = total + term, n + 1
        term = term * x / n
    return total, total + 2 * term


def _scaled(i: Interval, m: Fraction, c: Fraction) -> Interval:
    a, b = m * i[0] + c, m * i[1] + c
    return (min(a, b), max(a, b))


def _flow(rng: Random) -> Flow:
    a = rng.choice([Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3, 2), Fraction(3)])
    x, t = name("x"), name("t")
    kind = rng.choice(
        [
            "linear",
            "linear",
            "square",
            "square",
            "affine",
            "timed",
            "rotation",
            "logistic",
            "pair",
            "constant",
        ]
    )
    loss: Tree | None = None
    states, start, field = ("x",), (a,), (num(0),)
    if kind in ("linear", "constant"):
        c = rng.choice([Fraction(1), Fraction(1, 2), Fraction(2), Fraction(-1, 2)])
        field = (prod(num(-c), x),)

        def inner(s):
            return _scaled(exp(-c * s), a, Fraction(0))

        loss = prod(num(c / 2), ("^", x, 2)) if rng.random() < 0.4 else None
    elif kind == "square":
        field = (("neg", prod(x, x)),)

        def inner(s):
            return (a / (1 + a * s),) * 2

        loss = prod(num(Fraction(1, 3)), ("^", x, 3)) if rng.random() < 0.3 else None
    elif kind == "affine":
        b = rng.choice([Fraction(0), Fraction(1), Fraction(2)])
        field = (("-", num(b), x),)

        def inner(s):
            return _scaled(exp(-s), a - b, b)
    elif kind == "timed":
        n = rng.choice([1, 2])
        field = (("+", prod(num(0), x), ("^", t, n)),)

        def inner(s):
            return (a + s ** (n + 1) / (n + 1),) * 2
    elif kind == "logistic":
        a = rng.choice([Fraction(1, 4), Fraction(1, 2), Fraction(1, 10)])
        start, field = (a,), (prod(x, ("-", num(1), x)),)

        def inner(s):
            return (1 / (1 + (1 / a - 1) * exp(-s)[1]), 1 / (1 + (1 / a - 1) * exp(-s)[0]))
    elif kind == "pair":
        states, start, field = (
            ("x", "y"),
            (a, Fraction(1)),
            (("neg", prod(x, x)), prod(x, name("y"))),
        )

        def inner(s):
            return (a / (1 + a * s),) * 2
    else:
        states, start, field = ("x", "y"), (Fraction(3), Fraction(4)), (name("y"), ("neg", x))
        return Flow(
            states,
            start,
            field,
            None,
            ("+", ("^", x, 2), ("^", name("y"), 2)),
            lambda s: (Fraction(25),) * 2,
            kind,
        )
    m, c0 = rng.choice(
        [(Fraction(1), Fraction(0))] * 3
        + [
            (Fraction(2), Fraction(1)),
            (Fraction(-1), Fraction(1, 2)),
            (Fraction(1, 3), Fraction(0)),
        ]
    )
    q = x if m == 1 and not c0 else ("+", prod(num(m), x), num(c0))
    return Flow(states, start, field, loss, q, lambda s: _scaled(inner(s), m, c0), kind)


def truth(s: Statement) -> bool | None:
    """The quantity is monotone, so its ends decide; None where the intervals do not."""
    ends = [s.flow.at(Fraction(0)), s.flow.at(s.horizon)]
    if s.relation == ">":
        low, high = min(e[0] for e in ends), min(e[1] for e in ends)
        return True if low > s.bound else False if high <= s.bound else None
    low, high = max(e[0] for e in ends), max(e[1] for e in ends)
    return True if high < s.bound else False if low >= s.bound else None


def _true(rng: Random) -> Statement:
    flow = _flow(rng)
    horizon = rng.choice([Fraction(1, 2), Fraction(1), Fraction(2)])
    relation = rng.choice([">", "<"])
    ends = [flow.at(Fraction(0)), flow.at(horizon)]
    edge = min(e[0] for e in ends) if relation == ">" else max(e[1] for e in ends)
    edge = Fraction(round(edge * 1000), 1000)
    room = rng.choice([Fraction(1, 100), Fraction(1, 10), Fraction(1)])
    return Statement(flow, relation, edge - room if relation == ">" else edge + room, horizon)


def edited(s: Statement, rng: Random) -> Statement:
    """The bound on the edge or beyond it, the other relation, a longer time."""
    turn = rng.randint(0, 3)
    ends = [s.flow.at(Fraction(0)), s.flow.at(s.horizon)]
    edge = min(e[1] for e in ends) if s.relation == ">" else max(e[0] for e in ends)
    if turn == 0 and edge.denominator < 1000:
        return replace(s, bound=edge)
    if turn == 1:
        return replace(s, relation="<" if s.relation == ">" else ">")
    step = rng.choice([Fraction(1, 50), Fraction(1, 5)])
    edge = Fraction(round(edge * 1000), 1000)
    return replace(s, bound=edge + step if s.relation == ">" else edge - step)


# --- programs that cannot be traced
# --------------------------------------------------------------------------------------------------

#: expressions that ask a symbol for a truth value or take it for a number; each in a field, a loss
# or a quantity
BRANCHES = (
    "(x[0] if x[1] == 1 else -x[0])",
    "(x[0] if x[1] != 2 else x[1])",
    "(x[0] if x[1] > 0 else -x[0])",
    "(x[0] if x[1] <= 5 else -x[0])",
    "(x[0] if x[1] else x[0] * 2)",
    "(x[0] if x[0] in (1, 2) else -x[0])",
    "(-x[0] if x[1] in [x[0], 7] else x[0])",
    "sorted([x[0], x[1]])[0]",
    "max(x[0], x[1])",
    "min([x[0], 1])",
    "{x[0]: x[0], x[1]: -x[0]}.get(x[1] + 0, x[0])",
    "(x[0] if not x[1] else -x[0])",
    "(x[0] if x[0] and x[1] else -x[0])",
    "(x[0] * len({x[0], x[0] + 0, x[1]}))",
    "(x[0] if {x[1] * 1} == {x[1]} else -x[0])",
    "(x[0] if any(y == 1 for y in x) else -x[0])",
    "[x[0], -x[0]].index(x[0] * 1) * x[1] + x[0]",
    "(x[0] * [1, x[1]].count(1))",
    "(x[0] * int(x[1]))",
    "(x[0] * round(x[1]))",
    "(x[0] if (x[0], 1) == (1, 1) else -x[0])",
    "(x[0] if moment.time == 0 else -x[0])",
)


def _branching(rng: Random) -> Draw:
    text = rng.choice(BRANCHES)
    where = rng.choice(["field", "field", "loss", "quantity"])
    start = f"(Fraction({rng.choice([1, 2])}), Fraction({rng.choice([1, 1, 2, 3])}))"
    field, loss, quantity = "lambda x, moment: [-x[0], 0 * x[1]]", "", "lambda x, moment: x[0]"
    if where == "field":
        field = f"lambda x, moment: [{text}, 0 * x[1]]"
    elif where == "loss":
        loss = f"lambda x, moment: {text} * x[0] / 2"
    else:
        quantity = f"lambda x, moment: {text}"
    own = f"loss={loss}" if loss else f"field={field}"
    system = f"System('drawn', ('x', 'y'), {start}, {own}, quantities={{'q': {quantity}}})"
    bound = rng.choice(["'<', Fraction(10)", "'>', Fraction(-10)"])
    why = f"the {where} asks a symbol for an answer: {text}"
    return Draw(
        _source(f"lambda: {system}", f"Throughout('q', {bound})", Fraction(1, 2)),
        REFUSED,
        "branching",
        True,
        why,
        {},
    )


def _two_faced(rng: Random) -> Draw:
    """A function that answers otherwise when it is asked again."""
    turn = rng.randint(0, 3)
    a, b = rng.choice([(Fraction(1), Fraction(3)), (Fraction(2), Fraction(1, 2))])
    lines = (
        "CALLS = []\n\n\ndef other(first, later):\n    CALLS.append(0)\n    return first if"
        " len(CALLS) <= AFTER else later\n\n\n"
    )
    after = rng.choice([1, 1, 2, 3])
    lines = f"AFTER = {after}\n" + lines
    start, field, quantity = repr(a), "-x[0]", "x[0]"
    if turn == 0:
        start = f"other({a!r}, {b!r})"
    elif turn == 1:
        field = "other(-x[0], x[0])"
    elif turn == 2:
        quantity = "other(x[0], 2 * x[0])"
    else:
        field = "other(-x[0], -2 * x[0])"
    system = (
        f"System('drawn', ('x',), ({start},), field=lambda x, moment: [{field}], quantities={{'q':"
        f" lambda x, moment: {quantity}}})"
    )
    bound = rng.choice([f"'<', {max(a, b) * 2 + 20!r}", f"'>', {Fraction(1, 100)!r}"])
    source = _source(f"lambda: {system}", f"Throughout('q', {bound})", Fraction(1), lines)
    what = ("start", "field", "quantity", "field")[turn]
    # a start may be built once and used, and so may a function that changes later: then what was
    # used is printed
    truth_ = REFUSED if turn and after == 1 else UNKNOWN
    return Draw(
        source, truth_, "two-faced", True, f"the {what} changes between calls", {"two-faced": what}
    )


# --- draws
# --------------------------------------------------------------------------------------------------


def code(e: Tree, states: tuple[str, ...]) -> str:
    match e:
        case ("num", q):
            return (
                f"Fraction({q.numerator}, {q.denominator})"
                if q.denominator > 1
                else f"({q.numerator})"
            )
        case ("name", "t"):
            return "moment.time"
        case ("name", x):
            return f"x[{states.index(x)}]"
        case ("neg", a):
            return f"(-{code(a, states)})"
        case ("^", a, n):
            return f"({code(a, states)} ** {n})"
    return f"({code(e[1], states)} {e[0]} {code(e[2], states)})"


def draw(rng: Random) -> Draw:
    turn = rng.random()
    if turn < 0.2:
        return _branching(rng)
    if turn < 0.3:
        return _two_faced(rng)
    s = _true(rng)
    if turn < 0.68:
        return _draw(s, rng, TRUE if truth(s) else UNKNOWN, False)
    for _ in range(4):
        e = edited(s, rng)
        if truth(e) is False:
            return _draw(e, rng, FALSE, True)
    return _draw(e, rng, {True: TRUE, False: FALSE, None: UNKNOWN}[truth(e)], True)


TITLES = (
    "a flow",
    "gradient flow of |W_2 W_1 - Y|^2",
    "x' = x",
    "the logistic equation x' = x (1 - x)",
    "heavy ball with friction 1",
)


def _draw(s: Statement, rng: Random, known: str, near: bool) -> Draw:
    f = s.flow
    states = ", ".join(map(repr, f.states))
    start = ", ".join(map(repr, f.start))
    own = (
        f"loss=lambda x, moment: {code(f.loss, f.states)}"
        if f.loss
        else "field=lambda x, moment: [{}]".format(", ".join(code(e, f.states) for e in f.field))
    )
    quantity = code(f.quantity, f.states)
    system = (
        f"System('drawn', ({states},), ({start},), {own}, quantities={{'q': lambda x, moment:"
        f" {quantity}}})"
    )
    conclusion = f"Throughout('q', {s.relation!r}, {s.bound!r})"
    ends = [f.at(Fraction(0)), f.at(s.horizon)]
    why = f"q goes from about {float(ends[0][0]):.6g} to {float(ends[1][0]):.6g}"
    source = _source(f"lambda: {system}", conclusion, s.horizon, title=rng.choice(TITLES))
    return Draw(source, known, f.label, near, why, {"statement": s})


def _source(
    build: str, conclusion: str, horizon: Fraction, before: str = "", title: str = "a flow"
) -> str:
    return (
        HEAD
        + "from verify.claims.conclusions import Throughout\nfrom verify.integrate.system import"
        " System\n"
        + "from verify.models.trajectories import Trajectories\nfrom verify.claims.verdict import"
        " Verdict\n\n"
        + before
        + f"SETTING = Trajectories({title!r}, {{'s': {build}}}, {horizon!r})\n"
        + "CLAIM = Claim(id='drawn', title='drawn', setting=SETTING, assuming=(),"
        f" concluding={{'c': {conclusion}}},"
        + " source=Source('2511.01137v2'), expected=Verdict.ENCLOSED)\n"
    )
