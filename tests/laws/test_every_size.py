"""Every size-free proof, instantiated at L = 1..6 and n = 1..4 and derived again entry by entry.

Nothing of the prover takes part: the obligations are formed here from the certificate's inputs,
over ``table.Net`` with one polynomial variable for each weight u_(l,i) and each g_i, the product
rule along u_l' = -P_l g - kappa u_l, and (where balance is assumed) the substitution u_(l,i) =
s_(l,i) t_i with signs s; then w_i = +- t_i^L and q_i = t_i^2. Obligation minus cofactor times
relation must be the zero polynomial (the zero numerator, where the claim assumes w_i != 0).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import pytest

from tests.laws.table import Net, Ratio, Scope

FOLDER = Path(__file__).resolve().parents[2] / "proofs" / "certificates"
ALL = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("*.json"))}
BODIES = {
    name: body for name, body in ALL.items() if body["format"] == "flowlaw-certificate"
}  # of networks
DEPTHS, WIDTHS = range(1, 7), range(1, 5)
SQUARE = ["^", ["at", "u", "l", "i"], "2"]
LAYER = ["sum", "i", "coordinates", SQUARE]
GAP = ["+", SQUARE, ["*", "-1", ["^", ["at", "u", "m", "i"], "2"]]]


def obligations(conclusion: dict, hints: dict) -> list[Any]:
    """Formed from the conclusion as the format states it."""
    minus = lambda a, b: ["+", a, ["*", "-1", b]]
    match conclusion["kind"]:
        case "conserved":
            return [["D", conclusion["quantity"]]]
        case "equation" if hints["through"] is not None:
            return [
                minus(conclusion["left"][1], hints["through"]),
                minus(["D", hints["through"]], conclusion["right"]),
            ]
        case "equation":
            return [minus(conclusion["left"], conclusion["right"])]
        case "linear-law":
            x, c = conclusion["quantity"], conclusion["rate"]
            return [minus(["D", x], ["*", c, x]), ["D", c]]
        case "keeps-sign":
            x, c = conclusion["quantity"], conclusion["rate"]
            return [minus(["^", ["D", x], "2"], ["*", c, ["^", x, "2"]])]
        case "inequality":
            return {"HOLDER": [["D", LAYER]], "GEOMETRIC_MEAN_BETWEEN": [["D", GAP], ["D", LAYER]]}[
                hints["rule"]
            ]
    raise AssertionError(conclusion["kind"])


def heads(node: Any) -> set[str]:
    if not isinstance(node, list):
        return set()
    return {node[0]}.union(*(heads(x) for x in node[1:]))


def free(node: Any, bound: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Index variables that no sum binds, with what they count."""
    if isinstance(node, list) and node[0] == "at":
        layers = {"u": 1, "P": 1, "R": 2}.get(node[1], 0)
        for place, x in enumerate(node[2:]):
            if isinstance(x, str) and x not in bound:
                yield x, "layers" if place < layers else "coordinates"
    elif isinstance(node, list):
        inner = bound | {node[1]} if node[0] in ("sum", "prod", "max", "min") else bound
        for x in node[1:]:
            yield from free(x, inner)


def scopes(node: Any, net: Net) -> Iterator[Scope]:
    """All values of the free variables; two layers differ where R occurs."""
    kinds = dict(free(node))
    sizes = [net.depth if kind == "layers" else net.width for kind in kinds.values()]
    for values in product(*(range(1, s + 1) for s in sizes)):
        scope = dict(zip(kinds, values, strict=True))
        if '"R"' not in json.dumps(node) or scope.get("l") != scope.get("m"):
            yield scope


def relation(body: dict) -> Any:
    """sum_i w_i g_i - k J of the homogeneous hypothesis, or None."""
    degree = next((h["degree"] for h in body["assuming"] if h["kind"] == "homogeneous"), None)
    inner = ["sum", "i", "coordinates", ["*", ["at", "w", "i"], ["at", "g", "i"]]]
    return None if degree is None else ["+", inner, ["*", "-1", degree, ["loss"]]]


def nets(body: dict) -> Iterator[Net]:
    """All sizes that the sentence admits."""
    kinds = {h["kind"]: h for h in body["assuming"]}
    least = max(body["setting"]["least_depth"], kinds.get("depth-at-least", {"bound": 1})["bound"])
    settings = ("balanced" in kinds, "nonzero" in kinds, bool(body["setting"]["decay"]))
    for depth, width in product(DEPTHS, WIDTHS):
        if depth >= least:
            yield Net(depth, width, *settings, seed=depth * 10 + width)


def rest(net: Net, body: dict, obligation: Any, cofactors: dict, scope: Scope) -> Ratio:
    """Obligation minus cofactor times relation, on balanced states where balance is assumed."""
    value = net.value(obligation, scope)
    for cofactor in cofactors.values():
        value = value + net.number(-1) * net.value(cofactor, scope) * net.value(
            relation(body), scope
        )
    return net.on_balance(value)


STEPS = [
    (name, which, number)
    for name, body in BODIES.items()
    if body["verdict"] == "PROVED"
    for which, c in body["conclusions"].items()
    if "euler" not in heads(c.get("left"))
    for number in range(len(obligations(c, body["proof"][which])))
]


def step(name: str, which: str, number: int) -> tuple[Any, dict]:
    """An obligation and its cofactors (missing ones are 0)."""
    hints = BODIES[name]["proof"][which]
    cofactors = hints["cofactors"][number] if number < len(hints["cofactors"]) else {}
    return obligations(BODIES[name]["conclusions"][which], hints)[number], cofactors


@pytest.mark.parametrize(("name", "which", "number"), STEPS)
def test_each_identity_holds_entry_by_entry(name: str, which: str, number: int) -> None:
    obligation, cofactors = step(name, which, number)
    tried = 0
    for net in nets(BODIES[name]):
        for scope in scopes(obligation, net):
            tried += 1
            value = rest(net, BODIES[name], obligation, cofactors, scope)
            assert value.top == 0, f"L = {net.depth}, n = {net.width}, {scope}: {value.top} is left"
    assert tried >= 20


@pytest.mark.parametrize(
    ("name", "which", "number"), [s for s in STEPS if any(step(*s)[1].values())]
)
def test_another_cofactor_leaves_something(name: str, which: str, number: int) -> None:
    """Otherwise the test above could not fail."""
    obligation, cofactors = step(name, which, number)
    others = {h: ["+", "1", c] for h, c in cofactors.items()}
    for net in nets(BODIES[name]):
        scope = next(scopes(obligation, net))
        assert rest(net, BODIES[name], obligation, others, scope).top != 0


def is_balanced(body: dict) -> bool:
    return any(h["kind"] == "balanced" for h in body["assuming"])


#: |w|^(2/L) from any start is no polynomial in the weights: that misreading has its own test among
# the witnesses
FALSE = [
    "diag-balance-descent-exact",
    "lda-gd-conserves",
    "quasi-norm-any-loss",
    "quasi-norm-degree-2",
]


@pytest.mark.parametrize("name", FALSE)
def test_a_misreading_leaves_something(name: str) -> None:
    """The false variants, with the sign and factor that would be right if their hypotheses
    sufficed.
    """
    (conclusion,) = BODIES[name]["conclusions"].values()
    (obligation,) = obligations(conclusion, {"through": None})
    net = Net(3, 2, is_balanced(BODIES[name]))
    scope = next(s for s in scopes(obligation, net) if len(set(s.values())) == len(s))
    assert rest(net, BODIES[name], obligation, {}, scope).top != 0
    if relation(BODIES[name]) is not None:
        for cofactor in ("-2", "2", ["*", "-2", ["const", "eta"]]):
            assert rest(net, BODIES[name], obligation, {"euler": cofactor}, scope).top != 0


@pytest.mark.parametrize("decay", [False, True])
def test_balance_is_kept(decay: bool) -> None:
    """(u_l^2 - u_m^2)' = -2 kappa (u_l^2 - u_m^2) entry by entry, from any start: the premise of
    every balanced proof.
    """
    rate = ["*", "2", ["const", "kappa"], GAP] if decay else "0"
    for depth, width in product(DEPTHS, WIDTHS):
        net = Net(depth, width, decay=decay)
        for scope in scopes(GAP, net):
            assert net.value(["+", ["D", GAP], rate], scope).top == 0


def test_roots_agree_on_balanced_states() -> None:
    """q_i = t_i^2 whichever layer it is read from, and q_i^L = w_i^2."""
    for depth, width in product(DEPTHS, WIDTHS):
        net = Net(depth, width, balanced=True, seed=depth)
        power = [
            "+",
            ["^", ["at", "q", "i"], ["const", "L"]],
            ["*", "-1", ["^", ["at", "w", "i"], "2"]],
        ]
        for obligation in (power, ["+", ["at", "q", "i"], ["*", "-1", SQUARE]]):
            assert all(
                net.on_balance(net.value(obligation, s)).top == 0 for s in scopes(obligation, net)
            )
        assert net.value(power, {"i": 1}).top != 0 or depth == 1, "unbalanced, u_1^2 is no root"


# --- identities of rational functions in quadratic forms: one variable for each w_i and each matrix
# entry ---


def form(net: Net, node: Any) -> Ratio:
    """The value; a logarithm has none here, and none is left where Euler's operator has acted."""
    match node:
        case ["form", "quad", name]:
            pairs = product(range(1, net.width + 1), repeat=2)
            return total(
                net,
                (
                    entry(net, name, i, j) * net.letter(f"u1_{i}") * net.letter(f"u1_{j}")
                    for i, j in pairs
                ),
            )
        case ["+", *args]:
            return total(net, (form(net, a) for a in args))
        case ["*", *args]:
            return prod((form(net, a) for a in args), start=net.number(1))
        case ["^", base, e]:
            return form(net, base).power(int(e))
        case ["euler", body]:
            return moved(net, body)
    return net.value(node, {})


def entry(net: Net, name: str, i: int, j: int) -> Ratio:
    if name == "I":
        return net.number(i == j)
    if name.startswith("diag_"):
        return net.letter(f"{name}{i}") if i == j else net.number(0)
    return net.atom(name, [i, j])


def total(net: Net, terms: Any) -> Ratio:
    return sum(terms, start=net.number(0))


def moved(net: Net, node: Any) -> Ratio:
    """sum_i w_i dF/dw_i by differentiating every polynomial; E log F = E F / F."""
    if node[0] == "log":
        return moved(net, node[1]) * form(net, node[1]).power(-1)
    if node[0] == "+":
        return total(net, (moved(net, a) for a in node[1:]))
    if node[0] == "*" and any(x[0] == "log" for x in node[1:]):
        number, log = node[1:]
        return form(net, number) * moved(net, log)
    value = form(net, node)
    names = [f"u1_{i}" for i in range(1, net.width + 1)]
    up, down = (
        total(net, (net.letter(x) * net.partial(p, x) for x in names))
        for p in (value.top, value.bottom)
    )
    top, bottom = (Ratio(p, net.ring.constant(1)) for p in (value.top, value.bottom))
    return (up * bottom + net.number(-1) * top * down) * bottom.power(-2)


FORMS = [
    (n, which)
    for n, b in BODIES.items()
    for which, c in b["conclusions"].items()
    if "euler" in heads(c.get("left"))
]


@pytest.mark.parametrize(("name", "which"), FORMS)
def test_each_identity_of_forms_holds_entry_by_entry(name: str, which: str) -> None:
    """True for the proved ones; the refuted one leaves something at every width."""
    (obligation,) = obligations(BODIES[name]["conclusions"][which], {"through": None})
    for width in WIDTHS:
        assert (form(Net(1, width), obligation).top == 0) == (BODIES[name]["verdict"] == "PROVED")


def test_every_proved_conclusion_was_instantiated() -> None:
    done = {(name, which) for name, which, _ in STEPS} | set(FORMS)
    wanted = {
        (n, which)
        for n, b in BODIES.items()
        if b["verdict"] == "PROVED"
        for which in b["conclusions"]
    }
    assert wanted <= done and len(wanted) >= 25
