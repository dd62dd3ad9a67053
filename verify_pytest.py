"""pytest plugin: claims are test items. A top-level module, and verify is imported inside hooks only.

    pytest                              collects files named claims_*.py, one item for each claim of their tuple CLAIMS
    pytest --verify-claims 'quasi-*'    also collects installed claims (entry-point group verify.claims) by id
    pytest --verify-seed 7              the seed that every claim is judged with

Node ids are ``claims_foo.py::quasi-norm`` and ``verify.claims::quasi-norm``; the order is that of CLAIMS, or by id. An item
passes where the verdict is the expected one or stronger and fails in every other case; it is never skipped. Verdict,
expected verdict, seed and scope are recorded as properties: they are in the JUnit file and survive xdist.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest

GROUP = "verify.claims"
_EXPECTED = "expected a module-level tuple CLAIMS of verify.claim.Claim objects, for example CLAIMS = (MY_CLAIM,)"
_DEFAULT_FILES = ("claims_*.py",)
#: a file of somebody else's that happens to bear our name imports nothing of ours and binds no CLAIMS
_OURS = re.compile(r"^(CLAIMS\b|(from|import)\s+verify\b|from\s.*\bimport\b.*\bCLAIMS\b)", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("verify", "claims about training dynamics (flowlaw)")
    group.addoption("--verify-claims", metavar="PATTERN", help="collect installed claims whose id matches this glob")
    group.addoption("--verify-seed", metavar="N", type=_seed, default=0, help="seed of every claim (default 0)")
    what = "files whose tuple CLAIMS is collected (globs; default: claims_*.py)"
    parser.addini("verify_claims_files", what, type="args", default=None)


def _seed(text: str) -> int:
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ArgumentTypeError(f"{text!r}: expected a whole number from 0 to 10^18 - 1")
    return int(text)


def pytest_collect_file(file_path, parent):
    patterns = parent.config.getini("verify_claims_files")
    named = _DEFAULT_FILES if patterns is None else patterns
    if file_path.suffix != ".py" or not any(fnmatchcase(file_path.name, p) for p in named):
        return None
    if patterns is None and not _OURS.search(file_path.read_text(encoding="utf-8", errors="replace")):
        return None
    return ClaimsFile.from_parent(parent, path=file_path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session, config, items):
    """Before -k and the like, so that they see installed claims, too."""
    pattern = config.getoption("--verify-claims")
    if pattern is not None:
        items += session.genitems(InstalledClaims.from_parent(session, name=GROUP, nodeid=GROUP, pattern=pattern))


class ClaimsFile(pytest.Module):
    """A file with CLAIMS; pytest imports it as it imports a test file, and reports its errors likewise."""

    def collect(self):
        claims = getattr(self.obj, "CLAIMS", None)
        trouble = _trouble(claims)
        if trouble:
            raise self.CollectError(f"{self.path}: {trouble}; {_EXPECTED}")
        return [ClaimItem.from_parent(self, name=claim.id, claim=claim) for claim in claims]


def _trouble(claims) -> str:
    """What is wrong with CLAIMS, or nothing."""
    from verify.claim import Claim

    if claims is None:
        return "the file defines no CLAIMS"
    if not isinstance(claims, (tuple, list)):
        return f"CLAIMS is of type {type(claims).__name__}"
    if not claims:
        return "CLAIMS is empty"
    other = next((c for c in claims if not isinstance(c, Claim)), None)
    if other is not None:
        return f"CLAIMS holds {other!r} of type {type(other).__name__}"
    ids = [c.id for c in claims]
    twice = sorted({x for x in ids if ids.count(x) > 1})
    return f"the claim id {twice[0]!r} occurs twice in CLAIMS" if twice else ""


class InstalledClaims(pytest.Collector):
    """The claims of every installed distribution whose ids match a glob."""

    def __init__(self, *, pattern: str, **rest) -> None:
        super().__init__(**rest)
        self.pattern = pattern

    def collect(self):
        from verify.errors import BadInput
        from verify.registry import claims

        try:
            known = claims()
        except BadInput as error:
            raise self.CollectError(str(error)) from error
        found = [f.claim for name, f in known.items() if fnmatchcase(name, self.pattern)]
        if not found:
            listed = ", ".join(known) or "none"
            raise self.CollectError(f"--verify-claims {self.pattern!r} matches no installed claim; installed: {listed}")
        return [ClaimItem.from_parent(self, name=claim.id, claim=claim) for claim in found]


def _scope(report) -> str:
    """For which sizes each conclusion was settled."""
    found = []
    for name, outcome in report.outcomes.items():
        at = outcome.witness.point if outcome.witness is not None else None
        found.append(f"{name}: " + (f"witness of depth {at.depth}, width {at.width}" if at else outcome.scope or "none"))
    return "; ".join(found)


class ClaimFailed(Exception):
    """The verdict is not the expected one; the text is the report."""


class ClaimItem(pytest.Item):
    """One claim, judged with the seed of the command line."""

    def __init__(self, *, claim, **rest) -> None:
        super().__init__(**rest)
        self.claim = claim

    def runtest(self) -> None:
        from verify.judge import judge
        from verify.request import Request
        from verify.testing import failure_text

        seed = self.config.getoption("--verify-seed")
        self._record(expected=self.claim.expected.name, seed=str(seed))
        report = judge(self.claim, Request(seed=seed))
        self._record(verdict=report.verdict.name, scope=_scope(report))
        if report.exit:
            raise ClaimFailed(failure_text(report))

    def _record(self, **properties: str) -> None:
        self.user_properties.extend(properties.items())

    def repr_failure(self, excinfo, style=None):
        """Words where the fault is the claim's or its author's, a traceback where it is ours."""
        from verify.errors import BadInput, EnginesDisagree

        match excinfo.value:
            case ClaimFailed() as failed:
                return str(failed)
            case BadInput() as error:
                return f"BAD CLAIM {self.name}: {error}"
            case EnginesDisagree() as error:
                return f"INTERNAL ERROR, no verdict on {self.name}: {error}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self):
        return self.path, None, f"claim {self.name}"
