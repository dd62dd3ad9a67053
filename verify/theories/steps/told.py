"""The steps of a certificate as mathematics: one line a step, with what it uses and at which
indices; the kernel's own readings of them, in words or in LaTeX.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from verify.kernel.affine import Index, Interval, single
from verify.kernel.conclusions import conclusion, hypothesis
from verify.kernel.facts import Fact
from verify.kernel.letters import Letter
from verify.kernel.limits import Work
from verify.kernel.names import placed
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, unit
from verify.kernel.rules import step
from verify.kernel.sentence import affine
from verify.kernel.setting import setting
from verify.kernel.terms import Term, letter_at, term_of
from verify.theories.steps.factors import Factors, multiplied, once
from verify.theories.steps.says import SAYS
from verify.theories.steps.spelled import Script
from verify.theories.steps.told_ends import APART, ending

Fields = Mapping[str, Any]
UNIT = unit(None)
ALONE = "the rules of computation alone"
#: whence the kernel has a fact that no step shows
OF = {"loss": "homogeneity", "root": "its definition", "name": "its definition"}


def told(body: Fields, latex: bool = False) -> list[str]:
    """Lines of text; the last one is the conclusion."""
    Work.begin()
    return list(_Telling(body, Script(latex)).lines())


class _Telling:
    """The certificate is read once more, and what the kernel makes of each step is written down."""

    def __init__(self, body: Fields, script: Script) -> None:
        self.body, self.script = body, script
        self.proof = setting(body["setting"])
        self.number = {"IH@": "the induction hypothesis"}

    def lines(self) -> Iterator[str]:
        moves = self.proof.rates
        if self.proof.flow is not None:
            given = "The objective gives" if self.proof.objective else "The motion is"
            where = f", where {self._fact(f)}" if (f := self.proof.fibre) else ""
            yield f"{given} {'; '.join(map(self._rate, moves))}{where}."
        yield from self._definitions()
        for name, given in self.body["assume"].items():
            self.proof.add(hypothesis(self.proof, name, given))
            time = " at the start" if given["time"] == "start" else ""
            yield f"Suppose {self._fact(self.proof.facts[name])}{time}."
        for number, given in enumerate(self.body["steps"], 1):
            said = self._step(given)
            rows = given["of"] if given["rule"] == "keep" else [given]
            self.number |= {row["name"]: f"step {number}" for row in rows if "name" in row}
            yield f"{number}. {said}."
        for name, given in self.body["conclude"].items():
            found = conclusion(self.proof, name, given, True)
            yield f"Hence {self._concluded(found, given)}."

    def _definitions(self) -> Iterator[str]:
        """Letters that stand for something."""
        s, script = self.proof, self.script
        for x in s.letters("constant", "free", "name"):
            if x.ends:
                at = " and ".join(script.letter(x, [a]) for a in x.ends)
                yield f"{at} are 0."
        for x in s.letters("root", "name", "exp", "log", "let"):
            own = term_of(letter_at(x, x.own())) if x.role != "let" else None
            run = [Index(x.indices[0].name, x.inner())] if x.ends else x.indices
            of, every = x.term, self._forall(run)
            if own is None or x.role in ("exp", "log"):
                head = "" if own is None else f"{x.role} of "
                yield f"{script.letter(x)} is {head}{script.term(of)}{every}."
                continue
            power = Term("^", own.poly, [own], at=[x.degree])
            left = own if x.role == "name" else power
            definite = "positive definite" if x.size else "positive"
            sign = {"!=": "not 0", ">": definite, ">=": "not negative"}.get(x.sign)
            more = f", where {script.letter(x)} is {sign}" if sign else ""
            yield f"Let {script.sides(left, '=', of)}{every}{more}."

    def _rate(self, u: Any) -> str:
        own = letter_at(u, u.own())
        flow = self.proof.flow
        assert flow is not None
        return self.script.rate(own, flow.of(own))

    def _fact(self, f: Fact) -> str:
        said = (
            self.script.sides(f.sides[0], f.relation, f.sides[1])
            if f.sides
            else self.script.equation(f.poly, f.relation)
        )
        return said + self._forall(f.indices)

    def _forall(self, indices: Sequence[Index]) -> str:
        return f" for all {self.script.ranges(indices)}" if indices else ""

    def _step(self, given: Fields) -> str:
        """What is shown, and why."""
        rows = given["of"] if given["rule"] == "keep" else [given]
        whys = [self._why(given["rule"], {**given, **row}) for row in rows]
        step(self.proof, given)  # type: ignore[arg-type]
        if given["rule"] == "rate" and "of" not in given:
            return f"Both sides of what lasts have the same derivative: {whys[0]}"
        if given["rule"] == "rate":
            y = self.proof.names[given["of"]]
            return f"{self.script.name(y)} is differentiable, by {whys[0]}"
        shown = [self._fact(self.proof.facts[row["name"]]) for row in rows]
        return "; and ".join(f"{a}: {b}" for a, b in zip(shown, whys, strict=True))

    def _why(self, rule: str, given: Fields) -> str:
        if rule == "rate":
            return self._named(given["use"])
        found = []
        for field, says in SAYS[rule].items():
            if field == "use":
                found.append(f"{says} {self._named(given['use'])}")
            elif not field:
                found.append(says)
            elif field in given:
                scope, known = self._within(rule, field, given)
                found.append(f"{says} {self._uses(given[field], scope, known)}")
        return ", ".join(found)

    def _named(self, name: str) -> str:
        return self._fact(self.proof.facts[name])

    def _within(self, rule: str, field: str, given: Fields) -> tuple[Scope, Mapping[str, Fact]]:
        """What names mean in the uses of a field, and what is known there."""
        facts = self.proof.facts
        if rule == "keep":
            return self.proof.scope(*facts[given["use"]].indices), facts
        indices, scope = self.proof.scope().bound(given, "for")  # type: ignore[arg-type]
        if rule == "hoelder" and field == "total-by":
            return self.proof.scope(), facts
        if rule in ("product-power", "between", "hoelder"):
            return self._each_layer(given, indices), facts
        if rule != "induct":
            return scope, facts
        (k,) = [x for x in indices if x.name == given["over"]]
        assert isinstance(k.kind, Interval)
        others = self.proof.scope(*(x for x in indices if x is not k))
        return (others, facts) if field == "base" else self._next(given, k, others, scope)

    def _next(
        self, given: Fields, k: Index, others: Scope, scope: Scope
    ) -> tuple[Scope, Mapping[str, Fact]]:
        down = "down" in given
        assert isinstance(k.kind, Interval)
        low, high = k.kind.low, k.kind.high
        new = Index(k.name, Interval(low, high.plus(-1)) if down else Interval(low.plus(1), high))
        left, right = scope.pair(given["eq"])
        p = (left.poly - right.poly).at({k: single(new).plus(1 if down else -1)})
        return others.under(new), {**self.proof.facts, "IH@": Fact("IH@", (), p, "INDUCT")}

    def _each_layer(self, given: Fields, indices: Sequence[Index]) -> Scope:
        """Under the layer that is multiplied, too."""
        _, run = self.proof.scope().letter(given["of"], "product").layers
        layer = Index(given["layer"], run)
        return self.proof.scope(*indices, layer)

    def _uses(self, given: Sequence[Fields], scope: Scope, known: Mapping[str, Fact]) -> str:
        """Each fact once at its indices, and by what it is multiplied, but for a sign."""
        found: dict[tuple[str, str, str], list[Factors]] = {}
        for x in given:
            what, factors, indices = self._use(x, scope, known)
            first = found.setdefault(what, [(*factors, indices)])[0][-1]
            if indices is not first:
                left, p, right = factors
                p = p.at({x: single(y) for x, y in zip(indices, first, strict=True)})
                found[what].append((left, p, right, first))
        every = [once(*what, multiplied(by, self.script)) for what, by in found.items()]
        return ", ".join(x for x in every if x) or ALONE

    def _use(
        self, use: Fields, scope: Scope, known: Mapping[str, Fact]
    ) -> tuple[tuple[str, str, str], tuple[Term | None, Poly, str], list[Index]]:
        """A fact at its indices, whence it is and how it is used; what it is multiplied by; the
        indices of its sum.
        """
        fact = known[use["use"]]
        indices, inner = scope.bound(use, "sum")  # type: ignore[arg-type]
        at = [inner.entry(a) for a in use.get("at", [])]
        p = fact.poly.at(placed(fact.indices, at))
        p = p.star("HCT".index(use["mark"]) + 1) if "mark" in use else p
        left = inner.term(use["left"]) if "left" in use else None
        right = self.script.term(inner.term(use["right"])) if "right" in use else ""
        places = zip(fact.indices, at, strict=True)
        moved = [self.script.instead(x, a) for x, a in places if affine(a) != x.name]
        whence = self._whence(use["use"])
        if whence and "its" not in whence and moved:
            whence += f" with {', '.join(moved)}"
        how = ["inside the trace"] if "tr" in use else []
        how += [f"summed over {self.script.ranges(indices)}"] if indices else []
        own = self.script.equation(p, fact.relation)
        factors = left, left.poly if left else UNIT, right
        return (own, whence, ", ".join(how)), factors, indices

    def _whence(self, name: str) -> str:
        """The step that shows it, or what the kernel has it from."""
        made = self.proof.names.get(name.removesuffix("@"))
        if name.endswith("@") and isinstance(made, Letter):
            return OF.get(made.role, "")
        return self.number.get(name, "")

    def _concluded(self, found: Fact, given: Fields) -> str:
        every, script = self._forall(found.indices), self.script
        why = self._uses(given["by"], self.proof.scope(*found.indices), self.proof.facts)
        if found.rule in ("equation", "inequality"):
            said = script.sides(found.terms[0], found.relation, found.terms[1])
            return f"{said}{every}, by {why}"
        if found.rule in APART:
            return ending(found, script, why)
        flow = self.proof.flow
        assert flow is not None
        change = flow.of(found.terms[0].poly)
        change = change * change if found.rule.endswith("squared") else change
        what, rate = script.term(found.terms[0]), script.poly(change)
        if found.rule == "conserved":
            zero = "" if rate in ("0", "\\(0\\)") else f", {rate},"
            return f"{what} is constant{every}: its derivative{zero} is 0 by {why}"
        does = "decays" if found.rule == "decay" else "keeps its sign"
        both = ("the square of its derivative", "its square")
        of, times = both if found.rule.endswith("squared") else ("its derivative", "itself")
        return (
            f"{what} {does}{every}: {of}, {rate}, is"
            f" {script.term(found.terms[1])} times {times}, by {why}"
        )
