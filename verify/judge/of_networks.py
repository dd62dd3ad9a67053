"""Claims about networks: what decides them, and what writes their steps for the kernel."""

from __future__ import annotations

from verify.theories.steps.diagonal import certified as steps
from verify.theories.steps.diagonal import wordings
from verify.theories.sums.theory import Networks as theory

__all__ = ["steps", "theory", "wordings"]
