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

from collections.abc import Mapping, Sequence
from typing import Any

from verify.claims.claim import Claim
from verify.theories.symmetries.finding import Finding, Subject, texts, written
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


def proved(
    claim: Claim,
    subjects: Sequence[Subject],
    findings: Mapping[str, list[Finding]],
    instances: list,
) -> dict[str, Any]:
    return {
        **_head(claim, "PROVED", subjects),
        "conclusions": {name: claim.concluding[name].wire() for name in findings},
        "proof": {name: [f.proof for f in found] for name, found in findings.items()},
        "instances": [x.numbers for x in instances],
        "statement": "; ".join(claim.concluding[name].render() for name in findings),
    }


def refuted(
    claim: Claim, subjects: Sequence[Subject], name: str, which: int, finding: Finding
) -> dict[str, Any]:
    return {
        **_head(claim, "REFUTED", [subjects[which]]),
        "conclusions": {name: for_case(claim.concluding[name].wire(), which)},
        "witness": finding.witness,
        "statement": claim.concluding[name].render(),
    }


def for_case(wire: dict[str, Any], which: int) -> dict[str, Any]:
    """Counts are lists with an entry for each case."""
    counts = ("forms", "independent", "algebra", "symmetric", "ranks", "dimensions")
    return {k: [v[which]] if k in counts else v for k, v in wire.items()}


def _head(claim: Claim, verdict: str, subjects: Sequence[Subject]) -> dict[str, Any]:
    return {
        "format": "flowlaw-action",
        "version": 1,
        "claim": claim.id,
        "verdict": verdict,
        "found": subjects[0].found,
        "cases": [case_wire(s) for s in subjects],
    }
