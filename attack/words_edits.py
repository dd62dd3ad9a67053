"""A statement that differs from another one in one place."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from attack.trees import Tree, num, prod
from attack.words import _is_index
from attack.words_statement import Statement
from attack.words_true import (
    prescribed_source,
)


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
        return replace(s, setting=replace(s.setting, rates=rates, motion=prescribed_source(rates)))
    if turn < 0.5 and any(x[3] == "inner" for x in s.setting.letters):
        n = rng.choice([n for n, x in enumerate(s.setting.letters) if x[3] == "inner"])
        x = s.setting.letters[n]
        letters = (*s.setting.letters[:n], (*x[:3], "ends", x[4]), *s.setting.letters[n + 1 :])
        return replace(s, setting=replace(s.setting, letters=letters))
    n = rng.randrange(len(s.parts))
    new = rng.choice(edits(s.parts[n], names) or [num(1)])
    return replace(s, parts=(*s.parts[:n], new, *s.parts[n + 1 :]))
