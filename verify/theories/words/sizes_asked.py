"""The sizes of exact instances that a user asks for."""

from __future__ import annotations

from itertools import pairwise

from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.exact.errors import BadInput

_MOST_ENTRIES = 400  # of an exact instance, which the reader multiplies out
_MOST_SOLVED = 120  # where b has to be solved for


def sizes_asked(claim: Claim, request: Request) -> tuple[int, ...] | None:
    """d_0..d_N of the instances, where the user asks for some. Raises BadInput."""
    if request.dims is None and request.depth is None and request.width is None:
        return None
    dims = request.dims or (request.width or 2,) * ((request.depth or claim.depth) + 1)
    for option, asked, found in (
        ("--depth", request.depth, len(dims) - 1),
        ("--width", request.width, max(dims)),
    ):
        if asked is not None and asked != found:
            raise BadInput(
                f"{option} {asked} contradicts --sizes {','.join(map(str, dims))}: leave"
                f" {option} out"
            )
    entries = sum(m * n for m, n in pairwise(dims))
    most = _MOST_SOLVED if claim.setting.motion.kind == "fibre-flow" else _MOST_ENTRIES  # type: ignore[attr-defined]
    if entries > most:
        raise BadInput(
            f"--sizes {','.join(map(str, dims[:9]))}: an exact instance with {entries} entries,"
            f" more than {most}; the proof holds for every size: ask for a smaller instance"
        )
    if claim.setting.square and len(set(dims)) > 1:  # type: ignore[attr-defined]
        raise BadInput(
            f"--sizes {','.join(map(str, dims))}: {claim.id} is about square layers, all of one"
            " size"
        )
    return dims
