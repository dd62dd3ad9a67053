"""Normal forms: linear combinations of words, of traces of words and of sums of either over the
layers.

A term's key is (scalars, traced, word, ranges). Words shrink by A_k W_k = A_(k-1), W_k B_k =
B_(k+1), A_k B_(k+1) = X and by joining powers; a traced word is the least of its rotations and of
those of its adjoint (Re Tr x = Re Tr x* = Re Tr x^T). A range says for
which values of an index a term is there: letters with vanishing ends narrow it, and the index of a
sum is shifted to a standard place. Two elements with the same normal form are equal for every depth
and every size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.exact.limits import LIMITS, is_short, up_to
from verify.terms.affine import ONE, ZERO, Affine, N
from verify.terms.letters import RUNS, Theory
from verify.terms.matrices import MARKS

Word = tuple[tuple[str, Affine | None, str, Affine], ...]
Scalars = tuple[tuple[tuple[str, Affine | None], Affine], ...]
Range = tuple[
    str, int, int, int, int
]  # variable, first - 1, N - last, and the same for where all letters exist
Key = tuple[Scalars, bool, Word, tuple[Range, ...]]
Element = dict[Key, Fraction]
FREE = -LIMITS["range"] // 10
BOUND = "#"


def add(x: Element, y: Element, factor: Fraction = Fraction(1)) -> Element:
    found = dict(x)
    for key, c in y.items():
        value = found.get(key, Fraction(0)) + factor * c
        if value:
            found[key] = value
        else:
            found.pop(key, None)
    return found


def scaled(x: Element, factor: Fraction) -> Element:
    return {key: factor * c for key, c in x.items()} if factor else {}


def collected(terms: Iterable[tuple[Key, Fraction]]) -> Element:
    found: Element = {}
    for key, c in terms:
        found[key] = found.get(key, Fraction(0)) + c
    return {key: c for key, c in found.items() if c}


def scalar(value: Fraction | int) -> Element:
    return {((), False, (), ()): Fraction(value)} if value else {}


def joined(x: tuple[Range, ...], y: tuple[Range, ...]) -> tuple[Range, ...]:
    """Both conditions."""
    found = {r[0]: r[1:] for r in x}
    for name, *ends in y:
        old = found.get(name, (FREE,) * 4)
        found[name] = tuple(map(max, old, ends))  # type: ignore[assignment]
    return tuple(sorted((n, *e) for n, e in found.items()))  # type: ignore[misc]


def times_scalars(x: Scalars, y: Scalars) -> Scalars:
    found = dict(x)
    for atom, e in y:
        found[atom] = found.get(atom, ZERO) + e
    return tuple(sorted(((a, e) for a, e in found.items() if e != ZERO), key=repr))


def effort(x: Element, y: Element) -> int:
    """Of a product, as its reader counts it."""
    letters = len(y) * sum(len(key[2]) for key in x) + len(x) * sum(len(key[2]) for key in y)
    return 2 * len(x) * len(y) + letters


def affordable(work: int) -> None:
    """Raises NotGeneric for more work than the reader does."""
    if work > LIMITS["matrices"]:
        raise NotGeneric(
            "its products of words take more steps than the reader does:"
            f" {up_to('matrices')}; split it"
        )


def multiply(x: Element, y: Element, theory: Theory) -> Element:
    """Raises NotGeneric for products of two sums or of two traces, and for one that alone takes
    more work than its reader does.
    """
    affordable(effort(x, y))
    return collected(_product(s, c, t, d, theory) for s, c in x.items() for t, d in y.items())


def _product(s: Key, c: Fraction, t: Key, d: Fraction, theory: Theory) -> tuple[Key, Fraction]:
    if any(r[0] == BOUND for r in s[3]) and any(r[0] == BOUND for r in t[3]):
        raise NotGeneric("a product of two sums over layers")
    if (s[1] and (t[1] or t[2])) or (t[1] and s[2]):
        raise NotGeneric("a product of a trace with a matrix or another trace")
    if not is_short(c * d):
        raise NotGeneric(f"a coefficient is too long: {up_to('coefficient', 'bits')}")
    word = shrunk(s[2] + t[2], theory) if not (s[1] or t[1]) else s[2] or t[2]
    return (times_scalars(s[0], t[0]), s[1] or t[1], word, joined(s[3], t[3])), c * d


def marked(x: Element, mark: str, theory: Theory) -> Element:
    """x*, x^T or the conjugate; a trace stays what it is, for it is a real part."""
    return collected(
        ((s, traced, word if traced else shrunk(turned(word, mark, theory), theory), r), c)
        for (s, traced, word, r), c in x.items()
    )


def turned(word: Word, mark: str, theory: Theory) -> Word:
    found = tuple((n, i, upright(MARKS[mark][m], n, theory), e) for n, i, m, e in word)
    return found if mark == "C" else found[::-1]


def upright(mark: str, name: str, theory: Theory) -> str:
    """Of a Hermitian letter, x* = x and conj x = x^T."""
    return {"H": "", "C": "T"}.get(mark, mark) if theory.hermitian(name) else mark


def shrunk(word: Word, theory: Theory) -> Word:
    """Apply the definitions until nothing changes."""
    done: list = []
    rest = list(reversed(word))
    while rest:
        x = _single(rest.pop())
        if x is None:
            continue
        y = _pair(done[-1], x, theory) if done else None
        if y is None:
            done.append(x)
        else:
            done.pop()
            rest += [z for z in y]
    return tuple(done)


#: a matrix with two names gets one: A_0 = B_(N+1) = X, W_N = A_(N-1), W_1 = B_2
_PLACES = {
    ("A", ZERO): ("X", None),
    ("B", N + 1): ("X", None),
    ("W", N): ("A", N - 1),
    ("W", ONE): ("B", Affine(2)),
}


def _single(x: tuple) -> tuple | None:
    name, i, mark, e = x
    if e == ZERO or (name, i) in (("A", N), ("B", ONE)):
        return None
    return (*_PLACES.get((name, i), (name, i)), mark, e)


def _pair(x: tuple, y: tuple, theory: Theory) -> tuple | None:
    """What two neighbours become: one letter, or nothing at all; None where they stay."""
    if x[0] == y[0] and x[1:3] == y[1:3] and theory.letters[x[0]].form != "free":
        return ((x[0], x[1], x[2], x[3] + y[3]),)
    if x[2] != y[2] or x[1] is None or y[1] is None:
        return None
    left, right = (x, y) if x[2] in ("", "C") else (y, x)
    names, (_, i, mark, _), j = (left[0], right[0]), left, right[1]
    if names == ("A", "W") and i == j:
        return (("A", i - 1, mark, ONE),)
    if names == ("W", "B") and i == j:
        return (("B", i + 1, mark, ONE),)
    return (("X", None, mark, ONE),) if names == ("A", "B") and j == i + 1 else None


def traced(x: Element, theory: Theory) -> Element:
    """Re Tr of a matrix."""
    return collected(((s, True, cyclic(word, theory), r), c) for (s, _, word, r), c in x.items())


def cyclic(word: Word, theory: Theory) -> Word:
    """The representative of a word under the trace. Raises NotGeneric for an empty word where sizes
    differ: Tr A_N is not Tr B_1.
    """
    while len(word) > 1:
        joint = _pair(word[-1], word[0], theory)
        if joint is None:
            break
        word = shrunk((*joint, *word[1:-1]), theory)
    if not word and not theory.square:
        raise NotGeneric("the trace of an identity is a size, and an empty word does not say which")
    return min((turn for turn in turns(word, theory)), key=repr)


def turns(word: Word, theory: Theory) -> Iterator[Word]:
    """Every word with the same real trace."""
    for mark in ("", "H", "T", "C"):
        same = turned(word, mark, theory) if mark else word
        yield from (same[j:] + same[:j] for j in range(max(1, len(same))))


def narrowed(x: Element, ranges: tuple[Range, ...]) -> Element:
    return collected(((s, t, word, joined(r, ranges)), c) for (s, t, word, r), c in x.items())


def family_range(kind: str, at: Affine, theory: Theory) -> tuple[Range, ...] | None:
    """Where a family's letter is there, as a condition on the index variable; None where a number
    or N puts it beyond the ends.
    """
    return place_range(*RUNS[kind], kind == "inner", at, theory)


def place_range(
    first: int, less: int, vanishes: bool, at: Affine, theory: Theory
) -> tuple[Range, ...] | None:
    """The same for first..N - less; what does not vanish beyond the ends must not be asked for
    there.
    """
    base, offset = at.base, at.const
    if base in ("", "N"):
        low = offset >= first if base == "" else theory.least_depth + offset >= first
        high = offset <= -less if base == "N" else offset <= theory.least_depth - less
        if not (low and high) and not (vanishes and _certainly_out(base, offset, first, less)):
            raise NotGeneric(
                f"an index {at} need not exist at depth {theory.least_depth}: assume a larger least"
                " depth"
            )
        return () if low and high else None
    ends = (first - 1 - offset, less + offset)
    return ((base, *ends, FREE, FREE),) if vanishes else ((base, FREE, FREE, *ends),)


def _certainly_out(base: str, offset: int, first: int, less: int) -> bool:
    return offset < first if base == "" else offset > -less
