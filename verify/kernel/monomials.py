"""Monomials: (bound indices, commuting factors, word), and their normal form.

The key of a monomial is one of its spellings: equal keys are equal values; the converse is not
claimed. `insert` is the normal form. Bound intervals begin at 1; bound indices stand in an order in
which each range mentions earlier ones only.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from verify.kernel.affine import (
    ONE,
    ZERO,
    Affine,
    Index,
    Interval,
    Kind,
    Set,
    Size,
    Symbol,
    replaced,
    single,
    symbols,
)
from verify.kernel.exact import small
from verify.kernel.letters import Base, Letter, Power, Values, Word, joined, turns
from verify.kernel.limits import LIMITS, Work, limited, need

Factor = tuple[Base, Affine]
Mono = tuple[tuple[Kind, ...], tuple[Factor, ...], Word]
Bound = tuple[Index, Kind]
Apart = tuple[Sequence[Bound], Sequence[Factor], Sequence[Power]]
#: the names of bound indices in normal forms; no range is known of them here
BOUND = [Index(f"#{k}", Size(Set("#"))) for k in range(2 * LIMITS["bound"] + 2)]
#: what stands for bound indices while their order is sought
COLOURS = ["*", "?", *(f"{c}{k}" for c in "!?" for k in range(LIMITS["bound"] + 1))]
MARKS = {c: single(Index(c, BOUND[0].kind)) for c in COLOURS}


def apart(mono: Mono, further: int = 0, values: Values | None = None) -> Apart:
    """Bound indices, each so many places further on, factors and word, with values for the rest."""
    kinds, factors, word = mono
    new: dict[Symbol, Affine] = dict(values or {})
    if further:
        new |= {BOUND[k]: single(BOUND[k + further]) for k in range(len(kinds))}
    bounds = [(BOUND[k + further], kind.at(new)) for k, kind in enumerate(kinds)]
    return (bounds, *replaced((factors, word), new)) if new else (bounds, factors, word)


def put(terms: dict[Mono, Fraction], mono: Mono, c: Fraction) -> None:
    """Add c times a monomial that is in normal form."""
    c = small(c + terms.pop(mono, Fraction(0)))
    if c:
        terms[mono] = c
    limited(len(terms), "monomials")


def insert(
    terms: dict[Mono, Fraction],
    c: Fraction,
    bounds: Sequence[Bound],
    factors: Iterable[Factor],
    word: Iterable[Power],
) -> None:
    """Add c times a monomial, in normal form."""
    factors = list(factors)
    longest = max((len(b.word) for b, _ in factors), default=0)
    Work.spend("work", 1 + len(bounds) ** 3 // 8 + len(factors) // 4 + longest**2 // 32)
    limited(len(bounds), "bound")
    for k, (v, kind) in enumerate(bounds):
        count = kind.high.number() if isinstance(kind, Interval) else None
        if count == 0:
            return
        need(count is None or count > 0, "a sum over less than no values")
        known = ONE if count == 1 else _known(v, kind, factors)
        if known is not None:
            one: Values = {v: known}
            rest = [(x, y.at(one)) for x, y in (*bounds[:k], *bounds[k + 1 :])]
            stay = tuple(f for f in factors if f[0].head is not v)
            return insert(terms, c, rest, *replaced((stay, tuple(word)), one))
    merged, letters = _merged(factors), joined(word)
    if merged is None or _ended(merged, letters):
        return
    used = symbols((tuple(x for _, x in bounds), tuple(merged), letters)) if bounds else ()
    for k, (v, kind) in enumerate(bounds):
        others = [*bounds[:k], *bounds[k + 1 :]]
        if v not in used:
            if isinstance(kind, Size):
                return insert(terms, c, others, [*merged, (Base(size=kind), ONE)], letters)
            for x, d in kind.high.terms:
                insert(terms, c * d, others, [*merged, (Base(x), ONE)], letters)
            if kind.high.const:
                insert(terms, c * kind.high.const, others, merged, letters)
            return
    put(terms, _named(bounds, merged, letters), c)


def _known(v: Index, kind: Kind, factors: Iterable[Factor]) -> Affine | None:
    """x where [v = x] occurs: both are indices of one set, so that the sum over v is its summand
    at x.
    """
    for base, e in factors if isinstance(kind, Size) else ():
        equal = base.head is None and base.at and (e.number() or 0) > 0
        sign = dict(base.at[0].terms).get(v) if equal else None
        if sign:
            return single(v) - base.at[0].times(sign)  # 1 or -1
    return None


def _merged(factors: Iterable[Factor]) -> list[Factor] | None:
    """x^d x^e = x^(d+e), x^0 = 1; traces of words in one power each; [a = 0] is [-a = 0]; None if a
    factor is zero.
    """
    found: dict[Base, Affine] = {}
    for base, e in factors:
        if base.word:
            base = _cyclic(base)
        elif base.head is None and base.size is None:
            (a,) = base.at
            if not a.terms and a.const:
                return None
            if not a.terms:
                continue
            base = Base(at=(a.times(Fraction(-1)),)) if a.terms[0][1] < 0 else base
        found[base] = found[base] + e if base in found else e
    limited(len(found), "factors")
    return [(b, e) for b, e in found.items() if e != ZERO]


def _ended(factors: Sequence[Factor], word: Word) -> bool:
    """A whole power, of 1 or more, of a letter where it is 0."""
    letters = [*word, *(x for b, _ in factors for x in b.word)]
    every = [(x.letter, x.at, x.power) for x in letters if x.letter.ends]
    every += [(b.head, b.at, e) for b, e in factors if isinstance(b.head, Letter) and b.head.ends]
    return any(at[0] in x.ends and (e.number() or 0) >= 1 for x, at, e in every)


def _cyclic(base: Base) -> Base:
    """Re tr of a word whose ends are not alike; of none it is the number of rows."""
    size, word = base.word[0].side(), joined(base.word)
    while len(word) > 1 and word[0].alike(word[-1]):
        word = joined((word[0].to(word[0].power + word[-1].power), *word[1:-1]))
    if word:
        word = min(turns(word), key=lambda w: " ".join(x.key for x in w))
    return Base(word=word) if word else Base(size=size)


def _named(bounds: Sequence[Bound], factors: Sequence[Factor], word: Word) -> Mono:
    """Bound indices in an order that follows their ranges, chosen by how they occur, renamed."""
    values: dict[Symbol, Affine] = {}
    kinds: list[Kind] = []
    for k, (v, kind) in enumerate(_ordered(bounds, factors, word)):
        kinds.append(kind.at(values))
        values[v] = single(BOUND[k])
    if bounds:
        factors, word = replaced((tuple(factors), word), values)
        factors = _merged(factors) or ()
    inorder = sorted(factors, key=lambda f: (f[0].key, f[1].key))
    return tuple(kinds), tuple(inorder), word


def _ordered(bounds: Sequence[Bound], factors: Sequence[Factor], word: Word) -> list[Bound]:
    """Each after those that its range mentions; among the others by colour."""
    if len(bounds) < 2:
        return list(bounds)
    left, found = list(bounds), list[Bound]()
    colours = dict.fromkeys((v for v, _ in bounds), "?")
    while left:
        for _ in range(len(left)):
            finer = {v: _colour(v, bounds, factors, word, colours) for v, _ in left}
            ranks = {s: f"?{k}" for k, s in enumerate(sorted(set(finer.values())))}
            new = {v: ranks[s] for v, s in finer.items()}
            stable = len(ranks) == len({colours[v] for v, _ in left})
            colours.update(new)
            if stable:
                break
        waiting = {v for v, _ in left}
        ready = [b for b in left if not waiting.intersection(b[1].symbols())]
        first = min(ready, key=lambda b: colours[b[0]])
        found.append(first)
        left.remove(first)
        colours[first[0]] = f"!{len(found)}"
    return found


def _colour(
    v: Index,
    bounds: Sequence[Bound],
    factors: Sequence[Factor],
    word: Word,
    colours: Mapping[Index, str],
) -> str:
    """How an index occurs: in ranges, in factors, in the word."""
    values: Values = {**{x: MARKS[c] for x, c in colours.items()}, v: MARKS["*"]}
    here = [kind.at(values).key for w, kind in bounds if w is v]
    there = sorted(colours[w] + kind.at(values).key for w, kind in bounds if v in kind.symbols())
    own = replaced(tuple(f for f in factors if v in symbols(f)), values)
    mine = sorted(f"{b.key}^{e.key}" for b, e in own)
    return "|".join([colours[v], *here, *there, *mine, *(x.key for x in replaced(word, values))])
