"""Every certificate with one place changed: a text, a number, an entry, a field, two neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

from tests.answers import answer

Path = tuple[Any, ...]
#: what a text may become; all names of the certificate come on top
TEXTS = ("0", "1", "-1", "2", "1/2", "-2", "H", "tr", "at", "start", "D", ">", ">=", "=", "!=")


def places(data: Any, path: Path = ()) -> Iterator[Path]:
    """Every place below the frame."""
    if path:
        yield path
    if isinstance(data, dict):
        for k in data:
            yield from places(data[k], (*path, k))
    elif isinstance(data, list):
        for k, x in enumerate(data):
            yield from places(x, (*path, k))


def words(data: Any) -> set[str]:
    if isinstance(data, dict):
        return set(data).union(*map(words, data.values()))
    if isinstance(data, list):
        return set().union(*map(words, data)) if data else set()
    return {data} if isinstance(data, str) else set()


def mutant(data: Any, seed: int) -> tuple[Path, Any]:
    """(where, the changed certificate); the place and the change are drawn."""
    r = Random(seed)
    new = deepcopy(data)
    path = r.choice(list(places(new)))
    inner = new
    for k in path[:-1]:
        inner = inner[k]
    last, old = path[-1], inner[path[-1]]
    kind = r.randrange(4)
    if isinstance(inner, list) and kind == 0:
        del inner[last]
    elif isinstance(inner, list) and kind == 1 and len(inner) > 1:
        other = r.randrange(len(inner))
        inner[last], inner[other] = inner[other], inner[last]
    elif isinstance(inner, dict) and kind == 0:
        del inner[last]
    elif isinstance(old, int) and not isinstance(old, bool):
        inner[last] = old + r.choice((-2, -1, 1, 2))
    elif isinstance(old, str):
        inner[last] = r.choice([*TEXTS, *sorted(words(data))])
    else:
        inner[last] = r.choice([True, False, None, [], {}, "1", 0, 1, "x", old, [old]])
    return path, new


def leaves(data: Any) -> list[str]:
    if isinstance(data, dict):
        return sorted(x for k, v in data.items() for x in [repr(k), *leaves(v)])
    if isinstance(data, list):
        return sorted(x for v in data for x in leaves(v))
    return [repr(data)]


def silent(data: Any, draws: int) -> list[Path]:
    """Where a change leaves the sentence as it is, and does more than put entries in another order.
    What is not understood is an error.
    """
    said, found = answer(data)[1], []
    for seed in range(draws):
        path, changed = mutant(data, seed)
        if changed == data:
            continue
        code, now = answer(changed)
        assert "not understood" not in now, (path, now)
        if code == 0 and now == said and leaves(changed) != leaves(data):
            found.append(path)
    return found
