"""The same request gives the same bytes: five hash seeds, one or four workers, a fresh cache or a
warm one. Only times may differ.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.runner import cli

HASH_SEEDS = ("0", "1", "2", "3", "4294967295")
#: with a numeric part, a refutation, forms with several names, a trap, a contrast: the places where
# a set could be walked
COMMANDS: dict[str, tuple[str, ...]] = {
    "proof": ("claim", "quasi-norm"),
    "refutation": ("claim", "quasi-norm", "--without", "balance"),
    "loss": ("claim", "quasi-norm", "--no-numeric", "--loss", "-(B + 2*m^2)/(W + 1/10*N)"),
    "forms": ("claim", "lda-euler-objectives", "--no-numeric"),
    "trap": ("claim", "lda-signs-alone"),
    "limit": ("claim", "lda-direction"),
    "inequality": ("claim", "quasi-norm-bound", "--no-numeric"),
}
KEYS = (
    *(
        "schema_version",
        "claim",
        "source",
        "parameters",
        "statement",
        "dropped",
        "verdict",
        "given",
        "scope",
        "expected",
    ),
    *(
        "hypotheses",
        "conclusions",
        "links",
        "evidence",
        "necessity",
        "rules",
        "witness",
        "certificate",
    ),
    *("notes", "seed", "versions", "exit", "timing"),
)
_SECONDS = re.compile(r"[0-9]+\.[0-9]+ s\b")


def without_times(text: str) -> str:
    """The bytes of a JSON report with every number under "timing" blanked; nothing else is
    touched.
    """
    return re.sub(r'("timing": \{)[^}]*(\})', r"\1\2", text)


def without_seconds(text: str) -> str:
    """A screen with the seconds of its last line blanked; the line wraps by their width, so its
    blanks are folded.
    """
    *body, last = text.rstrip("\n").rsplit("\n\n", 1)
    return "\n\n".join(body) + "\n\n" + _SECONDS.sub("TIME", " ".join(last.split()))


def same_for_all_seeds(
    folder: Path, arguments: tuple[str, ...], strip: Callable[[str], str]
) -> str:
    """Every process has its own cache at the same path, so that paths in the output agree."""
    found = {}
    for seed in HASH_SEEDS:
        run = cli(folder, *arguments, PYTHONHASHSEED=seed)
        assert run.out and "Traceback" not in run.err, run.err
        found[seed] = (run.code, strip(run.out))
    first = found[HASH_SEEDS[0]]
    for seed, other in found.items():
        assert other == first, f"hash seed {seed} differs from {HASH_SEEDS[0]}"
    return first[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_json(name: str, tmp_path: Path) -> None:
    text = same_for_all_seeds(tmp_path, (*COMMANDS[name], "--format", "json"), without_times)
    data = json.loads(text)
    assert tuple(data) == KEYS, "keys and their order are part of schema version 1"
    assert data["schema_version"] == 1 and data["timing"] == {}


@pytest.mark.parametrize("name", ["proof", "refutation", "limit"])
def test_text(name: str, tmp_path: Path) -> None:
    text = same_for_all_seeds(tmp_path, COMMANDS[name], without_seconds)
    assert text.count("TIME") == 1, "exactly one time is shown, in the last paragraph"


TIMELESS = (
    ("list",),
    ("list", "--format", "json"),
    ("show", "quasi-norm", "--latex"),
    ("explain", "lda-mult"),
)


@pytest.mark.parametrize("arguments", TIMELESS)
def test_what_shows_no_time(arguments: tuple[str, ...], tmp_path: Path) -> None:
    same_for_all_seeds(tmp_path, arguments, lambda text: text)


def test_all_with_any_number_of_workers(tmp_path: Path) -> None:
    """Order by id, whichever child ends first: two hash seeds, one of them with four workers."""
    outputs = {}
    for seed, workers in zip(HASH_SEEDS, ("1", "4"), strict=False):
        run = cli(
            tmp_path,
            "all",
            "diag-*",
            "--fresh",
            "--format",
            "json",
            "--workers",
            workers,
            PYTHONHASHSEED=seed,
        )
        assert run.code == 0, run.err
        outputs[seed, workers] = run.out
    assert len(set(outputs.values())) == 1
    ids = [row["claim"] for row in json.loads(next(iter(outputs.values())))]
    assert ids == sorted(ids) and len(ids) >= 4


def test_resuming_changes_nothing(tmp_path: Path) -> None:
    """Fresh, then from the certificates that it left: the same bytes, faster."""
    fresh = cli(tmp_path, "all", "lda-e*", "--fresh", "--format", "json")
    assert list(tmp_path.glob("run-*.json")), "the first run keeps its certificates"
    resumed = cli(tmp_path, "all", "lda-e*", "--format", "json")
    assert (fresh.code, resumed.code) == (0, 0) and fresh.out == resumed.out


def test_the_seed_is_used_and_recorded(tmp_path: Path) -> None:
    """Another seed gives another trajectory: otherwise the tests above would say nothing about
    seeds.
    """
    one, two = (
        cli(tmp_path, "claim", "quasi-norm", "--seed", seed, "--format", "json").json
        for seed in ("1", "2")
    )
    assert (one["seed"], two["seed"]) == (1, 2)
    assert one["evidence"] != two["evidence"] and one["conclusions"] == two["conclusions"]


def test_a_certificate_holds_no_time_and_no_path(tmp_path: Path) -> None:
    bodies = set()
    for seed in HASH_SEEDS[:3]:
        cli(
            tmp_path,
            "claim",
            "quasi-norm",
            "--without",
            "balance",
            "--no-numeric",
            "--certificate",
            "c.json",
            PYTHONHASHSEED=seed,
        )
        bodies.add((tmp_path / "c.json").read_bytes())
    assert len(bodies) == 1 and str(tmp_path).encode() not in bodies.pop()
