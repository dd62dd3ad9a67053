"""``states`` and ``networks``: what they refuse, what they draw, and how it shrinks and prints."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.errors import NoSuchExample

from tests.runner import SECONDS, environment
from verify.exact.errors import BadInput
from verify.exact.jets import Jet
from verify.exact.rings import Exact
from verify.integrate.taylor import Taylor
from verify.models.catalogue import MODELS
from verify.models.derived import phi_at
from verify.models.network import Network
from verify.strategies import networks, states
from verify.terms.array_values import Arithmetic
from verify.testing import Undecided, assert_holds

SEARCH = settings(
    deadline=None,
    max_examples=200,
    database=None,
    derandomize=True,
    phases=(Phase.generate, Phase.shrink),  # to explain would take longer than to find
)
LAW = settings(
    SEARCH,
    max_examples=12,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
ONE_OF_A_KIND = ("quasi-norm", "ach-depth-two", "lda-fisher-optimum", "moment-map-bottleneck")
PACKAGE = Path(__file__).parents[1] / "meta" / "example_package"


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: states("quasi-nrm"), "did you mean quasi-norm"),
        (lambda: states(17), r"states\(int\): expected a Claim"),
        (lambda: states("quasi-*"), "expected one claim, it names"),
        (lambda: states("kn-rate"), "kn-rate has no states to draw: it is about the trajectories"),
        (lambda: states("lm-schatten"), "no states to draw: it is about numbers at samples"),
        (lambda: states("quasi-norm", without="balnce"), "balnce"),
        (lambda: states("quasi-norm", without=3), "without=3; expected the id"),
        (lambda: states("quasi-norm", depth=0), "depth=0: expected a whole number"),
        (lambda: states("quasi-norm", width=1.5), r"width=1\.5"),
        (lambda: states("quasi-norm", width=1), "no state that satisfies its hypotheses and moves"),
        (lambda: states("quasi-norm", sizes=(2, 2)), "sizes does not apply"),
        (lambda: states("ou-density", depth=2), "depth does not apply"),
        (lambda: states("dln-regflow", sizes=(2,)), r"sizes=\(2,\)"),
        (lambda: states("dln-regflow", depth=2, sizes=(1, 1, 1, 1)), "--depth 2 contradicts"),
        (lambda: states("quasi-norm", moving=1), "moving=1: expected True or False"),
        (lambda: networks("layer"), "unknown model 'layer': did you mean layers"),
        (lambda: networks(3), r"networks\(3\): expected a model"),
        (lambda: networks("layers", sizes=(2,)), "expected 2 numbers or more"),
        (lambda: networks("layers", sizes=5), "sizes=5; expected whole numbers"),
        (lambda: networks("layers", sizes=(2, 0)), "size d = 0"),
        (lambda: networks("layers", sizes=(1, 1), depth=1), "give one of them"),
        (lambda: networks("layers", depth=0), "depth=0; expected a whole number from 1"),
        (lambda: networks("diagonal", depth=13), "expected a whole number from 1 to 12"),
        (lambda: networks("diagonal", width=True), "width|size n = True"),
        (lambda: networks("completion", depth=2), "depth=2; the model completion has none"),
        (lambda: networks("diagonal", loss="sqared"), "did you mean squared"),
        (lambda: networks("diagonal", loss=2), "loss=2; expected its name"),
        (lambda: networks("diagonal", sizes=(2, 1), loss="w2^2"), "uses the coordinate 2"),
    ],
)
def test_bad_arguments_are_named_where_the_strategy_is_made(make: Any, complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint) as raised:
        make()
    assert raised.traceback[1].path == Path(__file__)


def test_a_claim_at_a_state_of_another_kind() -> None:
    point = find(states("quasi-norm"), lambda x: True, settings=SEARCH)
    with pytest.raises(BadInput, match="a state of type Point; those of ou-density are Spots"):
        assert_holds("ou-density", point)
    with pytest.raises(BadInput, match="has no conclusion 'kept'; it has: conserved"):
        assert_holds("quasi-norm", point, conclusion="kept")
    with pytest.raises(BadInput, match="has no states"):
        assert_holds("kn-rate", point)
    with pytest.raises(Undecided):
        assert_holds("lda-gd-order", find(states("lda-gd-order"), lambda x: True, settings=SEARCH))


def test_a_state_without_a_hypothesis_shrinks_to_one_for_hand_calculation() -> None:
    def fails(point: Any) -> bool:
        try:
            assert_holds("quasi-norm", point)
        except Undecided:
            return False
        except AssertionError:
            return True
        return False

    with pytest.raises(NoSuchExample):
        find(states("quasi-norm"), fails, settings=settings(SEARCH, max_examples=30))
    point = find(states("quasi-norm", without="balance"), fails, settings=SEARCH)
    assert point.depth == point.width == 2
    assert repr(point).startswith("<J = w_1/(w_1 + w_2); u_1 = (") and len(repr(point)) < 70


@pytest.mark.parametrize(
    "make",
    [
        *(lambda name=name: states(name) for name in ONE_OF_A_KIND),
        lambda: networks("diagonal", depth=2, width=1),
    ],
    ids=[*ONE_OF_A_KIND, "network"],
)
def test_a_law_that_fails_prints_its_state_as_the_state_prints(make: Any) -> None:
    """Hypothesis prints the fields of a dataclass, which of a state are pages, and of a setting
    with hypotheses ended in AttributeError.
    """
    seen: list[Any] = []

    @settings(LAW, max_examples=1)
    @given(make())
    def law(state: Any) -> None:
        seen.append(state)
        raise AssertionError("no")

    with pytest.raises(AssertionError, match="no") as raised:
        law()
    assert f"state={seen[-1]!r}" in "\n".join(raised.value.__notes__)


@pytest.mark.parametrize("name", [m.name for m in MODELS])
def test_a_flow_of_a_drawn_network_descends(name: str) -> None:
    """J' = g . (dphi theta') = -|theta'|^2, by jets: exact, and no gradient is used twice."""

    @LAW
    @given(networks(name))
    def law(network: Network) -> None:
        slope = network.slope()
        theta = [Jet(Exact(), [x, v]) for x, v in zip(network.weights, slope, strict=True)]
        lift = lambda x: Jet.constant(Exact(), x, 2)
        moved = phi_at(network.model, network.sizes, theta, Arithmetic(lift=lift))
        rate = sum(
            (g * z.c[1] for g, z in zip(network.gradient(), moved, strict=True)), Fraction(0)
        )
        assert rate == -sum(x * x for x in slope)
        assert repr(network).startswith(f"<{name} at ")

    law()


def test_a_drawn_network_has_a_flow_for_engines() -> None:
    network = find(networks("layers", depth=2), lambda x: any(x.slope()), settings=SEARCH)
    run = Taylor().run(network.system(), Fraction(1, 8), 20, samples=1)
    assert [x for row in run.states[0].exact() for x in row] == list(network.weights)
    assert run.states[0] != run.states[1]


def test_the_example_package_uses_them(tmp_path: Path) -> None:
    """As its author runs it."""
    paths = {"PYTHONPATH": f"{PACKAGE}:{Path(__file__).parents[2]}"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "properties.py"],
        cwd=PACKAGE,
        env=environment(tmp_path, paths),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0 and "3 passed" in done.stdout, done.stdout
