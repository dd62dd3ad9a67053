"""The guess of ``verify discover`` that its laws hold for every size, as a claim in declared
letters, which the judge decides: found at some sizes, it says more than what was found.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from verify.claims.claim import Claim
from verify.claims.evidence import Outcome
from verify.claims.request import Request
from verify.claims.wellformed_declared import taken
from verify.discover.flows import GRADIENT
from verify.discover.laws.claims import NoTheory, Writer, claim_file
from verify.discover.laws.families import Family
from verify.discover.laws.layers import file_with_layers, layers, named
from verify.discover.laws.text import family
from verify.discover.records import Discovery, EverySize
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.library.claims_file import load

MOST = 3  #: products of arrays, for which it takes a second at most


def every_size(d: Discovery, however_long: bool = False) -> EverySize:
    """Of the laws that are proved at the sizes of the model; ``however_long``: also where it takes
    more than a second.
    """
    families = [w.family for w in d.written if w.proved == len(w.laws)]
    if d.flow is not GRADIENT or not d.every_loss:
        return EverySize(note="asked of gradient flow of every loss")
    if not families:
        return EverySize(note="there is no law to be stated")
    return _with_layers(d, _of_sizes(d, families, however_long))


def _of_sizes(d: Discovery, families: list[Family], however_long: bool) -> EverySize:
    try:
        return _judged(d, families, however_long)
    except NoTheory as why:
        return EverySize(note=f"no claim can be written: {why}")
    except BadInput as why:
        return EverySize(note=f"no claim is read: {why}")


def _with_layers(d: Discovery, found: EverySize) -> EverySize:
    """Where the model is a product of layers, also whether the laws hold of any number of them."""
    order = layers(d.graph)
    if not order:
        return found
    text = file_with_layers(found.text, d.graph.name)
    (outcome,) = judge(_claims(text)[-1], Request(numeric=False)).outcomes.values()
    told = (named(order), *_told(outcome))
    return replace(found, layers=told, text=text if told[1] == "PROVED" else found.text)


def _told(o: Outcome) -> tuple[str, str]:
    return o.verdict.name, "" if o.verdict.name == "PROVED" else o.reason


def _judged(d: Discovery, families: list[Family], however_long: bool) -> EverySize:
    write = lambda false: claim_file(d.graph, d.layout, families, d.graph.name, false, taken)
    writer = Writer(d.graph, d.layout, taken)
    stated = [f for f in families if writer.law(f) is not None]
    text = write(())
    claims = _claims(text)
    if not however_long and sum(n.op in ("einsum", "mul") for n in d.graph.nodes) > MOST:
        note = f"more than {MOST} products: --format claims, then verify claim"
        return EverySize(note=note, text=text)
    outcomes = [o for c in claims for o in judge(c, Request(numeric=False)).outcomes.values()]
    told = [_told(o) for o in outcomes]
    laws = tuple((family(d.layout, f), *x) for f, x in zip(stated, told, strict=True))
    false = [f for f, (verdict, _) in zip(stated, told, strict=True) if verdict != "PROVED"]
    others = tuple(family(d.layout, f) for f in families if f not in stated)
    return EverySize(laws, others, "", _without(write, false, text))


def _without(write: Callable[[list[Family]], str], false: list[Family], text: str) -> str:
    """The file without what is not proved of every size; "" where nothing is left of it."""
    with suppress(NoTheory):
        return write(false) if false else text
    return ""


def _claims(text: str) -> list[Claim]:
    """As they are read of the file that --format claims writes. Raises BadInput."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.py"
        path.write_text(text, encoding="utf-8")
        found = load(path, path.name)
    if found.slips:
        raise BadInput(found.slips[0].why)
    return [x.claim for x in found.written]
