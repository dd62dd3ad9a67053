"""Counts per language, the quotas that must hold, and the table that is printed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from attack.claims import FALSE, NARROW, TRUE

FATAL = (
    "false proved",
    "true refuted",
    "misprinted",
    "accepted wrongly",
    "traceback",
    "reader crashed",
    "slip of the campaign",
)
COLUMNS = (
    "tried",
    "false",
    "false proved",
    "near",
    "true",
    "true proved",
    "true refuted",
    "undecided",
    "vacuous",
    "refused",
    "misprinted",
    "mutated",
    "accepted wrongly",
    "reader crashed",
    "traceback",
    "hang",
    "slip of the campaign",
)
_HOLDS = ("PROVED", "ENCLOSED")


def counted(results: list[dict[str, Any]]) -> dict[str, Counter]:
    """Of each language, and of all."""
    table: dict[str, Counter] = {}
    for r in results:
        for row in (r["language"], "all"):
            c = table.setdefault(row, Counter())
            true = r["truth"] in (TRUE, NARROW)
            c["tried"] += 1
            c["false"] += r["truth"] == FALSE
            c["near"] += r["truth"] == FALSE and bool(r.get("near"))
            c["true"] += true
            c["true proved"] += true and r["verdict"] in _HOLDS
            for word, verdict in (
                ("undecided", "UNDECIDED"),
                ("vacuous", "VACUOUS"),
                ("refused", "refused"),
            ):
                c[word] += r["verdict"] == verdict
            c["mutated"] += r["mutated"]
            for fault in {what for what, _ in r["faults"]}:
                c[fault] += 1
    return table


def reasons(results: list[dict[str, Any]], most: int = 12) -> list[tuple[int, str, str]]:
    """Why draws stayed undecided, numbers and terms left out."""
    found = Counter(
        (r["language"], _plain(r["reason"])) for r in results if r["verdict"] == "UNDECIDED"
    )
    return [
        (n, language, text)
        for (language, text), n in sorted(found.items(), key=lambda x: (-x[1], x[0]))[:most]
    ]


def _plain(reason: str) -> str:
    text = re.sub(
        r"no proof \((?:.*? = 0 (does not follow|fails at a random point)|(.{0,60})).*",
        r"no proof: \1\2",
        reason,
    )
    return re.sub(r"\d+", "n", text)[:90]


def quotas(table: dict[str, Counter]) -> list[str]:
    """Those that do not hold. A handful of draws proves nothing about them."""
    c = table.get("all", Counter())
    if c["tried"] < 60:
        return []
    found = []
    if 5 * c["true"] < c["tried"]:
        found.append(f"{c['true']} of {c['tried']} draws are true; expected a fifth")
    if 2 * c["near"] < c["false"]:
        found.append(
            f"{c['near']} of {c['false']} false ones are within one edit of a true one; expected"
            " half"
        )
    if 2 * c["true proved"] < c["true"]:
        found.append(f"{c['true proved']} of {c['true']} true ones are PROVED; expected half")
    return found


def fatal(table: dict[str, Counter]) -> int:
    return sum(table.get("all", Counter())[x] for x in FATAL)


def lines(table: dict[str, Counter]) -> list[str]:
    rows = sorted(x for x in table if x != "all") + ["all"] * ("all" in table)
    width = max(map(len, COLUMNS))
    found = [f"{'':{width}}" + "".join(f"{x:>14}" for x in rows)]
    found += [f"{c:{width}}" + "".join(f"{table[x][c]:>14}" for x in rows) for c in COLUMNS]
    return found
