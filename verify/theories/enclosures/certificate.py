"""Writing certificates of enclosures (``proofs/enclosures/FORMAT.md``), which
``verify/check_enclosure.py`` reads and re-derives.

A certificate carries the flow as a straight-line program, the exact start, one polynomial for each
state on each link with the
logarithmic norms as hints, and facts: a quantity stays above or below a bound for all later times.
It carries no radius.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from math import ceil, isqrt
from typing import Any

from verify.exact.errors import BadInput
from verify.integrate.enclosable import certifiable
from verify.integrate.enclosure import Enclosure, Link
from verify.integrate.stiff.each import PARTS
from verify.integrate.system import LOG, PLAIN, System
from verify.integrate.written_program import flow_program, nodes_of, outputs_of
from verify.theories.enclosures.facts import Fact, stated

FORMAT = {"format": "flowlaw-enclosure", "version": 1}
COARSE = Fraction(1, 1024)  # mu is rounded up so that distances grow by less than this on a link
ALIKE = 16  # polynomials that differ by less than so many defects are written once
MERGED = Fraction(1, 32)  # parts of a link are merged as long as distances grow by less than this


#: one start: (label, system, enclosure, facts)
Part = tuple[str, System, Enclosure, Sequence[Fact]]


def body_of(claim_id: str, parts: Sequence[Part]) -> dict[str, Any]:
    """The certificate as a JSON object; its bytes are ``certified.text_of(body)``, the same for the
    same arguments.

    Raises BadInput where a clock is neither plain nor log, a relation is not ">" or "<", a bound or
    time is not exact, or a quantity has no such name. Nothing is checked here: give the body to
    ``verify.check_enclosure.check``.
    """
    if not parts:
        raise BadInput(
            "a certificate of no start: expected at least one part (label, system, enclosure,"
            " facts)"
        )
    body = {**FORMAT, "claim": claim_id, "parts": [_part(*part) for part in parts]}
    return {**body, "statement": statement_of(body)}


def statement_of(body: Mapping[str, Any]) -> str:
    """What the certificate claims, in words: labels, starts, interval, facts."""
    said = []
    for part in body["parts"]:
        start = ", ".join(
            f"{name} = {x}" for name, x in zip(part["names"], part["start"], strict=True)
        )
        symbol = LOG.symbol if part["clock"] == LOG.name else PLAIN.symbol
        where = " (s = log(1 + t), t the time of the flow)" if part["clock"] == LOG.name else ""
        facts = [
            f"{f['name']!r} {f['relation']} {f['bound']} "
            + (
                f"at {symbol} = 0"
                if f["relation"] == "="
                else f"for {f['after']} <= {symbol} <= {part['horizon']}"
            )
            for f in part["facts"]
        ]
        what = (
            "; ".join(facts)
            or f"the solution exists and is enclosed for 0 <= {symbol} <= {part['horizon']}"
        )
        said.append(f"{part['label']!r}: from {start}{where}: {what}")
    return ". ".join(said)


def _part(
    label: str, system: System, enclosure: Enclosure, facts: Sequence[Fact]
) -> dict[str, Any]:
    certifiable(system, ())
    return {
        **stated_part(label, system, enclosure.links[-1].end, facts),
        "links": [_link(link) for link in enclosure.links],
    }


def stated_part(
    label: str, system: System, horizon: Fraction, facts: Sequence[Fact]
) -> dict[str, Any]:
    """What a certificate says about one start: all but the enclosure itself."""
    return {
        "label": label,
        "names": list(system.names),
        "start": [str(x) for x in system.start],
        "clock": system.clock.name,
        "flow": _flow(system),
        "horizon": str(horizon),
        "facts": [stated(label, system, fact) for fact in facts],
    }


def _flow(system: System) -> dict[str, Any]:
    """A loss is written as a loss: who reads it differentiates it."""
    found = flow_program(system)
    kind = "field" if system.loss is None else "gradient"
    return {
        "kind": kind,
        "nodes": nodes_of(found),
        "outputs": outputs_of(found.slopes or found.values),
    }


def _link(link: Link) -> dict[str, Any]:
    """Coefficients in hexadecimal units of 2^-bits; digits that are far finer than the link's own
    error are dropped.
    """
    rows = link.chebyshev or link.states
    length = max(map(len, rows))
    moved = 4 * length**2 * (isqrt(len(rows)) + 1)  # what a unit in each coefficient may change
    if link.chebyshev:
        moved = length * (moved + (1 << max(0, ceil(link.stiffness)) + 2))
    drop = max(0, min(link.bits, (link.defect // moved).bit_length() - 1))
    half = 1 << drop >> 1
    found = _once([[(x + half) >> drop for x in c] for c in rows], ALIKE * (link.defect >> drop))
    mu = " ".join(map(str, _short(link.mu, link.end - link.begin)))
    kind, bits = "chebyshev" if link.chebyshev else "x", link.bits - drop
    apart = {"each": PARTS} if link.each else {}
    return {"end": str(link.end), "h": str(link.h), "bits": bits, kind: found, "mu": mu, **apart}


def _once(rows: list[list[int]], apart: int) -> list[str]:
    """A polynomial is a reference to an earlier one that it equals up to roundings of the size of
    its defect.

    Flows keep the symmetries of their start, and roundings do not quite: nothing is lost, for who
    reads it checks what is written.
    """
    found: list[str] = []
    for j, row in enumerate(rows):
        same = (i for i in range(j) if found[i][0] != "=" and _distance(rows[i], row) <= apart)
        i = next(same, None)
        found.append(_hex(row) if i is None else f"={i}")
    return found


def _distance(a: Sequence[int], b: Sequence[int]) -> int:
    return max(abs(x - y) for x, y in zip_longest(a, b, fillvalue=0))


def _hex(c: list[int]) -> str:
    while len(c) > 1 and not c[-1]:
        c.pop()
    return " ".join(f"{x:x}" for x in c)


def _short(mu: Sequence[Fraction], length: Fraction) -> list[Fraction]:
    """Fewer parts and fewer digits, each mu at least what it was."""
    grid = Fraction(1)
    while grid * length > COARSE:
        grid /= 2
    while grid * 4 * length < COARSE:
        grid *= 2
    found = list(mu)
    while len(found) % 2 == 0:
        pairs = [max(a, b) for a, b in zip(found[::2], found[1::2], strict=True)]
        if (2 * sum(pairs) - sum(found)) / len(found) * length > MERGED:
            break
        found = pairs
    return [ceil(m / grid) * grid for m in found]
