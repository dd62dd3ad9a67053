"""The kernel is asked for a certificate that was written: whether it accepts the bytes, and whether
what it states is the sentence of the claim.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from verify.claims.certified import Certified
from verify.exact.errors import NotGeneric
from verify.kernel.certificate import step, verified
from verify.kernel.conclusions import conclusion, hypothesis
from verify.kernel.flows import add
from verify.kernel.limits import NotACertificate, Refused, Work
from verify.kernel.setting import setting
from verify.kernel.sums import Proof
from verify.theories.steps.stated import Data, Fields, Stated
from verify.theories.steps.written import text_of

ANOTHER = "it states another sentence than the claim"


def proved(stated: Stated, write: Callable[[], Fields], instances: Iterable[Data]) -> Certified:
    """With the first of the instances at which the kernel finds that the sentence says something.
    Raises NotGeneric where no steps are found, or no exact state at which it does: (Q)' = 0 is
    0 = 0 wherever it is true.
    """
    Work.begin()
    try:
        body = write()
    except Refused as refused:
        raise NotGeneric(f"the kernel refuses: {refused}") from None
    found = None
    for here in instances:
        first, found = found is None, by_kernel({**body, "instance": here}, stated)
        sound = not (first and found.refusal) or _without_point(body)
        if found.refusal in ("", ANOTHER) or not sound:
            return found
    raise NotGeneric(f"the kernel refuses: {found.refusal}" if found else "no exact state")


def refuted(stated: Stated, witnesses: Iterable[Data]) -> Certified:
    """The first of these points at which the kernel finds that the sentence fails. Raises
    NotGeneric where it finds none: it looks at values there, and not at what follows later.
    """
    why = "no witness"
    for here in witnesses:
        found = by_kernel(stated.refuted(here), stated)
        if found.refusal in ("", ANOTHER):
            return found
        why = found.refusal
    raise NotGeneric(f"the kernel refuses: {why}")


def _without_point(body: Fields) -> bool:
    """Whether the kernel accepts all that does not depend on the instance."""
    try:
        proof = Proof(setting(body["setting"]))
        for x, given in body["assume"].items():
            add(proof, hypothesis(proof, x, given))
        for given in body["steps"]:
            step(proof, given)
        for x, given in body["conclude"].items():
            conclusion(proof, x, given, True)
    except Refused:
        return False
    return True


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
    """The conclusion is the last one; a witness has none."""
    if "witness" in body:
        return 0
    return sum(len(x["of"]) if x["rule"] == "keep" else 1 for x in body["steps"]) + 1
