"""``verify discover`` as a user meets it: laws in her tensors' names, how many there can be, and
whether they are all; JSON, exit codes, and what cannot be used told at her line.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runner import ROOT, cli, environment
from verify import BadInput, discover_laws

KEYS = {
    "parameters", "outputs", "lie_dimension", "upper", "lower", "count_exact", "complete", "laws",
    "polynomial_laws", "levels", "primes", "error_probability", "cited", "seed", "timing",
}  # fmt: skip

FILE = """\
import numpy as np
from verify.trace.functions import relu, silu

def mine(x: (2,), *, W1: (3, 2), W2: (2, 3)):
    return W2 @ (W1 @ x)

def gated(x: (2,), *, A: (1, 3), B: (3, 2), C: (3, 2)):
    return A @ (silu(B @ x) * (C @ x))

def chosen(x: (2,), *, W: (2, 2)):
    z = W @ x
    return z if z[0] > 0 else -z

def spectrum(x: (2,), *, W: (2, 2)):
    return np.linalg.svd(W)

def unfit(x: (2,), *, W: (2, 3)):
    return W @ x

def idle(x: (2,), *, W: (2, 2), spare: (4,)):
    return W @ x

def constant(x: (2,), *, W: (2, 2)):
    return x * 2

def hollow(x: (2,), *, W: (2, 2)):
    return W @ x + np.nan

def steps(x: (2,), *, W: (2, 2)):
    return np.where(W @ x > 0, 1.0, 2.0)

def pooled(x: (2,), *, A: (4, 2), B: (1, 2)):
    z = relu(A @ x)
    return B @ np.stack([np.maximum(z[0], z[1]), np.maximum(z[2], z[3])])

def root(x: (2,), *, u: (), v: (), w: (2,)):
    return u * np.sqrt((w @ x) ** 2) + v * (w @ x)

def large(x: (300,), *, W: (300, 300)):
    return W @ x

def cancels(x: (2,), *, W: (2, 2)):
    return W @ x - x @ W.T

def times_nothing(x: (2,), *, W: (2, 2)):
    return 0 * (W @ x)

def empty(x: (2,), *, W: (2, 2)):
    return (W @ x)[:0]

def names(x: (2,), *, W: (2, 2)):
    return {"y": W @ x}

def nothing(x: (2,), *, W: (2, 2)):
    W @ x

def shapeless(x, *, W: (2, 2)):
    return W @ x
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "models.py").write_text(FILE)
    return tmp_path


def test_balancedness_is_written_and_complete(tmp_path: Path) -> None:
    ran = cli(tmp_path, "discover", "linear")
    assert ran.code == 0 and ran.err == ""
    assert "W1 @ W1.T - W2.T @ W2    6 laws, proved" in ran.out
    assert "rank 4, 6 modulo 2147483647" in ran.out and "\nCOMPLETE    exit 0" in ran.out


@pytest.mark.parametrize("colons", [":", "::"])
def test_a_model_of_ones_own_has_the_report_of_the_house(folder: Path, colons: str) -> None:
    """Apart from its name and the time that it took."""
    ours = cli(folder, "discover", "linear", "--format", "json").json
    hers = cli(folder, "discover", f"models.py{colons}mine", "--format", "json")
    assert hers.code == 0
    assert KEYS <= set(ours)
    own = {"model", "timing"}
    assert {k: v for k, v in hers.json.items() if k not in own} == {
        k: v for k, v in ours.items() if k not in own
    }


def test_laws_on_the_whole_space_and_near_one_state(tmp_path: Path) -> None:
    """Both counts, and which is which; [5,2,9,5]: 11 against 17 or more."""
    screen = cli(tmp_path, "discover", "relu", "--widths", "5,2,9,5", "--seed", "2").flat
    assert "at most 11: the fields" in screen
    assert "laws on the whole space; near one state, drawn with seed 2, at most 17" in screen
    d = cli(tmp_path, "discover", "relu", "--bias", "--format", "json").json
    assert (d["upper"], d["cell"]["upper"], d["cell"]["exact"]) == (3, 3, True)
    assert cli(tmp_path, "discover", "linear", "--format", "json").json["cell"] is None


def test_one_pattern_is_one(tmp_path: Path) -> None:
    """relu((w - x)^2 + 1) is open everywhere."""
    text = "from verify.trace.functions import relu\n\n\ndef open_gate(x: (), *, w: (), v: ()):\n"
    (tmp_path / "one.py").write_text(text + "    return v * relu(w * w + 1 + x * x - 2 * w * x)\n")
    said = cli(tmp_path, "discover", "one.py:open_gate").flat
    assert "1 pattern occurs there" in said and "1 activation pattern that occurs was used" in said
    assert "2 patterns occur there" in cli(tmp_path, "discover", "relu", "--sizes", "1,1,1").flat


def test_units_of_a_gate(folder: Path) -> None:
    ran = cli(folder, "discover", "models.py:gated")
    assert ran.code == 0
    assert "|A[:,i]|^2 - |C[i,:]|^2 for each i" in ran.out.replace("A[0,i]^2", "|A[:,i]|^2")
    assert "AX: 3 arguments of exp" in ran.out


def test_one_that_nobody_can_write_is_counted(tmp_path: Path) -> None:
    """[1,2,2,1]: 7 exactly, 6 written; never complete, and no probability in the count."""
    found = cli(tmp_path, "discover", "linear", "--widths", "1,2,2,1", "--format", "json")
    d = found.json
    assert found.code == 4
    assert (d["upper"], d["lower"], d["count_exact"], d["complete"]) == (7, 6, True, False)
    assert d["error_probability"] == 0 and d["missing"] == 1
    screen = cli(tmp_path, "discover", "linear", "--widths", "1,2,2,1")
    assert "exactly 7, 6 of them are written; 1 missing" in screen.flat


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("chosen", "models.py:chosen:12: chosen: a branch that depends on the data"),
        ("spectrum", "models.py:spectrum:15: spectrum: np.svd has no rule"),
        ("unfit", "do not fit"), ("idle", "spare is never used"),
        ("constant", "does not depend on any tensor"), ("hollow", "finite"),
        ("steps", "nothing moves"),
        ("cancels", "nothing moves"), ("times_nothing", "nothing moves"), ("empty", "no output"),
        ("names", "returns an object of type dict"), ("nothing", "of type NoneType"),
        ("shapeless", "the parameter x has no shape"), ("nowhere", "no function 'nowhere'"),
    ],
)  # fmt: skip
def test_what_cannot_be_used(folder: Path, name: str, said: str) -> None:
    ran = cli(folder, "discover", f"models.py:{name}")
    assert ran.code == 2 and ran.out == "" and said in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_pooling_is_counted_by_the_kernel_too(folder: Path) -> None:
    """Units of one pool have one law together."""
    ran = cli(folder, "discover", "models.py:pooled")
    assert ran.code == 0 and "counted by the kernel" in ran.flat
    assert "|A[2h:2h+2,:]|^2 - B[0,h]^2 for h = 0..1" in ran.flat.replace("|B[:,h]|^2", "B[0,h]^2")


def test_an_absolute_value_in_disguise_has_no_count(folder: Path) -> None:
    ran = cli(folder, "discover", "models.py:root", "--format", "json")
    assert ran.code == 4 and ran.json["upper"] is None and not ran.json["complete"]
    assert any("np.abs" in note for note in ran.json["notes"])


def test_what_is_too_large_says_what_it_would_take(folder: Path) -> None:
    ran = cli(folder, "discover", "models.py:large")
    assert ran.code == 4
    assert "90000 parameters would take about" in ran.flat and "Traceback" not in ran.err


@pytest.mark.parametrize(
    "words",
    [
        "discover nowhere", "discover linear --widths 2", "discover linear --widths 2,x",
        "discover linear --widths 2,0,2", "discover diagonal --bias", "discover linear --heads 2",
        "discover tied --sizes 2,2", "discover linear --widths 100,100", "discover missing.py:f",
        "discover linear --seed -1",
    ],
)  # fmt: skip
def test_bad_options(tmp_path: Path, words: str) -> None:
    ran = cli(tmp_path, *words.split())
    assert ran.code == 2 and ran.out == "" and ran.err.startswith("verify: ")


def test_the_models_are_listed(tmp_path: Path) -> None:
    ran = cli(tmp_path, "discover", "--format", "json")
    assert ran.code == 0 and {"linear", "relu", "attention"} <= {m["name"] for m in ran.json}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    runs = [
        json.loads(cli(tmp_path, "discover", "relu", "--format", "json", PYTHONHASHSEED=h).out)
        for h in ("1", "2")
    ]
    assert [r.pop("timing") for r in runs] and runs[0] == runs[1]


def test_the_screen_of_the_readme_is_the_real_one(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text().split("# models.py\n")[1].split("\nThe function is")[0]
    code, _, screen = text.partition("    $ verify discover models.py:gated\n")
    plain = lambda part: re.sub(r"\d\.\d\d s", "", re.sub("(?m)^    ", "", part)).strip()
    (tmp_path / "models.py").write_text(plain(code) + "\n")
    ran = cli(tmp_path, "discover", "models.py:gated")
    assert ran.code == 0 and plain(ran.out.replace("\n", "\n    ")) == plain(screen)


def test_a_flow_and_a_loss(tmp_path: Path) -> None:
    """Each changes the answer, and is said on the screen."""
    rates = cli(tmp_path, "discover", "linear", "--flow", "W1=2,W2=1/3")
    assert rates.code == 0 and "W1 @ W1.T - 6 W2.T @ W2" in rates.out
    assert "For         rates W1 2, W2 1/3" in rates.out
    ball = cli(tmp_path, "discover", "linear", "--widths", "1,1,1", "--flow", "heavy-ball")
    assert ball.code == 0 and "rank 2, 3, 5" in ball.out and "yes: none" in ball.out
    scale = cli(tmp_path, "discover", "product", "--loss", "scale-invariant")
    assert scale.code == 0 and "|W1|^2    proved" in scale.out and "E(c v) = E(v)" in scale.flat
    balanced = cli(tmp_path, "discover", "diagonal", "--loss", "scale-invariant").flat
    assert "While u1 = u2: sum(|v|) of the outputs v proved by the engine, not re-" in balanced
    assert "checked by the kernel; held at 3 exact states; otherwise REFUTED at u1" in balanced
    for words in ("linear --flow W9=1", "linear --widths 2,1 --loss scale-invariant"):
        ran = cli(tmp_path, "discover", *words.split())
        assert ran.code == 2 and "Traceback" not in ran.err and ran.out == ""


def test_units_of_attention_heads_and_seeds(tmp_path: Path) -> None:
    heads = ("discover", "attention", "--sizes", "2,1,1", "--heads", "2", "--seed", "3")
    ran = cli(tmp_path, *heads, "--verbose")
    assert ran.code == 0 and "seed 3" in ran.out and "Q 2x1x2" in ran.out


def test_a_law_that_is_given(folder: Path) -> None:
    """0 proved, 1 refuted at an exact state, 2 not read; the state is in the JSON."""
    law = "|A[:,i]|^2 - |C[i,:]|^2 for each i"
    good = cli(folder, "discover", "models.py:gated", "--law", law)
    assert good.code == 0 and good.out.endswith("\nPROVED\n") and law in good.out
    bad = cli(folder, "discover", "linear", "--law", "|W1|^2 - 2 |W2|^2", "--format", "json")
    assert bad.code == 1 and bad.json["verdict"] == "REFUTED" and bad.json["witness"]["exact"]
    assert bad.json["witness"]["rate"] not in ("", "0")
    for words in (("W1 +",), ("W1", "--format", "claims"), ("|W1|^2", "--flow", "heavy-ball")):
        ran = cli(folder, "discover", "linear", "--law", *words)
        assert ran.code == 2 and ran.out == "" and "Traceback" not in ran.err


def kernel(folder: Path, name: str) -> tuple[int, str]:
    """What the kernel says in a process of its own, without the toolkit."""
    command = [sys.executable, "-I", "-S", str(ROOT / "verify" / "kernel"), name]
    ran = subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, text=True
    )
    return ran.returncode, ran.stdout


def test_a_certificate_for_the_kernel(folder: Path) -> None:
    ran = cli(folder, "discover", "models.py:gated", "--certificate", "gated.json")
    assert ran.code == 0 and "counted by the kernel" in ran.out
    code, said = kernel(folder, "gated.json")
    assert code == 0 and "There are no others" in said and "rank 12 = 15 - 3" in said
    assert "Cited: AX (Ax 1971" in said
    assert cli(folder, "replay", "gated.json").code == 0
    text = (folder / "gated.json").read_text()
    (folder / "forged.json").write_text(text.replace('["-1",{"C[0,0]":2}]', '["-2",{"C[0,0]":2}]'))
    code, said = kernel(folder, "forged.json")
    assert code == 1 and "refused: law 1" in said


@pytest.mark.parametrize(
    ("words", "said", "by"),
    [
        ("linear", "", "kernel"), ("linear --widths 1,2,2,1", "", "engine"),
        ("linear --widths 9,9", "81 parameters, the kernel counts up to 64", "engine"),
        ("linear --flow W1=2", "", "kernel"),
        ("linear --flow heavy-ball", "", "kernel"),
    ],
)  # fmt: skip
def test_who_has_counted(tmp_path: Path, words: str, said: str, by: str) -> None:
    found = cli(tmp_path, "discover", *words.split(), "--format", "json").json
    assert found["counted_by"] == by and said in found["kernel"]["reason"]
    assert found["kernel"]["counts"] == (by == "kernel") and not found["kernel"]["refused"]


def test_laws_alone_above_what_the_kernel_counts(tmp_path: Path) -> None:
    words = ("discover", "linear", "--widths", "5,5,4,4,5", "--certificate", "laws.json")
    ran = cli(tmp_path, *words)
    assert ran.code == 0 and "counted by the engine: 81 parameters" in ran.flat
    code, said = kernel(tmp_path, "laws.json")
    assert code == 0 and "these 35 are conserved" in said and "Nothing is said of other" in said


def test_a_certificate_of_a_heavy_ball(tmp_path: Path) -> None:
    """One law for each two hidden units."""
    ran = cli(tmp_path, "discover", "linear", "--flow", "heavy-ball", "--certificate", "x.json")
    assert ran.code == 0 and "counted by the kernel" in ran.out
    code, said = kernel(tmp_path, "x.json")
    assert code == 0 and "these 3 are conserved" in said and "exp(tau t) (" in said


def test_no_such_certificate(tmp_path: Path) -> None:
    law = ("--law", "|W1|^2 - |W2|^2")
    ran = cli(tmp_path, "discover", "linear", "--certificate", "x.json", *law)
    assert ran.code == 2 and not (tmp_path / "x.json").exists()
    assert "--certificate is for the laws that are found" in ran.err
    ran = cli(tmp_path, "discover", "linear", "--certificate", "no/x.json")
    assert ran.code == 2 and "no/x.json" in ran.err


def test_laws_due_to_a_declared_symmetry_are_marked(tmp_path: Path) -> None:
    shown = cli(tmp_path, "discover", "linear", "--symmetry", "dv = v")
    assert shown.code == 0 and "proved under the loss's symmetry" in shown.out
    assert "E of the outputs v at one input" in shown.out and "COMPLETE" in shown.out
    assert "the laws are checked again; counted by the engine: the kernel counts" in shown.flat
    more = ("--loss", "scale-invariant")
    refused = cli(tmp_path, "discover", "linear", "--symmetry", "dv = v", *more)
    assert refused.code == 2 and "--symmetry" in refused.err
    kept = cli(tmp_path, "discover", "linear", "--symmetry", "dv = v", "--certificate", "laws.json")
    code, said = kernel(tmp_path, "laws.json")
    assert kept.code == 0 and code == 0 and "at one input and constant along (y0' = y0" in said


def test_a_notebook_says_what_the_command_says(tmp_path: Path) -> None:
    """The kernel is asked in both."""
    for more, o in (((), {}), (("--symmetry", "dv = v"), {"symmetry": "dv = v"})):
        told = cli(tmp_path, "discover", "relu", "--sizes", "2,2,2", *more, "--format", "json").json
        found = discover_laws("relu", sizes=(2, 2, 2), **o)
        own = json.loads(found.json())
        told.pop("timing"), own.pop("timing")
        assert told == own and own["kernel"] is not None
    assert "proved under the loss's symmetry" in str(found) and "def law" in found.code()

    def mine(x: (2,), *, W1: (3, 2), W2: (2, 3)):  # type: ignore[syntax]
        return W2 @ (W1 @ x)

    assert discover_laws(mine).found.complete and "W_{1}" in discover_laws(mine).latex()
    with pytest.raises(BadInput, match="models of the house"):
        discover_laws(mine, sizes=(2, 3))
