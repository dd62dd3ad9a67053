"""``check_mirror``, the reader of ``verify mirror --format json``: it accepts every answer of
the table of parametrisations, and refuses what is changed in one.

The kind: a claim of a potential or an exclusion that is false with nothing but a number changed; an
h that exists beside no potential; a reason that does not hold; letters with other slopes than their
function has; a start without full rank; a clock that runs backwards; values that nobody can check.
"""

from __future__ import annotations

import copy
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import log
from pathlib import Path
from typing import Any

import pytest

from tests.mirror_check import check as by_numbers
from tests.mirror_rows import ROWS, asked
from tests.runner import ROOT, SECONDS, cli
from verify.check_mirror import NotACertificate, Refused, check, main
from verify.check_mirror.integral import bounds
from verify.commands.mirror import answered
from verify.mirror.exclude import first_word, of_vertical

Data = dict[str, Any]
READER = ROOT / "verify" / "check_mirror"
OWN = {
    "degree": ("signed-power", "D,2"),
    "warped degree": ("warped", "D,3"),
}
SAID = {
    "mirror": "mirror flow: ",
    "time change": "mirror flow after a change of time",
    "excluded": "no mirror flow: ",
}
SQUARE = (3, lambda x, y, z: [x**2, y**2 + z**2 * x], (1, 1, 0))
NO_MIRROR = (3, lambda x, y, z: [x, y + (x + z) ** 2], (1, 1, 0))
CURVED = (2, lambda a, b: [a**2 * b + b**2, a * b**2 + a], ())


@cache
def text(name: str) -> str:
    if name in OWN:
        model, sizes = OWN[name]
        return answered(model, None, depth=None, width=None, sizes=sizes).json()
    more = {"square": SQUARE, "no mirror": NO_MIRROR, "curved": CURVED}
    return asked(*(more[name] if name in more else ROWS[name][:3])).json()


def record(name: str) -> Data:
    return json.loads(text(name))


@pytest.mark.parametrize("name", [*ROWS, *OWN, "square", "no mirror", "curved"])
def test_what_is_found_is_accepted(name: str) -> None:
    data = record(name)
    assert check(data).startswith("accepted: from ") and SAID[data["verdict"]] in check(data)
    assert "undecided" not in check(data)


def changed(name: str, change: Callable[[Data], None]) -> Data:
    data = copy.deepcopy(record(name))
    change(data)
    assert data != record(name)
    return data


def refused(data: Data) -> str:
    with pytest.raises((Refused, NotACertificate)) as error:
        check(data)
    return str(error.value)


def leaves(x: Any, path: tuple = ()) -> list[tuple]:
    """Places of numbers as text."""
    if isinstance(x, dict):
        zero = x.get("top") == []  # 0/1 and 0/2 are the same
        parts = {} if zero else x
        return [p for k, v in parts.items() for p in leaves(v, (*path, k))]
    if isinstance(x, list):
        return [p for k, v in enumerate(x) for p in leaves(v, (*path, k))]
    return [path] if isinstance(x, str) and x.lstrip("-").replace("/", "").isdigit() else []


#: what is read of a block, of each verdict
READ = ("laws", "mirror_map", "dual", "formula", "excluded_by", "change_of_time_excluded_by")


def term(**more: Any) -> Callable[[Data], None]:
    """The first term of the first formula with these fields."""
    return lambda d: d["blocks"][0]["formula"]["gradient"][0][0].update(more)


def integral(**more: Any) -> Callable[[Data], None]:
    return lambda d: d["blocks"][0]["integral"].update(more)


def turned(place: tuple) -> Callable[[Data], None]:
    """A number of the first term of the first formula with the other sign."""

    def change(data: Data) -> None:
        *first, last = ("blocks", 0, "formula", "gradient", 0, 0, *place)
        for k in first:
            data = data[k]
        data[last] = str(-Fraction(data[last]))

    return change


@pytest.mark.parametrize("name", [*ROWS, *OWN])
def test_a_number_that_is_changed(name: str) -> None:
    """One number of a law, a mirror map, a dual or a value; a law of one term stays one."""
    data, draw = record(name), random.Random(name)
    places = [
        ("blocks", n, key, *p)
        for n, b in enumerate(data["blocks"])
        for key in READ
        if b[key] and (data["verdict"] != "excluded" or b["verdict"] == "excluded")
        for p in leaves(b[key])
        if key != "laws" or len(b["laws"][p[0]]) > 1
    ]
    if data["verdict"] == "excluded":
        places = [p for p in places if "excluded_by" in p[2]]
    for path in draw.sample(places, min(3, len(places))):

        def change(data: Data, path: tuple = path) -> None:
            *first, last = path
            for k in first:
                data = data[k]
            data[last] = str(Fraction(data[last]) + draw.choice((-2, -1, Fraction(1, 2), 1, 3)))

        refused(changed(name, change))


def block(**more: Any) -> Callable[[Data], None]:
    """The first block with these fields, and its verdict as that of all."""

    def change(data: Data) -> None:
        data["blocks"][0].update(more)
        data["verdict"] = data["blocks"][0]["verdict"]

    return change


def top(**more: Any) -> Callable[[Data], None]:
    return lambda data: data.update(more)


TWO = [[1, [2, 0, 0]], [0, [0, 0, 0]]]
FORGED = {
    **{
        f"h is no function of beta: {why}": (
            "no mirror",
            block(verdict="mirror", why=why),
            "|".join(
                (
                    "not as many as parameters",
                    "brackets are not 0",
                    "no combination",
                    "more outputs",
                    "not known",
                )
            ),
        )
        for why in ("laws", "commuting", "involutive", "one output", "trust me")
    },
    "an exclusion that is none": (
        "commuting measurements",
        block(
            verdict="excluded",
            excluded_by={"what": "defect", "indices": [0, 1, 0], "fields": [], "value": "0"},
        ),
        "is 0",
    ),
    "another output": (
        "chain",
        lambda d: d["blocks"][0]["excluded_by"].update(indices=[0, 1, 7]),
        "outputs that there are not",
    ),
    "a defect against a change of time": (
        "chain",
        lambda d: d["blocks"][0].update(change_of_time_excluded_by=d["blocks"][0]["excluded_by"]),
        "excludes no change of time",
    ),
    "time runs back": ("a(y, z)", top(start=["-1", "2", "3"]), "c is not positive"),
    "no rank": ("a(y, z)", top(start=["0", "0", "0"]), "full rank"),
    "a power of zero": ("degree", top(start=["0", "1", "1", "1"]), "not positive at the start"),
    "plain from changed": ("a(y, z)", block(verdict="mirror"), "no mirror map"),
    "mirror from excluded": ("U U^T", block(verdict="mirror", why="commuting"), "brackets"),
    "excluded from mirror": ("A w^3", block(verdict="excluded"), "not of its shape"),
    "undecided": ("A w^3", block(verdict="undecided"), "nothing to check"),
    "the whole is not its blocks": ("A w^3", top(verdict="excluded"), "does not follow"),
    "a metric": ("A w^3", top(weights=["1", "-1"]), "not positive"),
    "two blocks of one": (
        "A w^3",
        lambda d: d.update(
            blocks=[dict(d["blocks"][0], outputs=[0]), dict(d["blocks"][0], outputs=[1])]
        ),
        "share a parameter",
    ),
    "an output is left out": ("A w^3", lambda d: d["blocks"][0].update(outputs=[0]), "all outputs"),
    "other slopes": (
        "degree",
        lambda d: d["adjoined"][1]["slopes"]["0"]["top"][0].__setitem__(0, "2"),
        "has other slopes",
    ),
    "another function": ("degree", lambda d: d["adjoined"][1].update(kind="exp"), "other slopes"),
    "a function of its own": (
        "degree",
        lambda d: d["adjoined"][1].update(kind="magic"),
        "not known",
    ),
    "a basis": (
        "square",
        lambda d: d["within"].update(basis=[["1", "1", "0"], ["0", "1", "0"]]),
        "not orthogonal|induced",
    ),
    "a longer basis": (
        "square",
        lambda d: d["within"].update(basis=[["2", "0", "0"], ["0", "1", "0"]]),
        "induced",
    ),
    "out of the subspace": (
        "square",
        lambda d: d["within"].update(
            whole=[d["within"]["whole"][0], [*d["within"]["whole"][1], ["1", [0, 0, 1]]]]
        ),
        "leaves",
    ),
    "not the outputs": (
        "square",
        lambda d: d["within"].update(whole=d["within"]["whole"][::-1]),
        "whole space",
    ),
    "the other root in beta": (
        "u v, not",
        turned(("factor", "top", 0, 0)),
        "another root of its relation",
    ),
    "the other sign of a formula": ("u^2 - v^2", turned(("coefficient",)), "a logarithm"),
    "a formula of nothing": ("a(y, z)", term(relation=[]), "another root"),
    "a relation of nothing": ("a(y, z)", term(relation=[["0", [], 2]]), "another root"),
    "a relation that is none": ("a(y, z)", term(relation=[["1", [9], 1]]), "that is none"),
    "no relation": ("a(y, z)", term(relation=[["1", [0], 1]]), "that does not hold"),
    "another power": ("overlap", term(power=3), "an exponent|a relation|a logarithm"),
    "an output for another": ("a(y, z)", term(times_output=1), "no factor of its output"),
    "a root of what is negative": (
        "a(y, z)",
        turned(("root_of", "top", 0, 0)),
        "no root of its relation",
    ),
    "fewer terms": (
        "u^2 - v^2",
        lambda d: d["blocks"][0]["formula"]["gradient"][0].pop(),
        "do not fit",
    ),
    "another integral": ("five layers", integral(at_start="[-0.00927 +/- 1e-20]"), "another value"),
    "a wide ball": ("five layers", integral(at_start="[-0.0092667 +/- 1e-3]"), "another value"),
    "no ball": ("five layers", integral(at_start="about -0.00927"), "no ball"),
    "another monomial": ("u^2 v w", integral(exponents=[1, 2, 1]), "the output has not"),
    "another factor": ("u^2 v w", integral(coefficient="2"), "the output has not"),
    "letters that no double holds": (
        "five layers",
        lambda d: (d.update(start=["1" + "0" * 400] * 5), d["blocks"][0].update(laws=[])),
        "too large or too small",
    ),
    "letters that are almost 0": (
        "five layers",
        lambda d: (d.update(start=["1/1" + "0" * 400] * 5), d["blocks"][0].update(laws=[])),
        "too large or too small",
    ),
    "a formula without its mirror map": (
        "u^2 - v^2",
        lambda d: d["blocks"][0].update(mirror_map=None),
        "do not fit",
    ),
    "fewer letters": ("u^2 v w", integral(letters=[0, 1], exponents=[2, 1]), "has not"),
    "a float": ("A w^3", top(start=["0.5", "1"]), "no rational number"),
    "a number": ("A w^3", top(start=[1, 2]), "no rational number"),
    "a long one": ("A w^3", top(start=["9" * 5000, "1"]), "no rational number"),
    "no blocks": ("A w^3", top(blocks=[]), "all outputs"),
    "other schema": ("A w^3", top(schema="flowlaw-mirror/2"), "no answer of verify mirror"),
    "no list": ("A w^3", top(outputs=7), "not of its shape"),
    "a huge exponent": (
        "A w^3",
        lambda d: d["outputs"][0]["top"][0][1].__setitem__(0, 10**9),
        "polynomial that is none",
    ),
}


def test_a_vertical_word() -> None:
    """[X_i, X_k](K_lm) is 0 along a mirror flow, by (A) and (B): found, read and seen by numbers,
    where a defect excludes as well. A model of which only this excludes is not known.
    """
    answer = asked(*ROWS["chain"][:3]).answer
    given, g = answer.given, answer.blocks[0].geometry
    word = first_word(g, "vertical", list(of_vertical(g)), given.values, 1)
    assert word is not None and word.fields == ()

    def change(data: Data) -> None:
        data["blocks"][0]["excluded_by"].update(
            what="vertical", indices=list(word.indices), fields=[], value=str(word.value)
        )

    said = check(changed("chain", change))
    assert f"K_{word.indices[2] + 1},{word.indices[3] + 1} = {word.value} at the start" in said
    by_numbers(changed("chain", change))
    assert first_word(*_of("commuting measurements"), 1) is None


def _of(name: str) -> tuple:
    answer = asked(*ROWS[name][:3]).answer
    g = answer.blocks[0].geometry
    return g, "vertical", list(of_vertical(g)), answer.given.values


@pytest.mark.parametrize(
    ("squares", "powers", "value"),
    [
        ([1.0, 1.0, 1.0], [1, 1, 1], 2.0),
        ([4.0], [3], 2 / 3 / 2.0),  # int (4 + 3 s)^(-3/2) ds
        ([1.0, 4.0], [2, 2], log(4.0) / 3 / 2),  # int ds/((1 + 2 s) (4 + 2 s))
        ([1e-6, 1e6, 1e6], [2, 1, 1], None),
    ],
)
def test_bounds_of_an_integral(squares: list[float], powers: list[int], value: Any) -> None:
    """Against closed forms; narrow also where the letters are far apart."""
    low, high = bounds(squares, powers)
    assert 0 < low <= high < low * (1 + 2e-4)
    assert value is None or low <= value <= high


def test_an_integral_whose_letter_is_shared() -> None:
    """Where the letter stands in another term too, the integral is no mirror map."""
    data = record("u^2 v w")
    data["outputs"][0]["top"].append(["1", [1, 0, 0]])
    data["blocks"][0].update(laws=[], dual=None)
    assert "shared" in refused(data)


@pytest.mark.parametrize("name", FORGED)
def test_forgeries(name: str) -> None:
    base, change, why = FORGED[name]
    assert re.search(why, refused(changed(base, change)))


def test_by_itself_and_by_replay(tmp_path: Path) -> None:
    """Without any of ours on the path; ``verify replay`` says the same, with the same exit code."""
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(text("U U^T"))
    bad.write_text(json.dumps(changed("U U^T", block(verdict="mirror", why="commuting"))))
    command = [sys.executable, "-I", "-S", str(READER)]
    ran = subprocess.run(
        [*command, str(good), str(bad)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ran.returncode == 1 and "no mirror flow: (J [X_1, X_2])_1 = -52" in ran.stdout
    assert "refused: brackets are not 0" in ran.stderr
    again = cli(tmp_path, "replay", str(good))
    assert again.code == 0 and again.out == ran.stdout
    again = cli(tmp_path, "replay", str(bad))
    assert again.code == 1 and "refused: brackets are not 0" in again.err


def test_exit_codes_of_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_text("[" * 9999)
    (tmp_path / "good.json").write_text(text("A w^3"))
    assert main([]) == 2 and main([str(tmp_path / "none.json")]) == 2
    assert main([str(tmp_path / "x.json")]) == 2 and main([str(tmp_path / "good.json")]) == 0
    assert "usage: " in capsys.readouterr().err
