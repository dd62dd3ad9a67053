"""The content: one file per statement and its false variants. To add a claim: a file, and its name
in CLAIMS.
"""

from proofs.balance import (
    DIAG_BALANCE,
    DIAG_BALANCE_DECAY,
    DIAG_BALANCE_DESCENT,
    DIAG_BALANCE_DESCENT_EXACT,
)
from proofs.critical import LDA_CRITICAL_POINTS
from proofs.deep_linear import DEEP_LINEAR
from proofs.degree_k import QUASI_NORM_DEGREE_K, QUASI_NORM_DIFFERENCE
from proofs.descent import LDA_GD_CONSERVES, LDA_GD_IDENTITY, LDA_GD_ORDER
from proofs.direction import LDA_DIRECTION, LDA_SIGNS_ALONE
from proofs.euler import LDA_EULER, LDA_EULER_OBJECTIVES, LDA_EULER_OUTPUT_SPACE
from proofs.layer_norm import LAYER_NORM_DEGREE_K, LDA_LAYER_NORM
from proofs.mirror import LDA_MIRROR
from proofs.multiplicative import LDA_MULT
from proofs.near_balance import QUASI_NORM_BOUND, QUASI_NORM_NEAR_BALANCE
from proofs.objectives import LDA_RATIO_TRACE_CONSTANT
from proofs.quasi_norm import QUASI_NORM
from proofs.quasi_norm_variants import (
    QUASI_NORM_ANY_LOSS,
    QUASI_NORM_OUTPUT_SPACE,
    QUASI_NORM_UNBALANCED,
)
from proofs.razin_cohen import RAZIN_COHEN_2X2, RAZIN_COHEN_ANY_START, RAZIN_COHEN_RATE
from proofs.zero_invariance import LDA_ZERO_INVARIANCE

CLAIMS = (
    LDA_EULER,
    LDA_EULER_OBJECTIVES,
    LDA_EULER_OUTPUT_SPACE,
    DIAG_BALANCE,
    DIAG_BALANCE_DECAY,
    DIAG_BALANCE_DESCENT,
    DIAG_BALANCE_DESCENT_EXACT,
    LDA_LAYER_NORM,
    LAYER_NORM_DEGREE_K,
    LDA_MULT,
    QUASI_NORM,
    QUASI_NORM_UNBALANCED,
    QUASI_NORM_ANY_LOSS,
    QUASI_NORM_OUTPUT_SPACE,
    QUASI_NORM_NEAR_BALANCE,
    QUASI_NORM_BOUND,
    QUASI_NORM_DEGREE_K,
    QUASI_NORM_DIFFERENCE,
    LDA_GD_IDENTITY,
    LDA_GD_CONSERVES,
    LDA_GD_ORDER,
    LDA_DIRECTION,
    LDA_SIGNS_ALONE,
    LDA_CRITICAL_POINTS,
    LDA_ZERO_INVARIANCE,
    LDA_MIRROR,
    LDA_RATIO_TRACE_CONSTANT,
    RAZIN_COHEN_2X2,
    RAZIN_COHEN_RATE,
    RAZIN_COHEN_ANY_START,
    *DEEP_LINEAR,
)
