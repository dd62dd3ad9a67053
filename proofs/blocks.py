"""Claims in declared letters: blocks that people train, and what their flows keep."""

from proofs.relu_balance import (
    RATE_BALANCE,
    RATE_BALANCE_UNWEIGHTED,
    RELU_BALANCE,
    RELU_BALANCE_ENTRIES,
)

BLOCKS = (RELU_BALANCE, RELU_BALANCE_ENTRIES, RATE_BALANCE, RATE_BALANCE_UNWEIGHTED)
