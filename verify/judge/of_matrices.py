"""Claims about matrices: what decides them, and what writes their steps for the kernel."""

from __future__ import annotations

from verify.theories.steps.matrices import certified as steps
from verify.theories.steps.matrices import wordings
from verify.theories.words.theory import Words as theory

__all__ = ["steps", "theory", "wordings"]
