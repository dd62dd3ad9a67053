"""Long tails: of each generated family of cases a fixed fraction runs by default, drawn by a seed;
all of it with ``--tail 1``; with ``--tail rest`` what the default leaves out.

TAILS names the functions whose cases are many of one kind: mutants, forgeries, random programs,
every claim of a list, every command in every hostile place, every engine on every flow. Which cases
run depends on their parameters alone, so that functions over one list run for the same entries and
share what they compute. Every function keeps at least one case. SLOW names functions that take
seconds, of a tail those whose single cases do: they are one family, drawn by their names, but every
file keeps a function. Everything else always runs, and what is left out is counted and said. ``make
check`` runs all of it: ``make test``, then the rest. Tests that draw inside (fixtures ``tail``,
``drawn``) belong to both, to the rest with all that they draw from.
"""

from __future__ import annotations

import compileall
import gc
import os
import signal
import sys
from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from _pytest.assertion import rewrite
from hypothesis import HealthCheck, settings

from tests.tails import FRACTION, LONGEST, SLOW, SLOW_FRACTION, TAILS, TOGETHER

REST = "rest"
#: of each reader what counts its work
WORK = (
    ("verify.kernel.limits", "Work"),
    ("verify.kernel.traced.effort", "Effort"),
    ("verify.check", "WORK"),
    ("verify.check_actions", "ac_work"),
    ("verify.check_chebyshev", "WORK"),
    ("verify.check_matrices", "mx_work"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("tail", "long tails of generated cases")
    group.addoption(
        "--tail",
        metavar="F",
        type=_fraction,
        default=Fraction(FRACTION),
        help=f"fraction that runs ({FRACTION}; all: 1), or what {FRACTION} leaves out: {REST}",
    )
    group.addoption(
        "--tail-seed", metavar="N", type=int, default=0, help="which ones are drawn (default 0)"
    )


def _fraction(text: str) -> Fraction | str:
    from argparse import ArgumentTypeError

    if text == REST:
        return REST
    try:
        found = Fraction(text)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    if not 0 < found <= 1:
        raise ArgumentTypeError(
            f"{text!r}: expected a fraction above 0, at most 1, for example 1/5, or {REST}"
        )
    return found


def pytest_configure(config: pytest.Config) -> None:
    """No test sees the caller's terminal, nor signals that it ignores, nor how busy the machine is;
    readline, which pytest loads, sets COLUMNS behind os.environ.
    """
    gc.disable()  # until all tests are collected
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
        os.environ.pop(name, None)
        os.unsetenv(name)
    if (
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    ):  # a job in the background: what tests start would ignore it too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    # a machine that is busy with something else makes no draw wrong
    settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("busy")
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False
    if hasattr(config, "workerinput"):
        _rewrite(config, config.workerinput)
    elif sys.dont_write_bytecode:
        _compile()


def _compile() -> None:
    """Where Python may write no compiled modules, each of the processes that tests start would
    compile all of ours again.
    """
    for package in ("verify", "proofs", "attack"):
        compileall.compile_dir(Path(__file__).parents[1] / package, quiet=2)


def _rewrite(config: pytest.Config, worker: dict[str, Any]) -> None:
    """Every worker collects all files. Each prepares the asserts of its share of them, where pytest
    looks for what it prepared before; otherwise each of them prepares them all, which takes half of
    the time until tests begin. Where pytest has no such functions, nothing is lost but that.
    """
    share = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
    try:
        state = config.stash[rewrite.assertstate_key]
        for path in sorted(Path(__file__).parent.rglob("test_*.py"))[share[0] :: share[1]]:
            folder = rewrite.get_cache_dir(path)
            kept = folder / (path.stem + rewrite.PYC_TAIL)
            if rewrite.try_makedirs(folder) and rewrite._read_pyc(path, kept) is None:
                source, code = rewrite._rewrite_test(path, config)
                rewrite._write_pyc(state, code, source, kept)
    except (AttributeError, TypeError, ValueError, KeyError, SyntaxError):
        return  # another pytest, or a file that pytest will name itself


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """File by file; files that judge the same claims go to one worker, which judges them once."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Files(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return TOGETHER[0] if file.removeprefix("tests/") in TOGETHER else file

    return Files(config, log)


@pytest.fixture(autouse=True)
def unspent() -> None:
    """A reader counts its work for one certificate: a test that calls what lies inside begins with
    nothing done, whatever ran before it.
    """
    for module, name in WORK:
        if module in sys.modules:
            work = getattr(sys.modules[module], name)
            if hasattr(work, "begin"):
                work.begin()
            else:
                work.done = 0


@pytest.fixture(scope="session")
def tail(request: pytest.FixtureRequest) -> Fraction:
    """The fraction that runs, for tests that draw inside: in the rest, all."""
    asked = request.config.getoption("--tail")
    return Fraction(1) if asked == REST else asked


@pytest.fixture(scope="session")
def drawn(request: pytest.FixtureRequest, tail: Fraction) -> Callable[[list[str]], list[str]]:
    """Of a list those for which functions over that list run: what they computed is there."""

    def those(names: list[str]) -> list[str]:
        ordered = sorted(names, key=lambda name: _hash(request.config, f"{name}]"))
        return ordered if tail == 1 else ordered[: ceil(len(names) * tail)]

    return those


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that take longest begin; then what does not run leaves."""
    rank = {name: i for i, name in enumerate(LONGEST)}
    items.sort(key=lambda i: rank.get(i.nodeid.split("::")[0].removeprefix("tests/"), len(rank)))
    left_out = _left_out(config, items)
    if config.getoption("--tail") == REST:
        left_out = {i for i in items if i not in left_out and not _draws(i)}
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=list(left_out))


def pytest_collection_finish() -> None:
    """What was collected, 31,000 tests and what they import, stays to the end: it is not looked
    through for garbage again and again, which took a quarter of the time of short tests.
    """
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


def _left_out(config: pytest.Config, items: list[pytest.Item]) -> set[pytest.Item]:
    """Of each function in TAILS all but the cases with the smallest hashes of seed and parameters,
    of those in SLOW all but a fraction of the functions.
    """
    families: dict[str, list[pytest.Item]] = {}
    for item in items:
        if _function(item) in TAILS:
            families.setdefault(_function(item), []).append(item)
    left_out: set[pytest.Item] = set()
    for family in families.values():
        ordered = sorted(family, key=lambda i: _place(config, i))
        left_out.update(ordered[ceil(len(family) * _tail(config)) :])
    slow = sorted(SLOW, key=lambda name: _hash(config, name))
    gone = set(slow[ceil(len(slow) * _slow(config)) :])
    return left_out | {i for i in items if _function(i) in gone}


def _draws(item: pytest.Item) -> bool:
    """Whether it draws inside."""
    return not {"tail", "drawn"}.isdisjoint(getattr(item, "fixturenames", ()))


def _tail(config: pytest.Config) -> Fraction:
    """The fraction of tails that runs, or whose complement does."""
    asked = config.getoption("--tail")
    return Fraction(FRACTION) if asked == REST else asked


def _slow(config: pytest.Config) -> Fraction:
    """Of slow functions: all of them, too, where another fraction is asked for."""
    return Fraction(SLOW_FRACTION) if _tail(config) == Fraction(FRACTION) else Fraction(1)


def _function(item: pytest.Item) -> str:
    """As the tables name it."""
    return item.nodeid.split("[")[0].removeprefix("tests/")


def _place(config: pytest.Config, item: pytest.Item) -> bytes:
    return _hash(config, item.nodeid.partition("[")[2])


def _hash(config: pytest.Config, parameters: str) -> bytes:
    return sha256(f"{config.getoption('--tail-seed')} {parameters}".encode()).digest()


def pytest_report_header(config: pytest.Config) -> str:
    fraction, seed = _tail(config), config.getoption("--tail-seed")
    slow = "" if _slow(config) == 1 else f", {_slow(config)} of {len(SLOW)} slow functions"
    if config.getoption("--tail") == REST:
        return f"long tails: all but what runs by default ({fraction} of each{slow}, seed {seed})"
    return f"long tails: {fraction} of each{slow}, seed {seed}; all of them: --tail 1"
