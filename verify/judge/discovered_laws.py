"""The guess of ``verify discover`` that its laws hold for every size, as a claim in declared
letters, which the judge decides: found at some sizes, it says more than what was found.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.discover.flows import GRADIENT
from verify.discover.laws.claims import NoTheory, Writer, claim_file
from verify.discover.laws.text import family
from verify.discover.records import Discovery, EverySize
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.library.claims_file import load

MOST = 3  #: products of arrays, for which it takes a second at most


def every_size(d: Discovery) -> EverySize:
    """Of the laws that are proved at the sizes of the model."""
    families = [w.family for w in d.written if w.proved == len(w.laws)]
    if d.flow is not GRADIENT or not d.every_loss:
        return EverySize(note="asked of gradient flow of every loss")
    if not families:
        return EverySize(note="there is no law to be stated")
    try:
        writer = Writer(d.graph, d.layout)
        stated = [writer.law(f) is not None for f in families]
        text = claim_file(d.graph, d.layout, families, d.graph.name)
        if sum(n.op in ("einsum", "mul") for n in d.graph.nodes) > MOST:
            return EverySize(note=f"more than {MOST} products: --format claims, then verify claim")
        report = judge(_claim(text), Request(numeric=False))
    except NoTheory as why:
        return EverySize(note=f"no claim can be written: {why}")
    except BadInput as why:
        return EverySize(note=f"no claim is read: {why}")
    said = [family(d.layout, f) for f in families]
    kept = [x for x, yes in zip(said, stated, strict=True) if yes]
    others = tuple(x for x, yes in zip(said, stated, strict=True) if not yes)
    told = [(o.verdict.name, "" if o.verdict.name == "PROVED" else o.reason)
            for o in report.outcomes.values()]  # fmt: skip
    return EverySize(tuple((x, *y) for x, y in zip(kept, told, strict=True)), others)


def _claim(text: str) -> Claim:
    """As it is read of the file that --format claims writes. Raises BadInput."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.py"
        path.write_text(text, encoding="utf-8")
        found = load(path, path.name)
    if found.slips:
        raise BadInput(found.slips[0].why)
    (one,) = found.written
    return one.claim
