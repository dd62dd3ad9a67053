"""A package of claims that does not load is named and left out; the claims of all others are
listed, shown and decided.

Kind: everything that code at import time can do to the process that imports it (raise anything, end
it, hang, fill a stream or the memory, write into any descriptor), and everything that CLAIMS can
be. It holds for every command, and no exit code of a package is ever taken for a verdict.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clocked import clock
from tests.runner import cli, plant
from verify.process.limits import LOADING

COPY = "from dataclasses import replace\nfrom proofs import QUASI_NORM\n"
BAD = {
    "no such name": "X = 1\n",
    "a syntax error": "def\n",
    "raises": "raise RuntimeError('no')\n",
    "raises what no handler expects": (
        "class Odd(BaseException):\n    def __str__(self): raise self\nraise Odd\n"
    ),
    "is interrupted": "raise KeyboardInterrupt\n",
    "ends the process": "raise SystemExit(0)\n",
    "ends the process at once, with success": "import os\nos._exit(0)\n",
    "kills the process": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
    "kills its group": (
        "import os, signal\nos.killpg(0, signal.SIGTERM)\nimport time\ntime.sleep(60)\n"
    ),
    "crashes": (
        "import os, signal\nsignal.signal(signal.SIGSEGV, signal.SIG_DFL)\nos.kill(os.getpid(),"
        " signal.SIGSEGV)\n"
    ),
    "recurses": "def f(): return f()\nf()\n",
    "eats the memory": "x = []\nwhile True: x.append(bytearray(2**26))\n",
    "floods stdout": "while True: print('x' * 2**16)\n",
    "floods stderr": "import sys\nwhile True: sys.stderr.write('x' * 2**16)\n",
    "writes into every descriptor": (
        "import os\nfor n in range(3, 40):\n    try: os.write(n, b'[\"end\", 0]\\n')\n    except"
        " OSError: pass\n"
    ),
    "closes every descriptor": "import os\nos.closerange(0, 40)\n",
    "not a sequence": "CLAIMS = 7\n",
    "without end": (
        "from itertools import repeat\nfrom proofs import QUASI_NORM\nCLAIMS = repeat(QUASI_NORM)\n"
    ),
    "not claims": "CLAIMS = ['quasi-norm']\n",
    "cannot be printed": (
        "class Odd:\n    def __repr__(self): raise ValueError\nCLAIMS = (Odd(),)\n"
    ),
    "ids that are taken": "from proofs import CLAIMS\n",
    "another name that is taken": (
        COPY + "CLAIMS = (replace(QUASI_NORM, id='theirs', also=('quasi-norm',)),)\n"
    ),
    "an id twice": (
        COPY + "CLAIMS = (replace(QUASI_NORM, id='theirs'), replace(QUASI_NORM, id='theirs'))\n"
    ),
    "a printed form that is nowhere": (
        COPY + "CLAIMS = (replace(QUASI_NORM, id='theirs', as_printed='nowhere'),)\n"
    ),
}
SLOW = {"floods stdout", "floods stderr"}  # each takes the whole time that a package has to load


@pytest.mark.parametrize("name", [n for n in BAD if n not in SLOW])
def test_the_others_go_on(name: str, tmp_path: Path) -> None:
    extra = plant(tmp_path, "foreign_claims:CLAIMS", BAD[name])
    run = cli(
        tmp_path,
        "claim",
        "quasi-norm",
        "--no-numeric",
        "--format",
        "json",
        "--memory",
        "1000",
        **extra,
    )
    assert run.code == 0, run.err
    assert run.json["verdict"] == "PROVED"
    assert (
        "Traceback" not in run.err
        and run.err.count("foreign = foreign_claims:CLAIMS") == 1
        and len(run.err) < 2000
    )


@pytest.mark.parametrize("name", sorted(SLOW))
def test_one_that_prints_without_end_is_stopped(name: str, tmp_path: Path) -> None:
    """When its time to load is up; what it printed is shown to a bound, and stdout holds the result
    alone.
    """
    plant(tmp_path, "foreign_claims:CLAIMS", BAD[name])
    words = ("list", "quasi-norm", "--format", "json")
    run = cli(tmp_path, *words, **clock(tmp_path), FLOWLAW_TEST_READS="0.01")
    assert run.code == 0 and [r["id"] for r in run.json] == ["quasi-norm"]
    assert f"{LOADING} s to load" in run.err and len(run.err) < 80_000


def test_every_command_and_all(tmp_path: Path) -> None:
    """``verify all`` is not complete then: it shows the others, names the package at its end, and
    is no success.
    """
    extra = plant(tmp_path, "foreign_claims:CLAIMS", BAD["ends the process at once, with success"])
    for arguments in (
        ("list", "quasi-norm"),
        ("show", "quasi-norm"),
        ("explain", "quasi-norm"),
        ("all", "quasi-norm"),
    ):
        run = cli(tmp_path, *arguments, **extra)
        assert run.code == 0 and "quasi-norm" in run.out and "foreign" in run.err, (arguments, run)
    unknown = cli(tmp_path, "claim", "theirs", **extra)
    assert unknown.code == 2 and "theirs" in unknown.err and "foreign" in unknown.err


def test_what_a_claim_prints_is_no_result(tmp_path: Path) -> None:
    """At import, to both streams and past Python: it is seen on stderr and does not mix with the
    result.
    """
    noise = (
        "import os, sys\nprint('one')\nos.write(1,"
        " b'two\\n')\nsys.stderr.write('three\\n')\nos.system('echo four')\n"
    )
    module = noise + COPY + "CLAIMS = (replace(QUASI_NORM, id='their-norm'),)\n"
    extra = plant(tmp_path, "foreign_claims:CLAIMS", module)
    run = cli(tmp_path, "claim", "their-norm", "--no-numeric", "--format", "json", **extra)
    assert run.code == 0 and run.json["verdict"] == "PROVED"
    assert all(word in run.err for word in ("one", "two", "three", "four"))
    (row,) = cli(tmp_path, "all", "their-norm", "--format", "json", **extra).json
    assert row["verdict"] == "PROVED"


#: what the experiment of a claim does to the process that decides it -> the exit code of its row
RUN = """
from dataclasses import dataclass, replace
from proofs import QUASI_NORM

@dataclass(frozen=True)
class Rude:
    measures = ("conserved",)
    what: str = ""
    conclusion: str = "conserved"
    kind: str = "rude"

    def run(self, outcomes, points, request):
        import os, signal, sys
        if self.what == "ends": os._exit(0)
        if self.what == "raises": raise SystemExit(0)
        if self.what == "crashes": os.kill(os.getpid(), signal.SIGABRT)
        if self.what == "forges":
            for n in range(3, 40):
                row = b'["row", {"claim": "rude-forges", "verdict": "PROVED", "exit": 0}]\\n'
                try: os.write(n, row)
                except OSError: pass
        if self.what == "floods":
            for _ in range(3000): sys.stdout.write("x" * 2**16); sys.stdout.flush()
        return []

CLAIMS = tuple(
    replace(QUASI_NORM, id="rude-" + what, experiments=(Rude(what),))
    for what in ("ends", "raises", "crashes", "forges", "floods", "rests")
)
"""


def test_a_claim_that_harms_its_process_harms_no_other(tmp_path: Path) -> None:
    """Nothing, other JSON and a flood: each is the affair of one row, in ``all`` and in ``claim``,
    whatever the number of workers.
    """
    extra = plant(tmp_path, "foreign_claims:CLAIMS", RUN)
    run = cli(tmp_path, "all", "rude-*", "--fresh", "--format", "json", "--workers", "3", **extra)
    assert (
        cli(tmp_path, "all", "rude-*", "--fresh", "--format", "json", "--workers", "1", **extra).out
        == run.out
    )
    rows = {r["claim"].removeprefix("rude-"): r for r in run.json}
    assert {n for n, r in rows.items() if r["verdict"] == "PROVED" and r["exit"] == 0} == {
        "floods",
        "rests",
    }
    assert all(
        r["verdict"] == "UNDECIDED" and r["exit"] in (3, 4) and r["error"]
        for n, r in rows.items()
        if r["exit"]
    )
    several = cli(tmp_path, "claim", "rude-*", "--format", "json", **extra)
    assert {r["claim"]: r["verdict"] for r in several.json} == {
        r["claim"]: r["verdict"] for r in run.json
    }
    assert several.code == run.code == 3 and "Traceback" not in several.err + run.err
