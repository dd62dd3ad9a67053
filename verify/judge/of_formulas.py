"""Claims about formulas: what decides them, and what writes their steps for the kernel."""

from __future__ import annotations

from verify.theories.steps.formulas import certified as steps
from verify.theories.steps.formulas import wordings
from verify.theories.towers.theory import Towers as theory

__all__ = ["steps", "theory", "wordings"]
