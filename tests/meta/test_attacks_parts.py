"""Attacks on the parts of the judge: formulas, actions, samples and rates along flows. Each test is
named after the hole it closes.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction as F
from functools import partial
from pathlib import Path
from random import Random
from time import process_time

import pytest

from proofs.flows.kirwan_ness_starts import two_layers
from verify.check import Refused, check
from verify.claims.claim import Break, Claim, Source
from verify.claims.conclusions import Decays
from verify.claims.conclusions.agrees import Agrees
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.of_actions import AlgebraCount, MomentConserved
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.evidence import Report
from verify.claims.experiments import Compare, Late
from verify.claims.verdict import Verdict
from verify.commands.cli import run
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.action import Action, Explicit
from verify.models.formulas import Formulas, Letter, Power, Root, letters
from verify.models.samples import Family, Instance, Quantity, Samples
from verify.models.trajectories import Trajectories
from verify.terms.expr import Expr, num
from verify.terms.words import latex, words

X, Y, Z, R, P, M, T, E = letters("x y z r p m t e")
SECONDS = 120  # of processor time: the attacks took minutes, a refusal takes a few at most


def decided(setting: object, conclusion: object, **more: object) -> Report:
    return judge(
        Claim("planted", "planted", setting, (), {"c": conclusion}, Source("2511.01137v2"), **more)
    )  # type: ignore[arg-type]


# --- formulas: a printed sentence says no more than was proved
# -------------------------------------------------------------------


def test_a_formula_equal_to_itself_says_nothing() -> None:
    assert decided(Formulas("x", (Letter("x"),)), Equals(X, X)).verdict is Verdict.VACUOUS


@pytest.mark.parametrize("law", [RateLaw.of(Y * X / R, 1), Constant(Z * X / R + Z)])
def test_a_law_does_not_cross_what_is_excluded(law: object) -> None:
    """With x' = 1 the sign x/|x| jumps where x = 0, which is excluded: before and after, the law
    holds with another constant.
    """
    flow = Formulas(
        "x, y and z",
        (Letter("x"), Letter("y"), Letter("z")),
        (Root("r", X**2),),
        {"x": num(1), "y": Y},
    )
    report = decided(flow, law)
    outcome = report.outcomes["c"]
    assert outcome.verdict is not Verdict.PROVED or "while x != 0" in outcome.scope
    assert report.certificate is None or "up to the first time" in report.certificate.statement


def test_an_identity_has_no_solutions_to_speak_of() -> None:
    """The counterpart: what holds at every place is not weakened."""
    assert (
        "as long as"
        not in decided(Formulas("x", (Letter("x"),)), Equals((X + 1) ** 2, X**2 + 2 * X + 1))
        .outcomes["c"]
        .scope
    )


@pytest.mark.parametrize(("letter", "name"), [(T, "t"), (E, "e")])
def test_a_letter_is_not_the_time_of_a_rate_law(letter: Expr, name: str) -> None:
    """x' = x t with a constant letter t would be printed as e^(t t), which is another function of
    the time.
    """
    flow = Formulas("x", (Letter("x", ">"), Letter(name, ">")), (), {"x": X * letter})
    with pytest.raises(BadInput, match=name):
        decided(flow, RateLaw.of(X, letter))


@pytest.mark.parametrize(
    ("atom", "quantity", "only"),
    [(Power("p", X, M), P, "where x > 0"), (Root("p", X, 3), P + 1, "where x >= 0")],
)
def test_powers_of_negative_numbers_are_excluded_in_words(
    atom: Power | Root, quantity: Expr, only: str
) -> None:
    """x^m > 0 fails at x = -1, m = 1, and a cube root of -8 is -2: only x > 0 is meant, and
    printed.
    """
    report = decided(Formulas("x, m", (Letter("x"), Letter("m")), (atom,)), Sign(quantity, ">"))
    outcome = report.outcomes["c"]
    assert outcome.verdict is Verdict.PROVED
    assert only in outcome.scope
    assert report.certificate is not None


def of_samples(words: str, place: str) -> Samples:
    """Instances of which one text is ``words``."""
    says = dict.fromkeys(
        ("name", "text", "tex", "letters", "quantity", "how", "tex of", "drawn"), "d"
    )
    says[place] = words
    both = Quantity(says["quantity"], says["how"], says["tex of"]), Quantity("2", "two")
    drawn = Instance(says["drawn"], {q: lambda: F(2) for q in both})
    family = Family(
        says["name"], says["text"], says["tex"], (says["letters"],), both, lambda *_: drawn, True
    )
    return Samples(family, ((2,),), 2)


def sampled(place: str, words: str) -> object:
    setting = of_samples(words, place)
    return decided(
        setting, Agrees(*setting.family.quantities), experiments=(Compare("c", F(101, 100)),)
    )


def formulas(words: str, **more: object) -> object:
    return decided(Formulas(words, (Letter("x"),)), Equals(X + X, 2 * X), **more)


PLACES: dict[str, Callable[[str], object]] = {
    "prose": formulas,
    "flow": lambda w: decided(Trajectories(w, {"a": two_layers}, F(1, 8)), Decays("||G||", F(2))),
    "start": lambda w: Trajectories("f", {w: two_layers}, F(1, 8)),
    "another name": lambda w: formulas("x", also=(w,)),
    "why it is not needed": lambda w: Break("balance", not_needed=w),
    **{
        field: lambda w, field=field: formulas("x", **{field: w})  # type: ignore[misc]
        for field in ("loss", "as_printed", "corrects", "unstated")
    },
    **{
        f"samples: {place}": partial(sampled, place)
        for place in ("name", "text", "tex", "letters", "quantity", "how", "tex of", "drawn")
    },
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "prose", ["x is any number\n\n  other         PROVED      0 = 1", "x \x1b[31m"]
)
def test_prose_draws_no_lines_of_a_verdict(place: str, prose: str) -> None:
    """Refused wherever an author has words, also where they would be printed in quotes."""
    with pytest.raises(BadInput, match=r"one line of|expected letters, digits"):
        PLACES[place](prose)


PRODUCTS = {
    "a negative factor is no difference": (X * -3, "x (-3)"),
    "nor after a quotient": (X * -3 / Y, "x (-3)/y"),
    "two digits are no number": (num(2) * num(3), "2 (3)"),
    "nor behind a minus": (num(-2) * num(-3), "-2 (-3)"),
    "a plain product stays": (2 * X * Y, "2 x y"),
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_products_are_printed_as_products(name: str) -> None:
    product, expected = PRODUCTS[name]
    assert words(product) == expected
    assert "3" not in expected or "(" in latex(product)


# --- actions: an algebra is one
# --------------------------------------------------------------------------------------------------

RAISE, LOWER = (((0, 1, 0), (0, 0, 0), (0, 0, 0)), ((0, 0, 0), (1, 0, 0), (0, 0, 0)))
DIAGONAL = ((1, 0, 0), (0, -1, 0), (0, 0, 0))


def test_two_shears_are_no_algebra() -> None:
    """They generate sl_2, of dimension 3 with 2 symmetric elements, and not 2 with 1."""
    open_span = Action((Explicit(("x", "y", "z"), (Z,), (RAISE, LOWER)),))
    assert decided(open_span, AlgebraCount((2,), (1,))).outcomes["c"].verdict is Verdict.UNDECIDED
    closed = Action((Explicit(("x", "y", "z"), (Z,), (RAISE, LOWER, DIAGONAL)),))
    assert decided(closed, AlgebraCount((3,), (2,))).outcomes["c"].verdict is Verdict.PROVED


def test_a_symmetric_bracket_is_not_forgotten() -> None:
    """phi = x: the bracket of the scaling of y and a rotation is symmetric, and its moment, a
    multiple of x y, is not conserved.
    """
    action = Action((Explicit(("x", "y"), (X,), (((0, 0), (0, 1)), ((0, 1), (-1, 0)))),))
    assert decided(action, MomentConserved()).outcomes["c"].verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("names", "generator"),
    [
        (("x", "y"), ((0, 0), (0, 0.5))),
        (("x", "y"), ((0, 0), (0, True))),
        (("x", "x y"), ((0, 0), (0, 1))),
    ],
)
def test_explicit_models_are_exact_and_plain(names: tuple, generator: tuple) -> None:
    with pytest.raises(BadInput, match="Explicit"):
        Explicit(names, (X,), (generator,))


# --- rates: a wrong number is not supported by a measurement that is too coarse
# ---------------------------------------------------


def test_a_coarse_rate_supports_nothing() -> None:
    """The true rate is 2. Up to t = 1/2 it is read as 1.6 +- 0.7, which allows 21/10 and rejects 0,
    a near miss in name only.
    """
    setting = Trajectories(flow="Kirwan-Ness", starts={"two layers": two_layers}, horizon=F(1, 2))
    experiments = (Late("c", near_miss=F(0), named="no decay"),)
    outcome = decided(setting, Decays("||G||", F(21, 10)), experiments=experiments).outcomes["c"]
    assert outcome.verdict is Verdict.UNDECIDED
    assert "5th of the expected value" in outcome.reason


# --- readers: small certificates must not cost minutes
# ---------------------------------------------------------------------------


def fractions(count: int) -> list[str]:
    draw = Random(1)
    return [f"{draw.getrandbits(600) | 1}/{draw.getrandbits(600) | 1}" for _ in range(count)]


def large_algebra() -> dict:
    """60 dense matrices of large fractions, whose rank the reader would have to eliminate."""
    size, numbers = 14, iter(fractions(60 * 14 * 14))
    algebra = [[[i, j, next(numbers)] for i in range(size) for j in range(size)] for _ in range(60)]
    body = decided(
        Action((Explicit(("x", "y"), (X,), (((0, 0), (0, 1)),)),)), AlgebraCount((1,), (1,))
    ).certificate
    assert body is not None
    data = copy.deepcopy(body.body)
    data["cases"][0] |= {"names": [f"x{i}" for i in range(size)], "algebra": algebra, "groups": []}
    data["conclusions"]["c"] |= {"algebra": [60], "symmetric": [0]}
    data["instances"] = [{"theta": ["1"] * size, "g": ["1"]}]
    return data


BOMBS: dict[str, Callable[[], dict]] = {
    "an algebra of large fractions": large_algebra,
}


@pytest.mark.parametrize("name", BOMBS)
def test_work_of_a_reader_is_bounded(name: str) -> None:
    data = BOMBS[name]()
    began = process_time()
    with pytest.raises(Refused, match=r"work|too large"):
        check(data)
    assert process_time() - began < SECONDS


# --- readers: the statement that was checked, in words
# --------------------------------------------------------------------------


def test_the_reader_of_actions_says_which_phi_and_which_matrices() -> None:
    """Titles are the writer's: a certificate about phi = x must not read like one about phi = y,
    nor a shear like a scaling.
    """
    said = set()
    for phi, xi in (
        (X, ((0, 0), (0, 1))),
        (Y, ((1, 0), (0, 0))),
        (X + Y, ((1, -1), (-1, 1))),
        (Y, ((2, 0), (0, 0))),
    ):
        certificate = decided(
            Action((Explicit(("x", "y"), (phi,), (xi,)),)), MomentConserved()
        ).certificate
        assert certificate is not None
        said.add(certificate.statement)
    assert len(said) == 4


def test_a_certificate_that_there_is_not_is_not_silently_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A claim about samples has none: --certificate says so instead of exiting 0 without a word."""
    wanted = tmp_path / "c.json"
    assert run(["claim", "lm-schatten-infinity", "--certificate", str(wanted)]) == 0
    assert not wanted.exists()
    assert "has no certificate" in capsys.readouterr().err
