"""Claims about deep linear networks, in the order of the papers: every size in words, then scalars,
actions, numbers.
"""

from proofs.actions import MOMENT_MAP_LAYERS
from proofs.actions_bottleneck import MOMENT_MAP_BOTTLENECK
from proofs.actions_found import MOMENT_MAP_FOUND, MOMENT_MAP_FOUND_BOTTLENECK
from proofs.actions_shear import MOMENT_MAP_SHEAR, MOMENT_MAP_SHEAR_COUNT
from proofs.actions_skew import MOMENT_MAP_SKEW, MOMENT_MAP_SKEW_LAW
from proofs.actions_torus import MOMENT_MAP_TORUS
from proofs.actions_units import MOMENT_MAP_PERMUTATIONS, MOMENT_MAP_UNITS
from proofs.alignment import DLN_ALIGNMENT, DLN_ALIGNMENT_PRINTED
from proofs.bah_integral import BAH_INTEGRAL
from proofs.balanced_roots import DLN_BALANCED_ROOTS
from proofs.balancing import DLN_REGFLOW, DLN_REGFLOW_RATE_TWO, DLN_REGFLOW_UNHALVED
from proofs.balancing_hermitian import DLN_REGFLOW_B_HERMITIAN, DLN_REGFLOW_HERMITIAN
from proofs.convergence import BAH_CONVERGENCE
from proofs.convergence_every_start import BAH_EVERY_START
from proofs.convergence_square import BAH_CONVERGENCE_SQUARE
from proofs.dimensions import DLN_DIM
from proofs.dimensions_of_leaves import DLN_DIM_LEAF, DLN_DIM_LOW_RANK
from proofs.entropy import DLN_ENTROPY, DLN_ENTROPY_EXPONENT
from proofs.fast_slow import FAST_SLOW, FAST_SLOW_BALANCING_FIRST
from proofs.fast_slow_large import FAST_SLOW_LARGE
from proofs.fibre import DLN_FIBER_ORBIT, DLN_FIBER_ORBIT_PRINTED
from proofs.fibre_metric import DLN_FIBER_METRIC
from proofs.fibre_metric_definite import DLN_FIBER_METRIC_DEFINITE
from proofs.fibre_singular import DLN_FIBER_ORBIT_SINGULAR
from proofs.gramian import HM_GRAMIAN
from proofs.gramian_bound import HM_GRAMIAN_BOUND, HM_GRAMIAN_UNIQUE
from proofs.gramian_link import HM_GRAMIAN_LINK
from proofs.gramian_values import HM_GRAMIAN_VALUES
from proofs.infinite_depth import (
    DLN_INFINITE_DEPTH,
    DLN_INFINITE_DEPTH_EQUAL,
    DLN_INFINITE_DEPTH_RECIPROCAL,
)
from proofs.kempf_ness import DLN_KEMPF_NESS, DLN_KN_VALUE_SHORT
from proofs.kempf_ness_everywhere import DLN_KN_VALUE_EVERYWHERE
from proofs.kernel import DLN_GN_KERNEL
from proofs.kernel_equal import DLN_GN_KERNEL_EQUAL
from proofs.kirwan_ness import DLN_KIRWAN_NESS
from proofs.kirwan_ness_decay import KN_LIMIT_COMMON_RANK, KN_NORM_ENCLOSED
from proofs.kirwan_ness_energy import (
    DLN_KN_DISSIPATION,
    DLN_KN_DISSIPATION_PRINTED,
    DLN_KN_LIMIT,
    DLN_KN_NORM,
)
from proofs.kirwan_ness_limit import KN_LIMIT_NUMBERS
from proofs.kirwan_ness_rate import KN_RATE
from proofs.kirwan_ness_rates import KN_RATE_FOUR, KN_RATE_LARGE, KN_RATE_THREE
from proofs.learning import DLN_LEARNING_FLOW, DLN_LEARNING_FLOW_ANY
from proofs.learning_decay import DLN_NORMAL_PRINTED, DLN_REG_LEARNING
from proofs.learning_gradient import DLN_LEARNING_GRADIENT
from proofs.least_sum_samples import DLN_KN_VALUE_SAMPLES
from proofs.linear_systems import LS_NORM_SIZES, MOMENT_MAP_LINEAR_SYSTEMS
from proofs.minimal_systems import LS_MINIMAL_ORBIT
from proofs.moments import DHL_LAYER_NORM, DLN_MOMENTS_CONSERVED
from proofs.moments_decay import DLN_WEIGHT_DECAY, DLN_WEIGHT_DECAY_EACH, DLN_WEIGHT_DECAY_UNEVEN
from proofs.moments_descent import DLN_DESCENT_BALANCE, DLN_DESCENT_CONSERVES, DLN_DESCENT_DEFECT
from proofs.moments_group import DLN_FIRST_VARIATION, DLN_HIDDEN_CONVEXITY, DLN_MOMENT_PUSHFORWARD
from proofs.norm_balance import LS_NORM_BALANCE, LS_NORM_OPEN_ORBIT
from proofs.nuclear_norm import LM_NUCLEAR_BEND
from proofs.nuclear_norm_levi import OPEN_P1
from proofs.one_orbit import DLN_ONE_ORBIT
from proofs.one_output_flow import ACH_END_TO_END
from proofs.orbits import DLN_FIBER_FREE
from proofs.orthogonal_foliations import DLN_ORTHOGONAL, DLN_ORTHOGONAL_PRINTED
from proofs.regularising_enclosed import REGFLOW_ENCLOSED
from proofs.regularising_numbers import REGFLOW_ENERGY, REGFLOW_ENERGY_RATE_TWO
from proofs.riccati import HM_RICCATI
from proofs.riccati_large import HM_RICCATI_LARGE
from proofs.riccati_unobservable import HM_RICCATI_UNOBSERVABLE
from proofs.scalars import SCALARS
from proofs.schatten import LM_SCHATTEN
from proofs.schatten_gradient import DLN_SCHATTEN_GRADIENT
from proofs.schatten_infinity import LM_SCHATTEN_INFINITY, LM_SCHATTEN_VALUE_INFINITY
from proofs.solvable import AMB_SOLVABLE, AMB_SOLVABLE_ORBIT
from proofs.spectrum import DLN_H_SPECTRUM, DLN_H_SPECTRUM_SIGN
from proofs.transfer_functions import ERR_MINIMAL

DEEP_LINEAR = (
    DLN_MOMENTS_CONSERVED,
    DHL_LAYER_NORM,
    DLN_DESCENT_DEFECT,
    DLN_DESCENT_BALANCE,
    DLN_DESCENT_CONSERVES,
    DLN_WEIGHT_DECAY,
    DLN_WEIGHT_DECAY_EACH,
    DLN_WEIGHT_DECAY_UNEVEN,
    DLN_FIRST_VARIATION,
    DLN_FIBER_METRIC,
    DLN_FIBER_METRIC_DEFINITE,
    DLN_MOMENT_PUSHFORWARD,
    DLN_HIDDEN_CONVEXITY,
    DLN_REGFLOW,
    DLN_REGFLOW_UNHALVED,
    DLN_REGFLOW_RATE_TWO,
    DLN_REGFLOW_HERMITIAN,
    DLN_REGFLOW_B_HERMITIAN,
    DLN_KIRWAN_NESS,
    DLN_KN_DISSIPATION,
    DLN_KN_DISSIPATION_PRINTED,
    DLN_KN_NORM,
    DLN_KN_LIMIT,
    DLN_BALANCED_ROOTS,
    DLN_KEMPF_NESS,
    DLN_ONE_ORBIT,
    DLN_KN_VALUE_SHORT,
    DLN_KN_VALUE_EVERYWHERE,
    DLN_LEARNING_FLOW,
    DLN_LEARNING_FLOW_ANY,
    DLN_REG_LEARNING,
    DLN_NORMAL_PRINTED,
    DLN_SCHATTEN_GRADIENT,
    DLN_LEARNING_GRADIENT,
    DLN_GN_KERNEL,
    DLN_GN_KERNEL_EQUAL,
    DLN_FIBER_ORBIT,
    DLN_FIBER_ORBIT_PRINTED,
    DLN_FIBER_ORBIT_SINGULAR,
    DLN_FIBER_FREE,
    DLN_ALIGNMENT,
    DLN_ALIGNMENT_PRINTED,
    DLN_H_SPECTRUM,
    DLN_H_SPECTRUM_SIGN,
    HM_GRAMIAN,
    HM_GRAMIAN_BOUND,
    HM_GRAMIAN_UNIQUE,
    HM_GRAMIAN_VALUES,
    HM_GRAMIAN_LINK,
    LS_NORM_BALANCE,
    LS_NORM_OPEN_ORBIT,
    LS_MINIMAL_ORBIT,
    ACH_END_TO_END,
    KN_RATE,
    KN_RATE_THREE,
    KN_RATE_LARGE,
    KN_RATE_FOUR,
    KN_LIMIT_NUMBERS,
    KN_LIMIT_COMMON_RANK,
    KN_NORM_ENCLOSED,
    REGFLOW_ENERGY,
    REGFLOW_ENERGY_RATE_TWO,
    REGFLOW_ENCLOSED,
    HM_RICCATI,
    HM_RICCATI_LARGE,
    HM_RICCATI_UNOBSERVABLE,
    FAST_SLOW,
    FAST_SLOW_LARGE,
    FAST_SLOW_BALANCING_FIRST,
    BAH_CONVERGENCE,
    BAH_CONVERGENCE_SQUARE,
    BAH_EVERY_START,
    BAH_INTEGRAL,
    DLN_ENTROPY,
    DLN_ENTROPY_EXPONENT,
    DLN_INFINITE_DEPTH,
    DLN_INFINITE_DEPTH_EQUAL,
    DLN_INFINITE_DEPTH_RECIPROCAL,
    LM_SCHATTEN,
    LM_NUCLEAR_BEND,
    OPEN_P1,
    LM_SCHATTEN_VALUE_INFINITY,
    LM_SCHATTEN_INFINITY,
    DLN_KN_VALUE_SAMPLES,
    MOMENT_MAP_BOTTLENECK,
    MOMENT_MAP_FOUND,
    MOMENT_MAP_FOUND_BOTTLENECK,
    MOMENT_MAP_LAYERS,
    MOMENT_MAP_PERMUTATIONS,
    MOMENT_MAP_SHEAR,
    MOMENT_MAP_SHEAR_COUNT,
    MOMENT_MAP_SKEW,
    MOMENT_MAP_SKEW_LAW,
    MOMENT_MAP_TORUS,
    MOMENT_MAP_UNITS,
    DLN_DIM,
    DLN_DIM_LEAF,
    DLN_DIM_LOW_RANK,
    DLN_ORTHOGONAL,
    DLN_ORTHOGONAL_PRINTED,
    AMB_SOLVABLE,
    AMB_SOLVABLE_ORBIT,
    ERR_MINIMAL,
    LS_NORM_SIZES,
    MOMENT_MAP_LINEAR_SYSTEMS,
    *SCALARS,
)
