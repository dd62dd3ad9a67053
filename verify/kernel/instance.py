"""What is checked at the exact point of a certificate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from verify.kernel.affine import Index
from verify.kernel.conclusions import Conclusion
from verify.kernel.exact import Value, vanishes
from verify.kernel.facts import Fact
from verify.kernel.limits import need
from verify.kernel.points import Env, Point
from verify.kernel.ring import Poly
from verify.kernel.sums import Proof
from verify.kernel.terms import Term, letter_at, term_of


def holds(point: Point, fact: Fact) -> bool:
    """A fact at all its indices there; its sides are evaluated as they are written, too."""
    return all(_true(fact.relation, _gap(point, fact, env)) for env in point.places(fact.indices))


def _gap(point: Point, fact: Fact, env: Env) -> Value:
    found = point.value(term_of(fact.poly), env)
    if fact.sides:
        a, b = (point.value(x, env) for x in fact.sides)
        from_sides = vanishes(found) == (a == b)
        if not isinstance(a, tuple) and not isinstance(b, tuple):
            from_sides = found == a - b
        need(from_sides, f"{fact.name}: its sides and its normal form differ at the point")
    return found


def _true(relation: str, x: Value) -> bool:
    if isinstance(x, tuple) or relation == "=":
        return vanishes(x)
    return {">=": x >= 0, ">": x > 0, "!=": x != 0}[relation]


def inhabited(point: Point, indices: Sequence[Index], what: str) -> None:
    """Some value of the indices there."""
    need(any(True for _ in point.places(indices)), f"{what}: its range is empty at the point")


def satisfied(point: Point, proof: Proof, facts: Iterable[Fact]) -> None:
    """Definitions, homogeneity, hypotheses and derived facts hold; something moves."""
    for x in proof.setting.letters("exp", "log", "gate"):
        for env in point.places(x.indices):
            point.value(term_of(letter_at(x, x.own())), env)
    for fact in proof.setting.facts.values():
        need(holds(point, fact), f"{fact.name} fails at the point")
    for fact in facts:
        inhabited(point, fact.indices, fact.name)
        need(holds(point, fact), f"{fact.name} fails at the point")
    for loss, made in proof.setting.made.items():
        if loss.role == "loss" and loss.name + "@" in proof.setting.facts:
            seen = term_of(made.value)
            moved = any(not vanishes(point.value(seen, env)) for env in point.places(made.over))
            need(moved, "the argument of a loss is 0 at the point")
    if proof.setting.rates:
        need(
            any(
                not vanishes(point.value(term_of(p), env))
                for u, p in proof.setting.rates.items()
                for env in point.places(u.indices)
            ),
            "no parameter moves at the point",
        )


def says_something(point: Point, proof: Proof, found: Conclusion) -> None:
    """Its range is inhabited, it holds there; a side of an equation or inequality is not 0 there,
    or a law's subject, and some monomial of its derivative by one factor.
    """
    inhabited(point, found.indices, found.name)
    need(holds(point, found), f"{found.name} fails at the point: a defect of the kernel")
    seen: list[Sequence[Term]] = [found.terms]
    if found.kind not in ("equation", "inequality"):
        flow = proof.setting.flow
        assert flow is not None
        p = found.terms[0].poly
        rates = [term_of(Poly(p.shape, {m: c})) for x in flow.parts(p) for m, c in x.terms.items()]
        logs = p.mentions(lambda x: x.role == "log")  # all 0
        seen = [rates] if logs else [found.terms[:1], rates]
    for terms in seen:
        places = ((t, env) for t in terms for env in point.places(found.indices))
        some = any(not vanishes(x) for t, env in places for x in _parts(point, t, env))
        need(some, f"{found.name}: everything in it is 0 at the point, so it says nothing there")


def _parts(point: Point, t: Term, env: Env) -> Iterable[Value]:
    """The summands of a sum, or the value."""
    if t.op == "sum":
        assert t.index is not None
        for inner in point.places([t.index], env):
            yield from _parts(point, t.parts[0], inner)
    else:
        yield point.value(t, env)


def fails(point: Point, found: Conclusion) -> None:
    """A witness: the obligation does not hold at some values of the indices there."""
    need("sign" not in found.kind, f"{found.name}: a point does not refute that a sign is kept")
    need(not holds(point, found), f"{found.name} holds at the witness")
