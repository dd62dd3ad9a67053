"""Certificates with steps for the two bounds of the quasi-norm: by the spreads of the layers in
each coordinate, which stay, and by the product of the layers' norms (HOELDER).

What is largest or smallest of the layers, and their norms at the start, are constants: hypotheses
say of what. With the spreads at the start comes that differences of layers are conserved.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from verify.claims.conclusions.inequality import shape_of
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.kernel.ring import Poly
from verify.theories.closing import Finder, Rewrite, Use
from verify.theories.steps import networks, rewriting
from verify.theories.steps.forms import LAYERS, Data, Forms
from verify.theories.steps.networks import EACH, PAIR, square
from verify.theories.steps.stated import Fields, Stated
from verify.theories.steps.writer import Writer
from verify.theories.written import label

EVERY: Fields = {"i": "coord"}
SPREADS: Data = ["sum", "i", "coord", ["+", ["at", "hi", "i"], ["*", "-1", ["at", "lo", "i"]]]]
QUASI: Data = ["sum", "i", "coord", ["at", "q", "i"]]
NORM: Data = ["sum", "i", "coord", square("l", "i")]
LAYER: Fields = {"l": LAYERS}
BEGUN: Data = ["start", square("l", "i")]
MEAN: Fields = {"of": "w", "layer": "l", "power": "2", "for_": EVERY}
#: of each rule the letters that it declares besides, and what is supposed of them
LETTERS: dict[str, Fields] = {
    "GEOMETRIC_MEAN_BETWEEN": {
        "hi": {"role": "constant", "for": EVERY},
        "lo": {"role": "constant", "for": EVERY},
    },
    "HOLDER": {
        "norm": {"role": "constant", "for": LAYER, "sign": ">="},
        "norms": {"role": "product", "of": "norm", "others": "rest"},
        "total": {"role": "name", "is": QUASI},
    },
}
SUPPOSED: dict[str, Fields] = {
    "GEOMETRIC_MEAN_BETWEEN": {
        "max": {"time": "always", "for": EACH, "ge": [["at", "hi", "i"], BEGUN]},
        "min": {"time": "always", "for": EACH, "ge": [BEGUN, ["at", "lo", "i"]]},
    },
    "HOLDER": {
        "begin": {"time": "always", "for": LAYER, "eq": [["at", "norm", "l"], ["start", NORM]]},
    },
}


def _minus(x: Data, y: Data) -> Data:
    return ["+", x, ["*", "-1", y]]


def stated(sentence: Sentence, refuting: bool) -> Stated:
    """A bound of one of the two shapes in the frame of a certificate. Raises NotGeneric."""
    found = shape_of(sentence.conclusion)
    if found is None or refuting:
        raise NotGeneric("a bound of another shape, or what fails later on: not written yet")
    rule, c = found
    own, assume = networks.setting(sentence, Forms()), networks.supposed(sentence)
    if own["letters"].keys() & {*LETTERS[rule], "rest"}:
        raise NotGeneric("a constant called like a letter: not written yet")
    own["letters"] |= LETTERS[rule]
    bound = ["at", "norms"] if rule == "HOLDER" else SPREADS
    bound = bound if c == 1 else ["*", str(c), bound]
    at_most: Fields = {"kind": "inequality", "ge": [bound, ["^", ["at", "total"], "L"]]}
    beside: Fields = {}
    if rule != "HOLDER":
        at_most["ge"][1] = _minus(QUASI, ["start", QUASI])
        falls = [bound, _minus(["start", QUASI], QUASI)]
        spread = _minus(square("l", "i"), square("m", "i"))
        beside = {
            "spread": {"kind": "conserved", "for": PAIR, "what": spread},
            "falls": {"kind": "inequality", "ge": falls},
        }
    return Stated(own, {**assume, **SUPPOSED[rule]}, label(sentence.name), at_most, beside)


class Bounds(Writer):
    """What lies between bounds, or below a product, and what is conserved."""

    def __init__(self, sentence: Sentence, stated: Stated) -> None:
        super().__init__(stated)
        self.rule, self.factor = shape_of(sentence.conclusion) or ("", Fraction(1))
        self.uses: dict[str, list[Use]] = {}
        self.rules = [Rewrite("w@", rewriting.product)]
        self.rules += [Rewrite("J@", rewriting.euler)] if sentence.homogeneous else []

    def finders(self) -> Sequence[Finder]:
        return self.rules

    def visible(self) -> Data:
        more = str(self.factor - 1)
        return ["*", more, ["at", "norms"]] if self.rule == "HOLDER" and more != "0" else "0"

    def prepared(self) -> None:
        if self.rule == "HOLDER":
            self._below_a_product()
        else:
            self._between()

    def _concluded(self, name: str, given: Fields) -> list[Use]:
        self.used = self.uses.get(name, [])
        return super()._concluded(name, given)

    def help(self) -> Sequence[Use]:
        return self.used

    def _constant(self, name: str, run: Fields, what: Data) -> None:
        over: Fields = {"for": run} if run else {}
        indices, scope = self.proof.scope().bound(over, "for")
        change: Poly = self._flow().of(scope.term(what).poly)
        by: Any = self.closed(change, tuple(indices), self.rules)
        self.step(rule="constant", name=name, **over, what=what, by=by)

    def _below_a_product(self) -> None:
        self._constant("kept", LAYER, NORM)
        at: Fields = {"at": ["l"]}
        self.step(
            rule="hoelder", name="product", **MEAN, root=["at", "q", "i"], bound="norms",
            total=["at", "total"], power_by=[{"use": "q@", "at": ["i"]}],
            total_by=[{"use": "total@"}],
            by=[{"use": "begin", **at}, {"use": "kept", "left": "-1", **at}],
        )  # fmt: skip
        self.uses = {self.stated.name: [{"use": "product"}]}

    def _between(self) -> None:
        moved = _minus(square(1, "i"), ["start", square(1, "i")])
        each: Fields = {"at": ["l", "i"]}
        self._constant("differ", EACH, _minus(square("l", "i"), square(1, "i")))
        self._constant("first", {}, ["sum", "i", "coord", square(1, "i")])
        high, low = ["+", moved, ["at", "hi", "i"]], ["+", moved, ["at", "lo", "i"]]
        for name, sides, use, sign in (
            ("above", [high, square("l", "i")], "max", {"left": "-1"}),
            ("below", [square("l", "i"), low], "min", {}),
        ):
            each_by = [{"use": use, **each}, {"use": "differ", **sign, **each}]
            self.step(rule="lin", name=name, for_=EACH, ge=sides, by=each_by)
        self.step(rule="start", name="begun", use="q@")
        now, then = ["at", "q", "i"], ["start", ["at", "q", "i"]]
        for name, root, bound, side, power, by, begun in (
            ("nowAbove", now, high, "<=", "q@", "above", {}),
            ("nowBelow", now, low, ">=", "q@", "below", {}),
            ("thenAbove", then, ["at", "hi", "i"], "<=", "begun", "max", {"start": True}),
            ("thenBelow", then, ["at", "lo", "i"], ">=", "begun", "min", {"start": True}),
        ):
            self.step(
                rule="between", name=name, **MEAN, root=root, bound=bound, side=side, **begun,
                power_by=[{"use": power, "at": ["i"]}], by=[{"use": by, **each}],
            )  # fmt: skip
        self.uses = {
            self.stated.name: self._sums("nowAbove", "thenBelow", "-1"),
            "falls": self._sums("nowBelow", "thenAbove", "1"),
        }

    def _sums(self, first: str, second: str, sign: str) -> list[Use]:
        summed: Fields = {"at": ["i"], "sum": EVERY}
        found: list[Use] = [{"use": x, **summed} for x in (first, second)]
        found.append({"use": "first", **({"left": sign} if sign != "1" else {})})
        if self.factor != 1:
            more = {"at": [1, "i"], "left": str(self.factor - 1), "sum": EVERY}
            found += [{"use": x, **more} for x in ("max", "min")]
        return found
