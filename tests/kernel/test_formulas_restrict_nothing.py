"""What a certificate about formulas supposes of names and roots (> 0, != 0) the claim supposes.

The kind: a sentence that the kernel accepts and that says less than the claim: a root that may be 0
taken for positive, a divisor, a radicand that may be negative. Belonging to it: an abbreviation, a
root inside a root, a hypothesis of another sign, a condition up to a negative factor.
"""

from __future__ import annotations

import json
from itertools import islice

import pytest

from proofs import CLAIMS
from tests.kernel.test_networks import STEPS
from tests.reports import judged
from verify import Claim, Source
from verify.claims.conclusions.equals import Equals
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.rings import Inexact
from verify.judge.decide import judge
from verify.kernel.limits import Refused, Work
from verify.kernel.points import Point
from verify.kernel.setting import setting
from verify.models.formulas import Formulas, Letter, Power, Root
from verify.terms.expr import const
from verify.theories.steps.scalars import Scalars
from verify.theories.towers.domain import domain
from verify.theories.towers.place import Outside, places
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.tower import Tower

SUPPOSE = [
    (c.id, n)
    for c in CLAIMS
    if c.setting.kind == "formulas"
    for n in c.concluding
    if (p := STEPS / f"{c.id}.{n}.json").exists()
    if "instance" in (data := json.loads(p.read_text()))
    if any(
        x["role"] in ("name", "root") and "sign" in x for x in data["setting"]["letters"].values()
    )
]


def admitted(sentence: FormulaSentence, most: int) -> list:
    """States that satisfy hypotheses and scope."""
    tower, found = Tower(sentence.setting), []
    scope = domain(sentence)
    for place in islice(filter(sentence.admits, places(tower)), 20 * most):
        spot = sentence.spot(place)
        try:
            values = [(spot.value(c.expr), c.relation) for c in scope]
        except (Outside, Inexact):
            continue
        if all(not v.factors for v, _ in values) and all(
            {">": v.coefficient > 0, ">=": v.coefficient >= 0, "!=": v.coefficient != 0}[r]
            for v, r in values
        ):
            found.append(spot)
    return found[:most]


def narrower(claim: str, name: str, data: dict) -> list[str]:
    """States of the claim at which the certificate does not speak, and why."""
    sentence = judged(claim).outcomes[name].sentence
    assert isinstance(sentence, FormulaSentence)
    Work.begin()
    here, letters, found = setting(data["setting"]), Scalars(sentence), []
    for spot in admitted(sentence, 6):
        values = letters.instance(spot)
        try:
            point = Point(values, here)
            for x in here.letters("name", "root"):
                for env in point.places(x.indices):
                    point.letter(x, tuple(int(env[i]) for i in x.indices))
        except Refused as why:
            found += [f"{spot}: {why}"] if "where the setting says" in str(why) else []
    return found


def written(claim: str, name: str) -> dict:
    return json.loads((STEPS / f"{claim}.{name}.json").read_text())


@pytest.mark.parametrize(("claim", "name"), SUPPOSE)
def test_wherever_the_claim_speaks_the_certificate_does(claim: str, name: str) -> None:
    """No sign that it supposes fails at a state of the claim."""
    assert narrower(claim, name, written(claim, name)) == []


@pytest.mark.parametrize("claim", ["lasso-path"])
def test_a_sign_too_many_is_found(claim: str) -> None:
    data = written(claim, "average")
    data["setting"]["letters"]["d1"]["sign"] = ">"
    assert narrower(claim, "average", data)


X, R = const("x"), const("r")


@pytest.mark.parametrize("inside", [X, X - 1, 2 - X, X**3])
def test_a_root_of_what_may_be_negative_is_stated_where_it_is_not(inside) -> None:
    """r^2 = inside: the certificate supposes inside > 0 only where the scope of the claim says so,
    and no more than that it is not negative is said of a plain identity: no steps then.
    """
    given = Formulas("drawn", (Letter("x"),), (Root("r", inside, 2),))
    claim = Claim("drawn", "drawn", given, (), {"c": Equals(R * R, inside)}, Source.own("draft"))
    (found,) = judge(claim, Request(numeric=False)).outcomes.values()
    assert found.verdict is Verdict.PROVED
    letters = found.steps.body["setting"]["letters"] if found.steps else {}
    assert not any(x.get("sign") == ">" for x in letters.values())


def test_what_the_kernel_does_not_read_has_no_steps() -> None:
    """A power of a sum with a letter as exponent: undecided, with the reason."""
    given = Formulas("drawn", (Letter("x", ">"), Letter("n")), (Power("p", X + 1, const("n")),))
    same = Equals(const("p") * (X + 1) + X, const("p") * X + const("p") + X)
    claim = Claim("drawn", "drawn", given, (), {"c": same}, Source.own("draft"))
    (found,) = judge(claim, Request(numeric=False)).outcomes.values()
    assert found.verdict is Verdict.UNDECIDED and found.steps is None
    assert "no steps are found that the kernel accepts" in found.reason
