"""What a claim about networks may be made of: letters that there are, with indices of theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from verify.claims.conclusions import KINDS
from verify.claims.conclusions.base import Hints
from verify.claims.conclusions.placed import once, placed
from verify.claims.experiments import Drift, Limit, Slope
from verify.claims.fields import check_measured, closed
from verify.claims.hypotheses import (
    Balanced,
    DepthAtLeast,
    Homogeneous,
    Hypothesis,
    NonZero,
    Product,
)
from verify.claims.hypotheses.direction import FisherRatio, HalfSpace, SameSigns
from verify.claims.near import refuse_alike
from verify.claims.wellformed_names import data_of_the_loss, is_index
from verify.claims.wellformed_orders import refuse_orders
from verify.exact.errors import BadInput, NotGeneric
from verify.exact.limits import LIMITS, SPOKEN, is_word, up_to
from verify.models.flow import Flow, Step
from verify.models.losses import family
from verify.terms.exponents import exponent_of
from verify.terms.expr import BINDERS, Expr, kind_of
from verify.terms.indices import Index
from verify.terms.words import words

if TYPE_CHECKING:
    from verify.claims.claim import Claim

_LETTERS = frozenset({"u", "P", "R", "w", "g", "q", "S_B", "S_W", "V", "J", *BINDERS})

HYPOTHESES: tuple[type[Hypothesis], ...] = (
    Homogeneous,
    Balanced,
    NonZero,
    DepthAtLeast,
    Product,
    FisherRatio,
    SameSigns,
    HalfSpace,
)

# words of printed sentences
_TAKEN = _LETTERS | SPOKEN | frozenset("e t d D num next start euler".split())
_LIKE_AN_ATOM = re.compile("[uPRwgqVJ][0-9]+")
# as check.py reads the names of constants
_CONSTANT = "[A-Za-z][A-Za-z0-9]*"


def network(claim: Claim, setting: Any) -> None:
    """Raises BadInput naming what is not from the closed lists, or has no such index."""
    closed("setting", claim.setting, (Flow, Step))
    once([h.kind for h in claim.assuming])
    for h in claim.assuming:
        closed("hypothesis", h, HYPOTHESES)
        _hypothesis(claim, h)
    numbers = [h.degree for h in claim.assuming if isinstance(h, Homogeneous)]
    degrees = {str(x.args[0]) for x in numbers if x.head == "const"}
    for c in claim.concluding.values():
        _sentence(claim, "conclusion", c, degrees)
    _apart(claim)
    _step(claim)
    for experiment in claim.experiments:
        if (
            experiment.conclusion in claim.concluding
            and not claim.concluding[experiment.conclusion].exact
        ):
            closed("experiment", experiment, (Limit, Slope))  # its verdict would rest on it alone
        _experiment(claim, experiment, degrees)
    for name in (claim.loss, *(b.loss for b in claim.breaks if b.loss)):
        family(name)
    for name, hint in claim.hints.items():
        closed(f"help for {name}", hint, (Hints,))


def _sentence(claim: Claim, what: str, c: Any, degrees: set[str]) -> None:
    closed(what, c, KINDS)
    for node in (x for e in c.expressions() for x in e.walk()):
        _letters(claim, node)
    free: dict[str, str] = {}
    for e in c.expressions():
        _indices(e, {}, free)
    data_of_the_loss(c.expressions(), _TAKEN | degrees)
    refuse_orders(c.kind, (*c.expressions(),))


def _experiment(claim: Claim, e: Any, degrees: set[str]) -> None:
    """Of a kind that measures networks, or an author's own; its near miss is a sentence as well."""
    if not hasattr(e, "run"):
        closed("experiment", e, (Drift, Limit, Slope))
    check_measured(claim, e)
    if hasattr(miss := getattr(e, "near_miss", None), "kind"):
        _sentence(claim, "near miss", miss, degrees)
    refuse_alike(claim, e)


def _hypothesis(claim: Claim, h: Hypothesis) -> None:
    if isinstance(h, DepthAtLeast) and (
        type(h.bound) is not int or not 1 <= h.bound <= LIMITS["size"]
    ):
        raise BadInput(
            f"DepthAtLeast({h.bound!r}); expected a whole number from 1 on, {up_to('size')}"
        )
    if isinstance(h, Homogeneous) and (
        h.degree.head not in ("num", "const") or h.degree.args[0] in ("L", "n")
    ):
        raise BadInput("the degree of homogeneity is a number or a constant other than L and n")
    if isinstance(h, Homogeneous):
        _letters(claim, h.degree)


def _letters(claim: Claim, node: Expr) -> None:
    name = node.args[0] if node.head == "const" else ""
    if node.head == "const" and (
        name in _TAKEN or not is_word(_CONSTANT, name) or _LIKE_AN_ATOM.fullmatch(name)
    ):
        mend = (
            f"rename it, for example const({name + '0' if name in ('e', 't', 'd') else 'kappa'!r})"
        )
        raise BadInput(
            f"constant {name!r}; expected letters and digits, {up_to('name')}, and no letter of the"
            f" model, no index and no word of the printed sentence, such as t or e: {mend}"
        )
    indices = node.args[1:] if node.head == "at" else node.args[:1] if node.head in BINDERS else ()
    for index in indices:
        if isinstance(index, str) and not is_index(index, _TAKEN):
            raise BadInput(
                f"index {index!r}; expected small letters that mean nothing else, such as i, j, l,"
                f" m, {up_to('name')}"
            )
        if not isinstance(index, str) and not 1 <= index <= LIMITS["size"]:
            raise BadInput(
                f"index {index!r}; expected a letter, or a whole number from 1 on, {up_to('size')}"
            )
    if node.head in ("H", "tr", "is", "I") or any(type(x) is Index for x in indices):
        raise BadInput(
            f"{node.head}: of letters that a Declared setting declares; expected those of the"
            " network, with indices in quotes"
        )
    placed(claim.setting.kind, node)
    if node.head == "^":
        _exponent(node.args[1])


def _indices(node: Expr, bound: dict[str, str], free: dict[str, str]) -> None:
    """Each index has one meaning: of one kind, and bound once on the way to where it stands."""
    if node.head == "at":
        for place, index in enumerate(node.args[1:]):
            kind = kind_of(node.args[0], place)
            known = bound.get(index) or free.setdefault(index, kind)
            if isinstance(index, str) and known != kind:
                raise BadInput(
                    f"index {index!r} counts {known} and {kind}; expected one index for each"
                )
    elif node.head in BINDERS:
        if node.args[0] in bound:
            raise BadInput(
                f"index {node.args[0]!r} is bound twice, one sum inside the other; expected two"
                " names"
            )
        _indices(node.args[2], bound | {node.args[0]: node.args[1]}, free)
    else:
        for arg in node.args:
            if isinstance(arg, Expr):
                _indices(arg, bound, free)


def _apart(claim: Claim) -> None:
    """A constant that is named like an index of the same claim could be read as one."""
    nodes = [x for c in claim.concluding.values() for e in c.expressions() for x in e.walk()]
    nodes += [x for h in claim.assuming if isinstance(h, Homogeneous) for x in h.degree.walk()]
    indices = {i for x in nodes if x.head == "at" for i in x.args[1:]} | {
        x.args[0] for x in nodes if x.head in BINDERS
    }
    for name in sorted({x.args[0] for x in nodes if x.head == "const"} & indices):
        raise BadInput(
            f"{name!r} is a constant and an index; expected two names: rename the index, such as j"
            " or m"
        )


def _exponent(e: Expr) -> None:
    most = LIMITS["exponent"]
    try:
        if all(max(abs(x.numerator), x.denominator) <= most for x in exponent_of(e)):
            return
    except NotGeneric:
        raise BadInput(
            f"the exponent {words(e)}; expected a number, or a + b L with numbers a and b"
        ) from None
    raise BadInput(
        "an exponent a + b L with too large a number; expected numerators and denominators"
        f" {up_to('exponent')}"
    )


def _step(claim: Claim) -> None:
    if claim.setting.kind != "step":
        return
    kinds = {c.kind for c in claim.concluding.values()}
    if (
        kinds - {"equation", "order"}
        or any(h.kind == "balanced" for h in claim.assuming)
        or claim.setting.decay
    ):
        raise BadInput(
            "in a descent step a conclusion is an equation or an order, and neither decay nor"
            f" balance, a relation of the start of a flow, is assumed; got {sorted(kinds)}"
        )
