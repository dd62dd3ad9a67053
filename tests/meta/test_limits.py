"""The limits of the readers are one table, and whatever enters is refused at the door where the
reader would refuse it.

The kind (E1): input that the prover takes and the reader refuses. Ways in: start files, cells of
data (and the scatter matrices, in which products of cells grow), numbers, exponents, indices and
nesting of losses and of claims in every language, starts of systems, the horizon, and numbers that
only grow inside. Just below a limit both take it; just above it the door refuses it, naming the
place.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import lru_cache

import pytest

from verify import Claim, Source, check
from verify.claims.claim import Claim as _Claim
from verify.claims.conclusions import Conserved
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.matrix_kinds import Decays
from verify.claims.conclusions.throughout import Throughout
from verify.claims.hypotheses import DepthAtLeast, Homogeneous
from verify.claims.request import Request, read_start
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, digits, fits
from verify.integrate.enclosable import certifiable
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program
from verify.judge.decide import judge
from verify.models.data import read_scatter
from verify.models.flow import Flow
from verify.models.formulas import Formulas
from verify.models.formulas import Letter as FormulaLetter
from verify.models.losses.grammar import parse_loss
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.affine import k
from verify.terms.expr import Expr, const, num, total, u, w
from verify.terms.matrices import LOSS, G
from verify.terms.matrices import num as word

MOST = LIMITS["digits"]
LONG, TOO_LONG = 10 ** (MOST - 1) + 7, 10**MOST + 7
NORM = total("i", u["l", "i"] ** 2)


def test_the_table_is_the_readers_own() -> None:
    assert LIMITS is check.LIMITS
    assert check.rational(f"-{LONG}/{LONG + 1}") == Fraction(-LONG, LONG + 1)
    with pytest.raises(check.Refused):
        check.rational(str(TOO_LONG))


@pytest.mark.parametrize("power", [0, 1, 7, 60, 199, 200, 1000, 3999, 4001])
def test_digits_are_counted(power: int) -> None:
    for x in (10**power, 10**power + 1, 10 ** (power + 1) - 1):
        counted = power + 1
        assert digits(x) == counted if counted < 3900 else digits(x) > MOST
        assert fits(Fraction(1, x)) == (counted <= MOST)


def claim(conclusion=None, setting=None, assuming=()) -> Claim:
    return _Claim(
        "mine",
        "a claim",
        setting or Flow(),
        assuming,
        {"c": conclusion or Conserved(NORM)},
        Source("2603.02622v1"),
    )


def formula(x: Expr) -> Claim:
    return claim(
        Equals((const("a") + 1) * x, const("a") * x + x),
        Formulas("a number", letters=(FormulaLetter("a"),)),
    )


def nested(levels: int) -> Expr:
    e = u["l", 1]
    for _ in range(levels):
        e = e + 1
    return e


#: what enters, just below and just above the limit of the reader
NUMBERS = {
    "a number in a sum": lambda x: claim(Conserved(num(x) * NORM)),
    "a degree": lambda x: claim(assuming=(Homogeneous.of(x),)),
    "a number in a formula": lambda x: formula(num(x)),
    "a rate of matrices": lambda x: claim(Decays(G(k), word(x)), Matrices(GradientFlow(LOSS))),
    "a bound of a trajectory": lambda x: Throughout("x", ">", Fraction(x)) and claim_along(x),
    "a start of a trajectory": lambda x: claim_along(3, start=Fraction(x)),
    "a start of a trajectory, below the line": lambda x: claim_along(3, start=Fraction(1, x)),
    "a number of a loss": lambda x: parse_loss(f"{x}*B"),
    "a product of numbers of a loss": lambda x: parse_loss(f"{x // 7 + 1}*7*B"),
    "a power of a number of a loss": lambda x: parse_loss(f"(1/{x})^-1*B"),
}


def claim_along(x: int, start: Fraction = Fraction(1)) -> Claim:
    from verify.models.trajectories import Trajectories

    build = lambda: System(
        "s", ("x",), (start,), field=lambda y, m: [-y[0]], quantities={"x": lambda y, m: y[0]}
    )
    setting = Trajectories(flow="x' = -x", starts={"1": build}, horizon=Fraction(1))
    return claim(Throughout("x", "<", Fraction(x)), setting)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_at_the_limit(name: str) -> None:
    below = (
        3 if name == "a rate of matrices" else LONG
    )  # words take 200 bits, less than their reader
    NUMBERS[name](below)
    with pytest.raises(BadInput) as error:
        NUMBERS[name](TOO_LONG)
    assert len(str(error.value)) < 400


@pytest.mark.parametrize("sign", [1, -1])
def test_engines_take_longer_starts_than_certificates(sign: int) -> None:
    """A start of 201 digits was refused to engines, which write no certificate; what Python does
    not write out is refused to all.
    """
    build = lambda x: System("s", ("x",), (Fraction(x),), field=lambda y, m: [-y[0]])
    system = build(Fraction(10**300) ** sign)
    end = (
        Taylor().run(system, Fraction(1), 12, samples=1).states[-1].exact()[0][0] / system.start[0]
    )
    assert abs(end - Fraction("0.367879441171")) < Fraction(1, 10**11)
    with pytest.raises(BadInput, match="at most 200"):
        certifiable(system, ())
    long = Fraction(2 ** (LIMITS["coefficient"] - 2)) ** sign
    build(long)
    with pytest.raises(BadInput, match=str(LIMITS["coefficient"])):
        build(long * Fraction(4) ** sign)


#: indices, exponents, depths, nesting
SIZES = {
    "index": (lambda x: claim(Conserved(u["l", x] ** 2)), LIMITS["size"]),
    "exponent": (lambda x: claim(Conserved(total("i", u["l", "i"] ** x))), LIMITS["exponent"]),
    "denominator of an exponent": (
        lambda x: claim(Conserved(total("i", u["l", "i"] ** Fraction(1, x)))),
        LIMITS["exponent"],
    ),
    "least depth": (lambda x: claim(assuming=(DepthAtLeast(bound=x),)), LIMITS["size"]),
    "exponent in a formula": (lambda x: formula(const("a") ** x), LIMITS["power"]),
    "coordinate of a loss": (lambda x: parse_loss(f"w{x}/w1"), LIMITS["size"]),
}


@pytest.mark.parametrize("name", SIZES)
def test_a_size_at_the_limit(name: str) -> None:
    build, most = SIZES[name]
    build(most)
    with pytest.raises(BadInput, match=str(most)):
        build(most + 1)


@pytest.mark.parametrize("levels", [150, 400, 5000])
def test_an_expression_that_is_too_deep_is_refused_where_it_enters(levels: int) -> None:
    claim(Conserved(nested(80)))
    with pytest.raises(BadInput, match="nested"):
        claim(Conserved(nested(levels)))


def test_a_loss_that_is_deep_in_the_tree_and_not_in_brackets() -> None:
    text = "w1"
    for _ in range(45):
        text = f"(2*{text}^1+1)"
    with pytest.raises(BadInput, match="nested"):
        parse_loss(text)


CELLS = [
    ("1.7976931348623157e308", "2"),
    ("1e199", "1"),
    ("1e-199", "1"),
    ("1e150", "1e-30"),
    ("1e120", "3"),
    ("1e-120", "1/3"),
]


@pytest.mark.parametrize("cells", CELLS)
def test_a_cell_whose_products_are_too_long_is_named(cells: tuple[str, str], tmp_path) -> None:
    (tmp_path / "d.csv").write_text(f"a,b,kind\n1,2,x\n3,{cells[1]},y\n\n5,{cells[0]},x\n7,4,y\n")
    with pytest.raises(BadInput) as error:
        read_scatter(str(tmp_path / "d.csv"), "kind")
    said = str(error.value)
    assert (
        "d.csv, row 3 (line 5), column 'b'" in said
        and "rescale the column" in said
        and str(MOST) in said
    )
    assert len(said) < 400


@pytest.mark.parametrize("power", [40, 60, 80, 95, 100, 150])
def test_data_are_accepted_by_both_or_refused_at_the_door(power: int, tmp_path) -> None:
    """A cell of another size than its column: never PROVED here and refused there."""
    (tmp_path / "d.csv").write_text(f"a,b,kind\n1,2,x\n3,1,y\n5,1e{power},x\n7,4,y\n6,1,x\n")
    try:
        scatter = read_scatter(str(tmp_path / "d.csv"), "kind")
    except BadInput:
        assert power > 60
        return
    report = judge(quasi_norm(), Request(scatter=scatter, numeric=False))
    assert report.verdict is Verdict.PROVED, [o.reason for o in report.outcomes.values()]
    assert check.check(json.loads(json.dumps(report.certificate.body))).startswith("PROVED")


@pytest.mark.parametrize("size", [20, 100, 190, MOST])
def test_a_start_is_accepted_by_both(size: int, tmp_path) -> None:
    """Below the limit nothing is PROVED and then refused, although numbers grow inside: it is
    decided, or UNDECIDED with its reason.
    """
    x = 10 ** (size - 1) + 1
    (tmp_path / "s.txt").write_text(f"1 {x}\n-1 -{x}\n")
    report = judge(quasi_norm(), Request(start=read_start(str(tmp_path / "s.txt")), numeric=False))
    assert report.verdict in (Verdict.PROVED, Verdict.UNDECIDED)
    assert not any("does not accept" in o.reason for o in report.outcomes.values())
    (tmp_path / "s.txt").write_text(f"1 {10**MOST}\n")
    with pytest.raises(BadInput, match=r"s.txt, line 1, cell 2.*at most 200.*rescale the start"):
        read_start(str(tmp_path / "s.txt"))


@pytest.mark.parametrize("loss", ["(w1/w2)^64", "((w1/w2)^64)^8", "(((w1/w2)^64)^8)^2 + w1/w2"])
def test_numbers_that_grow_inside_end_undecided(loss: str) -> None:
    x = Fraction(10**60 + 1, 10**60 + 3)
    request = Request(loss=loss, start=((x, 2 * x), (x, -2 * x)), numeric=False)
    report = judge(quasi_norm(), request)
    assert report.verdict in (Verdict.PROVED, Verdict.UNDECIDED)
    assert not any("does not accept" in o.reason for o in report.outcomes.values())


@lru_cache(maxsize=1)
def _big() -> Expr:
    return num(10**190 + 3)


GROWING = {
    "a sum of a network": lambda: claim(Conserved(NORM * (_big() ** 60) ** 20)),
    "a power in a formula": lambda: formula((_big() * const("a") + 1) ** 40),
    "a power of a power in a formula": lambda: formula((_big() ** 60) ** 4),
    "a product of words": lambda: claim(
        Decays(
            G(k),
            ((word(2**199 - 1) ** 24) ** 24) ** 24 * word(0) - ((word(2**199 - 1) ** 24) ** 24),
        ),
        Matrices(GradientFlow(LOSS)),
    ),
    "a power of a sum": lambda: claim(Conserved((NORM + total("i", u["l", "i"])) ** 200)),
}


@pytest.mark.parametrize("name", GROWING)
def test_what_grows_inside_stops_before_the_reader_would(name: str) -> None:
    """UNDECIDED (or refuted at a state of moderate numbers), never PROVED and then refused, and
    never an error of ours.
    """
    report = judge(GROWING[name](), Request(numeric=False))
    assert report.verdict in (Verdict.UNDECIDED, Verdict.REFUTED)
    assert not any("does not accept" in o.reason for o in report.outcomes.values()), [
        o.reason for o in report.outcomes.values()
    ]


def test_numbers_of_a_program_are_those_that_its_reader_reads() -> None:
    """check_enclosure.py is one file for strangers: its own limits are the same."""
    from verify import check_enclosure

    most = LIMITS["constant"]
    assert check_enclosure.rational("9" * most) == 10**most - 1
    with pytest.raises(check_enclosure.Refused):
        check_enclosure.rational("9" * (most + 1))
    field = lambda c: lambda x, m: [x[0] * c]
    power = lambda e: lambda x, m: [x[0].power(e)]
    for build, below, above in (
        (field, Fraction(1, 10 ** (most - 1)), Fraction(1, 10**most)),
        (power, Fraction(LIMITS["exponent"], 999), Fraction(LIMITS["exponent"] + 1, 999)),
    ):
        program(System("s", ("x",), (Fraction(1),), field=build(below)))
        with pytest.raises(BadInput):
            program(System("s", ("x",), (Fraction(1),), field=build(above)))


def quasi_norm() -> Claim:
    from proofs import CLAIMS

    return next(c for c in CLAIMS if c.id == "quasi-norm")


def test_weights_w_are_numbers_too() -> None:
    assert parse_loss("w1/w2") == Expr("*", (w[1], w[2] ** -1))
