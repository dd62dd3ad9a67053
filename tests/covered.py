"""Line coverage of the trusted core, verify/check*.py: ``python -m tests.covered``, in make check.

The readers read every shipped certificate, and the tests that try readers run (TRIES). FLOOR is
what each file must reach, in per cent of its lines: slightly below what was measured when it was
set. It only rises: whoever adds a refusal adds the forgery that it refuses. A line that no test
enters may accept what it should refuse.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE, STDOUT, run
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
MIRROR = (
    "combinations", "command", "formula", "integral", "nilpotent", "potential", "rational",
    "record", "subspace", "words",
)  # fmt: skip
FLOOR = {
    "verify/check.py": 98,
    "verify/check_actions.py": 97,
    "verify/check_chebyshev.py": 94,
    "verify/check_distances.py": 96,
    "verify/check_enclosure.py": 96,
    "verify/check_matrices.py": 96,
    **{f"verify/check_mirror/{name}.py": 86 for name in MIRROR},
}
TRIES = (
    "test_actions_attacks",
    "test_attacks_matrices_forged",
    "test_check",
    "test_check_matrices",
    "test_check_mirror",
    "test_dimension_attacks",
    "test_enclosure_attacks",
    "test_enclosure_certificates",
    "test_enclosures_in_series",
    "test_readers_refuse",
)
PARTS = 4  #: in which they run
#: words of exclusion are entered by the models that they exclude, distances of each state by the
#: links that say so, fractions by what begins at its bound
EVERY = ("tests/meta/test_check_mirror.py", "tests/laws/test_stiff_each.py",
         "tests/laws/test_begins_at_its_bound.py", "tests/golden/test_broken_pipe.py",
         "-k", "found_is_accepted or reader or part or start")  # fmt: skip


def _tries() -> list[list[str]]:
    """What is run under coverage.py, the longest first: as many at once as there are cores."""
    tests, pytest = [f"tests/meta/{name}.py" for name in TRIES], ["-m", "pytest", "-q", "-p"]
    return [
        *([*pytest, "no:xdist", "--tail", "1/5", *tests[k::PARTS]] for k in range(PARTS)),
        [*pytest, "no:xdist", "--tail", "1", *EVERY],
        ["verify/check_enclosure.py", *map(str, sorted(ROOT.glob("proofs/enclosures/*.json")))],
        ["verify/check.py", *map(str, sorted(ROOT.glob("proofs/certificates/*.json")))],
    ]


def _entered(command: list[str]) -> None:
    """Run it; what it says stays together. Raises CalledProcessError where it fails."""
    done = run(command, cwd=ROOT, stdout=PIPE, stderr=STDOUT, text=True)
    print(done.stdout, end="", file=sys.stderr, flush=True)
    done.check_returncode()


def measured(folder: Path) -> dict[str, dict]:
    """What coverage.py counts of each reader: per cent, and the lines that nothing entered."""
    settings = folder / "settings"
    settings.write_text(
        "[run]\ninclude = verify/check*.py,verify/check_mirror/*.py\n"
        f"data_file = {folder}/data\nparallel = true\n"
    )
    cover = [sys.executable, "-m", "coverage"]
    begin = [*cover, "run", f"--rcfile={settings}"]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda words: _entered([*begin, *words]), _tries()))
    for arguments in (["combine", "-q"], ["json", "-q", "-o", str(folder / "found.json")]):
        run([*cover, arguments[0], f"--rcfile={settings}", *arguments[1:]], cwd=ROOT, check=True)
    return json.loads((folder / "found.json").read_text())["files"]


def main() -> int:
    """The table, and 1 where a file is below its floor."""
    if find_spec("coverage") is None:
        print("skipped: coverage is not installed (pip install 'flowlaw[test]')")
        return 0
    with TemporaryDirectory() as folder:
        found = measured(Path(folder))
    below = 0
    for name, floor in FLOOR.items():
        summary, missing = found[name]["summary"], found[name]["missing_lines"]
        covered = summary["percent_covered"]
        below += covered < floor
        print(f"{name:28} {summary['num_statements']:5} lines  {covered:6.2f} %  floor {floor} %")
        if covered < floor:
            print(f"    below its floor; nothing enters lines {', '.join(map(str, missing))}")
    return min(below, 1)


if __name__ == "__main__":
    sys.exit(main())
