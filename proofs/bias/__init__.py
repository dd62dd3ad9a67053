"""Implicit bias of gradient flow on signed powers, diagonal networks: potentials, limits, rates."""

from proofs.bias.limits import (
    DEPTH_KERNEL_RATE,
    DEPTH_LIMITS,
    DEPTH_LIMITS_QUASI_NORM,
    DEPTH_RICH_RATE,
)
from proofs.bias.potentials import DEPTH_INFINITY_POTENTIAL, DIAG_D2_QALPHA, DIAG_DEPTHD_QD
from proofs.bias.thresholds import (
    LEMMA_5,
    LEMMA_7,
    POTENTIAL_BELOW_KERNEL,
    THM2_KERNEL,
    THM2_RICH,
)
from proofs.bias.time_scales import (
    ESCAPE_TIME,
    ESCAPE_TIME_DEEPER,
    ESCAPE_TIME_DEPTH_TWO,
    ESCAPE_TIME_SEED,
)

CLAIMS = (
    DIAG_D2_QALPHA,
    DIAG_DEPTHD_QD,
    DEPTH_INFINITY_POTENTIAL,
    DEPTH_LIMITS,
    DEPTH_LIMITS_QUASI_NORM,
    DEPTH_RICH_RATE,
    DEPTH_KERNEL_RATE,
    THM2_RICH,
    THM2_KERNEL,
    LEMMA_5,
    LEMMA_7,
    POTENTIAL_BELOW_KERNEL,
    ESCAPE_TIME,
    ESCAPE_TIME_DEPTH_TWO,
    ESCAPE_TIME_DEEPER,
    ESCAPE_TIME_SEED,
)
