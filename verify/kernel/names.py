"""What names mean at a place, and what is made of integers and indices: ranges, sizes, entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from verify.kernel.affine import (
    Affine,
    Family,
    Index,
    Integer,
    Interval,
    Kind,
    Set,
    Size,
    Symbol,
    number,
    single,
)
from verify.kernel.letters import Letter
from verify.kernel.limits import TYPE_CHECKING, Any, Self, need
from verify.kernel.load import Data, fields, items, new, objects, of_type, rational, text

if TYPE_CHECKING:
    from verify.kernel.facts import Setting


def placed(indices: Sequence[Index], entries: Sequence[Affine]) -> dict[Symbol, Affine]:
    """Values for the indices of a fact or letter, each in its range after the ones before it are
    replaced: the complete substitution.
    """
    need(len(indices) == len(entries), f"expected {len(indices)} indices")
    values: dict[Symbol, Affine] = {}
    for x, a in zip(indices, entries, strict=True):
        need(x.kind.at(values).has(a), f"the index {x.name} is not surely in its range")
        values[x] = a
    return values


class Names:
    """What names mean at a place: declared ones, and the indices that are bound there."""

    def __init__(self, setting: Setting, names: Mapping[str, Symbol]) -> None:
        self.setting, self.names = setting, names

    def under(self, *indices: Index) -> Self:
        return type(self)(self.setting, {**self.names, **{x.name: x for x in indices}})

    def bound(self, given: dict[str, Data], field: str) -> tuple[list[Index], Self]:
        """The indices of a `for` or `sum`, none where it is missing; each range under the ones
        before it.
        """
        found, scope = [], self
        need(given.get(field, True), f"an empty `{field}`")
        for x, kind in objects(given.get(field, {})).items():
            found.append(scope.index(x, scope.kind(kind)))
            scope = scope.under(found[-1])
        return found, scope

    def index(self, data: Data, kind: Kind) -> Index:
        """A new index of this range: its name means nothing else here."""
        x = new(data)
        need(x not in self.names and x not in self.setting.taken, f"the name {x} is taken")
        return Index(x, kind)

    def kind(self, data: Data) -> Kind:
        """A set, a member of a family, or an interval with high >= low - 1."""
        if not isinstance(data, dict):
            return self.size(data)
        given = fields(data, "from to")
        low, high = (self.position(given[x]) for x in ("from", "to"))
        long = (high - low).plus(1).sure()
        need(long, "a range whose end is not surely >= its beginning - 1")
        return Interval(low, high)

    def known(self, data: Data, kind: Any, what: str) -> Any:
        """What a name stands for, which is of a kind."""
        x = self.names.get(text(data))
        need(x, f"{data!r} is not known here")
        need(isinstance(x, kind), f"{data!r} is no {what}")
        return x

    def size(self, data: Data) -> Size:
        """A set by its name, a member of a family by its name and number."""
        if not isinstance(data, list):
            return Size(self.known(data, Set, "set"))
        of, member = items(data, 2)
        return Size(self.known(of, Family, "family"), self.position(member))

    def affine(self, data: Data) -> Affine:
        """Integers, indices and constants with rational coefficients, and a number."""
        if type(data) is int:
            return number(data)
        if isinstance(data, str):
            return single(self.symbol(data)) if data[:1].isalpha() else number(rational(data))
        given = of_type(data or None, dict, "an affine expression")
        terms = {self.symbol(x): _coefficient(c) for x, c in given.items() if x}
        const = _coefficient(given[""]) if "" in given else Fraction(0)
        return Affine(terms.items(), const)

    def exponent(self, data: Data) -> Affine:
        """An affine expression without indices of sets, which are no numbers."""
        found = self.affine(data)
        numbers = all(x.counts or not isinstance(x, Index) for x in found.symbols())
        need(numbers, "an index of a set as exponent")
        return found

    def degree(self, data: Data) -> Affine:
        """An exponent that is surely 1, 2, 3, ..."""
        found = self.exponent(data)
        need(found.natural() and found.plus(-1).sure(), "a degree that is not surely 1, 2, 3, ...")
        return found

    def letter(self, data: Data, *roles: str) -> Letter:
        what = " or ".join(roles)
        x: Letter = self.known(data, Letter, what)
        need(x.role in roles, f"{data!r} is no {what}")
        return x

    def symbol(self, data: Data) -> Symbol:
        """What an affine expression may mention."""
        what = "integer, index or constant"
        x: Symbol = self.known(data, Integer | Index | Letter, what)
        own = isinstance(x, Letter) and (x.role, x.indices, x.size)
        need(own in (False, ("constant", (), None)), f"{data!r} is no {what}")
        return x

    def position(self, data: Data) -> Affine:
        """A whole affine expression, of integers and indices of intervals."""
        found = self.affine(data)
        need(found.whole(), "expected whole multiples of integers and indices of intervals")
        return found

    def entry(self, data: Data) -> Affine:
        """An index of a set, or a position."""
        found = self.affine(data)
        need(found.whole() or found.index(), "no index")
        return found


def _coefficient(data: Data) -> Fraction:
    c = Fraction(data) if type(data) is int else rational(data)
    need(c, "a coefficient 0")
    return c
