"""Options x kinds of claims: each cell changes the report as it should, or is refused with what the
claim is about and what applies.

Options of the run (seed, cited, numeric, expect, at_least) apply to every claim: they are promises
about it, which a claim without numbers or cited theorems keeps. Every other option is the cell of a
table, also where the claim's own lists make it moot: digits where nothing is measured, or where
every number is exact. To the kind belong: a default that is taken for what was asked, a second
place that has its own default (contrasts, starts that violate), an option that is printed and not
used, one of several that wins.
"""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction as F
from functools import cache
from importlib.util import find_spec
from typing import Any

import pytest

from proofs import CLAIMS
from proofs.samples import FAMILIES, fibre, schatten
from verify.claims.applies import OF_THE_RUN
from verify.claims.claim import Claim
from verify.claims.conclusions import Agrees, Grows, Tends, Throughout
from verify.claims.evidence import Report
from verify.claims.experiments import Compare, Drift, Late
from verify.claims.hypotheses.start import AtStart
from verify.claims.request import Request
from verify.claims.source import Source
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.models.samples import Samples
from verify.models.trajectories import Trajectories

INSTALLED = {c.id: c for c in CLAIMS}


def logistic(x: F = F(1, 4)) -> System:
    return System(
        "logistic",
        ("x",),
        (x,),
        lambda x, m: [x[0] * (1 - x[0])],
        quantities={"x": lambda x, m: x[0]},
    )


def followed(concluding: dict, *experiments: Late, **options: Any) -> Claim:
    violated = {
        "below": ("x = 2", lambda: logistic(F(2))),
        "small": ("x = 3/5", lambda: logistic(F(3, 5))),
    }
    contrary = {k: violated[k] for k in options.pop("contrary", ())}
    setting = Trajectories("runs", {"x = 1/4": logistic}, options.pop("horizon", F(2)), contrary)
    expected = options.pop("expected", Verdict.SUPPORTED)
    assuming, source = options.pop("assuming", ()), Source.own("draft")
    return Claim(
        "runs", "runs", setting, assuming, concluding, source, expected, experiments=experiments
    )


BELOW, SMALL = (AtStart("below", "x", "<", F(1)), AtStart("small", "x", "<", F(1, 2)))
COMPARED = {
    name: Claim(
        f"of-{name}",
        "compared",
        Samples(FAMILIES[name], sizes, 5),
        (),
        {"c": Agrees(*sides)},
        Source.own("draft"),
        Verdict.SUPPORTED,
        experiments=(Compare("c", near_miss=F(101, 100)),),
    )
    for name, sizes, sides in (
        ("schatten", ((2, 2, F(1)),), (schatten.BALANCED, schatten.LEAST)),
        ("fibre", ((2, 2, 2, 2),), (fibre.LIFTED, fibre.LEAST)),
    )
}
KINDS: dict[str, Claim] = {
    "network": INSTALLED["quasi-norm"],
    "network, nothing measured": INSTALLED["lda-critical-points"],
    "step": INSTALLED["diag-balance-descent"],
    "matrices": INSTALLED["dln-alignment"],
    "formulas": INSTALLED["ach-depth-two"],
    "action": INSTALLED["moment-map-shear"],
    "trajectories": followed(
        {"c": Throughout("x", "<", F(1))},
        assuming=(BELOW,),
        contrary=("below",),
        expected=Verdict.ENCLOSED,
    ),
    "trajectories, measured": followed(
        {"c": Tends("x", F(1))}, Late("c", F(9, 10), "nine tenths"), horizon=F(12)
    ),
    "trajectories, nothing measured": followed({"c": Grows("x", F(1))}),
    "samples": COMPARED["schatten"],
    "samples, exact": COMPARED["fibre"],
}
NETWORK = ("flow", "step")
VALUES: dict[str, Any] = {
    "depth": 4,
    "width": 3,
    "loss": "squared",
    "scatter": None,
    "start": ((F(1), F(2)), (F(1), F(2))),
    "digits": 12,
    "without": (),
    "horizon": F(1),
    "dims": (3, 3, 3),
}
#: the parameter of the report that says what was used, by option and kind; a cell that is not here
# is refused
EFFECT: dict[str, dict[str, str]] = {
    "depth": {
        "network": "depth",
        "network, nothing measured": "depth",
        "step": "depth",
        "matrices": "sizes",
    },
    "width": {
        "network": "width",
        "network, nothing measured": "width",
        "step": "width",
        "matrices": "sizes",
    },
    "loss": {"network": "loss", "network, nothing measured": "loss", "step": "loss"},
    "scatter": {"network": "data", "network, nothing measured": "data", "step": "data"},
    "start": {"network": "start", "network, nothing measured": "start", "step": "start"},
    "digits": {
        "network": "digits",
        "trajectories": "digits",
        "trajectories, measured": "digits",
        "samples": "digits",
    },
    "without": {
        k: "without"
        for k in (
            "network",
            "network, nothing measured",
            "step",
            "matrices",
            "formulas",
            "trajectories",
        )
    },
    "horizon": {
        k: "horizon"
        for k in ("trajectories", "trajectories, measured", "trajectories, nothing measured")
    },
    "dims": {"matrices": "sizes"},
}
CELLS = [(option, kind) for option in EFFECT for kind in KINDS]


def value_of(option: str, kind: str) -> Any:
    if option == "scatter":
        if find_spec("sklearn") is None:
            pytest.skip("needs the data sets that scikit-learn ships")
        from verify.models.data import read_scatter

        return read_scatter("iris", None, ())
    if option == "without":
        return (KINDS[kind].assuming[0].id,) if KINDS[kind].assuming else ("balance",)
    if (option, kind) == ("digits", "trajectories, measured"):
        return 50
    return VALUES[option]


@cache
def judged(kind: str, option: str = "", numeric: bool = True) -> Report:
    given = {option: value_of(option, kind)} if option else {}
    return judge(KINDS[kind], Request(numeric=numeric, **given))


def test_every_option_has_a_row() -> None:
    assert {f.name for f in fields(Request)} == {*OF_THE_RUN, *EFFECT}


@pytest.mark.parametrize(("option", "kind"), CELLS, ids=[f"{o}: {k}" for o, k in CELLS])
def test_an_option_has_an_effect_or_is_refused(option: str, kind: str) -> None:
    where = EFFECT[option].get(kind)
    if where is None:
        with pytest.raises(BadInput) as refusal:
            judged(kind, option, numeric=option == "digits")
        said, name = str(refusal.value), {"scatter": "data", "dims": "sizes"}.get(option, option)
        assert f"--{name} does not apply to {KINDS[kind].id}: " in said and "--seed" in said
        assert f"--{name}" not in said.split("What applies: ")[1].split(", ")
        return
    numeric = option == "digits" or (option == "horizon" and kind == "trajectories")
    plain, report = judged(kind, "", numeric), judged(kind, option, numeric)
    assert report.parameters[where] != plain.parameters[where]
    if option == "digits":
        wanted = value_of(option, kind)
        assert report.parameters["digits"] == wanted
        said = " ".join(
            [*(o.reason for o in report.outcomes.values()), *(m.text for m in report.measured)]
        )
        before = " ".join(
            [*(o.reason for o in plain.outcomes.values()), *(m.text for m in plain.measured)]
        )
        assert said != before
    elif option == "without":
        (name,) = value_of(option, kind)
        assert name in dict(report.dropped) or any(
            f"`{name}` cannot fail at depth" in note for note in report.notes
        )


@pytest.mark.parametrize("digits", [12, 25, 50])
def test_the_measured_digits_are_those_asked_for(digits: int) -> None:
    """Also where the number is somebody's default."""
    report = judge(KINDS["trajectories, measured"], Request(digits=digits))
    assert f", {digits} digits" in report.measured[0].text and report.parameters["digits"] == digits


def test_the_default_is_the_claims_own_and_is_printed() -> None:
    used = {
        kind: judged(kind, numeric=kind not in ("network",)).parameters.get("digits")
        for kind in KINDS
    }
    assert (
        used["trajectories, measured"] == 25
        and ", 25 digits" in judged("trajectories, measured").measured[0].text
    )
    assert used["trajectories"] == used["samples"] == 50
    for kind in (
        "network",
        "network, nothing measured",
        "trajectories, nothing measured",
        "samples, exact",
    ):
        assert used[kind] is None, f"{kind}: no number of so many digits was made"


@pytest.mark.parametrize("kind", KINDS)
def test_digits_of_what_is_left_out_are_refused(kind: str) -> None:
    with pytest.raises(BadInput, match="--digits does not apply"):
        judge(KINDS[kind], Request(digits=12, numeric=False))


@pytest.mark.parametrize("kind", KINDS)
def test_options_of_the_run_apply_to_every_claim(kind: str) -> None:
    claim = replace(KINDS[kind], expected=Verdict.REFUTED)
    plain = judged(kind, numeric=False)
    report = judge(
        claim,
        Request(seed=7, cited=False, numeric=False, expect=plain.verdict, at_least=Verdict.PROVED),
    )
    assert (report.seed, report.expected, report.measured) == (7, plain.verdict, ())
    assert report.exit == (0 if report.verdict is Verdict.PROVED else 4)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_called_exact_where_all_its_numbers_are(name: str) -> None:
    from random import Random

    letters = FAMILIES[name].letters
    size = (2, 2, 2, 2) if "..." in letters else (2,) * len(letters)
    values = [
        v() if name not in ("depth", "reciprocal", "equal") else v(8)
        for v in FAMILIES[name].draw(size, Random("1")).values.values()
    ]
    assert FAMILIES[name].exact == all(isinstance(v, (int, F)) for v in values)


def test_two_starts_that_violate_are_both_followed() -> None:
    """The last one won, and the report said that both hypotheses were dropped."""
    concluding = {"c": Throughout("x", "<", F(3))}
    one = followed(concluding, contrary=("small",), assuming=(SMALL,))
    assert judge(one, Request(without=("small",), digits=12)).parameters["starts"] == {
        "x = 3/5": {"x": "3/5"}
    }
    apart = (BELOW, AtStart("small", "y", "<", F(1, 2)))
    both = Claim(
        "two", "two", _both_apart(), apart, concluding, Source.own("draft"), Verdict.ENCLOSED
    )
    found = judge(both, Request(without=("below", "small"), digits=12)).parameters["starts"]
    assert set(found) == {"x = 1, y = 0", "x = 0, y = 1"}


def _both_apart() -> Trajectories:
    def at(x: int, y: int) -> System:
        quantities = {"x": lambda s, m: s[0], "y": lambda s, m: s[1]}
        return System(
            "two", ("x", "y"), (F(x), F(y)), lambda s, m: [1 + s[0], s[1]], quantities=quantities
        )

    contrary = {
        "below": ("x = 1, y = 0", lambda: at(1, 0)),
        "small": ("x = 0, y = 1", lambda: at(0, 1)),
    }
    return Trajectories("two", {"origin": lambda: at(0, 0)}, F(1, 2), contrary)


def test_the_start_that_violates_is_followed_with_the_digits_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import verify.theories.enclosures.contrary as contrary

    asked, original = [], contrary.follow_start
    monkeypatch.setattr(
        contrary, "follow_start", lambda *a, **k: asked.append(a[4]) or original(*a, **k)
    )
    judge(KINDS["trajectories"], Request(digits=45))
    assert asked == [45]


def test_a_contrast_knows_the_digits_and_whether_numbers_are_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from verify.theories.measure import slope

    asked, original = [], slope.at
    monkeypatch.setattr(
        slope,
        "at",
        lambda e, c, points, digits: asked.append(digits) or original(e, c, points, digits),
    )
    judge(INSTALLED["lda-gd-order"], Request(numeric=False))
    assert not asked, "--no-numeric leaves out every experiment"
    judge(INSTALLED["lda-gd-order"], Request(digits=22))
    assert set(asked) == {22}


def test_digits_that_nothing_used_are_noted() -> None:
    """A refuted claim is not measured: the option is not refused, and what became of it is said."""
    near = INSTALLED["quasi-norm"].experiments[0].near_miss  # type: ignore[union-attr]
    false = INSTALLED["quasi-norm-any-loss"]
    false = replace(false, experiments=(Drift(next(iter(false.concluding)), near, "another"),))
    report = judge(false, Request(digits=12))
    assert report.verdict is Verdict.REFUTED and any("--digits 12" in note for note in report.notes)


@pytest.mark.parametrize("asked", ({"depth": 2}, {"width": 2}, {"dims": (2, 2)}, {"digits": 20}))
def test_what_is_said_to_apply_does(asked: dict[str, Any]) -> None:
    """Matrices without layers have no depth and no sizes, and no refusal names these."""
    flat = next(c for c in CLAIMS if c.setting.kind == "matrices" and not c.setting.layers)
    with pytest.raises(BadInput) as refusal:
        judge(flat, Request(**asked))
    why, _, others = str(refusal.value).partition("What applies: ")
    assert ("it has no layers W_1, .., W_N" in why) == ("digits" not in asked)
    assert not {"--depth", "--width", "--sizes"} & {*others.split(", ")} and "--seed" in others
