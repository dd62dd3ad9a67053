"""Parametrisations and what they are: a mirror flow, one after a change of time, or none.

Each answer is compared by ``tests/mirror_check.py`` with what a mirror flow is, by numbers along
closed paths: other mathematics than what found it, and no code of it or of the reader. The verdicts
are known from the theory: one output and outputs without common parameters always are; a(y, z) is
one after a change of time only; overlaps, triangles and U U^T are none; and so on, see each row.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from tests.mirror_check import check
from tests.mirror_rows import ROWS, TWICE, asked
from verify.exact.errors import BadInput
from verify.mirror.decide import decide
from verify.mirror.given import generic, of_model
from verify.models.catalogue import MODELS, model
from verify.report.mirror import Mirror


def read(found: Mirror) -> dict[str, Any]:
    """Its data, computed again."""
    data: dict[str, Any] = json.loads(found.json())
    check(data)
    return data


@pytest.mark.parametrize("name", ROWS)
def test_what_it_is(name: str) -> None:
    data = read(asked(*ROWS[name][:3]))
    assert data["verdict"] == ROWS[name][3]


def _word(b: dict[str, Any], value: str) -> None:
    b["excluded_by"]["value"] = value


def _mirror(b: dict[str, Any]) -> None:
    b.update(verdict="mirror", mirror_map=None, dual=None, speed=None, formula=None)


PLANTED: dict[str, tuple[str, Callable[[dict[str, Any]], Any]]] = {
    "a coefficient of h": ("A w^3", lambda b: b["mirror_map"][0][0].update(coefficient="7/5")),
    "a coefficient of the dual": ("u^5 - v^5", lambda b: b["dual"][0].update(coefficient="1/3")),
    "a law": ("u v, not", lambda b: b["laws"][0][0].update(coefficient="2")),
    "a formula": (
        "a(y, z)", lambda b: b["formula"]["gradient"][1][0].update(coefficient="1001/1000"),
    ),
    "no change of time": ("a(y, z)", _mirror),
    "a potential of the chain": ("chain", _mirror),
    "a potential of U U^T": ("U U^T", _mirror),
    "an exclusion of what commutes": (
        "commuting measurements", lambda b: b.update(verdict="excluded"),
    ),
    "a value": ("U U^T", lambda b: _word(b, "-53")),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_seen(name: str) -> None:
    """The numbers refuse what is not so: each of these is false of its row."""
    row, change = PLANTED[name]
    data = json.loads(asked(*ROWS[row][:3]).json())
    for b in data["blocks"]:
        change(b)
    data["verdict"] = data["blocks"][0]["verdict"]
    with pytest.raises(AssertionError):
        check(data)


@pytest.mark.parametrize("m", MODELS, ids=lambda m: m.name)
def test_models_of_the_house(m) -> None:
    data = read(Mirror(decide(of_model(m, m.defaults()))))
    known = dict.fromkeys(("diagonal", "scalars", "signed-power", "signed-product"), "mirror")
    known["warped"] = "time change"
    assert data["verdict"] == known.get(m.name, "excluded")


def test_h_is_not_enough() -> None:
    """h = (x - z, y) has X_i h_j = delta_ij; two states of one leaf have the same outputs and
    another K_12. Every answer that asks for h alone calls it a mirror flow.
    """
    f = lambda x, y, z: [x, y + (x + z) ** 2]
    found = asked(3, f, (1, 1, 0))
    assert read(found)["verdict"] == "excluded"
    assert "h is no function of beta" in str(found) and "x1 - x3" in str(found)


@pytest.mark.parametrize("start", [(1, 0, 0, 1), (2, 0, 0, 2), (3, 0, 0, 3)])
def test_the_start_alone_shows_nothing(start: tuple) -> None:
    """At a multiple of I all defects of U U^T vanish; derivatives along the fields do not."""
    word = read(asked(*ROWS["U U^T"][:2], start))["blocks"][0]["excluded_by"]
    assert len(word["fields"]) == 1


def test_a_special_start() -> None:
    """(x^2, y^2 + z^2 x) satisfies (B) from z = 0, which stays 0, and from no other start."""
    f = lambda x, y, z: [x**2, y**2 + z**2 * x]
    special = read(asked(3, f, (1, 1, 0)))
    assert special["verdict"] == "mirror"
    assert special["within"]["basis"] == [["1", "0", "0"], ["0", "1", "0"]]
    assert read(asked(3, f, (1, 1, Fraction(1, 100))))["verdict"] == "excluded"


def test_two_outputs_and_a_change_of_time() -> None:
    """At a point it can always be solved for; only that d log c is closed excludes it."""
    word = read(asked(2, lambda a, b: [a**2 * b + b**2, a * b**2 + a]))["blocks"][0]
    assert word["change_of_time_excluded_by"]["what"] == "closed"


def test_c_keeps_its_sign() -> None:
    """From a < 0 time runs by -a; beyond a = 0 the leaf covers beta a second time."""
    for start, sign in ((1, "x1 > 0"), (-1, "-x1 > 0")):
        assert sign in str(asked(3, lambda a, y, z: [a * y, a * z], (start, 2, 0)))


@pytest.mark.parametrize("start", [(0, 1), (1, 0), (0, 0)])
def test_no_full_rank(start: tuple) -> None:
    with pytest.raises(BadInput, match=r"has rank [01] there; .*= 0 there; expected rank 2"):
        asked(2, lambda u, v: [u**2, v**2], start)


def test_zero_that_is_not_in_the_way() -> None:
    """At D = 2 with u = 0 the flow lives on a half-line, with v alone."""
    data = read(asked(2, lambda u, v: [u**2 - v**2], (0, 1)))
    assert data["verdict"] == "mirror"


def test_the_monomial_integral() -> None:
    """Against the derivative along the flow, by differences of the integral in balls."""
    m = model("scalars")
    at = lambda x: decide(of_model(m, m.at((3,)), x)).blocks[0].integral.at_start
    x = [Fraction(1), Fraction(2), Fraction(3)]
    slope = [x[1] * x[2], x[0] * x[2], x[0] * x[1]]
    e = Fraction(1, 10**8)
    moved = lambda s: [a + s * e * b for a, b in zip(x, slope, strict=True)]
    change = (float(at(moved(1)).mid()) - float(at(moved(-1)).mid())) / 2e-8
    assert abs(change - 1) < 1e-6


def test_generic_starts() -> None:
    assert generic(5) == [1, 2, 3, 5, 7]


@pytest.mark.parametrize(
    "start", [(1, -1), (-2, 2), (1, 1), (Fraction(1, 3), Fraction(-1, 3)), (2, -3)]
)
def test_a_mirror_map_is_defined_at_the_start(start: tuple) -> None:
    """log |u + v| is none where u = -v. The same kind: a power with a negative exponent of what is
    0 at the start, a logarithm of a letter that is 0, in laws and duals too.
    """
    data = read(asked(2, lambda u, v: [u * v], start))
    for f in (data["blocks"][0]["mirror_map"][0], *data["blocks"][0]["laws"]):
        for term in f:
            if term["kind"] == "log":
                pairs = zip(term["letters"], term["numbers"], strict=True)
                assert sum(start[i] * n for i, n in pairs) != 0


@pytest.mark.parametrize(
    ("start", "elementary"),
    [
        ((1, 1, 2, 2, 3), True),
        ((1, 2, 3, 5, 7), False),
        ((1, 1, 2, 3, 5), True),
        ((1, 2, 3), False),
    ],
)
def test_what_is_called_not_elementary(start: tuple, elementary: bool) -> None:
    """Of five layers (1, 1, 2, 2, 3) the integral is one of ds/((1 + s) (4 + s) sqrt(9 + s)), which
    is elementary although three squares differ. Only where all differ it is of the first kind.
    """
    f = lambda *x: [math.prod(x[1:], start=x[0])]
    assert ("not elementary" in str(asked(len(start), f, start))) is not elementary


def test_a_retimed_flow_says_why_it_needs_another_clock() -> None:
    said = str(asked(3, lambda a, y, z: [a * y, a * z], (1, 2, 3)))
    assert "none in t: (J [X_1, X_2])_1 = -3 at the start" in " ".join(said.split())


SPECIAL: dict[str, tuple[int, Callable[..., list[Any]], tuple, tuple, str]] = {
    "a tie": (
        4, lambda x, y, z, w: [x**2, y**2 + (z - w) ** 2 * x], (1, 1, 3, 3), (1, 1, 3, 2), "mirror",
    ),
    "two ties": (
        4, lambda x, y, z, w: [x**3, y**2 + (z - TWICE(w)) ** 2 * x * y],
        (1, 2, 4, 2), (1, 2, 4, 1), "mirror",
    ),
    "z^3": (3, lambda x, y, z: [x**2, y**2 + z**3 * x], (2, 1, 0), (2, 1, 1), "mirror"),
    "a^T W of rank 1": (
        8, lambda a, b, *w: [a * w[i] + b * w[3 + i] for i in range(3)],
        (1, 2, 1, 2, 3, 2, 4, 6), (1, 2, 1, 2, 3, 2, 4, 7), "time change",
    ),
    "U V^T of rank 1": (
        6, lambda a, b, x, y, s, t: [a * x + b * s, a * y + b * t],
        (1, -1, 2, 3, -2, -3), (1, -1, 2, 3, -2, 3), "time change",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPECIAL)
def test_starts_that_stay_in_a_subspace(name: str) -> None:
    """Zeros and ties that last: what holds on the subspace holds from such a start and from no
    other one.
    """
    count, f, special, other, verdict = SPECIAL[name]
    assert read(asked(count, f, special))["verdict"] == verdict
    assert read(asked(count, f, other))["verdict"] == "excluded"


def test_a_start_without_outputs() -> None:
    """The default start goes elsewhere where the outputs have no value; a given one is refused."""
    f = lambda u, v: [u / (v - TWICE(v.field.number(1)))]
    assert read(asked(2, f))["verdict"] == "mirror"
    with pytest.raises(BadInput, match="no value there: a division by 0"):
        asked(2, f, (1, 2))
