"""Seeded mutants of the built-in claims: what a slip of the pen, or a forger, would write. Truth is
never looked at.

One mutant differs from its origin in one place of one conclusion or in one hypothesis. The
generator is a function of
the seed alone: no set is iterated and no hash is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from random import Random

from verify.claims.claim import Claim
from verify.claims.hypotheses import Homogeneous
from verify.terms.expr import BINDERS, Expr, J, L, P, const, g, num, q, quad, u, w

FACTORS = tuple(Fraction(x) for x in ("2", "1/2", "3", "11/10", "-2", "999/1000"))
SHIFTS = (
    num(1),
    num(-1),
    num(2),
    num(-2),
    num(Fraction(1, 2)),
    num(Fraction(-1, 2)),
    num(Fraction(1, 10)),
    L,
    -L,
)
TRIES = 30  # places tried before a kind is passed over for this turn
DEGREES = (*(num(x) for x in (0, 1, 2, 3, -1, -2)), const("k"))


@dataclass(frozen=True)
class Mutant:
    """``kind`` and ``origin`` are labels for the report; ``conclusion`` is empty where a hypothesis
    was changed.
    """

    kind: str
    origin: str
    conclusion: str
    what: str
    claim: Claim


@dataclass(frozen=True)
class Site:
    """A node of a tree: how to get there, and the index variables that are bound around it."""

    path: tuple[int, ...]
    node: Expr
    bound: tuple[tuple[str, str], ...]


def sites(node: Expr, path: tuple[int, ...] = (), bound: tuple = ()) -> Iterator[Site]:
    """Every node outside exponents, the root first."""
    yield Site(path, node, bound)
    inner = (*bound, (node.args[0], node.args[1])) if node.head in BINDERS else bound
    for j, arg in enumerate(node.args):
        if isinstance(arg, Expr) and not (node.head == "^" and j == 1):
            yield from sites(arg, (*path, j), inner)


def put(node: Expr, path: tuple[int, ...], new: Expr) -> Expr:
    """The tree with another node at a path."""
    if not path:
        return new
    j = path[0]
    return Expr(node.head, (*node.args[:j], put(node.args[j], path[1:], new), *node.args[j + 1 :]))


def coefficient(rng: Random, site: Site, names: dict[str, list]) -> Expr | None:
    node = site.node
    if node.head == "num":
        value = node.args[0]
        return num(
            rng.choice(
                [x for x in (value + 1, value - 1, *(value * f for f in FACTORS)) if x != value]
            )
        )
    return rng.choice(FACTORS) * node


def sign(rng: Random, site: Site, names: dict[str, list]) -> Expr | None:
    if site.node.head == "num":
        return num(-site.node.args[0])
    return Expr("*", (num(-1), site.node))


def exponent(rng: Random, site: Site, names: dict[str, list]) -> Expr | None:
    """Another exponent on a power; a power of an atom that has none."""
    match site.node:
        case Expr("^", (base, Expr("num", (value,)))):
            shift = rng.choice(SHIFTS)
            return Expr(
                "^",
                (base, num(value + shift.args[0]) if shift.head == "num" else num(value) + shift),
            )
        case Expr("^", (base, e)):
            return Expr("^", (base, e + rng.choice(SHIFTS)))
        case Expr("at" | "form" | "const" | "loss"):
            return site.node ** rng.choice((2, 3, -1, Fraction(1, 2)))
    return None


def index(rng: Random, site: Site, names: dict[str, list]) -> Expr | None:
    """Another coordinate, another matrix, or a sum that is left out."""
    match site.node:
        case Expr("at", (name, *layers, i)):
            return Expr(
                "at", (name, *layers, rng.choice([x for x in names["coordinates"] if x != i]))
            )
        case Expr("form", ("quad", name)):
            return quad(rng.choice([x for x in ("S_B", "S_W", "I") if x != name]))
        case Expr("sum", (_, "coordinates", body)):
            return body
    return None


def layer(rng: Random, site: Site, names: dict[str, list]) -> Expr | None:
    """Another layer; w_i and q_i written with layers, rightly or wrongly; a sum over layers left
    out; a fixed L.
    """
    one, other = rng.choice(names["layers"]), rng.choice(names["layers"])
    match site.node:
        case Expr("at", ("u" | "P" | "R" as name, *layers, i)):
            j = rng.randrange(len(layers))
            layers[j] = rng.choice([x for x in names["layers"] if x != layers[j]])
            return Expr("at", (name, *layers, i))
        case Expr("at", ("w", i)):
            return u[one, i] * P[other, i]
        case Expr("at", ("q", i)):
            return rng.choice((u[one, i] ** 2, u[one, i] * u[other, i]))
        case Expr("sum" | "prod" | "max" | "min", (_, "layers", body)):
            return body
        case Expr("const", ("L",)):
            return num(rng.choice((1, 2, 3)))
    return None


def dropped_term(rng: Random, site: Site, names: dict[str, list]) -> Expr | None:
    """A sum or a product with one part less."""
    if site.node.head not in ("+", "*"):
        return None
    j = rng.randrange(len(site.node.args))
    rest = (*site.node.args[:j], *site.node.args[j + 1 :])
    return rest[0] if len(rest) == 1 else Expr(site.node.head, rest) if rest else None


def tiny(rng: Random, site: Site, names: dict[str, list]) -> Expr | None:
    """10^-3 .. 10^-40 times a monomial in the letters of the claim, added at any place."""
    i, l = (rng.choice(names[kind]) for kind in ("coordinates", "layers"))
    if names["forms"]:
        letters = [quad("S_B"), quad("S_W"), quad("I"), const("lambda"), w[i]]
    else:
        letters = [u[l, i], P[l, i], w[i], g[i], q[i], J, u[l, i] ** 2, w[i] * g[i]]
    monomial = num(Fraction(1, 10 ** rng.randint(3, 40)))
    for _ in range(rng.randint(1, 3)):
        monomial = monomial * rng.choice(letters)
    return site.node + monomial


ON_EXPRESSIONS: dict[str, Callable[[Random, Site, dict[str, list]], Expr | None]] = {
    "coefficient": coefficient,
    "sign": sign,
    "exponent": exponent,
    "index": index,
    "dropped term": dropped_term,
    "wrong layer": layer,
    "tiny monomial": tiny,
}
KINDS = (*ON_EXPRESSIONS, "dropped hypothesis", "wrong loss degree")


def in_expression(rng: Random, kind: str, claim: Claim) -> Mutant | None:
    """One place of one conclusion, changed."""
    name = rng.choice(list(claim.concluding))
    conclusion = claim.concluding[name]
    field = rng.choice(
        [f.name for f in fields(conclusion) if isinstance(getattr(conclusion, f.name), Expr)]
    )
    tree: Expr = getattr(conclusion, field)
    site = rng.choice(list(sites(tree)))
    around = dict(site.bound)
    for e in conclusion.expressions():
        around.update({x: k for x, k in e.free_indices().items() if x not in around})
    names: dict[str, list] = {"forms": [e for e in conclusion.expressions() if e.has("form")]}
    for size, fresh in (("coordinates", "j"), ("layers", "m")):
        names[size] = [*dict.fromkeys([x for x, k in around.items() if k == size] + [fresh]), 1, 2]
    new = ON_EXPRESSIONS[kind](rng, site, names)
    if new is None or new == site.node:
        return None
    changed = {**claim.concluding, name: replace(conclusion, **{field: put(tree, site.path, new)})}
    return Mutant(
        kind, claim.id, name, f"{field}{list(site.path)}: {new}", bare(claim, concluding=changed)
    )


def in_hypotheses(rng: Random, kind: str, claim: Claim) -> Mutant | None:
    """A hypothesis left out, or a loss of another degree."""
    if not claim.assuming:
        return None
    h = rng.choice(claim.assuming)
    if kind == "dropped hypothesis":
        rest = tuple(x for x in claim.assuming if x is not h)
        return Mutant(
            kind,
            claim.id,
            "",
            h.id,
            bare(claim, assuming=rest, setting=h.setting_without(claim.setting)),
        )
    if not isinstance(h, Homogeneous):
        return None
    degree = rng.choice([d for d in DEGREES if d != h.degree])
    changed = tuple(Homogeneous.of(degree) if x is h else x for x in claim.assuming)
    return Mutant(kind, claim.id, "", f"degree {degree.args[0]}", bare(claim, assuming=changed))


def bare(claim: Claim, **changes: object) -> Claim:
    """The changed claim without what only illustrates it."""
    return replace(claim, experiments=(), breaks=(), remarks=(), **changes)  # type: ignore[arg-type]


def content(claim: Claim) -> tuple:
    """What a claim says: two mutants with the same content are one."""
    return (claim.setting, claim.assuming, dict(claim.concluding))


def mutants(claims: Sequence[Claim], count: int = 500, seed: int = 0) -> list[Mutant]:
    """``count`` different mutants, dealt to claims and kinds in turn. Raises ValueError where there
    are not so many.
    """
    exact = [c for c in claims if all(k.exact for k in c.concluding.values())]
    found: list[Mutant] = []
    seen = [content(c) for c in exact]
    for turn in range(count):
        for kind in KINDS:
            for claim in exact:
                rng = Random(f"{seed}/{turn}/{kind}/{claim.id}")
                make = in_expression if kind in ON_EXPRESSIONS else in_hypotheses
                made = (make(rng, kind, claim) for _ in range(TRIES))
                mutant = next(
                    (m for m in made if m is not None and content(m.claim) not in seen), None
                )
                if mutant is None:
                    continue
                seen.append(content(mutant.claim))
                found.append(mutant)
                if len(found) == count:
                    return found
    raise ValueError(f"{len(found)} different mutants exist for this seed, {count} were asked for")
