"""One exact state of a sentence in declared letters, as it is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from verify.exact.exhibit import Exhibit
from verify.kernel.affine import Affine, Index, Symbol, number
from verify.kernel.certificate import satisfied, says_something
from verify.kernel.exact import Value, true, vanishes
from verify.kernel.facts import Fact, Setting
from verify.kernel.limits import Refused, Work
from verify.kernel.points import Env, Point
from verify.kernel.terms import term_of
from verify.spelling.alphabet import LATEX
from verify.spelling.tex import inline
from verify.terms.expr import dot
from verify.terms.words import latex, words
from verify.theories.declared.sentence import DeclaredSentence


@dataclass(frozen=True, repr=False)
class State(Exhibit):
    """``given`` is a point as certificates write it; ``fails`` what it refutes, and how."""

    given: str
    refutes: str = ""
    fails: str = ""
    tex: str = ""

    @property
    def point(self) -> dict[str, Any]:
        """The point, for a certificate."""
        found: dict[str, Any] = json.loads(self.given)
        return found

    def text(self) -> str:
        p = self.point
        sizes = [f"{x} = {n}" for x, n in p["integers"].items()]
        sizes += [f"|{x}| = {n}" for x, n in p["sets"].items()]
        values = [f"{x} = {written(v)}" for x, v in p["values"].items()]
        return ", ".join([*sizes, *values]) + (f": {self.fails}" if self.fails else "")

    def latex(self) -> str:
        p = self.point
        sizes = [f"{LATEX.constant(x)} = {n}" for x, n in p["integers"].items()]
        sizes += [f"|{LATEX.constant(x)}| = {n}" for x, n in p["sets"].items()]
        values = [f"{LATEX.constant(x)} = {written(v)}" for x, v in p["values"].items()]
        where = ", ".join(inline(x) for x in (*sizes, *values))
        return f"{where}: {inline(self.tex)}" if self.tex else where

    def data(self) -> dict[str, Any]:
        found = self.point
        if self.refutes:
            found |= {"refutes": self.refutes, "fails": self.fails}
        return {**found, "arithmetic": "exact"}


def written(x: Any) -> str:
    """Nested lists of numbers."""
    return "[" + ", ".join(map(written, x)) + "]" if isinstance(x, list) else str(x)


def state(data: dict[str, Any], *failed: str) -> State:
    """A state of a point, whose order of fields stays; of a witness what it refutes, how it fails
    in words and in LaTeX.
    """
    return State(json.dumps(data), *failed)


def sizes_of(data: dict[str, Any]) -> str:
    """Of a point: its integers, and how many elements its sets have."""
    return json.dumps([data["integers"], data["sets"]])


def moving(proof: Setting, point: Point) -> bool:
    """Some rate is not 0 there; always so where nothing is to move."""
    rates = proof.rates
    return not rates or any(
        not vanishes(point.value(term_of(p), env))
        for u, p in rates.items()
        for env in point.places(u.indices)
    )


def certainly_moves(proof: Setting, here: State) -> bool:
    """Some rate is certainly not 0 there; where that is not rational, nothing is certain."""
    Work.begin()
    try:
        return moving(proof, Point(here.point, proof))
    except Refused:
        return False


def unfit(proof: Setting, found: Fact, here: State) -> str:
    """Why the kernel will not have it as an instance, asked before it reads a certificate."""
    Work.begin()
    try:
        point = Point(here.point, proof)
        satisfied(point)
        says_something(point, found)
    except Refused as why:
        return str(why)
    return ""


def says_nothing(proof: Setting, found: Fact, here: State) -> bool:
    """Whether the subject of a law is 0 at every state with the sizes of this one, as u_l^2 - u_m^2
    is with one layer.
    """
    subject = found.terms[0]
    if found.rule != "conserved" or subject.any("sum"):
        return False
    try:
        places = Point(here.point, proof).places(found.indices)
        return not any(subject.poly.at(_numbers(found.indices, env)).terms for env in places)
    except Refused:
        return False


def _numbers(indices: Sequence[Index], env: Env) -> dict[Symbol, Affine]:
    return {x: number(int(env[x])) for x in indices}


def value_of(found: Fact, point: Point) -> tuple[Env, Value] | None:
    """The first values of the indices at which a conclusion fails, and what should be 0 or >= 0
    there.
    """
    of = term_of(found.poly)
    for env in point.places(found.indices):
        value = point.value(of, env)
        if not vanishes(value) if isinstance(value, tuple) else not true(value, found.relation):
            return env, value
    return None


def failure(sentence: DeclaredSentence, env: Any, value: Value, tex: bool = False) -> str:
    """What was evaluated, where, and its value."""
    c, said = sentence.conclusion, latex if tex else words
    first, *more = c.expressions()
    if c.kind == "conserved":
        gap = dot(first)
    elif c.kind == "linear-law":
        gap = dot(first) - more[0] * first
    else:
        gap = first - more[0] if c.kind == "equation" else more[0] - first
    at = [f"{i} = {env[x]}" for x in env for i in sentence.free() if x.name == i]
    shown = written([[str(x) for x in r] for r in value] if isinstance(value, tuple) else value)
    if tex:
        where = f"\\quad ({', '.join(at)})" if at else ""
        return f"{said(gap)} = {shown}{where}"
    return f"{said(gap)} = {shown}{' at ' + ', '.join(at) if at else ''} (exact)"
