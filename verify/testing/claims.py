"""Assertions about claims: one holds at a state, or gets its verdict."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.precision import precision
from verify.judge.chain import judge_chain
from verify.judge.parts import theory_of
from verify.library.addresses import the_claim
from verify.library.registry import Found, named
from verify.report.failure import failure_text
from verify.testing.undecided import Undecided


def assert_holds(claim: Claim | str, state: Any, *, conclusion: str | None = None) -> None:
    """A claim's conclusions (or the one that is named) at one of its states, as
    ``verify.strategies.states`` draws them: evaluated exactly, no proof is looked at. The
    hypotheses are not looked at either.

    Raises AssertionError with what fails and its value; Undecided where no conclusion has a value
    at the state that is decided (one about limits, counts or spans); BadInput for a claim without
    states, a conclusion that it has not, or a state of another kind.
    """
    own = the_claim(claim, "assert_holds").claim
    kind = theory_of(own)
    if kind.stateless:
        raise BadInput(f"assert_holds: {own.id} has no states: it is about {kind.stateless}")
    if conclusion is not None and conclusion not in own.concluding:
        has = ", ".join(own.concluding)
        raise BadInput(f"assert_holds: {own.id} has no conclusion {conclusion!r}; it has: {has}")
    theory = kind(own, Request(), lambda text: None)
    if type(state) is not theory.states_are:
        raise BadInput(
            f"assert_holds: a state of type {type(state).__name__}; those of {own.id} are"
            f" {theory.states_are.__name__}s: draw them with verify.strategies.states"
        )
    names = list(own.concluding) if conclusion is None else [conclusion]
    with precision():
        found = {name: theory.checked(theory.sentence(name), state) for name in names}
    for name, at in found.items():
        if at.holds is False:
            said = own.concluding[name].render()
            raise AssertionError(f"{name} fails: {said}\n  {at.text}\n  at {state!r}")
    if not any(at.holds for at in found.values()):
        raise Undecided(f"{own.id}: {next(iter(found.values())).text}\n  at {state!r}")


def assert_verdict(
    claim: Claim | str, verdict: Verdict | str | None = None, **options: Any
) -> Report:
    """A claim, or an installed claim by id, gets ``verdict`` (its own expectation by default) or a
    stronger one.

    ``options`` are the fields of ``verify.claims.request.Request``: depth, width, loss, digits,
    seed, without, ... Returns the whole report. Raises AssertionError with statement, verdict and
    witness, also where a link is not PROVED; Undecided where the verdict is UNDECIDED; BadInput for
    an unknown claim, verdict or option.
    """
    known = sorted(f.name for f in fields(Request) if f.name != "expect")
    for name in options:
        if name not in known:
            raise BadInput(
                f"assert_verdict got the option {name!r}; the options are: {', '.join(known)}"
            )
    found = named(claim) if isinstance(claim, str) else Found(claim, "")
    request = Request(expect=None if verdict is None else _verdict(verdict), **options)
    report = judge_chain(found.claim, found.linkable(), request)
    if report.exit:
        text = failure_text(report)
        raise (
            Undecided(text.removeprefix("UNDECIDED: "))
            if text.startswith("UNDECIDED: ")
            else AssertionError(text)
        )
    return report


def _verdict(wanted: Verdict | str) -> Verdict:
    names = [v.name for v in Verdict if v is not Verdict.UNDECIDED]
    found = wanted.name if isinstance(wanted, Verdict) else str(wanted).upper()
    if found not in names:
        raise BadInput(f"verdict {wanted!r} cannot be asserted; expected one of {', '.join(names)}")
    return Verdict[found]
