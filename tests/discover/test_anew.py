"""Models with related exponentials are counted by the kernel, as powers of independent ones.

The kind: what the kernel counts is another model than the one that was given. The expected counts
are those of u f + v g with f = c g, which conserve one combination of u and v besides what f
conserves; they are compared with the engine's, which draws related values of the model itself.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.discover.test_rewriting import PAIRS, graph_of
from verify.discover import certificate as made
from verify.discover.certificate import asked, certificate
from verify.discover.discovery import discover
from verify.discover.relations import settled
from verify.discover.rewriting import compared, rewritten
from verify.exact.errors import EnginesDisagree
from verify.report.discovered import screen
from verify.trace.prime import PRIMES
from verify.trace.trace import traced


@pytest.mark.parametrize("pair", PAIRS)
def test_the_kernel_counts_related_exponentials(pair: str) -> None:
    found = discover(graph_of(pair))
    kernel = found.kernel = asked(found)
    assert kernel.counts and not kernel.refused, kernel.reason
    assert kernel.anew == (pair != "tanh")  # equal and opposite arguments need no other form
    assert f"- {found.upper} at a point modulo" in kernel.sentence
    said = " ".join(screen(found, True).split())
    assert ("written through independent ones" in said) == kernel.anew


def test_a_model_that_is_not_the_same_is_noticed() -> None:
    """exp(a + b) for exp(a - b), as a fault of the rewriting would have it."""
    graph = graph_of("softmax")
    anew = rewritten(graph, settled(graph, PRIMES[0]).rules.powers)
    assert anew is not None and compared(graph, anew)
    at = next(n for n, x in enumerate(anew.nodes) if x.op == "const" and len(x.shape) == 2)
    node = replace(anew.nodes[at], data=tuple(-x for x in anew.nodes[at].data))
    wrong = replace(anew, nodes=(*anew.nodes[:at], node, *anew.nodes[at + 1 :]))
    with pytest.raises(EnginesDisagree):
        compared(graph, wrong)


def nested(x: (2,), *, w: (2,), u: (), v: ()) -> Any:  # type: ignore[syntax]
    """An exponential in the argument of another, which is written in no other form."""
    s = np.exp(w @ x)
    return u * np.exp(s + w @ x) + v * np.exp(s)


def test_what_is_written_in_no_other_form_stays() -> None:
    """Its certificate is about the model itself."""
    found = discover(traced(nested))
    kernel = asked(found)
    assert not kernel.anew and not kernel.refused
    nodes = json.loads(json.dumps(certificate(found)))["traced"]["nodes"]
    assert len(nodes) == len(found.graph.nodes)


def logarithm(x: (2,), *, U: (2, 2), g: ()) -> Any:  # type: ignore[syntax]
    """U' = U M with all symmetric M, whose brackets give all M; g moves by itself: no laws."""
    return g * np.log(1 + np.sum((U @ x) ** 2))


def test_logarithms_without_exponentials() -> None:
    found = discover(traced(logarithm))
    assert found.upper == 0 and asked(found).counts and not asked(found).anew


def test_laws_that_the_kernel_was_not_told_are_not_said_to_be_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A certificate may leave out laws whose steps are not found; then it counts nothing."""
    steps, left_out = made._steps, []

    def fewer(answer: Any, law: Any, *others: Any) -> Any:
        left_out.append(law)
        return None if len(left_out) == 1 else steps(answer, law, *others)

    found = discover(graph_of("tanh"))
    assert found.lower > 1
    monkeypatch.setattr(made, "_steps", fewer)
    kernel = found.kernel = asked(found)
    assert kernel.laws == found.lower - 1 and not kernel.counts
    said = " ".join(screen(found, True).split())
    assert f"{kernel.laws} of {found.lower} laws are checked again; counted by the engine" in said
