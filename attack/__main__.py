"""python -m attack --draws 100 --seed 0: exit 0 if nothing fatal was found and the quotas hold, 1
otherwise, 2 for a bad option.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from attack.languages import LANGUAGES, seeded, turn
from attack.plants import PLANTS
from attack.processes import Job, run
from attack.table import COLUMNS, FATAL, counted, fatal, lines, quotas, reasons
from verify.exact.errors import BadInput
from verify.process.executors import opened, spread

DEAL = 20  # draws that an executor is given together


def jobs(draws: int, seed: int, only: str) -> list[Job]:
    """Language, seed, index; the languages take turns."""
    deal = [only] if only else turn()
    return [(deal[n % len(deal)], seed, n) for n in range(draws)]


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m attack", description="Random statements against the judge and its readers."
    )
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--executor", default="local", help="local, processes:N or dask://HOST:PORT"
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=120.0,
        help="limit of one draw; a slower one is killed and counted as a hang",
    )
    parser.add_argument("--only", choices=sorted(LANGUAGES), default="", help="one language")
    parser.add_argument(
        "--plant",
        choices=sorted(PLANTS),
        default="",
        help="put a known hole back, to see that it is found",
    )
    parser.add_argument("--json", default="", metavar="FILE", help="counts and fatal draws")
    parser.add_argument(
        "--draw", default="", metavar="LANGUAGE:SEED:INDEX", help="one draw again, with its source"
    )
    parser.add_argument("--show", type=int, default=10, help="how many fatal draws are written out")
    return parser


def main(arguments: list[str] | None = None) -> int:
    asked = options().parse_args(arguments)
    if asked.draw:
        return again(asked.draw, asked.plant)
    began = perf_counter()
    try:
        results = examined(asked)
    except BadInput as why:
        print(f"attack: {why}", file=sys.stderr)
        return 2
    table = counted(results)
    missed = quotas(table)
    bad = [r for r in results if any(what in FATAL for what, _ in r["faults"])]
    print(*lines(table), sep="\n")
    for n, language, text in reasons(results):
        print(f"undecided {n:5}  {language}: {text}")
    for r in results:
        if r["verdict"] in ("hang", "died"):
            print(f"{r['verdict']}: {name(r)}: {r['reason']}")
    for r in bad[: asked.show]:
        print(*told(r), sep="\n")
    for text in missed:
        print(f"quota missed: {text}")
    print(
        f"seed {asked.seed}, {len(results)} draws, {len(bad)} fatal, {perf_counter() - began:.1f} s"
    )
    if asked.json:
        Path(asked.json).write_text(
            json.dumps(as_data(asked, table, results, bad), indent=1) + "\n"
        )
    return 1 if fatal(table) or missed else 0


def examined(asked: argparse.Namespace) -> list[dict[str, Any]]:
    """The results in the order of the draws, wherever they were examined. Raises BadInput."""
    drawn, seen = jobs(asked.draws, asked.seed, asked.only), _progress(asked.draws)
    with opened(asked.executor) as executor:
        if executor is None:
            return run(drawn, asked.workers, asked.seconds, asked.plant, seen)
        deals = [drawn[k : k + DEAL] for k in range(0, len(drawn), DEAL)]
        found = spread(executor)(run, [(deal, 1, asked.seconds, asked.plant) for deal in deals])
        return [r for deal in found for r in deal]


def again(which: str, planted: str) -> int:
    """One draw, written out whatever it gives."""
    try:
        language, seed, index = which.split(":")
        if language not in LANGUAGES:
            raise ValueError(language)
        job = (language, int(seed), int(index))
    except ValueError:
        print(
            f"--draw {which!r}: expected LANGUAGE:SEED:INDEX, LANGUAGE one of"
            f" {', '.join(sorted(LANGUAGES))}",
            file=sys.stderr,
        )
        return 2
    (r,) = run([job], 1, 600, planted)
    print(LANGUAGES[language].draw(seeded(*job)).source)
    print(
        f"{name(r)}: {r['truth']} ({r.get('family', '')}), verdict {r['verdict']}:"
        f" {r.get('reason', '')}"
    )
    for what, text in r["faults"]:
        print(f"{what}: {text}")
    return 1 if r["faults"] else 0


def name(r: dict[str, Any]) -> str:
    return f"{r['language']}:{r['seed']}:{r['index']}"


def told(r: dict[str, Any]) -> list[str]:
    """A fatal draw as something to paste."""
    head = [f"# {name(r)}: {r['truth']}, verdict {r['verdict']}"]
    head += [f"# {what}: {line}" for what, text in r["faults"] for line in text.splitlines()]
    judged = "from verify.judge.decide import judge\nfrom verify.claims.request import Request\n"
    judged += "print(judge(CLAIM, Request(numeric=False)).outcomes['c'])"
    return ["", *head, r["source"] + judged]


def as_data(
    asked: argparse.Namespace, table: dict, results: list[dict], bad: list[dict]
) -> dict[str, Any]:
    return {
        "seed": asked.seed,
        "draws": len(results),
        "plant": asked.plant,
        "counts": {row: {c: table[row][c] for c in COLUMNS} for row in table},
        "undecided": [list(x) for x in reasons(results, 100)],
        "fatal": [
            {
                k: r.get(k)
                for k in ("language", "seed", "index", "truth", "verdict", "faults", "source")
            }
            for r in bad
        ],
    }


def _progress(draws: int) -> Any:
    def seen(n: int) -> None:
        if n % 1000 == 0 and draws > 1000:
            print(f"{n} of {draws}", file=sys.stderr, flush=True)

    return seen


if __name__ == "__main__":
    sys.exit(main())
