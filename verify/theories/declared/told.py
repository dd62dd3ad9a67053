"""The steps of a proof as a reader follows them, one line each, in the kernel's own words."""

from __future__ import annotations

from typing import Any

from verify.kernel.ring import Poly
from verify.kernel.spoken import fact as said_fact
from verify.kernel.spoken import forall, letter, said
from verify.kernel.terms import Term, term_of
from verify.theories.declared.elaborate import Elaborated, elaborate
from verify.theories.declared.sentence import DeclaredSentence
from verify.theories.found import Gap, Nothing


def reason(found: Elaborated) -> str:
    """How a conclusion was shown, in one line."""
    used = list(dict.fromkeys(use_name(x["use"]) for x in found.stated["by"]))
    kept = [r["use"] for s in found.steps if s["rule"] == "keep" for r in s["of"]]
    more = f"; what holds at the start lasts: {', '.join(kept)}" if kept else ""
    if not used:
        return "with the rates put in, all terms cancel exactly" + more
    return f"with the rates put in, what remains is a multiple of {', '.join(used)}" + more


def use_name(name: str) -> str:
    """A fact as the author calls it."""
    return name.removesuffix("Kept").removesuffix("@")


def steps(sentence: DeclaredSentence) -> list[str]:
    """Rates, what is kept, the derivative of each summand, and what closes them."""
    try:
        found = elaborate(sentence)
    except Nothing as why:
        return [f"VACUOUS: {why}"]
    if isinstance(found, Gap):
        return [f"no steps: {found.reason}"]
    lines = [*_rates(found), *_kept(found), *_concluded(found), *_used(found)]
    return [*(x.replace("@", "i") for x in lines), f"holds for {sentence.reach()}"]


def _rates(found: Elaborated) -> list[str]:
    s = found.proof.setting
    if s.gain is not None:
        return [
            f"one step: next({letter(u, u.own())}) = {letter(u, u.own())} + {said(term_of(p))}"
            for u, p in s.rates.items()
        ]
    return [f"d/dt {letter(u, u.own())} = {said(term_of(p))}" for u, p in s.rates.items()]


def _kept(found: Elaborated) -> list[str]:
    rows = [row for s in found.steps if s["rule"] == "keep" for row in s["of"]]
    lines = []
    for row in rows:
        fact = found.proof.facts[row["use"]]
        names = ", ".join(dict.fromkeys(use_name(u["use"]) for u in row["by"]))
        why = f"its derivative is a multiple of {names}" if names else "its derivative is 0"
        lines.append(f"{said_fact(fact)}, hence always: {why}")
    return lines


def _concluded(found: Elaborated) -> list[str]:
    c, flow = found.found, found.proof.setting.flow
    if c.kind in ("equation", "inequality"):
        return [f"{forall(c.indices)}left - right = {said(_of(c.obligation))}"]
    assert flow is not None
    what = c.terms[0]
    parts = what.parts if what.op == "+" else [what]
    lines = [f"d/dt({said(x)}) = {said(_of(flow.of(x.poly)))}" for x in parts]
    if c.kind == "decay":
        lines.append(f"from which ({said(c.terms[1])}) times the quantity is subtracted")
    return [forall(c.indices) + lines[0], *lines[1:]]


def _of(p: Poly) -> Term:
    return term_of(p)


def _used(found: Elaborated) -> list[str]:
    if not found.stated["by"]:
        return ["all terms cancel"]
    lines = []
    for use in found.stated["by"]:
        fact = found.proof.facts[use["use"]]
        lines.append(f"{_through(use)} {use_name(use['use'])}: {said_fact(fact)}")
    return [*dict.fromkeys(lines), "with these all terms cancel"]


def _through(use: dict[str, Any]) -> str:
    return f"summed over {', '.join(use['sum'])}, by" if "sum" in use else "by"
