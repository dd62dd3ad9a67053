"""Kinds of numeric experiment; claims name them and never integrate themselves."""

from verify.claims.experiments.compare import Compare
from verify.claims.experiments.contrast import Contrast
from verify.claims.experiments.drift import Drift
from verify.claims.experiments.late import Late
from verify.claims.experiments.limit import Limit
from verify.claims.experiments.nearby import Nearby
from verify.claims.experiments.slope import Slope

ALONG_EXPERIMENTS: tuple[type, ...] = (Contrast, Late)
__all__ = ["ALONG_EXPERIMENTS", "Compare", "Contrast", "Drift", "Late", "Limit", "Nearby", "Slope"]
