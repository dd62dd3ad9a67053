"""Lemmas by which proofs of several statements go."""
