"""How far the kernel is: of all sentences those with a certificate for it, by theory, and why the
others have none yet. What is committed is accepted, is what is written today, and says the same as
the claim at its exact state.

The kind: a sentence that loses its steps without a word, a stale file, a translation that says
something else than what was judged. Belonging to it: proofs and witnesses, every theory.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from proofs import CLAIMS
from tests.kernel.read import answer
from tests.kernel.test_networks import STEPS
from tests.reports import judged
from verify.claims.claim import Claim
from verify.claims.conclusions.formula import Formula
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.verdict import Verdict
from verify.commands.certificates import stepped
from verify.exact.errors import NotGeneric
from verify.judge.parts import steps_of
from verify.kernel.exact import added, number, power, times
from verify.kernel.facts import RELATIONS
from verify.kernel.limits import Work
from verify.kernel.points import Point
from verify.kernel.setting import setting
from verify.models.formulas import Exp
from verify.terms.expr import num
from verify.theories.steps.scalars import Scalars
from verify.theories.towers.place import Place, Spot
from verify.theories.towers.tower import Tower
from verify.theories.written import label

HAVE_STEPS = [c for c in CLAIMS if steps_of(c) is not None]
SENTENCES = [(c, n) for c in HAVE_STEPS for n, x in c.concluding.items() if x.exact]
FILES = {
    (c.id, n): json.loads(p.read_text())
    for c, n in SENTENCES
    if (p := STEPS / f"{c.id}.{n}.json").exists()
}
#: theory, expected verdict: so many of its exact sentences have a certificate for the kernel; they
#: only become more
AT_LEAST = {
    ("flow", "PROVED"): 30,
    ("flow", "REFUTED"): 5,
    ("step", "PROVED"): 2,
    ("step", "REFUTED"): 3,
    ("matrices", "PROVED"): 87,
    ("matrices", "REFUTED"): 16,
    ("formulas", "PROVED"): 193,
    ("formulas", "REFUTED"): 38,
}
#: why what is refuted has no witness for the kernel; rows only go
WHY: tuple[str, ...] = ()


def test_the_table() -> None:
    """By theory, of how many. The other ones (actions, enclosures, samples) have none."""
    every = Counter((c.setting.kind, c.expected.name) for c, _ in SENTENCES)
    found = Counter((c.setting.kind, c.expected.name) for c, n in SENTENCES if (c.id, n) in FILES)
    for x, n in every.items():
        print(*x, found[x], "of", n)
    assert {x: n for x, n in AT_LEAST.items() if found[x] < n} == {}


def test_what_is_refuted_and_has_no_witness_says_why() -> None:
    why = set()
    for c, n in SENTENCES:
        if c.expected is Verdict.REFUTED and (c.id, n) not in FILES:
            write = steps_of(c)
            assert write is not None
            with pytest.raises(NotGeneric) as gap:
                write(n, judged(c.id).outcomes[n])
            why |= {x for x in WHY if x in str(gap.value)} or {f"{c.id}: {gap.value}"}
    assert why == {*WHY}


@pytest.mark.parametrize(("claim", "name"), FILES, ids=[f"{c}.{n}" for c, n in FILES])
def test_it_is_accepted_and_stands_beside_the_verdict(claim: str, name: str) -> None:
    data, outcome = FILES[claim, name], judged(claim).outcomes[name]
    code, said = answer(data)
    assert code == 0, said
    refuted = outcome.verdict is Verdict.REFUTED
    along = any(x["kind"] == "not-exponential" for x in data["conclude"].values())
    assert ("witness" in data) == (refuted and not along) == said.startswith("refuted")
    assert outcome.steps is not None and outcome.steps.body == data, "stale: make certificates"


@pytest.mark.parametrize(("claim", "name"), FILES, ids=[f"{c}.{n}" for c, n in FILES])
def test_a_witness_refutes_nothing_else(claim: str, name: str) -> None:
    """With the sides of an equation alike, or as a proof, it is refused."""
    data = FILES[claim, name]
    if "witness" not in data:
        return
    ((label, stated),) = data["conclude"].items()
    rest = {x: y for x, y in data.items() if x != "witness"}
    proof = {label: {**stated, "by": []}}
    assert answer({**rest, "instance": data["witness"], "conclude": proof})[0] == 1
    if "eq" in stated:
        same = {label: {**stated, "eq": [stated["eq"][0], stated["eq"][0]]}}
        assert answer({**data, "conclude": same})[0] == 1


def sides(conclusion: Formula) -> list[Any]:
    """In the order in which a certificate has them."""
    if isinstance(conclusion, RateLaw):
        return [conclusion.quantity, conclusion.rate]
    if hasattr(conclusion, "quantity"):
        return [conclusion.quantity]
    left, right = conclusion.left, conclusion.right  # type: ignore[attr-defined]
    return [left] if right == num(0) and left.head == "+" else [left, right]


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        (c.id, n)
        for c, n in SENTENCES
        if c.setting.kind == "formulas" and (c.id, n) in FILES
        if c.concluding[n].kind != "exponential-decay"
    ],
)
def test_formulas_say_the_same(claim: str, name: str) -> None:
    """Each side of an equation, quantity and rate, derivatives too: the kernel's values at its
    point are those of the claim's expressions.
    """
    data, sentence = FILES[claim, name], judged(claim).outcomes[name].sentence
    (stated,) = data["conclude"].values()
    Work.begin()
    here = setting(data["setting"])
    point = Point(data.get("witness") or data["instance"], here)
    at = Scalars(sentence, refuting="witness" in data).at  # type: ignore[arg-type]
    letters = {x: point.value(here.scope().term(t), {}) for x, t in at.items()}
    spot = Spot(sentence.setting, letters, sentence=sentence)  # type: ignore[arg-type]
    (order,) = [stated[x] for x in RELATIONS if x in stated] or [None]
    terms = order or [stated["what"], *([stated["rate"]] if "rate" in stated else [])]
    values: list[Any] = [point.value(here.scope().term(t), {}) for t in terms]
    expressions = sides(sentence.conclusion)  # type: ignore[arg-type]
    if len(expressions) < len(values):
        values, expressions = [added(values[0], times(Fraction(-1), values[1]))], [expressions[0]]
    for e, value in zip(expressions, values, strict=True):
        top, bottom = _fraction(spot, e)
        assert times(value, bottom) == top and bottom


def _fraction(spot: Spot, e: Any) -> list[Any]:
    """Numerator and denominator there, exponentials as powers of e."""
    tower = Tower(spot.setting)
    q, known = tower.normal(e), dict[str, Any](Place(tower, spot.letters).values)
    for a in spot.setting.atoms:
        if isinstance(a, Exp):
            known[a.name] = number({spot.value(a.of).coefficient: Fraction(1)})

    def value(p: Any) -> Any:
        found: Any = Fraction(0)
        for exponents, c in p.to_dict().items():
            part: Any = Fraction(int(c.p), int(c.q))
            for x, k in zip(tower.symbols, exponents, strict=True):
                part = times(part, power(known[x], Fraction(int(k)))) if k else part
            found = added(found, part)
        return found

    return [value(q.top), value(q.bottom)]


BOUNDS = [(c, n) for c, n in SENTENCES if c.concluding[n].kind == "exponential-decay"]


def _double(e: Any, known: dict[str, float]) -> float:
    parts = [_double(x, known) for x in e.args if hasattr(x, "head")]
    match e.head:
        case "num":
            return float(e.args[0])
        case "const":
            return known[e.args[0]]
        case "+":
            return math.fsum(parts)
        case "*":
            return math.prod(parts)
    return parts[0] ** parts[1]


def _along(claim: Claim, name: str, t: float) -> dict[str, float]:
    """Time, letters and abbreviations along the solution that the author suggests."""
    given: Any = claim.hints[name]
    known = {"t": t}
    for a in given.clock.atoms:
        known[a.name] = _double(a.of, known) ** (1 / a.degree)
    known |= {x: _double(e, known) for x, e in given.values.items()}
    for a in claim.setting.atoms:
        known[a.name] = _double(a.of, known)
    return known


@pytest.mark.parametrize(("claim", "name"), BOUNDS, ids=[c.id for c, _ in BOUNDS])
def test_a_solution_solves_the_flow_of_its_claim(claim: Claim, name: str) -> None:
    """In doubles: difference quotients are the rates, and the quantity is what is concluded."""
    data, h = FILES[claim.id, name], 1e-6
    stated, (clock, *_) = data["conclude"][label(name)], data["setting"]["letters"]
    Work.begin()
    scope = setting(data["setting"]).scope()
    over, rest = (scope.term(stated[x]).poly.terms for x in ("times", "is"))
    for t in (0.3, 1.0, 7.5):
        here, before, after = (_along(claim, name, s) for s in (t, t - h, t + h))
        for x, rate in claim.setting.rates.items():
            slope = (after[x] - before[x]) / (2 * h)
            assert math.isclose(slope, _double(rate, here), rel_tol=1e-6, abs_tol=1e-9)
        a, b = (
            sum(float(c) * t ** sum(float(e.const) for _, e in m[1]) for m, c in p.items())
            for p in (over, rest)
        )
        assert b and math.isclose(_double(claim.concluding[name].quantity, here) * a, b)
    assert data["setting"]["motion"] == {"kind": "flow", "rates": {clock: "1"}}


def test_they_are_what_is_written(tail: Fraction) -> None:
    for claim in HAVE_STEPS[:: round(1 / tail)]:
        for name, text in stepped(claim).items():
            path = STEPS / f"{claim.id}.{name}.json"
            if isinstance(text, NotGeneric):
                assert not path.exists()
            else:
                assert path.read_text() == text, "stale: make certificates"


def test_all_files_together_are_small() -> None:
    assert sum(p.stat().st_size for p in STEPS.iterdir()) < 1 << 20


def test_each_file_belongs_to_a_sentence() -> None:
    """No steps of a conclusion that is no longer there, or of a claim that has another theory;
    those in declared letters are of their whole claims.
    """
    known = {f"{c}.{n}.json" for c, n in FILES}
    declared = {f"{c.id}.json" for c in CLAIMS if c.setting.kind == "declared"}
    assert {p.name for p in STEPS.iterdir()} - known <= declared


#: the other side of an absolute value, and that a spread which is taken at the start stays
BESIDE = {("quasi-norm-near-balance", "drift"): {"spread", "falls"}}


def test_each_file_is_about_its_sentence() -> None:
    """A certificate under the name of another conclusion would be found by nobody: it concludes
    what its file is called.
    """
    for (claim, name), data in FILES.items():
        assert [*data["conclude"]][-1] == label(name), (claim, name)
        along = data["conclude"][label(name)]["kind"] == "not-exponential"
        beside = data["conclude"].keys() - {label(name)}
        assert along or beside == BESIDE.get((claim, name), set()), (claim, name)
