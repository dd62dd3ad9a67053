"""A kernel narrower than the input of a circular convolution: |u|^2 - |v|^2 alone is kept."""

from proofs.margins.real_space import (
    P,
    Q,
    R,
    U,
    V,
    constant_part,
    convolved,
    square,
    u1,
    u2,
    u3,
    v1,
    v2,
)
from proofs.margins.sources import CONVOLUTIONS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Conserved
from verify.models.declared import Declared

narrow = convolved(U, V[:2])
NARROW = Declared((u1, u2, u3, v1, v2, P, Q, R, narrow), flow=narrow.here)
NARROW_NORM = Claim(
    id="lin-nets-narrow",
    title="a kernel of width two on three inputs: what both layers keep together",
    setting=NARROW,
    assuming=(),
    concluding={"norm": Conserved(square(U) - square(V[:2]))},
    source=CONVOLUTIONS,
    remarks=(Remark("lin-nets-narrow-frequency"),),
)
NARROW_FREQUENCY = NARROW_NORM.false_variant(
    id="lin-nets-narrow-frequency",
    title="a misreading: a kernel of width two on three inputs keeps what a frequency keeps",
    concluding={"mean": Conserved(constant_part(U) - constant_part(V[:2]))},
)
