"""Kinds of numeric experiment; claims name them and never integrate themselves."""

from verify.experiments.compare import Compare
from verify.experiments.contrast import Contrast
from verify.experiments.drift import Drift
from verify.experiments.late import Late
from verify.experiments.limit import Limit
from verify.experiments.slope import Slope

ALONG_EXPERIMENTS: tuple[type, ...] = (Contrast, Late)
__all__ = ["ALONG_EXPERIMENTS", "Compare", "Contrast", "Drift", "Late", "Limit", "Slope"]
