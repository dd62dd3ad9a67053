"""``verify doctor``: versions, engines, and planted false claims that must be caught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Equation, Hints
from verify.claims.hypotheses import Balanced, Homogeneous, Hypothesis
from verify.claims.request import Request
from verify.claims.sentence import Sentence
from verify.claims.verdict import Verdict
from verify.commands import doctor_matrices, doctor_numbers
from verify.exact.errors import EnginesDisagree
from verify.exact.rings import Real
from verify.integrate.taylor import Taylor
from verify.judge.decide import judge
from verify.models import Flow
from verify.models.diagonal_flow import diagonal_flow
from verify.models.losses import family
from verify.models.point import Point
from verify.process.channel import emit, part
from verify.process.exits import INTERNAL, OK
from verify.process.versions import versions
from verify.process.width import fitted
from verify.terms.expr import Expr, g, q, total, u, w
from verify.theories.sums.prove import Gap, prove

_HERE = Source("0000.00000v1", note="planted")


@dataclass(frozen=True, slots=True)
class StartsAtOne(Hypothesis):
    """u_(1,1) = 1 at the start: u^2 - 2u has the derivative (2u - 2) u', which vanishes modulo u -
    1, and is not conserved.
    """

    id: str = "start"
    kind: ClassVar[str] = "starts-at-one"
    when: ClassVar[str] = "at the start"

    def prose(self) -> str:
        return "u_(1,1) = 1"

    def relation(self) -> Expr:
        return u[1, 1] - 1

    def violated(self, point: Point) -> str | None:
        return None if point.start[0][0] == 1 else "u_(1,1) is not 1"


_DIFFERENCE = u["l", "i"] ** 2 - u["m", "i"] ** 2

#: (why it is false, claim): none may come out PROVED
PLANTED: tuple[tuple[str, Claim], ...] = (
    (
        "the abstract gradient inside an invariant",
        Claim("planted-gradient", "", Flow(), (), {"x": Conserved(g["i"] ** 2)}, _HERE),
    ),
    (
        "a constant sold as a law",
        Claim("planted-constant", "", Flow(), (), {"x": Conserved(total("i", 1))}, _HERE),
    ),
    (
        "both sides the same",
        Claim("planted-same", "", Flow(), (), {"x": Equation(w["i"], w["i"])}, _HERE),
    ),
    (
        "the quasi-norm without balance",
        Claim(
            "planted-unbalanced",
            "",
            Flow(),
            (Homogeneous(),),
            {"x": Conserved(total("i", q["i"]))},
            _HERE,
        ),
    ),
    (
        "the quasi-norm without scale invariance",
        Claim(
            "planted-degree", "", Flow(), (Balanced(),), {"x": Conserved(total("i", q["i"]))}, _HERE
        ),
    ),
    (
        "balance under weight decay (it survives a balanced start, so the start must be unequal)",
        Claim("planted-decay", "", Flow(decay="kappa"), (), {"x": Conserved(_DIFFERENCE)}, _HERE),
    ),
    (
        "an invariant off by 10^-40",
        Claim(
            "planted-tiny",
            "",
            Flow(),
            (Homogeneous(),),
            {"x": Conserved(total("i", u["l", "i"] ** 2) + u["l", 1] ** 2 / 10**40)},
            _HERE,
        ),
    ),
    (
        "a hint that states instead of helping",
        Claim(
            "planted-hint",
            "",
            Flow(),
            (),
            {"x": Conserved(total("i", q["i"]))},
            _HERE,
            hints={"x": Hints(rule="HOLDER")},
        ),
    ),
)


def examine() -> int:
    """Exit code 3 where a planted falsehood is accepted."""
    for name, number in versions().items():
        emit(fitted(f"  {name:<14} {number}\n"))
    emit(fitted(f"  {'optional':<14} {doctor_numbers.extras()}\n"))
    bad = 0
    for line, fine in (*_examinations(), *doctor_numbers.examinations()):
        bad += not fine
        emit(fitted(f"  {'caught' if fine else 'MISSED':<14} {line}\n"))
    bad += not _engine()
    emit(
        "all planted falsehoods were caught\n"
        if not bad
        else f"{bad} checks failed: do not trust this installation\n"
    )
    return INTERNAL if bad else OK


def _examinations() -> Iterator[tuple[str, bool]]:
    trap = Sentence(Flow(), (StartsAtOne(),), "x", Conserved(u[1, 1] ** 2 - 2 * u[1, 1]))
    found = prove(trap, Hints())
    yield (
        f"a start relation used as if always, u^2 - 2u from u = 1: {type(found).__name__}",
        isinstance(found, Gap),
    )
    for why, claim in (*PLANTED, *doctor_matrices.PLANTED):
        part(claim.id)
        try:
            verdict = judge(claim, Request(numeric=False)).verdict
        except EnginesDisagree:
            yield f"{why}: engines disagree", False
            continue
        yield f"{why}: {verdict.name}", verdict is not Verdict.PROVED


def _engine() -> bool:
    """The integrator against a closed form: u' = -u for J = |w|^2/2 at depth 1."""
    norm = family("norm").build(1, lambda: Fraction(1))
    end = (
        Taylor()
        .run(diagonal_flow(Point(((Fraction(1),),), norm)), Fraction(1), 50, samples=1)
        .states[-1]
        .exact()[0][0]
    )
    real = Real(60)
    gap = abs(real.number(end) - real.exp(real.number(Fraction(-2))))
    fine = gap < real.number(Fraction(1, 10**50))
    emit(
        f"  {'agrees' if fine else 'WRONG':<14} Taylor engine against e^(-2): {real.text(gap)} at"
        " 50 digits\n"
    )
    return bool(fine)
