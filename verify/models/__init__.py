"""What claims speak of: settings with the field or the step that moves them, losses, data, and
single points.
"""

from verify.models.flow import Flow, Step

__all__ = ["Flow", "Step"]
