"""Kinds of numeric experiment; claims name them and never integrate themselves."""

from verify.experiments.drift import Drift
from verify.experiments.limit import Limit
from verify.experiments.slope import Slope

__all__ = ["Drift", "Limit", "Slope"]
