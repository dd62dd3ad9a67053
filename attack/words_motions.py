"""True statements about matrices that move: flows that are derived, and relations that last."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from attack.trees import Tree, num, prod
from attack.words import Setting, Spec, k, letter, source
from attack.words_statement import Statement
from attack.words_true import (
    derivative,
    plain_flow,
    prescribed_source,
    shifted,
)


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
            letters,
            {},
            f"GradientStep({source(total)})",
            ("-", w, prod(("const", "eta"), slope)),
        )
    return Setting(letters, {"W": ("neg", slope)}, f"GradientFlow({source(total)})")


def gradient(rng: Random) -> Statement:
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


def action(rng: Random) -> Statement:
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
            (
                ("D", prod(w, ("H", w))),
                ("+", prod(("D", w), ("H", w)), prod(w, ("H", ("D", w)))),
            ),
            1,
            0,
        ),
    ]
    kind, parts, first, less = rng.choice(cases)
    return Statement(own, kind, parts, first, less, family="action")


def lasting(rng: Random) -> Statement:
    """Relations that hold always: what follows by differentiating them, whatever the motion.
    Refuting it takes a place that lasts.
    """
    turn = rng.randint(0, 4)
    if turn <= 1:
        letters: tuple[Spec, ...] = (("M", "0", "0", "", "free"),)
        own = replace(plain_flow(rng), letters=letters, square=True, least=2)
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
        own = Setting(letters, rates, prescribed_source(rates), layers=False)
        relation = rng.choice(
            [
                (letter("x"), letter("M"), 1, 1),
                (prod(letter("x"), letter("x")), letter("M"), 1, 1),
            ]
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
        own = Setting(letters, rates, prescribed_source(rates), layers=False)
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
    own = Setting(letters, rates, prescribed_source(rates), layers=False)
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
