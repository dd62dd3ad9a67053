"""What a claim may be made of: closed lists (a subclass could print one sentence and prove
another), letters that mean one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from verify.claims.conclusions import ALONG, ENCLOSED, Reaches, Throughout
from verify.claims.conclusions.of_actions import OF_ACTIONS, counts_of
from verify.claims.conclusions.of_dimensions import OF_DIMENSIONS
from verify.claims.experiments import ALONG_EXPERIMENTS
from verify.claims.fields import check_measured, closed
from verify.claims.hypotheses.start import AtStart
from verify.claims.wellformed_declared import declared, understood
from verify.claims.wellformed_formulas import well_formed as formulas
from verify.claims.wellformed_matrices import matrices
from verify.claims.wellformed_networks import network
from verify.claims.wellformed_samples import well_formed as samples
from verify.exact.errors import BadInput, require_line
from verify.exact.limits import refuse_beyond
from verify.exact.names import refuse_no_name
from verify.models.action import MODELS, Action
from verify.models.declared import Declared
from verify.models.flow import Flow
from verify.models.formulas import Formulas
from verify.models.matrices import Matrices
from verify.models.samples import Samples
from verify.models.trajectories import Trajectories

if TYPE_CHECKING:
    from verify.claims.claim import Claim


_POSTPONED = ContextVar("postponed", default=False)
_unfinished: list[Claim] = []


@contextmanager
def postponed() -> Iterator[None]:
    """Within it claims are made, and looked at when they are judged. For claims that are tested as
    a whole elsewhere: most commands need one of them, and looking at all takes as long as loading.
    """
    before = _POSTPONED.set(True)
    try:
        yield
    finally:
        _POSTPONED.reset(before)


def well_formed(claim: Claim) -> None:
    """Raises BadInput naming what is not from the closed lists, or a letter that could be mistaken
    for another.
    """
    if _POSTPONED.get():
        _unfinished.append(claim)
    else:
        _whole(claim)


def finish(claim: Claim) -> None:
    """What was postponed of a claim. Raises BadInput."""
    if any(x is claim for x in _unfinished):
        _whole(claim)
        _unfinished[:] = [x for x in _unfinished if x is not claim]


def _whole(claim: Claim) -> None:
    own = _OWN.get(type(claim.setting), network)
    try:
        own(claim, claim.setting)
        _readable(claim)
        _long(claim)
    except RecursionError:
        raise BadInput(
            "an expression is nested too deeply; write sums and products flat, or split it"
        ) from None


def _long(claim: Claim) -> None:
    if isinstance(claim.setting, Trajectories):
        _built(claim, claim.setting)
    if isinstance(claim.setting, Declared):
        understood(claim, claim.setting)
    for text in (claim.setting.title(), claim.setting.detail()):
        require_line("its words", text)


def _readable(claim: Claim) -> None:
    """The readers of certificates read every number, size and nesting of the sentence. Raises
    BadInput naming the part.
    """
    if not isinstance(claim.setting, (Samples, Trajectories)):
        refuse_beyond(claim.setting.wire(), "the setting")
    for h in claim.assuming:
        refuse_no_name("a hypothesis", h.id, "'balance'")
        refuse_beyond(h.wire(), f"hypothesis {h.id}")
    for name, c in claim.concluding.items():
        _named(claim, name)
        refuse_beyond(c.wire(), f"conclusion {name}")


def _named(claim: Claim, name: str) -> None:
    """The name of a conclusion is a word, and of a length that its reader takes."""
    limit = "name" if isinstance(claim.setting, (Flow, Matrices)) else "label"
    refuse_no_name("a conclusion", name, "'conserved'", limit=limit)


def _trajectories(claim: Claim, setting: Trajectories) -> None:
    """Conclusions that enclosures and measurements decide, from starts that are listed."""
    closed("setting", setting, (Trajectories,))
    for h in claim.assuming:
        closed("hypothesis", h, (AtStart,))
    for c in claim.concluding.values():
        closed("conclusion", c, ALONG)
    for name, c in claim.concluding.items():
        if isinstance(c, Reaches) and c.before > setting.horizon:
            raise BadInput(
                f"conclusion {name}: before {c.before} is beyond the horizon {setting.horizon}:"
                " choose a later horizon"
            )
    if setting.until is not None:
        _until(claim, setting)
    for e in claim.experiments:
        closed("experiment", e, ALONG_EXPERIMENTS)
        check_measured(claim, e)
    if not setting.starts:
        raise BadInput("it lists no starts; expected one at least: starts={label: builder}")
    for name in setting.contrary:
        if name not in {h.id for h in claim.assuming}:
            raise BadInput(f"a contrary start for {name!r}, which it does not assume")


def _until(claim: Claim, setting: Trajectories) -> None:
    """What is followed to an event is decided up to it, from the start on."""
    for name, c in claim.concluding.items():
        if not isinstance(c, Throughout) or c.after:
            raise BadInput(
                f"conclusion {name}: {c.render()}; the setting ends with an event: expected"
                " Throughout from the start on, or a setting without until"
            )
    if setting.contrary:
        raise BadInput(
            "the setting ends with an event, and has starts that violate a hypothesis: leave one"
            " of them out"
        )


def _built(claim: Claim, setting: Trajectories) -> None:
    """Every start has the quantities that the sentences speak of."""
    if setting.until is not None:
        setting.require("until", setting.until.quantity)
        setting.enclosable([setting.until.quantity])
    for name, c in claim.concluding.items():
        setting.require(f"conclusion {name}", c.quantity)  # type: ignore[attr-defined]
    for h in claim.assuming:
        setting.require(f"hypothesis {h.id}", h.quantity)  # type: ignore[attr-defined]
    setting.enclosable([c.quantity for c in claim.concluding.values() if isinstance(c, ENCLOSED)])


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
    Declared: declared,
    Formulas: formulas,
    Matrices: matrices,
    Samples: samples,
    Trajectories: _trajectories,
}
