"""A law that somebody states, of a model: proved, refuted at an exact state, or not decided.

It is read by ``laws.reading``, never evaluated. What does not hold at random points modulo a prime
is refuted by an exact state only; what does is proved by the same proofs as laws that were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from verify.discover.constants import constants, seen_modulo_primes
from verify.discover.draws import Sampler
from verify.discover.flows import GRADIENT, Flow, Rates
from verify.discover.in_doubles import believed
from verify.discover.laws.forms import Form, along
from verify.discover.laws.layout import Layout
from verify.discover.laws.reading import laws_of
from verify.discover.laws.refute import Witness, refuted
from verify.discover.laws.search import FEW
from verify.discover.laws.text import coordinate, polynomial
from verify.discover.one_root import primes_of
from verify.discover.relations import settled, unrelated
from verify.discover.rewriting import rewritten
from verify.exact.errors import BadInput, NoValue
from verify.trace.graph import Graph
from verify.trace.jets import NoRoot
from verify.trace.prime import PRIMES


@dataclass(frozen=True)
class Given:
    """``entries`` of the law, of which ``proved`` are; a ``witness`` against the entry ``at``, or
    the ``reason`` why one is not decided.
    """

    text: str
    entries: int
    proved: int
    at: str = ""
    witness: Witness | None = None
    reason: str = ""
    excluded: tuple[str, ...] = ()  # what must not be 0

    @property
    def verdict(self) -> str:
        """PROVED, REFUTED or UNDECIDED."""
        if self.witness is not None:
            return "REFUTED"
        return "PROVED" if self.proved == self.entries else "UNDECIDED"


def judged(graph: Graph, text: str, flow: Flow = GRADIENT, seed: int = 0) -> Given:
    """Raises BadInput pointing at what is not read, and for a flow without these proofs."""
    if flow is not GRADIENT and not isinstance(flow, Rates):
        raise BadInput(f"--law is judged under gradient flow and rates, not under {flow.text}")
    rates: Mapping[str, Fraction] = flow.rates if isinstance(flow, Rates) else {}
    seen_modulo_primes(graph.name, (*constants(graph), *rates.values()))
    layout = Layout.of(graph.params)
    read = laws_of(text, layout)
    forms = {at: form for at, form in read if not form.zero}
    p = primes_of(graph)[0]
    try:
        rules = settled(graph, p, seed).rules
    except NoValue:
        rules = unrelated(graph)[0]
    excluded = _excluded(forms, layout)

    def against(entries: Iterable[str]) -> Given | None:
        for at in entries:
            witness = refuted(graph, forms[at], seed, rates)
            if witness is not None:
                return Given(text, len(read), 0, at, witness, "", excluded)
        return None

    whole = {at: form.whole for at, form in forms.items()}
    sampler = Sampler(graph, rules, PRIMES[0], seed, flow)  # the prime in which laws are evaluated
    moving = _moving(sampler, whole) if p == PRIMES[0] else []
    if refutation := against(moving):
        return refutation
    reasons = dict.fromkeys(moving, "it changes at random points; no exact state was found")
    scaled = {at: _scaled(f, layout, rates) for at, f in forms.items() if at not in reasons}
    asked = {at: f for at, f in scaled.items() if f is not None}
    none = "a product of tensors of different rates"
    answer = believed(graph, asked, rewritten(graph, rules.powers))
    reasons |= dict.fromkeys(set(scaled) - set(asked), none) | answer.reasons
    # what moves by a multiple of the prime stands still modulo it
    if refutation := against(answer.reasons):
        return refutation
    at = next((x for x in forms if x in reasons), "")
    return Given(text, len(read), len(read) - len(reasons), at, None, reasons.get(at, ""), excluded)


def _excluded(forms: Mapping[str, Form], layout: Layout) -> tuple[str, ...]:
    """Divisors, and the insides of logarithms."""
    found: dict[str, None] = {}
    for form in forms.values():
        for m in form.terms:
            found |= {coordinate(layout, i): None for i, e in m if e < 0}
        found |= {polynomial(layout, p): None for _, p in form.logs}
    return tuple(found)


def _moving(sampler: Sampler, forms: Mapping[str, Form]) -> list[str]:
    """Those that change along some field at random points; all, where there are no such points."""
    try:
        theta, fields = sampler.fields(FEW)
    except (NoValue, NoRoot):
        return []
    return [at for at, form in forms.items() if along(form, theta, fields).any()]


def _scaled(form: Form, layout: Layout, rates: Mapping[str, Fraction]) -> Form | None:
    """The law of plain gradient flow whose gradient is M grad h, where there is one: each term
    times the rate of its tensors.
    """
    if not rates:
        return form
    rate = lambda i: rates[layout.entry(i)[0]]
    terms, logs = {}, []
    for m, c in form.terms.items():
        found = {rate(i) for i, _ in m}
        if len(found) > 1:
            return None
        terms[m] = c * found.pop() if found else c
    for c, inside in form.logs:
        found = {rate(i) for m in inside for i, _ in m}
        if len(found) > 1:
            return None
        logs.append((c * found.pop(), inside))
    return Form(terms, tuple(logs))
