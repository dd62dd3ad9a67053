"""All of it for one model: the bound from above, laws that are written and proved, and whether they
meet.

What is counted as a law below is proved as an exact identity; what only held at random points is
shown as such and counts for nothing. The count is exact where both bounds meet, or where the
dimension of the Lie algebra is known exactly.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from verify.discover.bounding import again, bounded, in_a_cell, searching, settle, with_ties
from verify.discover.constants import constants, seen_modulo_primes
from verify.discover.damped import damped
from verify.discover.degrees import one_field
from verify.discover.flows import GRADIENT, Flow, HeavyBall
from verify.discover.in_doubles import moving, proofs
from verify.discover.laws.atoms import Law
from verify.discover.laws.families import Family, families
from verify.discover.laws.find import Found, LowerAboveUpper, begun, finished
from verify.discover.laws.layout import Layout
from verify.discover.laws.search import Ranked, Search
from verify.discover.laws.text import family
from verify.discover.once_more import read_again
from verify.discover.one_root import primes_of
from verify.discover.records import Discovery, FirstStage, Written
from verify.discover.rewriting import rewritten
from verify.exact.errors import EnginesDisagree, NoValue
from verify.trace.graph import Graph
from verify.trace.jets import NoRoot

NOT_ASKED = FirstStage(note="not asked")


class _Clock:
    """Seconds by part of the work."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds, self.last = seconds, perf_counter()

    def to(self, part: str) -> None:
        now = perf_counter()
        self.seconds[part] = self.seconds.get(part, 0.0) + now - self.last
        self.last = now


def discover(
    graph: Graph, seed: int = 0, memory: float = 4096, seconds: float = 300,
    flow: Flow = GRADIENT, loss: str = "any", first: FirstStage = NOT_ASKED, cell: bool = False,
) -> Discovery:  # fmt: skip
    """``memory`` in MiB and ``seconds`` are what the bound from above may take: beyond it is left
    out, with the estimate. Laws of the first stage are proposed where others leave room. With
    ``cell`` laws near one state of the tensors are bounded as well, where patterns occur. Raises
    EnginesDisagree where there are more laws than can be, BadInput where nothing moves.
    """
    made = Discovery(graph, seed, flow, loss, first=first, primes=primes_of(graph))
    seen_modulo_primes(graph.name, (*constants(graph), *flow.constants(graph)), made.primes)
    made.one_field = one_field(graph) and not isinstance(flow, HeavyBall)
    clock = _Clock(made.seconds)
    settle(made, memory, seconds)
    clock.to("relations")
    _both_bounds(made, clock)
    if made.open and with_ties(made):
        _both_bounds(made, clock)
    if made.open:
        again(made)
        clock.to("second prime")
    if made.met:  # what was not proved is no further law
        made.written = tuple(w for w in made.written if w.proved)
        made.found = made.lower
    elif made.settled is not None and (numbers := made.settled.rules.irrational()):
        made.notes.append(
            f"a law may need a coefficient that is no fraction ({', '.join(numbers)}): there is no"
            " search for such laws"
        )
    if cell:
        in_a_cell(made)
        clock.to("cell")
    return made


def _both_bounds(made: Discovery, clock: _Clock) -> None:
    ball = isinstance(made.flow, HeavyBall)
    search = None if ball or not made.searched else _begun(made)
    clock.to("search")
    bounded(made, search.ranked.rank if search else 0)
    clock.to("upper")
    if search is not None:
        found = _finished(made, search)
        clock.to("search")
        _proved(made, found, search.ranked)
    elif ball:
        damped(made)
    else:
        _of_the_first(made)
    clock.to("proofs")


def _begun(made: Discovery) -> Search | None:
    sampler = searching(made, made.flow)
    try:
        return begun(made.flow.shapes(made.graph), sampler.fields, made.seed)
    except (NoValue, NoRoot) as why:
        made.notes.append(f"no search for laws: {why}")
        return None


def _finished(made: Discovery, search: Search) -> Found:
    try:
        found = finished(search, made.upper, made.first.laws)
    except LowerAboveUpper as why:
        raise EnginesDisagree(str(why)) from why
    made.notes += [x for x in found.notes if x not in made.notes]
    return found


def _proved(made: Discovery, found: Found, known: Ranked) -> None:
    """``known``: the gradients of all that was found."""
    layout = found.layout
    reasons, symmetric = _reasons(made, found)
    every, found = len(found.laws), _standing(made, found, reasons)
    kept = [law for law in found.laws if law not in reasons]
    ranked = known if len(kept) == every else _ranked(made, layout, kept)
    made.lower, made.found = ranked.rank, found.rank
    if made.upper is not None and made.lower > made.upper:
        raise EnginesDisagree(f"{made.lower} laws are proved, at most {made.upper} are possible")
    _with_the_first(made, ranked)
    rows = []
    # each family is proved, or is not
    for group in (*families(tuple(kept), layout), *families(tuple(reasons), layout)):
        members = _members(group, found)
        why = [reasons[x] for x in members if x in reasons]
        text = family(layout, group)
        due = any(x in symmetric for x in members)
        rows.append(
            Written(text, members, len(members) - len(why), next(iter(why), ""), group, due)
        )
    made.written = tuple(rows)
    plain = [x for w in rows if w.polynomial for x in w.laws if x not in reasons]
    made.polynomial = made.lower if len(plain) == len(kept) else _ranked(made, layout, plain).rank


def _of_the_first(made: Discovery) -> None:
    """Laws of linear symmetries, where there was no search."""
    ranked = _ranked(made, made.layout, [])
    laws = tuple(
        x for x, new in zip(made.first.laws, ranked.add(made.first.laws), strict=True) if new
    )
    if laws:
        _proved(made, Found(made.layout, laws, ranked.rank, ()), ranked)


def _ranked(made: Discovery, layout: Layout, laws: list[Law]) -> Ranked:
    ranked = Ranked(layout, made.seed + 3)
    ranked.add(laws)
    return ranked


def _with_the_first(made: Discovery, ranked: Ranked) -> None:
    """Two routes to laws, and the bound from above that both have to respect."""
    made.first = replace(made.first, beyond=sum(ranked.add(made.first.laws)))
    if made.upper is not None and ranked.rank > made.upper:
        raise EnginesDisagree(
            f"{ranked.rank} laws with those of linear symmetries, at most {made.upper} are possible"
        )


def _reasons(made: Discovery, found: Found) -> tuple[dict[Law, str], set[Law]]:
    """Of the laws that are not proved, why; and those that a symmetry of the loss proves."""
    plain = {law: made.flow.plain(law, found.layout) for law in found.laws}
    asked = list(dict.fromkeys(x for x in plain.values() if x is not None))
    powers = made.settled.rules.powers if made.settled else None
    answer = proofs(made.graph, found.layout, asked, rewritten(made.graph, powers))
    read_again(made, answer.by_weights)
    none = f"no proof is known for a law of this form under {made.flow.text}"
    why = {law: none if x is None else answer.reasons.get(x, "") for law, x in plain.items()}
    due = {law for law, x in plain.items() if x in answer.proved and answer.proved[x].symmetry}
    return {law: text for law, text in why.items() if text}, due


def _standing(made: Discovery, found: Found, reasons: dict[Law, str]) -> Found:
    """Without laws that are not proved and change in doubles: modulo a prime a root of a number is
    a fraction, and may give a law. Where terms cancel, a number is 0 in its whole piece: at a tie.
    """
    if not reasons:
        return found
    patterns = made.settled.patterns if made.settled else None
    tied = patterns is not None and bool(patterns.tied)
    plain = {x: y for x in reasons if (y := made.flow.plain(x, found.layout)) is not None}
    forms = {y: y.form(found.layout) for y in plain.values()}
    false = moving(made.graph, forms, tied)
    for law in [x for x, y in plain.items() if y in false]:
        del reasons[law]
    laws = tuple(x for x in found.laws if plain.get(x) not in false)
    return replace(found, laws=laws, rank=_ranked(made, found.layout, list(laws)).rank)


def _members(group: Family, found: Found) -> tuple[Law, ...]:
    """The laws of the search that a family stands for."""
    known = set(found.laws)
    members = tuple(x for x in group.laws if x in known)
    return members or found_by_text(group, found)


def found_by_text(group: Family, found: Found) -> tuple[Law, ...]:
    """A single law that was merged for its text."""
    form = group.laws[0].form(found.layout)
    return tuple(x for x in found.laws if x.form(found.layout) == form)
