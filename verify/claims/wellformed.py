"""What a claim may be made of: closed lists (a subclass could print one sentence and prove
another), letters that mean one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from verify.claims.conclusions import ALONG, KINDS
from verify.claims.conclusions.base import Hints
from verify.claims.conclusions.of_actions import OF_ACTIONS, counts_of
from verify.claims.conclusions.of_dimensions import OF_DIMENSIONS
from verify.claims.conclusions.placed import once, placed
from verify.claims.conclusions.throughout import Throughout
from verify.claims.experiments import ALONG_EXPERIMENTS, Limit, Slope
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
from verify.claims.hypotheses.start import AtStart
from verify.claims.near import refuse_alike
from verify.claims.wellformed_formulas import well_formed as formulas
from verify.claims.wellformed_matrices import matrices
from verify.claims.wellformed_names import data_of_the_loss, is_index
from verify.claims.wellformed_orders import refuse_orders
from verify.claims.wellformed_samples import well_formed as samples
from verify.exact.errors import BadInput, NotGeneric
from verify.exact.limits import LIMITS, SPOKEN, is_word, refuse_beyond, up_to
from verify.models.action import MODELS, Action
from verify.models.flow import Flow, Step
from verify.models.formulas import Formulas
from verify.models.losses import family
from verify.models.matrices import Matrices
from verify.models.samples import Samples
from verify.models.trajectories import Trajectories
from verify.terms.exponents import exponent_of
from verify.terms.expr import BINDERS, Expr, kind_of

if TYPE_CHECKING:
    from verify.claims.claim import Claim

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
_LETTERS = frozenset({"u", "P", "R", "w", "g", "q", "S_B", "S_W", "V", "J", *BINDERS})
_TAKEN = (
    _LETTERS | SPOKEN | frozenset("e t d D num next start euler".split())
)  # words of printed sentences
_LIKE_AN_ATOM = re.compile("[uPRwgqVJ][0-9]+")
# as check.py reads the names of conclusions and constants
_NAME, _CONSTANT = "[A-Za-z][A-Za-z0-9_-]*", "[A-Za-z][A-Za-z0-9]*"


def well_formed(claim: Claim) -> None:
    """Raises BadInput naming what is not from the closed lists, or a letter that could be mistaken
    for another.
    """
    own = _OWN.get(type(claim.setting), _network)
    try:
        own(claim, claim.setting)
        _readable(claim)
    except RecursionError:
        raise BadInput(
            "an expression is nested too deeply; write sums and products flat, or split it"
        ) from None


def _readable(claim: Claim) -> None:
    """The readers of certificates read every number, size and nesting of the sentence. Raises
    BadInput naming the part.
    """
    if not isinstance(claim.setting, (Samples, Trajectories)):
        refuse_beyond(claim.setting.wire(), "the setting")
    for h in claim.assuming:
        refuse_beyond(h.wire(), f"hypothesis {h.id}")
    for name, c in claim.concluding.items():
        _named(claim, name)
        refuse_beyond(c.wire(), f"conclusion {name}")


def _named(claim: Claim, name: str) -> None:
    """The name of a conclusion is one line, and a name for the readers that take it for one."""
    limit, expected, pattern = "label", "one line of letters", ".*"
    if isinstance(claim.setting, (Flow, Matrices)):
        limit, expected, pattern = "name", "letters, digits, - and _, a letter first", _NAME
    if not is_word(pattern, name, limit):
        raise BadInput(
            f"the name {name!r:.60} of a conclusion; expected {expected}, {up_to(limit)}:"
            " 'conserved'"
        )


def _network(claim: Claim, setting: Any) -> None:
    closed("setting", claim.setting, (Flow, Step))
    once([h.kind for h in claim.assuming])
    for h in claim.assuming:
        closed("hypothesis", h, HYPOTHESES)
        _hypothesis(claim, h)
    for c in claim.concluding.values():
        closed("conclusion", c, KINDS)
        for node in (x for e in c.expressions() for x in e.walk()):
            _letters(claim, node)
        free: dict[str, str] = {}
        for e in c.expressions():
            _indices(e, {}, free)
        data_of_the_loss(c.expressions(), _TAKEN)
        refuse_orders(c.kind, (*c.expressions(),))
    _apart(claim)
    _step(claim)
    for experiment in claim.experiments:
        if (
            experiment.conclusion in claim.concluding
            and not claim.concluding[experiment.conclusion].exact
        ):
            closed("experiment", experiment, (Limit, Slope))  # its verdict would rest on it alone
        check_measured(claim, experiment)
        refuse_alike(claim, experiment)
    for name in (claim.loss, *(b.loss for b in claim.breaks if b.loss)):
        family(name)
    for name, hint in claim.hints.items():
        closed(f"help for {name}", hint, (Hints,))


def _trajectories(claim: Claim, setting: Trajectories) -> None:
    """Conclusions that enclosures and measurements decide, from starts that are listed."""
    closed("setting", setting, (Trajectories,))
    for h in claim.assuming:
        closed("hypothesis", h, (AtStart,))
    for c in claim.concluding.values():
        closed("conclusion", c, ALONG)
    for e in claim.experiments:
        closed("experiment", e, ALONG_EXPERIMENTS)
        check_measured(claim, e)
    if not setting.starts:
        raise BadInput("it lists no starts; expected one at least: starts={label: builder}")
    for name, c in claim.concluding.items():
        setting.require(f"conclusion {name}", c.quantity)  # type: ignore[attr-defined]
    for h in claim.assuming:
        setting.require(f"hypothesis {h.id}", h.quantity)  # type: ignore[attr-defined]
    setting.enclosable([c.quantity for c in claim.concluding.values() if isinstance(c, Throughout)])
    for name in setting.contrary:
        if name not in {h.id for h in claim.assuming}:
            raise BadInput(f"a contrary start for {name!r}, which it does not assume")


def _action(claim: Claim, setting: Action) -> None:
    """Models and conclusions from closed lists, and a count for each model."""
    if claim.assuming or claim.experiments or not setting.cases:
        raise BadInput(
            "an action needs at least one model, and takes neither hypotheses nor experiments"
        )
    for model in setting.cases:
        closed("model", model, MODELS)
    for c in claim.concluding.values():
        closed("conclusion", c, (*OF_ACTIONS, *OF_DIMENSIONS))
        if any(len(row) != len(setting.cases) for row in counts_of(c).values()):  # type: ignore[arg-type]
            raise BadInput(
                f"{c.wire()}; expected one number for each of the {len(setting.cases)} models"
            )


#: settings with closed lists of their own
_OWN: dict[type, Callable[[Any, Any], None]] = {
    Action: _action,
    Formulas: formulas,
    Matrices: matrices,
    Samples: samples,
    Trajectories: _trajectories,
}


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
        return  # said where it is decided
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
