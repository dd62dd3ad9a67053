"""A claim's sentence in words, written from its objects: settings, hypotheses and conclusions,
never from a title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.claims.hypotheses.related import spoken_of
from verify.claims.verdict import Verdict
from verify.exact.errors import quoted
from verify.models.trajectories import Trajectories, quantities, spoken

MOST_LISTED = 300  # characters of conclusions in a line of a list
CONCRETE = ("trajectories", "samples", "action")  # settings that list starts, instances or sizes

if TYPE_CHECKING:
    from verify.claims.claim import Claim
    from verify.library.registry import Found


def sentence(claim: Claim) -> str:
    """Hypotheses and conclusions."""
    given = f"If {' and '.join(h.prose() for h in claim.assuming)}: " if claim.assuming else ""
    return given + "; ".join(c.render() for c in claim.concluding.values())


def setting(claim: Claim) -> str:
    """What moves; for what is followed or drawn, also from where or how many: that belongs to the
    sentence.
    """
    if isinstance(claim.setting, Trajectories):
        where = quantities(
            claim.setting.starts,
            spoken(*claim.assuming, *claim.concluding.values(), *claim.setting.ends()),
        )
        return f"{claim.setting.title()}; {where}{claim.setting.detail()}"
    return (
        f"{claim.setting.title()}; {claim.setting.detail()}"
        if claim.setting.kind == "samples"
        else titled(claim)
    )


def titled(claim: Claim) -> str:
    """What moves; in declared letters also what the indices of the sentence run through."""
    if claim.setting.kind == "declared":
        return claim.setting.title(*spoken_of(claim))
    return claim.setting.title()


def whole(claim: Claim) -> str:
    """Setting, hypotheses and conclusions."""
    return f"{setting(claim)}: {sentence(claim)}"


def listed(claim: Claim) -> str:
    """For a line of a list: the sentence, where its starts or sizes belong to it these too, and its
    name in quotes, with the other ids that it has.

    Of long sentences whole conclusions are left out, and that is said.
    """
    shown = [c.render() for c in claim.concluding.values()]
    kept = [
        text for n, text in enumerate(shown) if sum(map(len, shown[: n + 1])) <= MOST_LISTED
    ] or shown[:1]
    given = f"If {' and '.join(h.prose() for h in claim.assuming)}: " if claim.assuming else ""
    more = f"; and {len(shown) - len(kept)} more" if len(kept) < len(shown) else ""
    place = f"    [{setting(claim)}]" if claim.setting.kind in CONCRETE else ""
    also = f"    [also {', '.join(claim.also)}]" if claim.also else ""
    return f'{given}{"; ".join(kept)}{more}{place}{also}    "{claim.title}"'


def remarks(
    claim: Claim, known: dict[str, Found], also: tuple[str, ...] = (), brief: bool = False
) -> list[tuple[str, str, str]]:
    """Head, sentence and command of each claim that is named beside this one, or by ``also``.
    Nothing of it is decided here.
    """
    found = []
    for name in dict.fromkeys((*(r.claim for r in claim.remarks), *also)):
        if name not in known:
            found.append(("See", f"{name}: no claim of this name is installed", ""))
        elif name != claim.id:
            found.append(("See", _beside(claim, known[name].claim, brief), f"verify claim {name}"))
    return found


def _beside(claim: Claim, other: Claim, brief: bool) -> str:
    """The other's setting is repeated where it is another one; behind the sentence where what is
    long is cut.
    """
    if brief:
        where = "" if other.setting == claim.setting else f"    [{setting(other)}]"
        return f"{other.id}, expected {other.expected.name}: {sentence(other)}{where}"
    where = "" if other.setting == claim.setting else f"{setting(other)}: "
    return f"{other.id}, expected {other.expected.name}: {where}{sentence(other)}"


def said_by(claim: Claim, known: dict[str, Found]) -> str:
    """Whose sentence it is, where a refutation is expected, and what its author says of it."""
    paper, right = claim.source.text(), claim.corrects
    whose = ""
    if claim.expected is Verdict.REFUTED and not claim.source.draft:
        printed = right in known and known[right].claim.as_printed == claim.id
        whose = f"as printed in {paper}" if printed else f"a misreading, not in {paper}"
        whose += f"; what is true: verify claim {right}" if right else ""
    return "; ".join(x for x in (whose, claim.source.said, left_open(claim)) if x)


def left_open(claim: Claim) -> str:
    """What the source has beside it and no claim states, as its author's words; or nothing."""
    return f"stated by no claim, {quoted(claim.unstated)}" if claim.unstated else ""
