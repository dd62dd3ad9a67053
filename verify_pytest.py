"""pytest plugin: claims are test items. A top-level module, and verify is imported inside hooks
only.

    pytest                              collects files named claims_*.py that import verify, one
    item for each claim
    pytest mine.py                      the same for a file of any name, where it is named
    pytest --verify-claims 'quasi-*'    also collects installed claims (entry-point group
    verify.claims) by id
    pytest --verify-seed 7              the seed that every claim is judged with
    pytest --verify-seconds 60          the time that each claim may take, --verify-memory its MiB
    (ini: verify_seconds, verify_memory)

Node ids are ``claims_foo.py::quasi-norm`` and ``verify.claims::quasi-norm``; the order is that of
CLAIMS, or by id. An item passes where the verdict is the expected one or stronger and fails in
every other case; it is never skipped. What an author has to mend is an item that fails, at its
line, beside the other claims of the file. The verdicts are printed after the run; verdict,
expected verdict, seed, scope, statement and source are properties: they are in the JUnit file and
survive xdist.

Other people's files are looked at (their first part, without running them) only where their name is
one of ours.
"""

from __future__ import annotations

import os
import sys
from fnmatch import fnmatchcase
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

GROUP = "verify.claims"
_DEFAULT_FILES = ("claims_*.py",)
_PACKAGE = Path(__file__).resolve().with_name("verify")
_TOLD = ("expected", "seed", "verdict", "scope", "statement", "source")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("verify", "claims about training dynamics (flowlaw)")
    group.addoption(
        "--verify-claims",
        metavar="PATTERN",
        help="collect installed claims whose id matches this glob",
    )
    group.addoption(
        "--verify-seed", metavar="N", type=_seed, default=0, help="seed of every claim (default 0)"
    )
    for name, default, what in _LIMITS:
        group.addoption(
            f"--verify-{name}", metavar="N", type=_seed, help=f"{what} (default {default})"
        )
        parser.addini(f"verify_{name}", f"{what} (default {default})", default=str(default))
    what = (
        "files whose claims are collected (globs; default: claims_*.py, where they import verify)"
    )
    parser.addini("verify_claims_files", what, type="args", default=None)


_LIMITS = (
    ("seconds", 600, "time limit for each claim"),
    ("memory", 4096, "memory limit for each claim, in MiB"),
)


def _seed(text: str) -> int:
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ArgumentTypeError(f"{text!r}: expected a whole number from 0 to 10^18 - 1")
    return int(text)


@cache
def _ours():
    """verify/library/ours.py alone, so that a foreign run needs nothing else of ours, nor that it
    works.
    """
    spec = spec_from_file_location("_verify_ours", _PACKAGE / "library" / "ours.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _means_us(file_path: Path) -> bool:
    """Whether ``verify`` is ours for this file, and not somebody else's package or a file beside
    it.
    """
    for near in (file_path.parent / "verify.py", file_path.parent / "verify" / "__init__.py"):
        if near.exists() and near.resolve().parent != _PACKAGE:
            return False
    try:
        loaded = sys.modules.get("verify")
        origin = (
            loaded.__file__ if loaded is not None else getattr(find_spec("verify"), "origin", None)
        )
        return isinstance(origin, str) and Path(origin).resolve().parent == _PACKAGE
    except Exception:  # whatever somebody put there answers as it likes
        return False


def _is_claims_file(file_path: Path, session: pytest.Session) -> bool:
    """By its name and its imports; a file of another name, where it is named and states claims and
    is no test file.
    """
    if file_path.suffix != ".py":
        return False
    config = session.config
    patterns = config.getini("verify_claims_files")
    if any(
        fnmatchcase(file_path.name, p) for p in (_DEFAULT_FILES if patterns is None else patterns)
    ):
        return patterns is not None or bool(_ours().is_ours(file_path) and _means_us(file_path))
    if not session.isinitpath(file_path) or any(
        fnmatchcase(file_path.name, p) for p in config.getini("python_files")
    ):
        return False
    text = _ours().prefix(file_path) or b""
    return b"Claim" in text and _ours().imports_verify(text) and _means_us(file_path)


def pytest_collect_file(file_path, parent):
    return (
        ClaimsFile.from_parent(parent, path=file_path)
        if _is_claims_file(file_path, parent.session)
        else None
    )


def pytest_pycollect_makemodule(module_path, parent):
    """A claims file that is named is not imported a second time, unless it has tests as well."""
    if not _is_claims_file(module_path, parent.session):
        return None
    text = _ours().prefix(module_path) or b""
    return (
        None
        if b"def test" in text or b"class Test" in text
        else NoTests.from_parent(parent, path=module_path)
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session, config, items):
    """Before -k and the like, so that they see installed claims, too."""
    pattern = config.getoption("--verify-claims")
    if pattern is not None:
        items += session.genitems(
            InstalledClaims.from_parent(session, name=GROUP, nodeid=GROUP, pattern=pattern)
        )


class NoTests(pytest.File):
    """Stands where a claims file would be imported for tests that it does not have."""

    def collect(self):
        return []


class ClaimsFile(pytest.File):
    """A file of claims, run as the command runs it: statement by statement."""

    def collect(self):
        try:
            from verify.library.addresses import stated_in
        except Exception as error:
            raise self.CollectError(
                f"{self.path}: it imports verify, which does not load: {error!r}"
            ) from error
        shown = os.path.relpath(self.path, self.config.invocation_params.dir)
        stated = stated_in([(self.path, shown)])
        items = [
            (f.line, ClaimItem.from_parent(self, name=f.claim.id, found=f)) for f in stated.found
        ]
        items += [(s.line, SlipItem.from_parent(self, name=_name(s), slip=s)) for s in stated.slips]
        return [
            item for _, item in (items if not stated.slips else sorted(items, key=lambda x: x[0]))
        ]


def _name(slip) -> str:
    """What an item is called that its author has to mend."""
    return next(iter([*slip.ids, *slip.names]), f"line-{slip.line}")


class InstalledClaims(pytest.Collector):
    """The claims of every installed distribution whose ids match a glob."""

    def __init__(self, *, pattern: str, **rest) -> None:
        super().__init__(**rest)
        self.pattern = pattern

    def collect(self):
        from verify.exact.errors import BadInput
        from verify.library.registry import claims, left_out

        try:
            known = claims()
        except BadInput as error:
            raise self.CollectError(str(error)) from error
        found = [f for name, f in known.items() if fnmatchcase(name, self.pattern)]
        if self.pattern == "*" and left_out():
            broken = "; ".join(f"{package}: {why}" for package, why in left_out().items())
            raise self.CollectError(
                f"--verify-claims '*': claims that do not load are not tested: {broken}"
            )
        if not found:
            listed = ", ".join(known) or "none"
            raise self.CollectError(
                f"--verify-claims {self.pattern!r} matches no installed claim; installed: {listed}"
            )
        return [ClaimItem.from_parent(self, name=f.claim.id, found=f) for f in found]


class ClaimFailed(Exception):
    """The verdict is not the expected one, or there is none; the text says why."""


class SlipItem(pytest.Item):
    """What cannot be used as it is written."""

    def __init__(self, *, slip, **rest) -> None:
        super().__init__(**rest)
        self.slip = slip

    def runtest(self) -> None:
        raise ClaimFailed(f"BAD CLAIM {self.slip.text()}")

    def repr_failure(self, excinfo, style=None):
        return str(excinfo.value)

    def reportinfo(self):
        return self.path, max(self.slip.line - 1, 0), f"claim {self.name}"


class ClaimItem(pytest.Item):
    """One claim, judged with the seed of the command line."""

    def __init__(self, *, found, **rest) -> None:
        super().__init__(**rest)
        self.found, self.claim = found, found.claim

    def runtest(self) -> None:
        from verify.commands.judged import judged, limits_of

        seed = self.config.getoption("--verify-seed")
        self._record(expected=self.claim.expected.name, seed=str(seed))
        row = judged(self.found, seed, limits_of(self.config))
        self._record(**{name: row[name] for name in ("verdict", "scope", "statement", "source")})
        if "error" in row or "failed" in row:
            raise ClaimFailed(row.get("failed", f"UNDECIDED: {self.name}: {row.get('error')}"))

    def _record(self, **properties: str) -> None:
        self.user_properties.extend(properties.items())

    def repr_failure(self, excinfo, style=None):
        """Words where the fault is the claim's or its author's, a traceback where it is ours."""
        from verify.exact.errors import BadInput, EnginesDisagree

        match excinfo.value:
            case ClaimFailed() as failed:
                return str(failed)
            case BadInput() as error:
                return f"BAD CLAIM {self.name}: {error}"
            case EnginesDisagree() as error:
                return f"INTERNAL ERROR, no verdict on {self.name}: {error}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self):
        return self.path, max(self.found.line - 1, 0), f"claim {self.name}: {self.claim.title}"


def _told(report) -> dict[str, str]:
    """What a report of one of our items says; empty for everybody else's."""
    found = dict(getattr(report, "user_properties", ()))
    ours = getattr(report, "when", "") == "call" and all(name in found for name in _TOLD)
    return found if ours else {}


def pytest_report_teststatus(report, config):
    """With -v the verdict stands beside the outcome."""
    told = _told(report)
    if told and report.outcome in ("passed", "failed"):
        return (
            report.outcome,
            "." if report.passed else "F",
            f"{report.outcome.upper()} ({told['verdict']})",
        )
    return None


def pytest_terminal_summary(terminalreporter):
    """What each claim states and how it was decided, also where everything passed."""
    reports = [
        r for outcome in ("passed", "failed") for r in terminalreporter.stats.get(outcome, [])
    ]
    told = {r.nodeid: _told(r) for r in reports if _told(r)}
    if not told:
        return
    terminalreporter.section("verdicts on claims")
    for nodeid, t in sorted(told.items()):
        surprise = f" (expected {t['expected']})" if t["verdict"] != t["expected"] else ""
        terminalreporter.write_line(f"{t['verdict']}{surprise}  {nodeid}  [{t['source']}]")
        terminalreporter.write_line(f"    {t['statement']}")
    seeds = ", ".join(sorted({t["seed"] for t in told.values()}))
    terminalreporter.write_line(
        f"seed {seeds}; no certificate is kept here: verify claim FILE.py::NAME --certificate FILE"
    )
