"""Claims about scalar formulas behind deep linear networks: layers of size 1, densities, values of
matrix functions.
"""

from proofs.coarea import COAREA_PRINTED, COAREA_WEIGHT
from proofs.fixed_differences import REGFLOW_D1_STEP, REGFLOW_D1_UNIQUE
from proofs.hidden_convexity import HIDDEN_CONVEXITY
from proofs.hidden_convexity_any import HIDDEN_CONVEXITY_ANY, HIDDEN_CONVEXITY_VALUE
from proofs.kirwan_ness_scalar import KN_EXPONENTIAL, KN_SCALAR
from proofs.kirwan_ness_solution import KN_SCALAR_SOLUTION
from proofs.mean_under_noise import OU_MEAN, OU_MEAN_PRINTED
from proofs.one_output import ACH_CURL
from proofs.one_output_motion import ACH_MOTION
from proofs.one_output_potential import ACH_NO_POTENTIAL, ACH_NO_POTENTIAL_ANY_DEPTH
from proofs.one_output_quadratic import ACH_DEPTH_TWO, ACH_DEPTH_TWO_POTENTIAL
from proofs.one_output_row import ACH_MOTION_ROW
from proofs.one_output_unbalanced import ACH_MOTION_UNBALANCED
from proofs.ornstein_uhlenbeck import OU_DENSITY, OU_DENSITY_PRINTED, OU_DENSITY_RESIDUAL
from proofs.regflow_scalar import REGFLOW_D1_N2, REGFLOW_D1_N3, REGFLOW_D1_RATE_FOUR
from proofs.regflow_solved import REGFLOW_D1
from proofs.spectrum_scalar import DLN_H_SPECTRUM_ALL, DLN_H_SPECTRUM_UNBALANCED
from proofs.spectrum_step import DLN_H_SPECTRUM_STEP
from proofs.stationary_on_fibres import OU_BAYES
from proofs.sums_of_norms import AMB_NORM, AMB_NORM_RATE
from proofs.volume import DLN_VOLUME_2, DLN_VOLUME_3, DLN_VOLUME_4, DLN_VOLUME_5
from proofs.volume_any_depth import DLN_VOLUME_ANY

SCALARS = (
    COAREA_PRINTED,
    COAREA_WEIGHT,
    KN_EXPONENTIAL,
    KN_SCALAR,
    KN_SCALAR_SOLUTION,
    ACH_CURL,
    ACH_DEPTH_TWO,
    ACH_DEPTH_TWO_POTENTIAL,
    ACH_NO_POTENTIAL,
    ACH_NO_POTENTIAL_ANY_DEPTH,
    OU_DENSITY,
    OU_DENSITY_PRINTED,
    OU_DENSITY_RESIDUAL,
    REGFLOW_D1,
    REGFLOW_D1_N2,
    REGFLOW_D1_N3,
    REGFLOW_D1_RATE_FOUR,
    REGFLOW_D1_STEP,
    REGFLOW_D1_UNIQUE,
    DLN_VOLUME_2,
    DLN_VOLUME_3,
    DLN_VOLUME_4,
    DLN_VOLUME_5,
    DLN_VOLUME_ANY,
    HIDDEN_CONVEXITY,
    HIDDEN_CONVEXITY_ANY,
    HIDDEN_CONVEXITY_VALUE,
    ACH_MOTION,
    ACH_MOTION_ROW,
    ACH_MOTION_UNBALANCED,
    DLN_H_SPECTRUM_ALL,
    DLN_H_SPECTRUM_STEP,
    DLN_H_SPECTRUM_UNBALANCED,
    AMB_NORM,
    AMB_NORM_RATE,
    OU_MEAN,
    OU_MEAN_PRINTED,
    OU_BAYES,
)
