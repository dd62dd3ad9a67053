"""Statements about matrices: true by product rule, telescoping, adjoints and derived flows; others
by one edit, decided at places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from attack.claims import FALSE, HEAD, TRUE, UNKNOWN, Draw, SlipOfOurs, claim
from attack.matrices import Gauss, Mat, Misfit, add, identity, is_zero, of, times, transposed
from attack.series import Undefined
from attack.words import (
    RUNS,
    Place,
    Relation,
    Setting,
    Spec,
    Tree,
    _is_index,
    k,
    letter,
    num,
    prod,
    source,
    uses,
    walk,
)


@dataclass(frozen=True)
class Statement:
    """kind: identity (l, r), unchanged (q), decays (q, factor); for k = first..N - less. ``given``:
    (id, relations, when); ``places`` names the way to draw places that satisfy what is assumed, ""
    where there is none.
    """

    setting: Setting
    kind: str
    parts: tuple[Tree, ...]
    first: int = 1
    less: int = 1
    given: tuple[tuple[str, tuple[Relation, ...], str], ...] = ()
    places: str = "any"
    family: str = ""

    def constants(self) -> list[str]:
        trees = [
            *self.parts,
            *self.setting.rates.values(),
            *([self.setting.steps] if self.setting.steps else []),
        ]
        trees += [x for _, es, _ in self.given for e in es for x in e[:2]]
        trees += [x for es in self.setting.definitions.values() for e in es for x in e[:2]]
        return sorted({x[1] for e in trees for x in walk(e) if x[0] == "const"} - {"N"})


# --- places
# --------------------------------------------------------------------------------------------------


def places(s: Statement, rng: Random, turns: int = 10) -> Iterator[Place]:
    for turn in range(turns):
        try:
            made = _place(s, rng, turn)
            if _admitted(s, made):
                yield made
        except (Undefined, ZeroDivisionError):
            continue


def _place(s: Statement, rng: Random, turn: int) -> Place:
    own = s.setting
    depth = rng.choice([n for n in (1, 2, 2, 3, 3, 4) if n >= own.least])
    size = rng.choice([1, 2])
    dims = tuple(
        size if own.square or s.places == "balanced" else rng.choice([1, 1, 2, 2, 3])
        for _ in range(depth + 1)
    )
    names = {d for x in own.letters for d in x[1:3]} - {"k", "k-1", "0", "N"}
    sizes = {d: rng.choice([1, 2, 2]) for d in sorted(names)}
    real = turn % 3 != 2
    numbers = {
        c: Fraction(rng.randint(1, 7), rng.choice([1, 1, 2])) * rng.choice([1, 1, -1])
        for c in [*s.constants(), "eta"]
    }
    sequences = {
        x: [Fraction(0), *(Fraction(rng.randint(-3, 3)) for _ in range(depth - 1)), Fraction(0)]
        for x in own.sequences
    }
    blank = Place(replace(own, rates={}), depth, dims, sizes, {}, numbers, sequences, (None, 0))
    start: dict = {}
    for x, rows, cols, run, form in (
        *own.letters,
        *([("W", "k", "k-1", "layers", "free")] if own.layers else []),
    ):
        first, less = RUNS[run] if run else (0, 0)
        for j in range(first, depth - less + 1) if run else [None]:
            start[x, j] = _drawn(rng, blank.dim(rows, j), blank.dim(cols, j), form, real)
    if s.places == "balanced":
        base = rng.choice([1, 2, -1, 3])
        for j in range(1, depth + 1):
            start["W", j] = _orthogonal(rng, size, base)
    if s.places == "idempotent":
        n = blank.dim(own.letters[0][1], None)
        start["K", None] = _idempotent(rng, n)
    if s.places == "defined":
        _define(
            s,
            Place(
                replace(own, rates={}),
                depth,
                dims,
                sizes,
                start,
                numbers,
                sequences,
                (_loss(rng, dims, real), 0),
            ),
            start,
        )
    a = rng.choice([0, 1, 2])
    return Place(own, depth, dims, sizes, start, numbers, sequences, (_loss(rng, dims, real), a))


def _loss(rng: Random, dims: tuple[int, ...], real: bool) -> Mat:
    return _drawn(rng, dims[-1], dims[0], "free", real)


def _define(s: Statement, at: Place, start: dict) -> None:
    """Letters that a definition names get its value; they move with it only where nothing asks."""
    for es in s.setting.definitions.values():
        for left, right, _, _ in es:
            start[right[1], None] = at.value(left, {})[0]


def _drawn(rng: Random, rows: int, cols: int, form: str, real: bool) -> Mat:
    def entry() -> Any:
        x = rng.randint(-3, 3)
        y = 0 if real else rng.randint(-2, 2)
        return Gauss(x, y) if y else x

    x = of([[entry() for _ in range(cols)] for _ in range(rows)], cols)
    if form == "hermitian":
        return add(x, transposed(x, True))
    if form == "positive":
        return add(times(x, transposed(x, True)), identity(rows))
    return x


def _orthogonal(rng: Random, n: int, c: int) -> Mat:
    order = rng.sample(range(n), n)
    return of(
        [[(c * rng.choice([1, -1]) if order[i] == j else 0) for j in range(n)] for i in range(n)], n
    )


def _idempotent(rng: Random, n: int) -> Mat:
    """[[1, a], [0, 0]], or 1, or 0."""
    if n == 1:
        return of([[rng.choice([0, 1])]])
    return of(
        [
            [1 if i == 0 == j else (rng.randint(-2, 2) if i == 0 else 0) for j in range(n)]
            for i in range(n)
        ],
        n,
    )


def _admitted(s: Statement, at: Place) -> bool:
    """What is assumed holds here, and what is assumed always does so to every order that is
    computed.
    """
    wanted = [(e, when) for _, es, when in s.given for e in es]
    wanted += [(e, "start") for es in s.setting.definitions.values() for e in es]
    for (left, right, first, less), when in wanted:
        for env in _indices(at, (left, right), first, less):
            gap = at.value(("-", left, right), env)
            if any(not is_zero(v) for v in (gap if when == "always" else gap[:1])):
                return False
    return True


def _indices(at: Place, trees: tuple[Tree, ...], first: int, less: int) -> list[dict[str, int]]:
    if not any(uses(e, "k") for e in trees):
        return [{}]
    return [{"k": j} for j in range(first, at.depth - less + 1)]


def gaps(s: Statement) -> list[Tree]:
    if s.kind == "identity":
        return [("-", *s.parts)]
    if s.kind == "unchanged":
        return [("D", s.parts[0])]
    return [("-", ("D", s.parts[0]), prod(s.parts[1], s.parts[0]))]


def failures(s: Statement, rng: Random, turns: int = 10) -> list[tuple[Place, int | None]]:
    """Places, each with an index, at which it fails; none where the places that it speaks of cannot
    be drawn here.
    """
    if not s.places:
        return []
    found = []
    for at in places(s, rng, turns):
        for gap in gaps(s):
            for env in _indices(at, s.parts, s.first, s.less):
                try:
                    values = at.value(gap, env)
                except Misfit:
                    raise
                except (Undefined, KeyError, ZeroDivisionError):
                    continue
                if not is_zero(values[0]) or (
                    s.kind == "unchanged" and any(not is_zero(v) for v in values)
                ):
                    found.append((at, env.get("k")))
        if len(found) >= 4:
            break
    return found


# --- true statements
# --------------------------------------------------------------------------------------------------


def derivative(e: Tree, rate: Callable[[str, Any], Tree]) -> Tree:
    """The product rule, written out; no powers but squares and cubes."""

    def d(e: Tree) -> Tree:
        match e:
            case ("num" | "const" | "seq", *_):
                return num(0)
            case ("letter", x, i):
                return rate(x, i)
            case ("neg", a):
                return ("neg", d(a))
            case ("+" | "-", a, b):
                return (e[0], d(a), d(b))
            case ("*", a, b):
                return ("+", prod(d(a), b), prod(a, d(b)))
            case ("^", a, 2):
                return ("+", prod(d(a), a), prod(a, d(a)))
            case ("H" | "T" | "tr", a):
                return (e[0], d(a))
            case ("sum", over, first, less, a):
                return ("sum", over, first, less, d(a))
        raise ValueError(e[0])

    return d(e)


def shifted(e: Tree, old: str, new: tuple[str, int]) -> Tree:
    """With ``new`` for an index."""
    if _is_index(e):
        return (new[0], new[1] + e[1]) if e[0] == old else e
    return tuple(shifted(x, old, new) if isinstance(x, tuple) else x for x in e)


def _term(rng: Random, atoms: list[Tree], size: int) -> Tree:
    """Square matrices of one size: sums, products, adjoints, numbers."""
    if size <= 1:
        x = rng.choice(atoms)
        return rng.choice([x, x, ("H", x), ("T", x)])
    head = rng.choice(["*", "*", "+", "-", "n", "num"])
    if head == "n":
        return ("neg", _term(rng, atoms, size - 1))
    if head == "num":
        return prod(num(rng.choice([2, -1, 3, Fraction(1, 2), -2])), _term(rng, atoms, size - 1))
    left = rng.randint(1, size - 1)
    return (head, _term(rng, atoms, left), _term(rng, atoms, size - left))


_FREE: tuple[Spec, ...] = (
    ("M", "n", "n", "", "free"),
    ("Z", "n", "n", "", "free"),
    ("S", "n", "n", "", "hermitian"),
)


def _algebra(rng: Random) -> Statement:
    own = Setting(_FREE, layers=False)
    atoms = [letter(x[0]) for x in _FREE]
    a, b, c = (_term(rng, atoms, rng.randint(1, 3)) for _ in range(3))
    l, r = rng.choice(
        [
            (prod(a, ("+", b, c)), ("+", prod(a, b), prod(a, c))),
            (("H", prod(a, b)), prod(("H", b), ("H", a))),
            (("T", prod(a, b)), prod(("T", b), ("T", a))),
            (("tr", prod(a, b, c)), ("tr", prod(c, a, b))),
            (("tr", ("H", prod(a, b))), ("tr", prod(a, b))),
            (("H", letter("S")), ("+", letter("S"), ("-", a, a))),
            (
                ("^", ("+", a, b), 2),
                ("+", ("+", ("^", a, 2), prod(a, b)), ("+", prod(b, a), ("^", b, 2))),
            ),
            (prod(("-", a, num(1)), ("+", a, num(1))), ("-", ("^", a, 2), num(1))),
        ]
    )
    return Statement(own, "identity", (l, r), family="algebra")


def _layers(rng: Random) -> Statement:
    """What A, B, X, G, (w_c) and H stand for, in their ranges."""
    own = Setting((("c", "k", "k", "inner", "free"),))
    a, b, w = (lambda i: letter("A", i)), (lambda i: letter("B", i)), (lambda i: letter("W", i))
    f = rng.choice([num(1), num(2), ("const", "kappa")])
    g = ("-", prod(w(k()), ("H", w(k()))), prod(("H", w(k(1))), w(k(1))))
    cases = [
        (prod(a(k()), w(k())), a(k(-1)), 1, 0),
        (prod(w(k()), b(k())), b(k(1)), 1, 0),
        (prod(a(k()), b(k(1))), letter("X"), 0, 0),
        (prod(a(k()), w(k()), b(k())), letter("X"), 1, 0),
        (("G", k()), g, 1, 1),
        (("tr", ("G", k())), ("tr", g), 1, 1),
        (
            ("w", "c", k()),
            ("-", prod(letter("c", k()), w(k())), prod(w(k()), letter("c", k(-1)))),
            1,
            0,
        ),
        (
            prod(a(k()), ("w", "c", k()), b(k())),
            (
                "-",
                prod(a(k()), letter("c", k()), b(k(1))),
                prod(a(k(-1)), letter("c", k(-1)), b(k())),
            ),
            1,
            0,
        ),
        (("G", ("", 0)), num(0), 1, 1),
        (("+", letter("c", ("", 0)), letter("c", ("", 0))), num(0), 1, 1),
    ]
    l, r, first, less = rng.choice(cases)
    if rng.random() < 0.4:
        shift = rng.choice([1, -1])
        l, r, first, less = (
            shifted(l, "k", k(shift)),
            shifted(r, "k", k(shift)),
            max(first - shift, -1),
            less + shift,
        )
        if first - shift < -1:
            return _layers(rng)
    return Statement(own, "identity", (prod(f, l), prod(f, r)), first, less, family="layers")


def _sums(rng: Random) -> Statement:
    """Telescoping, ends taken out, shifted indices, families that vanish at their ends."""
    own = Setting((("c", "k", "k", "inner", "free"),), sequences=("s",))
    p = ("p", 0)
    w, c = (lambda i: letter("W", i)), (lambda i: letter("c", i))

    def plain(i):
        return ("tr", prod(w(i), ("H", w(i))))

    f = rng.choice([plain, lambda i: ("tr", prod(w(i), ("H", w(i)), w(i), ("H", w(i))))])
    inner = rng.choice(
        [
            lambda i: ("tr", c(i)),
            lambda i: ("tr", prod(c(i), ("H", c(i)))),
            lambda i: ("seq", "s", i),
        ]
    )

    def S(first, less, body):
        return ("sum", "p", first, less, body)

    cases = [
        (S(1, 0, f(p)), ("+", S(1, 1, f(p)), f(("N", 0))), 1),
        (S(1, 0, f(p)), ("+", f(("", 1)), S(2, 0, f(p))), 1),
        (S(1, 1, f(("p", 1))), S(2, 0, f(p)), 1),
        (S(2, 0, f(("p", -1))), S(1, 1, f(p)), 1),
        (S(1, 1, ("-", f(p), f(("p", 1)))), ("-", f(("", 1)), f(("N", 0))), 1),
        (S(0, 0, inner(p)), S(1, 1, inner(p)), 1),
        (S(1, 0, inner(p)), S(0, 1, inner(p)), 1),
        (S(1, 0, ("-", inner(p), inner(("p", -1)))), num(0), 1),
        (
            S(1, 0, ("tr", prod(("H", ("w", "c", p)), w(p)))),
            S(1, 1, ("tr", prod(("H", c(p)), ("G", p)))),
            1,
        ),
        (S(1, 0, prod(letter("A", p), ("w", "c", p), letter("B", p))), num(0), 1),
        (S(1, 1, ("tr", ("G", p))), ("-", plain(("", 1)), plain(("N", 0))), 1),
        (S(1, 0, prod(num(2), letter("X"))), prod(num(2), ("const", "N"), letter("X")), 1),
        (S(1, 0, ("+", f(p), inner(p))), ("+", S(1, 0, f(p)), S(1, 1, inner(p))), 1),
    ]
    l, r, least = rng.choice(cases)
    return Statement(
        replace(own, least=rng.choice([least, least, 2])), "identity", (l, r), family="sums"
    )


def _prescribed(rng: Random) -> Statement:
    """A family moves as it is told to; D of what is made of it, at every index where it is
    there.
    """
    run = rng.choice(["inner", "inner", "inner", "layers", "ends"])
    form = "free"
    letters: tuple[Spec, ...] = (
        ("c", "n", "n", run, form),
        ("b", "n", "n", "inner", "free"),
        ("M", "n", "n", "", "free"),
    )
    if run == "inner" and rng.random() < 0.6:
        letters = (("c", "k", "k", run, form), ("b", "k", "k", "inner", "free"))
    atoms = [letter("c", k()), letter("b", k())] + ([letter("M")] if len(letters) > 2 else [])
    if run != "inner":
        atoms.remove(letter("b", k()))
    rate = rng.choice(
        [
            num(1),
            ("-", num(1), letter("c", k())),
            num(rng.randint(2, 3)),
            _term(rng, atoms, rng.randint(1, 3)),
        ]
    )
    rates = {"c": rate}
    if rng.random() < 0.3 and run == "inner":
        rates["b"] = rng.choice([("neg", letter("b", k())), letter("c", k()), num(1)])
    own = Setting(letters, rates, _prescribed_source(rates), layers=False)
    first, less = RUNS[run] if run != "inner" else (1, 1)

    def moved(x: str, i: Any) -> Tree:
        """A number is a multiple of the identity here, also inside a trace."""
        if x not in rates or i is None:
            return ("-", letter(x, i), letter(x, i))
        found = shifted(rates[x], "k", i)
        return ("+", ("-", letter(x, i), letter(x, i)), found) if found[0] == "num" else found

    turn = rng.random()
    if turn < 0.25 and rate == ("-", num(1), letter("c", k())):
        q = rng.choice(
            [
                ("-", letter("c", k()), num(1)),
                ("-", num(1), letter("c", k())),
                prod(num(2), ("-", letter("c", k()), num(1))),
            ]
        )
        return Statement(own, "decays", (q, num(-1)), first, less, family="prescribed")
    if turn < 0.5:
        return _prescribed_sum(rng, own, moved, run)
    q = rng.choice([letter("c", k()), _term(rng, atoms, rng.randint(1, 3))])
    if turn > 0.85:
        q = ("tr", q)
    l, r = ("D", q), derivative(q, moved)
    if rng.random() < 0.35:
        shift = rng.choice([1, -1, 1])
        l, r, first, less = (
            shifted(l, "k", k(shift)),
            shifted(r, "k", k(shift)),
            first - shift,
            less + shift,
        )
    if rng.random() < 0.1:
        f = num(0) if l == r else num(1)
        l, r = ("D", l), derivative(r, moved) if f == num(1) else r
    if not -1 <= first <= 4 or not -1 <= less <= 4:
        return _prescribed(rng)
    return Statement(own, "identity", (l, r), first, less, family="prescribed")


def _prescribed_sum(rng: Random, own: Setting, moved: Callable, run: str) -> Statement:
    first, less = RUNS[run]
    p = ("p", 0)
    body = rng.choice([("tr", letter("c", p)), ("tr", prod(letter("c", p), ("H", letter("c", p))))])
    slope = derivative(body, moved)
    wide = (first - 1, less - 1) if run == "inner" else (first, less)
    l = ("D", ("sum", "p", *rng.choice([wide, (first, less)]), body))
    return Statement(own, "identity", (l, ("sum", "p", first, less, slope)), family="prescribed")


def _prescribed_source(rates: Mapping[str, Tree]) -> str:
    return f"Prescribed({{{', '.join(f'{x!r}: {source(e)}' for x, e in rates.items())}}})"


def _flow(rng: Random) -> Setting:
    """Gradient flow of a E(X) + kappa/2 sum |W_p|^2 + <M_p, W_p> and the like; the gradient is
    written down, not derived.
    """
    p, i = ("p", 0), k()
    w = letter("W", i)
    objective, gradient = [], []
    letters: tuple[Spec, ...] = ()
    a, b = letter("A", i), letter("B", i)
    parts = rng.choice([(0,), (0, 1), (0, 1), (1,), (2, 0), (3, 0), (4,), (0, 5), (5,)])
    for part in parts:
        if part == 0:
            c = rng.choice([num(2), ("const", "alpha")]) if rng.random() < 0.1 else None
            objective.append(prod(c, ("loss",)) if c else ("loss",))
            slope = prod(("H", a), letter("P"), ("H", b))
            gradient.append(prod(c, slope) if c else slope)
        elif part == 1:
            objective.append(
                prod(
                    num(Fraction(1, 2)),
                    ("const", "kappa"),
                    ("sum", "p", 1, 0, ("tr", prod(("H", letter("W", p)), letter("W", p)))),
                )
            )
            gradient.append(prod(("const", "kappa"), w))
        elif part == 2:
            letters = (("M", "k", "k-1", "layers", "free"),)
            objective.append(
                ("sum", "p", 1, 0, ("tr", prod(("H", letter("M", p)), letter("W", p))))
            )
            gradient.append(letter("M", i))
        elif part == 3:
            objective.append(
                prod(
                    num(Fraction(1, 4)),
                    (
                        "sum",
                        "p",
                        1,
                        0,
                        (
                            "tr",
                            prod(
                                letter("W", p),
                                ("H", letter("W", p)),
                                letter("W", p),
                                ("H", letter("W", p)),
                            ),
                        ),
                    ),
                )
            )
            gradient.append(prod(w, ("H", w), w))
        elif part == 4:
            letters = (("Y", "N", "0", "", "free"),)
            gap = ("-", letter("X"), letter("Y"))
            objective.append(prod(num(Fraction(1, 2)), ("tr", prod(("H", gap), gap))))
            gradient.append(prod(("H", a), gap, ("H", b)))
        else:
            g = ("G", p)
            objective.append(
                prod(num(Fraction(1, 4)), ("sum", "p", 1, 1, ("tr", prod(("H", g), g))))
            )
            gradient.append(("-", prod(("G", i), w), prod(w, ("G", k(-1)))))
    total, slope = objective[0], gradient[0]
    for x, y in zip(objective[1:], gradient[1:], strict=True):
        total, slope = ("+", total, x), ("+", slope, y)
    step = rng.random() < 0.15
    if step:
        return Setting(
            letters, {}, f"GradientStep({source(total)})", ("-", w, prod(("const", "eta"), slope))
        )
    return Setting(letters, {"W": ("neg", slope)}, f"GradientFlow({source(total)})")


def _gradient(rng: Random) -> Statement:
    own = _flow(rng)
    w, v = letter("W", k()), letter("W", k(1))
    if own.steps is not None:
        f = rng.choice([num(1), num(2)])
        return Statement(
            own, "identity", (("next", prod(f, w)), prod(f, own.steps)), 1, 0, family="step"
        )
    rate = own.rates["W"]

    def moved(x: str, i: Any) -> Tree:
        return shifted(rate, "k", i) if x == "W" else num(0)

    fixed = "kappa" in own.motion and "LOSS" in own.motion and "G(" not in own.motion
    pure = "LOSS" in own.motion and not any(
        x in own.motion for x in ("kappa", "G(", "Family('M')", "Fraction(1, 4)")
    )
    cases = [
        (("D", w), rate, 1, 0),
        (("D", prod(w, ("H", w))), derivative(prod(w, ("H", w)), moved), 1, 0),
    ]
    cases += [(("D", prod(v, w)), derivative(prod(v, w), moved), 1, 1)]
    if pure or "letter('Y')" in own.motion:

        def square(x):
            return ("tr", prod(("H", x), x))

        cases += [(("D", square(w)), ("D", square(v)), 1, 1)] * 2
        if rng.random() < 0.5:
            return Statement(
                own,
                "unchanged",
                (
                    rng.choice(
                        [
                            ("G", k()),
                            prod(num(2), ("G", k())),
                            ("tr", ("G", k())),
                            prod(("G", k()), ("G", k())),
                        ]
                    ),
                ),
                rng.choice([1, 0]),
                rng.choice([1, 0]),
                family="gradient",
            )
    elif fixed and rng.random() < 0.6:
        c = ("const", "kappa")
        factor = rng.choice([prod(num(-2), c), ("-", ("neg", c), c), ("neg", ("+", c, c))])
        return Statement(
            own,
            "decays",
            (rng.choice([("G", k()), ("tr", ("G", k()))]), factor),
            1,
            1,
            family="gradient",
        )
    l, r, first, less = rng.choice(cases)
    return Statement(own, "identity", (l, r), first, less, family="gradient")


def _action(rng: Random) -> Statement:
    own = Setting((("c", "k", "k", "inner", "free"),), {"W": ("w", "c", k())}, "ActionFlow('c')")
    w, c = letter("W", k()), (lambda i: letter("c", i))
    cases: list[tuple] = [
        ("unchanged", (letter("X"),), 1, 1),
        ("unchanged", (prod(letter("X"), ("H", letter("X"))),), 1, 1),
        ("identity", (("D", w), ("-", prod(c(k()), w), prod(w, c(k(-1))))), 1, 0),
        ("identity", (("D", letter("B", k(1))), prod(c(k()), letter("B", k(1)))), 0, 0),
        ("identity", (("D", letter("X")), prod(num(0), letter("X"))), 1, 1),
        (
            "identity",
            (("D", prod(w, ("H", w))), ("+", prod(("D", w), ("H", w)), prod(w, ("H", ("D", w))))),
            1,
            0,
        ),
    ]
    kind, parts, first, less = rng.choice(cases)
    return Statement(own, kind, parts, first, less, family="action")


def _lasting(rng: Random) -> Statement:
    """Relations that hold always: what follows by differentiating them, whatever the motion.
    Refuting it takes a place that lasts.
    """
    turn = rng.randint(0, 4)
    if turn <= 1:
        letters: tuple[Spec, ...] = (("M", "0", "0", "", "free"),)
        own = replace(_plain_flow(rng), letters=letters, square=True, least=2)
        relation = rng.choice(
            [
                (letter("W", k()), letter("M"), 1, 0),
                (
                    prod(letter("W", k()), ("H", letter("W", k()))),
                    prod(("H", letter("W", k(1))), letter("W", k(1))),
                    1,
                    1,
                ),
            ]
        )
        i, j = ("", 1), ("", 2)
        if relation[3] == 0:
            q = rng.choice(
                [
                    ("identity", (("D", letter("W", i)), ("D", letter("W", j)))),
                    ("unchanged", (letter("W", i),)),
                    ("identity", (("D", prod(letter("W", i), letter("W", j))), num(0))),
                ]
            )
        else:
            q = (
                "identity",
                (
                    ("D", prod(letter("W", i), ("H", letter("W", i)))),
                    ("D", prod(("H", letter("W", j)), letter("W", j))),
                ),
            )
        return Statement(own, q[0], q[1], 1, 1, (("rel", (relation,), "always"),), "", "lasting")
    if turn == 2:  # a relation of what moves: it pins its derivative
        letters = (("x", "n", "n", "", "free"), ("M", "n", "n", "", "free"))
        rates = {
            "x": rng.choice(
                [letter("M"), ("-", num(1), letter("x")), prod(letter("x"), letter("x")), num(1)]
            )
        }
        own = Setting(letters, rates, _prescribed_source(rates), layers=False)
        relation = rng.choice(
            [(letter("x"), letter("M"), 1, 1), (prod(letter("x"), letter("x")), letter("M"), 1, 1)]
        )
        return Statement(
            own,
            "identity",
            (("D", relation[0]), num(0)),
            1,
            1,
            (("rel", (relation,), "always"),),
            "",
            "lasting",
        )
    if turn == 3:  # the form of a letter lasts
        letters = (("S", "n", "n", "", "hermitian"), ("M", "n", "n", "", "free"))
        rates = {
            "S": rng.choice(
                [
                    letter("M"),
                    prod(letter("M"), letter("S")),
                    prod(letter("S"), letter("M")),
                    prod(("H", letter("M")), letter("S")),
                ]
            )
        }
        own = Setting(letters, rates, _prescribed_source(rates), layers=False)
        return Statement(
            own,
            "identity",
            (("D", letter("S")), ("H", ("D", letter("S")))),
            1,
            1,
            (),
            "",
            "lasting",
        )
    letters = (("K", "n", "n", "", "free"), ("x", "n", "n", "", "free"))
    rates = {"x": prod(letter("K"), letter("x"))}
    own = Setting(letters, rates, _prescribed_source(rates), layers=False)
    relation = (prod(letter("K"), letter("K")), letter("K"), 1, 1)
    parts = rng.choice(
        [
            (("D", ("D", letter("x"))), ("D", letter("x"))),
            (("D", prod(letter("K"), letter("x"))), prod(letter("K"), letter("x"))),
        ]
    )
    return Statement(
        own, "identity", parts, 1, 1, (("rel", (relation,), "always"),), "idempotent", "lasting"
    )


def _plain_flow(rng: Random) -> Setting:
    slope = prod(("H", letter("A", k())), letter("P"), ("H", letter("B", k())))
    return Setting((), {"W": ("neg", slope)}, "GradientFlow(LOSS)")


def _defined(rng: Random) -> Statement:
    """A letter that only names something, and a form that keeps."""
    if rng.random() < 0.5:
        letters: tuple[Spec, ...] = (("S", "n", "n", "", "hermitian"), ("M", "n", "n", "", "free"))
        m, s = letter("M"), letter("S")
        rates = {
            "S": rng.choice(
                [
                    ("+", prod(m, s), prod(s, ("H", m))),
                    prod(s, s),
                    ("neg", s),
                    ("-", prod(m, ("H", m)), s),
                ]
            )
        }
        own = Setting(letters, rates, _prescribed_source(rates), layers=False)
        q = prod(s, rng.choice([s, m]))

        def rate(x, i):
            return rates.get(x, num(0))

        return Statement(own, "identity", (("D", q), derivative(q, rate)), 1, 1, family="defined")
    own = Setting(
        (("S", "N", "N", "", "hermitian"),),
        definitions={"square": ((prod(letter("X"), ("H", letter("X"))), letter("S"), 1, 1),)},
    )
    s, x = letter("S"), letter("X")
    parts = rng.choice(
        [
            (prod(s, s), prod(x, ("H", x), s)),
            (("tr", s), ("tr", prod(("H", x), x))),
            (prod(s, x), prod(x, ("H", x), x)),
        ]
    )
    return Statement(own, "identity", parts, 1, 1, (), "defined", "defined")


def _balanced(rng: Random) -> Statement:
    own = (
        replace(_plain_flow(rng), square=True, least=2)
        if rng.random() < 0.7
        else Setting(square=True, least=2)
    )
    w, v = letter("W", k()), letter("W", k(1))
    relation = (prod(w, ("H", w)), prod(("H", v), v), 1, 1)
    when = "start" if own.rates else rng.choice(["start", "always"])
    parts = rng.choice(
        [
            (prod(w, ("H", w), w), prod(("H", v), v, w)),
            (("tr", prod(("H", w), w)), ("tr", prod(("H", v), v))),
            (prod(v, w, ("H", w)), prod(v, ("H", v), v)),
            (("G", k()), num(0)),
        ]
    )
    return Statement(
        own, "identity", parts, 1, 1, (("balance", (relation,), when),), "balanced", "balanced"
    )


_FAMILIES = (
    _algebra,
    _layers,
    _sums,
    _sums,
    _prescribed,
    _prescribed,
    _prescribed,
    _gradient,
    _gradient,
    _action,
    _lasting,
    _lasting,
    _defined,
    _balanced,
)


# --- one edit
# --------------------------------------------------------------------------------------------------


def edits(e: Tree, letters: list[str]) -> list[Tree]:
    """Every tree that differs in one place: a number, a mark, an order, an index, an end of a sum,
    a letter.
    """
    found: list[Tree] = []
    match e:
        case ("num", q):
            found += [num(q + 1), num(-q), num(q / 2)] if q else [num(1)]
        case ("letter", x, i):
            found += [("T", e), ("H", e)] + [("letter", y, i) for y in letters if y != x]
            found += [("letter", x, (i[0], i[1] + d)) for d in (1, -1) if i is not None]
        case ("seq" | "Hc" | "w", x, i):
            found += [(e[0], x, (i[0], i[1] + d)) for d in (1, -1)]
        case ("G", i):
            found += [("G", (i[0], i[1] + d)) for d in (1, -1)]
        case ("+", a, b):
            found += [("-", a, b), a, b]
        case ("-", a, b):
            found += [("+", a, b), a]
        case ("neg", a):
            found += [a]
        case ("*", a, b):
            found += [prod(b, a), a, b]
        case ("^", a, n) if isinstance(n, int):
            found += [("^", a, n + 1), a]
        case ("H", a):
            found += [("T", a), a]
        case ("T", a):
            found += [("H", a), a]
        case ("D", a):
            found += [a, ("D", e)]
        case ("sum", over, first, less, a):
            found += [
                ("sum", over, first + 1, less, a),
                ("sum", over, first - 1, less, a),
                ("sum", over, first, less + 1, a),
                ("sum", over, first, less - 1, a),
            ]
    for place, x in enumerate(e):
        if place and isinstance(x, tuple) and not _is_index(x):
            found += [(*e[:place], y, *e[place + 1 :]) for y in edits(x, letters)]
    return [y for y in found if y != e]


def edited(s: Statement, rng: Random) -> Statement:
    turn = rng.random()
    names = [x[0] for x in s.setting.letters]
    if turn < 0.22 or (turn > 0.75 and s.setting.motion.startswith("Prescribed")):
        first, less = rng.choice(
            [
                (s.first - 1, s.less),
                (s.first, s.less - 1),
                (s.first + 1, s.less),
                (s.first, s.less + 1),
            ]
        )
        if -1 <= first <= 4 and -1 <= less <= 4:
            return replace(s, first=first, less=less)
    if turn < 0.3 and s.given and s.places:
        return replace(s, given=(), places="any")
    if turn < 0.42 and s.setting.motion.startswith("Prescribed"):
        x = rng.choice(sorted(s.setting.rates))
        rates = {**s.setting.rates, x: rng.choice(edits(s.setting.rates[x], names) or [num(2)])}
        return replace(s, setting=replace(s.setting, rates=rates, motion=_prescribed_source(rates)))
    if turn < 0.5 and any(x[3] == "inner" for x in s.setting.letters):
        n = rng.choice([n for n, x in enumerate(s.setting.letters) if x[3] == "inner"])
        x = s.setting.letters[n]
        letters = (*s.setting.letters[:n], (*x[:3], "ends", x[4]), *s.setting.letters[n + 1 :])
        return replace(s, setting=replace(s.setting, letters=letters))
    n = rng.randrange(len(s.parts))
    new = rng.choice(edits(s.parts[n], names) or [num(1)])
    return replace(s, parts=(*s.parts[:n], new, *s.parts[n + 1 :]))


# --- draws
# --------------------------------------------------------------------------------------------------


def draw(rng: Random) -> Draw:
    s = rng.choice(_FAMILIES)(rng)
    if rng.random() < (
        0.45 if s.places else 0.85
    ):  # where nothing can be shown false, an edit says little
        bad = failures(s, rng, 4)
        if bad:
            raise SlipOfOurs(f"{s.family}: {written(s)}\nfails at {told(bad[0])}")
        return _draw(s, TRUE, [], False)
    for _ in range(5):
        e = edited(s, rng)
        try:
            bad = failures(e, rng)
        except Misfit:
            continue
        if bad:
            return _draw(e, FALSE, bad, True)
    return _draw(e, UNKNOWN, [], True)


def _draw(s: Statement, truth: str, bad: list, near: bool) -> Draw:
    return Draw(
        written(s), truth, s.family, near, told(bad[0]) if bad else "", {"statement": s, "bad": bad}
    )


def told(bad: tuple[Place, int | None]) -> str:
    at, index = bad
    values = ", ".join(
        f"{x}{'' if i is None else f'_{i}'} = {_shown(v)}" for (x, i), v in at.start.items()
    )
    return f"N = {at.depth}, d = {at.dims}, k = {index}; {values}"[:600]


def _shown(v: Any) -> str:
    return (
        str([[f"{a.re}+{a.im}i" if isinstance(a, Gauss) else str(a) for a in r] for r in v.entries])
        if isinstance(v, Mat)
        else str(v)
    )


def written(s: Statement) -> str:
    own = s.setting
    lines = [
        HEAD + "from verify.claims.conclusions.matrix_kinds import Decays, Identity, Unchanged",
        "from verify.claims.hypotheses.matrices import Holds",
        "from verify.models.matrices import Matrices",
        (
            "from verify.models.motions import ActionFlow, GradientFlow, GradientStep, Prescribed,"
            " Still"
        ),
        "from verify.terms.affine import N, k, p",
        (
            "from verify.terms.matrices import LOSS, Family, G, H, Sequence, after, const, dot,"
            " letter, num, total, tr, w"
        ),
        "from verify.terms.relation import Equal",
        "from verify.terms.letters import Letter",
    ]
    letters = "".join(
        f"Letter({x!r}, {r!r}, {c!r}, {run!r}, {form!r}), " for x, r, c, run, form in own.letters
    )
    definitions = ", ".join(
        f"{x!r}: ({''.join(_equal(e) + ', ' for e in es)})" for x, es in own.definitions.items()
    )
    lines.append(
        f"SETTING = Matrices({own.motion}, ({letters}), {{{definitions}}}, {own.sequences!r},"
        f" square={own.square}, layers={own.layers}, least_depth={own.least})"
    )
    when = {"start": "at the start", "always": "always"}
    given = "".join(
        f"Holds({i!r}, 'assumed', ({''.join(_equal(e) + ', ' for e in es)}), when={when[t]!r}), "
        for i, es, t in s.given
    )
    name = {"identity": "Identity", "unchanged": "Unchanged", "decays": "Decays"}[s.kind]
    made = f"{name}({', '.join(map(source, s.parts))}, {s.first}, {s.less})"
    return "\n".join(lines) + "\n" + claim("SETTING", f"({given})", made)


def _equal(e: Relation) -> str:
    return f"Equal({source(e[0])}, {source(e[1])}, {e[2]}, {e[3]})"
