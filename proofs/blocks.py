"""Claims in declared letters: blocks that people train, and what their flows keep."""

from proofs import attention, cp_tensors, relu_balance, signed_powers, signed_squares

BLOCKS = (
    relu_balance.RELU_BALANCE,
    relu_balance.RELU_BALANCE_ENTRIES,
    relu_balance.RATE_BALANCE,
    relu_balance.RATE_BALANCE_UNWEIGHTED,
    signed_powers.MIRROR_IDENTITY,
    signed_powers.DEPTH_D_INVARIANT,
    signed_squares.MIRROR_LOGARITHMS,
    signed_squares.D2_INVARIANT,
    signed_squares.D2_DECAY,
    signed_squares.D2_DECAY_KEPT,
    signed_squares.D2_STEP,
    signed_squares.D2_STEP_KEPT,
    attention.ATTENTION_LAWS,
    attention.ATTENTION_LAWS_SUM,
    attention.ATTENTION_DECAY,
    cp_tensors.CP_BALANCE,
    cp_tensors.CP_BALANCE_ENTRIES,
    cp_tensors.CP_DECAY,
)
