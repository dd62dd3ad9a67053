"""What was discovered of a model, as JSON says it."""

from __future__ import annotations

from typing import Any

from verify.discover.laws.latex import family
from verify.discover.records import Discovery, Written
from verify.process.written import DISCOVER, as_json
from verify.spelling.many import many


def data(d: Discovery) -> dict[str, Any]:
    """As JSON says it; times are seconds."""
    return {
        "schema": DISCOVER,
        "model": d.graph.name,
        "parameters": d.graph.parameters,
        "tensors": {n: list(s) for n, s in d.graph.params.items()},
        "flow": d.flow.text,
        "loss": d.losses,
        "outputs": sum(d.graph.nodes[i].size for i in d.graph.outputs),
        "symmetries": symmetries_of(d),
        "lie_dimension": d.dimension,
        "upper": d.upper,
        "lower": d.lower,
        "count_exact": d.count_exact,
        "complete": d.complete,
        **_kernel(d),
        "every_size": _every_size(d),
        "conditional": [vars(x) | {"proved_by": "engine"} for x in d.conditional],
        "missing": None if d.upper is None else d.upper - d.lower,
        "missing_is": None if d.upper is None else "exactly" if d.count_exact else "at most",
        "laws": [_row(d, w) for w in d.written],
        "polynomial_laws": d.polynomial,
        "cell": None if d.cell is None else vars(d.cell),
        "levels": [c.levels for c in d.closed],
        "closed": [c.closed for c in d.closed],
        "primes": [c.p for c in d.closed],
        "error_probability": d.error_probability,
        "cited": [name for name, _ in hypotheses(d) if name in CITED],
        "hypotheses": [{"name": n, "what": text} for n, text in hypotheses(d)],
        "notes": [*d.graph.notes, *d.notes],
        "seed": d.seed,
        "timing": {n: round(s, 4) for n, s in d.seconds.items()},
    }


def _kernel(d: Discovery) -> dict[str, Any]:
    """Who has counted, and what the kernel proves."""
    k = d.kernel
    by = None if d.upper is None else "kernel" if k is not None and k.counts else "engine"
    if k is None:
        return {"counted_by": by, "kernel": None}
    return {"counted_by": by,
            "kernel": {"accepted": bool(k.sentence), "counts": k.counts, "refused": k.refused,
                       "anew": k.anew, "laws": k.laws, "reason": k.reason,
                       "left_out": [{"law": x, "reason": why} for x, why in k.left_out],
                       "sentence": k.sentence}}  # fmt: skip


def symmetries_of(d: Discovery) -> dict[str, Any]:
    """What ``verify candidates`` says of them."""
    f = d.first
    if f.note:
        return {"asked": False, "reason": f.note}
    return {"asked": True, "dimension": f.dimension, "at_most": f.at_most,
            "symmetric": f.symmetric, "powers": f.powers, "laws_beyond": f.beyond}  # fmt: skip


def _every_size(d: Discovery) -> dict[str, Any] | None:
    e = d.every_size
    if e is None:
        return None
    row = lambda x, v, why: {"law": x, "verdict": v, **({"reason": why} if why else {})}
    rows, layers = [row(*x) for x in e.laws], row(*e.layers) if e.layers else None
    return {"asked": not e.note, "reason": e.note or None, "laws": rows, "others": list(e.others),
            "any_number_of_layers": layers}  # fmt: skip


CITED = {"AX": "Ax 1971", "ERF": "Ostrowski, Kolchin; Liouville", "LOG": "Ax 1971"}


def _row(d: Discovery, w: Written) -> dict[str, Any]:
    return {
        "law": w.text,
        "latex": w.tex or family(d.layout, w.family),
        "count": len(w.laws),
        "proved": w.proved,
        "polynomial": w.polynomial,
        "by_symmetry_of_the_loss": w.symmetry if d.graph.losses else None,
        **({"reason": w.reason} if w.reason else {}),
    }


def hypotheses(d: Discovery) -> tuple[tuple[str, str], ...]:
    if d.settled is None:
        return ()
    patterns = d.settled.patterns
    if patterns is None:
        return d.settled.hypotheses
    how = "in doubles, not exactly"
    if patterns.exact:
        how = "whole numbers, exactly" if patterns.whole else "binary fractions, decided in balls"
    seen = "activation pattern that occurs was", "activation patterns that occur were"
    text = (
        f"laws that are analytic on the whole space: {many(len(patterns.seen), *seen)} used,"
        f" read off at {how}; where one pattern holds there can be more laws"
    )
    rest = tuple(x for x in d.settled.hypotheses if x[0] != "PATTERNS")
    return (*rest, ("PATTERNS", text))


def json(d: Discovery) -> str:
    """The data as text."""
    return as_json(data(d))
