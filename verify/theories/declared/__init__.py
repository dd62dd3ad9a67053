"""Claims in declared letters: steps that the kernel checks, exact states that refute."""
