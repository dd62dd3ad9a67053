"""What a claim about formulas may be made of: names that mean one thing, exact numbers, declared
letters, closed lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.fields import closed
from verify.claims.hypotheses.formulas import Given
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, SPOKEN, is_word, up_to
from verify.exact.names import refuse_alike
from verify.models.formulas import NAME, SIGNS, Exp, Formulas, Let, Power, Root, Solution
from verify.terms.expr import Expr, num
from verify.terms.words import words

if TYPE_CHECKING:
    from verify.claims.claim import Claim

CONCLUSIONS = (Equals, Constant, RateLaw, Sign, ExponentialDecay)
_RESERVED = SPOKEN | frozenset("D d e num next".split())
#: what the sentences e^(rate t) and |q| <= C e^(-c t) are written with
_WRITTEN_WITH = {RateLaw: frozenset({"t"}), ExponentialDecay: frozenset({"t", "c", "C"})}


def well_formed(claim: Claim, setting: Formulas) -> None:
    """Raises BadInput naming what is wrong, its value, and what was expected."""
    _setting(setting)
    for h in claim.assuming:
        closed("hypothesis", h, (Given,))
        _mentions(f"hypothesis {h.id}", h.expr, setting.names(), setting, derivatives=False)  # type: ignore[attr-defined]
    for name, c in claim.concluding.items():
        closed("conclusion", c, CONCLUSIONS)
        if isinstance(c, (Constant, RateLaw, ExponentialDecay)) and not setting.rates:
            raise BadInput(
                f"conclusion {name}: {c.kind} speaks of a flow, and no letter has a rate; expected"
                " rates in the setting"
            )
        if taken := _WRITTEN_WITH.get(type(c), frozenset()) & {*setting.names()}:
            raise BadInput(
                f"conclusion {name}: its sentence is written with {', '.join(sorted(taken))};"
                " expected other names"
            )
        for e in c.expressions():
            _mentions(f"conclusion {name}", e, setting.names(), setting)
    for name, hint in claim.hints.items():
        closed(f"hint of {name}", hint, (Solution,))
        _setting(hint.clock)  # type: ignore[attr-defined]
        for e in hint.values.values():  # type: ignore[attr-defined]
            _mentions(f"solution of {name}", e, hint.clock.names(), hint.clock, derivatives=False)  # type: ignore[attr-defined]
    if claim.experiments:
        raise BadInput("formulas are decided exactly; expected no experiments")


def _setting(setting: Formulas) -> None:
    _names(setting)
    before = [x.name for x in setting.letters]
    for atom in setting.atoms:
        closed(f"atom {atom.name}", atom, (Root, Power, Exp, Let))
        _mentions(f"atom {atom.name}", atom.of, before, setting, derivatives=isinstance(atom, Let))
        if isinstance(atom, Power):
            _mentions(
                f"the exponent of {atom.name}",
                atom.exponent,
                [x.name for x in setting.letters],
                setting,
                derivatives=False,
            )
        before.append(atom.name)
    for name, rate in setting.rates.items():
        if name not in {x.name for x in setting.letters}:
            raise BadInput(
                f"a rate for {name!r}; expected one of the letters:"
                f" {', '.join(x.name for x in setting.letters)}"
            )
        _mentions(f"the rate of {name}", rate, setting.names(), setting, derivatives=False)
    if setting.rates and all(e == num(0) for e in setting.rates.values()):
        raise BadInput("all rates are 0; expected a flow that moves, or no rates")
    for point in setting.points:
        wrong = {*point} ^ {x.name for x in setting.letters}
        if wrong or not all(_exact(v) for v in point.values()):
            raise BadInput(
                f"point {dict(point)}: expected an int or a Fraction for each letter and for"
                " nothing else"
            )


def _names(setting: Formulas) -> None:
    names = setting.names()
    for name in names:
        if not isinstance(name, str) or not is_word(NAME, name) or name.split("_")[0] in _RESERVED:
            taken = ", ".join(sorted(_RESERVED))
            raise BadInput(
                f"name {name!r}; expected a letter, then letters, digits or _, and before any _"
                f" none of {taken}"
            )
        if names.count(name) > 1:
            raise BadInput(f"name {name!r} is declared twice; expected one meaning for each name")
    refuse_alike(names, "letters and atoms")
    if "t" in (x.name for x in setting.letters) and setting.rates:
        if setting.rates.get("t") != num(1):
            raise BadInput("the letter t has another rate than 1; expected t' = 1: t is the time")
    if not setting.letters:
        raise BadInput("no letters; expected at least one")
    for x in setting.letters:
        if x.sign not in SIGNS:
            raise BadInput(f"letter {x.name}: sign {x.sign!r}; expected '', '>' or '!='")


def _exact(x: object) -> bool:
    return isinstance(x, (int, Fraction)) and not isinstance(x, bool)


def _mentions(
    what: str, e: Expr, names: Iterable[str], setting: Formulas, derivatives: bool = True
) -> None:
    """Only declared names, numbers, + * and whole powers; D and d/dx where derivatives make
    sense.
    """
    if not isinstance(e, Expr):
        raise BadInput(f"{what}: {e!r} is no expression; expected one built from the letters")
    known, partials = {*names}, {f"d/d{x.name}" for x in setting.letters}
    for node in e.walk():
        if node.head == "const" and node.args[0] not in known:
            raise BadInput(
                f"{what} mentions {node.args[0]!r}; expected one of:"
                f" {', '.join(known_in_order(names))}"
            )
        derivative = node.head == "D" or node.head in partials
        if derivative and not derivatives:
            raise BadInput(f"{what} contains a derivative; expected none there")
        if node.head == "D" and not setting.rates:
            raise BadInput(
                f"{what} contains D, and no letter has a rate; expected rates in the setting"
            )
        if node.head == "^" and not (
            node.args[1].head == "num" and node.args[1].args[0].denominator == 1
        ):
            raise BadInput(
                f"{what}: the exponent {words(node.args[1])}; expected a whole number: declare a"
                " Root or a Power instead"
            )
        if node.head == "^" and abs(node.args[1].args[0]) > LIMITS["power"]:
            raise BadInput(
                f"{what}: the exponent {node.args[1].args[0]}; expected {up_to('power')}"
            )
        if node.head not in ("num", "const", "+", "*", "^") and not derivative:
            raise BadInput(
                f"{what}: {node.head!r}; expected numbers, names, + - * / and whole powers, D or"
                " d/d of a letter"
            )


def known_in_order(names: Iterable[str]) -> list[str]:
    """Names without repetitions, in the order in which they occur first."""
    return list(dict.fromkeys(names))
