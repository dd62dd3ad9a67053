"""Whether a parametrisation is a mirror flow from a start: the proofs and exclusions of
``verify.mirror.geometry``, block by block.
"""

from __future__ import annotations

from dataclasses import replace

from flint import arb, arb_mat, fmpq, fmpq_mat

from verify.exact.errors import BadInput, NoValue
from verify.mirror.answer import EXCLUDED, MIRROR, OPEN, RETIMED, Answer, Block
from verify.mirror.atoms import Atom, table
from verify.mirror.exclude import determinant, plain, retimed
from verify.mirror.explicit import Explicit
from verify.mirror.field import Element
from verify.mirror.geometry import Geometry, blocks
from verify.mirror.given import Given
from verify.mirror.integral import monomial_integral
from verify.mirror.leaf import independent, spans
from verify.mirror.named import named, three_halves
from verify.mirror.signs import sign
from verify.mirror.solve import Combination, Sampled, summed
from verify.mirror.subspace import within

MOST_UNKNOWNS = 700  #: of a system for h and c together


def decide(given: Given) -> Answer:
    """Raises BadInput where rank J < d at the start. What the whole space of parameters leaves open
    is decided again on the linear subspace in which the leaf lies.
    """
    _refuse_rank(given)
    whole = _answer(given)
    further = all(b.further for b in whole.blocks if b.verdict == EXCLUDED)
    if whole.verdict in (MIRROR, RETIMED) or (
        whole.verdict == EXCLUDED and (len(whole.blocks) > 1 or further)
    ):
        return whole
    inside = within(given)
    if inside is given:
        return whole
    found = _answer(inside)
    return found if found.verdict in (MIRROR, RETIMED) else whole


def _answer(given: Given) -> Answer:
    parts = blocks(given.field, given.outputs)
    return Answer(given, tuple(_block(given, tuple(x), len(parts) > 1) for x in parts))


def _refuse_rank(given: Given) -> None:
    g = Geometry(given.field, given.outputs)
    d, count = g.count, len(g.parameters)
    rows = [[row[k].at(given.values) if k in row else fmpq(0) for k in g.parameters]
            for row in g.slopes]  # fmt: skip
    if any(isinstance(x, Element) for row in rows for x in row):
        parts = [Geometry(g.field, tuple(g.outputs[i] for i in part))
                 for part in blocks(g.field, g.outputs)]  # fmt: skip
        if not all(p.count <= 4 and sign(determinant(p.kernel, p).at(given.values)) for p in parts):
            raise NoValue("the rank of the Jacobian at this start is not known to be full")
        return
    if not all(isinstance(x, fmpq) for row in rows for x in row):
        whole = arb_mat(d, count, [arb(x) for row in rows for x in row])
        if not (whole * whole.transpose()).det() != 0:
            raise NoValue("the rank of the Jacobian at this start is not known to be full")
        return
    rank = fmpq_mat(d, count, [x for row in rows for x in row]).rank() if count else 0
    if rank < d:
        still = [given.field.names[k] for k, x in enumerate(given.start) if x == 0]
        zeros = f"; {', '.join(still[:6])} = 0 there" if still else ""
        raise BadInput(
            f"--start {', '.join(map(str, given.start))}: the Jacobian of {given.name} has rank"
            f" {rank} there{zeros}; expected rank {d}, one for each output. Begin elsewhere, or"
            " leave out outputs that depend on others."
        )


def _block(given: Given, members: tuple[int, ...], several: bool) -> Block:
    """One block; where there are several no change of time can help."""
    g = Geometry(given.field, tuple(given.outputs[i] for i in members))
    word = plain(g, given.values) if g.count > 1 else None
    turning = any(g.brackets.values())
    if word is not None:
        return _excluded(given, Block(members, g, EXCLUDED, "", word=word, bracket=True), several)
    atoms = table(g, given.values)
    sampled = Sampled(g, atoms)
    laws = independent(g, sampled.laws(), given)
    h, dual = _map(g, sampled)
    why = "one output" if g.count == 1 else "commuting" if not turning else spans(g, laws, given)
    body = Block(members, g, MIRROR, why, tuple(laws), h, dual, bracket=turning)
    if h and why:
        return _with_formula(given, body)
    if why in ("one output", "commuting"):
        return replace(body, integral=monomial_integral(given, g))
    reason = "its defects and their derivatives along the fields that were looked at are 0 at the"
    reason += " start, and no mirror map was found in the table of functions"
    return replace(body, verdict=OPEN, why=reason, mirror=(), conserved=bool(h))


def _map(g: Geometry, sampled: Sampled) -> tuple[tuple[Combination, ...], Combination | None]:
    """All h_j with X_i h_j = delta_ij, or none; and the dual with X_i dual = beta_i."""
    one, zero = g.field.number(1), g.field.number(0)
    rights = [[one if i == j else zero for i in range(g.count)] for j in range(g.count)]
    *found, dual = sampled.with_derivatives([*rights, list(g.outputs)])
    h = tuple(x for x in found if x)
    return (h if len(h) == g.count else ()), dual


def _excluded(given: Given, block: Block, several: bool) -> Block:
    """Excluded as it runs; with another clock it may be one."""
    g, start = block.geometry, given.values
    atoms = table(g, given.values)
    h = _map(g, Sampled(g, atoms))[0]
    block = replace(block, mirror=h, conserved=bool(h))
    if several:
        return block
    further = retimed(g, start)
    if further is not None:
        return replace(block, further=further)
    speeds = [a for a in atoms if a.kind == "power" and min(a.numbers) > 0]
    if len(g.parameters) <= 6:
        speeds += _triples(g)
    if len(atoms) * g.count + len(speeds) > MOST_UNKNOWNS:
        atoms = [a for a in atoms if len(a.letters) == 1]
    sampled = Sampled(g, atoms, g.count)
    found = sampled.retimed(speeds)
    laws = independent(g, sampled.laws(), given)
    why = spans(g, laws, given)
    if found is None or not why:
        return block
    h, c = found
    speed = summed(c, g)
    at_start = sign(speed.at(start))
    if not at_start:
        return block
    if at_start < 0:
        h, c = tuple(_scaled(x, -1) for x in h), _scaled(c, -1)
        speed = -speed
    (dual,) = sampled.with_derivatives([[speed * f for f in g.outputs]])
    found_block = replace(
        block, verdict=RETIMED, why=why, laws=tuple(laws), mirror=h, dual=dual, speed=c
    )
    return _with_formula(given, replace(found_block, conserved=False))


def _with_formula(given: Given, b: Block) -> Block:
    """With what it is in beta, where that has degree 1 or 2."""
    names = [given.output_names[i] for i in b.outputs]
    explicit = Explicit(b.geometry, b.laws, names, given.values)
    formula = explicit.formula(b.mirror, b.dual, b.speed)
    own = named(b.geometry, names[0], given.values) or three_halves(b.geometry, formula, names)
    return replace(b, formula=formula, named=own)


def _triples(g: Geometry) -> list[Atom]:
    p = [i for i in g.letters if g.field.rates[i]]
    pairs = [(i, k) for i in p for k in p if i != k]
    found = [Atom("power", (i, k), (2, 1)) for i, k in pairs]
    return found + [Atom("power", (i,), (3,)) for i in p]


def _scaled(f: Combination, c: int) -> Combination:
    return Combination(tuple((c * x, atom) for x, atom in f.terms))
