"""The claims of somebody else's paper. The entry point in pyproject.toml names this tuple; nothing
else is needed.
"""

from example_claims.layer_norms import LAYER_NORM_GAP, LAYER_NORM_OF_ANY_LOSS

CLAIMS = (LAYER_NORM_GAP, LAYER_NORM_OF_ANY_LOSS)
