"""Every entry of the table of limits has a border: what needs as much is taken by prover and reader
alike, and with one less in the table it is refused by both, in words that name the entry.

The kind (E1): an entry that one side alone reads, or that is copied into a pattern when a module is
loaded. For each entry there is a small claim; how much its certificate needs is found by halving,
so that nothing is written down twice. An entry without a claim, or whose claim needs none of it,
fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from verify import check, check_enclosure
from verify.check import Refused
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.conclusions.of_actions import Factor, LawCount, MomentIs
from verify.claims.conclusions.throughout import Throughout
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.models.action import Action, DeepLinear, Explicit
from verify.models.flow import Flow
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.models.trajectories import Trajectories
from verify.terms.affine import k
from verify.terms.expr import const, num, total, u
from verify.terms.matrices import LOSS, A, G, W, X
from verify.terms.matrices import num as scalar

VERIFY = Path(__file__).parents[2] / "verify"


def claim(setting: Any, conclusion: Any, *assuming: Any) -> Claim:
    return Claim("mine", "t", setting, assuming, {"c": conclusion}, Source.own("draft"))


def network() -> Claim:
    """A number of 13 digits, a sum, an index that is a number, a derivative."""
    x = total("i", u["l", "i"] ** 2 - u[2, "i"] ** 2)
    return claim(Flow(least_depth=2), Conserved(x * num(10**12 + 7) * const("alpha")))


def words() -> Claim:
    power = (W[k] + G(k)) ** 2 * scalar(12345)
    setting = Matrices(GradientFlow(LOSS), square=True, least_depth=3)
    return claim(setting, Identity(power * A[2] * W[2] * W[1], power * X, 2, 2))


def action() -> Claim:
    model = Explicit(("x1", "y"), (const("x1") ** 2 + const("y") ** 2,), (((0, 1), (-1, 0)),))
    return claim(Action((model,)), LawCount((0,), (0,)))


def moments() -> Claim:
    word = (Factor("W", (0,)), Factor("W", (0,), True))
    turned = (Factor("W", (1,), True), Factor("W", (1,)))
    return claim(Action((DeepLinear((1, 2, 1)),)), MomentIs(((1, word), (-1, turned))))


def bracketed() -> Claim:
    """No law: the gradients alone leave room for one, their bracket does not."""
    x, y, z = (const(n) for n in "xyz")
    model = Explicit(("x", "y", "z"), (x * y + z, x * z + y**3), (((1, 0, 0),) * 3,))
    return claim(Action((model,), found=True), LawCount((0,), (0,)))


def counted() -> Claim:
    return claim(Action((DeepLinear((1, 2, 1)),)), LawCount((4,), (3,)))


def along() -> Claim:
    def system() -> System:
        field = lambda x, m: [-x[0].power(Fraction(2, 7)) * Fraction(1, 12345678901), x[0].exp()]
        quantities = {"the norm": lambda x, m: x[0] ** 2 + x[1]}
        return System("s", ("x", "y_long"), (Fraction(1),) * 2, field=field, quantities=quantities)

    setting = Trajectories(flow="f", starts={"a start": system}, horizon=Fraction(1, 4))
    return claim(setting, Throughout("the norm", "<", Fraction(3), Fraction(0)))


#: a claim, and the entries whose border it shows
SHOWS: dict[Callable[[], Claim], str] = {
    network: "nodes nesting digits bits size weights name work sums derivatives exponent",
    words: "coefficient matrices factors least index variables ends",
    action: "actions coordinates terms degree entries cases",
    moments: "multiple",
    bracketed: "brackets",
    counted: "counts",
    along: "depth label words enclosing states operations levels letters constant coefficients"
    " hexadecimals places links facts pieces",
}
OF = {entry: make for make, entries in SHOWS.items() for entry in entries.split()}
#: what a sentence shows, by the claim that shows it
SHOWN = {"formula": along, "equations": along, "spelled": along, "inside": along, "shown": moments}
#: entries that tell how exactly or how far is computed, not what is read
HOW = set(
    "evaluated written germ exp edge deep kept range prime steep beyond parts interval decimals"
    " guard tiny splits halvings large coarse fine sweeps sampled samples squared restrictions"
    " products heights raised above widened".split()
)
#: exponents and roots of formulas, and exponents of losses: the kernel has a table of its own
SOUGHT = {"power", "root"}
#: where the reader has the last word, and what it says names the entry
LATE = {"weights", "work", "matrices", "actions", "enclosing", "letters", "entries"}
LATE |= {"constant", "coefficients", "hexadecimals", "places", "links", "pieces", "nodes"}
LATE |= {"depth", "words", "brackets", "counts", "variables"}


def test_every_entry_has_a_border() -> None:
    """``bytes`` and ``integer`` below; ``variation`` in test_limits_of_readers.py."""
    assert {*OF, *SHOWN, *HOW, *SOUGHT, "bytes", "integer", "variation"} == {*LIMITS}


@pytest.mark.parametrize("entry", [x for x in LIMITS if x not in SOUGHT])
def test_every_entry_is_read_by_a_reader(entry: str) -> None:
    texts = [path.read_text() for path in VERIFY.glob("check*.py")]
    table = next(x for x in texts if "LIMITS = {" in x)
    texts[texts.index(table)] = (
        table[: table.index("LIMITS = {")] + table[table.index("}  # fmt") :]
    )
    assert any(f'"{entry}"' in text or f"'{entry}'" in text for text in texts)


def request(make: Callable[[], Claim]) -> Request:
    return Request(digits=12) if make is along else Request(numeric=False)


@cache
def made(make: Callable[[], Claim]) -> str:
    report = judge(make(), request(make))
    assert report.exit == 0 or report.verdict is Verdict.ENCLOSED, report.outcomes
    return json.dumps(report.certificate.body)


def said(make: Callable[[], Claim]) -> str:
    """Of the certificate that was made under the table as it is."""
    body = json.loads(made(make))
    return (check_enclosure if make is along else check).check(body)


def refusal(make: Callable[[], Claim]) -> str:
    try:
        said(make)
    except Refused as reason:
        return str(reason)
    return ""


def least(entry: str, fits: Callable[[], bool], monkeypatch: pytest.MonkeyPatch) -> int:
    """The smallest number with which it fits."""
    low, high, most = 0, 1, LIMITS[entry]
    while True:
        monkeypatch.setitem(LIMITS, entry, min(high, most))
        if fits():
            break
        low, high = high, 2 * high
        assert high < 2 * most
    while high - low > 1:
        monkeypatch.setitem(LIMITS, entry, (low + high) // 2)
        low, high = (low, LIMITS[entry]) if fits() else (LIMITS[entry], high)
    return high


def judged(make: Callable[[], Claim]) -> tuple[Verdict | None, str]:
    try:
        outcome = judge(make(), request(make)).outcomes["c"]
    except BadInput as why:
        return None, str(why)
    return outcome.verdict, outcome.reason


@pytest.mark.parametrize("entry", OF)
def test_what_is_at_the_border_is_taken_and_beyond_it_refused(
    entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = OF[entry]
    made(make)
    needs = least(entry, lambda: not refusal(make), monkeypatch)
    monkeypatch.setitem(LIMITS, entry, needs)
    assert not refusal(make) and "does not accept" not in judged(make)[1]
    monkeypatch.setitem(LIMITS, entry, needs - 1)
    named = f"limit {entry!r}"
    assert needs > 0 and named in refusal(make)
    verdict, why = judged(make)
    if verdict not in (Verdict.PROVED, Verdict.ENCLOSED):  # by another instance
        assert named in why or entry in ANOTHER, why
        assert entry in LATE or "does not accept" not in why


#: the prover looks for another instance, and says that it found none
ANOTHER = {"bits"}


@pytest.mark.parametrize("entry", SHOWN)
def test_what_is_shown_whole_and_what_is_cut(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, most = SHOWN[entry], LIMITS[entry]
    whole = said(make)
    needs = least(entry, lambda: said(make) == whole, monkeypatch)
    assert 0 < needs <= most
    monkeypatch.setitem(LIMITS, entry, needs - 1)
    assert "..." in said(make) or "sha-256" in said(make)


@pytest.mark.parametrize(("entry", "text"), [("bytes", b"[0, 1]"), ("integer", b"123456")])
def test_what_is_loaded(entry: str, text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, entry, 6)
    check.load(text)
    monkeypatch.setitem(LIMITS, entry, 5)
    with pytest.raises(Refused, match=f"limit '{entry}'"):
        check.load(text)
