"""Whoever runs short of memory is not wrong: the answer is UNDECIDED with ``--memory``, exit 4.

The kind (F4, F9): a MemoryError that arrives as something else. Raised in an author's field, loss,
quantity or builder it came as bad input, and where that was met while the shipped claims were
loaded, these were left out: ``verify all`` said that nothing matches (5), ``verify claim ID`` that
the claim is unknown (2). To it belong every wrapper that names the author's line, errors raised
while another one is handled, and a child that dies while it loads the shipped claims. A package of
somebody else's is left out as before.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from types import SimpleNamespace
from typing import Any

import pytest

from verify import Claim, Source
from verify.claims.conclusions import Throughout
from verify.commands.outcome import outcome, trouble
from verify.commands.run import Run, lost
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.library import registry
from verify.models.trajectories import Trajectories
from verify.process.exits import UNSETTLED
from verify.process.limits import out_of_memory


def short(*_: Any) -> Any:
    raise MemoryError


def system(**how: Any) -> System:
    whole = {"field": lambda x, m: [-x[0]], "quantities": {"x": lambda x, m: x[0]}} | how
    return System("s", ("x",), (F(1),), **whole)


def claim(build: Callable[[], System]) -> Claim:
    flow, bound = Trajectories("s", {"a": build}, F(1), {}), Throughout("x", "<", F(2))
    return Claim("mine", "t", flow, (), {"c": bound}, Source.own("x"))


WAYS: dict[str, Callable[[], Any]] = {
    "a field": lambda: system(field=short),
    "a loss": lambda: system(field=None, loss=short),
    "a quantity": lambda: system(quantities={"x": short}),
    "a builder": lambda: Trajectories("s", {"a": short}, F(1), {}).starts["a"](),
    "a claim's field": lambda: claim(lambda: system(field=short)),
    "a claim's builder": lambda: claim(short),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_an_author_s_function_runs_short_of(way: str) -> None:
    with pytest.raises(BadInput) as caught:
        WAYS[way]()
    assert out_of_memory(caught.value)
    said, code = trouble(caught.value)
    assert code == UNSETTLED and "--memory" in said
    assert outcome(WAYS[way]) == UNSETTLED


@pytest.mark.parametrize("way", WAYS)
def test_the_shipped_claims_are_never_left_out_for_it(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def points(name: str) -> list[Any]:
        made = SimpleNamespace(name=name, value="somewhere:CLAIMS", module="somewhere")
        made.load = WAYS[way]
        return [made]

    monkeypatch.setattr(registry, "_left_out", {})
    monkeypatch.setattr(registry, "entry_points", lambda group: points("flowlaw"))
    if "claim's" not in way:  # of the shipped claims no system is built before it is judged
        assert outcome(lambda: len(registry.claims())) == UNSETTLED
    assert not registry.left_out()
    monkeypatch.setattr(registry, "entry_points", lambda group: points("another"))
    assert registry.claims() == {} and len(registry.left_out()) == 1


@pytest.mark.parametrize("seconds", [60, -60])
@pytest.mark.parametrize(
    ("name", "on"), [("flowlaw = proofs:CLAIMS", False), ("other = o:C", True)]
)
def test_a_child_that_dies_while_it_loads_them(name: str, on: bool, seconds: int) -> None:
    """Another child goes on without what is somebody else's, and never without the shipped ones."""
    package = f"entry point {name} of group verify.claims"
    ended: Any = SimpleNamespace(
        limits=SimpleNamespace(left=lambda: seconds), loading=package, part=f"loading {package}",
        why="killed", claim={},
    )  # fmt: skip
    run = Run()
    assert lost(run, ended) is (on and seconds > 0)
    assert bool(run.left_out) is (on and seconds > 0)
