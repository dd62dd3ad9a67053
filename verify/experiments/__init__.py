"""Kinds of numeric experiment; claims name them and never integrate themselves."""

from verify.experiments.drift import Drift

__all__ = ["Drift"]
