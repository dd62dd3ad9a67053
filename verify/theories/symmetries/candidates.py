"""What a model conserves at given sizes, solved for: linear symmetries, quadratic laws for every
loss, what a scale-invariant loss adds, what follows at balance, and sums of powers.

Every law is found by linear algebra over Q and checked again as an identity of polynomials; every
count comes with a bound from above.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from math import lcm

from verify.exact.errors import EnginesDisagree
from verify.models.catalogue.base import Model
from verify.terms.array_families import over, product
from verify.terms.array_values import Sizes
from verify.terms.arrays import Array, Letter, inner, plus
from verify.theories.symmetries.actions import Block, Case, Matrix
from verify.theories.symmetries.counts import LawsFound
from verify.theories.symmetries.families import Family, Span, families
from verify.theories.symmetries.linear import kernel, with_sign
from verify.theories.symmetries.moment_map import moment, rate
from verify.theories.symmetries.of_model import case_of, scaled_law
from verify.theories.symmetries.solved import Powers, solve


@dataclass(frozen=True)
class Balanced:
    """Where all squares in each output's product agree, each square is |output|^(2/degree). Of a
    product of matrices: where ``equal`` vanishes, |W_p|^2 is tr (X X^T)^(1/degree).
    """

    of: Family
    degree: int
    equal: Family | None = None


@dataclass(frozen=True)
class Candidates:
    """``others`` are laws of the basis that no family gives, ``scaled`` what J(c z) = J(z) adds,
    ``powers`` sums of powers and logarithms of coordinates, as ``solved`` has them.
    """

    model: Model
    sizes: Sizes
    case: Case
    symmetries: tuple[Matrix, ...]
    symmetries_at_most: int
    counted: LawsFound
    families: tuple[Family, ...]
    others: tuple[Matrix, ...]
    scaled: tuple[Family, ...]
    balanced: Balanced | None
    powers: tuple[Powers, ...]

    @property
    def symmetric(self) -> int:
        return len(with_sign(self.symmetries, 1))


def candidates(model: Model, sizes: Sizes, seed: int = 0) -> Candidates:
    """Raises NoValue beyond the limits of ``case_of``, EnginesDisagree where two routes to one
    number differ.
    """
    case = case_of(model, sizes)
    solved = solve(case, seed)
    counted = solved.counted
    found = families(model, sizes, case, counted.laws)
    span = Span(s for f in found for s in f.laws)
    others = tuple(s for s in counted.laws if span.add(s))
    for law in (*(s for f in found for s in f.laws), *others):
        if any(rate(case, moment(law))):
            raise EnginesDisagree(f"{case.title}: a law is no identity")
    scaled = _scaled(model, sizes, case, counted.laws)
    return Candidates(
        model,
        sizes,
        case,
        solved.symmetries,
        solved.at_most,
        counted,
        tuple(found),
        others,
        scaled,
        _balanced(case, counted.laws, scaled) or _chained(model, sizes, case, found, scaled),
        solved.powers,
    )


def _scaled(model: Model, sizes: Sizes, case: Case, laws: tuple[Matrix, ...]) -> tuple[Family, ...]:
    """Norms that a scale-invariant loss keeps: of each member of a family, else of all of them,
    else of several letters together, each with its weight.
    """
    law = scaled_law(case)
    if law is None:
        return ()
    space, given = Span((*laws, law)), Span(laws)
    found: list[Family] = []
    for letter in model.letters:
        squares = [_norm(case, letter.name, i) for x, i in model.members(sizes) if x is letter]
        if all(not space.rest(s) for s in squares) and letter.index:
            array = inner(letter.here, letter.here)
            last = str(letter.last)
            found.append(Family(array, tuple(squares), "norm", letter.index, letter.first, last))
        elif not space.rest(total := _sum(squares)):
            found.append(Family(_squared(letter), (total,), "norm"))
    if not found:
        found = _weighed(model, sizes, case, space)
    return tuple(f for f in found if any([given.add(s) for s in f.laws]))


def _weighed(model: Model, sizes: Sizes, case: Case, space: Span) -> list[Family]:
    """A basis of the combinations of the letters' squared norms that lie in the space."""
    norms = [
        _sum([_norm(case, x.name, i) for x, i in model.members(sizes) if x is letter])
        for letter in model.letters
    ]
    rows: dict[tuple[int, int], dict[int, Fraction]] = {}
    for k, norm in enumerate(norms):
        for place, x in space.rest(norm).items():
            rows.setdefault(place, {})[k] = x
    found = []
    for weights in kernel(list(rows.values()) or [{}], len(norms)):
        whole = [x * lcm(*(y.denominator for y in weights)) for x in weights]
        used = [
            (c, letter, s) for c, letter, s in zip(whole, model.letters, norms, strict=True) if c
        ]
        array = plus((c, _squared(letter)) for c, letter, _ in used)
        law = {place: c * x for c, _, s in used for place, x in s.items()}
        found.append(Family(array, (law,), "norm"))
    return found


def _squared(letter: Letter) -> Array:
    norm = inner(letter.here, letter.here)
    return over(letter.index, letter.last, norm, letter.first) if letter.index else norm


def _norm(case: Case, name: str, i: int | None) -> Matrix:
    block = case.blocks[name, () if i is None else (i,)]
    return {(place, place): Fraction(1) for row in block for place in row}


def _sum(squares: list[Matrix]) -> Matrix:
    return {place: x for s in squares for place, x in s.items()}


def _balanced(case: Case, laws: tuple[Matrix, ...], scaled: tuple[Family, ...]) -> Balanced | None:
    """Each output is one product of different coordinates, none of them in two outputs, whose
    squares differ by constants: where these are 0 at the start, theta_j^2 = |phi_r|^(2/degree) for
    all its factors. Then a norm that has one factor of each output is sum_r |phi_r|^(2/degree).
    """
    monomials = [next(iter(p)) for p in case.phi if len(p) == 1 and set(p.values()) == {1}]
    places = [i for m in monomials for i in m]
    degrees = {len(m) for m in monomials}
    if len(monomials) < len(case.phi) or len(set(places)) < len(places) or len(degrees) != 1:
        return None
    space = Span(laws)
    for m in monomials:
        for i in m[1:]:
            if space.rest({(m[0], m[0]): Fraction(1), (i, i): Fraction(-1)}):
                return None
    for family in scaled:
        law = family.laws[0]
        if set(law.values()) == {1} and all(
            sum(law.get((i, i), Fraction(0)) for i in m) == 1 for m in monomials
        ):
            return Balanced(family, degrees.pop())
    return None


def _chained(
    model: Model, sizes: Sizes, case: Case, found: list[Family], scaled: tuple[Family, ...]
) -> Balanced | None:
    """phi is the product of all matrices of one family, W_p W_p^T - W_(p+1)^T W_(p+1) is a law for
    every neighbouring pair, and a scale-invariant loss keeps each |W_p|^2. Where the laws vanish, X
    X^T = (W_N W_N^T)^N by moving them through the product, and all |W_p|^2 are tr W_N W_N^T.
    """
    if (
        model.phi.head != "chain"
        or len(model.letters) != 1
        or model.phi != product(model.letters[0])
    ):
        return None
    blocks = [case.blocks[x.name, () if i is None else (i,)] for x, i in model.members(sizes)]
    kept = next((f for f in scaled if len(f.laws) == len(blocks)), None)
    equal = next((f for f in found if _neighbouring(f, blocks)), None)
    return None if kept is None or equal is None else Balanced(kept, len(blocks), equal)


def _neighbouring(family: Family, blocks: list[Block]) -> bool:
    """Whether its entries give all of W_p W_p^T - W_(p+1)^T W_(p+1)."""
    space = Span(family.laws)
    for x, y in pairwise(blocks):
        columns = list(zip(*y, strict=True))
        for i, j in combinations_with_replacement(range(len(x)), 2):
            law: Matrix = {}
            for sign, a, b in ((1, x[i], x[j]), (-1, columns[i], columns[j])):
                for at, to in zip(a, b, strict=True):
                    for place in ((at, to), (to, at)):
                        law[place] = law.get(place, Fraction(0)) + Fraction(sign, 2)
            if space.rest(law):
                return False
    return len(blocks) > 1
