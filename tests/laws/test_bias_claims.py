"""Every name of the catalogue of implicit bias that is a claim here holds, and what is printed or
loosely said beside it is refuted with the right form named; the catalogue's numbers, computed anew.

The kind: a name that leads to a neighbour, a printed error whose right form nobody states, a family
whose numbers depend on more than its seed, and a number of the catalogue that the toolkit would not
give.
"""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest
from flint import arb

from proofs import CLAIMS as ALL
from proofs.bias import CLAIMS
from proofs.samples.expansions import sharpness
from proofs.samples.explicit import quartic, real_roots
from proofs.samples.limits import limit
from verify.bias.potential import Potential
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.precision import precision
from verify.models.samples import Samples

OWN = {c.id: c for c in CLAIMS}
BY_ID = {c.id: c for c in ALL}
HOLD = """
diag-d2-qalpha diag-depthd-qd depth-infinity-potential q-asymptotics diag-d2-shape thm2-rich
thm2-kernel lemma5 lemma6 lemma7 implicit-vs-explicit-d2 depth-limits depth-rich-rate
depth-kernel-rate
depth-sharpness escape-time lazy-rates cond-jacobian biased-init sgd-effective-alpha flow-constant
flow-constant-deep explicit-scale
""".split()
#: printed or loosely said, and what is right
FALSE = {
    "q-asymptotics-printed": "q-asymptotics",
    "explicit-root-printed": "implicit-vs-explicit-d2",
    "explicit-scale-printed": "explicit-scale",
    "flow-constant-printed": "flow-constant",
    "flow-constant-deep-printed": "flow-constant-deep",
    "implicit-is-explicit": "explicit-potential",
    "depth-limits-quasi-norm": "depth-limits",
    "ill-conditioned-breaks": "cond-jacobian",
    "deeper-faster-in-time": "escape-time-deeper",
    "biased-init-l2": "biased-init",
    "sgd-keeps-alpha": "sgd-effective-alpha",
    "sgd-uncorrelated": "sgd-mean-step",
    "bregman-equality": "bregman-any-loss",
    "diag-depthd-rate-printed": "diag-depthd-invariant",
    "flow-branches-printed": "flow-branches",
    "function-space-flat": "function-space-flow",
    "gram-entries-commute": "commuting-parametrisation",
    "homogeneous-is-mirror": "hessian-metric",
    "jacobian-order-loose": "jacobian-order",
    "l1-corner": "l1-not-alone",
    "lasso-path-now": "lasso-path-limit",
    "qalpha-arcsin-printed": "diag-d2-qalpha",
    "thm2-proof-printed": "thm2-proof",
    "warped-least-squares": "warped-shared-factor",
    "zero-start-falls": "zero-start",
}
SAMPLES = sorted({c.setting.family.name: c for c in CLAIMS if type(c.setting) is Samples}.items())


def test_names_and_what_is_false_beside_them() -> None:
    assert all(OWN[x].expected is not Verdict.REFUTED for x in HOLD)
    refuted = {c.id: c.corrects for c in CLAIMS if c.expected is Verdict.REFUTED}
    assert refuted == FALSE
    for name in refuted:
        if name.endswith("-printed"):
            assert BY_ID[FALSE[name]].as_printed == name
            assert OWN[name].title.startswith("as printed")


@pytest.mark.parametrize("name", [n for n, _ in SAMPLES])
def test_an_instance_is_a_function_of_its_seed_and_has_every_quantity(name: str) -> None:
    setting = dict(SAMPLES)[name].setting
    made = [setting.family.drawn(setting.sizes[0], Random(x)) for x in ("a", "a", "b", "c")]
    assert made[0].text == made[1].text and len({m.text for m in made}) > 1


@pytest.mark.parametrize("name", [n for n, c in SAMPLES if c.setting.family.letters])
def test_sizes_that_a_family_does_not_have(name: str) -> None:
    family = dict(SAMPLES)[name].setting.family
    for size in ((F(1, 2),) * len(family.letters), (1,) * len(family.letters), ()):
        with pytest.raises((BadInput, IndexError)) as refused:
            family.draw(size, Random(0))
        assert refused.type is not IndexError or not size


#: Q_D(e_1)/Q_D(1_d/sqrt d) at d = 100, by kappa, as the catalogue has measured it
SHARPNESS = {
    2: (".98078", ".60888", ".24286", ".13893", ".11523"),
    3: (".95977", ".47862", ".17910", ".10936", ".10038"),
    5: (".93950", ".40392", ".15165", ".10289", ".10001"),
}


@pytest.mark.parametrize("depth", SHARPNESS)
def test_the_catalogues_sharpness(depth: int) -> None:
    scales = (F(1), F(1, 10), F(1, 100), F(1, 10**4), F(1, 10**8))
    with precision(300):
        for kappa, expected in zip(scales, SHARPNESS[depth], strict=True):
            assert abs(sharpness(depth, 10, kappa) - arb(expected)) < arb("6e-6")


def test_the_explicit_potential_is_that_of_depth_four() -> None:
    """r(.3) and r(1) of the catalogue; r is q_4, for its slope inverts h_4."""
    with precision(200):
        for z, expected in ((F(3, 10), ".0111877613332"), (F(1), ".118351085723")):
            found = Potential(4).value(arb(z.numerator) / z.denominator)
            assert abs(found - arb(expected)) < arb("6e-13")
            p = [arb(c.numerator) / c.denominator for c in quartic(z)]
            assert sum((c * found**k for k, c in enumerate(p)), arb(0)).contains(0)
            assert real_roots(quartic(z)) == 2


def test_real_roots_are_counted() -> None:
    for roots in ((1, 2, 3), (-1, 5), (0, F(1, 2), -3, 7), (4,)):
        p = [F(1)]
        for r in roots:  # times (u - r), and at the end times u^2 + 1
            p = [a - r * b for a, b in zip([F(0), *p], [*p, F(0)], strict=True)]
        assert real_roots(p) == len(roots)
        more = [a + b for a, b in zip([F(0), F(0), *p], [*p, F(0), F(0)], strict=True)]
        assert real_roots(more) == len(roots)


def test_the_catalogues_counter_instance() -> None:
    """c = .45, kappa = 1e-9: D = 3, 5 give (1, 1, 0), D = 2 still (.946, .946, .120)."""
    x, y, tiny = [[1, 0, F(9, 20)], [0, 1, F(9, 20)]], [1, 1], F(1, 10**9)
    for depth in (3, 5):
        found = limit(x, y, depth, tiny)
        assert abs(found[0] - 1) < arb("5e-5") and abs(found[2]) < arb("5e-5")
    two = limit(x, y, 2, tiny)
    assert abs(two[0] - arb(".946")) < arb("6e-4") and abs(two[2] - arb(".120")) < arb("6e-4")


def test_the_catalogues_prefactors() -> None:
    """Toy, rho = .9, alpha = 1e-5: beta_2/kappa is 999.6 at D = 3 and 99.72 at D = 4."""
    for depth, expected, error in ((3, "999.6", ".06"), (4, "99.72", ".006")):
        kappa = F(1, 10 ** (5 * depth))
        found = limit([[1, F(9, 10)]], [1], depth, kappa)[1]
        assert abs(found * 10 ** (5 * depth) - arb(expected)) < arb(error)


def test_the_closed_form_of_one_factor() -> None:
    """Against a step by step solution of u' = v (r - u v), v' = u (r - u v): the average of the
    output over [0, t], and the output itself, at eps = e^(-4).
    """
    from proofs.samples import lasso

    r, s, a, b, n = F(3, 2), F(2), F(3), F(1, 4), 4
    scale = float(arb(-n).exp()) ** 0.5
    u, v, total, steps = scale * 3, scale / 4, 0.0, 4000
    h = n * float(s) / 2 / steps
    field = lambda u, v: (v * (1.5 - u * v), u * (1.5 - u * v), u * v)
    for _ in range(steps):
        one = field(u, v)
        two = field(u + h / 2 * one[0], v + h / 2 * one[1])
        three = field(u + h / 2 * two[0], v + h / 2 * two[1])
        four = field(u + h * three[0], v + h * three[1])
        u, v, total = (
            x + h / 6 * (p + 2 * q + 2 * w + y)
            for x, p, q, w, y in zip((u, v, total), one, two, three, four, strict=True)
        )
    with precision(200):
        found = float(lasso._average(n, r, s, a, b)), float(lasso._output(n, r, s, a, b))
    assert abs(found[0] - total / (n * float(s) / 2)) < 1e-9 and abs(found[1] - u * v) < 1e-9
