"""All of it for one model: the bound from above, laws that are written and proved, and whether they
meet.

What is counted as a law below is proved as an exact identity; what only held at random points is
shown as such and counts for nothing. The count is exact where both bounds meet, or where the
dimension of the Lie algebra is known exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter

from verify.discover.choices import Rules
from verify.discover.closure import Closed, closure
from verify.discover.degrees import chance, one_field
from verify.discover.draws import NoRoot, Sampler
from verify.discover.flows import GRADIENT, Flow, HeavyBall
from verify.discover.laws.atoms import Law, Log, Power
from verify.discover.laws.families import Family, families
from verify.discover.laws.find import Found, LowerAboveUpper, find
from verify.discover.laws.prove import proofs
from verify.discover.laws.search import Ranked
from verify.discover.laws.text import family
from verify.discover.relations import Settled, settled
from verify.exact.errors import EnginesDisagree, NoValue
from verify.trace.graph import Graph
from verify.trace.prime import PRIMES

BYTES = 110  #: for each entry of a D x D matrix, with the lists that flint takes
SECONDS = 0.35  #: for D = 1000, growing as D^2.8


@dataclass(frozen=True)
class Written:
    """A family of laws: how it reads, how many laws it holds, and which of them are proved."""

    text: str
    laws: tuple[Law, ...]
    proved: int
    reason: str  # of the first that is not proved

    @property
    def polynomial(self) -> bool:
        return not any(
            isinstance(a, Log) or (isinstance(a, Power) and any(e < 0 for _, e in a.factors))
            for law in self.laws
            for _, a in law.sum
        )


@dataclass
class Discovery:
    """``upper`` is None where it was not computed, with the reason in ``notes``."""

    graph: Graph
    seed: int
    flow: Flow = GRADIENT
    loss: str = "any"
    closed: list[Closed] = field(default_factory=list)
    settled: Settled | None = None
    written: tuple[Written, ...] = ()
    lower: int = 0  # rank of the proved laws' gradients
    polynomial: int = 0
    found: int = 0  # the same with what only held at random points
    one_field: bool = False
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def upper(self) -> int | None:
        return min((c.upper for c in self.closed), default=None)

    @property
    def size(self) -> int:
        return self.flow.size(self.graph)

    @property
    def dimension(self) -> int | None:
        return None if self.upper is None else self.size - self.upper

    @property
    def count_exact(self) -> bool:
        """Both bounds meet, or nothing is left, or the fields are known to be parallel."""
        if self.upper is None or not self._patterns_exact:
            return False
        return self.lower == self.upper or (self.one_field and self.dimension == 1)

    @property
    def complete(self) -> bool:
        return self.count_exact and self.lower == self.upper

    @property
    def _patterns_exact(self) -> bool:
        patterns = self.settled.patterns if self.settled else None
        return patterns is None or patterns.exact

    @property
    def error_probability(self) -> float | None:
        """That the count is smaller than ``upper``; None where no bound is known."""
        if self.count_exact:
            return 0.0
        made = 1.0
        for c in self.closed:
            one = chance(self.graph, c.dimension + 1, len(c.levels) + 1, c.p)
            if one is None or not c.closed:
                return None
            made *= one
        return made if self.closed else None


def discover(
    graph: Graph, seed: int = 0, memory: float = 4096, seconds: float = 300,
    flow: Flow = GRADIENT, loss: str = "any",
) -> Discovery:  # fmt: skip
    """``memory`` in MiB and ``seconds`` are what the bound from above may take: beyond it is left
    out, with the estimate. Raises EnginesDisagree where there are more laws than can be.
    """
    made = Discovery(graph, seed, flow, loss)
    made.one_field = one_field(graph) and not isinstance(flow, HeavyBall)
    begun = perf_counter()
    _bounded(made, memory, seconds)
    made.seconds["upper"] = perf_counter() - begun
    begun = perf_counter()
    found = _searched(made)
    made.seconds["search"] = perf_counter() - begun
    if found is not None:
        begun = perf_counter()
        _proved(made, found)
        made.seconds["proofs"] = perf_counter() - begun
    if made.upper is not None and made.lower < made.upper and not made.count_exact:
        begun = perf_counter()
        _again(made)
        made.seconds["second prime"] = perf_counter() - begun
    return made


def _bounded(made: Discovery, memory: float, seconds: float) -> None:
    d = made.size
    mib, time = BYTES * d * d / 2**20, SECONDS * (d / 1000) ** 2.8
    if mib > memory or time > seconds:
        made.notes.append(
            f"not bounded from above: {d} parameters would take about {mib:.0f} MiB and"
            f" {time:.0f} s: raise --memory and --seconds, or ask for a block at a time"
        )
        return
    try:
        made.settled = settled(made.graph, PRIMES[0], made.seed)
        rules = made.settled.rules
        made.closed.append(closure(Sampler(made.graph, rules, PRIMES[0], made.seed, made.flow)))
    except NoValue as why:
        made.notes.append(f"not bounded from above: {why}")


def _again(made: Discovery) -> None:
    """A second prime and point."""
    assert made.settled is not None
    try:
        rules = made.settled.rules
        made.closed.append(closure(Sampler(made.graph, rules, PRIMES[1], made.seed + 1, made.flow)))
    except NoValue as why:
        made.notes.append(f"no second prime: {why}")


def _searched(made: Discovery) -> Found | None:
    graph = made.graph
    rules = made.settled.rules if made.settled else _unrelated(graph)
    sampler = Sampler(graph, rules, PRIMES[0], made.seed + 2, made.flow)
    try:
        found = find(made.flow.shapes(graph), sampler.fields, made.upper, made.seed)
    except LowerAboveUpper as why:
        raise EnginesDisagree(str(why)) from why
    except (NoValue, NoRoot) as why:
        made.notes.append(f"no search for laws: {why}")
        return None
    made.notes += found.notes
    return found


def _unrelated(graph: Graph) -> Rules:
    """For a search alone: what is found is proved anyway."""
    roots = sum(n.size for n in graph.nodes if n.op == "sqrt")
    return Rules(graph.of_inputs, roots=roots, all_roots=roots)


def _proved(made: Discovery, found: Found) -> None:
    layout = found.layout
    reasons = _reasons(made, found)
    kept = [law for law in found.laws if law not in reasons]
    ranked = Ranked(layout, made.seed + 3)
    ranked.add(kept)
    made.lower, made.found = ranked.rank, found.rank
    if made.upper is not None and made.lower > made.upper:
        raise EnginesDisagree(f"{made.lower} laws are proved, at most {made.upper} are possible")
    rows = []
    for group in families(found.laws, layout):
        members = _members(group, found)
        why = [reasons[x] for x in members if x in reasons]
        text = family(layout, group)
        rows.append(Written(text, members, len(members) - len(why), next(iter(why), "")))
    made.written = tuple(rows)
    plain = Ranked(layout, made.seed + 3)
    plain.add([x for w in rows if w.polynomial for x in w.laws if x not in reasons])
    made.polynomial = plain.rank


def _reasons(made: Discovery, found: Found) -> dict[Law, str]:
    """Of the laws that are not proved, why."""
    plain = {law: made.flow.plain(law, found.layout) for law in found.laws}
    asked = list(dict.fromkeys(x for x in plain.values() if x is not None))
    answer = proofs(made.graph, found.layout, asked)
    none = f"no proof is known for a law of this form under {made.flow.text}"
    why = {law: none if x is None else answer.reasons.get(x, "") for law, x in plain.items()}
    return {law: text for law, text in why.items() if text}


def _members(group: Family, found: Found) -> tuple[Law, ...]:
    """The laws of the search that a family stands for."""
    known = set(found.laws)
    members = tuple(x for x in group.laws if x in known)
    return members or found_by_text(group, found)


def found_by_text(group: Family, found: Found) -> tuple[Law, ...]:
    """A single law that was merged for its text."""
    form = group.laws[0].form(found.layout)
    return tuple(x for x in found.laws if x.form(found.layout) == form)
