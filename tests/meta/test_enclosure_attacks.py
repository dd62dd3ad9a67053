"""Attacks on the reader of enclosures: whatever it accepts must be true, and whatever it is given
it answers in one line.
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import mpmath
import numpy
import pytest
from scipy.integrate import solve_ivp

from tests.meta.enclosures import Json, by_hand, fact, restated, written
from verify import check_enclosure as reader
from verify.check_enclosure import Refused, check


def program(lines: list[str], x: Any, clock: float) -> list:
    """The values of a program in doubles, written for this test."""
    value = list(x)
    for text in lines:
        head, *rest = text.replace(";", " ;").split(" ")
        if head == "clock":
            value.append(clock)
        elif head == "sum":
            terms = [t.split() for t in " ".join(rest).split(";")]
            value.append(
                sum(
                    float(Fraction(t[0])) * numpy.prod([value[int(i)] for i in t[1:]])
                    for t in terms
                )
            )
        elif head == "mul":
            value.append(value[int(rest[0])] * value[int(rest[1])])
        elif head == "power":
            value.append(value[int(rest[0])] ** float(Fraction(rest[1])))
        else:
            value.append({"exp": numpy.exp, "log": numpy.log}[head](value[int(rest[0])]))
    return value


def output(lines: list[str], pair: str, x: Any, clock: float) -> float:
    factor, node = pair.split(" ")
    return float(Fraction(factor)) * program(lines, x, clock)[int(node)]


def slopes(part: Json, clock: float, x: Any) -> list[float]:
    """A loss is differentiated by complex steps."""
    flow = part["flow"]
    if flow["kind"] == "field":
        return [output(flow["nodes"], pair, x, clock) for pair in flow["outputs"]]
    rate = -numpy.exp(clock) if part["clock"] == "log" else -1.0
    moved = [[v + 1e-100j * (k == j) for k, v in enumerate(x)] for j in range(len(x))]
    factor, node = flow["outputs"][0].split(" ")
    return [
        rate * float(Fraction(factor)) * program(flow["nodes"], row, clock)[int(node)].imag * 1e100
        for row in moved
    ]


def least_margin(part: Json) -> float:
    """How far the facts of a part are from being false, by another integrator in doubles;
    sampled.
    """
    horizon = float(Fraction(part["horizon"]))
    start = [float(Fraction(x)) for x in part["start"]]
    solved = solve_ivp(
        lambda t, x: slopes(part, t, x),
        (0, horizon),
        start,
        method="DOP853",
        rtol=1e-12,
        atol=1e-13,
        dense_output=True,
    )
    assert solved.success, "the solution does not exist"
    found = [numpy.inf]
    for f in part["facts"]:
        sign = 1 if f["relation"] == ">" else -1
        times = numpy.linspace(float(Fraction(f["after"])), horizon, 200)
        found += [
            sign * (output(f["nodes"], f["value"], solved.sol(t), t) - float(Fraction(f["bound"])))
            for t in times
        ]
    return float(min(found))


@pytest.mark.parametrize(
    "name", ["logistic", "completion", "log clock", "loss", "loss, log clock", "roots"]
)
def test_the_true_ones_are_true(name: str) -> None:
    assert least_margin(written(name)["parts"][0]) > 0


def nudged(text: str, rng: random.Random) -> str:
    """One of the numbers of a line, changed a little or a lot."""
    words = text.split(" ")
    k = rng.choice([i for i, w in enumerate(words) if any(c.isdigit() for c in w)])
    bare = words[k].rstrip(";")
    x = Fraction(bare)
    x = rng.choice(
        [
            x * Fraction(101, 100),
            x * Fraction(99, 100),
            -x,
            x + 1,
            x * (1 + Fraction(1, 10**9)),
            x - Fraction(1, 50),
        ]
    )
    words[k] = str(x) + words[k][len(bare) :]
    return " ".join(words)


def mutated(body: Json, rng: random.Random) -> Json:
    part = body["parts"][0]
    what = rng.choice(
        [
            "nodes",
            "start",
            "fact",
            "bound",
            "bound",
            "relation",
            "after",
            "mu",
            "x",
            "end",
            "h",
            "bits",
            "links",
        ]
    )
    link = rng.choice(part["links"])
    one = rng.choice(part["facts"])
    if what == "nodes":
        lines = part["flow"]["nodes"]
        k = rng.choice([i for i, text in enumerate(lines) if any(c.isdigit() for c in text)])
        lines[k] = nudged(lines[k], rng)
    elif what == "fact":
        one["value"] = nudged(one["value"], rng)
    elif what == "start":
        k = rng.randrange(len(part["start"]))
        part["start"][k] = nudged(part["start"][k], rng)
    elif what == "relation":
        one["relation"] = "<" if one["relation"] == ">" else ">"
    elif what in ("bound", "after"):
        one[what] = nudged(one[what], rng)
    elif what == "x":
        k = rng.randrange(len(link["x"]))
        row = link["x"][k].split(" ")
        row[rng.randrange(len(row))] = f"{rng.randrange(-(2**40), 2**40):x}"
        link["x"][k] = " ".join(row)
    elif what == "links":
        part["links"].remove(link)
    else:
        link[what] = link[what] + rng.choice([-1, 1]) if what == "bits" else nudged(link[what], rng)
    return restated(body)


@pytest.mark.parametrize("name", ["logistic", "loss", "loss, log clock", "roots"])
def test_what_is_accepted_is_true(name: str) -> None:
    """Changed at random, with the statement that belongs to the change: refused, or true by another
    integrator.
    """
    rng, accepted = random.Random(name), 0
    for _ in range(25):
        body = mutated(written(name), rng)
        try:
            check(body)
        except Refused:
            continue
        accepted += 1
        assert least_margin(body["parts"][0]) > -1e-9, body["statement"]
    assert accepted  # harmless changes exist: a bound that is moved away


def test_the_distance_contains_the_truth_whatever_the_polynomials() -> None:
    """Coefficients of the logistic solution are changed by up to 2^-10 and 2^-40: the derived
    distance stays an upper bound.
    """
    rng, kept = random.Random(7), 0
    for _ in range(40):
        part = written("logistic")["parts"][0]
        size = rng.choice([10, 20, 40])
        k = rng.randrange(len(part["links"]))
        row = [int(c, 16) for c in part["links"][k]["x"][0].split(" ")]
        row[rng.randrange(min(6, len(row)))] += (
            rng.randrange(-1, 2) << part["links"][k]["bits"] - size
        )
        part["links"][k]["x"][0] = " ".join(f"{c:x}" for c in row)
        nodes, slope, _ = reader.flow_of(part["flow"], ["x"], "t")
        links: list[Any] = []
        for item in part["links"]:
            links.append(reader.link_of(item, links[-1].end if links else Fraction(0), 1))
        try:
            reader.walk(nodes, slope, [Fraction(1, 4)], links)
        except Refused:
            continue
        kept += 1
        with mpmath.workdps(40):
            for link in links:
                for j in range(5):
                    tau = mpmath.mpf(link.theta.numerator) / link.theta.denominator * j / 4
                    t = (
                        mpmath.mpf(link.begin.numerator) / link.begin.denominator
                        + tau * link.h.numerator / link.h.denominator
                    )
                    value = mpmath.polyval(link.x[0][::-1], tau) / mpmath.mpf(2) ** link.bits
                    within = mpmath.mpf(link.within.str(30, radius=False)) * (
                        1 + mpmath.mpf(10) ** -20
                    )
                    assert abs(value - 1 / (1 + 3 * mpmath.exp(-t))) <= within
    assert kept > 10


def test_high_orders_are_not_forgotten() -> None:
    """x' = t^60 from 0 and the polynomial 0: x(1) = 1/61. And the quantity t^60 along x' = 0."""
    flow = {
        "slopes": ["1 3"],
        "nodes": ["clock", "sum 1", "power 1 60"],
        "x": ["0"],
        "mu": "1/1000",
    }
    check(by_hand(**flow, facts=[fact([], "1 0", "<", "11/10")]))
    with pytest.raises(Refused):
        check(by_hand(**flow, facts=[fact([], "1 0", "<", "1/62")]))
    still = {"slopes": ["0 0"], "nodes": [], "x": ["0"], "mu": "1/1000"}
    check(by_hand(**still, facts=[fact(["clock", "power 1 60"], "1 2", "<", "1001/1000")]))
    with pytest.raises(Refused):
        check(by_hand(**still, facts=[fact(["clock", "power 1 60"], "1 2", "<", "999/1000")]))


ONE = f"{1 << 40:x}"  # 1 in units of 2^-40


def test_states_that_move_are_wide() -> None:
    """x = t, and x^60 is not what it is in the middle."""
    moving = {"slopes": ["1 1"], "nodes": ["sum 1"], "x": [f"0 {ONE}"], "mu": "1/1000"}
    check(by_hand(**moving, facts=[fact(["power 0 60"], "1 1", "<", "1001/1000")]))
    with pytest.raises(Refused):
        check(by_hand(**moving, facts=[fact(["power 0 60"], "1 1", "<", "999/1000")]))


def test_growth_is_bounded_all_along() -> None:
    """x = t and y' = 40 (x^2 - 1/4) y, which is 0 in the middle; y(1) is e^(10/3) y(0). And x' = 1
    - 100 x tends to 1/100.
    """
    growing = {
        "slopes": ["1 2", "1 4"],
        "nodes": ["sum 1", "sum -10; 40 0 0", "mul 3 1"],
        "x": [f"0 {ONE}", "0"],
    }
    growing["start"] = ["0", f"1/{10**30}"]
    check(by_hand(**growing, mu="31", facts=[fact([], "1 1", "<", f"1/{10**10}")]))
    with pytest.raises(Refused, match="logarithmic norm"):
        check(by_hand(**growing, mu="1", facts=[fact([], "1 1", "<", f"5/{10**30}")]))
    falling = {"slopes": ["1 1"], "nodes": ["sum 1; -100 0"], "x": ["0"], "mu": "-99"}
    check(by_hand(**falling, facts=[fact([], "1 0", "<", "11/10")]))
    with pytest.raises(Refused, match="not shown"):
        check(by_hand(**falling, facts=[fact([], "1 0", "<", "1/200")]))


@pytest.mark.parametrize("power", [1, 6, 7, 20, 60])
@pytest.mark.parametrize("low", [0, Fraction(1, 2), Fraction(9, 10)])
def test_the_defect_is_an_upper_bound(power: int, low: Fraction) -> None:
    """Of x' = 1 + clock^k, of x' = 1 + x^k and of x' = 1 + e^(k clock) along x = clock, on [low,
    1]: the value at 1.
    """
    link = reader.link_of(
        {"end": "1", "h": "1", "bits": 40, "x": [f"0 {ONE}"], "mu": "1"}, Fraction(0), 1
    )
    for line, true in (
        (f"power 1 {power}", 1.0),
        (f"power 0 {power}", 1.0),
        ("exp 2", float(numpy.exp(power))),
    ):
        nodes = reader.program_of(["clock", f"sum 0; {power} 1", line, "sum 1; 1 3"], 1)
        (found,) = reader.defect(nodes, [(4, Fraction(1))], link, Fraction(low), Fraction(1), 8)
        assert float(found) >= true * (1 - 1e-12)


def test_a_dip_between_the_ends_is_seen() -> None:
    still = {"slopes": ["0 0"], "nodes": [], "x": ["0"], "mu": "1/1000"}
    dip = ["clock", "sum -1/3; 1 1", "mul 2 2"]
    check(by_hand(**still, facts=[fact(dip, "1 3", ">", "-1/1000")]))
    for bound in ("1/1000", "1/1000000000000", "0"):
        with pytest.raises(Refused):
            check(by_hand(**still, facts=[fact(dip, "1 3", ">", bound)]))
    check(by_hand(**still, facts=[fact(dip, "1 3", ">", "0", "1/2")]))


@pytest.mark.parametrize("mu", ["1/1000", "1", "3", "10", "100", "1000"])
def test_no_mu_hides_a_solution_that_blows_up(mu: str) -> None:
    """x' = 1 + x^2 is tan t; on [0, 2] there is none, whatever polynomial is offered."""
    tangent = [Fraction(0), Fraction(1), Fraction(0), Fraction(1, 3), Fraction(0), Fraction(2, 15)]
    for row in (["0"], ["0 1"], [" ".join(f"{int(c * 2**40):x}" for c in tangent)]):
        row = [r if len(r) > 3 else r.replace("1", f"{2**40:x}") for r in row]
        with pytest.raises(Refused):
            check(by_hand(["1 1"], ["sum 1; 1 0 0"], row, mu, horizon="2"))


BELOW = "sum -1; 1 0"


@pytest.mark.parametrize(
    "nodes", [["power 0 -1"], ["log 0"], ["power 0 -1/2"], [BELOW, "log 1"], [BELOW, "power 1 1/2"]]
)
def test_what_is_not_defined_is_refused(nodes: list[str]) -> None:
    """At x = 0, as a slope and as a fact; the same is accepted where it is defined."""
    last = f"1 {len(nodes)}"
    with pytest.raises(Refused):
        check(by_hand([last], nodes, ["0"], "1"))
    for start, ok in (("0", False), ("4", True)):
        body = by_hand(
            ["0 0"],
            [],
            [f"{int(start) << 40:x}"],
            "1",
            start=[start],
            facts=[fact(nodes, last, ">", "-1000000")],
        )
        if ok:
            check(body)
            continue
        with pytest.raises(Refused):
            check(body)
