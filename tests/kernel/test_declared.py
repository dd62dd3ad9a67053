"""Claims in declared letters: the kernel decides them, and says what the claim says.

What belongs to the kind beside the claims that are here: any objective in letters with indices,
products, powers with symbolic exponents and words; each with a law, a law without a hypothesis, and
a law that is near it. ``test_drawn_objectives`` makes such cases by a seed: monomials of drawn
degrees in letters with drawn indices; the law is known from the degrees (scaling one letter up and
another one down leaves the objective as it is), and what has other weights is false.
"""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

import pytest

import proofs
from proofs import CLAIMS
from tests.kernel.mutants import leaves, mutant
from tests.kernel.read import answer
from tests.kernel.squares_shown import remainders
from tests.reports import judged
from tests.runner import ROOT, SECONDS
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Equation
from verify.claims.evidence import Report
from verify.claims.hypotheses.related import Related, Scales
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.judge.parts import settled_by
from verify.models.declared import Declared, constant, loss, parameter, product, root
from verify.terms.expr import dot, num
from verify.terms.indices import Index, Sum

STEPS = Path(proofs.__file__).parent / "steps"
BY_ID = {c.id: c for c in CLAIMS if c.setting.kind == "declared"}
OWN = Source.own("a test")


def file(name: str) -> Path:
    return STEPS / f"{name}.json"


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_the_kernel_decides(name: str) -> None:
    """The verdict is the one that is expected, and the file beside it is today's."""
    report = judged(name)
    assert report.verdict is BY_ID[name].expected and report.exit == 0
    assert report.certificate is not None
    assert file(name).read_text() == report.certificate.text, "stale: make certificates"
    assert settled_by(report.certificate.body, BY_ID[name]) is report.verdict
    others = [c for c in BY_ID.values() if c.id != name]
    assert not any(settled_by(report.certificate.body, c) for c in others)


def test_a_stranger_reads_them_all() -> None:
    """Without site packages, environment or anything of this project but the kernel."""
    files = [str(file(name)) for name in sorted(BY_ID)]
    command = [sys.executable, "-I", "-S", str(ROOT / "verify" / "kernel"), *files]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/", timeout=SECONDS
    )
    heads = [x for x in run.stdout.splitlines() if not x.startswith(" ")]
    assert run.returncode == 0 and len(heads) == len(files)
    words = {Verdict.PROVED: "accepted", Verdict.REFUTED: "refuted"}
    for name, head in zip(sorted(BY_ID), heads, strict=True):
        assert head.endswith(words[BY_ID[name].expected])


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_a_change_alters_the_sentence_or_is_refused(name: str, tail: Fraction) -> None:
    """Field by field, by a seed; and what says another sentence settles this claim no more, unless
    only the point or the uses are others. What a sum of squares leaves may be >= 0 as it stands:
    with other squares the same is proved by another proof.
    """
    data = json.loads(file(name).read_text())
    said, silent = answer(data)[1], []
    for seed in range(ceil(400 * max(tail, Fraction(1, 40)))):
        path, changed = mutant(data, seed)
        code, now = answer(changed)
        same = code == 0 and now == said and leaves(changed) != leaves(data)
        if same and "squares" in path:  # other squares, or none, may show the same
            assert all(x >= 0 for x in remainders(changed, 3)), path
        elif same:
            silent.append(path)
        spoken = path[0] in ("setting", "assume")
        if code == 0 and spoken and changed != data:
            assert settled_by(changed, BY_ID[name]) is None, path
    assert silent == []


SHOWN = [
    n for n in sorted(BY_ID)
    if any(x["rule"] == "squares" for x in json.loads(file(n).read_text())["steps"])
]  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_squares_and_uses_leave_nothing_negative(name: str) -> None:
    """At exact states; with one more square, of 1, they leave something negative."""
    data = json.loads(file(name).read_text())
    found = remainders(data, 5)
    assert len(found) > 1 and all(x >= 0 for x in found)
    for given in data["steps"]:
        if given["rule"] == "squares":
            given["squares"].append({"c": "1000", "x": "1"})
    assert min(remainders(data, 5)) < 0 and answer(data)[0] == 1


def drawn(seed: int) -> tuple[Declared, Any, Any]:
    """(setting, a law, what is none): letters x, y of degrees p, q in each term."""
    r = Random(seed)
    i, j, k = Index("i", "first"), Index("j", "second"), Index("k", "third")
    mine = r.choice(((i,), (i, j), (k, i)))
    theirs = r.choice(((i,), (i, k), (i, j)))
    x, y = parameter("x", *mine), parameter("y", *theirs)
    p, q = r.randint(1, 3), r.randint(1, 3)
    term = x.here**p * y.here**q
    bound = [v for v in dict.fromkeys((*mine, *theirs)) if v != "i" and r.random() < 0.7]
    for v in bound:
        term = Sum(v, term)
    law_x, law_y = x.here**2, y.here**2
    for v in mine:
        law_x = law_x if v == "i" else Sum(v, law_x)
    for v in theirs:
        law_y = law_y if v == "i" else Sum(v, law_y)
    setting = Declared((x, y, loss("E", term, gradient="g")), flow=loss("E", term, "g").here)
    return setting, q * law_x - p * law_y, (q + 1) * law_x - p * law_y


def verdict(setting: Declared, law: Any) -> Verdict:
    claim = Claim("drawn", "drawn", setting, (), {"law": Conserved(law)}, OWN)
    return judge(claim, Request(numeric=False)).verdict


def test_drawn_objectives(tail: Fraction) -> None:
    for seed in range(ceil(60 * max(tail, Fraction(1, 15)))):
        setting, law, none = drawn(seed)
        assert verdict(setting, law) is Verdict.PROVED, seed
        assert verdict(setting, none) is Verdict.REFUTED, seed


def test_scale_invariance_and_products_over_layers() -> None:
    """What the kernel knows by itself is found: Euler's relation, u_l P_l = w, roots."""
    i, l = Index("i", "entries"), Index("l", "1..L")
    w = parameter("w", i)
    k = constant("k")
    J = loss("J", w[i], gradient="g")
    setting = Declared((w, k, J), flow=J.here)
    norm = Sum(i, w[i] ** 2)
    assuming = (Scales.of("scaling", "J", 0),)

    def judged(law: Any, setting: Declared, assuming: tuple = ()) -> Verdict:
        claim = Claim("drawn", "drawn", setting, assuming, {"law": law}, OWN)
        return judge(claim, Request(numeric=False)).verdict

    assert judged(Conserved(norm), setting, assuming) is Verdict.PROVED
    assert judged(Conserved(norm), setting) is Verdict.REFUTED
    slope = Equation(dot(norm), -2 * k.here * J.here)
    assert judged(slope, setting, (Scales.of("scaling", "J", k.here),)) is Verdict.PROVED
    assert judged(slope, setting) is Verdict.REFUTED
    u = parameter("u", l, i)
    p = product("p", u, "P")
    layers = Declared((u, p, loss("J", p.here, "g")), flow=J.here)
    m = Index("m", "1..L")
    assert judged(Conserved(u[l, i] ** 2 - u[m, i] ** 2), layers) is Verdict.PROVED
    assert judged(Conserved(u[l, i] ** 2 - 2 * u[m, i] ** 2), layers) is Verdict.REFUTED


def test_what_ran_before_does_not_change_a_byte() -> None:
    """The kernel numbers its symbols; the order of uses must not depend on how many there were."""
    names = sorted(BY_ID)
    for name in Random(7).sample(names, 6):
        certificate = judge(BY_ID[name], Request(numeric=False)).certificate
        assert certificate is not None and certificate.text == file(name).read_text(), name


def test_ranges_and_signs_are_said() -> None:
    """Two settings that differ by a range, a sign or a speed are never said alike."""
    i, j, l = Index("i", "rows"), Index("i", "columns"), Index("l", "2..L")
    r = root("r", of=parameter("x", sign=">").here ** 2, degree=2, sign=">")
    x = parameter("x", sign=">")
    said = [
        Declared((parameter("w", i), parameter("v", i)), flow=Sum(i, parameter("w", i)[i])),
        Declared((parameter("w", j), parameter("v", j)), flow=Sum(j, parameter("w", j)[j])),
        Declared((parameter("w", l), parameter("v", l)), flow=Sum(l, parameter("w", l)[l])),
        Declared((x, r), flow=x.here),
        Declared((parameter("x"), x), flow=x.here),
        Declared((x, r), flow=x.here, speeds={"x": num(2)}),
        Declared((x, r)),
    ]
    titles = [s.title() for s in said]
    assert len(set(titles)) == len(titles)
    assert "as long as these signs hold" in titles[3] and "l in 2..L" in titles[2]


def verdict_of(law: Any, setting: Declared, assuming: tuple = ()) -> Report:
    claim = Claim("drawn", "drawn", setting, assuming, {"law": law}, OWN)
    return judge(claim, Request(numeric=False))


def test_start_relations_that_are_used_and_that_are_not() -> None:
    """Each of them lasts; a certificate names those that it needs, whatever they are called."""
    i = Index("i", "entries")
    x, y, z = (parameter(name, i) for name in "xyz")
    E = loss("E", x[i] * y[i] * z[i], gradient="g")
    setting = Declared((x, y, z, E), flow=E.here)
    names = ("kept1", "aVeryLongNameOfAHypothesis1234", "third")
    own = (
        Related.start(names[0], x[i], y[i]),
        Related.start(names[1], y[i], z[i]),
        Related.start(names[2], x[i] ** 2, z[i] ** 2),
    )
    for law in (Equation(x[i], y[i]), Equation(y[i] ** 2, z[i] ** 2), Equation(x[i], z[i])):
        report = verdict_of(law, setting, own)
        assert report.verdict is Verdict.PROVED, report.outcomes["law"].reason
    assert verdict_of(Equation(x[i], 2 * y[i]), setting, own).verdict is Verdict.REFUTED
    assert verdict_of(Equation(x[i], z[i]), setting, own[:1]).verdict is Verdict.REFUTED


def test_what_does_not_last_is_not_used() -> None:
    """x = y at the start of a flow that moves them apart."""
    x, y = parameter("x"), parameter("y")
    setting = Declared((x, y), flow=x.here**2 + 3 * y.here)
    report = verdict_of(Equation(x.here, y.here), setting, (Related.start("s", x.here, y.here),))
    assert report.verdict is not Verdict.PROVED
    lasts = verdict_of(Equation(dot(x.here), dot(y.here)), setting)
    assert lasts.verdict is Verdict.REFUTED


def test_values_that_are_not_rational_end_nothing() -> None:
    """Powers and roots of what is drawn: refused states are passed over, no error escapes."""
    x, D = parameter("x", sign=">"), constant("D", sign=">")
    r = root("r", of=x.here ** (D.here / 2), degree=2)
    setting = Declared((x, D, r), flow=x.here ** (D.here / 2))
    for law in (Conserved(x.here), Conserved(x.here ** (D.here / 3)), Equation(r.here, x.here)):
        assert verdict_of(law, setting).verdict in (Verdict.REFUTED, Verdict.UNDECIDED)
    speed = Equation(dot(x.here), -D.here / 2 * x.here ** (D.here / 2 - 1))
    assert verdict_of(speed, setting).verdict in (Verdict.PROVED, Verdict.UNDECIDED)


def test_a_speed_for_each_layer() -> None:
    """Speeds may depend on the parameter's own index."""
    l, m, i = Index("l", "1..L"), Index("m", "1..L"), Index("i", "entries")
    u, eta = parameter("u", l, i), constant("eta", l, sign=">")
    w = product("w", u, "P")
    J = loss("J", w.here, "g")
    setting = Declared((u, eta, w, J), flow=J.here, speeds={"u": eta[l]})
    law = u[l, i] ** 2 / eta[l] - u[m, i] ** 2 / eta[m]
    assert verdict_of(Conserved(law), setting).verdict is Verdict.PROVED
    plain = Conserved(u[l, i] ** 2 - u[m, i] ** 2)
    assert verdict_of(plain, setting).verdict is Verdict.REFUTED
