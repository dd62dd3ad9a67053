"""True statements about matrices: by the product rule, telescoping and adjoints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from attack.trees import Tree, num, prod
from attack.words import RUNS, Setting, Spec, _is_index, k, letter, source
from attack.words_statement import Statement


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


def algebra(rng: Random) -> Statement:
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


def layers(rng: Random) -> Statement:
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
            return layers(rng)
    return Statement(own, "identity", (prod(f, l), prod(f, r)), first, less, family="layers")


def sums(rng: Random) -> Statement:
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


def prescribed(rng: Random) -> Statement:
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
    own = Setting(letters, rates, prescribed_source(rates), layers=False)
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
        return prescribed(rng)
    return Statement(own, "identity", (l, r), first, less, family="prescribed")


def _prescribed_sum(rng: Random, own: Setting, moved: Callable, run: str) -> Statement:
    first, less = RUNS[run]
    p = ("p", 0)
    body = rng.choice([("tr", letter("c", p)), ("tr", prod(letter("c", p), ("H", letter("c", p))))])
    slope = derivative(body, moved)
    wide = (first - 1, less - 1) if run == "inner" else (first, less)
    l = ("D", ("sum", "p", *rng.choice([wide, (first, less)]), body))
    return Statement(own, "identity", (l, ("sum", "p", first, less, slope)), family="prescribed")


def prescribed_source(rates: Mapping[str, Tree]) -> str:
    return f"Prescribed({{{', '.join(f'{x!r}: {source(e)}' for x, e in rates.items())}}})"


def defined(rng: Random) -> Statement:
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
        own = Setting(letters, rates, prescribed_source(rates), layers=False)
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


def balanced(rng: Random) -> Statement:
    own = (
        replace(plain_flow(rng), square=True, least=2)
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


def plain_flow(rng: Random) -> Setting:
    slope = prod(("H", letter("A", k())), letter("P"), ("H", letter("B", k())))
    return Setting((), {"W": ("neg", slope)}, "GradientFlow(LOSS)")
