"""Bounds that are tried at drawn instances: what several claims about thresholds have in common."""

from fractions import Fraction

from verify.claims.claim import Claim
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

TENTH = Fraction(11, 10)


def bounds(
    name: str, title: str, setting: Samples, bounds: dict, source, miss=TENTH, links=(), remarks=()
) -> Claim:
    """Bounds at drawn instances, each with a bound that is too large and must be undercut."""
    return Claim(
        id=name,
        title=title,
        setting=setting,
        assuming=(),
        concluding=bounds,
        experiments=tuple(Compare(x, near_miss=miss) for x in bounds),
        source=source,
        links=links,
        remarks=remarks,
        expected=Verdict.SUPPORTED,
    )
