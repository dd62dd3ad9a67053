"""Links of Chebyshev polynomials that were written by hand to pass: the reader derives distances,
bases and norms by itself, so that nothing false is ever printed.

What belongs to the kind: links that skip what is fast, jump, end early or are read at other times;
norms for parts in another order, or of a flow that expands; bases that are none; numbers of no
digits; another clock, a rising loss. Each is given the statement that a forger would write.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from typing import Any

import pytest
from flint import arb

from tests.meta.enclosures import Json, fact, restated
from tests.meta.test_enclosures_in_series import written
from verify import check_enclosure
from verify.check_enclosure import Refused, check

BITS = 200
ONE = 1 << BITS


def units(*c: F) -> str:
    return " ".join(f"{round(x * ONE):x}" for x in c)


def link(end: str, mu: str, *rows: str, h: str = "") -> Json:
    return {"end": end, "h": h or end, "bits": BITS, "chebyshev": list(rows), "mu": mu}


def made(flow: Json, start: list[str], links: list[Json], *facts: Json, **other: Json) -> Json:
    names = ["x", "y"][: len(start)]
    part = {"label": "by hand", "names": names, "start": start, "clock": "plain", "flow": flow}
    part |= {"horizon": links[-1]["end"], "links": links, "facts": list(facts)}
    head = {"format": "flowlaw-enclosure", "version": 1, "claim": "by hand"}
    return restated({**head, "parts": [{**part, **other}]})


def of(*lines: str, kind: str = "field", outputs: tuple[str, ...] = ()) -> Json:
    return {"kind": kind, "nodes": list(lines), "outputs": list(outputs) or ["1 1"]}


REST, STILL = of("sum 0"), units(F(0))
FALLS = of("sum 0; -1000 0")  # x' = -1000 x
RISES = of("sum 0; 1000 0")
HALF, ABOVE, BELOW = units(F(1, 2)), fact([], "1 0", ">", "1/4"), fact([], "1 0", "<", "1/4")
#: (x - y)' = 1000 (x - y): at rest where they are equal, and no distance stays small
APART = {"kind": "field", "nodes": ["sum 0; 500 0; -500 1", "sum 0; -500 0; 500 1"]}
APART["outputs"] = ["1 2", "1 3"]
HILL = of("sum 0; -1/2 0 0", kind="gradient", outputs=("1 1",))  # J = -x^2/2: x' = x

#: what is stated is false (or the flow does not keep it), and every polynomial looks calm
FORGED: dict[str, Callable[[], Json]] = {
    "it begins elsewhere": lambda: made(REST, ["0"], [link("1", "1", HALF)], ABOVE),
    "it jumps between two links": lambda: made(
        REST, ["0"], [link("1", "1", STILL), link("2", "1", HALF, h="1")],
        fact([], "1 0", ">", "1/4", "3/2"),
    ),
    "what settles at once is left out": lambda: made(
        FALLS, ["1"], [link("1", "-1000", STILL)], fact([], "1 0", "<", "1/1000"),
    ),
    "what rises at once is left out": lambda: made(
        RISES, ["1/1000"], [link("1", "1001", STILL)], fact([], "1 0", "<", "1"),
    ),
    "the norm of the flow backwards": lambda: made(
        RISES, ["1/1000"], [link("1", "-999", STILL)], fact([], "1 0", "<", "1"),
    ),
    "a norm that sees one direction": lambda: made(
        APART, ["1/1000", "0"], [link("1", "1", STILL, STILL)], BELOW,
    ),
    "a rising loss": lambda: made(
        HILL, ["1/100"], [link("10", "-1", STILL)], BELOW,
    ),
    "the clock of logarithms": lambda: made(
        of("clock", "sum 0; -1 1"), ["0"], [link("4", "0", units(F(-4), F(-4), F(-1)))],
        fact([], "1 0", ">", "-10"), clock="log", horizon="5",
    ),
    "a link that ends early, the next at its times": lambda: made(
        of("clock"), ["0"], [link("1", "1", units(F(3, 16), F(1, 4), F(1, 16)), h="1"),
                             link("2", "1", units(F(3, 16), F(1, 4), F(1, 16)), h="1")],
        fact([], "1 0", "<", "1"),
    ),
    "norms of two parts exchanged": lambda: made(  # x' = t x
        of("clock", "mul 0 1", outputs=("1 2",)), ["1/1000"], [link("4", "4 2", STILL)],
        fact([], "1 0", "<", "10"),
    ),
    "half a unit is all there is": lambda: made(
        FALLS, ["1/4"], [{**link("1", "-1000", "0"), "bits": 0}], fact([], "1 0", "<", "1/8"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_forgery_by_hand_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        check(FORGED[name]())


def test_the_same_hands_can_write_what_is_true() -> None:
    """x' = t: x = t^2/2, at t = sigma + 1: 3/4 + sigma + T_2/4; and the rest at 0."""
    row = units(F(3, 4), F(1), F(1, 4))
    said = check(made(of("clock"), ["0"], [link("2", "1", row)], fact([], "1 0", "<", "3")))
    assert "x < 3 for all 0 <= t <= 2" in said
    falls = made(FALLS, ["0"], [link("1", "-999", STILL)], fact([], "1 0", "<", "1/1000"))
    assert "within" in check(falls)


ZERO, NAN = arb(0), arb("nan")
BASES: dict[str, list[list[Any]]] = {
    "one vector twice": [[arb(1), ZERO], [arb(1), ZERO]],
    "nothing": [[ZERO, ZERO], [ZERO, ZERO]],
    "one vector": [[arb(3), arb(-4)], [ZERO, ZERO]],
    "two of one line": [[arb(3), arb(-4)], [arb(-6), arb(8)]],
    "no numbers": [[NAN, NAN], [NAN, NAN]],
}


@pytest.mark.parametrize("name", BASES)
def test_a_basis_that_is_none_shows_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader finds a basis by itself; if that failed, a true certificate would be refused."""
    monkeypatch.setattr(check_enclosure, "eigenvectors", lambda a: BASES[name])
    with pytest.raises(Refused):
        check(written())


@pytest.mark.parametrize("turn", ([[1, 0], [0, 1]], [[2, 1], [1, 1]], [[1, 9], [0, 10**6]]))
def test_another_basis_shows_nothing_false(
    turn: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is turned or stretched: a norm that is too small stays refused."""
    monkeypatch.setattr(
        check_enclosure, "eigenvectors", lambda a: [[arb(x) for x in row] for row in turn]
    )
    body = written()
    for k in body["parts"][0]["links"]:
        k["mu"] = "-2"
    with pytest.raises(Refused):
        check(restated(body))
