"""The functions of the reader of enclosures: series, derivatives and growth, each against a value
from elsewhere.
"""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest

from tests.meta.enclosures import by_hand, fact
from verify.check_enclosure import Refused, check

ONE = f"{1 << 40:x}"  # 1 in units of 2^-40
#: nodes of a function of x = node 0, and the same in mpmath
FUNCTIONS = {
    "log": (["sum 1/2; 1 0; 1 0 0", "log 1"], lambda x: mpmath.log(x * x + x + 0.5)),
    "exp": (["exp 0"], mpmath.exp),
    "reciprocal": (["sum 1; 1 0", "power 1 -1"], lambda x: 1 / (1 + x)),
    "fifth": (["sum 1; 1 0", "power 1 -5"], lambda x: (1 + x) ** -5),
    "root": (["sum 1; 1 0", "power 1 1/3"], lambda x: mpmath.cbrt(1 + x)),
    "inverse root": (["sum 2; 1 0", "power 1 -3/2"], lambda x: (2 + x) ** mpmath.mpf(-1.5)),
    "whole power": (["sum 1; 1 0", "power 1 7"], lambda x: (1 + x) ** 7),
    "sum": (
        ["sum 1/3; 1/7 0; -2 0 0", "mul 1 0"],
        lambda x: (mpmath.mpf(1) / 3 + x / 7 - 2 * x * x) * x,
    ),
    "clock": (["clock", "sum 1; 1 1", "log 2", "mul 3 0"], None),
}


def exactly(x: mpmath.mpf) -> Fraction:
    return Fraction(int(mpmath.nint(x * 10**25)), 10**25)


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - {"clock"}))
def test_values_along_a_line(name: str) -> None:
    """x = t from 3/4 on: the extreme value at the end of [3/4, 1] is a bound to 15 digits, and none
    beyond it.
    """
    nodes, function = FUNCTIONS[name]
    with mpmath.workdps(30):
        early, late = exactly(function(mpmath.mpf(3) / 4)), exactly(function(mpmath.mpf(1)))
    relation = "<" if late > early else ">"
    for off, ok in ((Fraction(1, 10**15), True), (Fraction(-1, 10**15), False)):
        bound = late + off if relation == "<" else late - off
        body = by_hand(
            ["1 1"],
            ["sum 1"],
            [f"0 {ONE}"],
            "1/1000",
            facts=[fact(nodes, f"1 {len(nodes)}", relation, str(bound), "3/4")],
        )
        if ok:
            check(body)
            continue
        with pytest.raises(Refused, match="not shown"):
            check(body)


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - {"clock"}))
def test_the_distance_counts_as_much_as_the_function_is_steep(name: str) -> None:
    """x = 1/100 all the time, the polynomial is 0: the change of the function is in the error, and
    not a tenth less.
    """
    nodes, function = FUNCTIONS[name]
    with mpmath.workdps(30):
        before, true = exactly(function(mpmath.mpf(0))), exactly(function(mpmath.mpf(1) / 100))
    for share, ok in ((Fraction(9, 10), False), (Fraction(5, 4), True)):
        bound = before + (true - before) * share
        one = fact(nodes, f"1 {len(nodes)}", "<" if true > before else ">", str(bound))
        body = by_hand(["0 0"], [], ["0"], "1/1000", start=["1/100"], facts=[one])
        if ok:
            check(body)
            continue
        with pytest.raises(Refused, match="not shown"):
            check(body)


@pytest.mark.parametrize("mu", ["1", "1 1", "31 1", "1 1 1 1"])
def test_growth_in_time_is_bounded_all_along(mu: str) -> None:
    """y' = 40 (t^2 - 1/4) y, which is 0 in the middle; y(1) is e^(10/3) y(0)."""
    nodes = ["clock", "sum -10; 40 1 1", "mul 2 0"]
    start = f"1/{10**30}"
    with pytest.raises(Refused, match="logarithmic norm"):
        check(
            by_hand(
                ["1 3"],
                nodes,
                ["0"],
                mu,
                start=[start],
                facts=[fact([], "1 0", "<", f"20/{10**30}")],
            )
        )
    check(
        by_hand(
            ["1 3"],
            nodes,
            ["0"],
            "1 31",
            start=[start],
            facts=[fact([], "1 0", "<", f"1/{10**20}")],
        )
    )


def test_a_whole_exponent_is_defined_at_zero_and_the_clock_is_in_facts() -> None:
    check(
        by_hand(
            ["1 1"],
            ["power 0 3"],
            ["0"],
            "1",
            facts=[fact(["power 0 3"], "1 1", "<", f"1/{10**9}")],
        )
    )
    nodes = FUNCTIONS["clock"][0]
    moving = {"slopes": ["1 1"], "nodes": ["sum 1"], "x": [f"0 {ONE}"], "mu": "1/1000"}
    check(
        by_hand(**moving, facts=[fact(nodes, "1 4", "<", "694/1000")])
    )  # t log(1 + t) at 1: log 2 = 0.6931...
    with pytest.raises(Refused):
        check(by_hand(**moving, facts=[fact(nodes, "1 4", "<", "693/1000")]))
