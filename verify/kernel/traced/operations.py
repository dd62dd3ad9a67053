"""The closed list of operations: of each its fields in a certificate, and what its entries are.

Arrays are row by row; shapes are computed here and nowhere written but where an operation has one
of its own (const, reshape, broadcast, index).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod

from verify.kernel.limits import LIMITS, need
from verify.kernel.load import Data, items, rational, text, whole
from verify.kernel.traced.effort import TRACED, Beyond, Effort
from verify.kernel.traced.variables import FREE, ONE, Entry, Poly, Variable, Variables, plain

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Array:
    """Entries, row by row."""

    shape: Shape
    entries: tuple[Entry, ...]


Given = dict[str, Data]
Operation = Callable[[Variables, Given, Sequence[Array]], Array]


def shape(data: Data, what: str) -> Shape:
    """Its entries are counted before there are any."""
    found = tuple(whole(n, 0) for n in items(data))
    if len(found) > TRACED["axes"] or 0 in found:
        raise Beyond(f"{what}: more than {TRACED['axes']} axes, or an array without entries")
    Effort.spend("entries", prod(found))
    return found


def steps(of: Shape) -> tuple[int, ...]:
    """How far apart neighbours along each axis are."""
    return tuple(prod(of[n + 1 :]) for n in range(len(of)))


def offsets(of: Shape, by: Sequence[int]) -> list[int]:
    """Places, row by row, of an array whose axes have these steps."""
    found = [0]
    for n, step in zip(of, by, strict=True):
        found = [at + i * step for at in found for i in range(n)]
    return found


def spread(a: Array, to: Shape) -> list[Entry]:
    """Broadcast as NumPy does."""
    more = len(to) - len(a.shape)
    need(more >= 0 and all(n in (1, m) for n, m in zip(a.shape, to[more:], strict=True)),
         f"shape {list(a.shape)} does not fit {list(to)}")  # fmt: skip
    by = [0 if n == 1 else s for n, s in zip(a.shape, steps(a.shape), strict=True)]
    return [a.entries[i] for i in offsets(to, [0] * more + by)]


def _common(a: Array, b: Array) -> Shape:
    wide = max(len(a.shape), len(b.shape))
    one, two = ((1,) * (wide - len(x.shape)) + x.shape for x in (a, b))
    to = tuple(max(n, m) for n, m in zip(one, two, strict=True))
    Effort.spend("entries", prod(to))
    return to


def _two(combine: Callable[[Variables, Entry, Entry], Entry]) -> Operation:
    def rule(v: Variables, given: Given, args: Sequence[Array]) -> Array:
        to = _common(*args)
        pairs = zip(*(spread(a, to) for a in args), strict=True)
        return Array(to, tuple(combine(v, x, y) for x, y in pairs))

    return rule


def _one(function: Callable[[Variables, Entry], Entry]) -> Operation:
    def rule(v: Variables, given: Given, args: Sequence[Array]) -> Array:
        Effort.spend("entries", len(args[0].entries))
        return Array(args[0].shape, tuple(function(v, x) for x in args[0].entries))

    return rule


def _sum(v: Variables, x: Entry, y: Entry) -> Entry:
    poly: Poly = {}
    v.put(poly, [x])
    v.put(poly, [y])
    return v.total(poly)


def _negative(x: Entry) -> Entry:
    return -x[0], x[1]


def _const(v: Variables, given: Given, args: Sequence[Array]) -> Array:
    of = shape(given["shape"], "const")
    texts = [text(x) for x in items(given["values"], prod(of))]
    if any(len(x) > LIMITS["digits"] for x in texts):
        raise Beyond(f"a constant of more than {LIMITS['digits']} signs")
    values = [rational(x) for x in texts]
    return Array(of, tuple((plain(x), ONE) for x in values))


def _free(v: Variables, given: Given, args: Sequence[Array]) -> Array:
    need(given["name"] in FREE.data, "a constant that is not known")
    return Array((), ((1, v.new(FREE)),))


def _step(v: Variables, x: Entry) -> Entry:
    if x[1] == ONE:
        return int(x[0] > 0), ONE
    return v.gate(Variable("step", 1 if x[0] > 0 else -1, x[1])) if x[0] else (0, ONE)


def _top(v: Variables, given: Given, args: Sequence[Array]) -> Array:
    (a,) = args
    axis, of = whole(given["axis"], 0), a.shape
    need(axis < len(of), "top: no such axis")
    k = whole(given["k"], 1)
    need(k <= of[axis], "top: more than there are")
    Effort.spend("entries", prod(of))
    by, found = steps(of)[axis], []
    for at in range(prod(of)):
        rank = at // by % of[axis]
        rivals = tuple(a.entries[at + (i - rank) * by] for i in range(of[axis]))
        found.append(v.gate(Variable("top", data=(k, rank, rivals))))
    return Array(of, tuple(found))


SPEC = re.compile(r"([a-zA-Z]*)(?:,([a-zA-Z]*))?->([a-zA-Z]*)")


def _einsum(v: Variables, given: Given, args: Sequence[Array]) -> Array:
    match = SPEC.fullmatch(text(given["spec"]))
    need(match, "einsum: expected letters such as ab,bc->ac")
    assert match is not None
    ins, out = [x for x in match.groups()[:2] if x is not None], match.group(3)
    need(len(ins) == len(args), "einsum: another number of arrays")
    sizes: dict[str, int] = {}
    for letters, a in zip(ins, args, strict=True):
        need(len(letters) == len(a.shape), "einsum: another number of axes")
        need(len(set(letters)) == len(letters), "einsum: a letter stands twice in one array")
        for x, n in zip(letters, a.shape, strict=True):
            need(sizes.setdefault(x, n) == n, f"einsum: the sizes of {x} differ")
    need(len(set(out)) == len(out) and set(out) <= set(sizes), "einsum: letters of the result")
    inner = sorted(set(sizes) - set(out))
    to = tuple(sizes[x] for x in out)
    Effort.spend("entries", prod(to))
    Effort.spend("products", prod(sizes.values()))
    where: list[tuple[tuple[Entry, ...], list[int], list[int]]] = []
    for letters, a in zip(ins, args, strict=True):
        by = dict(zip(letters, steps(a.shape), strict=True))
        rows = [offsets(tuple(sizes[x] for x in some), [by.get(x, 0) for x in some])
                for some in (out, inner)]  # fmt: skip
        where.append((a.entries, rows[0], rows[1]))
    found = []
    for i in range(prod(to)):
        poly: Poly = {}
        for j in range(prod(sizes[x] for x in inner)):
            v.put(poly, [entries[outer[i] + rest[j]] for entries, outer, rest in where])
        found.append(v.total(poly))
    return Array(to, tuple(found))


def _reshape(v: Variables, given: Given, args: Sequence[Array]) -> Array:
    to = shape(given["shape"], "reshape")
    need(prod(to) == len(args[0].entries), "reshape: another number of entries")
    return Array(to, args[0].entries)


def _transpose(v: Variables, given: Given, args: Sequence[Array]) -> Array:
    (a,) = args
    axes = [whole(n, 0) for n in items(given["axes"])]
    need(sorted(axes) == list(range(len(a.shape))), "transpose: each axis once")
    Effort.spend("entries", len(a.entries))
    to, by = tuple(a.shape[n] for n in axes), steps(a.shape)
    return Array(to, tuple(a.entries[i] for i in offsets(to, [by[n] for n in axes])))


def _broadcast(v: Variables, given: Given, args: Sequence[Array]) -> Array:
    to = shape(given["shape"], "broadcast")
    return Array(to, tuple(spread(args[0], to)))


def _concat(v: Variables, given: Given, args: Sequence[Array]) -> Array:
    axis = whole(given["axis"], 0)
    need(args and axis < len(args[0].shape), "concat: no such axis")
    rest = {(*a.shape[:axis], *a.shape[axis + 1 :]) for a in args}
    need(len(rest) == 1, "concat: shapes that do not fit")
    to = (*args[0].shape[:axis], sum(a.shape[axis] for a in args), *args[0].shape[axis + 1 :])
    Effort.spend("entries", prod(to))
    lengths = [prod(a.shape[axis:]) for a in args]
    found: list[Entry] = []
    for i in range(prod(to[:axis])):
        for a, n in zip(args, lengths, strict=True):
            found += a.entries[i * n : (i + 1) * n]
    return Array(to, tuple(found))


def _index(v: Variables, given: Given, args: Sequence[Array]) -> Array:
    to, entries = shape(given["shape"], "index"), args[0].entries
    places = [whole(i, -1) for i in items(given["places"], prod(to))]
    need(all(i < len(entries) for i in places), "index: no such entry")
    return Array(to, tuple(entries[i] if i >= 0 else (0, ONE) for i in places))


#: by name: the fields beside op and args, how many arrays (-1: any), and the rule
OPERATIONS: dict[str, tuple[str, int, Operation]] = {
    "const": ("shape values", 0, _const),
    "add": ("", 2, _two(_sum)),
    "sub": ("", 2, _two(lambda v, x, y: _sum(v, x, _negative(y)))),
    "mul": ("", 2, _two(lambda v, x, y: v.times([x, y]))),
    "neg": ("", 1, _one(lambda v, x: _negative(x))),
    "inv": ("", 1, _one(lambda v, x: v.inverse(x))),
    "exp": ("", 1, _one(lambda v, x: v.exponential(x))),
    "log": ("", 1, _one(lambda v, x: v.logarithm(x))),
    "sqrt": ("", 1, _one(lambda v, x: v.root(x))),
    "free": ("name", 0, _free),
    "erf": ("", 2, _two(lambda v, x, density: v.error(x, density))),
    "step": ("", 1, _one(_step)),
    "top": ("k axis", 1, _top),
    "einsum": ("spec", -1, _einsum),
    "reshape": ("shape", 1, _reshape),
    "transpose": ("axes", 1, _transpose),
    "broadcast": ("shape", 1, _broadcast),
    "concat": ("axis", -1, _concat),
    "index": ("shape places", 1, _index),
}
