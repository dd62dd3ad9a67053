"""The theory of linear group actions: every conclusion is decided for each case of the setting, by
exact linear algebra.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from verify.claims.claim import Claim
from verify.claims.evidence import Checked, Outcome
from verify.claims.request import Request
from verify.claims.rules import statement_of
from verify.claims.sentence import Sentence
from verify.models.action import Action
from verify.spelling.many import many
from verify.theories.found import Gap, Nothing, Refuted, Shown
from verify.theories.protocol import Progress, Theory
from verify.theories.symmetries import dimension_findings as dimensions
from verify.theories.symmetries import identities, spaces, spoken
from verify.theories.symmetries.actions import build
from verify.theories.symmetries.certificate import case_wire, for_case
from verify.theories.symmetries.finding import Exact, Finding, Subject, moving, velocity
from verify.theories.symmetries.proof_latex import ActionProof
from verify.theories.symmetries.states import Placed, checked, state
from verify.theories.symmetries.subjects import subjects_of

_PLAIN: dict[str, Callable[[Subject], Finding]] = {
    "preserves": identities.preserves,
    "lie-algebra": spaces.lie_algebra,
    "moment-conserved": identities.moment_conserved,
    "every-element": identities.every_element,
    "orthogonal": identities.orthogonal,
    "skew-empty": identities.skew_empty,
    "integrates": identities.integrates,
    "finite-moment": identities.finite_moment,
    "one-orbit": spaces.one_orbit,
    "stabiliser": spaces.is_stabiliser,
    "normals-in-fibre": dimensions.normals_in_fibre,
    "orthogonal-foliations": dimensions.orthogonal_foliations,
    "rotations-leave": dimensions.rotations_leave,
    "one-rotation": dimensions.one_rotation,
}
_STATED: dict[str, Callable[[Subject, Any], Finding]] = {
    "moment-is": identities.moment_is,
    "first-variation": identities.moment_is,
}
_COUNTED: dict[str, Callable[[Subject, Any, int], Finding]] = {
    "law-count": spaces.law_count,
    "algebra-count": spaces.algebra_count,
    "balanced-dimension": dimensions.balanced_dimension,
    "leaf-dimension": dimensions.leaf_dimension,
    "leaf-by-rank": dimensions.leaf_by_rank,
    "common-tangents": dimensions.common_count,
}
_RULES = {
    "moment-conserved": ("ZERO_DERIVATIVE_IS_CONSTANT",),
    "every-element": ("ZERO_DERIVATIVE_IS_CONSTANT",),
    "law-count": ("ZERO_DERIVATIVE_IS_CONSTANT",),
    "first-variation": ("TRACE_PAIRING",),
    "balanced-dimension": ("ONTO_DIFFERENTIAL",),
    "leaf-dimension": ("RANK_OF_AN_IMAGE",),
    "common-tangents": ("ONTO_DIFFERENTIAL", "MINOR_NOT_ZERO"),
    "rotations-leave": ("MINOR_NOT_ZERO",),
}
_WITNESS_RULES = {
    "one-orbit": ("INVARIANT_ON_ORBITS",),
    "balanced-dimension": ("ONTO_DIFFERENTIAL",),
    "leaf-dimension": ("RANK_OF_AN_IMAGE",),
    "leaf-by-rank": ("RANK_OF_AN_IMAGE",),
    "common-tangents": ("ONTO_DIFFERENTIAL", "MINOR_NOT_ZERO"),
    "orthogonal-foliations": ("ONTO_DIFFERENTIAL",),
    "one-rotation": ("ONTO_DIFFERENTIAL",),
}
_SCOPES = {
    "balanced-dimension": "near the printed W",
    "leaf-dimension": "every Q_k and D",
    "normals-in-fibre": "every theta",
    "common-tangents": "almost every theta",
    "rotations-leave": "almost every theta",
}
_OF_SPANS = (
    "preserves",
    "lie-algebra",
    "finite-moment",
    "stabiliser",
    "law-count",
)  # these speak of no algebra, or ask whether it is one


class Symmetries(Theory):
    """Sizes are the claim's own: a finding for each of its cases settles a conclusion, one that
    fails refutes it.
    """

    reader = "check_actions.py"
    format = "flowlaw-action"
    states_are = Placed

    def __init__(self, claim: Claim, request: Request, progress: Progress) -> None:
        super().__init__(claim, request, progress)
        self.subjects = subjects_of(claim, request.seed, progress)
        self.instances = [moving(s) for s in self.subjects]
        self.findings = cache(self._find)

    def _find(self, name: str) -> list[Finding]:
        return [find(self.claim, name, n, s) for n, s in enumerate(self.subjects)]

    def sentence(self, name: str, without: str = "") -> Sentence:
        return Sentence(self.claim.setting, self.claim.assuming, name, self.claim.concluding[name])  # type: ignore[arg-type]

    def prove(self, sentence: Sentence) -> Shown | Gap:
        found, kind = self.findings(sentence.name), sentence.conclusion.kind
        false = self._false(sentence.name)
        if false is not None:
            return Gap(found[false].text)
        for subject, f, instance in zip(self.subjects, found, self.instances, strict=True):
            if f.empty:
                raise Nothing(f"{subject.case.title}: {f.text}")
            if f.holds is None:
                return Gap(f"{subject.case.title}: {f.text}")
            if instance is None:
                raise Nothing(f"{subject.case.title}: phi is constant, so nothing moves")
        return Shown(
            " | ".join(f.text for f in found),
            _reach(kind, len(found)),
            _RULES.get(kind, ()),
            proof=ActionProof(tuple(self.subjects), tuple(found)),
        )

    def _false(self, name: str) -> int | None:
        """The first case in which it fails."""
        return next((n for n, f in enumerate(self.findings(name)) if f.holds is False), None)

    def refute(self, sentence: Sentence) -> Refuted | None:
        which = self._false(sentence.name)
        if which is None:
            return None
        f = self.findings(sentence.name)[which]
        witness = Exact(self.subjects[which].case.title, f.shown, f.witness)
        return Refuted(witness, f.text, _WITNESS_RULES.get(sentence.conclusion.kind, ()))

    def instance(self, sentence: Sentence) -> Exact | None:
        return self.findings(sentence.name)[0].instance or self.instances[0]

    def state(self, source: Random, without: str = "") -> Placed:
        return state(self.subjects, source)

    def moves(self, state: Placed) -> bool:
        return any(state.slope())

    def checked(self, sentence: Sentence, state: Placed) -> Checked:
        return checked(sentence.conclusion, state)

    def spoken_of(self, sentence: Sentence) -> dict[str, Any]:
        return {"found": self.subjects[0].found}

    def proved_by(self, outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
        return {
            "cases": [case_wire(s) for s in self.subjects],
            "proof": {name: [f.proof for f in self.findings(name)] for name in outcomes},
            "instances": [x.numbers for x in self.instances if x],
        }

    def refuted_by(self, name: str, outcome: Outcome) -> dict[str, Any]:
        """In one case."""
        which = self._false(name)
        assert which is not None
        return {
            "cases": [case_wire(self.subjects[which])],
            "conclusions": {name: for_case(outcome.sentence.conclusion.wire(), which)},
            "witness": self.findings(name)[which].witness,
        }

    def parameters(self) -> dict[str, Any]:
        return {
            "cases": [s.case.title for s in self.subjects],
            "sizes": [s.case.size for s in self.subjects],
        }

    settled = staticmethod(spoken.verdict_of)

    @staticmethod
    def reach(claim: Claim, name: str) -> str:
        assert isinstance(claim.setting, Action)
        return _reach(claim.concluding[name].kind, len(claim.setting.cases))

    @staticmethod
    def moves_at(sentence: Sentence, here: Exact) -> bool:
        """A point that the sentence itself speaks of comes without g, and then nothing is said."""
        case = next(c for c in map(build, sentence.setting.cases) if c.title == here.case)  # type: ignore[union-attr]
        theta, g = (tuple(map(Fraction, here.numbers.get(name, ()))) for name in ("theta", "g"))
        return bool(g) and any(velocity(case, theta, g))

    @staticmethod
    def told(claim: Claim, name: str) -> list[str]:
        """How a conclusion is decided, case by case."""
        lines = []
        for which, subject in enumerate(subjects_of(claim, 0)):
            finding = find(claim, name, which, subject)
            lines.append(
                f"{subject.case.title}: {finding.text}"
                + (f" ({finding.shown})" if finding.holds is False else "")
            )
        rules = _RULES.get(claim.concluding[name].kind, ())
        return lines + [f"Rule {r}: {statement_of(r)}" for r in rules]


def _reach(kind: str, models: int) -> str:
    """Of which states and of how many models a proof speaks."""
    return f"{_SCOPES.get(kind, 'every theta, every g')}; {many(models, 'model')}"


def find(claim: Claim, name: str, which: int, subject: Subject) -> Finding:
    conclusion = claim.concluding[name]
    if conclusion.kind not in _OF_SPANS and not spaces.closed(subject):
        return Finding(
            None,
            "the printed matrices span no Lie algebra: a bracket of two is no combination of them;"
            " print it as well",
        )
    if conclusion.kind in _PLAIN:
        return _PLAIN[conclusion.kind](subject)
    if conclusion.kind in _STATED:
        return _STATED[conclusion.kind](subject, conclusion)
    return _COUNTED[conclusion.kind](subject, conclusion, which)
