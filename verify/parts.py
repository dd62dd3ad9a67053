"""Which part of the judge decides the claims of which setting. Claims about networks have none: the judge decides them itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from verify.settings.action import Action
from verify.settings.formulas import Formulas
from verify.settings.matrices import Matrices
from verify.settings.samples import Samples
from verify.settings.trajectories import Trajectories

if TYPE_CHECKING:
    from verify.claim import Claim
    from verify.evidence import Report
    from verify.request import Request

Part = Callable[["Claim", "Request", Callable[[str], None]], "Report"]


def part_of(claim: Claim) -> Part | None:
    """One line for each setting: its part is loaded only when it is needed."""
    if isinstance(claim.setting, Trajectories):
        from verify.follow import follow

        return follow
    if isinstance(claim.setting, Matrices):
        from verify.matrices.judge import judge as of_matrices

        return of_matrices
    if isinstance(claim.setting, Samples):
        from verify.sampling import judge_samples

        return judge_samples
    if isinstance(claim.setting, Action):
        from verify.invariants.judge import judge as of_actions

        return of_actions
    if isinstance(claim.setting, Formulas):
        from verify.formulas.judge import judge

        return judge
    return None


def steps_of(claim: Claim) -> Callable[[Claim, str], list[str]] | None:
    """The part's own way to tell how it decides one conclusion, in lines of text; None for claims about networks."""
    if isinstance(claim.setting, Action):
        from verify.invariants.judge import told

        return told
    if isinstance(claim.setting, Matrices):
        from verify.matrices.judge import told as of_matrices

        return of_matrices
    if isinstance(claim.setting, Trajectories):
        return lambda claim, name: [_followed(claim.concluding[name].kind)]
    if isinstance(claim.setting, Samples):
        from verify.sampling import steps

        return steps
    if isinstance(claim.setting, Formulas):
        from verify.formulas.judge import steps as of_formulas

        return of_formulas
    return None


def condition_of(claim: Claim, name: str) -> str:
    """What a conclusion's scope adds to it, in LaTeX: the zeros that its derivation excludes. Empty where there are none."""
    if not isinstance(claim.setting, Formulas):
        return ""
    from verify.formulas.judge import condition

    return condition(claim, name)


def reach_of(claim: Claim, name: str) -> str:
    """Of what a proof or an enclosure of one conclusion speaks: sizes, values, starts and times. From the claim alone."""
    setting, conclusion = claim.setting, claim.concluding[name]
    if isinstance(setting, Trajectories):
        from verify.enclosing import checked_system
        from verify.follow import reach as of_starts

        systems = {label: checked_system(label, build, {name: conclusion}) for label, build in setting.starts.items()}
        return of_starts(systems, conclusion, setting.horizon)  # type: ignore[arg-type]
    if isinstance(setting, Matrices):
        from verify.matrices.judge import reach as of_matrices

        return of_matrices(setting)
    if isinstance(setting, Action):
        from verify.invariants.judge import reach as of_actions

        return of_actions(conclusion.kind, len(setting.cases))
    if isinstance(setting, Formulas):
        from verify.formulas.judge import reach as of_formulas

        return of_formulas(claim, name)
    from verify.sentence import Sentence, reach

    return reach(Sentence(claim.flow, claim.assuming, name, conclusion))


def _followed(kind: str) -> str:
    how = "decided by an enclosure from each start" if kind == "throughout" else "measured by experiment"
    return f"This kind is {how}; it has no exact proof here."
