"""Claims in declared letters: gradient flows of any loss of a monomial in letters with indices,
each with a speed. Scaling one letter up and another one down leaves the monomial as it is, which is
a law; within one edit of it: another weight, sign or power, a sum or a speed that is missing.
"""

from __future__ import annotations

from random import Random
from typing import Any

from attack.claims import FALSE, HEAD, TRUE, UNKNOWN, Draw, SlipOfOurs, claim
from attack.declared_values import fails

KINDS = {"i": "first", "j": "second", "k": "third"}
IMPORTS = """from verify.claims.conclusions import Conserved, Equation
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.expr import dot, num
from verify.terms.indices import Index, Sum
"""
Term = Any


def draw(rng: Random) -> Draw:
    """A law of two of the letters, or what is beside one."""
    shapes = {x: ["i", *rng.choice(([], [], ["j"], ["k"]))] for x in "xyz"[: rng.randint(2, 3)]}
    degrees = {x: rng.randint(1, 3) for x in shapes}
    speeds = {x: f"s{x}" for x in shapes if rng.random() < 0.3}
    setting = _setting(shapes, degrees, speeds, rng)
    edit = rng.choice(("", "", "weight", "sign", "power", "sum", "speed"))
    pair, kind = rng.sample(sorted(shapes), 2), rng.choice(("equation", "conserved"))
    stated, law = (_stated(pair, kind, shapes, degrees, speeds, x) for x in (edit, ""))
    why = fails(setting, stated, rng)
    if why and stated == law:
        raise SlipOfOurs(f"{stated}: {why}")
    truth = FALSE if why else TRUE if stated == law else UNKNOWN
    source = HEAD + IMPORTS + _source(setting, stated)
    said = {"setting": setting, "stated": stated}
    return Draw(source, truth, f"monomials: {edit or 'a law'}", bool(why), why, said)


def _setting(shapes: Any, degrees: Any, speeds: Any, rng: Random) -> dict[str, Any]:
    of: Term = ["*", *(["^", ["at", x, *at], str(degrees[x])] for x, at in shapes.items())]
    used = list(dict.fromkeys(i for at in shapes.values() for i in at))
    over = [i for i in used if i == "i" or rng.random() < 0.5]
    for i in used:
        of = of if i in over else ["sum", i, KINDS[i], of]
    letters: dict[str, Any] = {
        x: {"role": "parameter", "for": {i: KINDS[i] for i in at}} for x, at in shapes.items()
    }
    letters |= {s: {"role": "constant", "sign": ">"} for s in speeds.values()}
    own = {i: KINDS[i] for i in over}
    letters["E"] = {"role": "loss", "for": own, "of": of, "gradient": "g"}
    motion: dict[str, Any] = {"kind": "gradient-flow", "of": ["at", "E"]}
    if speeds:
        motion["speeds"] = {x: ["at", s] for x, s in speeds.items()}
    return {"sets": [KINDS[i] for i in used], "letters": letters, "motion": motion}


def _stated(
    pair: list[str], kind: str, shapes: Any, degrees: Any, speeds: Any, edit: str
) -> dict[str, Any]:
    """d_t s_t Sum x_s^2 = d_s s_s Sum x_t^2 up to a constant."""
    free = ["i"]
    sides: list[Term] = []
    for x, other in (pair, pair[::-1]):
        first = x == pair[0]
        square: Term = ["^", ["at", x, *shapes[x]], "3" if first and edit == "power" else "2"]
        for i in shapes[x][1:]:
            if first and edit == "sum":
                free.append(i)
            else:
                square = ["sum", i, KINDS[i], square]
        weight = degrees[other] + (1 if first and edit == "weight" else 0)
        speed = [["at", speeds[other]]] if other in speeds else []
        sides.append(["*", str(weight), *([] if first and edit == "speed" else speed), square])
    over = {i: KINDS[i] for i in free}
    sign = "1" if edit == "sign" else "-1"
    if kind == "equation":
        right = ["D", sides[1]] if sign == "-1" else ["*", "-1", ["D", sides[1]]]
        return {"kind": "equation", "for": over, "eq": [["D", sides[0]], right]}
    return {"kind": "conserved", "for": over, "what": ["+", sides[0], ["*", sign, sides[1]]]}


def _source(setting: Any, stated: Any) -> str:
    lines = [f"{i} = Index({i!r}, {kind!r})" for i, kind in KINDS.items()]
    names = []
    for x, y in setting["letters"].items():
        names.append(x)
        if y["role"] == "loss":
            lines.append(f"{x} = loss({x!r}, {_text(y['of'])}, gradient={y['gradient']!r})")
        else:
            sign = f", sign={y['sign']!r}" if "sign" in y else ""
            at = "".join(f", {i}" for i in y.get("for", {}))
            lines.append(f"{x} = {y['role']}({x!r}{at}{sign})")
    speeds = setting["motion"].get("speeds", {})
    told = ", ".join(f"{x!r}: {_text(t)}" for x, t in speeds.items())
    lines.append(f"SETTING = Declared(({', '.join(names)},), flow=E.here, speeds={{{told}}})")
    if stated["kind"] == "equation":
        conclusion = f"Equation({_text(stated['eq'][0])}, {_text(stated['eq'][1])})"
    else:
        conclusion = f"Conserved({_text(stated['what'])})"
    return "\n".join(lines) + "\n" + claim("SETTING", "()", conclusion)


def _text(t: Term) -> str:
    match t:
        case str():
            return f"num({t})"
        case ["at", x]:
            return f"{x}.here"
        case ["at", x, *at]:
            return f"{x}[{', '.join(at)}]"
        case ["^", inner, n]:
            return f"{_text(inner)} ** {n}"
        case ["sum", i, _, inner]:
            return f"Sum({i}, {_text(inner)})"
        case ["D", inner]:
            return f"dot({_text(inner)})"
        case [op, *parts]:
            return "(" + f" {op} ".join(map(_text, parts)) + ")"
    raise ValueError(t)
