"""JSON as it is written everywhere; needs nothing of what it writes."""

from __future__ import annotations

import json
from typing import Any

SCHEMA_VERSION = 1
#: schemas
ODE, CANDIDATES, MIRROR = "flowlaw-ode/1", "flowlaw-candidates/1", "flowlaw-mirror/1"
DISCOVER = "flowlaw-discover/1"
EXPERIMENT = "flowlaw-experiment/1"


def harmless(cell: str) -> str:
    """A cell of CSV that no spreadsheet takes for a formula: one that would begin as such begins
    with an apostrophe.
    """
    return f"'{cell}" if cell[:1] in "=+-@" and cell else cell


def as_json(data: Any) -> str:
    """The one way in which JSON is printed: two blanks to a level, ASCII, a line end."""
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"
