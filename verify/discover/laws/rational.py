"""Laws that are no polynomials: 1/u + 1/v, log ratios, ratios of minors (the row space of U)."""

from __future__ import annotations

from itertools import combinations

from verify.discover.laws.ansatz import combined, powers
from verify.discover.laws.atoms import Atom, Log, Minor, Power
from verify.discover.laws.search import Search

#: of the separable ansatz; the gradients run over u^-3 .. u^4 without u^0 and u^1
EXPONENTS = (-2, -1, 1, 2, 3, 4, 5)
COORDINATES = 100
MINORS, ROWS = 300, 4  # how many, and how large


def separable(search: Search) -> None:
    """Sums of functions of one coordinate: powers and logarithms."""
    layout, n = search.layout, search.layout.size
    if n > COORDINATES:
        search.notes.append(f"powers and logarithms: left out beyond {COORDINATES} parameters")
        return
    logs: list[Atom] = [Log(Power(((i, 1),))) for i in range(n)]
    # the earlier columns are solved for: what stands last stays alone
    search.take(combined(search, "powers and logarithms", logs + powers(layout, EXPONENTS)))


def semi_invariants(search: Search) -> None:
    """Products of powers of minors: D log N is one cofactor, and cofactors may cancel (Darboux)."""
    layout = search.layout
    atoms: list[Atom] = []
    for name, shape in layout.tensors:
        if len(shape) != 2 or min(shape) < 2:
            continue
        k = min(shape)
        if k > ROWS:
            search.notes.append(f"ratios of minors of {name}: left out beyond {ROWS} rows")
            continue
        for some in combinations(range(max(shape)), k):
            full = tuple(range(k))
            rows, columns = (full, some) if shape[0] == k else (some, full)
            atoms.append(Log(Minor(name, rows, columns)))
            if len(atoms) > MINORS:
                search.notes.append(f"ratios of minors: left out, more than {MINORS} minors")
                return
    search.take(combined(search, "ratios of minors", atoms))
