"""verify new: a file that decides both ways at once, and nothing of the user's is ever
overwritten.
"""

from __future__ import annotations

import os
import re

import pytest

from tests.runner import cli
from verify.commands.new import write_new
from verify.exact.errors import BadInput
from verify.library.addresses import choose


def test_a_newcomer_in_an_empty_folder(tmp_path):
    """Written, decided, shown and listed: one PROVED, one REFUTED as expected, exit 0."""
    made = cli(tmp_path, "new", "claims_mine.py")
    assert made.code == 0 and "verify claim claims_mine.py" in made.out
    done = cli(tmp_path, "claim", "claims_mine.py")
    assert done.code == 0, done.err
    assert re.findall(r"^(PROVED|REFUTED) +exit 0", done.out, re.MULTILINE) == ["PROVED", "REFUTED"]
    assert (
        done.flat.count("own draft: draft, Lemma 1") == 2
        and "near miss, 'weight 11/10 on coordinate 1'" in done.flat
    )
    latex = cli(tmp_path, "show", "claims_mine.py::TRUE", "--latex").out
    assert (
        "\\begin{proof}" in latex
        and "[{{``}each layer's norm is conserved{''}; own draft: draft, Lemma 1}]" in latex
    )
    listed = cli(tmp_path, "list", "./", "--source", "own").flat
    assert (
        "mine-layer-norm PROVED own draft: draft, Lemma 1" in listed
        and "mine-layer-norm-any-loss" in listed
    )
    assert (
        cli(tmp_path, "claim", "claims_mine.py::TRUE", "--format", "json").json["source"]
        == "own draft: draft, Lemma 1"
    )


@pytest.mark.parametrize(
    "name",
    [
        "claims_a.py",
        "mine.py",
        "2026.py",
        "Über uns.py",
        "claims_.py",
        'a\'b """ $x.py',
        "x{y}.py",
        "\\d.py",
    ],
)
def test_files_of_any_name_and_two_of_them_in_one_folder(tmp_path, name):
    write_new(tmp_path / name)
    chosen = choose(str(tmp_path / name))
    assert len(chosen.found) == 2 and not chosen.slips
    write_new(tmp_path / "claims_other.py")
    assert not choose(str(tmp_path)).slips


def test_nothing_is_overwritten(tmp_path):
    """A file, a folder, a link, also one that leads nowhere; a missing folder; a name that is no
    Python file.
    """
    kept = tmp_path / "claims_kept.py"
    kept.write_text("mine\n")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "link.py").symlink_to(kept)
    (tmp_path / "nowhere.py").symlink_to(tmp_path / "made.py")
    os.mkfifo(tmp_path / "pipe.py")
    for name in (
        "claims_kept.py",
        "folder.py",
        "link.py",
        "nowhere.py",
        "pipe.py",
        "missing/claims.py",
        "claims.txt",
        "claims",
    ):
        with pytest.raises(BadInput, match=name):
            write_new(tmp_path / name)
    assert (
        kept.read_text() == "mine\n"
        and not (tmp_path / "made.py").exists()
        and not (tmp_path / "missing").exists()
    )
    refused = cli(tmp_path, "new", "claims_kept.py")
    assert (
        refused.code == 2 and "verify: claims_kept.py exists and is not overwritten" in refused.err
    )
