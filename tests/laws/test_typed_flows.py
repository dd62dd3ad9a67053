"""What is still written out by hand although a model gives it, each compared exactly with what is
derived, at states drawn by a seed and several sizes. ``TYPED`` and ``LEFT`` only shrink.

What else belongs to the kind: every ``field`` of a System and every rate of a claim about formulas;
both are counted here, so that a new one is compared, or listed with the reason why no model of the
catalogue gives it; actions, moment maps and reduced flows that are derived (``DERIVED``).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from fractions import Fraction as F
from pathlib import Path
from random import Random

import pytest
from flint import fmpq

from proofs.flows.completion_flow import completion_by_entries, symmetric_completion
from proofs.flows.kirwan_ness_flow import kirwan_ness_flow
from proofs.flows.matrix_flow import moments
from proofs.flows.regularising_flow import exact_slopes
from tests.laws.test_typed_rates import RATES
from verify.exact.jets import Jet
from verify.exact.rings import Exact
from verify.integrate.evaluate import values
from verify.integrate.system import System
from verify.integrate.trace import Program, program
from verify.library.registry import claims
from verify.models.action import DeepLinear, Diagonal, LinearSystem, Units
from verify.models.catalogue import model
from verify.models.catalogue.base import Model
from verify.models.derived import motion, phi_at, slopes_at
from verify.models.formula_flow import Derived
from verify.models.formulas import Formulas, Power, Root
from verify.report.pictures import scalar as plane
from verify.terms.exponents import exponent_of
from verify.terms.expr import Expr
from verify.theories.symmetries.actions import build
from verify.theories.symmetries.families import Span
from verify.theories.symmetries.of_model import case_of
from verify.theories.symmetries.stabiliser import stabiliser

ROOT = Path(__file__).resolve().parents[2]
TRIES = 4
Row = Sequence[F]


def drawn(draw: Random) -> F:
    return F(draw.choice([-1, 1]) * draw.randint(1, 4), draw.randint(1, 3))


def row(draw: Random, count: int) -> list[F]:
    return [drawn(draw) for _ in range(count)]


def derived(name: str, sizes: tuple[int, ...], theta: Row, g: Row) -> list[F]:
    m = model(name)
    return slopes_at(motion(m), m.at(sizes), theta, g)


def on_the_fibre(m: Model, sizes: tuple[int, ...], theta: Row, slope: Row) -> list[F]:
    """Minus the part of a gradient along the orbit of all linear symmetries of phi, which are
    solved for: what the flow on a fibre is.
    """
    case = case_of(m, m.at(sizes))
    tangents = []
    for xi in stabiliser(case):
        v = [F(0)] * case.size
        for (i, j), x in xi.items():
            v[i] += x * theta[j]
        for u in tangents:  # made orthogonal, exactly
            c = dot(u, v) / dot(u, u)
            v = [a - c * b for a, b in zip(v, u, strict=True)]
        if any(v):
            tangents.append(v)
    found = [F(0)] * case.size
    for u in tangents:
        c = dot(u, slope) / dot(u, u)
        found = [a - c * b for a, b in zip(found, u, strict=True)]
    return found


def dot(x: Row, y: Row) -> F:
    return sum((a * b for a, b in zip(x, y, strict=True)), F(0))


def field(of: System) -> list[F]:
    """At the start, as fractions: balls of many bits hold no other fraction of few digits."""
    p = program(of)
    found = values(Program(p.nodes, p.start, (), p.slopes), list(of.start), F(0), 1200)
    pairs = [x.mid().man_exp() for x in found]
    return [(F(int(man)) * F(2) ** int(exp)).limit_denominator(10**60) for man, exp in pairs]


class State(dict):
    """Values of letters; atoms of a claim are computed when they are needed, exactly."""

    def __init__(self, claim: str, given: dict[str, F]) -> None:
        super().__init__(given)
        setting = claims()[claim].claim.setting
        assert isinstance(setting, Formulas)
        self.setting, self.atoms = setting, {a.name: a for a in setting.atoms}

    def __missing__(self, name: str) -> F:
        atom = self.atoms[name]
        self[name] = number(atom.of, self)
        if isinstance(atom, Root):
            self[name] = Exact().power(self[name], F(1, atom.degree))
        if isinstance(atom, Power):
            self[name] = Exact().power(self[name], number(atom.exponent, self))
        return self[name]


def rates(claim: str, given: dict[str, F]) -> dict[str, F]:
    """Of a claim about formulas, at a state where the roots in them are rational."""
    at = State(claim, given)
    return {x: number(e, at) for x, e in at.setting.rates.items()}


def number(e: Expr, at: dict[str, F]) -> F:
    match e.head, e.args:
        case "num", (c,):
            return F(c)
        case "const", (name,):
            return at[name]
        case "^", (base, power):
            exponent, symbolic = exponent_of(power)
            assert not symbolic
            return Exact().power(number(base, at), exponent)
    found = [number(x, at) for x in e.args]
    total = F(e.head == "*")
    for x in found:
        total = total * x if e.head == "*" else total + x
    return total


def two_layers(draw: Random) -> None:
    for claim in ("quasi-norm-bound-equality", "quasi-norm-bound-met"):
        names = [f"{x}{i}" for x in "ab" for i in (1, 2, 3)]
        theta, g = [abs(x) for x in row(draw, 6)], row(draw, 3)
        at = dict(zip([*names, "g1", "g2", "g3"], [*theta, *g], strict=True))
        assert list(rates(claim, at).values()) == derived("diagonal", (2, 3), theta, g)


def one_output(draw: Random) -> None:
    b1, b2, c, g1, g2 = row(draw, 5)
    found = rates("ach-motion-unbalanced", {"b1": b1, "b2": b2, "c": c, "g1": g1, "g2": g2})
    wanted = derived("layers", (2, 1, 1), [b1, b2, c], [g1, g2])
    assert [found[x] for x in ("b1", "b2", "c")] == wanted
    scale = drawn(draw)
    b1, b2, a = 3 * scale, 4 * scale, 5 * abs(scale)
    for depth in (1, 2, 3, 5):
        at = {"b1": b1, "b2": b2, "g1": g1, "g2": g2, "N": F(depth)}
        widths = (2, *(1 for _ in range(depth)))
        theta = [b1, b2, *[a] * (depth - 1)]
        wanted = derived("layers", widths, theta, [g1, g2])
        assert list(rates("ach-motion", at).values()) == wanted[:2]
        m = model("layers")
        moving = [Jet(Exact(), [x, s]) for x, s in zip(theta, wanted, strict=True)]
        w = phi_at(m, m.at(widths), moving)
        at |= {"w1": w[0].c[0], "w2": w[1].c[0]}
        for claim in ("ach-curl", "ach-no-potential", "ach-no-potential-any-depth"):
            here = State(claim, at)
            assert [-here["F1"], -here["F2"]] == [x.c[1] for x in w]


def decay_of_one_layer(draw: Random) -> None:
    u1, u2, rest, g, kappa, rho = row(draw, 6)
    at = {"u1": u1, "u2": u2, "R": rest, "g": g, "kappa": kappa, "rho": rho}
    m = model("diagonal")
    given = {("kappa", None): [[kappa]]}
    theta, sizes = [u1, u2, rest], m.at((3, 1))
    first = slopes_at(motion(m, decay=True), sizes, theta, [g], given=given)[0]
    second = slopes_at(motion(m), sizes, theta, [g])[1]
    for claim in ("diag-balance-one-layer", "diag-balance-one-layer-kept"):
        found = rates(claim, at)
        assert [found["u1"], found["u2"]] == [first, second]


def balanced_coordinates(draw: Random) -> None:
    """a = |w| of one coordinate with all layers equal: a' = sum over l of P_l u_l'."""

    def slope(depth: int, s: F, g: F) -> F:
        found = derived("diagonal", (depth, 1), [s] * depth, [g])
        return sum((s ** (depth - 1) * x for x in found), F(0))

    s, g = abs(drawn(draw)), abs(drawn(draw))
    for depth in (1, 2, 3, 4):
        at = {"a": s**depth, "L": F(depth), "g": g}
        assert rates("lda-blocked", at) == {"a": slope(depth, s, g)}
        if depth != 2:
            assert rates("lda-mirror-potential", at) == {"a": slope(depth, s, g)}
    assert rates("lda-blocked-depth-two", {"a": s**2, "g": g}) == {"a": slope(2, s, g)}
    for claim in ("lda-mirror-entropy", "lda-mirror-entropy-multiple"):  # y = log a
        assert number(claims()[claim].claim.setting.rates["y"], {"g": g}) == slope(2, s, g) / s**2


def scalar_fibres(draw: Random) -> None:
    m = model("scalars")
    for depth, claim in ((2, "dln-regflow-d1-n2"), (3, "dln-regflow-d1-n3")):
        w = row(draw, depth)
        at = {f"w{i}": x for i, x in enumerate(w, 1)}
        assert list(rates(claim, at).values()) == on_the_fibre(m, (depth,), w, w)
    w = [abs(x) for x in row(draw, 2)]
    for claim in ("amb-norm", "amb-norm-rate"):
        at = {"w1": w[0], "w2": w[1]}
        assert list(rates(claim, at).values()) == on_the_fibre(m, (2,), w, [F(1), F(1)])


def scalar_energies(draw: Random) -> None:
    w = row(draw, 2)
    flow = kirwan_ness_flow([[[w[0]]], [[w[1]]]])
    for claim in ("kn-scalar", "kn-exponential"):
        found = rates(claim, {"w1": w[0], "w2": w[1]})
        assert list(found.values()) == field(flow)


def signed_powers(draw: Random) -> None:
    """One coordinate of beta = w_+^D - w_-^D: of the squared loss g = 2 rho; escape has g = -c."""
    m = model("signed-power")
    p, q, rho = abs(drawn(draw)), abs(drawn(draw)), drawn(draw)
    for depth in (2, 3, 4):
        slopes = derived("signed-power", (depth, 1), [p, q], [2 * rho])
        claim = "flow-constant" if depth == 2 else "flow-constant-deep"
        for name in (claim, f"{claim}-printed"):
            found = rates(name, {"p": p, "m": q, "r": F(depth - 2), "rho": rho})
            assert [found["p"], found["m"]] == slopes
        name = "escape-time-depth-two" if depth == 2 else "escape-time"
        at = {"w": p, "r": F(depth - 2), "c": rho, "t": F(0)}
        assert rates(name, at)["w"] == slopes_at(motion(m), m.at((depth, 1)), [p, q], [-rho])[0]


def fibres(draw: Random) -> None:
    for widths in ((1, 1, 1), (2, 1, 2), (1, 2, 1), (2, 2, 2), (1, 2, 1, 1)):
        m = model("layers")
        shapes = list(zip(widths[1:], widths, strict=False))
        w = [[row(draw, c) for _ in range(r)] for r, c in shapes]
        flat = [x for layer in w for r in layer for x in r]
        found = [x for layer in exact_slopes(w) for r in layer for x in r]
        assert found == on_the_fibre(m, widths, flat, flat)


def group_actions(draw: Random) -> None:
    """Written generators are linear symmetries of phi, and all of them, except where three layers
    have a vector among them: there are more.
    """
    layers = [DeepLinear(d) for d in ((2, 1, 2), (2, 2, 2), (1, 2, 2, 1), (2, 2, 1, 2))]
    others = [Diagonal(2, 2), Diagonal(4, 1), Units(2, 2), Units(1, 3)]
    for given in (*layers, *others, LinearSystem(2, 1, 1), LinearSystem(1, 2, 1)):
        case = build(given)
        written, solved = Span(case.matrices()), Span(stabiliser(case))
        assert not any(solved.rest(xi) for xi in case.matrices())
        if given not in layers[2:]:
            assert not any(written.rest(xi) for xi in stabiliser(case)), given


def moment_maps(draw: Random) -> None:
    """G_k = W_k W_k^T - W_(k+1)^T W_(k+1), by hand."""
    for widths in ((2, 1, 2), (1, 2, 3), (2, 2, 1, 2)):
        shapes = list(zip(widths[1:], widths, strict=False))
        w = [[row(draw, c) for _ in range(r)] for r, c in shapes]
        for k, found in enumerate(moments(w)):
            below, above = w[k], list(zip(*w[k + 1], strict=True))
            wanted = [
                [dot(below[i], below[j]) - dot(above[i], above[j]) for j in range(len(below))]
                for i in range(len(below))
            ]
            assert found == wanted


def completion(draw: Random) -> None:
    """W = U U^T stays symmetric where only entries of a symmetric target are seen."""
    m = model("completion")
    sizes = m.at((2, 2, 2))
    u = row(draw, 4)
    if u[0] * u[3] == u[1] * u[2]:
        return
    w11, w12, w21, w22 = phi_at(m, sizes, [*u, *u])
    du = slopes_at(motion(m), sizes, [*u, *u], [F(0), w12 - 1, w21 - 1, w22])
    moving = [Jet(Exact(), [x, s]) for x, s in zip([*u, *u], du, strict=True)]
    d11, d12, _, d22 = (x.c[1] for x in phi_at(m, sizes, moving))
    assert field(completion_by_entries(w11, w12, w22)) == [d11, d12, d22]
    rate = (d11 * w22 + w11 * d22 - 2 * w12 * d12) / (w11 * w22 - w12 * w12)
    assert field(symmetric_completion(w11, w12, w22)) == [d11, d12, rate]


def pictures(draw: Random) -> None:
    """The plane of two scalar layers."""
    w1, w2 = row(draw, 2)
    m = model("layers")

    def at(flow: plane.PlaneFlow) -> list[F]:
        point = [fmpq(x.numerator, x.denominator) for x in (w1, w2)]
        below = flow.below(*point)
        return [F(str(p(*point) / below)) for p in (flow.first, flow.second)]

    target = F(plane.TARGET)
    assert at(plane.learning()) == derived("layers", (1, 1, 1), [w1, w2], [w1 * w2 - target])
    assert at(plane.regularising()) == on_the_fibre(m, (1, 1, 1), [w1, w2], [w1, w2])
    assert at(plane.kirwan_ness()) == field(kirwan_ness_flow([[[w1]], [[w2]]]))
    assert at(plane.group()) == [w1, -w2]


#: where it is written, and what compares it
TYPED: dict[str, Callable[[Random], None]] = {
    "claims: ach-curl": one_output,
}
MOST = 1  #: rows; it only shrinks
#: rates that ``Follows`` takes from phi, by the models' motions
TWICE: dict[str, Callable[[Random], None]] = {
    "quasi-norm-bound": two_layers,
    "ach-motion": one_output,
    "diag-balance-one-layer": decay_of_one_layer,
    "lda-blocked, lda-mirror": balanced_coordinates,
    "dln-regflow-d1, amb-norm": scalar_fibres,
    "kn-scalar": scalar_energies,
    "flow-constant, escape-time": signed_powers,
}


@pytest.mark.parametrize("name", TYPED | TWICE)
def test_what_is_typed_is_what_is_derived(name: str) -> None:
    for seed in range(TRIES):
        (TYPED | TWICE)[name](Random(f"{name}{seed}"))


#: what is derived, in other coordinates or as an action, compared with what is solved for here
DERIVED: dict[str, Callable[[Random], None]] = {
    "proofs/flows/completion_flow.py": completion,
    "proofs/flows/regularising_flow.py": fibres,
    "proofs/flows/matrix_flow.py: moments": moment_maps,
    "verify/theories/symmetries/actions.py: generators": group_actions,
    "verify/report/pictures: the plane": pictures,
}


@pytest.mark.parametrize("name", DERIVED)
def test_what_is_derived_is_so(name: str) -> None:
    for seed in range(TRIES):
        DERIVED[name](Random(f"{name}{seed}"))


def test_the_list_only_shrinks() -> None:
    assert len(TYPED) <= MOST


#: rates of claims about formulas that no model of the catalogue gives, and what they are
OTHERS = {
    "a path, run through by its own parameter": (
        "coarea-printed", "coarea-weight", "dln-hidden-convexity-any", "dln-hidden-convexity-term",
        "dln-hidden-convexity-value", "dln-regflow-d1", "dln-regflow-d1-step",
        "dln-regflow-d1-unique", "kn-scalar-solution", "lda-eigenvalues-output-space",
        "ls-norm-open-orbit", "ou-bayes", "quasi-norm-ray", "diag-d2-qalpha", "diag-depthd-qd",
        "depth-infinity-potential", "explicit-potential", "diag-anytime-gap",
        "qalpha-arcsin-printed", "depth-kernel-coefficient",
    ),
    "a mean under noise, as a formula of time": ("ou-mean",),
}  # fmt: skip
COMPARED = (
    "quasi-norm-bound-equality", "quasi-norm-bound-met", "ach-motion", "ach-motion-unbalanced",
    "diag-balance-one-layer", "diag-balance-one-layer-kept", "lda-blocked",
    "lda-blocked-depth-two", "lda-mirror-potential", "lda-mirror-entropy",
    "lda-mirror-entropy-multiple", "dln-regflow-d1-n2", "dln-regflow-d1-n3",
    "dln-regflow-d1-rate-four", "amb-norm", "amb-norm-rate", "kn-scalar", "kn-exponential",
    "flow-constant", "flow-constant-printed", "flow-constant-deep", "flow-constant-deep-printed",
    "escape-time", "escape-time-depth-two",
)  # fmt: skip


#: rates that a model gives and that are typed all the same, and why; it only shrinks
LEFT = {
    "every model of a degree, in |w|^2 and the loss": (
        "lyu-li", "lyu-li-rises", "lyu-li-stationary", "lyu-li-turn",
    ),
    "any number of samples, in the speed": ("soudry-all-data-values",),
    "multipliers of two samples, and the clock of an entry": (
        "exp-crossover-behind", "exp-crossover-clock", "exp-crossover-early",
    ),
    "w^2 + b, which is not in the catalogue": ("lyu-li-non-homogeneous",),
}  # fmt: skip


def test_every_rate_of_a_claim_is_derived_or_explained() -> None:
    """Those that are derived are compared too, by the models' motions."""
    moving = {
        f.claim.id: f.claim.setting.rates
        for f in claims().values()
        if isinstance(f.claim.setting, Formulas) and f.claim.setting.rates
    }
    others, left = ({x for ids in rows.values() for x in ids} for rows in (OTHERS, LEFT))
    assert set(moving) == {*COMPARED, *RATES, *others}
    assert {x for x, rates in moving.items() if not isinstance(rates, Derived)} == others | left
    assert len(left) <= 9 and left <= {*COMPARED, *RATES}


#: files that make a System, and where its field is looked at
FLOWS = {
    "proofs/flows/accuracy_flow.py": "derived; test_every_flow",
    "proofs/flows/completion_flow.py": "derived; test_every_flow, and above",
    "proofs/flows/fisher_flow.py": "a loss of a derived phi; test_every_flow",
    "proofs/flows/homogeneous_flow.py": "derived; test_every_flow",
    "proofs/flows/kirwan_ness_flow.py": "derived; test_every_flow",
    "proofs/flows/log_time_flow.py": "derived; test_every_flow",
    "proofs/flows/matrix_flow.py": "derived; test_every_flow, and test_derived",
    "proofs/flows/one_sample_flow.py": "derived; test_every_flow",
    "proofs/flows/regularised_flow.py": "a loss of a derived phi; test_every_flow",
    "proofs/flows/regularising_flow.py": "derived; test_every_flow, and above",
    "proofs/flows/riccati_flow.py": "of P = g^T g of a group, no model's weights; test_every_flow",
    "proofs/flows/two_margins.py": "derived; test_every_flow",
    "verify/commands/doctor_numbers.py": "one number, for the timing of an engine",
    "verify/models/derived.py": "derived",
    "verify/models/diagonal_flow.py": "derived",
    "verify/models/entries.py": "derived",
    "verify/report/pictures/plane_flow.py": "derived, and above",
    "verify/values/trajectory.py": "a field that is read from a claim",
}


def test_every_system_is_known() -> None:
    """Whether it has a field, of any name or none, or a loss that engines differentiate."""
    found = set()
    for path in (p for d in ("verify", "proofs") for p in (ROOT / d).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "id", None) or getattr(called, "attr", None)
            if name == "System":
                found.add(str(path.relative_to(ROOT)))
    assert found == set(FLOWS)
