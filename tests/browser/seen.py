"""What a browser sees of pages: ``pages.mjs`` run by node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.runner import ROOT

SCRIPT = Path(__file__).with_name("pages.mjs")
PLACE = Path(os.environ.get("NODE_FOLDER") or ROOT / "build" / "browser")


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


def missing() -> str:
    """What is not there; empty where all is."""
    if chromium() is None or shutil.which("node") is None:
        return "no Chromium or no node here"
    modules = [
        m for m in ("puppeteer-core", "axe-core") if not (PLACE / "node_modules" / m).is_dir()
    ]
    return f"no {' and no '.join(modules)}: make browser" if modules else ""


def seen(folder: Path, pages: Sequence[str], seconds: int = 300) -> list[dict[str, Any]]:
    """One record for each page."""
    done = subprocess.run(
        ["node", str(SCRIPT), str(folder), str(chromium()), *pages],
        capture_output=True,
        text=True,
        timeout=seconds,
        env={**os.environ, "NODE_FOLDER": str(PLACE)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]
