"""Depth does not select a sparser direction: with the right signs and half-space, w/|w| tends to
S_W^-1 m at each depth.

The condition on m'w(0) is not implied by the signs: S_W = [[10,9],[9,10]], m = (2,1) has v ~
(11,-8), and a start with the signs of v and m'w(0) < 0 is trapped.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import LimitDirection
from verify.claims.experiments import Limit
from verify.claims.hypotheses import Balanced, DepthAtLeast
from verify.claims.hypotheses.direction import FisherRatio, HalfSpace, SameSigns
from verify.claims.verdict import Verdict
from verify.models import Flow

LDA_DIRECTION = Claim(
    id="lda-direction",
    title="the limit direction of the weights and the Fisher direction",
    setting=Flow(),
    assuming=(FisherRatio(), Balanced(), SameSigns(), HalfSpace()),
    concluding={"limit": LimitDirection()},
    experiments=(Limit("limit"),),
    breaks=(
        Break("ratio", not_needed="it names the loss whose data S_W and m the statement is about"),
        Break("balance", kind="contrast"),
        Break("signs", kind="trap", loss="fisher"),
        Break("half-space", kind="trap", loss="fisher"),
    ),
    remarks=(
        Remark("lda-critical-points"),
        Remark("lda-fisher-optimum"),
        Remark("lda-direction-depths"),
    ),
    loss="fisher",
    source=DERIVED,
    expected=Verdict.SUPPORTED,
    unstated="whether balance is needed, which nobody knows; and what holds where v has an entry 0,"
    " as no start has the signs of v there",
)
LDA_SIGNS_ALONE = LDA_DIRECTION.false_variant(
    id="lda-signs-alone",
    title="a misreading: the direction from the signs of the start",
    assuming=(FisherRatio(), Balanced(), SameSigns(), DepthAtLeast()),
    concluding={"limit": LimitDirection()},
    loss="fisher",
)
