"""Models theta -> w: one file each. To add one: a file, a line in MODELS and a row in tests/laws/table.py."""

from verify.models.diagonal import Diagonal

MODELS = (Diagonal,)
