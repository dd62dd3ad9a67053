"""The theory of trajectories: enclosures decide, measurements support, a double run is a near miss.

An enclosure decides a strict inequality for its start and its times, and no conclusion that it
decides says more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from verify import check_enclosure
from verify.claims.applies import digits_of
from verify.claims.certified import Certified, read
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import ENCLOSED, Reaches
from verify.claims.evidence import Followed, Measured, Needed, Outcome
from verify.claims.hypotheses import Hypothesis
from verify.claims.request import Request
from verify.claims.sentence import Sentence
from verify.claims.verdict import Verdict
from verify.exact.alike import STILL
from verify.integrate.at_state import at_rest
from verify.integrate.enclosable import certifiable, rests
from verify.integrate.written import flow_of, quantity_of
from verify.models.trajectories import Trajectories, equations, quantities, spoken
from verify.spelling.called import in_quotes
from verify.theories.enclosures.certificate import body_of
from verify.theories.enclosures.contrary import check_start, needed_start, starts_of
from verify.theories.enclosures.enclosing import Excluded, checked_system, follow_start
from verify.theories.enclosures.facts import against, facts_of, reached
from verify.theories.enclosures.proof_latex import EnclosureProof
from verify.theories.enclosures.shown import enclosed, reach
from verify.theories.enclosures.spoken import verdict_of
from verify.theories.found import Gap, Nothing, Refuted, Shown
from verify.theories.measure.run import along
from verify.theories.protocol import Progress, Theory


class Enclosures(Theory):
    """Every start of the setting is followed up to the horizon, once, and serves all
    conclusions.
    """

    reader = "check_enclosure.py"
    stateless = "the trajectories from the starts that it lists"

    def __init__(self, claim: Claim, request: Request, progress: Progress) -> None:
        super().__init__(claim, request, progress)
        assert isinstance(claim.setting, Trajectories)
        self.trajectories = claim.setting
        self.horizon = request.horizon or claim.setting.horizon
        self.throughout = {n: c for n, c in claim.concluding.items() if isinstance(c, ENCLOSED)}
        self.digits_used = bool(self.throughout)
        self.starts = starts_of(claim, claim.setting, request)
        for label, build in self.starts.items():
            for h in self.assuming:
                check_start(claim, label, build, h, True)
        self.followed = tuple(self._all())

    def _all(self) -> list[Followed]:
        """Every start, unless numbers are not wanted."""
        claim, found = self.claim, []
        if not self.request.numeric or not self.throughout:
            return []
        for label, build in self.starts.items():
            certifiable(
                checked_system(label, build, self.throughout),
                [c.quantity for c in self.throughout.values()],
            )
        for label, build in self.starts.items():
            self.progress(f"{claim.id}: enclosing from {label}")
            say = _percent(claim.id, label, self.horizon, self.progress)
            digits, until = self.request.digits_or(), self.trajectories.until
            found.append(
                follow_start(label, build, self.horizon, self.throughout, digits, say, until)
            )
        return found

    def sentence(self, name: str, without: str = "") -> Sentence:
        assuming = tuple(h for h in self.assuming if h.id != without)
        return Sentence(self.claim.setting, assuming, name, self.claim.concluding[name])  # type: ignore[arg-type]

    def prove(self, sentence: Sentence) -> Shown | Gap:
        conclusion = sentence.conclusion
        if not self.request.numeric:
            return Gap("decided by numbers, which --no-numeric leaves out")
        if not isinstance(conclusion, ENCLOSED):
            return Gap("this kind of conclusion is measured, and no experiment has run")
        rest = next((f.label for f in self.followed if at_rest(f.system)), None)
        if rest is not None:
            raise Nothing(f"from {in_quotes(rest)} nothing moves: all rates are 0 there, exactly")
        still = next(
            (f.label for f in self.followed if f.enclosure is not None and f.moved == 0), None
        )
        if still is not None:
            raise Nothing(f"from {in_quotes(still)} nothing is seen to move: choose another start")
        open_at = next(
            (d for f in self.followed if (d := f.decided[sentence.name]).holds is not True), None
        )
        if open_at is not None:
            return Gap(open_at.reason)
        if any(rests(f.system, conclusion.quantity) for f in self.followed):
            raise Nothing(STILL)
        words = "; ".join(enclosed(f, conclusion, f.decided[sentence.name]) for f in self.followed)
        systems = {f.label: f.system for f in self.followed}
        return Shown(
            words,
            reach(systems, conclusion, self.horizon, self.trajectories.until),
            proof=EnclosureProof(sentence.name, self.followed),
            verdict=Verdict.ENCLOSED,
        )

    def refute(self, sentence: Sentence) -> Refuted | None:
        for f in self.followed:
            d = f.decided.get(sentence.name)
            if d is not None and d.holds is False:
                ring, why = "balls", "an enclosure of the true solution excludes it"
                if not d.until:
                    ring, why = "exact", "it fails at the exact start"
                return Refuted(Excluded(sentence, f.label, f.system, d, ring), why)
        return None

    def only_measured(self, sentence: Sentence) -> bool:
        return not isinstance(sentence.conclusion, ENCLOSED)

    def experiments(
        self, outcomes: Mapping[str, Outcome]
    ) -> Iterator[tuple[str, Callable[[], Iterable[Measured]]]]:
        """They are designed for the starts of the claim as it stands."""
        for e in () if self.request.without else self.claim.experiments:
            yield (
                e.kind,
                partial(along, e, outcomes, self.trajectories, list(self.followed), self.request),
            )

    def needed(self, h: Hypothesis, hint: Break) -> Needed | None:
        if self.request.without or not self.request.numeric:
            return None
        return needed_start(
            self.claim, self.trajectories, h, self.horizon, self.request, self.progress
        )

    def certify(self, outcomes: Mapping[str, Outcome]) -> dict[str, Certified]:
        """The enclosures with what they decided; of a refutation only what excludes. One
        certificate for all conclusions.
        """
        witnesses = [o.witness for o in outcomes.values() if isinstance(o.witness, Excluded)]
        until = self.trajectories.until
        parts = [
            against(f, w, until) for w in witnesses for f in self.followed if f.label == w.label
        ]
        held = {
            n for n, o in outcomes.items() if o.verdict in (Verdict.ENCLOSED, Verdict.SUPPORTED)
        }
        enclosed = [
            (f.label, f.system, f.enclosure, facts_of(self.claim, f, held, until))
            for f in self.followed
            if f.enclosure is not None
        ]
        parts += [part for part in enclosed if part[-1]]
        parts += [
            reached(f, c, f.decided[n])
            for n, c in self.throughout.items()
            if isinstance(c, Reaches) and n in held
            for f in self.followed
        ]
        return (
            dict.fromkeys(self.throughout, read(body_of(self.claim.id, parts), check_enclosure))
            if parts
            else {}
        )

    def statement(self, outcomes: Mapping[str, Outcome]) -> str:
        times = self.trajectories.span(self.horizon)
        given = f"From {'; '.join(map(in_quotes, self.starts))}, clock in {times}: "
        given += (
            f"if {' and '.join(h.prose() for h in self.assuming)} at the start: "
            if self.assuming
            else ""
        )
        return given + "; ".join(c.render() for c in self.claim.concluding.values())

    def setting(self) -> str:
        ends = self.trajectories.ends()
        where = quantities(
            self.starts, spoken(*self.claim.assuming, *self.claim.concluding.values(), *ends)
        )
        return f"{equations(self.starts)}; {where}{self.claim.setting.words()}"  # type: ignore[attr-defined]

    def parameters(self) -> dict[str, Any]:
        built = [(label, build()) for label, build in self.starts.items()]
        until = self.trajectories.until
        return {
            "starts": {
                label: {n: str(x) for n, x in zip(s.names, s.start, strict=True)}
                for label, s in built
            },
            "flow": {label: list(flow_of(s).lines()) for label, s in built},
            "quantities": {
                label: {n: list(quantity_of(s, n).lines()) for n in s.quantities}
                for label, s in built
            },
            "horizon": str(self.horizon),
            **({"until": until.wire()} if until else {}),
            "digits": digits_of(self.claim, self.request),
            **super().parameters(),
        }

    settled = staticmethod(verdict_of)

    @staticmethod
    def reach(claim: Claim, name: str) -> str:
        setting, conclusion = claim.setting, claim.concluding[name]
        assert isinstance(setting, Trajectories) and isinstance(conclusion, ENCLOSED)
        systems = {
            label: checked_system(label, build, {name: conclusion})
            for label, build in setting.starts.items()
        }
        return reach(systems, conclusion, setting.horizon, setting.until)

    @staticmethod
    def told(claim: Claim, name: str) -> list[str]:
        is_enclosed = isinstance(claim.concluding[name], ENCLOSED)
        how = "decided by an enclosure from each start" if is_enclosed else "measured by experiment"
        return [f"This kind is {how}; it has no exact proof here."]


def _percent(
    claim: str, label: str, horizon: Fraction, progress: Progress
) -> Callable[[Fraction], None]:
    shown = [-1]

    def say(time: Fraction) -> None:
        done = int(100 * time / horizon)
        if done > shown[0]:
            shown[0] = done
            progress(f"{claim}: enclosing from {label}, {done} %")

    return say
