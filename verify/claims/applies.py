"""Which options of a request speak of which claims, in one table: an option has an effect on a
claim, or it is refused.

Options of the run apply to every claim, so that they can be given to all: the seed is printed;
``cited`` and ``numeric`` refuse what a claim may do without; ``expect`` and ``at_least`` are about
the exit code.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions import ENCLOSED
from verify.claims.experiments import Late
from verify.claims.experiments.late import DIGITS as OF_LATE
from verify.claims.request import DIGITS, Request
from verify.exact.errors import BadInput
from verify.models.samples import Samples
from verify.spelling.called import in_quotes

OF_THE_RUN = ("seed", "cited", "numeric", "expect", "at_least")
_SPELT = {
    "scatter": "data",
    "dims": "sizes",
    "cited": "no-cited",
    "numeric": "no-numeric",
    "at_least": "at-least",
}
_NETWORKS = (
    "networks of every size",
    ("depth", "width", "loss", "scatter", "start", "digits", "without"),
)
#: what claims of a setting are about, and the options that say more about it
_OPTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "flow": _NETWORKS,
    "step": _NETWORKS,
    "trajectories": ("trajectories from starts of its own", ("horizon", "digits", "without")),
    "matrices": ("matrices of every size", ("depth", "width", "dims", "without")),
    "formulas": ("formulas, for all values of their letters", ("without",)),
    "declared": ("letters that it declares, of every size", ("without",)),
    "action": ("group actions of sizes that it lists, for every g and every start", ()),
    "samples": ("numbers at samples that are drawn by the seed", ("digits",)),
}


def check_options(claim: Claim, request: Request) -> None:
    """Raises BadInput for the first option that was given and has no effect here, saying what the
    claim is about and what has one.
    """
    setting: Any = claim.setting
    about, options = _OPTIONS[setting.kind]
    nothing = (
        "" if claim.assuming else f"it assumes nothing, so there is no {', '.join(request.without)}"
    )
    moot = {"digits": why_no_digits(claim, request), "without": nothing}
    if setting.kind == "matrices" and not setting.layers:
        moot |= dict.fromkeys(("depth", "width", "dims"), "it has no layers W_1, .., W_N")
    known = [o for o in options if not moot.get(o)]
    for name in _given(request):
        if name in known or name in OF_THE_RUN:
            continue
        why = moot[name] if name in options else f"it is about {about}"
        others = ", ".join(map(_spelt, (*known, *OF_THE_RUN)))
        raise BadInput(
            f"{_spelt(name)} does not apply to {claim.id}: {why}; leave it out. What applies:"
            f" {others}"
        )


def why_no_digits(claim: Claim, request: Request) -> str:
    """Why no number of this run is computed to so many digits; empty where one is."""
    if not request.numeric:
        return "--no-numeric leaves out what is computed to digits"
    setting: Any = claim.setting
    if setting.kind == "trajectories":
        measured = any(isinstance(e, Late) for e in claim.experiments)
        found = measured or any(isinstance(c, ENCLOSED) for c in claim.concluding.values())
        return (
            ""
            if found
            else (
                "it is about trajectories, and nothing of it is enclosed or measured by an"
                " experiment"
            )
        )
    if isinstance(setting, Samples):
        exact = setting.family.exact
        return (
            f"the numbers at its samples ({in_quotes(setting.family.name)}) are exact"
            if exact
            else ""
        )
    return "" if claim.experiments else "it has no experiment: nothing of it is measured"


def digits_of(claim: Claim, request: Request) -> int | None:
    """The digits that are reported: those asked for, or the claim's own default; None where nothing
    is computed to digits.
    """
    if why_no_digits(claim, request):
        return None
    along = claim.setting.kind == "trajectories"
    enclosed = any(isinstance(c, ENCLOSED) for c in claim.concluding.values())
    return request.digits_or(OF_LATE if along and not enclosed else DIGITS)


def unused(request: Request, used: object) -> list[str]:
    """A note where digits were asked for and this run, as it turned out, measured nothing with
    them.
    """
    if request.digits is None or used:
        return []
    return [f"--digits {request.digits} had no effect: nothing was measured, see the verdicts"]


def _given(request: Request) -> list[str]:
    return [f.name for f in fields(request) if getattr(request, f.name) != f.default]


def _spelt(name: str) -> str:
    return f"--{_SPELT.get(name, name)}"
