"""Sentences about formulas in the letters of a certificate: setting, terms, points.

A letter that is an exponent, or stands still while others move, is a constant; the others are
parameters. A divisor of several terms becomes a letter of its own, a name that is not 0; so does
what a hypothesis says to be positive, or not 0.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from verify.exact.errors import NotGeneric
from verify.kernel.load import WORDS
from verify.models.formulas import Exp, Let, Letter, Power, Root
from verify.terms.expr import Expr, num
from verify.theories.steps import roots, signs
from verify.theories.steps.exponents import exponent
from verify.theories.steps.stated import Fields
from verify.theories.towers.domain import along as of_solutions
from verify.theories.towers.keeping import made_of
from verify.theories.towers.place import Spot
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.signs import worked_out
from verify.theories.written import label

Data = object
DIVISORS, FACTORS = 8, 24


class Scalars:
    """A sentence's letters, as they are declared, and what is assumed of them. ``opaque``: its
    abbreviations are names, so that what is said of them is seen. ``factored``: so are sums that
    are multiplied, and they are not multiplied out.
    """

    def __init__(
        self,
        sentence: FormulaSentence,
        opaque: bool = False,
        refuting: bool = False,
        factored: bool = False,
    ) -> None:
        self.sentence, self.setting = sentence, sentence.setting
        self.opaque, self.refuting, self.factored = opaque, refuting, factored
        self.names: dict[str, str] = {}
        self.at: dict[str, list[Data]] = {}  # where a letter of the sentence stands
        self.letters, self.assume = Fields(), Fields()
        self.not_zero = set[str]()  # terms of which a hypothesis says so
        self.divisors = dict[str, str]()  # names of divisors and hypotheses, by their terms
        self.one_over: dict[str, str] = {}  # constants 1/L, by the name of L
        self.values: dict[str, Expr] = {}  # of letters that are no letters of the sentence
        stated = [*sentence.conclusion.expressions(), *(h.expr for h in sentence.assuming)]
        self.used = made_of(self.setting, [*stated, *self.setting.rates.values()])
        self._declared()
        self._hypotheses(lambda e: not e.constants() & {a.name for a in self.setting.atoms})
        self._atoms()
        self._hypotheses(lambda e: True)

    def _declared(self) -> None:
        """By their roles; those of several partial derivatives, or that move beside one: one."""
        rates, exponents = self.setting.rates, self._exponents()
        said = {h.expr.args[0]: h.sign for h in self.sentence.assuming if h.expr.head == "const"}
        every = [*self.sentence.conclusion.expressions(), *(a.of for a in self.setting.atoms)]
        along = {x.head[3:] for e in every for x in e.walk() if x.head.startswith("d/d")}
        moves = rates.keys() or along
        varies = {x.name for x in self.setting.letters if not moves or x.name in moves}
        if (varies & exponents and rates) or not along <= varies:
            raise NotGeneric("an exponent that moves, or a derivative by what stands still")
        several = [x for x in self.setting.letters if x.name in varies] if along else []
        if len(several) > 1:
            self._family(several)
        for x in self.setting.letters:
            if x.name not in self.at:
                own = self.names[x.name] = self._fresh(x.name)
                self.at[x.name] = ["at", own]
                role = "parameter" if x.name in varies - exponents else "constant"
                sign = {"sign": said[x.name]} if x.name in said and x.sign != ">" else _sign(x)
                if x.name in rates.keys() - self.used and of_solutions(self.sentence):
                    sign = {}  # however long it has that: nothing is said of it
                self.letters[own] = {"role": role, **sign}

    def _family(self, of: list[Letter]) -> None:
        if len({x.sign for x in of}) > 1:
            raise NotGeneric("partial derivatives by letters of different signs")
        runs = {"i": {"from": 1, "to": len(of)}}
        own = self._fresh(of[0].name.rstrip("0123456789") or "x")
        self.letters[own] = {"role": "parameter", "for": runs, **_sign(of[0])}
        for k, x in enumerate(of, 1):
            self.names[x.name], self.at[x.name] = own, ["at", own, k]

    def _exponents(self) -> set[str]:
        own = [a.exponent for a in self.setting.atoms if isinstance(a, Power)]
        roots = [*self.sentence.conclusion.expressions(), *(a.of for a in self.setting.atoms)]
        own += [y.args[1] for e in roots for y in e.walk() if y.head == "^"]
        return {x for e in own for x in e.constants()}

    def _fresh(self, name: str) -> str:
        found = label(name)[:24]
        taken = {*self.names.values(), *self.letters, *WORDS}
        return next(
            x for k in range(1, 99) if (x := found + (str(k) if k > 1 else "")) not in taken
        )

    def _atoms(self) -> None:
        """In their order; what nothing mentions is left out."""
        for a in self.setting.atoms:
            if a.name not in self.used:
                continue
            of = self.term(self._still(a.of))
            name = self.names[a.name] = self._fresh(a.name)
            if isinstance(a, Let):
                self.letters[name] = {"role": "name" if self.opaque else "let", "is": of}
            elif isinstance(a, Exp):
                self.letters[name] = {"role": "exp", "is": of}
            elif isinstance(a, Root):
                root = roots.Radical(self.sentence, a, self.letters, self.not_zero)
                sign = root.supposed(of, self.refuting, self._differentiated())
                if sign == ">":
                    of = ["at", self.named(of, sign)]
                elif sign:
                    of = ["at", self._equal("c1", of, a.of, sign=sign)]
                divides = self._differentiated() or root.divides(self.exponent)
                more = {"sign": ">"} if divides and root.positive(of, self.refuting) else {}
                self.letters[name] = {"role": "root", "degree": str(a.degree), "is": of, **more}
                self.values[name] = Expr("const", (a.name,))
            else:
                power = ["^", self.signed(of, ">"), self.exponent(a.exponent)]
                self.letters[name] = {"role": "let", "is": power}

    def term(self, e: Expr) -> Data:
        """An expression as a term. Raises NotGeneric for what the kernel has no operation for."""
        match e:
            case Expr("num", (x,)):
                return str(x)
            case Expr("const", (name,)):
                return self.at.get(name) or ["at", self.names[name]]
            case Expr("+", parts):
                return ["+", *map(self.term, parts)]
            case Expr("*", parts):
                return ["*", *map(self.multiplied, parts)]
            case Expr("^", (inner, power)):
                return self._power(inner, power)
            case Expr("D", (inner,)):
                return ["D", self.term(inner)]
            case Expr(head, (inner,)) if head.startswith("d/d"):
                return ["dd", self.at[head[3:]][1:], self.term(inner)]
        raise NotGeneric(f"{e.head}: no operation of the kernel")

    def multiplied(self, e: Expr) -> Data:
        """As a factor."""
        named = self.factored and e.head == "+"
        return ["at", self.named(self.term(e), "")] if named else self.term(e)

    def _power(self, inner: Expr, power: Expr) -> Data:
        e = self.exponent(power)
        if isinstance(e, str) and not e.startswith("-"):
            return ["^", self.multiplied(inner), e]
        match inner:
            case Expr("num", (x,)) if isinstance(e, str) and Fraction(e).denominator == 1:
                return str(Fraction(x) ** int(e))
            case Expr("*", parts):
                return ["*", *(self._power(x, power) for x in parts)]
            case Expr("^", (base, first)):
                return self._power(base, Expr("*", (first, power)))
            case Expr("const", (name,)):
                let = next((a for a in self.setting.atoms if a.name == name), None)
                if isinstance(let, Let):
                    return self._power(let.of, power)
                return ["^", self.signed(self.term(inner), "!="), e]
        if not isinstance(e, str):
            raise NotGeneric("such a power of a sum")
        return ["^", ["at", self.named(self.term(self._still(inner)), "!=")], e]

    def signed(self, of: Any, sign: str) -> Data:
        """What is the base of a power, or divides: a letter without a sign by a name with one."""
        own = self.letters[of[1]] if of[0] == "at" else {}
        plain = own.get("role") in ("parameter", "constant")
        known = not plain or own.get("sign") in (">", sign)
        return of if known else ["at", self.named(of, sign)]

    def named(self, of: Data, sign: str) -> str:
        """The name of a term, of which it is supposed that it has this sign, or none."""
        if repr(of) not in self.divisors:
            if len(self.divisors) == (FACTORS if self.factored else DIVISORS):
                raise NotGeneric(f"more than {DIVISORS} divisors of several terms")
            name = self.divisors[repr(of)] = self._fresh(f"d{len(self.divisors) + 1}")
            sign = ">" if sign and signs.positive(of, self.letters) else sign
            self.letters[name] = {"role": "name", "is": of, **({"sign": sign} if sign else {})}
        elif sign:
            self.letters[self.divisors[repr(of)]].setdefault("sign", sign)  # type: ignore[attr-defined]
        return self.divisors[repr(of)]

    def _hypotheses(self, ready: Callable[[Expr], bool]) -> None:
        """Each a name with a sign, unless it is about a single letter of one index or none."""
        for h in self.sentence.assuming:
            if (h.expr.head != "const" or len(self.at[h.expr.args[0]]) > 2) and ready(h.expr):
                term = self.term(self._still(h.expr))
                self.named(term, h.sign)
                self.not_zero |= {repr(term)} if h.sign in (">", "!=") else set()

    def _still(self, e: Expr) -> Expr:
        return worked_out(self.setting, e)

    def _differentiated(self) -> bool:
        every = [*self.sentence.conclusion.expressions(), *(a.of for a in self.setting.atoms)]
        return bool(self.setting.rates) or any(x.head[0] in "Dd" for e in every for x in e.walk())

    def exponent(self, e: Expr) -> Data:
        """A number, or multiples of constants and a number. Raises NotGeneric."""
        return exponent(e, self.names, self._one_over, self.one_over)

    def _one_over(self, name: str) -> str:
        """The constant 1/L, which an exponent can mention."""
        own = self.names[name]
        if own not in self.one_over:
            inverse = num(1) / Expr("const", (name,))
            self.one_over[own] = self._equal(own + "inv", ["^", ["at", own], "-1"], inverse)
        return self.one_over[own]

    def _equal(self, name: str, of: Data, value: Expr, **sign: Data) -> str:
        """A constant that is supposed to be this."""
        found = self._fresh(name)
        self.letters[found] = {"role": "constant", **sign}
        self.assume[found + "Is"] = {"time": "always", "eq": [["at", found], of]}
        self.values[found] = value
        return found

    def instance(self, spot: Spot) -> Fields:
        """The values of letters and roots. Raises Inexact, Outside."""
        found: dict[str, Data] = {}
        for x, v in spot.letters.items():
            if len(self.at[x]) > 2:
                found.setdefault(self.names[x], []).append(str(v))  # type: ignore[attr-defined]
            else:
                found[self.names[x]] = str(v)
        for name, declared in self.letters.items():
            if name in found:
                continue
            if declared["role"] in ("root", "constant"):
                value = spot.value(self.values[name])
                if value.factors:
                    raise NotGeneric("an instance with exponentials")
                found[name] = str(value.coefficient)
        return {"integers": {}, "sets": {}, "families": {}, "values": found}


def _sign(x: Letter) -> Fields:
    return {"sign": x.sign} if x.sign else {}
