"""The field that engines follow, of every claim about trajectories, is that of a model: its start
is mapped to weights of a model of the catalogue, and what moves there is what is derived from phi.

What else belongs to the kind: flows in a clock of their own (of the loss, of the accuracy, of the
logarithm of time: the derived slope, times dt/ds), flows in other coordinates (logarithms, dual
variables, a matrix P = g^T g of the group: the chain rule), flows on a fibre and of the moments
(symmetries that are solved for from phi), weight decay, systems given by a loss, whose gradient the
engines differentiate. A flow of a new kind is in no row here, and is told by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction as F
from functools import cache
from itertools import product
from random import Random

import mpmath
import pytest
from mpmath import mpf, workdps

import verify.models.catalogue as catalogue
from proofs import CLAIMS
from proofs.flows.two_margins import two_margins
from proofs.margins import regardless_starts
from proofs.margins.three_samples import three_samples
from proofs.razin_cohen_late import in_root
from tests.laws.test_typed_flows import on_the_fibre
from verify.claims.claim import Claim
from verify.integrate.evaluate import values
from verify.integrate.system import System
from verify.integrate.trace import Program, program
from verify.models.action import DeepLinear
from verify.models.catalogue import Model, model
from verify.models.derived import motion, phi_at, slopes_at
from verify.theories.symmetries.actions import build

Row = Sequence[mpf]
DIGITS = 40


def exact(x: mpf) -> F:
    return F(*mpmath.libmp.to_rational(x._mpf_))


def number(x: F) -> mpf:
    return mpf(x.numerator) / x.denominator


def derived(name: str, sizes: tuple[int, ...], theta: Row, g: Row, kappa: F = F(0)) -> list[mpf]:
    """-dphi^T g - kappa theta."""
    m = model(name)
    of, given = motion(m, decay=True), {("kappa", None): [[kappa]]}
    found = slopes_at(of, m.at(sizes), list(map(exact, theta)), list(map(exact, g)), given=given)
    return list(map(number, found))


def output(name: str, sizes: tuple[int, ...], theta: Row) -> list[mpf]:
    m = model(name)
    return list(map(number, phi_at(m, m.at(sizes), list(map(exact, theta)))))


def dot(a: Sequence, b: Sequence) -> mpf:
    return mpmath.fsum(x * y for x, y in zip(a, b, strict=True))


def rationals(text: str) -> list[F]:
    return [F(x) for x in text.split(", ")]


def rows_in(text: str) -> list[list[mpf]]:
    """The samples that an author names: (1, 1/5), (3/10, 11/10)."""
    part = re.split(r"; z =|; gamma|; alpha|clock", text)[0]
    return [list(map(number, rationals(x))) for x in re.findall(r"\((-?\d[^()]*)\)", part)]


# one function for each kind of flow: (claim, label, title, state, time) -> the velocity


def matrices(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    """Squared loss of the entries that are seen."""
    sizes = tuple(map(int, reversed(re.search(r"layers, (\d(?: x \d)+)", title)[1].split(" x "))))
    whole = "of 4 entries" in title
    seen = {(0, 0): 2, (1, 1): mpf(7) / 4, (0, 1): 0, (1, 0): 0}
    seen = seen if whole else {(0, 1): 1, (1, 0): 1, (1, 1): 0}
    z = output("layers", sizes, x)
    places = product(range(2), range(2))
    g = [z[k] - seen[p] if p in seen else mpf(0) for k, p in enumerate(places)]
    return derived("layers", sizes, x, g)


def decaying(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    z = output("layers", (2, 2, 2), x)
    g = [z[0] - 2, z[1], z[2], z[3] - 1]
    return derived("layers", (2, 2, 2), x, g, F(title.split()[-1]))


def fisher(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    sizes = (int(title.split()[-1]), 2)
    w = output("diagonal", sizes, x)
    image, m = [2 * w[0] + w[1], w[0] + 2 * w[1]], [mpf(4), mpf(5)]
    top, below = dot(m, w), dot(w, image)
    g = [-2 * top * a / below + 2 * top**2 * b / below**2 for a, b in zip(m, image, strict=True)]
    return derived("diagonal", sizes, x, g)


@cache
def moments(sizes: tuple[int, ...]) -> list[dict[tuple[int, int], F]]:
    """The generators E_ij of the hidden groups, which leave phi of the model unchanged."""
    return [g.xi for g in build(DeepLinear(sizes)).generators]


def energy(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    """Minus the gradient of half the sum of the squares of all <theta, xi theta>."""
    sizes = tuple(map(int, reversed(re.search(r"\d(?: x \d)+", title)[0].split(" x "))))
    pace = (2 + mpmath.sqrt(2)) / 2 if "a multiple of" in title else mpf(1)
    found = [mpf(0)] * len(x)
    for xi in moments(sizes):
        value = mpmath.fsum(number(k) * x[a] * x[b] for (a, b), k in xi.items())
        for (a, b), k in xi.items():
            found[a] -= value * number(k) * x[b]
            found[b] -= value * number(k) * x[a]
    return [pace * y for y in found]


def fibre(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    layers = int(re.search(r"(\d) layers", title)[1])
    theta = [exact(y) for y in x]
    return list(map(number, on_the_fibre(model("layers"), (2,) * (layers + 1), theta, theta)))


def riccati(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    """Along g' = -G g, G the moment of two layers with these Gramians moved by g: P = g^T g."""
    gramians = re.findall(r"\[\[(-?\d+), (-?\d+)\], \[(-?\d+), (-?\d+)\]\]", label)
    inner, outer = (mpmath.matrix(2, 2), mpmath.matrix(2, 2))
    for into, numbers in ((inner, gramians[0]), (outer, gramians[-1])):
        for k, y in enumerate(numbers):
            into[k // 2, k % 2] = mpf(y)
    g = mpmath.cholesky(mpmath.matrix([[x[0], x[1]], [x[2], x[3]]])).T
    back = g**-1
    moment = g * inner * g.T - back.T * outer * back
    found = -(g.T * moment * g)
    return [found[0, 0], found[0, 1], found[1, 0], found[1, 1]]


def root(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    """U = V of the factorisation: half of the loss of the symmetric matrix in both."""
    u = list(x[:4])
    w = output("completion", (2, 2, 2), [*u, *u])
    g = [mpf(0), w[1] - 1, w[2] - 1, w[3]]
    half = [y / 2 for y in g]
    moved = derived("completion", (2, 2, 2), [*u, *u], half)
    assert moved[:4] == moved[4:]
    d = [2 * y for y in moved[:4]]
    det = d[0] * u[3] + u[0] * d[3] - d[1] * u[2] - u[1] * d[2]
    return [*d, 2 * det / (u[0] * u[3] - u[1] * u[2]) / mpf(10) ** 12]


def corner(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    """W = U U^T with U lower triangular, in (w11, w12, log det W/det W(0))."""
    w11, w12, log_det = x
    det = mpmath.exp(log_det) * mpf(10) ** -4
    u11 = mpmath.sqrt(w11)
    u21, u22 = w12 / u11, mpmath.sqrt(det / w11)
    u = [u11, mpf(0), u21, u22]
    w = output("completion", (2, 2, 2), [*u, *u])
    moved = derived("completion", (2, 2, 2), [*u, *u], [mpf(0), w[1] - 1, w[2] - 1, w[3]])[:4]
    slope = lambda i, j: sum(
        moved[2 * i + k] * u[2 * j + k] + u[2 * i + k] * moved[2 * j + k] for k in (0, 1)
    )
    rate = (slope(0, 0) * w[3] + w[0] * slope(1, 1) - 2 * w[1] * slope(0, 1)) / det
    return [slope(0, 0), slope(0, 1), rate]


SEPARATORS = {4: ("45/52, 35/52"), 1: "3/5, 4/5", 2: "1, 0"}


def log_time(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    """w = t w^ + rho at the time e^t, one layer: d rho/dt = e^t w' - w^."""
    text = c.setting.flow
    rows = rows_in(text)
    if "x = (3, 4)/5" in text:
        rows = [[mpf(3) / 5, mpf(4) / 5]]
    if "exp(-w_1 - w_2)" in text:
        rows = [[mpf(1), mpf(0)], [mpf(1), mpf(1)]]
    apart = list(map(number, rationals(SEPARATORS[len(rows)])))
    assert abs(min(dot(r, apart) for r in rows) - 1) < mpf(10) ** -30
    w = [t * a + b for a, b in zip(apart, x, strict=True)]
    terms = [mpmath.exp(-dot(r, w)) for r in rows]
    if "logistic" in title:
        terms = [e / (1 + e) for e in terms]
    g = [-mpmath.fsum(e * r[i] for e, r in zip(terms, rows, strict=True)) for i in (0, 1)]
    moved = derived("diagonal", (1, 2), w, g)
    return [mpmath.exp(t) * s - a for s, a in zip(moved, apart, strict=True)]


def powers(degree: int, w: Row, g: Row) -> list[mpf]:
    """w_i^D alone: the other branch at 0, where it stays for D > 1."""
    zero = [mpf(0)] * len(w)
    moved = derived("signed-power", (degree, len(w)), [*w, *zero], g)
    assert moved[len(w) :] == zero
    return moved[: len(w)]


def one_sample(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    return powers(int(re.search(r"powers (\d)", title)[1]), x, [mpf(-1), -mpf(4) / 5])


def one_margin(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    """y = L^2 T q^a e^(-q) by the margin q = w^L = 1 + t, a = 2 - 2/L, T the time."""
    order, q = int(re.search(r"order (\d)", title)[1]), 1 + t
    w, a = q ** (mpf(1) / order), 2 - mpf(2) / order
    (moved,) = powers(order, [w], [-mpmath.exp(-q)])
    speed = order * w ** (order - 1) * moved  # dq/dT
    return [order**2 * q**a * mpmath.exp(-q) / speed + x[0] * (a / q - 1)]


def cubes(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    rows = rows_in(c.setting.flow)
    beta = output("signed-power", (3, 3), [*x, *(mpf(0) for _ in x)])
    terms = [mpmath.exp(-dot(r, beta)) for r in rows]
    g = [-mpmath.fsum(e * r[i] for e, r in zip(terms, rows, strict=True)) for i in range(3)]
    return powers(3, x, g)


def margins(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    """In logarithms of u and v, in the clock int exp(-u^2 - v^2)."""
    u, v = mpmath.exp(x[0]), mpmath.exp(x[1])
    p, q = output("signed-power", (2, 2), [u, v, mpf(0), mpf(0)])
    first, second = mpmath.exp(-p - q), mpmath.exp(-2 * p - q)
    moved = powers(2, [u, v], [-first - 2 * second, -first - second])
    return [moved[0] / u / first, moved[1] / v / first]


def accuracy(c: Claim, label: str, title: str, x: Row, t: mpf) -> list[mpf]:
    """w_+- = alpha exp(+- X^T nu/2) moves as derived, in the clock log(N/E), if nu does."""
    rows = rows_in(c.setting.flow)
    scale = re.search(r"alpha(\^2)? = (\S+)", label)
    alpha = number(F(scale[2])) if not scale[1] else mpmath.sqrt(number(F(scale[2])))
    columns = list(zip(*rows, strict=True))
    z = [dot(col, x) for col in columns]
    up, down = ([alpha * mpmath.exp(s * y / 2) for y in z] for s in (1, -1))
    beta = output("signed-power", (2, len(z)), [*up, *down])
    terms = [mpmath.exp(-dot(r, beta)) for r in rows]
    g = [-dot(col, terms) for col in columns]
    moved = derived("signed-power", (2, len(z)), [*up, *down], g)
    clock = mpmath.fsum(y * y for y in moved) / mpmath.fsum(terms)  # d log(1/E)/dT
    drift = [2 * a / b / clock for a, b in zip(moved, up, strict=False)]  # of X^T nu
    # the nu' of least squares: rows are independent
    gram = mpmath.matrix([[dot(a, b) for b in rows] for a in rows])
    found = mpmath.lu_solve(gram, mpmath.matrix([dot(r, drift) for r in rows]))
    assert all(
        abs(dot(col, found) - d) < mpf(10) ** -25 * (1 + abs(d))
        for col, d in zip(columns, drift, strict=True)
    )
    return list(found)


KINDS: dict[str, Callable[..., list[mpf]]] = {
    "matrix product of": matrices,
    "learning flow, weight decay": decaying,
    "Fisher ratio": fisher,
    "gradient flow of ||G||^2/2": energy,
    "gradient flow of a multiple of ||G||^2/2": energy,
    "gradient flow of ||W||^2/2 on the fibre": fibre,
    "Riccati flow": riccati,
    "symmetric 2 x 2 matrix completion in U": root,
    "symmetric 2 x 2 matrix completion in (w11": corner,
    "gradient flow of logistic loss in log time": log_time,
    "gradient flow of exponential loss in log time": log_time,
    "one sample, powers": one_sample,
    "one sample, order": one_margin,
    "cubes of weights": cubes,
    "two margins of degree two": margins,
    "classification in the clock of the accuracy": accuracy,
}
FOLLOWED = [
    (c, label) for c in CLAIMS if c.setting.kind == "trajectories" for label in c.setting.starts
]


def slopes(of: System, x: Sequence[F], time: F) -> list[mpf]:
    p = program(of)
    found = values(Program(p.nodes, p.start, (), p.slopes), list(x), time, 400)
    pairs = [a.mid().man_exp() for a in found]
    return [mpf(int(man)) * mpf(2) ** int(exp) for man, exp in pairs]


@pytest.mark.parametrize(
    ("claim", "label"), FOLLOWED, ids=[f"{c.id}-{label}" for c, label in FOLLOWED]
)
def test_engines_follow_the_derived_field(claim: Claim, label: str) -> None:
    compare(claim, label, claim.setting.starts[label]())


def compare(claim: Claim, label: str, system: System) -> None:
    (kind,) = [k for k in KINDS if system.title.startswith(k)]
    draw = Random(f"{claim.id}{label}")
    with workdps(DIGITS):
        for _ in range(2):
            x = [a + F(draw.randint(1, 9), 100) for a in system.start]
            if kind.startswith("Riccati"):
                x[2] = x[1]  # symmetric
            time = F(draw.randint(1, 9), 7)
            wanted = KINDS[kind](claim, label, system.title, list(map(number, x)), number(time))
            found = slopes(system, x, time)
            assert len(found) == len(wanted) and any(found)
            for a, b in zip(found, wanted, strict=True):
                assert abs(a - b) < mpf(10) ** -20 * (1 + abs(b)), (label, found, wanted)


def test_a_field_that_is_not_derived_is_noticed() -> None:
    """The comparison is one: a slope off by a thousandth differs."""
    (claim, label) = next((c, s) for c, s in FOLLOWED if c.id == "lyu-li-three-samples")
    system = claim.setting.starts[label]()
    with workdps(DIGITS):
        wanted = cubes(claim, label, system.title, list(map(number, system.start)), mpf(0))
        other = [F(1001, 1000) * a for a in system.start]
        pairs = zip(slopes(system, other, F(0)), wanted, strict=True)
        assert all(abs(a - b) > mpf(10) ** -20 for a, b in pairs)


def another(name: str) -> Model:
    m = catalogue.model(name)
    return replace(m, phi=3 * m.phi)


#: flows whose comparison asks phi for everything: the claim, and what builds the system anew
FOLLOW_PHI = {
    "logistic-max-margin-length": ("w = (1, 1)", regardless_starts.squares),
    "lyu-li-three-samples": ("w = (3, 3, 3)/2", three_samples),
    "nacson-flow": ("u = v = 1", two_margins),
    "razin-cohen-late": ("U = I/10", in_root),
}


@pytest.mark.parametrize("name", FOLLOW_PHI)
def test_flows_follow_phi(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With three times phi in the model's place the field is that of the other model."""
    (claim,) = (c for c in CLAIMS if c.id == name)
    label, build = FOLLOW_PHI[name]
    before = build()
    monkeypatch.setattr("tests.laws.test_every_flow.model", another)
    monkeypatch.setattr("verify.models.driven.model", another)
    after = build()
    compare(claim, label, after)
    assert program(before) != program(after)
