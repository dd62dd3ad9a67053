"""The one page with a script: it reads certificates again in the browser, with the same readers as
a terminal, on a Python that lies beside it. Nothing comes from a network, and a file that is opened
without any server does it, too: all of it is handed over in scripts.

That Python is Pyodide (npm package ``pyodide``, MPL-2.0): ``make pyodide`` puts it there,
FLOWLAW_PYODIDE names another folder. Where it is not there is no such page, and all others say how
a terminal does it.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Mapping, Sequence
from gzip import compress
from importlib.resources import files
from pathlib import Path
from typing import Any

import verify
from verify.report.pages.element import element
from verify.report.pages.frame import file_of, page

PAGE, FOLDER = "recheck.html", "recheck"
PARTS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
PLACE = Path("build", "pyodide", "node_modules", "pyodide")  # in a checkout
READS = (
    "The readers of the program, check.py and the kernel, run here: the same files as in a"
    " terminal. Nothing is sent, and nothing is loaded from elsewhere. What is printed below is"
    " what they say of the bytes of the certificate; its sha256 is beside it."
)


def pyodide() -> Path | None:
    """Where it lies, whole; None where it does not."""
    named = os.environ.get("FLOWLAW_PYODIDE")
    folder = Path(named) if named else Path(verify.__file__).parents[1] / PLACE
    return folder if all((folder / p).is_file() for p in (*PARTS, LOCK)) else None


def recheck_files(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The page and its scripts, with the certificates of each claim that the standard library
    reads; nothing where there is no Python for it. Raises OSError where a part cannot be read.
    """
    folder = pyodide()
    if folder is None:
        return {}
    parts = {p: _packed((folder / p).read_bytes()) for p in PARTS}
    python = {"parts": parts, "lock": json.loads((folder / LOCK).read_bytes())}
    found = {
        f"{FOLDER}/python.js": f"globalThis.PYTHON = {json.dumps(python)};\n",
        f"{FOLDER}/readers.js": f"globalThis.READERS = {json.dumps(_readers())};\n",
        f"{FOLDER}/recheck.js": files(__package__).joinpath("recheck.js").read_text("utf-8"),
        PAGE: _page(),
    }
    for r in rows:
        given = [[n, path, _packed(r["files"][path].encode())] for n, path in r.get("readers", ())]
        if given:
            stem = file_of("claim", r["claim"]).removesuffix(".html")
            found[f"{FOLDER}/{stem}.js"] = f"globalThis.CERTIFICATES = {json.dumps(given)};\n"
    return found


def _packed(content: bytes) -> str:
    return b64encode(compress(content, mtime=0)).decode()


def _readers() -> dict[str, str]:
    """Path and text of what a terminal runs with the standard library alone."""
    root = Path(verify.__file__).parent
    paths = [*root.glob("check*.py"), *(root / "kernel").rglob("*.py")]
    return {str(p.relative_to(root)): p.read_text("utf-8") for p in sorted(paths)}


def _page() -> str:
    return page(
        "Check a certificate in this browser",
        element("p", READS),
        element(
            "p", "Choose a claim on its page: the link there leads here.", id="state", role="status"
        ),
        element("pre", id="said"),
        element(
            "noscript",
            element("p", "This page needs scripts; a terminal does the same: verify replay FILE."),
        ),
        *(element("script", src=f"{FOLDER}/{n}.js") for n in ("python", "readers", "recheck")),
        back="all claims",
    )
