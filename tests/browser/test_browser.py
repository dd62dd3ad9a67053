"""Pages in a real browser, opened from their files: nothing on the console, nothing asked of a
network, nothing that overflows a phone or a desk, formulas set, links that lead somewhere, nothing
that axe-core calls serious; and certificates that the browser itself reads, the true and the false.

Needs Chromium, node and ``make browser`` (puppeteer-core, axe-core), for certificates also ``make
pyodide``; what is not there is said by the skip. ``python -m tests.browser FOLDER`` runs over all
pages of a folder.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from gzip import compress
from pathlib import Path
from typing import Any

import pytest

from tests.browser.seen import missing, seen
from tests.runner import cli, without_matplotlib
from verify.report.pages.recheck import pyodide

PATTERN = "diag-balance-decay*"
browser = pytest.mark.skipif(bool(missing()), reason=missing())
python = pytest.mark.skipif(pyodide() is None, reason="no Pyodide: make pyodide")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    extra = without_matplotlib(folder)
    if "FLOWLAW_PYODIDE" in os.environ:
        extra["FLOWLAW_PYODIDE"] = os.environ["FLOWLAW_PYODIDE"]
    ran = cli(folder, "all", PATTERN, "--html", str(folder / "pages"), **extra)
    assert ran.code == 0, ran.err
    return folder / "pages"


def faults(found: dict[str, Any]) -> dict[str, Any]:
    kinds = ("console", "asked", "empty", "broken", "lost", "axe")
    wide = {"overflow": found["overflow"]} if any(found["overflow"]) else {}
    return {k: found[k] for k in kinds if found[k]} | wide


@browser
def test_every_page(site: Path) -> None:
    names = sorted(p.name for p in site.glob("*.html"))
    found = seen(site, names)
    assert [f["page"] for f in found] == names
    assert {f["page"]: faults(f) for f in found if faults(f)} == {}
    assert sum(f["formulas"] for f in found) > 10


@browser
@python
def test_certificates_are_read_in_the_browser(site: Path) -> None:
    """The true one is accepted; one whose proof is cut out is refused, in words; one that is not
    there is not checked.
    """
    stem = next(p.stem for p in sorted(site.glob("claim-*.html")))
    script = site / "recheck" / f"{stem}.js"
    given = json.loads(script.read_text().partition("=")[2].rstrip(";\n"))
    path = given[0][1]
    body = json.loads((site / path).read_text())
    body.pop("proof")
    false = [[given[0][0], path, b64encode(compress(json.dumps(body).encode())).decode()]]
    (site / "recheck" / "claim-false.js").write_text(
        f"globalThis.CERTIFICATES = {json.dumps(false)};"
    )
    names = [f"recheck.html#{n}" for n in (stem, "claim-false", "claim-nowhere")]
    true, refused, absent = seen(site, names)
    assert true["state"].startswith("Accepted: ") and "exit 0" in true["said"]
    assert all(p in true["said"] for _, p, _ in given) and true["console"] == true["asked"] == []
    assert refused["state"].startswith("REFUSED: ") and "exit 1" in refused["said"]
    assert absent["state"].startswith("Not checked: ") and absent["asked"] == []


def test_without_a_python_no_page_has_a_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = without_matplotlib(tmp_path) | {"FLOWLAW_PYODIDE": str(tmp_path / "nowhere")}
    ran = cli(tmp_path, "all", "diag-balance-decay", "--html", "pages", cwd=tmp_path, **extra)
    assert ran.code == 0, ran.err
    assert not (tmp_path / "pages" / "recheck.html").exists()
    for page in (tmp_path / "pages").glob("*.html"):
        assert "<script" not in page.read_text() and "recheck.html" not in page.read_text()
    told = (tmp_path / "pages" / "claim-diag-balance-decay.html").read_text()
    assert "python -I -S verify/check.py certificates/claim-diag-balance-decay.json" in told
