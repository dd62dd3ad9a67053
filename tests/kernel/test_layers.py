"""PROVED sentences about matrices: steps that the kernel accepts, for as many as are counted here.

The author's lemmas become inductions, words are rewritten; the certificates are committed, and a
part of them, drawn by the scale of the tails, is written again.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from proofs import CLAIMS
from tests.kernel.read import answer
from tests.kernel.test_networks import STEPS
from verify.claims.conclusions.matrix_kinds import FibreMinimum, Root
from verify.claims.request import Request
from verify.judge.decide import judge
from verify.kernel.points import Point
from verify.kernel.setting import setting
from verify.terms.affine import N
from verify.terms.matrices import W, X
from verify.theories.steps.matrix_points import real
from verify.theories.words.complex_matrix import CMat
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.frame import frame
from verify.theories.words.instance import Instance
from verify.theories.written import label

PROVED = [c for c in CLAIMS if c.setting.kind == "matrices" and c.expected.name == "PROVED"]
#: conclusions of a claim that have no steps yet; rows only go
WAITING: dict[str, int] = {}
WRITTEN = [
    (c.id, name)
    for c in PROVED
    for name in c.concluding
    if (STEPS / f"{c.id}.{name}.json").exists()
]


def certificate(claim: str, name: str) -> dict:
    return json.loads((STEPS / f"{claim}.{name}.json").read_text())


def test_counts() -> None:
    """Both sides: what has steps and what waits are all there is."""
    written = {c.id: sum(x == c.id for x, _ in WRITTEN) for c in PROVED}
    waiting = {c.id: n for c in PROVED if (n := len(c.concluding) - written[c.id])}
    assert waiting == WAITING


@pytest.mark.parametrize(("claim", "name"), WRITTEN)
def test_the_kernel_accepts_the_steps(claim: str, name: str) -> None:
    """And needs each use and each hypothesis that it lists."""
    data = certificate(claim, name)
    code, said = answer(data)
    assert code == 0, said
    stated = data["conclude"][label(name)]
    for k in range(len(stated["by"])):
        by = [x for j, x in enumerate(stated["by"]) if j != k]
        forged = {**data, "conclude": {label(name): {**stated, "by": by}}}
        assert answer(forged)[0] == 1
    for k in range(len(data["steps"])):
        assert answer({**data, "steps": [x for j, x in enumerate(data["steps"]) if j != k]})[0] == 1


@pytest.mark.parametrize("claim", sorted({x for x, _ in WRITTEN}))
def test_both_say_the_same(claim: str) -> None:
    """Each side of an equation, quantity and rate: at the instance the kernel's values are those of
    the claim's expressions (derivatives too), at every index.
    """
    found = next(c for c in PROVED if c.id == claim)
    for name, outcome in judge(found, Request(numeric=False)).outcomes.items():
        if (claim, name) not in WRITTEN:
            continue
        sentence, c, data = outcome.sentence, outcome.sentence.conclusion, certificate(claim, name)
        stated = data["conclude"][label(name)]
        least = isinstance(c, FibreMinimum)
        terms = (
            [stated["factor"], ["at", stated["of"]], ["at", stated["root"]]]
            if least
            else stated.get("eq")
            or stated.get("ge", [])[:1]  # a side that is not negative
            or [stated["what"], *([stated["rate"]] if "rate" in stated else [])]
        )
        sides = [getattr(c, x) for x in ("left", "right", "quantity", "factor") if hasattr(c, x)]
        sides = [c.root**N, c.of] if isinstance(c, Root) else sides
        sides = [c.value, X, W[1].H * W[1]] if least else sides
        here = setting(data["setting"])
        point = Point(data["instance"], here)
        indices, scope = here.scope().bound(stated, "for")
        # of a complex state the kernel has the real form, whose traces are twice as large
        state = there(real(outcome.instance), data["instance"])
        old = Evaluator(state, frame(sentence.setting, sentence.assuming).expander)
        compared = 0
        for env in point.places(indices):
            at = {x.name: int(env[x]) for x in indices}
            for t, e in zip(terms, sides, strict=True):
                if t != "0" and not (isinstance(t, list) and t[0] == "I"):
                    assert shown(point.value(scope.term(t), env)) == shown(old(e, at))
                    compared += 1
        assert compared


def there(state: Instance, data: Any) -> Instance:
    """The state of a certificate, which is another one where a quantity is 0 at that of the
    claim.
    """
    given = {x: v for x, v in data["values"].items() if x in ("W", "b")}
    if "W" not in given or [shown(x) for x in state.values["W"]] == read(given["W"]):
        return state
    values = {x: [CMat.of(m) for m in read(v)] for x, v in given.items()}
    dims = tuple(data["families"]["d"].values())
    assert {*data["values"]} <= {"W", "b", "P", "E"}
    return replace(state, depth=len(dims) - 1, dims=dims, values=values)


def read(data: Any) -> Any:
    return [read(x) for x in data] if isinstance(data, list) else Fraction(data)


def shown(x: object) -> object:
    """A number, or the rows of a real matrix."""
    if isinstance(x, CMat):
        return [
            [Fraction(re) for re, im in row] for row in x.entries() if not any(im for _, im in row)
        ]
    return (
        [list(row) for row in x]
        if isinstance(x, tuple)
        else Fraction(int(x.p), int(x.q))
        if hasattr(x, "p")
        else x
    )
