"""The sum of squares of a linear system (A, B, C) along M -> (M A M^(-1), M B, C M^(-1)), for
every size, and an orbit on which it has no minimum.

Its first variation is 2 Re Tr(mu a). For a triple that is not minimal the orbit need not be closed:
with one state and C = 0, B != 0 the value A^2 + m^2 B^2 falls towards A^2 as m -> 0 and has no
critical point.
"""

from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, letters
from verify.models.formulas import Letter as Number
from verify.models.matrices import Example, Matrices
from verify.models.motions import Prescribed
from verify.terms.expr import const
from verify.terms.expr import dot as rate
from verify.terms.letters import Letter
from verify.terms.matrices import dot, letter, norm2, tr

A, B, C, a = (letter(x) for x in ("A", "B", "C", "a"))
MU = A * A.H - A.H * A + B * B.H - C.H * C
_SYSTEM = Example(
    sizes={"n": 1, "m": 1, "p": 1}, values={"A": ((1,),), "B": ((2,),), "C": ((1,),), "a": ((1,),)}
)
LS_NORM_BALANCE = Claim(
    id="ls-norm-balance",
    also=("ls-norm-variation",),
    title="the sum of squares of a linear system along its group",
    setting=Matrices(
        Prescribed({"A": a * A - A * a, "B": a * B, "C": -C * a}),
        letters=(
            Letter("A", "n", "n"),
            Letter("B", "n", "m"),
            Letter("C", "p", "n"),
            Letter("a", "n", "n", about="any matrix"),
        ),
        layers=False,
        examples=(_SYSTEM,),
    ),
    assuming=(),
    concluding={"variation": Identity(dot(norm2(A) + norm2(B) + norm2(C)), 2 * tr(MU * a))},
    source=Source("2511.01137v2", "sec 1.3.1", note="Helmke, cited there"),
    remarks=(Remark("ls-norm-sizes"), Remark("ls-norm-open-orbit"), Remark("ls-minimal-orbit")),
)
_m, _A, _B = letters("m A B")
LS_NORM_OPEN_ORBIT = Claim(
    id="ls-norm-open-orbit",
    title="the sum of squares on an orbit of a system that is not minimal",
    setting=Formulas(
        "one state, C = 0: f the sum of squares of (A, m B, 0) on the orbit, m > 0; m' = m",
        (Number("m", ">"), Number("A"), Number("B", "!=")),
        (Let("f", _A**2 + _m**2 * _B**2),),
        {"m": _m},
        ({"m": 1, "A": 1, "B": 1},),
    ),
    assuming=(),
    concluding={"slope": Sign(rate(const("f")), ">"), "above": Sign(const("f") - _A**2, ">")},
    source=Source("2511.01137v2", "sec 1.3.1", note="derived"),
)
