"""Settings: the field or the step that moves the weights, and a statement at one point of it."""

from verify.settings.flow import Flow, Step

__all__ = ["Flow", "Step"]
