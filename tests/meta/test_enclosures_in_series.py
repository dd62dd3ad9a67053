"""Certificates of stiff flows: long links with Chebyshev polynomials. What the reader accepts is
true, whoever wrote it; it has neither the engine nor its radii.

What belongs to the kind: every field of a link, of a start and of a flow, changed a little or a
lot; polynomials of another flow, of another time, of another unit; logarithmic norms that are too
small; links that overlap, leave gaps, are turned around or are cut off; facts that nearly hold.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction as F
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import mpmath
import pytest
from flint import ctx

from tests.flows_that_are_stiff import drawn, growing
from tests.meta.enclosures import Json, restated
from tests.runner import environment
from verify.check_enclosure import NotACertificate, Refused, check
from verify.integrate.enclosure import Unenclosed
from verify.integrate.stiff.validated import StiffValidated
from verify.integrate.system import System
from verify.theories.enclosures.certificate import body_of
from verify.theories.enclosures.facts import Fact

VERIFY = Path(__file__).resolve().parents[2] / "verify"
RATE, END = 1000, F(6)


def field(x: Any, m: Any) -> list:
    """3 x - 4 y settles at once, 4 x + 3 y falls like e^-t."""
    u, v = (3 * x[0] - 4 * x[1]) * F(-RATE, 25), (4 * x[0] + 3 * x[1]) * F(-1, 25)
    return [3 * u + 4 * v, -4 * u + 3 * v]


FACTS = [
    Fact("x", lambda x, m: x[0], ">", F(15, 10**4), F(1, 10)),
    Fact("y", lambda x, m: x[1], "<", F(1, 4), F(7, 10)),
]
TWO = System("two rates", ("x", "y"), (F(1), F(0)), field)


@cache
def _written() -> Json:
    return body_of("two", [("a start", TWO, StiffValidated().run(TWO, END, 12, samples=1), FACTS)])


def written() -> Json:
    """A fresh copy."""
    return copy.deepcopy(_written())


def true(t: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """The solution in closed form."""
    u = (3 * x - 4 * y) / 25 * mpmath.exp(-RATE * t)
    v = (4 * x + 3 * y) / 25 * mpmath.exp(-t)
    return 3 * u + 4 * v, 3 * v - 4 * u


def number(x: Any) -> Any:
    return mpmath.mpf(F(x).numerator) / F(x).denominator


def polynomials(link: Json, begin: Any, t: Any) -> list[Any]:
    """At a time; written for this test."""
    sigma = 2 * (t - begin) / number(link["h"]) - 1
    angle = mpmath.acos(max(-1, min(1, sigma)))
    rows = link["chebyshev"]
    rows = [rows[int(c[1:])] if c.startswith("=") else c for c in rows]
    terms = lambda c: (int(a, 16) * mpmath.cos(k * angle) for k, a in enumerate(c.split(" ")))
    return [mpmath.ldexp(mpmath.fsum(terms(c)), -link["bits"]) for c in rows]


def assert_true(body: Json, said: str) -> None:
    """The printed distance and the facts, at drawn times."""
    part, draw = body["parts"][0], Random(0)
    within = mpmath.mpf(re.search(r"within (\S+) of ", said)[1])  # type: ignore[index]
    x, y = (number(a) for a in part["start"])
    begin = mpmath.mpf(0)
    for link in part["links"]:
        end = number(link["end"])
        for _ in range(3):
            t = begin + (end - begin) * draw.random()
            here = true(t, x, y)
            assert (
                mpmath.norm([a - b for a, b in zip(here, polynomials(link, begin, t), strict=True)])
                <= within
            )
            for f, q in zip(part["facts"], here, strict=True):
                sign = 1 if f["relation"] == ">" else -1
                assert t < number(f["after"]) or sign * (q - number(f["bound"])) > 0
        begin = end


def test_it_is_accepted_and_true() -> None:
    body = written()
    assert all("chebyshev" in link for link in body["parts"][0]["links"])
    with mpmath.workdps(60):
        assert_true(body, check(body))


def of(change: Callable[[Json, Json], None]) -> Callable[[Json], Json]:
    """A forgery by what it does to the part and to a link in its middle."""

    def forged(body: Json) -> Json:
        part = body["parts"][0]
        change(part, part["links"][len(part["links"]) // 2])
        return body

    return forged


def coefficient(link: Json, place: int, by: int) -> None:
    c = link["chebyshev"][0].split(" ")
    c[place] = f"{int(c[place], 16) + by:x}"
    link["chebyshev"][0] = " ".join(c)


def one(link: Json) -> int:
    return 1 << link["bits"]


def more(output: str) -> str:
    factor, node = output.split(" ")
    return f"{F(factor) * F(1001, 1000)} {node}"


def put(place: Json, key: Any, value: Json) -> None:
    place[key] = value


FORGED: dict[str, Callable[[Json], Json]] = {
    "shifted by 10^-2": of(lambda p, k: coefficient(k, 0, one(k) // 100)),
    "tilted by 10^-2": of(lambda p, k: coefficient(k, 1, one(k) // 100)),
    "bent by 10^-2": of(lambda p, k: coefficient(k, 9, one(k) // 100)),
    "x and y exchanged": of(lambda p, k: k["chebyshev"].reverse()),
    "x is y": of(lambda p, k: put(k["chebyshev"], 0, k["chebyshev"][1])),
    "x is a later state": of(lambda p, k: put(k["chebyshev"], 0, "=1")),
    "the same link twice": of(lambda p, k: p["links"].insert(3, copy.deepcopy(p["links"][3]))),
    "a link left out": of(lambda p, k: p["links"].remove(k)),
    "links exchanged": of(lambda p, k: p["links"].reverse()),
    "the end of the run cut off": of(lambda p, k: p["links"].pop()),
    "a longer link": of(lambda p, k: put(k, "end", str(F(k["end"]) + F(1, 10)))),
    "a longer link and step": of(
        lambda p, k: k.update(end=str(F(k["end"]) + 1), h=str(F(k["h"]) + 1))
    ),
    "a shorter step": of(lambda p, k: put(k, "h", str(F(k["h"]) / 2))),
    "a longer step": of(lambda p, k: put(k, "h", str(F(k["h"]) * 2))),
    "no step": of(lambda p, k: put(k, "h", "0")),
    "a step back": of(lambda p, k: put(k, "h", str(-F(k["h"])))),
    "another unit": of(lambda p, k: put(k, "bits", k["bits"] + 1)),
    "bits that are no integer": of(lambda p, k: put(k, "bits", str(k["bits"]))),
    "a norm below what the flow does": of(lambda p, k: put(k, "mu", "-101/100")),
    "a norm far below": of(lambda p, k: put(k, "mu", "-1000000")),
    "one of the norms is too small": of(lambda p, k: put(k, "mu", k["mu"] + " -2")),
    "no norm": of(lambda p, k: put(k, "mu", "")),
    "a norm of 10^9": of(lambda p, k: put(k, "mu", "1000000000")),
    "Chebyshev coefficients said to be of powers": of(lambda p, k: put(k, "x", k.pop("chebyshev"))),
    "both": of(lambda p, k: put(k, "x", k["chebyshev"])),
    "a state too few": of(lambda p, k: k["chebyshev"].pop()),
    "an empty polynomial": of(lambda p, k: put(k["chebyshev"], 0, "")),
    "a fraction for a coefficient": of(lambda p, k: put(k["chebyshev"], 0, "1/2")),
    "another start": of(lambda p, k: put(p, "start", ["1", "1/1000"])),
    "another rate": of(lambda p, k: put(p["flow"]["outputs"], 1, more(p["flow"]["outputs"][1]))),
    "slopes exchanged": of(lambda p, k: p["flow"]["outputs"].reverse()),
    "the fact begins too early": of(lambda p, k: put(p["facts"][1], "after", "0")),
    "the fact is the opposite": of(lambda p, k: put(p["facts"][1], "relation", ">")),
    "the bound is beyond": of(lambda p, k: put(p["facts"][0], "bound", "16/10000")),
    "a radius of one's own": of(lambda p, k: put(k, "within", "1/10")),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forgery_is_refused(name: str) -> None:
    """With the statement that belongs to it, as a forger would write it."""
    forged = FORGED[name](written())
    assert forged != written()
    with pytest.raises(Refused):
        check(restated(forged))


FIELDS = ("chebyshev", "chebyshev", "end", "h", "bits", "mu", "start", "bound", "after")


def mutated(body: Json, draw: Random) -> Json:
    """One field, somewhere, changed a little or a lot."""
    part, what = body["parts"][0], draw.choice(FIELDS)
    link, fact = draw.choice(part["links"]), draw.choice(part["facts"])
    x = lambda text: str(F(text) * (1 + F(draw.choice((-1, 1)), 10 ** draw.randint(0, 12))))
    match what:
        case "chebyshev":
            place = draw.randrange(12)
            c = link["chebyshev"][0].split(" ")
            coefficient(link, min(place, len(c) - 1), draw.choice((-1, 1)) << draw.randint(0, 60))
        case "bits":
            link["bits"] = max(0, link["bits"] + draw.choice((-64, -1, 1, 8)))
        case "mu":
            mu = F(link["mu"].split(" ")[0]) + F(draw.randint(-99, 99), 10 ** draw.randint(0, 4))
            link["mu"] = " ".join([str(mu)] * draw.randint(1, 3))
        case "start":
            k = draw.randrange(2)
            part["start"][k] = str(
                F(part["start"][k]) + F(draw.randint(-9, 9), 10 ** draw.randint(3, 14))
            )
        case "bound" | "after":
            fact[what] = x(fact[what])
        case _:
            link[what] = x(link[what])
    return restated(body)


@pytest.mark.parametrize("seed", range(150))
def test_what_is_accepted_of_a_changed_one_is_true(seed: int) -> None:
    body = mutated(written(), Random(f"changed {seed}"))
    try:
        said = check(body)
    except Refused:
        return
    with mpmath.workdps(60):
        assert_true(body, said)


def keys(data: Json, path: tuple = ()) -> list[tuple]:
    """Where every key of every object is, of lists those of the first entry."""
    if isinstance(data, dict):
        return [p for k, v in data.items() for p in [(*path, k), *keys(v, (*path, k))]]
    return keys(data[0], (*path, 0)) if isinstance(data, list) and data else []


@pytest.mark.parametrize("path", keys(written()), ids=lambda p: "/".join(map(str, p)))
@pytest.mark.parametrize("value", (None, True, 7, "", "1/0", [], {}, "x", -1, "9" * 400), ids=str)
def test_a_field_of_another_kind_is_refused(path: tuple, value: Json) -> None:
    body = written()
    place = body
    for key in path[:-1]:
        place = place[key]
    harmless = path[-1] in ("label", "claim", "words", "name", "after") and isinstance(value, str)
    harmless |= value == [] and path[-2:] in ((0, "nodes"), (0, "facts"))  # fewer, or not needed
    place[path[-1]] = value
    try:
        check(restated(body) if "statement" not in path and path[0] == "parts" else body)
    except (Refused, NotACertificate):
        return
    except Exception:  # the statement cannot be written for what is of another kind
        with pytest.raises((Refused, NotACertificate)):
            check(body)
        return
    assert harmless


@pytest.mark.parametrize("seed", range(60))
def test_stiff_flows_of_every_shape_are_accepted(seed: int) -> None:
    """Roots, quotients, exponentials, logarithms, the clock; two to eight states; the radius is the
    prover's, up to a factor of four.
    """
    system, end = drawn(seed)
    try:
        found = StiffValidated().run(system, end, 10, samples=1)
    except Unenclosed:
        return
    fact = Fact("square", lambda x, m: x[0] * x[0], ">", F(-1, 10**9))
    bits = ctx.prec
    said = check(body_of("drawn", [("from here", system, found, [fact])]))
    assert ctx.prec == bits
    assert float(re.search(r"within (\S+) of ", said)[1]) < 4 * found.radius + F(1, 10**30)  # type: ignore[index]


@pytest.mark.parametrize("seed", range(8))
def test_numbers_that_grow_by_decades_are_read_with_enough_bits(seed: int) -> None:
    """A unit says nothing of the digits before the point: ``drawn(147)`` was refused, whose states
    reach 10^18, and where z = mu dt is large the radius was many times the prover's.
    """
    system, end = growing(seed)
    found = StiffValidated().run(system, end, 6, samples=1)
    said = check(body_of("grows", [("from here", system, found, [])]))
    within = re.search(r"within (\S+) of ", said)
    assert within is not None and found.radius / 2 < F(within[1]) < 4 * found.radius


def test_a_stranger_reads_it_with_four_files(tmp_path: Path) -> None:
    (tmp_path / "made.json").write_text(json.dumps(written()))
    for name in ("check_enclosure", "check"):
        shutil.copy(VERIFY / f"{name}.py", tmp_path)
    run = lambda: subprocess.run(
        [sys.executable, "-I", str(tmp_path / "check_enclosure.py"), str(tmp_path / "made.json")],
        capture_output=True,
        text=True,
        check=False,
        env=environment(tmp_path),
    )
    for name in ("check_chebyshev", "check_distances"):
        alone = run()
        assert alone.returncode == 2 and f"{name}.py" in alone.stderr
        shutil.copy(VERIFY / f"{name}.py", tmp_path)
    assert run().returncode == 0
