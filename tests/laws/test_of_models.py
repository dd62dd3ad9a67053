"""Claims that can state a law of a model are found without loading the others, and are the same.

What else belongs to the kind: a package of another's, whose claims count as well, and ours where it
does not load.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import proofs
from proofs import CLAIMS, OF_MODELS
from proofs.of_models import KINDS
from tests.runner import cli, plant
from verify.claims.verdict import Verdict
from verify.library import registry
from verify.models.action import Action
from verify.models.flow import Flow
from verify.models.matrices import Matrices

THEIRS = """from dataclasses import replace
from proofs.balance import DIAG_BALANCE
CLAIMS = (replace(DIAG_BALANCE, id="theirs"),)
"""


def test_they_are_all_that_speak_of_models() -> None:
    assert {Flow.kind, Matrices.kind, Action.kind} == {*KINDS}
    wanted = [c for c in CLAIMS if c.setting.kind in KINDS and c.expected is Verdict.PROVED]
    assert len(wanted) > 80
    assert sorted(c.id for c in OF_MODELS) == sorted(c.id for c in wanted)
    assert {id(c) for c in OF_MODELS} == {id(c) for c in wanted}
    assert [c.id for c in registry.of_models()] == sorted(c.id for c in wanted)


def test_those_of_another_package_count(tmp_path: Path) -> None:
    env = plant(tmp_path, "foreign_claims:CLAIMS", THEIRS)
    done = cli(tmp_path, "candidates", "diagonal", "--format", "json", **env)
    law = json.loads(done.out)["laws"][0]
    assert law["every_size"]["claims"] == ["diag-balance", "theirs"]


def test_where_ours_do_not_load_all_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str) -> Any:
        if name == "OF_MODELS":
            raise AttributeError(name)
        return {"CLAIMS": CLAIMS}[name]

    monkeypatch.setattr(proofs, "__getattr__", lacking)
    assert [c.id for c in registry.of_models()] == sorted(c.id for c in CLAIMS)
