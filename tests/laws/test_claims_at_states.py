"""One law per test, over all claims with states: what Hypothesis draws from a theory's own states.

The states satisfy the hypotheses, so a claim that holds vanishes there, exactly; one that is false
fails at some of them; and without a hypothesis that is needed a state violates it. No proof is
looked at, and formulas and networks are evaluated a second time by what shares no normal form with
the prover. Which claims have no law here, and why, is listed; the lists only shrink.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.errors import NoSuchExample

from proofs import CLAIMS
from tests.reports import BY_ID
from tests.tails import SLOW, TAILS
from verify.claims.conclusions.base import Hints
from verify.claims.conclusions.formula import Formula
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import NoValue
from verify.exact.precision import precision
from verify.exact.rings import Exact, Inexact
from verify.judge.parts import theory_of
from verify.models.jets import Motion, assignments
from verify.strategies import states
from verify.terms.order import order_needed
from verify.theories.protocol import Theory
from verify.values.formulas import Letters

EXAMPLES = 25
LAW = settings(
    deadline=None,
    max_examples=EXAMPLES,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
#: where one state of a kind is looked for: what Hypothesis draws depends on the modules that are
# loaded (it tries numbers that stand in them), so that a few draws may miss it
MORE = settings(LAW, max_examples=8 * EXAMPLES)
STATES = [c.id for c in CLAIMS if not theory_of(c).stateless]
FALSE = [name for name in STATES if BY_ID[name].expected is Verdict.REFUTED]
TRUE = [name for name in STATES if name not in FALSE]

ALGEBRA = "its sentences are counts, dimensions or spans: of the whole algebra, not of one state"
#: claims with states of whose sentences none has a value at one of them, and why
NO_VALUE = {
    "lda-direction": "a limit, which is measured; its traps are of lda-signs-alone",
    "lda-gd-order": "an order in the step length, which is measured",
    "dln-kn-limit": "a limit along a flow whose author's squares show it: no state refutes it",
    "moment-map-bottleneck": ALGEBRA,
    "moment-map-found": ALGEBRA,
    "dln-dim": ALGEBRA,
    "dln-dim-leaf": ALGEBRA,
    "dln-orthogonal": ALGEBRA,
    "amb-solvable": ALGEBRA,
}
#: false claims that fail at no state of theirs, and why
NOT_AT_A_STATE = {
    "kn-exponential": "refuted along a solution in closed form",
    "convex-flow-exponential": "refuted along a solution in closed form",
    "moment-map-skew-law": "refuted by a closed path in theta",
    "moment-map-found-bottleneck": ALGEBRA,
    "dln-dim-low-rank": ALGEBRA,
    "dln-orthogonal-printed": ALGEBRA,
    "amb-solvable-orbit": "refuted by two states with one phi",
    "err-minimal": ALGEBRA,
}


@cache
def theory(name: str) -> Theory:
    return theory_of(BY_ID[name])(BY_ID[name], Request(), lambda text: None)


@cache
def drawn(name: str) -> tuple[Any, ...]:
    """What Hypothesis draws for a law about one claim: the same states for every test."""
    found: list[Any] = []

    @LAW
    @given(states(BY_ID[name]))
    def take(state: Any) -> None:
        found.append(state)

    take()
    return tuple(found)


@cache
def checked(name: str) -> dict[str, list]:
    """Each sentence at each state."""
    of = theory(name)
    with precision():
        sentences = {n: of.sentence(n) for n in BY_ID[name].concluding}
        return {n: [of.checked(s, x) for x in drawn(name)] for n, s in sentences.items()}


def test_every_claim_is_covered_or_listed() -> None:
    """A claim about a flow or a step has states; what stands in a list belongs there."""
    for c in CLAIMS:
        kinds = ("flow", "step", "matrices", "formulas", "action", "declared")
        covered = c.setting.kind in kinds
        assert covered == (c.id in STATES), c.id
    silent = {n for n in TRUE if all(x.holds is None for row in checked(n).values() for x in row)}
    assert silent == NO_VALUE.keys()
    assert len(NO_VALUE) <= 9 and len(NOT_AT_A_STATE) <= 8 and len(NO_WITNESS) <= 5


def _moves(c: Any) -> bool:
    """Does its setting say how something moves? Samples and settings at rest say nothing."""
    s = c.setting
    match s.kind:
        case "formulas":
            return bool(s.rates)
        case "matrices":
            return s.motion.kind != "prescribed" or bool(s.motion.rates)
        case "declared":
            return s.flow is not None or s.step is not None
    return s.kind in ("flow", "step", "action", "trajectories")


def test_every_claim_with_a_flow_is_asked_at_as_many_states() -> None:
    """Of every folder of claims; those about trajectories have the starts that they list. None of
    it is a long tail, of which a part would run.
    """
    moving = {c.id for c in CLAIMS if _moves(c)}
    listed = {c.id for c in CLAIMS if c.setting.kind == "trajectories"}
    assert moving - listed <= {*TRUE, *FALSE} and listed <= moving and EXAMPLES == 25
    file = "laws/test_claims_at_states.py"
    assert not [name for name in (*TAILS, *SLOW) if name.startswith(file)]
    folders = {type(c.setting).__name__ for c in CLAIMS if c.id in moving}
    assert {"Flow", "Step", "Matrices", "Formulas", "Declared", "Action"} <= folders


@pytest.mark.parametrize("name", TRUE)
def test_what_holds_vanishes_at_drawn_states(name: str) -> None:
    """Every sentence at every state; where one has a value at states, it is decided at most."""
    assert len(drawn(name)) == EXAMPLES
    for sentence, row in checked(name).items():
        both = zip(row, drawn(name), strict=True)
        assert [(x.text, state) for x, state in both if x.holds is False] == [], sentence
        decided = sum(x.holds is True for x in row)
        assert decided == 0 or decided >= EXAMPLES // 3, sentence


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_fails_at_some(name: str) -> None:
    fails = any(x.holds is False for row in checked(name).values() for x in row)
    if name in NOT_AT_A_STATE:
        assert not fails
        return
    of = theory(name)
    sentences = [of.sentence(n) for n in BY_ID[name].concluding]
    assert fails or _some(states(BY_ID[name]), lambda s: _fails(of, sentences, s), MORE)


def _fails(of: Any, sentences: list[Any], state: Any) -> bool:
    with precision():
        return any(of.checked(s, state).holds is False for s in sentences)


def test_states_satisfy_the_hypotheses_and_move() -> None:
    """By what the hypotheses say themselves, where they can be asked of a state."""
    for name in STATES:
        of = theory(name)
        sentence = of.sentence(next(iter(BY_ID[name].concluding)))
        assert all(of.moves(state) for state in drawn(name)[::5])
        for state in drawn(name):
            if hasattr(sentence, "violated") and BY_ID[name].setting.kind != "action":
                assert sentence.violated(state) is None


HYPOTHESES = [(n, h.id) for n in TRUE for h in BY_ID[n].assuming]
LIMIT = "of a limit, which is measured: its need is shown by a trap or a contrast, or not at all"
#: hypotheses that are needed, or may be, without a drawn state that fails, and why
NO_WITNESS = {
    ("lda-gd-order", "euler"): "of an order, which is measured",
    ("lda-direction", "ratio"): LIMIT,
    ("lda-direction", "balance"): LIMIT,
}


@cache
def without(name: str, h: str) -> bool:
    """Does a sentence without the hypothesis fail at a state of the others? Found by search."""
    of = theory(name)
    sentences = [of.sentence(n, h) for n in BY_ID[name].concluding]
    many = MORE if (name, h) not in NO_WITNESS and not _said(name, h) else LAW
    return any(
        _some(states(BY_ID[name], without=h, moving=m), lambda s: _fails(of, sentences, s), many)
        for m in (True, False)
    )


def _some(strategy: Any, fails: Any, many: Any) -> bool:
    """Of so many draws: the first is enough."""
    try:
        find(strategy, fails, settings=many)
    except NoSuchExample:
        return False
    return True


def _said(name: str, h: str) -> bool:
    """Does the claim say that it is not needed?"""
    hint = next((b for b in BY_ID[name].breaks if b.hypothesis == h), None)
    return bool(hint and hint.not_needed)


@pytest.mark.parametrize(("name", "h"), HYPOTHESES)
def test_a_hypothesis_is_violated_somewhere_or_said_not_to_be_needed(name: str, h: str) -> None:
    """Both sides: a state that fails without it, and what the claim says of it."""
    said = _said(name, h)
    if (name, h) in NO_WITNESS:
        assert not without(name, h), "a state fails without it: take it from the list"
    else:
        assert without(name, h) != said


NETWORKS = [n for n in TRUE if BY_ID[n].setting.kind in ("flow", "step") and n not in NO_VALUE]


@pytest.mark.parametrize("name", NETWORKS)
def test_obligations_of_networks_vanish(name: str) -> None:
    """What the proof reduces to zero, evaluated in jets of fractions along the flow; the normal
    forms of the prover are not asked. Hypotheses of the start hold at the start.
    """
    of, decided = theory(name), 0
    for n, conclusion in BY_ID[name].concluding.items():
        sentence = of.sentence(n)
        for gap in conclusion.obligations(BY_ID[name].hints.get(n, Hints())):
            for point in drawn(name):
                decided += _vanishes(sentence, gap, point)
    assert decided >= EXAMPLES // 3


def _vanishes(sentence: Any, gap: Any, point: Any) -> bool:
    """Raises AssertionError; False where it is not rational, or not defined."""
    decay = sentence.setting.decay
    try:
        flow = Motion(point, Exact(), order_needed(gap), decay=decay, balanced=sentence.balanced)
        for scope in assignments(gap.free_indices(), point.depth, point.width, sentence.pair()):
            assert flow.value(gap, scope).c[0] == 0, (gap, scope, point)
    except (Inexact, ZeroDivisionError):
        return False
    return True


FORMULAS = [n for n in TRUE if BY_ID[n].setting.kind == "formulas"]


@pytest.mark.parametrize("name", FORMULAS)
def test_sides_of_formulas_are_equal(name: str) -> None:
    """A second evaluation, in jets of roots: exact, or enclosed around zero."""
    exact = 0
    for conclusion in BY_ID[name].concluding.values():
        for left, right in conclusion.sides() if isinstance(conclusion, Formula) else ():
            for spot in drawn(name)[::5]:
                try:
                    found = Letters(spot.setting, spot.letters).value(left - right, 20)
                except NoValue:
                    continue
                if found.exact is not None:
                    assert found.exact == 0, (left, right, spot)
                    exact += 1
                else:
                    middle, radius = found.enclosure
                    assert abs(middle) <= radius, (left, right, spot)
    signs = all(not isinstance(c, Formula) for c in BY_ID[name].concluding.values())
    assert exact or signs


def test_a_matrix_has_a_value_at_every_depth() -> None:
    """Both indices of S_B are coordinates: at one layer and three coordinates it had none, and a
    sentence about it was not looked at there.
    """
    of = theory("lda-ratio-trace-constant")
    sentence = of.sentence(next(iter(of.claim.concluding)))
    flat = [x for x in drawn("lda-ratio-trace-constant") if x.depth < x.width]
    assert flat and all(of.checked(sentence, x).holds for x in flat)
