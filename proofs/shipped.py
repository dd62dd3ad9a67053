"""All claims that are shipped. To add one: a file, and its name in CLAIMS (and that of its file in
``of_models.py``, if it is about a network, matrices or an action, and true).
"""

from proofs.balance import DIAG_BALANCE, DIAG_BALANCE_DECAY
from proofs.balance_descent import DIAG_BALANCE_DESCENT, DIAG_BALANCE_DESCENT_EXACT
from proofs.bias import CLAIMS as BIAS
from proofs.blocked import LDA_BLOCKED, LDA_BLOCKED_TWO
from proofs.blocks import BLOCKS
from proofs.critical import LDA_CRITICAL_POINTS
from proofs.deep_linear import DEEP_LINEAR
from proofs.degree_k import QUASI_NORM_DEGREE_K, QUASI_NORM_DIFFERENCE
from proofs.depth_and_direction import LDA_DEPTH_SPARSER, LDA_DEPTHS
from proofs.descent import LDA_GD_CONSERVES, LDA_GD_IDENTITY, LDA_GD_ORDER, QUASI_NORM_DESCENT
from proofs.direction import LDA_DIRECTION, LDA_SIGNS_ALONE
from proofs.euler import LDA_EULER, LDA_EULER_OBJECTIVES, LDA_EULER_OUTPUT_SPACE
from proofs.factorisation import CLAIMS as FACTORISATION
from proofs.fisher_optimum import LDA_FISHER_OPTIMUM
from proofs.fisher_unique import LDA_FISHER_SINGULAR, LDA_FISHER_UNIQUE
from proofs.foundations import CLAIMS as FOUNDATIONS
from proofs.layer_norm import LAYER_NORM_DEGREE_K, LDA_LAYER_NORM
from proofs.margins import CLAIMS as MARGINS
from proofs.mirror import LDA_MIRROR
from proofs.mirror_entropy import LDA_MIRROR_ENTROPY, LDA_MIRROR_MULTIPLE
from proofs.mirror_potential import LDA_MIRROR_POTENTIAL
from proofs.multiplicative import LDA_MOTION, LDA_MULT
from proofs.near_balance import QUASI_NORM_BOUND, QUASI_NORM_NEAR_BALANCE
from proofs.objectives import LDA_RATIO_TRACE_CONSTANT
from proofs.one_layer_decay import DIAG_BALANCE_ONE_LAYER, DIAG_BALANCE_ONE_LAYER_KEPT
from proofs.quasi_norm import QUASI_NORM
from proofs.quasi_norm_geometry import QUASI_NORM_BOUND_EQUALITY, QUASI_NORM_BOUND_MET
from proofs.quasi_norm_ray import QUASI_NORM_RAY
from proofs.quasi_norm_variants import (
    QUASI_NORM_ANY_LOSS,
    QUASI_NORM_OUTPUT_SPACE,
    QUASI_NORM_UNBALANCED,
)
from proofs.razin_cohen import RAZIN_COHEN_2X2, RAZIN_COHEN_ANY_START
from proofs.razin_cohen_event import RAZIN_COHEN_EVENT
from proofs.razin_cohen_late import RAZIN_COHEN_LATE
from proofs.razin_cohen_rate import RAZIN_COHEN_RATE
from proofs.scatter_eigenvalues import LDA_EIGENVALUES
from proofs.scatter_output_space import LDA_EIGENVALUES_OUTPUT
from proofs.weight_decay import LDA_DECAY, QUASI_NORM_DECAY, QUASI_NORM_DECAY_KEPT
from proofs.zero_invariance import LDA_TWO_LAYERS, LDA_ZERO_INVARIANCE

CLAIMS = (
    LDA_EULER,
    LDA_EULER_OBJECTIVES,
    LDA_EULER_OUTPUT_SPACE,
    DIAG_BALANCE,
    DIAG_BALANCE_DECAY,
    DIAG_BALANCE_ONE_LAYER,
    DIAG_BALANCE_ONE_LAYER_KEPT,
    DIAG_BALANCE_DESCENT,
    DIAG_BALANCE_DESCENT_EXACT,
    LDA_LAYER_NORM,
    LAYER_NORM_DEGREE_K,
    LDA_MULT,
    LDA_MOTION,
    QUASI_NORM,
    QUASI_NORM_UNBALANCED,
    QUASI_NORM_ANY_LOSS,
    QUASI_NORM_OUTPUT_SPACE,
    QUASI_NORM_NEAR_BALANCE,
    QUASI_NORM_BOUND,
    QUASI_NORM_BOUND_EQUALITY,
    QUASI_NORM_BOUND_MET,
    QUASI_NORM_RAY,
    QUASI_NORM_DEGREE_K,
    QUASI_NORM_DIFFERENCE,
    LDA_DECAY,
    QUASI_NORM_DECAY,
    QUASI_NORM_DECAY_KEPT,
    LDA_GD_IDENTITY,
    LDA_GD_CONSERVES,
    QUASI_NORM_DESCENT,
    LDA_GD_ORDER,
    LDA_DIRECTION,
    LDA_SIGNS_ALONE,
    LDA_DEPTHS,
    LDA_DEPTH_SPARSER,
    LDA_CRITICAL_POINTS,
    LDA_FISHER_OPTIMUM,
    LDA_FISHER_UNIQUE,
    LDA_FISHER_SINGULAR,
    LDA_ZERO_INVARIANCE,
    LDA_TWO_LAYERS,
    LDA_BLOCKED,
    LDA_BLOCKED_TWO,
    LDA_MIRROR,
    LDA_MIRROR_POTENTIAL,
    LDA_MIRROR_ENTROPY,
    LDA_MIRROR_MULTIPLE,
    LDA_RATIO_TRACE_CONSTANT,
    LDA_EIGENVALUES,
    LDA_EIGENVALUES_OUTPUT,
    RAZIN_COHEN_2X2,
    RAZIN_COHEN_RATE,
    RAZIN_COHEN_LATE,
    RAZIN_COHEN_EVENT,
    RAZIN_COHEN_ANY_START,
    *DEEP_LINEAR,
    *BIAS,
    *FACTORISATION,
    *FOUNDATIONS,
    *BLOCKS,
    *MARGINS,
)
