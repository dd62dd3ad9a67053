"""What names mean at a place, and what is made of integers and indices: ranges, sizes, entries."""

from __future__ import annotations

from collections.abc import Mapping
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
from verify.kernel.limits import Refused, need
from verify.kernel.load import Data, items, name, new, objects, rational, text
from verify.kernel.motion import Derivation, Made
from verify.kernel.ring import Poly
from verify.kernel.scope import formed, whole

TYPE_CHECKING = False  # that of typing, which costs more than it is worth here
if TYPE_CHECKING:
    from typing import Self


class Names:
    """What names mean at a place: declared ones, and the indices that are bound there."""

    def __init__(
        self,
        names: Mapping[str, Symbol],
        made: Mapping[Letter, Made],
        flow: Derivation | None = None,
        taken: frozenset[str] = frozenset(),
        gain: Mapping[Letter, Poly] | None = None,
    ) -> None:
        self.names, self.made, self.flow, self.taken = names, made, flow, taken
        self.gain = gain

    def under(self, index: Index) -> Self:
        """With one index more."""
        return type(self)(
            {**self.names, index.name: index}, self.made, self.flow, self.taken, self.gain
        )

    def bound(self, given: dict[str, Data], field: str, what: str) -> tuple[list[Index], Self]:
        """The indices of a `for` or `sum`, none where it is missing; each range under the ones
        before it.
        """
        found, scope = [], self
        need(given.get(field, True), f"{what}: an empty `{field}`")
        for x, kind in objects(given.get(field, {}), what).items():
            found.append(scope.index(x, kind, what))
            scope = scope.under(found[-1])
        return found, scope

    def index(self, data: Data, kind: Data, what: str) -> Index:
        """A new index: its name means nothing else here."""
        return self.through(data, self.kind(kind, what), what)

    def through(self, data: Data, kind: Kind, what: str) -> Index:
        """A new index of a range that is read."""
        x = new(data, what)
        need(x not in self.names and x not in self.taken, f"{what}: the name {x} is taken")
        return Index(x, kind)

    def kind(self, data: Data, what: str) -> Kind:
        """A set, a member of a family, or an interval with high >= low - 1."""
        if not isinstance(data, dict):
            return self.size(data, what)
        need(set(data) == {"from", "to"}, f"{what}: a range has the fields from, to")
        found = Interval(self.position(data["from"], what), self.position(data["to"], what))
        need(formed(found), f"{what}: a range whose end is not surely >= its beginning - 1")
        return found

    def size(self, data: Data, what: str) -> Size:
        """A set by its name, a member of a family by its name and number."""
        if isinstance(data, list):
            of, member = items(data, what, 2)
            family = self.names.get(text(of, what))
            if not isinstance(family, Family):
                raise Refused(f"{what}: {of!r} is no family")
            return Size(family, self.position(member, what))
        found = self.names.get(text(data, what))
        if not isinstance(found, Set):
            raise Refused(f"{what}: {data!r} is no set")
        return Size(found)

    def affine(self, data: Data, what: str) -> Affine:
        """Integers, indices and constants with rational coefficients, and a number."""
        if type(data) is int:
            return number(data)
        if isinstance(data, str):
            return (
                single(self.symbol(data, what))
                if data[:1].isalpha()
                else number(rational(data, what))
            )
        if not isinstance(data, dict) or not data:
            raise Refused(f"{what}: expected an affine expression")
        terms = {self.symbol(x, what): _coefficient(c, what) for x, c in data.items() if x}
        const = _coefficient(data[""], what) if "" in data else Fraction(0)
        return Affine(terms.items(), const)

    def exponent(self, data: Data, what: str) -> Affine:
        """An affine expression without indices of sets, which are no numbers."""
        found = self.affine(data, what)
        of_sets = [x for x in found.symbols() if isinstance(x, Index) and isinstance(x.kind, Size)]
        need(not of_sets, f"{what}: an index of a set as exponent")
        return found

    def letter(self, data: Data, what: str, *roles: str) -> Letter:
        """A letter with one of these roles."""
        x = self.names.get(name(data, what))
        if not isinstance(x, Letter) or x.role not in roles:
            raise Refused(f"{what}: {data!r} is no {' or '.join(roles)}")
        return x

    def symbol(self, data: Data, what: str) -> Symbol:
        """What an affine expression may mention."""
        x = self.names.get(name(data, what))
        constant = isinstance(x, Letter) and x.role == "constant" and not x.indices and not x.rows
        if x is None or not (isinstance(x, Integer | Index) or constant):
            raise Refused(
                f"{what}: {data!r} is not known here, or is no integer, index or constant"
            )
        return x

    def position(self, data: Data, what: str) -> Affine:
        """A whole affine expression, of integers and indices of intervals."""
        found = self.affine(data, what)
        need(whole(found), f"{what}: expected whole multiples of integers and indices of intervals")
        return found

    def entry(self, data: Data, what: str) -> Affine:
        """An index of a set, or a position."""
        found = self.affine(data, what)
        x = found.index()
        need(whole(found) or (x and isinstance(x.kind, Size)), f"{what}: no index")
        return found


def _coefficient(data: Data, what: str) -> Fraction:
    c = Fraction(data) if type(data) is int else rational(data, what)
    need(c, f"{what}: a coefficient 0")
    return c
