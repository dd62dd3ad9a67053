"""``python -m verify.commands.certificates FOLDER ID``: that claim alone, the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.commands.certificates import main, steps

PROOFS = Path(__file__).parents[2] / "proofs"


def test_one_claim_alone(tmp_path: Path) -> None:
    for folder in ("certificates", "steps"):
        (tmp_path / folder).mkdir()
    for write in (main, steps):
        write(tmp_path, ids=["ach-curl", "quasi-norm"])
    written = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.json"))
    of_networks = ["certificates/quasi-norm.json", "steps/quasi-norm.conserved.json"]
    assert written == sorted([*of_networks, "steps/ach-curl.curl.json"])
    assert all((tmp_path / x).read_bytes() == (PROOFS / x).read_bytes() for x in written)


def test_a_claim_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(tmp_path, ids=["ach-curl", "nonsense"])
    assert left.value.code == 2 and "nonsense" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]
