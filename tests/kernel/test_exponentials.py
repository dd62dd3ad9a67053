"""Values at points in which exponentials stand: sums of c e^r with rational c and r.

The kind: a value, an equality or a sign there that is not the true one. Compared with numbers of
fifty digits, which no code of the kernel computes. Belonging to it: what cancels and is rational
again, powers and divisors, sums of which the sign is not computed, and the bounds that only hold of
a time that moves alone.
"""

# ruff: noqa: E501

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import mpmath
import pytest

from tests.kernel.forgeries import at, equal, small
from tests.kernel.read import answer, proves
from tests.kernel.test_rules import flows, minus, order
from verify.kernel.exact import Exponentials, Number, added, number, power, terms, times, true
from verify.kernel.limits import Refused

F = Fraction


def drawn(r: Random) -> Number:
    some = {
        F(r.randint(-3, 3), r.randint(1, 2)): F(r.randint(-4, 4), r.randint(1, 3)) for _ in "123"
    }
    return number(some)


def real(x: Number) -> Any:
    return mpmath.fsum(
        mpmath.mpf(c.numerator)
        / c.denominator
        * mpmath.exp(mpmath.mpf(s.numerator) / s.denominator)
        for s, c in terms(x).items()
    )


def near(a: Any, b: Any) -> bool:
    return abs(a - b) <= mpmath.mpf(10) ** -40 * (1 + abs(a) + abs(b))


def test_computed_as_numbers_are() -> None:
    r = Random(0)
    with mpmath.workdps(60):
        for _ in range(400):
            a, b, n = drawn(r), drawn(r), r.randint(0, 4)
            assert near(real(added(a, b)), real(a) + real(b))  # type: ignore[arg-type]
            assert near(real(times(a, b)), real(a) * real(b))  # type: ignore[arg-type]
            assert near(real(power(a, F(n))), real(a) ** n)  # type: ignore[arg-type]
            assert (a == b) == near(real(a), real(b)) and bool(a) == (not near(real(a), 0))
            one = number({F(r.randint(-5, 5), 3): F(r.randint(1, 5)) ** 2})
            for e in (F(-3), F(1, 2), F(-5, 2)):
                assert near(
                    real(power(one, e)), real(one) ** (mpmath.mpf(e.numerator) / e.denominator)
                )  # type: ignore[arg-type]


def test_signs_are_the_true_ones_or_refused() -> None:
    r, told = Random(1), 0
    with mpmath.workdps(60):
        for _ in range(300):
            a = drawn(r)
            try:
                found = true(a, ">"), true(a, ">=")
            except Refused as why:
                assert "of both signs" in str(why)
                continue
            told += bool(a)
            assert found == (real(a) > mpmath.mpf(10) ** -40, real(a) > -(mpmath.mpf(10) ** -40))
            assert true(a, "!=") == bool(a) == (not true(a, "="))
    assert told > 50


def test_what_cancels_is_rational() -> None:
    e = number({F(1): F(3)})
    assert isinstance(e, Exponentials) and times(e, power(e, F(-1))) == F(1)
    assert type(added(e, times(F(-1), e))) is Fraction
    assert e != F(3) and F(3) != e and e != F(0)


STILL = {"x": {"role": "free"}, "q": {"role": "exp", "is": at("x")}}
Q, TIME = at("q"), {"p": {"role": "parameter", "sign": ">"}}
ROOT = {**TIME, "s": {"role": "root", "degree": "2", "is": ["+", "1", at("p")], "sign": ">"}}

SLOW: dict[str, Any] = {
    "kind": "not-exponential",
    "what": ["^", at("s"), "-2"],
    "times": ["+", "1", at("p")],
    "is": "1",
    "by": [{"use": "s@", "left": ["*", "-1", ["^", at("s"), "-2"]]}],
}
AT_THREE = {"p": "3", "s": "2"}
PLAIN: dict[str, Any] = {
    "kind": "not-exponential",
    "what": ["^", at("p"), "-1"],
    "times": at("p"),
    "is": "1",
    "by": [],
}


def gone(conclude: Any, letters: Any = TIME, motion: Any = None, **values: Any) -> Any:
    return small(letters, conclude, motion=motion or flows(p="1"), values={"p": "3", **values})


TRUE = {
    "a power of e": (small({**STILL, "m": {"role": "name", "is": ["^", Q, "1/2"]}}, equal(["*", at("m"), at("m")], Q, {"use": "m@", "left": ["+", at("m"), ["^", Q, "1/2"]]}), values={"x": "2/3"}), "m m = q"),
    "a sum": (small({**STILL, "m": {"role": "name", "is": ["+", "1", Q]}}, equal(["*", at("m"), at("m")], ["+", "1", ["*", "2", Q], ["*", Q, Q]], {"use": "m@", "left": ["+", at("m"), "1", Q]}), values={"x": "2"}), "m m = 1 + 2 q + q q"),
    "positive": (small({**STILL, "m": {"role": "name", "is": ["+", "1", Q], "sign": ">"}}, order("gt", at("m")), values={"x": "-2"}), "m > 0"),
    "the log of a power of e": (small({**STILL, "y": {"role": "log", "is": Q}}, order("ge", ["*", at("y"), at("y")]), values={"x": "5/3"}), "y y >= 0"),
    "no exponential": (small(ROOT, SLOW, motion=flows(p="1"), values=AT_THREE), "|s^(-2)| <= C exp(-c t) for no C and c > 0: times 1 + p it is 1"),
    "no exponential, plain": (gone(PLAIN), "for no C and c > 0"),
}  # fmt: skip
FALSE = {
    "exp of 1 is no rational number": (small(STILL, order("gt", Q), assume={"h": {"time": "always", "eq": [Q, "3"]}}, values={"x": "1"}), "fails at the point"),
    "e and e^2 are not equal": (small(STILL, order("gt", Q), assume={"h": {"time": "always", "eq": [Q, ["*", Q, Q]]}}, values={"x": "1"}), "fails at the point"),
    "a sign that is not computed": (small({**STILL, "m": {"role": "name", "is": ["+", Q, "-1"], "sign": ">"}}, order("gt", at("m")), values={"x": "1"}), "of both signs"),
    "a sign that fails": (small({**STILL, "m": {"role": "name", "is": minus(Q), "sign": ">"}}, order("gt", at("m")), values={"x": "1"}), r"-1 e\^\(1\) at the point"),
    "exp of a power of e": (small({**STILL, "y": {"role": "exp", "is": Q}}, order("gt", at("y")), values={"x": "1"}), "no power of e"),
    "exp of 1 + e": (small({**STILL, "y": {"role": "exp", "is": ["+", "1", Q]}}, order("gt", at("y")), values={"x": "1"}), "no power of e"),
    "log of e + 3": (small({**STILL, "m": {"role": "name", "is": ["+", Q, "3"], "sign": ">"}, "y": {"role": "log", "is": at("m")}}, order("ge", ["*", at("y"), at("y")]), values={"x": "1"}), "no power of e"),
    "two times": (small({"p": {"role": "parameter", "sign": ">", "for": {"i": {"from": 1, "to": 2}}}}, {**PLAIN, "what": ["^", at("p", 1), "-1"], "times": at("p", 1)}, motion=flows(p="1"), values={"p": ["3", "3"]}), "does not move alone"),
    "log of 2": (small({"x": {"role": "free", "sign": ">"}, "y": {"role": "log", "is": at("x")}}, order("ge", ["*", at("y"), at("y")]), values={"x": "2"}), "no power of e"),
    "another factor": (gone({**PLAIN, "is": "2"}), "do not close it"),
    "the time moves at another rate": (gone(PLAIN, motion=flows(p=at("p"))), "does not move alone"),
    "twice as fast": (gone(PLAIN, motion=flows(p="2")), "does not move alone"),
    "something else moves": (gone(PLAIN, {**TIME, "y": {"role": "parameter"}}, flows(p="1", y=at("y")), y="1"), "does not move alone"),
    "a time that may be negative": (gone({**PLAIN, "what": at("p"), "times": "1", "is": at("p")}, {"p": {"role": "parameter"}}), "does not move alone"),
    "what is left may be 0": (gone({**PLAIN, "what": "1", "times": ["+", at("p"), "-1"], "is": ["+", at("p"), "-1"]}), "not visibly > 0"),
    "0 is bounded": (gone({**PLAIN, "what": "0", "is": "0"}), "not visibly > 0"),
    "times what is no power of the time": (gone({**PLAIN, "what": Q, "times": ["^", Q, "-1"]}, {**TIME, "q": {"role": "exp", "is": minus(at("p"))}}), "may not be defined always|not of p alone"),
    "times a root": (small(ROOT, {**SLOW, "what": ["^", at("s"), "-1"], "times": at("s"), "by": []}, motion=flows(p="1"), values=AT_THREE), "not of p alone"),
    "a name that is 0 somewhere": (gone(PLAIN, {**TIME, "m": {"role": "name", "is": ["+", at("p"), "-5"], "sign": "!="}}), "m may not be defined always"),
    "a constant that is positive": (gone(PLAIN, {**TIME, "b": {"role": "constant", "sign": ">"}}, b="1"), "b may not be defined always"),
    "a letter that is called as the bound's": (gone({**PLAIN, "what": ["+", ["^", at("p"), "-1"], at("c"), minus(at("c"))]}, {**TIME, "c": {"role": "constant"}}, c="1"), "what the sentence calls its numbers"),
    "a gate that switches": (small({**TIME, "z": {"role": "gate", "is": ["+", "5", minus(at("p"))]}}, {**PLAIN, "what": ["*", at("z"), ["^", at("p"), "-1"]], "by": [{"use": "h"}]}, motion=flows(p="1"), assume={"h": {"time": "always", "eq": [at("z"), "1"]}}, values={"p": "3"}), "z may not be defined always"),
    "nothing moves": (small({"p": {"role": "constant", "sign": ">"}}, PLAIN, values={"p": "3"}), "needs a gradient flow"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_it_proves(name: str) -> None:
    proves(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_it_does_not_prove(name: str) -> None:
    data, why = FALSE[name]
    code, said = answer(data)
    assert code == 1
    assert any(x in said for x in why.replace("\\", "").split("|")), said


def test_a_point_refutes_no_bound() -> None:
    data = gone({k: v for k, v in {**PLAIN, "is": "2"}.items() if k != "by"})
    data["witness"] = data.pop("instance")
    code, said = answer(data)
    assert code == 1 and "said of all times" in said
