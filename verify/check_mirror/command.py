"""``check`` says what was checked; ``main`` reads files."""

from __future__ import annotations

import json
import sys
from itertools import combinations
from typing import Any

from verify.check_mirror.base import BYTES, WORK, NotACertificate, Refused, Work, need
from verify.check_mirror.potential import block_said
from verify.check_mirror.record import Record
from verify.check_mirror.subspace import within

KINDS = ("mirror", "time change", "excluded")


def verified(data: dict[str, Any]) -> str:
    r = Record(data)
    blocks = data["blocks"]
    need(blocks and sorted(i for b in blocks for i in b["outputs"]) == list(range(len(r.outputs))),
         "blocks that are not all outputs")  # fmt: skip
    for b, other in combinations(blocks, 2):
        used = [
            {k for i in x["outputs"] for k in range(r.n) if r.rows[i][k].top} for x in (b, other)
        ]
        need(not used[0] & used[1], "blocks that share a parameter")
    found, several = {b["verdict"] for b in blocks}, len(blocks) > 1
    verdict = (
        "excluded" if "excluded" in found else "time change" if "time change" in found else "mirror"
    )
    need(found <= set(KINDS) | {"undecided"}, "a verdict that is none")
    need("undecided" not in found or verdict == "excluded", "undecided: there is nothing to check")
    need(data["verdict"] == verdict, "a verdict that does not follow from its blocks")
    decided = [b for b in blocks if verdict != "excluded" or b["verdict"] == "excluded"]
    space = within(r, data["within"]) if data["within"] else ""
    start = ", ".join(f"{x} = {v}" for x, v in zip(r.names, r.start, strict=False) if v is not None)
    said = "; ".join(block_said(r, b, several) for b in decided)
    return f"accepted: from {start}{space}: {said}"


def check(data: object) -> str:
    """The sentence that was checked. Raises NotACertificate or Refused, nothing else."""
    if not isinstance(data, dict) or data.get("schema") != "flowlaw-mirror/1":
        raise NotACertificate("no answer of verify mirror --format json")
    Work.left = WORK
    try:
        return verified(data)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as problem:
        raise NotACertificate(f"not of its shape: {problem!r:.80}") from None


def load(text: bytes) -> object:
    """Raises NotACertificate."""
    if len(text) > BYTES:
        raise NotACertificate(f"more than {BYTES} bytes")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise NotACertificate(f"not JSON: {problem}") from None


def say(text: str) -> None:
    """Print it; what does not arrive ends all reading with exit code 2, and is no file's fault."""
    try:
        if sys.stdout is None:
            raise OSError("it is closed")
        print(text, flush=True)
    except (OSError, ValueError) as problem:
        sys.stdout = None
        if not isinstance(problem, BrokenPipeError):
            print(f"standard output: {problem}", file=sys.stderr)
        sys.exit(2)


def main(paths: list[str]) -> int:
    codes = [] if paths else [2]
    for path in paths:
        try:
            with open(path, "rb") as file:
                stated = check(load(file.read(BYTES + 1)))
            codes.append(0)
        except (Refused, NotACertificate, OSError) as reason:
            codes.append(1 if isinstance(reason, Refused) else 2)
            print(
                f"{path}: {'refused' if codes[-1] == 1 else 'not accepted'}: {reason}",
                file=sys.stderr,
            )
        else:
            say(stated)
    if not paths:
        print("usage: python -I -S verify/check_mirror FILE...", file=sys.stderr)
    return max(codes)
