"""What an author writes wrongly is refused where it is written: BadInput naming the value, what was
expected and how to mend it.

The kind: every public constructor of networks and formulas with another type in each of its fields.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
import sympy

from verify.claims.claim import Break
from verify.claims.conclusions import (
    Conserved,
    Equation,
    Hints,
    Inequality,
    KeepsSign,
    LimitDirection,
    LinearLaw,
    Order,
)
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses import Balanced, DepthAtLeast, Homogeneous, NonZero, Product
from verify.claims.hypotheses.direction import FisherRatio, HalfSpace, SameSigns
from verify.claims.hypotheses.formulas import Given
from verify.claims.hypotheses.start import AtStart
from verify.exact.errors import BadInput
from verify.models import Flow, Step
from verify.models.formulas import (
    Exp,
    Formulas,
    Let,
    Letter,
    Power,
    Root,
    Solution,
    letters,
    partial,
)
from verify.terms.expr import (
    after,
    const,
    dot,
    euler,
    exp,
    lin,
    log,
    num,
    over_layers,
    quad,
    start,
    total,
    u,
)

X = const("x")
LETTER = Letter("x")
WRONG = (3.5, None, ("x",), {}, sympy.Symbol("x"), Letter)
EXPRESSIONS: dict[str, Callable[[object], object]] = {
    "Conserved": Conserved,
    "Equation": lambda v: Equation(X, v),
    "LinearLaw": lambda v: LinearLaw(X, v),
    "KeepsSign": lambda v: KeepsSign(v, X),
    "Inequality": lambda v: Inequality(v, X),
    "Order": lambda v: Order(v, Fraction(1)),
    "Constant": Constant,
    "Equals": lambda v: Equals(X, v),
    "Equals.of": lambda v: Equals.of(X, v),
    "RateLaw": lambda v: RateLaw(X, v),
    "RateLaw.of": lambda v: RateLaw.of(X, v),
    "Sign": lambda v: Sign(v, ">"),
    "ExponentialDecay": ExponentialDecay,
    "Given": lambda v: Given("g", v),
    "Homogeneous": lambda v: Homogeneous(degree=v),
    "Homogeneous.of": Homogeneous.of,
    "Root": lambda v: Root("r", v),
    "Power": lambda v: Power("p", X, v),
    "Power of": lambda v: Power("p", v, X),
    "Exp": lambda v: Exp("a", v),
    "Let": lambda v: Let("a", v),
    "rates": lambda v: Formulas("p", (LETTER,), (), {"x": v}),
    "values": lambda v: Solution(Formulas("p", (LETTER,)), {"x": v}),
    "plus": lambda v: X + v,
    "times": lambda v: X * v,
    "power": lambda v: X**v,
    "quotient": lambda v: X / v,
    "total": lambda v: total("i", v),
    "dot": dot,
    "after": after,
    "start": start,
    "log": log,
    "exp": exp,
    "euler": euler,
    "partial": lambda v: partial("x", v),
    "Order exponent": lambda v: Order(X, v),
    "degree": lambda v: Root("r", X, v),
    "bound": lambda v: DepthAtLeast(bound=v),
    "bound that stands first": DepthAtLeast,
    "least depth": lambda v: Flow(least_depth=v),
}
NAMES: dict[str, Callable[[object], object]] = {
    **{
        kind.__name__: kind
        for kind in (Balanced, NonZero, Product, FisherRatio, SameSigns, HalfSpace)
    },
    **{kind.__name__: (lambda v, kind=kind: kind(id=v)) for kind in (Homogeneous, DepthAtLeast)},
    "Given": lambda v: Given(v, X),
    "AtStart": lambda v: AtStart(v, "x", ">"),
    "AtStart quantity": lambda v: AtStart("a", v, ">"),
    "Break": Break,
    "Break kind": lambda v: Break("a", v),
    "Letter": Letter,
    "sign": lambda v: Letter("x", v),
    "Root": lambda v: Root(v, X),
    "const": const,
    "quad": quad,
    "lin": lin,
    "letters": letters,
    "partial": lambda v: partial(v, X),
    "relation": lambda v: Sign(X, v),
    "target": LimitDirection,
    "model": Flow,
    "step": Step,
    "sum": lambda v: total(v, X),
    "head": lambda v: over_layers(v, "l", X),
}
OTHERS: dict[str, Callable[[], object]] = {
    "a sum over layers without the kind": lambda: total("l", u["l", "i"] ** 2),
    "one index": lambda: u["l"],
    "three": lambda: u["l", "i", "j"],
    "divided by 0": lambda: X / 0,
    "letters without a comma": lambda: Formulas("p", Letter("x")),  # type: ignore[arg-type]
    "names for letters": lambda: Formulas("p", ("x",)),  # type: ignore[arg-type]
    "an atom alone": lambda: Formulas("p", (LETTER,), Root("r", X)),  # type: ignore[arg-type]
    "a point alone": lambda: Formulas("p", (LETTER,), (), {}, {"x": 1}),  # type: ignore[arg-type]
    "prose": lambda: Formulas(3, (LETTER,)),  # type: ignore[arg-type]
    "weight decay": lambda: Flow(decay="mu"),
    "a name with a blank": lambda: Letter("x y"),
    "a reason": lambda: Break("a", not_needed=True),  # type: ignore[arg-type]
    "a loss": lambda: Break("a", loss=3),  # type: ignore[arg-type]
    "a hint": lambda: Hints(through=3),  # type: ignore[arg-type]
    "a rule": lambda: Hints(rule=3),  # type: ignore[arg-type]
    "a clock": lambda: Solution(3, {}),  # type: ignore[arg-type]
    "text as a number": lambda: num("1/2"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", EXPRESSIONS)
@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_another_type_for_an_expression(name: str, value: object) -> None:
    refused(lambda: EXPRESSIONS[name](value))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [3.5, None, ("x",), {}, X], ids=repr)
def test_another_type_for_a_name(name: str, value: object) -> None:
    refused(lambda: NAMES[name](value))


@pytest.mark.parametrize("name", OTHERS)
def test_other_slips(name: str) -> None:
    refused(OTHERS[name])


def refused(build: Callable[[], object]) -> None:
    with pytest.raises(BadInput) as said:
        build()
    assert any(word in str(said.value) for word in ("expected", "exact numbers only", "write"))


@pytest.mark.parametrize("bound", [1, 2, 64, 65])
def test_what_stands_first_in_a_hypothesis_is_its_number(bound: int) -> None:
    """DepthAtLeast(65) named the hypothesis "65" and assumed L >= 2; where a hypothesis has a
    number, its id is given by name.
    """
    assert (DepthAtLeast(bound).bound, DepthAtLeast(bound).prose()) == (bound, f"L >= {bound}")
    assert Homogeneous(num(bound)) == Homogeneous.of(bound)
    for build in (
        lambda: DepthAtLeast(str(bound)),
        lambda: Homogeneous(str(bound)),
        lambda: Homogeneous(bound),
    ):  # type: ignore[arg-type]
        refused(build)
