"""The language of formulas: roots, powers, exponentials, abbreviations, rates that vanish,
divisors, signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product as pairs
from random import Random

from attack.claims import FALSE, HEAD, NARROW, TRUE, UNKNOWN, Draw, SlipOfOurs, claim
from attack.scalars import (
    Along,
    Setting,
    State,
    derivative,
    drawn,
    edits,
    name,
    slopes_of,
    source,
    stays,
    tidy,
)
from attack.series import Undefined
from attack.trees import Tree, num, prod

_POOL = tuple(
    map(
        Fraction,
        ("0", "1", "-1", "4", "1/4", "9", "2", "-4", "3", "16", "-2", "1/9", "8", "1/2", "-3", "5"),
    )
)
_TRIES, _ENOUGH = 70, 24


@dataclass(frozen=True)
class Statement:
    """kind: equals (l, r), constant (q), rate (q, c), sign (q, relation); ``given``: (id, tree,
    sign).
    """

    setting: Setting
    kind: str
    parts: tuple
    given: tuple[tuple[str, Tree, str], ...] = ()
    family: str = ""

    def trees(self) -> list[Tree]:
        return [x for x in self.parts if isinstance(x, tuple)]


# --- truth
# --------------------------------------------------------------------------------------------------


def holds(s: Statement, at: Along) -> bool:
    """At one state and, for the kinds about the flow, along the solution through it. Raises
    Undefined.
    """
    match s.kind:
        case "equals":
            l, r = (at.value(e)[0] for e in s.parts)
            return l == r
        case "constant":
            return not any(at.value(("D", s.parts[0])))
        case "rate":
            q, c = map(at.value, s.parts)
            if not any(q):
                return True
            gap = at.value(("-", ("D", s.parts[0]), ("*", s.parts[1], s.parts[0])))
            return not any(gap) and not any(c[1:])
    v = at.value(s.parts[0])[0]
    return {">": v > 0, ">=": v >= 0, "!=": v != 0}[s.parts[1]]


def admitted(s: Statement, at: Along) -> bool:
    return all((v := at.value(e)[0]) > 0 if sign == ">" else v != 0 for _, e, sign in s.given)


def states(s: Statement, rng: Random) -> Iterator[Along]:
    """Special ones, letters that are zero and stay so, and states of rest; then random ones."""
    letters = [x for x, _ in s.setting.letters]
    for drawn_from, most in ((_special, 16), (_random, _ENOUGH)):
        given = 0
        for state in drawn_from(letters, s, rng):
            try:
                at = Along(s.setting, state)
                if admitted(s, at):
                    given += 1
                    yield at
            except (Undefined, ZeroDivisionError, OverflowError):
                continue
            if given >= most:
                break


def _random(letters: list[str], s: Statement, rng: Random) -> Iterator[State]:
    exps = [a[1] for a in s.setting.atoms if a[0] == "exp"]
    for _ in range(_TRIES):
        yield State(
            {x: rng.choice(_POOL) for x in letters},
            {x: Fraction(rng.randint(2, 9), rng.randint(1, 3)) for x in exps},
        )


def _special(letters: list[str], s: Statement, rng: Random) -> Iterator[State]:
    if not s.setting.rates:
        return
    for mask in pairs((False, True), repeat=len(letters)):
        zeros = frozenset(x for x, m in zip(letters, mask, strict=True) if m)
        kept = stays(s.setting, zeros) if zeros else False
        for _ in range(3):
            values = {x: Fraction(0) if x in zeros else rng.choice(_POOL) for x in letters}
            if kept:
                yield State(values, {a[1]: Fraction(3) for a in s.setting.atoms}, zeros)
            else:
                yield State(values, {a[1]: Fraction(3) for a in s.setting.atoms}, rest=True)


def failures(s: Statement, rng: Random, most: int = 6) -> tuple[list[Along], int]:
    """States at which it fails, and how many were looked at."""
    found, seen = [], 0
    for at in states(s, rng):
        try:
            good = holds(s, at)
        except (Undefined, ZeroDivisionError):
            continue
        seen += at.state.still == frozenset() and not at.state.rest
        if not good:
            found.append(at)
        if len(found) >= most:
            break
    return found, seen


# --- true statements, each by a derivation
# -----------------------------------------------------------------------------------


def _setting(rng: Random, moving: bool) -> Setting:
    letters = [
        (x, rng.choice(["", "", "", ">", "!="]))
        for x in rng.sample(["x", "y", "w", "beta"], rng.choice([2, 2, 3]))
    ]
    names = [x for x, _ in letters]
    atoms: list[tuple] = []
    for label in ("r", "s", "A", "E", "h")[: rng.randint(0, 3)]:
        atom = _atom(rng, label, letters, atoms)
        if atom is not None:
            atoms.append(atom)
    everything = names + [a[1] for a in atoms]
    rates = {}
    if moving:
        rates = {x: drawn(rng, everything, rng.randint(1, 4)) for x in names if rng.random() < 0.8}
        rates = {x: e for x, e in rates.items() if e[0] != "num"} or {names[0]: num(1)}
    return Setting(tuple(letters), tuple(atoms), rates)


def _atom(rng: Random, label: str, letters: list, atoms: list) -> tuple | None:
    names = [x for x, _ in letters]
    before = names + [a[1] for a in atoms]
    x, y = rng.choice(before), rng.choice(names)
    kind = rng.choice(["root", "root", "power", "exp", "let"])
    if kind == "root":
        of = rng.choice(
            [
                name(x),
                ("^", name(x), 2),
                ("+", ("^", name(x), 2), ("^", name(y), 2)),
                prod(name(x), name(y)),
            ]
        )
        return ("root", label, of, rng.choice([2, 2, 2, 3]))
    if kind == "power":
        base = rng.choice([x for x, sign in letters if sign == ">"] or names)
        return (
            "power",
            label,
            name(base),
            num(rng.choice([Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2), 2, Fraction(1, 3)])),
        )
    if kind == "exp":
        return ("exp", label, rng.choice([name(y), ("neg", name(y)), ("^", name(y), 2)]), None)
    return ("let", label, drawn(rng, before, 3), None)


def _identity(rng: Random) -> Statement:
    """Distribution, squares, and the relation of a root."""
    s = _setting(rng, rng.random() < 0.3)
    a, b, c = (drawn(rng, s.names(), rng.randint(1, 3)) for _ in range(3))
    l, r = rng.choice(
        [
            (prod(a, ("+", b, c)), ("+", prod(a, b), prod(a, c))),
            (("^", ("+", a, b), 2), ("+", ("+", ("^", a, 2), prod(num(2), a, b)), ("^", b, 2))),
            (prod(("-", a, b), ("+", a, b)), ("-", ("^", a, 2), ("^", b, 2))),
            (("-", ("/", num(1), a), ("/", num(1), b)), ("/", ("-", b, a), prod(a, b))),
        ]
    )
    for kind, x, of, degree in s.atoms:
        if kind == "root" and rng.random() < 0.8:
            l, r = ("+", l, ("^", name(x), degree)), ("+", r, of)
        if kind == "power" and rng.random() < 0.8 and degree[1].denominator in (2, 3):
            e = degree[1]
            l, r = prod(("^", name(x), e.denominator), l), prod(("^", of, e.numerator), r)
    if any(("num", Fraction(0)) == part for part in (a, b)):
        return _identity(rng)
    return Statement(s, "equals", (l, r), family="identity")


def _leibniz(rng: Random) -> Statement:
    """D of a product, written out by the rules of roots, powers and exponentials."""
    s = _setting(rng, True)
    q = drawn(rng, s.names(), rng.randint(2, 4))
    if rng.random() < 0.3:
        a, b = drawn(rng, s.names(), 2), drawn(rng, s.names(), 2)
        l, r = ("D", prod(a, b)), ("+", prod(("D", a), b), prod(a, ("D", b)))
    elif rng.random() < 0.4:
        x = rng.choice(s.letters)[0]
        still = Setting(s.letters, s.atoms, {x: num(1)})
        plain = not any(a[0] == "let" for a in s.atoms)
        l, r = (
            (("part", x, q), derivative(q, slopes_of(still)))
            if plain
            else (("D", q), derivative(q, slopes_of(s)))
        )
    else:
        l, r = ("D", q), derivative(q, slopes_of(s))
    return Statement(s, "equals", (l, r), family="leibniz")


def _constant(rng: Random) -> Statement:
    """y' = -p', so that p + y is constant; or the flow of a Hamiltonian; or an atom that is made to
    move at a given speed.
    """
    if rng.random() < 0.35:
        return _hamiltonian(rng)
    if rng.random() < 0.6:
        return _speed(rng)
    s = _setting(rng, True)
    p = drawn(rng, s.names(), rng.randint(2, 3))
    moved = derivative(p, slopes_of(s))
    rates = {**s.rates, "t": tidy(("neg", moved)) if moved != num(0) else num(1)}
    q: Tree = ("+", p, name("t")) if moved != num(0) else p
    return Statement(
        Setting((*s.letters, ("t", "")), s.atoms, rates), "constant", (q,), family="constant"
    )


def _hamiltonian(rng: Random) -> Statement:
    atoms = (
        [("root", "r", rng.choice([name("x"), ("^", name("x"), 2), name("y")]), 2)]
        if rng.random() < 0.5
        else []
    )
    letters = (("x", rng.choice(["", ">"])), ("y", ""))
    h = drawn(rng, ["x", "y", *(a[1] for a in atoms)], rng.randint(2, 4))
    d = [derivative(h, slopes_of(Setting(letters, tuple(atoms), {x: num(1)}))) for x in ("x", "y")]
    rates = {"x": d[1], "y": tidy(("neg", d[0]))}
    rates = {x: e for x, e in rates.items() if e != num(0)}
    if len(rates) < 2 or ("neg", num(0)) in rates.values():
        return _hamiltonian(rng)
    return Statement(Setting(letters, tuple(atoms), rates), "constant", (h,), family="hamiltonian")


def _speed(rng: Random) -> Statement:
    """r = x^(1/n), or a root of a root: x' is chosen so that r' = v, and t' = 1: r - v t is
    constant where r is not zero.
    """
    v, n = num(rng.choice([-1, 1, 2, -2, Fraction(1, 2)])), rng.choice([2, 2, 3])
    sign = rng.choice(["", "", "", ">", "!="])
    r, x = name("r"), name("x")
    atoms: tuple = (("root", "r", x, n),)
    inner = prod(num(n), ("^", r, n - 1), v) if n != 2 else prod(num(2), v, r)
    if rng.random() < 0.4:  # r = x^(1/n), s = r^(1/2), s' = v
        atoms = (*atoms, ("root", "s", r, 2))
        inner = prod(num(2 * n), ("^", r, n - 1), name("s"), v)
        r = name("s")
    if rng.random() < 0.25:
        a = rng.choice([Fraction(1, 2), Fraction(1, 3), Fraction(-1)])
        atoms, r = (("power", "A", x, num(a)),), name("A")
        inner = ("/", prod(num(1 / a), v, x), r)
    if rng.random() < 0.3:
        c = num(rng.randint(1, 3))
        atoms = tuple((k, m, ("-", of, c) if of == x else of, e) for k, m, of, e in atoms)
        if atoms[0][0] == "power":
            inner = ("/", prod(num(1 / a), v, ("-", x, c)), r)
    q = ("-", r, prod(v, name("t")))
    setting = Setting((("x", sign), ("t", "")), atoms, {"x": inner, "t": num(1)})
    if rng.random() < 0.25:
        return Statement(setting, "equals", (("D", q), num(0)), family="speed")
    return Statement(setting, "constant", (q,), family="speed")


def _rate(rng: Random) -> Statement:
    """x^k y^l along x' = a x, y' = b y; or a quantity that vanishes on one branch of a root."""
    if rng.random() < 0.5:
        return _branches(rng)
    k, l, a, b = (rng.randint(1, 3) for _ in range(4))
    c = rng.choice(
        [
            num(a),
            name("c"),
            ("neg", name("c")),
            ("+", name("c"), num(a)),
            ("neg", ("+", name("c"), name("c"))),
        ]
    )
    f = rng.choice([num(1), num(2)])
    rates = {"x": prod(c, name("x")), "y": prod(num(-b), name("y"))}
    q = prod(f, ("^", name("x"), k), ("^", name("y"), l))
    rate = ("-", prod(num(k), c), num(l * b))
    return Statement(
        Setting((("x", ""), ("y", ""), ("c", "")), (), rates), "rate", (q, rate), family="rate"
    )


def _branches(rng: Random) -> Statement:
    """r = sqrt(x^2): r + x is zero for x < 0, and r - x for x > 0; what moves there carries the
    other factor.
    """
    sign = rng.choice([1, -1])
    q, other = ("+", name("r"), name("x")), ("-", name("r"), name("x"))
    if sign < 0:
        q, other = other, q
    speed = (
        prod(num(rng.choice([1, 2, -1])), other) if rng.random() < 0.7 else prod(other, name("y"))
    )
    rate = rng.choice([other, prod(num(rng.choice([2, 3, -1])), other), prod(name("y"), other)])
    setting = Setting(
        (("x", rng.choice(["", "", "!="])), ("y", "")),
        (("root", "r", ("^", name("x"), 2), 2),),
        {"x": speed},
    )
    kind, parts = rng.choice(
        [
            ("rate", (q, rate)),
            ("rate", (q, rate)),
            ("constant", (q,)),
            ("equals", (prod(q, other), num(0))),
        ]
    )
    return Statement(setting, kind, parts, family="branches")


def _sign(rng: Random) -> Statement:
    """Squares, positive letters, roots, and what a hypothesis adds."""
    names = ["x", "y"]
    letters = (("x", rng.choice(["", ">", "!="])), ("y", rng.choice(["", ">"])))
    atoms: tuple = (("root", "r", ("^", name("x"), 2), 2),) if rng.random() < 0.3 else ()
    given: tuple = ()
    square = ("+", ("^", drawn(rng, names, 2), 2), ("^", name(rng.choice(names)), 2))
    which = rng.randint(0, 4)
    if which == 0:
        parts: tuple = (square, ">=")
    elif which == 1:
        parts = (("+", square, num(rng.randint(1, 3))), rng.choice([">", "!=", ">="]))
    elif which == 2:
        letters = (("x", ">"), ("y", ">"))
        parts = (("+", prod(name("x"), name("y")), ("^", name("y"), 2)), rng.choice([">", "!="]))
    elif which == 3:
        a = rng.randint(1, 3)
        given = (("g", ("-", name("x"), num(a)), ">"),)
        parts = (prod(("-", name("x"), num(a - rng.randint(0, 1))), num(rng.randint(1, 3))), ">")
    else:
        parts = (prod(num(2), ("^", name("x"), 2)), ">=")
        if letters[0][1]:
            parts = (parts[0], ">")
        if atoms:
            parts = (prod(num(3), name("r")), ">" if letters[0][1] else ">=")
    return Statement(Setting(letters, atoms, {}), "sign", parts, given, family="sign")


_FAMILIES = (_identity, _leibniz, _constant, _constant, _rate, _rate, _sign)


# --- one edit
# --------------------------------------------------------------------------------------------------


def edited(s: Statement, rng: Random) -> Statement:
    """One place of the conclusion, a rate, an atom or a hypothesis is changed."""
    which, names = rng.random(), s.setting.names()
    if which < 0.12 and s.given:
        return replace(s, given=())
    if which < 0.25 and s.kind == "sign":
        return replace(
            s, parts=(s.parts[0], rng.choice([x for x in (">", ">=", "!=") if x != s.parts[1]]))
        )
    if which < 0.35 and s.setting.rates:
        x = rng.choice(sorted(s.setting.rates))
        rates = {**s.setting.rates, x: rng.choice(edits(s.setting.rates[x], names) or [num(2)])}
        return replace(s, setting=replace(s.setting, rates=rates))
    if which < 0.45 and s.setting.atoms:
        n = rng.randrange(len(s.setting.atoms))
        kind, x, of, extra = s.setting.atoms[n]
        before = [y for y, _ in s.setting.letters]
        atom = (kind, x, rng.choice(edits(of, before) or [of]), extra)
        return replace(
            s,
            setting=replace(
                s.setting, atoms=(*s.setting.atoms[:n], atom, *s.setting.atoms[n + 1 :])
            ),
        )
    n = rng.randrange(len(s.trees()))
    parts = list(s.parts)
    parts[n] = rng.choice(edits(parts[n], names))
    return replace(s, parts=tuple(parts))


# --- draws
# --------------------------------------------------------------------------------------------------


def draw(rng: Random) -> Draw:
    s = rng.choice(_FAMILIES)(rng)
    if rng.random() < 0.45:
        bad, _ = failures(s, rng)
        if bad and s.family not in ("speed", "constant", "hamiltonian", "leibniz", "identity"):
            raise SlipOfOurs(f"{s.family}: {written(s)}")
        # where a root may vanish, a true derivation can have states outside its scope: they are
        # compared with the printed scope
        return _draw(s, TRUE if not bad else NARROW, bad, False)
    for _ in range(4):
        e = edited(s, rng)
        bad, _ = failures(e, rng)
        if bad:
            return _draw(e, FALSE, bad, True)
    return _draw(e, UNKNOWN, [], True)


def _draw(s: Statement, truth: str, bad: list[Along], near: bool) -> Draw:
    why = "; ".join(f"{x} = {v}" for x, v in bad[0].state.letters.items()) if bad else ""
    return Draw(written(s), truth, s.family, near, why, {"statement": s, "bad": bad})


def written(s: Statement) -> str:
    """The claim as Python."""
    lines = [
        HEAD + "from verify.terms.expr import dot, num",
        "from verify.claims.conclusions.constant import Constant",
        "from verify.claims.conclusions.equals import Equals",
        "from verify.claims.conclusions.rate_law import RateLaw",
        "from verify.claims.conclusions.sign import Sign",
        "from verify.claims.hypotheses.formulas import Given",
        (
            "from verify.models.formulas import Exp, Formulas, Let, Letter, Power, Root, letters,"
            " partial"
        ),
    ]
    names = s.setting.names()
    lines.append(
        f"{', '.join('v_' + x for x in names)}{',' if len(names) == 1 else ''} ="
        f" letters({' '.join(names)!r})"
    )
    own = ", ".join(f"Letter({x!r}, {sign!r})" for x, sign in s.setting.letters)
    atoms = ", ".join(_written_atom(a) for a in s.setting.atoms)
    rates = ", ".join(f"{x!r}: {source(e)}" for x, e in s.setting.rates.items())
    lines.append(
        f"SETTING = Formulas('drawn', ({own},), ({atoms}{',' if atoms else ''}), {{{rates}}})"
    )
    given = ", ".join(f"Given({i!r}, {source(e)}, {sign!r})" for i, e, sign in s.given)
    parts = [source(e) for e in s.trees()]
    made = {
        "equals": "Equals({}, {})",
        "constant": "Constant({})",
        "rate": "RateLaw({}, {})",
        "sign": f"Sign({{}}, {s.parts[1]!r})" if s.kind == "sign" else "",
    }[s.kind]
    return (
        "\n".join(lines)
        + "\n"
        + claim("SETTING", f"({given}{',' if given else ''})", made.format(*parts))
    )


def _written_atom(a: tuple) -> str:
    kind, x, of, extra = a
    match kind:
        case "root":
            return f"Root({x!r}, {source(of)}, {extra})"
        case "power":
            return f"Power({x!r}, {source(of)}, {source(extra)})"
    return f"{kind.capitalize()}({x!r}, {source(of)})"
