"""What a claim about samples may be made of: the closed lists, quantities that exist, near misses
that are not the truth.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from verify.claims.conclusions import SAMPLED, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.experiments.compare import NEAR
from verify.claims.fields import closed
from verify.exact.errors import BadInput
from verify.models.samples import Quantity, Samples

if TYPE_CHECKING:
    from verify.claims.claim import Claim


def well_formed(claim: Claim, setting: Samples) -> None:
    """Raises BadInput naming what is not from the closed lists, or a quantity that the family does
    not have.
    """
    closed("setting", setting, (Samples,))
    if claim.assuming:
        raise BadInput(
            f"assumes {[h.id for h in claim.assuming]}; a family says itself what its instances"
            " satisfy"
        )
    known = setting.family.quantities
    for name, c in claim.concluding.items():
        closed("conclusion", c, SAMPLED)
        for quantity in (c.quantity, c.other):  # type: ignore[attr-defined]
            _quantity(f"conclusion {name}", quantity, known)
        if c.quantity == c.other:  # type: ignore[attr-defined]
            raise BadInput(
                f"conclusion {name} compares {str(c.quantity)!r} with itself;"  # type: ignore[attr-defined]
                " expected two"
            )
    for e in claim.experiments:
        closed("experiment", e, (Compare,))
        _near_miss(claim, e, known)  # type: ignore[arg-type]


def _near_miss(claim: Claim, e: Compare, known: tuple[Quantity, ...]) -> None:
    c = claim.concluding.get(e.conclusion)
    if c is None:
        raise BadInput(f"compare names {e.conclusion!r}; conclusions: {sorted(claim.concluding)}")
    if isinstance(c, TendsAtOrder):
        if (
            isinstance(e.near_miss, Quantity)
            or not 0 < abs(Fraction(e.near_miss) - c.degree) <= 1
            or e.near_miss <= 0
        ):
            raise BadInput(
                f"near miss {e.near_miss!r} of order {c.degree}; expected an order > 0 next to it,"
                f" at most {NEAR} away to support anything: Fraction({10 * c.degree + 1}, 10)"
            )
        return
    if not isinstance(e.near_miss, Quantity):
        if not 0 < abs(Fraction(e.near_miss) - 1) <= NEAR:
            raise BadInput(
                f"near miss, a factor {e.near_miss}; expected one within {NEAR} of 1, and not 1"
            )
        return
    _quantity("near miss", e.near_miss, known)
    if e.near_miss in (c.quantity, c.other):  # type: ignore[attr-defined]
        raise BadInput(
            f"the near miss {str(e.near_miss)!r} is compared itself; expected a quantity that must"
            " be rejected"
        )


def _quantity(where: str, quantity: object, known: tuple[Quantity, ...]) -> None:
    if quantity not in known:
        raise BadInput(
            f"{where} names {quantity!s:.60}; the family has: {', '.join(map(str, known))}"
        )
