"""Where a fact about a diagonal network fits inside a monomial."""

from __future__ import annotations

from collections.abc import Sequence

from verify.kernel.affine import ONE, Affine, Index, number, single
from verify.kernel.letters import Base, Letter
from verify.theories.closing import Factors, Found, Match, Rewrite


def _at(factors: Factors, name: str) -> list[tuple[int, Base, Affine]]:
    return [
        (k, b, e)
        for k, (b, e) in enumerate(factors)
        if isinstance(b.head, Letter) and b.head.name == name
    ]


def _lowered(factors: Factors, *by: tuple[int, int]) -> Factors:
    """With the powers of some factors lowered."""
    less = dict(by)
    found = [(b, e.plus(-less.get(k, 0))) for k, (b, e) in enumerate(factors)]
    return [(b, e) for b, e in found if e != number(0)]


def product(bound: list[Index], factors: Factors) -> Found:
    """u_(l,i) P_(l,i) becomes w_i."""
    for k, u, _ in _at(factors, "u"):
        for j, p, _ in _at(factors, "P"):
            if u.at == p.at:
                return list(u.at), _lowered(factors, (k, 1), (j, 1)), []
    return None


def pairs(indices: Sequence[Index]) -> list[Rewrite]:
    """P_l becomes u_m R_(l,m) and P_m becomes u_l R_(l,m), of two layers m < l of a statement."""
    found = []
    for m in indices:
        for l in (x for x in indices if x in m.kind.symbols()):
            for name, layer in (("first", l), ("second", m)):
                found.append(Rewrite(f"w@{name}", _of_pair(layer, l, m)))
    return found


def _of_pair(layer: Index, l: Index, m: Index) -> Match:
    def match(bound: list[Index], factors: Factors) -> Found:
        for k, p, _ in _at(factors, "P"):
            if p.at[0] == single(layer):
                return [single(l), single(m), *p.at[1:]], _lowered(factors, (k, 1)), []
        return None

    return match


def named(letter: Letter) -> Match:
    """A name with indices becomes what it stands for."""

    def match(bound: list[Index], factors: Factors) -> Found:
        for k, y, _ in _at(factors, letter.name):
            return list(y.at), _lowered(factors, (k, 1)), []
        return None

    return match


def _squares(factors: Factors, name: str = "u") -> list[tuple[int, Base]]:
    found = []
    for k, u, e in _at(factors, name):
        n = e.number()
        if n is not None and n >= 2:
            found.append((k, u))
    return found


def square_of_layer(bound: list[Index], factors: Factors) -> Found:
    """u_(l,i)^2 becomes q_i."""
    for k, u in _squares(factors):
        return list(u.at), _lowered(factors, (k, 2)), []
    return None


def square_of_others(bound: list[Index], factors: Factors) -> Found:
    """P_(l,i)^2 becomes q_i^(L-1)."""
    for k, p in _squares(factors, "P"):
        return list(p.at), _lowered(factors, (k, 2)), []
    return None


def power_of_root(bound: list[Index], factors: Factors) -> Found:
    """q_i^L becomes w_i^2, where what is left of the power is defined."""
    for k, (base, e) in enumerate(factors):
        if isinstance(base.head, Letter) and base.head.role == "root":
            depth = [x for x, c in e.terms if x.name == "L" and c >= 1]
            rest = e - single(depth[0]) if depth else e
            if depth and (base.sign() == ">" or rest.natural()):
                kept = [*factors[:k], *([(base, rest)] if rest != number(0) else [])]
                return list(base.at), [*kept, *factors[k + 1 :]], []
    return None


def square_of_other_layers(bound: list[Index], factors: Factors) -> Found:
    """u_(l,i)^2 becomes u_(1,i)^2."""
    for k, u in _squares(factors):
        if u.at[0] != ONE:
            return list(u.at), _lowered(factors, (k, 2)), []
    return None


def first_two(indices: tuple[Index, ...]) -> Match:
    """u_(l,i)^2 becomes u_(m,i)^2, of the two layers of the balance."""
    l, m, _ = indices

    def match(bound: list[Index], factors: Factors) -> Found:
        for k, u in _squares(factors):
            if u.at[0].symbols() == [l]:
                return [u.at[0], single(m), u.at[1]], _lowered(factors, (k, 2)), []
        return None

    return match


def euler(bound: list[Index], factors: Factors) -> Found:
    """Sum_i g_i w_i becomes k J."""
    for k, g, e in _at(factors, "g"):
        for j, w, d in _at(factors, "w"):
            i = g.at[0].index()
            if g.at != w.at or i not in bound or (e, d) != (ONE, ONE):
                continue
            rest = _lowered(factors, (k, 1), (j, 1))
            if not any(i in a.symbols() for b, _ in rest for a in b.at):
                assert i is not None
                return [], rest, [i]
    return None
