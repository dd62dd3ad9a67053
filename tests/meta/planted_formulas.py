"""Claims about formulas that are planted: no source states them."""

from __future__ import annotations

from verify.claims.claim import Break, Claim, Source
from verify.models.formulas import Formulas


def claim(setting: Formulas, conclusion: object, assuming: tuple = (), **more: object) -> Claim:
    breaks = tuple(Break(h.id, not_needed="a test") for h in assuming)
    return Claim(
        "planted",
        "planted",
        setting,
        assuming,
        {"c": conclusion},
        Source("2511.01137v2"),
        breaks=breaks,
        **more,
    )  # type: ignore[arg-type]
