"""Certificates with one field changed: numbers, names, signs, ranges, lists, roles."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

Path = tuple
_WEIGHTY = ("conclusions", "setting", "assuming", "dropped", "verdict", "conclude", "assume")
_LEFT_ALONE = ("statement", "claim", "format", "version")


def mutants(body: dict, rng: Random, count: int) -> Iterator[tuple[str, dict]]:
    """(what was changed, the certificate), each different from the original."""
    places = [p for p in _places(body, ()) if p and p[0] not in _LEFT_ALONE]
    weighty = [
        p
        for p in places
        if p[0]
        in ("conclusions", "setting", "assuming", "dropped", "verdict", "conclude", "assume")
    ]
    for _ in range(count):
        path = rng.choice(weighty if weighty and rng.random() < 0.65 else places)
        changed = copy.deepcopy(body)
        parent: Any = changed
        for step in path[:-1]:
            parent = parent[step]
        _change(parent, path[-1], changed, rng)
        if changed != body:
            yield "/".join(map(str, path)), changed


def _places(x: Any, path: Path) -> Iterator[Path]:
    yield path
    inner = x.items() if isinstance(x, dict) else enumerate(x) if isinstance(x, list) else ()
    for key, value in inner:
        yield from _places(value, (*path, key))


def _change(parent: Any, key: Any, body: dict, rng: Random) -> None:
    old = parent[key]
    turn = rng.random()
    if turn < 0.12:
        del parent[key]
    elif turn < 0.2 and isinstance(parent, list) and len(parent) > 1:
        other = rng.randrange(len(parent))
        parent[key], parent[other] = parent[other], parent[key]
    elif turn < 0.27 and isinstance(parent, list):
        parent.insert(key, copy.deepcopy(old))
    elif isinstance(old, (bool, int, str)) or old is None:
        parent[key] = _scalar(old, body, rng)
    elif isinstance(old, list) and old:
        parent[key] = rng.choice(list(old)) if rng.random() < 0.5 else old[:-1]
    elif isinstance(old, dict) and old:
        name = rng.choice(sorted(old, key=str))
        if rng.random() < 0.5:
            del old[name]
        else:
            old[name] = (
                _scalar(old[name], body, rng)
                if not isinstance(old[name], (dict, list))
                else old[name]
            )
    else:
        parent[key] = rng.choice([None, [], {}, 0, "x"])


def _scalar(old: Any, body: dict, rng: Random) -> Any:
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return rng.choice([old + 1, old - 1, -old, 0])
    if isinstance(old, str):
        try:
            q = Fraction(old)
            return str(
                rng.choice([q + 1, q - 1, -q, q / 2, Fraction(0), 1 / q if q else Fraction(2)])
            )
        except (ValueError, ZeroDivisionError):
            texts = sorted({x for x in _texts(body) if len(x) < 20})
            return rng.choice(texts or ["x"])
    return rng.choice(["0", 1, []])


def _texts(x: Any) -> Iterator[str]:
    if isinstance(x, str):
        yield x
    for y in x.values() if isinstance(x, dict) else x if isinstance(x, list) else ():
        yield from _texts(y)
