"""Names, prose, degrees and powers in claims about matrices and formulas: what the prover takes its
reader reads.

The kind (E1): a claim that was PROVED and then not accepted, for a name of 61 letters, a line of
prose of 2001, a long statement, a factor that occurs 65 times, a^(64 64). Each is tried at its
limit and beyond: PROVED and accepted, or refused where it is written.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.matrix_kinds import Identity, Unchanged
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.matrices import Holds
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS
from verify.judge.decide import judge
from verify.kernel.limits import LIMITS as OF_KERNEL
from verify.models.formulas import Formulas, Letter, Root
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms import matrices as star
from verify.terms.affine import k
from verify.terms.expr import const, num
from verify.terms.letters import Letter as MatrixLetter
from verify.terms.matrices import LOSS, A, G, W, X, letter
from verify.terms.relation import Equal

FLOW = GradientFlow(LOSS)
BALANCE = (Equal(W[k] * W[k].H, W[k + 1].H * W[k + 1], 1, 1),)
GRAM = W[1].H * W[1]
NAME, WORDS = LIMITS["name"], LIMITS["words"]


def matrices(conclusion=None, setting: Matrices | None = None, *assuming: Holds) -> Claim:
    conclusion = conclusion or Unchanged(G(k))
    return Claim(
        "mine", "t", setting or Matrices(FLOW), assuming, {"c": conclusion}, Source.own("draft")
    )


def formula(conclusion, *letters: str, atoms: tuple = ()) -> Claim:
    setting = Formulas("a number", letters=tuple(Letter(x, ">") for x in letters), atoms=atoms)
    return Claim("mine", "t", setting, (), {"c": conclusion}, Source.own("draft"))


def named(n: int) -> Claim:
    z = const("z" * n)
    return formula(Equals((z + 1) ** 2, z**2 + 2 * z + 1), "z" * n)


def rooted(degree: int, name: str = "r") -> Claim:
    a, r = const("a"), const(name)
    return formula(Equals(r**degree * r, a * r), "a", atoms=(Root(name, a, degree),))


def sized(d: str) -> Claim:
    setting = Matrices(FLOW, (MatrixLetter("Y", d, "0"),))
    return matrices(
        Identity(letter("Y") * GRAM + letter("Y") * X.H * X, letter("Y") * (X.H * X + GRAM)),
        setting,
    )


def lettered(y: str) -> Claim:
    setting = Matrices(FLOW, (MatrixLetter(y, "n", "0"),))
    return matrices(
        Identity(letter(y) * GRAM + letter(y) * X.H * X, letter(y) * (X.H * X + GRAM)), setting
    )


def numbered(c: str) -> Claim:
    return matrices(Identity(star.const(c) * X + X, X * (star.const(c) + star.num(1))))


#: what enters at the limit n, and the limit; beyond it the door refuses
DOORS: dict[str, tuple[Callable[[int], Claim], int]] = {
    "prose of a hypothesis": (
        lambda n: matrices(None, None, Holds("b", "w" * n, BALANCE, when="at the start")),
        WORDS,
    ),
    "name of a hypothesis": (
        lambda n: matrices(None, None, Holds("b" * n, "w", BALANCE, when="at the start")),
        NAME,
    ),
    "name of a definition": (
        lambda n: matrices(
            None,
            Matrices(
                FLOW, (MatrixLetter("M", "0", "0"),), {"d" * n: (Equal(GRAM, letter("M"), 1, 1),)}
            ),
        ),
        NAME,
    ),
    "a letter of matrices": (lambda n: lettered("Y" * n), NAME),
    "a size": (lambda n: sized("n" * n), NAME),
    "a constant of matrices": (lambda n: numbered("c" * n), NAME),
    "a letter of formulas": (named, NAME),
    "an atom": (lambda n: rooted(2, "r" * n), NAME),
    "a degree of a root": (rooted, LIMITS["root"]),
    "least depth": (lambda n: matrices(None, Matrices(FLOW, least_depth=n)), LIMITS["least"]),
}


@pytest.mark.parametrize("what", DOORS)
def test_a_text_or_a_degree_at_the_limit(what: str) -> None:
    make, most = DOORS[what]
    outcome = judge(make(most), Request(numeric=False)).outcomes["c"]
    assert outcome.verdict is Verdict.PROVED, outcome.reason
    with pytest.raises(BadInput, match=str(most)) as refusal:
        make(most + 1)
    assert len(str(refusal.value)) < 800


def test_a_long_statement_is_read() -> None:
    name = "c" * NAME
    total = star.const(name) * X
    for _ in range(40):
        total = total + star.const(name) * X
    outcome = judge(
        matrices(Identity(total, star.const(name) * A[1] * W[1] * 41)), Request(numeric=False)
    ).outcomes["c"]
    assert outcome.verdict is Verdict.PROVED, outcome.reason


@pytest.mark.parametrize("n", [1, 64, 65, 100, 640, 1001])
def test_a_factor_may_occur_as_often_as_a_letter(n: int) -> None:
    a = const("a")
    power = num(1)
    for part in [64] * (n // 64) + [n % 64]:
        power = power * a**part if part else power
    report = judge(formula(Sign(power * (a + 1) ** 2, ">"), "a"), Request(numeric=False))
    fits = n <= OF_KERNEL["exponent"]
    verdict = Verdict.PROVED if fits else Verdict.UNDECIDED
    assert report.outcomes["c"].verdict is verdict, report.outcomes["c"].reason
    assert fits or str(OF_KERNEL["exponent"]) in report.outcomes["c"].reason


@pytest.mark.parametrize("n", [30, 44, 45, 64])
def test_powers_that_grow_inside_stop_before_the_reader_would(n: int) -> None:
    """(a^64)^64 was PROVED and refused."""
    a = const("a")
    high = (a**n) ** n
    outcome = judge(
        formula(Equals(high * a + a, high * (a + 1) - high + a), "a"), Request(numeric=False)
    ).outcomes["c"]
    fits = n * n < OF_KERNEL["exponent"]
    assert outcome.verdict is (Verdict.PROVED if fits else Verdict.UNDECIDED)
    assert "does not accept" not in outcome.reason, outcome.reason
