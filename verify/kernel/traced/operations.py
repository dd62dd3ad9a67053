"""The closed list of operations: of each its fields in a certificate, and what its entries are.

Arrays are row by row; shapes are computed here and nowhere written but where an operation has one
of its own (const, reshape, broadcast, index).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from math import prod

from verify.kernel.limits import LIMITS, need
from verify.kernel.load import Data, items, rational, text, whole
from verify.kernel.traced.effort import TRACED, Effort, known
from verify.kernel.traced.variables import FREE, ONE, Entry, Variable, Variables, plain

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Array:
    """Entries, row by row."""

    shape: Shape
    entries: tuple[Entry, ...]


Given = dict[str, Data]
Operation = Callable[..., Array]  # of the variables, the node's fields and arrays


def shape(data: Data) -> Shape:
    """Its entries are counted before there are any."""
    found = tuple(whole(n, 0) for n in items(data))
    most = TRACED["axes"]
    known(len(found) <= most and 0 not in found, f"more than {most} axes, or no entries")
    return affordable(found)


def affordable(of: Shape) -> Shape:
    """A shape whose entries are about to be made."""
    Effort.spend("entries", prod(of))
    return of


def steps(of: Shape) -> tuple[int, ...]:
    """How far apart neighbours along each axis are."""
    return tuple(prod(of[n + 1 :]) for n in range(len(of)))


def along(a: Array, to: Shape, by: Sequence[int]) -> Array:
    """The array of this shape whose axes have these steps in another one."""
    places = [0]
    for n, step in zip(to, by, strict=True):
        places = [at + i * step for at in places for i in range(n)]
    return Array(to, tuple(a.entries[i] for i in places))


def spread(a: Array, to: Shape) -> Array:
    """Broadcast as NumPy does."""
    of = (1,) * (len(to) - len(a.shape)) + a.shape
    fits = len(of) == len(to) and all(n in (1, m) for n, m in zip(of, to, strict=True))
    need(fits, f"shape {list(a.shape)} does not fit {list(to)}")
    return along(a, to, [s * (n > 1) for n, s in zip(of, steps(of), strict=True)])


def _each(function: Callable[..., Entry]) -> Operation:
    """Entry by entry, of arrays that are spread."""

    def rule(v: Variables, given: Given, *args: Array) -> Array:
        ends = zip_longest(*(reversed(a.shape) for a in args), fillvalue=1)
        to = affordable(tuple(map(max, ends))[::-1])
        rows = zip(*(spread(a, to).entries for a in args), strict=True)
        return Array(to, tuple(function(v, *x) for x in rows))

    return rule


def _negative(x: Entry) -> Entry:
    return -x[0], x[1]


def _const(v: Variables, given: Given) -> Array:
    of = shape(given["shape"])
    texts = [text(x) for x in items(given["values"], prod(of))]
    most = LIMITS["digits"]
    known(max(map(len, texts)) <= most, f"a constant of more than {most} signs")
    return Array(of, tuple((plain(rational(x)), ONE) for x in texts))


def _free(v: Variables, given: Given) -> Array:
    need(given["name"] == FREE.name, "a constant that is not known")
    return Array((), ((1, v.new(FREE)),))


def _step(v: Variables, x: Entry) -> Entry:
    if x[1] == ONE:
        return int(x[0] > 0), ONE
    one = (1 if x[0] > 0 else -1, x[1])
    return 1, v.new(Variable("step", *one, entries=(one, (0, ONE)), place=(1, 0)))


def _axis(given: Given, a: Array) -> int:
    axis = whole(given["axis"], 0)
    need(axis < len(a.shape), "no such axis")
    return axis


def _top(v: Variables, given: Given, a: Array) -> Array:
    axis, k = _axis(given, a), whole(given["k"], 1)
    n, by = a.shape[axis], steps(a.shape)[axis]
    need(k <= n, "more than there are")
    Effort.spend("products", prod(affordable(a.shape)) * n)
    found = []
    for at in range(len(a.entries)):
        rank = at // by % n
        rivals = tuple(a.entries[at + (i - rank) * by] for i in range(n))
        found.append((1, v.new(Variable("top", place=(k, rank), entries=rivals))))
    return Array(a.shape, tuple(found))


SPEC = re.compile(r"([a-zA-Z]*)(?:,([a-zA-Z]*))?->([a-zA-Z]*)")


def _einsum(v: Variables, given: Given, *args: Array) -> Array:
    match = SPEC.fullmatch(text(given["spec"]))
    need(match, "expected letters such as ab,bc->ac")
    assert match is not None
    *ins, out = [x for x in match.groups() if x is not None]
    need(len(ins) == len(args), "another number of arrays")
    sizes: dict[str, int] = {}
    for letters, a in zip(ins, args, strict=True):
        need(len(letters) == len(a.shape), "another number of axes")
        need(len(set(letters)) == len(letters), "a letter stands twice in one array")
        for x, n in zip(letters, a.shape, strict=True):
            need(sizes.setdefault(x, n) == n, f"the sizes of {x} differ")
    need(len(set(out)) == len(out) and set(out) <= set(sizes), "letters of the result")
    every = [*out, *sorted(set(sizes) - set(out))]
    to = affordable(tuple(sizes[x] for x in out))
    Effort.spend("products", prod(sizes.values()))
    rows = []
    for letters, a in zip(ins, args, strict=True):
        by = dict(zip(letters, steps(a.shape), strict=True))
        rows.append(along(a, tuple(sizes[x] for x in every), [by.get(x, 0) for x in every]).entries)
    products, n = list(zip(*rows, strict=True)), prod(sizes[x] for x in every[len(out) :])
    return Array(to, tuple(v.total(products[i * n : (i + 1) * n]) for i in range(prod(to))))


def _reshape(v: Variables, given: Given, a: Array) -> Array:
    to = shape(given["shape"])
    need(prod(to) == len(a.entries), "another number of entries")
    return Array(to, a.entries)


def _transpose(v: Variables, given: Given, a: Array) -> Array:
    axes = [whole(n, 0) for n in items(given["axes"])]
    need(sorted(axes) == list(range(len(a.shape))), "each axis once")
    to, by = affordable(tuple(a.shape[n] for n in axes)), steps(a.shape)
    return along(a, to, [by[n] for n in axes])


def _broadcast(v: Variables, given: Given, a: Array) -> Array:
    return spread(a, shape(given["shape"]))


def _concat(v: Variables, given: Given, *args: Array) -> Array:
    need(args, "no arrays")
    axis = min(_axis(given, a) for a in args)
    ((before, after), *more) = {(a.shape[:axis], a.shape[axis + 1 :]) for a in args}
    need(not more, "shapes do not fit")
    to = affordable((*before, sum(a.shape[axis] for a in args), *after))
    long = [(a.entries, prod(a.shape[axis:])) for a in args]
    rows = [x[i * n : (i + 1) * n] for i in range(prod(before)) for x, n in long]
    return Array(to, tuple(chain(*rows)))


def _index(v: Variables, given: Given, a: Array) -> Array:
    to, entries = shape(given["shape"]), a.entries
    places = [whole(i, -1) for i in items(given["places"], prod(to))]
    need(all(i < len(entries) for i in places), "no such entry")
    return Array(to, tuple(entries[i] if i >= 0 else (0, ONE) for i in places))


#: by name: the fields beside op and args, how many arrays (-1: any), and the rule
OPERATIONS: dict[str, tuple[str, int, Operation]] = {
    "const": ("shape values", 0, _const),
    "add": ("", 2, _each(lambda v, x, y: v.total([[x], [y]]))),
    "sub": ("", 2, _each(lambda v, x, y: v.total([[x], [_negative(y)]]))),
    "mul": ("", 2, _each(lambda v, x, y: v.total([[x, y]]))),
    "neg": ("", 1, _each(lambda v, x: _negative(x))),
    "inv": ("", 1, _each(Variables.inverse)),
    "exp": ("", 1, _each(Variables.exponential)),
    "log": ("", 1, _each(lambda v, x: v.function("log", x))),
    "sqrt": ("", 1, _each(Variables.root)),
    "free": ("name", 0, _free),
    "erf": ("", 2, _each(Variables.error)),
    "step": ("", 1, _each(_step)),
    "top": ("k axis", 1, _top),
    "einsum": ("spec", -1, _einsum),
    "reshape": ("shape", 1, _reshape),
    "transpose": ("axes", 1, _transpose),
    "broadcast": ("shape", 1, _broadcast),
    "concat": ("axis", -1, _concat),
    "index": ("shape places", 1, _index),
}
