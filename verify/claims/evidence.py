"""What was found about each conclusion: frozen records, one type per kind of result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.claims.certified import Certified
from verify.claims.verdict import Verdict
from verify.spelling.alphabet import LATEX
from verify.spelling.tex import inline, sentence, value

if TYPE_CHECKING:
    from verify.claims.conclusions.base import Failure, Hints
    from verify.claims.sentence import Sentence
    from verify.integrate.enclosure import Enclosure
    from verify.integrate.system import System
    from verify.models.point import Point
    from verify.terms.expr import Expr


@dataclass(frozen=True, slots=True)
class Step:
    """One obligation and the cofactors with which it is a combination of the hypotheses'
    relations.
    """

    obligation: Expr
    cofactors: Mapping[str, Expr]


@dataclass(frozen=True, slots=True)
class Proof:
    """``keeps_balance`` is the obligation that the start relations stay true, formed whenever
    balance is assumed.
    """

    steps: tuple[Step, ...]
    rules: tuple[str, ...]
    hints: Hints
    keeps_balance: Expr | None = None


@dataclass(frozen=True)
class Witness:
    """A point that satisfies every hypothesis, and how the conclusion fails there."""

    sentence: Sentence
    point: Point
    indices: Mapping[str, int]
    failure: Failure
    ring: str
    rule: str = ""  # of a trap

    def latex(self) -> str:
        """Where it fails, and how, in LaTeX."""
        where = ", ".join(inline(f"{LATEX.counted(k)} = {v}") for k, v in self.indices.items())
        equal = "=" if self.ring == "exact" else "\\approx"
        failed = inline(f"{self.failure.tex} {equal} {value(self.failure.value)}")
        return f"{sentence((self.point.latex(), where))}: {failed}"


@dataclass(frozen=True)
class Outcome:
    """The verdict on one conclusion, with everything that led to it."""

    sentence: Sentence
    verdict: Verdict
    reason: str
    scope: str = ""
    given: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    proof: Proof | None = None
    instance: Point | None = None
    witness: Witness | Any | None = None
    about: str = (
        ""  # what is measured is said of the losses and starts that the user named, and of no other
    )
    steps: Certified | None = None  # as the kernel has accepted it; None where no steps are found
    moves: bool = False  # whether anything certainly moves at the instance: computed there
    condition: str = ""  # what its scope adds to the sentence, in LaTeX

    @property
    def stated(self) -> str:
        """The sentence that the verdict is about."""
        said = self.sentence.conclusion.render()
        return f"{said}, {self.about}" if self.about else said

    def refused(self, reader: str, why: str) -> Outcome:
        """What is left of a verdict whose certificate ``reader`` does not accept: nothing but the
        sentence and why.
        """
        reason = f"{self.verdict.name}, but {reader} does not accept the certificate: {why}"
        return Outcome(self.sentence, Verdict.UNDECIDED, reason, about=self.about)


@dataclass(frozen=True)
class Followed:
    """One start: the enclosure, or why there is none; and for each conclusion ``Decided``."""

    label: str
    system: System
    enclosure: Enclosure | None
    trouble: str
    decided: Mapping[str, Decided]
    checked: str = ""  # how far a second method agrees
    event: Decided | None = None  # what ends the setting, where something does

    @property
    def moved(self) -> Fraction:
        """How far a state is from its start at a sample, beyond doubt; 0 where nothing is seen to
        move.
        """
        if self.enclosure is None:
            return Fraction(0)
        first, *later = (
            [x for row in state.exact() for x in row] for state in self.enclosure.states
        )
        far = (
            (max(abs(a - b) for a, b in zip(x, first, strict=True)), r)
            for x, r in zip(later, self.enclosure.radii[1:], strict=True)
        )
        return max(
            max(distance - radius - self.enclosure.radii[0] for distance, radius in far),
            Fraction(0),
        )


@dataclass(frozen=True, slots=True)
class Decided:
    """``holds`` is None where the enclosure does not decide. From ``since`` to ``until`` the
    quantity lies in [least, most]: there it fails, or is closest to failing.
    """

    holds: bool | None
    since: Fraction = Fraction(0)
    until: Fraction = Fraction(0)
    least: Fraction = Fraction(0)
    most: Fraction = Fraction(0)
    reason: str = ""
    wide: bool = False  # undecided, and more digits may help
    kept: bool = False  # by the flow itself, whose rate of the distance from the bound keeps it > 0


@dataclass(frozen=True)
class Measured:
    """One numeric experiment: a law of evidence, never of proof."""

    kind: str
    conclusion: str
    status: str  # "agrees", "contradicts" or "inconclusive"
    text: str
    numbers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """A sentence at one exact state: it ``holds`` there, it fails, or (None) that is not decided.
    ``text`` is what was evaluated and its value, or the reason.
    """

    holds: bool | None
    text: str = ""


@dataclass(frozen=True)
class Needed:
    """Whether a hypothesis is needed: shown by a witness to the sentence without it, or why it
    cannot be broken here.
    """

    hypothesis: str
    kind: str
    verdict: str  # "needed", "not needed", "cannot fail", "not shown"
    text: str
    witness: Witness | Any | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """An exact link of a chain, another claim judged in the same run: what it states, and the
    ``reason`` where it is not proved.
    """

    claim: str
    statement: str
    verdict: Verdict
    reason: str
    exit: int
    by: str = ""  # the claim that names it: the one that is judged, or another link


@dataclass(frozen=True)
class Report:
    """Everything that one run found."""

    claim: str
    title: str
    source: str
    statement: str
    setting: str
    parameters: dict[str, Any]
    hypotheses: tuple[tuple[str, str, str], ...]  # id, prose, when
    dropped: tuple[tuple[str, str], ...]  # id, reason
    outcomes: dict[str, Outcome]
    measured: tuple[Measured, ...]
    needed: tuple[Needed, ...]
    verdict: Verdict
    expected: Verdict
    notes: tuple[str, ...]
    certificate: Certified | None
    seed: int
    exit: int
    timing: dict[str, float]
    followed: tuple[
        Followed, ...
    ] = ()  # the enclosures of a claim about trajectories, for pictures
    links: tuple[Linked, ...] = ()  # the exact links of a chain

    def __post_init__(self) -> None:
        """A certificate that the reader refuses certifies nothing: it is never printed, cached or
        written, whichever judge made it.
        """
        if self.certificate is not None and self.certificate.refusal:
            object.__setattr__(self, "certificate", None)

    @property
    def by_steps(self) -> bool:
        """Whether the certificates are those of its conclusions: one of them is that of the claim,
        where it settles it.
        """
        whole, found = self.certificate, [o.steps for o in self.outcomes.values() if o.steps]
        return bool(found) and (whole is None or any(whole.text == x.text for x in found))

    @property
    def given_all(self) -> tuple[str, ...]:
        """Cited theorems that the verdict rests on."""
        return tuple(sorted({g for o in self.outcomes.values() for g in o.given}))
