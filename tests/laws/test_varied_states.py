"""Claims about matrices whose relations nobody draws solutions of have an author's example; others
are made of it, and all of them satisfy the relations.

What else belongs to the kind: claims with one example or two, numbers and sequences in relations,
Hermitian and positive letters, families, an imaginary unit among the letters, products of layers;
scalings that do not keep a relation, or a changed relation: then the example alone is left.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pytest

from proofs import CLAIMS
from tests.reports import BY_ID
from verify.claims.request import Request
from verify.judge.parts import theory_of
from verify.models.matrices import Matrices
from verify.terms.matrices import const, num
from verify.terms.relation import Equal
from verify.theories.words import varied as module
from verify.theories.words.complex_matrix import vanishes
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.instance import Instance
from verify.theories.words.points import admitted
from verify.theories.words.varied import varied
from verify.theories.words.weights import weights

DRAWS = 8
#: an example that serves as a witness and satisfies not all relations: states are drawn
DRAWN = ("dln-hidden-convexity",)
OF_EXAMPLES = [
    c.id
    for c in CLAIMS
    if isinstance(c.setting, Matrices) and c.setting.examples and c.id not in DRAWN
]


@cache
def sentence(name: str) -> Any:
    of = theory_of(BY_ID[name])(BY_ID[name], Request(), lambda text: None)
    return of.sentence(next(iter(BY_ID[name].concluding)))


@cache
def made(name: str) -> tuple[Instance, ...]:
    s = sentence(name)
    own = list(s.examples())
    return tuple(varied(own[n % len(own)], s.frame(), {}, Random(n)) for n in range(DRAWS))


@pytest.mark.parametrize("name", OF_EXAMPLES)
def test_there_are_others_and_they_satisfy_every_relation(name: str) -> None:
    """By the relations themselves, evaluated here; numbers besides matrices differ where they may:
    frames alone would leave every trace as it is.
    """
    s, seen = sentence(name), made(name)
    assert len({repr(x) for x in seen}) > DRAWS // 2
    for x in seen:
        value = Evaluator(x, s.frame().expander)
        for equations in s.frame().relations.values():
            for e in equations:
                assert all(vanishes(value(e.left - e.right, at)) for at in e.places(x.depth))


def test_what_is_left_out_has_no_example_of_its_hypotheses() -> None:
    assert not [n for n in DRAWN if list(sentence(n).examples())]


def test_not_by_frames_alone() -> None:
    """The squares of the entries, which no frame changes, differ between the states."""
    still = []
    for name in OF_EXAMPLES:
        sizes = set()
        for x in made(name):
            all_of = [m for v in x.values.values() for m in (v if isinstance(v, list) else [v])]
            sizes.add(str([(m * m.marked("H")).trace() for m in all_of]))
        if len(sizes) < 2:
            still.append(name)
    assert still == []


@pytest.mark.parametrize("name", OF_EXAMPLES[::4])
def test_weights_keep_every_relation(name: str) -> None:
    s = sentence(name)
    for seed, x in enumerate(s.examples()):
        for w in weights(x, s.frame(), Random(seed)):
            made = module._by(x, w, module._FACTORS[2])
            assert admitted(made, s.frame(), {}), w


def test_what_does_not_keep_a_relation_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong weights, and a relation that fixes a number: each state still satisfies all."""
    s = sentence("dln-gn-kernel")
    (x,) = s.examples()
    monkeypatch.setattr(module, "weights", lambda *a: iter([{"mu": 1}, {"M": 1, "nu": 2}]))
    for seed in range(6):
        found = varied(x, s.frame(), {}, Random(seed))
        assert found.scalars == x.scalars and found.dims == x.dims
    fixed = {"fixed": (Equal(const("mu"), num(2)),)}
    monkeypatch.undo()
    assert all(varied(x, s.frame(), fixed, Random(n)).scalars["mu"] == 2 for n in range(6))
