"""The kernel: certificates that it accepts, forgeries, mutants, its normal form and its motion."""
