"""An author's slip in samples and actions is refused where it is written, with what was expected
and how to mend it.

The kind: wrong types surface late or raw, as a TypeError of Python or in the middle of a run. To it
belong every argument of every
constructor: so each is given each wrong thing in turn, and only BadInput that says "expected" may
come out.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs.samples.integral import RESOLVENTS
from verify.claims.conclusions import Agrees, NeverBelow, TendsAtOrder
from verify.claims.conclusions.of_actions import (
    AlgebraCount,
    Factor,
    FirstVariation,
    LawCount,
    MomentIs,
)
from verify.claims.conclusions.of_dimensions import BalancedDimension, LeafDimension
from verify.claims.experiments import Compare, Limit, Slope
from verify.exact.errors import BadInput
from verify.models.action import Action, DeepLinear, Diagonal, Explicit, LinearSystem, Units
from verify.models.samples import Quantity, Samples
from verify.terms.expr import const

X = const("x")
A, B = Quantity("a", "drawn"), Quantity("b", "drawn")
WORDS = ((1, (Factor("W", (0,)), Factor("W", (0,), True))),)
RIGHT = [
    (Samples, (RESOLVENTS, ((2, 2),), 3)),
    (Agrees, (A, B)),
    (NeverBelow, (A, B)),
    (TendsAtOrder, (A, B, 1)),
    (Compare, ("c", Fraction(101, 100))),
    (Limit, ("c", 3)),
    (Slope, ("c",)),
    (Action, ((DeepLinear((2, 2, 2)),), False)),
    (DeepLinear, ((2, 2, 2),)),
    (Diagonal, (2, 2)),
    (Units, (2, 2)),
    (LinearSystem, (1, 1, 1)),
    (Explicit, (("x",), (X,), (((1,),),))),
    (MomentIs, (WORDS,)),
    (FirstVariation, (WORDS,)),
    (Factor, ("W", (0,), False)),
    (LawCount, ((1,), (1,))),
    (AlgebraCount, ((1,), (1,))),
    (BalancedDimension, ((1,),)),
    (LeafDimension, ((1,), (1,))),
]
WRONG = [None, 2.5, [], {}, object(), 1j, b"x", (None,), ((2.5,),), [1, 2], (1, "a")]


@pytest.mark.parametrize(("build", "arguments"), RIGHT, ids=[b.__name__ for b, _ in RIGHT])
def test_right_ones_are_taken(build, arguments) -> None:
    assert build(*arguments)


@pytest.mark.parametrize(("build", "arguments"), RIGHT, ids=[b.__name__ for b, _ in RIGHT])
def test_wrong_types_are_refused_where_they_are_written(build, arguments) -> None:
    for place in range(len(arguments)):
        for wrong in WRONG:
            with pytest.raises(BadInput) as refused:
                build(*arguments[:place], wrong, *arguments[place + 1 :])
            assert "expected" in str(refused.value) or "at least" in str(refused.value), (
                place,
                wrong,
            )


def test_a_zero_generator_is_refused() -> None:
    """The reader takes no matrix without entries: the prover must not come that far."""
    with pytest.raises(BadInput, match="generates nothing"):
        Explicit(("x", "y"), (X,), (((1, 0), (0, -1)), ((0, 0), (0, 0))))
