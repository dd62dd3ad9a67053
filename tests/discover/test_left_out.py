"""Laws that the kernel does not read are left out of a certificate by name, and the others are in
it: what it says of those is unchanged, and nothing is said to be checked that it did not read.

The kind: one law that is beyond the kernel takes all others with it; a law that is left out without
a word; a refusal (the law is none) that is taken for one. Limits are lowered for the purpose.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from verify.discover.certificate import asked
from verify.discover.discovery import discover
from verify.discover.records import Discovery
from verify.kernel.certificate import verified
from verify.kernel.limits import LIMITS
from verify.kernel.traced.effort import TRACED
from verify.report.discovered import screen
from verify.report.discovered_data import data
from verify.trace.trace import traced


def mixed(x: (6,), *, u: (), v: (), A: (1, 6), B: (1,), p: (), q: ()) -> Any:  # type: ignore[syntax]
    """u^2 - v^2, p^2 - q^2, and one law of seven squares."""
    return u * v * x[0] + (A @ x * B)[0] + p * q * x[1] ** 2


def shown(d: Discovery) -> str:
    return " ".join(screen(d, True).split())


def read(**limits: int) -> Discovery:
    """What the kernel says of the model above, with some of its limits as they are given."""
    d = discover(traced(mixed))
    assert d.complete and d.lower == 3
    with pytest.MonkeyPatch.context() as patch:
        for name, most in limits.items():
            patch.setitem(TRACED if name in TRACED else LIMITS, name, most)
        d.kernel = asked(d)
    return d


def names(d: Discovery) -> list[str]:
    assert d.kernel is not None
    return [x for x, _ in d.kernel.left_out]


def test_one_law_that_is_beyond_the_kernel_takes_no_other_with_it() -> None:
    """Six products of z = A x are too many; that the sums of two laws are short is not."""
    d = read(expanded=6)
    (long,) = names(d)
    k = d.kernel
    assert k is not None and "A" in long and not k.refused and not k.counts and k.laws == 2
    assert "B" not in k.sentence.split("conserved:")[1] and "these 2 are conserved" in k.sentence
    assert verified(k.text.encode()) == k.sentence
    assert f"not in the certificate: {long}, because: beyond the kernel: " in shown(d)
    assert "2 of 3 laws are checked again; counted by the engine: law " in shown(d)
    (row,) = data(d)["kernel"]["left_out"]
    assert row["law"] == long and "products" in row["reason"]


def test_with_all_limits_nothing_is_left_out() -> None:
    d = read()
    assert not names(d) and d.kernel is not None and d.kernel.counts and d.kernel.laws == 3
    assert "not in the certificate" not in shown(d) and data(d)["kernel"]["left_out"] == []


def test_where_the_work_is_used_up_some_laws_stay() -> None:
    """The kernel's work is for all laws together, and for the model before them."""
    everything = read().kernel
    assert everything is not None
    sizes = {n: read(rewritten=n) for n in range(0, 400, 20)}
    kept = [d.kernel.laws for d in sizes.values() if d.kernel is not None]
    assert kept[0] == 0 and kept[-1] == 3 and {1, 2} & set(kept)
    every = json.loads(everything.text)["laws"]
    for d in sizes.values():
        assert d.kernel is not None and d.kernel.laws + len(names(d)) in (3, d.kernel.laws)
        assert bool(d.kernel.sentence) == bool(d.kernel.laws) and not d.kernel.refused
        laws = json.loads(d.kernel.text)["laws"] if d.kernel.text else []
        assert laws == [x for x in every if x in laws] and len(laws) == d.kernel.laws


def test_laws_as_long_as_there_is_room() -> None:
    full = read().kernel
    assert full is not None
    d = read(bytes=len(full.text) - 80)
    assert d.kernel is not None and 0 < d.kernel.laws < 3 and len(d.kernel.text) < len(full.text)
    assert d.kernel.laws + len(names(d)) == 3 and "more entries" in d.kernel.left_out[0][1]
    none = read(bytes=200).kernel
    assert none is not None and not none.sentence and "more entries" in none.reason


@pytest.mark.parametrize(("limit", "most"), [("coordinates", 10), ("entries", 3), ("products", 3)])
def test_of_a_model_that_is_not_read_no_law_is_left_out(limit: str, most: int) -> None:
    d = read(**{limit: most})
    assert d.kernel is not None and not d.kernel.refused and not d.kernel.text and not names(d)
    assert f"counted by the engine: more than {most} {limit}" in shown(d)


def test_what_is_refused_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A law that is none is never taken for one that is beyond the kernel."""
    from verify.discover import certificate as made

    steps = made._steps

    def wrong(*given: Any) -> Any:
        return steps(*given) and {"moves": []}

    monkeypatch.setattr(made, "_steps", wrong)
    d = read()
    assert d.kernel is not None and d.kernel.refused and not d.kernel.sentence and not names(d)
    assert not d.complete and "REFUSED" in shown(d)


def test_a_law_without_steps_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.discover import certificate as made

    steps, seen = made._steps, []

    def fewer(*given: Any) -> Any:
        seen.append(given[1])
        return None if len(seen) == 2 else steps(*given)

    monkeypatch.setattr(made, "_steps", fewer)
    d = read()
    assert d.kernel is not None and d.kernel.laws == 2 and len(names(d)) == 1
    assert "no multiples of the symmetries" in shown(d) and not d.kernel.counts
