"""The steps of a proof as a reader follows them, one line each, in the kernel's own words."""

from __future__ import annotations

from typing import Any

from verify.kernel.affine import symbols
from verify.kernel.ring import Poly
from verify.kernel.sentence import fact as said_fact
from verify.kernel.sentence import forall, kind, letter, said
from verify.kernel.terms import Term, term_of
from verify.theories.declared.elaborate import Elaborated, elaborate
from verify.theories.declared.sentence import DeclaredSentence
from verify.theories.found import Gap, Nothing


def reason(found: Elaborated) -> str:
    """How a conclusion was shown, in one line."""
    used = list(dict.fromkeys(use_name(x["use"], found) for x in closing(found)))
    kept = [r["use"] for s in found.steps if s["rule"] == "keep" for r in s["of"]]
    more = f"; what holds at the start lasts: {', '.join(kept)}" if kept else ""
    rates = "with the rates put in, " if found.proof.rates else ""
    used += ["squares, and what is visibly >= 0"] if squares(found) else []
    if not used:
        return f"{rates}all terms cancel exactly{more}"
    return f"{rates}what remains is a combination of {', '.join(used)}{more}"


def squares(found: Elaborated) -> list[dict[str, Any]]:
    """The steps that add squares to what is used, of which the conclusion is the only one."""
    return [s for s in found.steps if s["rule"] == "squares"]


def closing(found: Elaborated) -> list[dict[str, Any]]:
    """What closes the conclusion: its uses, or those of the sum of squares that it is."""
    own: list[dict[str, Any]] = [u for s in squares(found) for u in s["by"]]
    return own if squares(found) else found.stated["by"]


def use_name(name: str, found: Elaborated) -> str:
    """A fact as the author calls it; of the kernel's own the letter that it is about."""
    kept = {r["name"]: r["use"] for s in found.steps if s["rule"] == "keep" for r in s["of"]}
    return str(kept.get(name, name)).removesuffix("@")


def steps(sentence: DeclaredSentence) -> list[str]:
    """Rates, what is kept, the derivative of each summand, and what closes them."""
    try:
        found = elaborate(sentence)
    except Nothing as why:
        return [f"VACUOUS: {why}"]
    if isinstance(found, Gap):
        return [f"no steps: {found.reason}"]
    lines = Lines(sentence, found)
    told = [*lines.rates(), *lines.kept(), *lines.concluded(), *_used(found)]
    return [*told, f"holds for {sentence.reach()}"]


class Lines:
    """What the kernel has computed, with the author's names for indices that are summed over."""

    def __init__(self, sentence: DeclaredSentence, found: Elaborated) -> None:
        self.found, self.names = found, dict[str, list[str]]()
        for i in (*sentence.setting.indices(), *sentence.more):
            mine = self.names.setdefault(i.kind, [])
            mine += [str(i)] * (str(i) not in mine)

    def said(self, p: Poly) -> str:
        """A polynomial."""
        t = term_of(p)
        self._named(t, frozenset(x.name for m in p.terms for x in symbols(m)))
        return said(t)

    def _named(self, t: Term, taken: frozenset[str]) -> None:
        if t.op == "sum":
            known = self.names.get(kind(t.head.kind), ["i"])
            more = (f"{x}{n}" for n in range(2, 99) for x in known)
            t.head.name = next(x for x in (*known, *more) if x not in taken)
            taken |= {t.head.name}
        for x in t.parts:
            self._named(x, taken)

    def rates(self) -> list[str]:
        """Of the parameters, or what they are after a step."""
        s, lines = self.found.proof, []
        for u, p in s.rates.items():
            own = letter(u, u.own())
            step = f"after one step {own} is {own} + {self.said(p)}"
            lines.append(f"d/dt {own} = {self.said(p)}" if s.gain is None else step)
        return lines

    def kept(self) -> list[str]:
        """What holds at the start and lasts, and why."""
        lines = []
        for row in (r for s in self.found.steps if s["rule"] == "keep" for r in s["of"]):
            names = ", ".join(dict.fromkeys(use_name(u["use"], self.found) for u in row["by"]))
            why = f"a combination of {names}" if names else "0"
            stated = said_fact(self.found.proof.facts[row["use"]])
            lines.append(f"{stated}, and so always: its derivative is {why}")
        return lines

    def concluded(self) -> list[str]:
        """The derivative of each summand, or both sides."""
        c, flow = self.found.found, self.found.proof.flow
        if c.rule in ("equation", "inequality"):
            sides = [f"{said(x)} = {self.said(x.poly)}" for x in c.terms]
            return [forall(c.indices) + sides[0], *sides[1:]]
        assert flow is not None
        parts = c.terms[0].parts if c.terms[0].op == "+" else [c.terms[0]]
        lines = [f"d/dt({said(x)}) = {self.said(flow.of(x.poly))}" for x in parts]
        if c.rule == "decay":
            lines.append(f"and {said(c.terms[1])} times the quantity is subtracted")
        return [forall(c.indices) + lines[0], *lines[1:]]


def _used(found: Elaborated) -> list[str]:
    if not found.stated["by"]:
        return ["all terms cancel"]
    lines = []
    for use in closing(found):
        fact = found.proof.facts[use["use"]]
        lines.append(f"{_through(use)} {use_name(use['use'], found)}: {said_fact(fact)}")
    if squares(found):
        return [*dict.fromkeys(lines), *_squares(found), "with these all terms cancel"]
    return [*dict.fromkeys(lines), "with these all terms cancel"]


def _squares(found: Elaborated) -> list[str]:
    """What is added as factor times square, as the kernel reads it."""
    lines = []
    for row in (row for s in squares(found) for row in s["squares"]):
        outer = found.proof.scope(*found.found.indices)
        _, inner = outer.bound(row, "sum")
        factor, x = (said(inner.term(row.get(y, "1"))) for y in ("c", "x"))
        parts = [factor] * (factor != "1" or x == "1") + [f"({x})^2"] * (x != "1")
        over = f", summed over {', '.join(map(str, row['sum'].values()))}" if "sum" in row else ""
        lines.append(f"and {' '.join(parts)} >= 0{over}")
    return lines


def _through(use: dict[str, Any]) -> str:
    runs = [x if isinstance(x, str) else "a range" for x in use.get("sum", {}).values()]
    return f"summed over {', '.join(runs)}, by" if runs else "by"
