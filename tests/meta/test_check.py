"""The independent reader: it accepts the certificates written by hand and refuses every forgery of
them.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from math import prod
from pathlib import Path

import mpmath
import pytest

from tests.meta.certificates import GOOD, PROOFS, REFUTATIONS, Json
from tests.meta.forgeries import FORGED, altered
from verify import check as reader
from verify.check import NotACertificate, Refused, check

CHECK = Path(reader.__file__)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_the_good_ones_are_accepted(name: str) -> None:
    statement = check(copy.deepcopy(GOOD[name]))
    assert statement.startswith(GOOD[name]["verdict"])


def test_the_statement_is_the_readers_own() -> None:
    data = copy.deepcopy(PROOFS["keeps-sign"])
    data["statement"], data["claim"] = "P = NP", "anything"
    assert "for every depth L >= 2 and every width n" in check(data)
    assert "P = NP" not in check(data)
    assert "l != m" in check(PROOFS["descent-defect"])
    assert "q_i" in check(PROOFS["quasi-norm"]) and "homogeneous of degree 0" in check(
        PROOFS["quasi-norm"]
    )


def test_a_value_at_a_witness_is_the_one_computed_by_hand() -> None:
    """w = (4, 9), w_1 g_1 = 36/169 = -w_2 g_2: Q' = -sum w_i g_i (|u_1/u_2| + |u_2/u_1|) = (36/169)
    (82/9 - 17/4) = 175/169.
    """
    assert "= 175/169 there" in check(REFUTATIONS["no-balance-2"])
    # Q' = -2 <w, g> = -4 |w|^2 = -4 (1 + 64) for w = (-1, -8)
    assert "= -260 there" in check(REFUTATIONS["degree-2"])


@pytest.mark.parametrize("name", sorted(FORGED))
def test_forgeries_are_refused(name: str) -> None:
    data, reason = FORGED[name]
    with pytest.raises(Refused, match=reason):
        check(data)


TEXT = json.dumps(PROOFS["quasi-norm"])
#: text of a file -> exit code
RAW: dict[str, tuple[str, int]] = {
    "good": (TEXT, 0),
    "a key twice": (TEXT.replace('"version": 1', '"version": 1, "version": 1'), 1),
    "NaN": (TEXT.replace('"decay": null', '"decay": NaN'), 1),
    "Infinity": (TEXT.replace('"least_depth": 1', '"least_depth": Infinity'), 1),
    "a float": (TEXT.replace('"least_depth": 1', '"least_depth": 1.0'), 1),
    "a huge integer": (TEXT.replace('"least_depth": 1', '"least_depth": ' + "9" * 100_000), 1),
    "true for 1": (TEXT.replace('"least_depth": 1', '"least_depth": true'), 1),
    "brackets": ("[" * 100_000, 1),
    "version true": (TEXT.replace('"version": 1', '"version": true'), 2),
    "version 2": (TEXT.replace('"version": 1', '"version": 2'), 2),
    "another format": (TEXT.replace("flowlaw-certificate", "flowlaw"), 2),
    "a list": ("[]", 2),
    "not JSON": ("{", 2),
    "empty": ("", 2),
    "not text": ("\udcff", 2),
}


def written(folder: Path, text: str) -> str:
    path = folder / "certificate.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return str(path)


@pytest.mark.parametrize("name", sorted(RAW))
def test_files_and_exit_codes(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, code = RAW[name]
    assert reader.main([written(tmp_path, text)]) == code
    out, err = capsys.readouterr()
    assert bool(out) == (code == 0) and bool(err) == (code != 0) and "Traceback" not in err


def test_as_a_plain_script(tmp_path: Path) -> None:
    """Without site packages, environment and current directory: nothing of ours can be imported."""
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(RAW["good"][0])
    bad.write_text(json.dumps(FORGED["wrong cofactor"][0]))
    for files, code in (
        ([good], 0),
        ([good, bad], 1),
        ([bad, tmp_path / "none", good], 2),
        ([], 2),
    ):
        run = subprocess.run(
            [sys.executable, "-I", "-S", str(CHECK), *map(str, files)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == code and "Traceback" not in run.stderr
        assert run.stdout.count("PROVED for every depth") == files.count(good)


def test_it_imports_the_standard_library_only() -> None:
    lines = [
        x.split()[1] for x in CHECK.read_text().splitlines() if x.startswith(("import ", "from "))
    ]
    assert {x.split(".")[0] for x in lines} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    "data", [None, 1, "x", [], {}, {"format": "flowlaw-certificate"}, {"format": [], "version": 1}]
)
def test_what_is_not_a_certificate(data: Json) -> None:
    with pytest.raises(NotACertificate):
        check(data)


@pytest.mark.parametrize(
    "x", [Fraction(2), Fraction(1, 3), Fraction(10**40, 7), Fraction(7, 10**40)]
)
def test_enclosures_contain_the_value(x: Fraction) -> None:
    """Against mpmath, which is another code, at 200 digits; the relative width is below 10^-25."""
    with mpmath.workdps(200):
        y = mpmath.mpf(x.numerator) / x.denominator
        small = min(x, Fraction(3)) - 1
        cases = [
            (reader.raised(x, e), y ** (mpmath.mpf(e.numerator) / e.denominator))
            for e in (Fraction(2, 3), Fraction(-5, 7))
        ]
        cases += [
            (reader.enclosed("ln", x), mpmath.log(y)),
            (reader.enclosed("exp", small), mpmath.exp(min(y, 3) - 1)),
        ]
        for found, true in cases:
            low, high = (mpmath.mpf(z.numerator) / z.denominator for z in (found.low, found.high))
            assert low < true < high and high - low < abs(true) * mpmath.mpf(10) ** -25


def test_roots_are_exact_where_they_are_rational() -> None:
    assert reader.raised(Fraction(27, 8), Fraction(2, 3)) == Fraction(9, 4)
    assert reader.raised(Fraction(27, 8), Fraction(-1, 3)) == Fraction(2, 3)
    assert reader.raised(Fraction(0), Fraction(2, 3)) == 0
    assert not isinstance(reader.raised(Fraction(28, 8), Fraction(2, 3)), Fraction)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_the_relations_of_balance_hold_for_numbers(depth: int) -> None:
    """Monomials with equal keys are equal at every balanced point: signs and q = 4 or 0 are tried,
    u_l = s_l q^(1/2).
    """
    atoms = (
        [("u", s, "i") for s in range(1, depth + 1)]
        + [("P", s, "i") for s in range(1, depth + 1)]
        + [("w", "i"), ("q", "i")]
    )
    monomials = [
        dict.fromkeys(pick, (Fraction(1), Fraction(0)))
        for size in (1, 2, 3)
        for pick in combinations(atoms, size)
    ]
    model, seen = reader.Model(balanced=True), {}
    for signs, root in product(product((1, -1), repeat=depth), (2, 0)):
        u = [s * root for s in signs]
        values = {("w", "i"): prod(u), ("q", "i"): root**2}
        for s in range(1, depth + 1):
            values |= {
                ("u", s, "i"): u[s - 1],
                ("P", s, "i"): prod(x for r, x in enumerate(u, 1) if r != s),
            }
        for m in monomials:
            reduced = {k: (a + b * depth) for k, (a, b) in model.reduced(m).items()}
            key = (signs, root, repr(sorted(reduced.items(), key=repr)))
            assert seen.setdefault(key, prod(values[x] for x in m)) == prod(values[x] for x in m)
    assert len(seen) < len(monomials) * 2 ** (depth + 1)


# --- every entry of every good certificate, changed one at a time
# ------------------------------------------------------------------


def places(data: Json, path: tuple = ()) -> Iterator[tuple]:
    yield path
    for step in (
        data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    ):
        yield from places(data[step], (*path, step))


def get(data: Json, path: tuple) -> Json:
    for step in path:
        data = data[step]
    return data


def mutants(x: Json) -> Iterator[Json]:
    """Other values in the place of x, all different from it."""
    yield {"unknown": 1}
    yield from (None, "", True, [], "zzz", 1.5, ["D", "1"])
    if isinstance(x, dict):
        yield {**x, "unknown": None}
        for key in x:
            yield {k: v for k, v in x.items() if k != key}
    elif isinstance(x, list):
        for s in range(len(x)):
            yield x[:s] + x[s + 1 :]
            yield [*x[:s], x[s], *x[s:]]
        if len(x) > 1:
            yield x[::-1]
    elif isinstance(x, int):
        yield from (x + 1, x - 1, 10**30)
    elif isinstance(x, str):
        yield from ("0", "7", "-1/3", "L", "g", "q", "P", "m", "flow", "balanced")


GAP_LEFT, GAP_RIGHT = (
    ("conclusions", "main", "quantity", 1, 1, 2),
    ("conclusions", "main", "quantity", 2, 2, 1, 2),
)
RATIO_TOP, RATIO_BOTTOM = (
    ("conclusions", "main", "left", 1, 1, 1, 2),
    ("conclusions", "main", "left", 1, 1, 2, 1, 2),
)
#: entries of proved conclusions whose change gives another true sentence
ALSO_TRUE = {
    **{
        (name, path): "a free layer that occurs once has another name"
        for name in ("decay", "diag-balance")
        for path in (GAP_LEFT, GAP_RIGHT)
    },
    (
        "layer-norm",
        ("conclusions", "main", "quantity", 3, 1, 2),
    ): "a free layer that occurs once has another name",
    ("euler-log", RATIO_TOP): "the ratio of any two quadratic forms has degree 0",
    ("euler-log", RATIO_BOTTOM): "the ratio of any two quadratic forms has degree 0",
    ("near-balance", ("conclusions", "main", "right", 1)): "a larger bound",
}


def justified(name: str, path: tuple, old: Json, new: Json) -> str:
    """Why a changed certificate may still be accepted, or nothing."""
    refutes = GOOD[name]["verdict"] == "REFUTED"
    match path:
        case ("claim" | "statement" | "dropped", *_) | ("assuming", _, "id"):
            return "a label"
        case ("constants",) if {*new} <= {*old} and {*old} - {*new} <= {"L", "n"}:
            return "another order, or an unused L or n that is not declared"
        case ("setting", "least_depth") | ("assuming", _, "bound") if new == old + 1 or (
            refutes and new == old - 1
        ):
            return (
                "the sentence for depths >= 2 (a weaker one if proved, and the witness is that"
                " deep)"
            )
        case ("assuming",) if new == old[::-1] or (name == "diag-balance" and new == []):
            return "another order, or a hypothesis that the proof does not use"
        case ("assuming",) if refutes and all(h in old for h in new):
            return "with fewer hypotheses the sentence is false all the more"
        case ("proof", "main", "cofactors") if (
            [c for c in new if c] == [c for c in old if c] == new[:1]
        ):
            return "cofactors 0 at the end"
        case ("instance" | "witness", *_):
            return "another point, which was evaluated in full"
        case ("conclusions", "main", "rate", *_) if name == "sign-lost":
            return "the rate belongs to a proof, not to the sentence"
        case ("conclusions", *_) if refutes:
            return "another sentence, which fails at this witness as well"
    return ALSO_TRUE.get((name, path), "")


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_changed_certificate_is_refused_or_harmless(name: str) -> None:
    tried = 0
    for path in places(GOOD[name]):
        old = get(GOOD[name], path)
        for new in mutants(old):
            if not path or (new == old and type(new) is type(old)):
                continue
            tried += 1
            try:
                said = check(altered(name, *path, to=new))
            except (Refused, NotACertificate):
                continue
            changed = (
                path[0] != "conclusions" or path[2:3] == ("rate",) or said != check(GOOD[name])
            )
            assert changed and justified(name, path, old, new), (
                f"{path}: {old!r} -> {new!r} is accepted: {said}"
            )
    assert tried > 100
