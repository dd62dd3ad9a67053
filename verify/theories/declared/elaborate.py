"""The steps of a sentence: what holds at the start and lasts, then uses that close the conclusion.

Everything here is a search. What it writes down is read again, from its bytes, by the kernel.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from verify.kernel.affine import Symbol
from verify.kernel.conclusions import conclusion, hypothesis
from verify.kernel.facts import Fact, Setting
from verify.kernel.limits import Refused, Work
from verify.kernel.rules import step
from verify.kernel.setting import setting as read
from verify.theories.declared.bounding import Search
from verify.theories.declared.closing import close
from verify.theories.declared.sentence import FRAME, DeclaredSentence
from verify.theories.found import Gap, Nothing
from verify.theories.written import needed

Begin = Callable[[DeclaredSentence], Setting]
NOTHING = ("says nothing", "a rate 0")


@dataclass(frozen=True)
class Elaborated:
    """``stated`` is the conclusion with its uses; ``proof`` and ``found`` are what the kernel made
    of all this.
    """

    steps: tuple[Any, ...]
    stated: dict[str, Any]
    proof: Setting = field(repr=False)
    found: Fact = field(repr=False)


def begun(sentence: DeclaredSentence) -> Setting:
    """Setting and hypotheses as the kernel reads them. Raises Nothing where nothing moves."""
    Work.begin()
    Symbol.made = 0  # as the kernel begins: the order of uses does not depend on what ran before
    proof = read(sentence.given())
    for name, given in sentence.assume().items():
        proof.add(hypothesis(proof, name, given))
    rates = proof.rates
    if rates and not any(p.terms for p in rates.values()):
        raise Nothing("nothing moves: every rate is 0")
    return proof


def concluded(proof: Setting, sentence: DeclaredSentence) -> Fact:
    """The obligation. Raises Nothing where the kernel says that there is none, and Refused."""
    try:
        return conclusion(proof, sentence.name, sentence.stated(), False)
    except Refused as why:
        if any(x in str(why) for x in NOTHING):
            raise Nothing(str(why)) from None
        raise


def elaborate(sentence: DeclaredSentence, begin: Begin = begun) -> Elaborated | Gap:
    """Steps that the kernel closes, or what is left over. ``begin`` begins anew; it may keep what
    it returns, as facts that are added here are not among its own.
    """
    try:
        proof = copy(begin(sentence))
        proof.facts = {**proof.facts}
        steps = _kept(proof)
        found = concluded(proof, sentence)
        if found.relation == ">=":
            more, by, left = _bounded(proof, sentence, found)
        else:
            by, rest = close(found.poly, proof, found.indices)
            more, left = [], len(rest.terms)
    except Refused as why:
        return Gap(f"the kernel does not go on: {why}")
    if left:
        return Gap(f"{left} terms are left over: no steps were found")
    stated = {**sentence.stated(), "by": by}
    wanted = [u for s in more for u in s["by"]] + by
    kept = [_pruned(made, wanted) for made in needed(steps, wanted)]
    return Elaborated((*kept, *more), stated, proof, found)


def _bounded(
    proof: Setting, sentence: DeclaredSentence, found: Fact
) -> tuple[list[Any], list[Any], int]:
    """SQUARES where hypotheses alone do not do; (steps, uses, how many terms are left)."""
    sum_of = Search(proof, found.indices).of(found.poly)
    Work.begin()
    if sum_of is None:
        return [], [], len(found.poly.terms)
    if not sum_of.squares:
        return [], list(sum_of.by), 0
    name = next(x for k in range(1, 1000) if (x := f"bound{k}") not in proof.facts)
    stated = sentence.stated()
    over = {"for": stated["for"]} if "for" in stated else {}
    made = {"rule": "squares", "name": name, **over, "ge": stated["ge"]}
    made |= {"squares": list(sum_of.squares), "by": list(sum_of.by)}
    step(proof, made)  # type: ignore[arg-type]
    at = {"at": list(over["for"])} if over else {}
    return [made], [{"use": name, **at}], 0


def _pruned(made: Any, by: list[Any]) -> Any:
    """KEEP of the relations that are used, and of those that these need."""
    rows = {row["use"]: row for row in made["of"]}
    names = {row["name"]: use for use, row in rows.items()}
    left, wanted = [names[u["use"]] for u in by if u["use"] in names], dict[str, Any]()
    while left:
        use = left.pop()
        if use not in wanted:
            wanted[use] = rows[use]
            left += [u["use"] for u in rows[use]["by"] if u["use"] in rows]
    return {**made, "of": [row for use, row in rows.items() if use in wanted]}


def _kept(proof: Setting) -> list[dict[str, Any]]:
    """One KEEP of the start equations whose derivatives close by always facts and one another."""
    flow = proof.flow
    at_start = {n: f for n, f in proof.facts.items() if f.time == "start" and f.relation == "="}
    while flow is not None and at_start:
        rows = {n: _row(proof, n, f, tuple(at_start)) for n, f in at_start.items()}
        lasting = {n: at_start[n] for n, row in rows.items() if row is not None}
        if len(lasting) == len(at_start):
            made = {"rule": "keep", "of": [row for row in rows.values() if row is not None]}
            step(proof, made)  # type: ignore[arg-type]
            return [made]
        at_start = lasting
    return []


def _row(proof: Setting, name: str, fact: Fact, start: tuple[str, ...]) -> dict[str, Any] | None:
    assert proof.flow is not None
    try:
        change = proof.flow.of(fact.poly)
        by, rest = close(change, proof, fact.indices, start)
    except Refused:
        return None
    free = (f"kept{k}" for k in range(1, 1000))
    number = list(start).index(name)
    new = [x for x in free if x not in proof.facts]
    return None if rest.terms else {"use": name, "name": new[number], "by": by}


def body(sentence: DeclaredSentence, of: list[Elaborated], names: list[str]) -> dict[str, Any]:
    """Everything of a certificate but its point."""
    steps: list[Any] = []
    stated = list[Any]()
    for x in of:
        made, said = _apart(x, steps)
        steps += [s for s in made if s not in steps]
        stated.append(said)
    return {
        **FRAME,
        "setting": sentence.given(),
        "assume": sentence.assume(),
        "steps": steps,
        "conclude": dict(zip(names, stated, strict=True)),
    }


def _apart(x: Elaborated, steps: list[Any]) -> tuple[list[Any], Any]:
    """Its steps and what they conclude, no sum of squares under the name of another one."""
    taken = {s.get("name") for s in steps if s not in x.steps}
    free = (n for k in range(1, 1000) if (n := f"bound{k}") not in {*taken, *x.proof.facts})
    twice = [s["name"] for s in x.steps if s["rule"] == "squares" and s["name"] in taken]
    names = {name: next(free) for name in twice}
    made = [{**s, "name": names[s["name"]]} if s.get("name") in names else s for s in x.steps]
    by = [{**u, "use": names.get(u["use"], u["use"])} for u in x.stated["by"]]
    return made, {**x.stated, "by": by}
