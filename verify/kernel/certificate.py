"""One certificate from its frame to its sentence."""

from __future__ import annotations

from verify.kernel.affine import Symbol
from verify.kernel.conclusions import conclusion, hypothesis
from verify.kernel.facts import Rule, Setting, Stated
from verify.kernel.instance import fails, satisfied, says_something
from verify.kernel.limits import LIMITS, At, Refused, Work, need
from verify.kernel.load import Data, chosen, fields, items, load, name, objects
from verify.kernel.points import Point
from verify.kernel.rules import (
    between,
    constant,
    induct,
    keep,
    lin,
    peel,
    product_power,
    rate,
    root,
    squares,
    start,
)
from verify.kernel.sentence import sentence
from verify.kernel.setting import setting as declared

#: the closed list of rules: the fields that must stand there, those that may, what is done
RULES: dict[str, tuple[str, str, Rule]] = {
    "lin": ("name by", "for eq ge gt ne", lin),
    "keep": ("of", "", keep),
    "rate": ("use", "of", rate),
    "induct": ("name for over base step eq", "down", induct),
    "peel": ("name sum end", "for", peel),
    "constant": ("name what by", "for", constant),
    "start": ("name use", "", start),
    "squares": ("name ge squares by", "for", squares),
    "root": ("name eq power by", "for", root),
    "product-power": ("name of layer power const by", "for others", product_power),
    "between": ("name of layer power root bound side power-by by", "for start", between),
}


def verified(text: bytes) -> str:
    """The sentence that a certificate proves, or refutes; Refused or NotACertificate otherwise."""
    data = load(text)
    try:
        if "traced" in data:
            from verify.kernel.traced.read import traced

            return traced(data)
        return _verified(data)
    except Refused:
        raise
    except RecursionError:
        raise Refused("nested deeper than is read") from None
    except Exception as error:  # whatever is not understood is a refusal
        raise Refused(f"not understood ({type(error).__name__})") from None


def _verified(data: dict[str, Data]) -> str:
    Work.begin()
    Symbol.made = 0
    refuting = "witness" in data
    last = "witness" if refuting else "instance"
    fields(data, "format version setting assume steps conclude " + last)
    setting = declared(data["setting"])
    for x, given in objects(data["assume"]).items():
        setting.add(hypothesis(setting, x, given))
    steps = items(data["steps"])
    need(len(steps) <= LIMITS["declared"], "too many steps")
    need(not (refuting and steps), "a witness needs no steps")
    for given in steps:
        step(setting, given)
    stated = objects(data["conclude"]).items()
    found = [conclusion(setting, x, given, not refuting) for x, given in stated]
    need(found, "nothing is concluded")
    for f in setting.derived():
        need(f.used, f"the step {f.name} is used nowhere")
    point = Point(data[last], setting)
    satisfied(point)
    for f in found:
        fails(point, f) if refuting else says_something(point, f)
    return sentence(point, found, refuting)


def step(setting: Setting, data: Data) -> None:
    """One step: a rule of the list, which adds facts, or a rate."""
    rule, given = chosen(data, "rule", RULES)
    called = name(given["name"]) if "name" in given else ""
    with At(f"{rule} {called}"):
        for fact in RULES[rule][2](Stated(setting, given, called, rule.upper())):
            setting.add(fact)
