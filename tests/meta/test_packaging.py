"""What is shipped: one version everywhere, every package, the types, and in the source distribution
also the tests.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import verify
from tests.runner import SECONDS
from verify.process.moved import MOVED

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_there_is_one_version() -> None:
    """The newest of CHANGELOG, what the command says, what a report and a screen say, and the
    package's own.
    """
    from verify.process.versions import versions

    newest = re.findall(
        r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )[0]
    said = subprocess.run(
        [sys.executable, "-m", "verify", "--version"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    ).stdout
    shown = re.findall(r"flowlaw (\d+\.\d+\.\d+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert {newest, said.split()[-1], versions()["flowlaw"], *shown} == {verify.__version__}
    assert PROJECT["project"]["dynamic"] == ["version"], "it is written once"


def test_every_package_is_shipped() -> None:
    setuptools = pytest.importorskip("setuptools")
    listed = set(
        setuptools.find_packages(str(ROOT), **PROJECT["tool"]["setuptools"]["packages"]["find"])
    )
    there = {
        ".".join(p.parent.relative_to(ROOT).parts)
        for top in ("verify", "proofs")
        for p in (ROOT / top).rglob("*.py")
    }
    assert listed == there, "a folder without __init__.py is not shipped"
    assert (ROOT / "verify" / "py.typed").is_file() and "py.typed" in PROJECT["tool"]["setuptools"][
        "package-data"
    ]["verify"]


def test_the_source_distribution_has_the_tests(tmp_path: Path) -> None:
    """Built as a packager builds it, from the committed files."""
    setuptools = pytest.importorskip("setuptools")
    if int(setuptools.__version__.split(".")[0]) < 77:
        pytest.skip("this setuptools is older than the one that pyproject.toml asks for")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = [n for n in listed.stdout.split("\0") if n and (ROOT / n).is_file()]
    if not names:
        pytest.skip("outside a checkout")
    tree = tmp_path / "tree"
    for name in names:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tree / name)
    build = (
        "import sys; from setuptools import build_meta; print(build_meta.build_sdist(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)],
        cwd=tree,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    (archive,) = tmp_path.glob("*.tar.gz")
    assert archive.name == f"flowlaw-{verify.__version__}.tar.gz"
    with tarfile.open(archive) as packed:
        inside = {name.partition("/")[2] for name in packed.getnames()}
    missing = {
        n
        for n in names
        if n.startswith(("tests/", "verify", "proofs/", "benchmarks/", "CHANGELOG", "LICENSE"))
    } - inside
    assert missing == set()


def test_old_paths_give_the_modules_themselves() -> None:
    """One module by either path, so that a class is one class; what lies in a folder goes with
    it.
    """
    pairs = [(f"verify.{a}", f"verify.{b}") for a, b in MOVED.items()]
    pairs += [
        ("verify.settings.flow", "verify.models.flow"),
        ("verify.conclusions.base", "verify.claims.conclusions.base"),
    ]
    for old, new in pairs:
        module = import_module(old)
        assert (
            module is import_module(new)
            and module.__spec__ is not None
            and module.__spec__.name == new
        ), old
    from verify.judge import judge

    assert judge is import_module("verify.judge.decide").judge
    with pytest.raises(ModuleNotFoundError):
        import_module("verify.settings.nothing")
