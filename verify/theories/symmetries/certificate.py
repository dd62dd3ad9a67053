"""Certificates of claims about actions: phi, the matrices, points and laws as inputs, of which
nothing is believed.

``cases``: names; phi as lists of [coefficient, coordinates with repetition]; algebra as sparse
matrices [row, column, entry]; groups, the group and the place (i, j) of each given matrix; blocks
[letter, index, rows of coordinates]; permutations; for an algebra that was found, points that show
that there is no more. ``proof``: for each conclusion and case its hints (laws, points, point,
fields; basis, skew, theta). ``instances``: theta and g for each case. A refutation has one case,
one conclusion, a witness. Numbers are rationals in quotes.
"""

from __future__ import annotations

from typing import Any

from verify.theories.symmetries.finding import Subject, texts, written
from verify.theories.symmetries.spaces import algebra_points


def case_wire(subject: Subject) -> dict[str, Any]:
    """A case with its algebra; where the algebra was found, the points show that there is no more
    of it.
    """
    case = subject.case
    wire = {
        "title": case.title,
        "names": list(case.names),
        "phi": [[[str(x), list(m)] for m, x in sorted(p.items())] for p in case.phi],
        "algebra": [written(xi) for xi in subject.algebra],
        "groups": [] if subject.found else [[list(g.group), list(g.at)] for g in case.generators],
        "blocks": [
            [letter, list(index), [list(row) for row in block]]
            for (letter, index), block in case.blocks.items()
        ],
        "permutations": [list(s) for s in case.permutations],
    }
    return wire | (
        {"points": [texts(p) for p in algebra_points(subject)[0]]} if subject.found else {}
    )


def for_case(wire: dict[str, Any], which: int) -> dict[str, Any]:
    """Counts are lists with an entry for each case."""
    counts = ("forms", "independent", "algebra", "symmetric", "ranks", "dimensions")
    return {k: [v[which]] if k in counts else v for k, v in wire.items()}
