"""The kernel is asked for a certificate that was written: whether it accepts the bytes, and whether
what it states is the sentence of the claim: by its structure, and by its values at exact states.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from verify.claims.certified import Certified
from verify.exact.errors import NotGeneric
from verify.kernel.certificate import holds, verified
from verify.kernel.conclusions import conclusion, hypothesis
from verify.kernel.exact import Matrix, Value, identity, times, zeros
from verify.kernel.facts import Fact, Setting
from verify.kernel.limits import NotACertificate, Refused, Work
from verify.kernel.points import Point
from verify.kernel.rules import step
from verify.kernel.setting import setting
from verify.kernel.terms import Term, term_of
from verify.theories.steps.stated import Data, Fields, Stated
from verify.theories.written import text_of

ANOTHER = "it states another sentence than the claim"
NOTHING = "so it says nothing"  # the kernel, of an identity of both sides
OTHER_VALUES = "at an exact state its values are not those of the claim"
STATES = 3  # at which values are compared
#: of two sides, or of a quantity, its derivative and its rate; None: not computed
Values = Sequence[Value | None]


@dataclass(frozen=True)
class Here:
    """An exact state, and what the claim's own expressions are worth there, at indices. ``loose``:
    of the letters alone, which need not satisfy what is supposed. ``rates``: how a parameter moves
    there.
    """

    data: Data
    values: Callable[[Mapping[str, int]], Values]
    loose: bool = False
    rates: Callable[[str, Sequence[int]], Value | None] = lambda name, at: None


def first(wordings: Iterable[Callable[[], Certified]]) -> Certified:
    """Of the first wording of which the kernel does not find that it says nothing. Raises
    NotGeneric as that one does, or as the last.
    """
    gap = NotGeneric("there is no wording")
    for certified in wordings:
        try:
            return certified()
        except NotGeneric as why:
            if NOTHING not in str(why):
                raise
            gap = why
    raise gap


def proved(stated: Stated, write: Callable[[], Fields], instances: Iterable[Here]) -> Certified:
    """With the first of the instances at which the kernel finds that the sentence says something.
    Raises NotGeneric where no steps are found, or no exact state at which it does: (Q)' = 0 is
    0 = 0 wherever it is true.
    """
    Work.begin()
    try:
        body = write()
    except Refused as refused:
        raise NotGeneric(f"the kernel refuses: {refused}") from None
    found, states = None, iter(instances)
    for here in states:
        first, found = found is None, by_kernel({**body, "instance": here.data}, stated)
        sound = not (first and found.refusal) or without_point(body)
        if not found.refusal:
            return _compared(found, [here, *islice(states, STATES - 1)])
        if found.refusal == ANOTHER or not sound:
            return found
    raise NotGeneric(f"the kernel refuses: {found.refusal}" if found else "no exact state")


def refuted(stated: Stated, witnesses: Iterable[Here]) -> Certified:
    """The first of these points at which the kernel finds that the sentence fails. Raises
    NotGeneric where it finds none: it looks at values there, and not at what follows later.
    """
    why, states = "no witness", iter(witnesses)
    for here in states:
        found = by_kernel(stated.refuted(here.data), stated)
        if not found.refusal:
            return _compared(found, [here, *islice(states, STATES - 1)])
        if found.refusal == ANOTHER:
            return found
        why = found.refusal
    raise NotGeneric(f"the kernel refuses: {why}")


def without_point(body: Fields) -> bool:
    """Whether the kernel accepts all that does not depend on the instance, whatever work that was
    refused at one had left.
    """
    Work.begin()
    try:
        _read(body, True)
    except Refused:
        return False
    return True


def _read(body: Fields, proves: bool) -> tuple[Setting, Fact]:
    """All but the point. Raises Refused."""
    proof = setting(body["setting"])
    for x, given in body["assume"].items():
        proof.add(hypothesis(proof, x, given))
    for given in body["steps"]:
        step(proof, given)
    for x, given in body["conclude"].items():
        own = given if proves else {y: z for y, z in given.items() if y != "by"}
        found = conclusion(proof, x, own, proves)
    return proof, found


def _compared(found: Certified, states: Iterable[Here]) -> Certified:
    """Refused where a value differs, or a further state does not satisfy what is supposed. States
    at which the kernel has no value say nothing.
    """
    Work.begin()
    proof, stated = _read(found.body, False)
    assumed = proof.assumed()
    for here in states:
        try:
            point = Point(here.data, proof)
            given = here.loose or all(holds(point, f) for f in assumed)
            same = given and _same(point, proof, stated, here)
        except Refused:
            continue
        if not same:
            return Certified(found.body, found.text, refusal=OTHER_VALUES)
    return found


def _same(point: Point, proof: Setting, stated: Fact, here: Here) -> bool:
    for u, p in proof.rates.items():
        for env in point.places(u.indices):
            wanted = here.rates(u.name, [int(env[x]) for x in u.indices])
            if not _agree(point.value(term_of(p), env), wanted):
                return False
    for env in point.places(stated.indices):
        every = here.values({x.name: int(env[x]) for x in stated.indices})
        for term, value in zip(_terms(proof, stated), every, strict=True):
            if not _agree(point.value(term, env), value):
                return False
    return True


def _agree(found: Value, wanted: Value | None) -> bool:
    """What is not computed is not compared; a number is that multiple of the identity."""
    if isinstance(found, tuple) and isinstance(wanted, Fraction):
        wanted = times(wanted, identity(len(found))) if wanted else zeros(*_size(found))
    return wanted is None or found == wanted


def _size(x: Matrix) -> tuple[int, int]:
    return len(x), len(x[0])


def _terms(proof: Setting, stated: Fact) -> list[Term]:
    first, *more = stated.terms
    if stated.sides or stated.rule == "least":
        return [*stated.terms]
    assert proof.flow is not None
    return [first, Term("D", proof.flow.of(first.poly), [first]), *more]


def by_kernel(made: Fields, stated: Stated) -> Certified:
    """As the kernel reads it from its bytes; refused where it is about another sentence."""
    text = text_of(made)
    body: dict[str, Any] = json.loads(text)
    try:
        said = verified(text.encode())
    except (Refused, NotACertificate) as refused:
        return Certified(body, text, refusal=str(refused))
    if not stated.is_stated_by(body):
        return Certified(body, text, refusal=ANOTHER)
    return Certified(body, text, said, steps=_steps(body))


def _steps(body: Fields) -> int:
    """Conclusions are the last ones; a witness has none."""
    if "witness" in body:
        return 0
    return sum(len(x["of"]) if x["rule"] == "keep" else 1 for x in body["steps"]) + len(
        body["conclude"]
    )
