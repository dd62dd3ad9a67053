"""Every example with a prompt in a docstring is run; the public modules have one each."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = {
    "verify",
    "verify.strategies",
    "verify.symbolic",
    "verify.testing",
    "verify.values.evaluate",
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name_of(p) for p in (ROOT / "verify").rglob("*.py") if ">>> " in p.read_text(encoding="utf-8")
}


@pytest.mark.parametrize("name", sorted(MODULES | PUBLIC))
def test_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = doctest.testmod(import_module(name))
    assert found.attempted > 0 and found.failed == 0, capsys.readouterr().out
