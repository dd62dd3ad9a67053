"""One draw from beginning to end: drawn, judged, printed, read back, its certificate tampered with.
The answer is plain data.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from random import Random
from time import perf_counter
from typing import Any

from attack import languages
from attack.claims import FALSE, NARROW, REFUSED, TRUE, Draw
from attack.mutate import mutants

_HOLDS = ("PROVED", "ENCLOSED")
MUTANTS = 4
SCREENS = 0.1  # the part of the draws whose screen and JSON are compared with the report


def examine(language: str, seed: int, index: int) -> dict[str, Any]:
    """The same for the same arguments, but for ``seconds``."""
    began = perf_counter()
    rng = languages.seeded(language, seed, index)
    found: dict[str, Any] = {
        "language": language,
        "seed": seed,
        "index": index,
        "faults": [],
        "mutated": 0,
    }
    kind = languages.of(language)
    try:
        draw = kind.draw(rng)
    except Exception:
        return {
            **found,
            "truth": "",
            "verdict": "",
            "faults": [("slip of the campaign", traceback.format_exc())],
            "source": "",
        }
    found |= {
        "truth": draw.truth,
        "family": draw.family,
        "near": draw.near,
        "why": draw.why,
        "verdict": "",
        "reason": "",
    }
    for what, text in _judged(kind, draw, rng, found):
        found["faults"].append((what, text))
    found["source"] = draw.source if found["faults"] else ""
    found["seconds"] = perf_counter() - began
    return found


def _judged(kind: Any, draw: Draw, rng: Random, found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    from verify.exact.errors import BadInput, EnginesDisagree

    try:
        claim = built(draw.source)
        report = kind.judged(claim)
    except BadInput as refusal:
        found["verdict"], found["reason"] = "refused", str(refusal)
        return
    except EnginesDisagree as problem:
        found["verdict"] = "engines disagree"
        yield "traceback", f"EnginesDisagree: {problem}"
        return
    except Exception:
        found["verdict"] = "traceback"
        yield "traceback", traceback.format_exc()
        return
    outcome = report.outcomes["c"]
    found["verdict"], found["reason"] = outcome.verdict.name, outcome.reason
    yield from _verdict(kind, draw, report)
    try:
        yield from (("misprinted", text) for text in kind.misprints(draw, report, rng))
        if rng.random() < SCREENS:
            yield from (("misprinted", text) for text in shown_otherwise(report))
        if report.certificate is not None and not report.certificate.refusal:
            yield from _certificates(kind, draw, report.certificate, rng, found)
    except Exception:
        yield "traceback", traceback.format_exc()


def built(source: str) -> Any:
    """The claim of a draw's own source."""
    space: dict[str, Any] = {}
    exec(compile(source, "<draw>", "exec"), space)
    return space["CLAIM"]


def _verdict(kind: Any, draw: Draw, report: Any) -> Iterator[tuple[str, str]]:
    outcome = report.outcomes["c"]
    verdict = outcome.verdict.name
    if draw.truth == REFUSED and verdict in (*_HOLDS, "SUPPORTED", "REFUTED"):
        yield "false proved", f"{verdict}: expected refused: {draw.why}"
    if draw.truth in (FALSE, NARROW) and verdict in _HOLDS:
        checked = report.certificate.statement if report.certificate else ""
        for text in kind.admits(draw, outcome.scope, report.statement, checked):
            yield "false proved", f"{text}; {draw.why}"
    if draw.truth == TRUE and verdict == "REFUTED":
        yield (
            "true refuted",
            outcome.witness.text() if hasattr(outcome.witness, "text") else str(outcome.witness),
        )


def shown_otherwise(report: Any) -> Iterator[str]:
    """The screen and the JSON say what the report says."""
    from verify.report.plain import as_data
    from verify.report.screen import plain_text, screen

    def packed(text: str) -> str:
        return "".join(text.split())

    page, data, outcome = (
        packed(plain_text(screen(report, [], None))),
        as_data(report, None),
        report.outcomes["c"],
    )
    text = outcome.sentence.conclusion.render()
    for part in (text, report.setting, outcome.verdict.name, *(h[1] for h in report.hypotheses)):
        if packed(part) not in page:
            yield f"{part!r} is not on the screen"
    own = data["conclusions"]["c"]
    if (data["statement"], own["verdict"], own["scope"]) != (
        report.statement,
        outcome.verdict.name,
        outcome.scope,
    ):
        yield f"the JSON says {data['statement']!r}, {own}"


def _certificates(
    kind: Any, draw: Draw, certificate: Any, rng: Random, found: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    why = kind.wrong(draw, certificate.body, certificate.statement, rng)
    if why:
        yield "accepted wrongly", f"as it stands: {why}"
    for what, body in mutants(certificate.body, rng, MUTANTS):
        found["mutated"] += 1
        try:
            statement = kind.reads(body)
        except kind.refusals():
            continue
        except Exception:
            yield "reader crashed", f"{what}: {traceback.format_exc()}"
            continue
        try:
            why = kind.wrong(draw, body, statement, rng)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError):
            continue
        if why:
            yield "accepted wrongly", f"{what}: {why}"
